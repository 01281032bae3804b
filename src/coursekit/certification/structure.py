"""Tables, indexes and triggers of a register, counted and digested: whoever changes them is found."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection, text

from coursekit.certification.schema import metadata

# what a planner keeps for itself (sqlite_stat1) is no structure
_SQLITE = """
SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'
"""
# words that a dump and another version of the server bring back as they were; other programs' tables are theirs
_POSTGRESQL = """
WITH ours AS (
    SELECT pg_class.oid, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = current_schema() AND relkind = 'r' AND relname = ANY(:names)
)
SELECT 'column', relname::text, attname::text, format_type(atttypid, atttypmod), attnotnull::text
FROM pg_attribute JOIN ours ON ours.oid = attrelid WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'trigger', relname::text, tgname::text, concat(tgtype, ' ', tgenabled), prosrc
FROM pg_trigger JOIN ours ON ours.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""


def structure(connection: Connection) -> tuple[int, str]:
    """How many tables, columns, indexes and triggers there are, and the digest of them, hex."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(text(_POSTGRESQL), {"names": list(metadata.tables)})
    else:
        found = connection.execute(text(_SQLITE))
    rows = sorted([str(value) for value in row] for row in found)
    return len(rows), hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
