"""Tables of the register. Names of people stand apart from the chains, which know salted digests of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# Sorted by bytes everywhere, so that sorted streams of several tables can be merged.
PERSON = String(40).with_variant(String(40, collation="C"), "postgresql")

events = Table(
    "events",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("person", PERSON, nullable=False),
    Column("person_seq", Integer, nullable=False),
    Column("event_id", String(64), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", String(40), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("level", String(40)),
    Column("rank", Integer, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("policy", String(64), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("target", String(64), nullable=False),
    Column("changes", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    UniqueConstraint("person", "person_seq", name="one_event_at_a_time"),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("digest", String(64), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("person", PERSON, primary_key=True),
    Column("staff_id", String(80), unique=True),
    Column("name", String(200)),
    Column("unit", String(200)),
    Column("trainer", String(200)),
    Column("contact", String(200)),
    Column("post_since", Date),
    Column("status", String(20), nullable=False),
    Column("left_on", Date),
    Column("erased_on", Date),
    Column("salt", String(32), nullable=False),
)

people_log = Table(
    "people_log",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("person", PERSON, nullable=False),
    Column("at", String(40), nullable=False),
    Column("origin", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("person", PERSON, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("item", String(200), nullable=False),
    Column("taken_on", Date, nullable=False),
    Column("score", Float),
    Column("level", String(40)),
    Column("grade", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("kept_at", String(40), nullable=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False, unique=True),
    Column("salt", String(32), nullable=False),
    Column("origin", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("content", Text, nullable=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False, unique=True),
    Column("seal", String(64), nullable=False),
)

credentials = Table(
    "credentials",
    metadata,
    Column("credential_id", String(80), primary_key=True),
    Column("event_id", String(64), nullable=False, index=True),
    Column("issue", Integer, nullable=False),
    Column("person", PERSON, nullable=False, index=True),
    Column("status_index", Integer, nullable=False, unique=True),
    Column("level", String(40), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("key_id", String(80), nullable=False),
    Column("issued_at", String(40), nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("jwt", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("person", PERSON, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)

Index("access_log_person", access_log.c.person)
Index("people_log_person", people_log.c.person, people_log.c.seq)
