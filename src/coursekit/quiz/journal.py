"""The learner's practice, kept in SQLite in the workspace: every answer, and when each card is due.

Items are known by their permanent id and revision, so that the journal survives upgrades of the bank: an
item that is gone is skipped and not forgotten, one that was rewritten is learnt anew. Connections are
opened for each operation: widget messages may come on another thread than the cell ran on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError

SCHEMA = 1
WAIT = 10.0  # for another page that is just writing [s]
_TROUBLE = (
    ("locked", "别的页面正在写", "请关掉别的练习页，再试一次；记录没有坏，不要改名或删除。"),
    ("readonly", "只能读，不能写", "请检查学习文件夹的权限。"),
    ("full", "磁盘满了", "请腾出一些空间，再试一次。"),
    ("unable to open", "打不开", "请检查学习文件夹还在不在、能不能写。"),
)
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL,
    mode TEXT NOT NULL, right INTEGER NOT NULL, response TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS answers_item ON answers (item, id);
CREATE TABLE IF NOT EXISTS cards (
    item TEXT PRIMARY KEY, revision INTEGER NOT NULL, due TEXT NOT NULL, card TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS days (day TEXT NOT NULL, place INTEGER NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (day, place));
"""


@dataclass(frozen=True)
class Answer:
    """One answer of the past."""

    at: datetime
    item: str
    revision: int
    mode: str
    right: bool


class Journal:
    """Practice of one learner in one SQLite file.

    Raises
    ------
    InputError
        If the file is not a practice journal, or comes from a newer version of the kit. Nothing in it
        is changed then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._open() as db:
                found = self._version(db)
                if found > SCHEMA:
                    todo = "请先更新 coursekit。"
                    raise InputError(str(path), f"版本 {SCHEMA} 的练习记录", f"版本 {found} 的练习记录", todo)
                db.executescript(_TABLES)
                db.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        except sqlite3.DatabaseError as error:
            todo = "请把它改名放到一边，再打开练习；改名的文件不要删。"
            raise InputError(str(path), "练习记录（SQLite 文件）", f"读不懂的文件({error})", todo) from None

    def _version(self, db: sqlite3.Connection) -> int:
        known = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'meta'").fetchone()
        if known is None:
            return 0
        row = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            db = sqlite3.connect(self.path, timeout=WAIT)
            try:
                with db:
                    yield db
            finally:
                db.close()
        except sqlite3.OperationalError as error:
            got, todo = next(
                ((got, todo) for word, got, todo in _TROUBLE if word in str(error)),
                (f"写不进去（{error}）", "请检查学习文件夹。"),
            )
            raise InputError(str(self.path), "能读能写的练习记录", got, todo) from None

    def add(self, *entries: tuple[Answer, Any, dict[str, Any]]) -> None:
        """Keep answers, each with its response and the card's new schedule: all of it or nothing."""
        with self._open() as db:
            for answer, response, card in entries:
                db.execute(
                    "INSERT INTO answers (at, item, revision, mode, right, response) VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        _stamp(answer.at),
                        answer.item,
                        answer.revision,
                        answer.mode,
                        int(answer.right),
                        json.dumps(response, ensure_ascii=False),
                    ),
                )
                db.execute(
                    "INSERT INTO cards VALUES (?, ?, ?, ?) ON CONFLICT (item) DO UPDATE SET "
                    "revision = excluded.revision, due = excluded.due, card = excluded.card",
                    (answer.item, answer.revision, str(card["due"]), json.dumps(card)),
                )

    def answers(self) -> list[Answer]:
        """All answers, oldest first."""
        with self._open() as db:
            rows = db.execute("SELECT at, item, revision, mode, right FROM answers ORDER BY id").fetchall()
        return [
            Answer(datetime.fromisoformat(at), item, rev, mode, bool(right))
            for at, item, rev, mode, right in rows
        ]

    def cards(self) -> dict[str, tuple[int, dict[str, Any]]]:
        """Revision and card by item."""
        with self._open() as db:
            rows = db.execute("SELECT item, revision, card FROM cards").fetchall()
        return {item: (revision, json.loads(card)) for item, revision, card in rows}

    def day(self, day: str) -> list[str]:
        """The items that were settled for a day, in order; empty when none were yet."""
        with self._open() as db:
            rows = db.execute("SELECT item FROM days WHERE day = ? ORDER BY place", (day,)).fetchall()
        return [item for (item,) in rows]

    def settle_day(self, day: str, items: list[str]) -> None:
        """Settle the items of a day, once."""
        with self._open() as db:
            rows = [(day, place, item) for place, item in enumerate(items)]
            db.executemany("INSERT OR IGNORE INTO days VALUES (?, ?, ?)", rows)


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")
