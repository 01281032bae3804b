"""First schema: events that can only be added to, people apart from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_GENESIS = "0" * 64
_PERSON = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and triggers that refuse to change or remove an event."""
    op.create_table(
        "events",
        sa.Column("seq", _BIG, primary_key=True, autoincrement=False),
        sa.Column("person", _PERSON, nullable=False),
        sa.Column("person_seq", sa.Integer, nullable=False),
        sa.Column("event_id", sa.String(64), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("recorded_at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("level", sa.String(40)),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("policy", sa.String(64), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.UniqueConstraint("person", "person_seq", name="one_event_at_a_time"),
    )
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", _BIG, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "digest": _GENESIS}])
    op.create_table(
        "people",
        sa.Column("person", _PERSON, primary_key=True),
        sa.Column("staff_id", sa.String(80), unique=True),
        sa.Column("name", sa.String(200)),
        sa.Column("unit", sa.String(200)),
        sa.Column("trainer", sa.String(200)),
        sa.Column("contact", sa.String(200)),
        sa.Column("post_since", sa.Date),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("left_on", sa.Date),
        sa.Column("erased_on", sa.Date),
    )
    op.create_table(
        "evidence",
        sa.Column("person", _PERSON, primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("item", sa.String(200), nullable=False),
        sa.Column("taken_on", sa.Date, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("level", sa.String(40)),
        sa.Column("grade", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kept_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "policies",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "credentials",
        sa.Column("credential_id", sa.String(80), primary_key=True),
        sa.Column("event_id", sa.String(64), nullable=False, index=True),
        sa.Column("issue", sa.Integer, nullable=False),
        sa.Column("person", _PERSON, nullable=False, index=True),
        sa.Column("status_index", sa.Integer, nullable=False, unique=True),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("key_id", sa.String(80), nullable=False),
        sa.Column("issued_at", sa.String(40), nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("jwt", sa.Text, nullable=False),
    )
    op.create_table(
        "access_log",
        sa.Column("id", _BIG, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("person", _PERSON, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
    )
    op.create_index("access_log_person", "access_log", ["person"])
    _forbid_changes()


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION events_stay() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'events can only be added'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_stay()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER events_no_{action.lower()} BEFORE {action} ON events "
            "BEGIN SELECT RAISE(ABORT, 'events can only be added'); END"
        )


def downgrade() -> None:
    """There is no way back: a register is never dropped by a migration."""
    raise NotImplementedError("the register is not dropped by a migration")
