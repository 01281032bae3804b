"""What the gradebook knows of an assignment's cells, read without nbgrader.

Importing nbgrader takes seconds; a run that has nothing to do shall take less than one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.errors import InputError

_SQLITE = b"SQLite format 3\0"
_NOTEBOOKS = """
SELECT notebook.id AS id, notebook.name AS name, notebook.kernelspec AS kernelspec
FROM notebook JOIN assignment ON assignment.id = notebook.assignment_id
WHERE assignment.name = :name ORDER BY notebook.name
"""
_CELLS = """
SELECT s.name AS name, s.cell_type AS cell_type, s.source AS source, s.checksum AS checksum, s.locked AS locked,
  (SELECT g.max_score FROM grade_cells g JOIN base_cell b ON b.id = g.id
   WHERE b.notebook_id = s.notebook_id AND b.name = s.name) AS grade_points,
  (SELECT t.max_score FROM task_cells t JOIN base_cell b ON b.id = t.id
   WHERE b.notebook_id = s.notebook_id AND b.name = s.name) AS task_points,
  (SELECT COUNT(*) FROM solution_cells c JOIN base_cell b ON b.id = c.id
   WHERE b.notebook_id = s.notebook_id AND b.name = s.name) AS solutions
FROM source_cell s WHERE s.notebook_id = :notebook ORDER BY s.name
"""
Row = Mapping[str, Any]
Ask = Callable[[str, dict[str, Any]], list[Row]]


@dataclass(frozen=True)
class NotebookRow:
    """One notebook of an assignment and the rows of its source cells."""

    name: str
    kernelspec: str | None
    cells: tuple[Row, ...]


def read(db_url: str, assignment: str) -> list[NotebookRow] | None:
    """Notebooks of an assignment by name, or None if the gradebook does not know it."""
    with questions(db_url) as ask:
        if not ask("SELECT id FROM assignment WHERE name = :name", {"name": assignment}):
            return None
        notebooks = ask(_NOTEBOOKS, {"name": assignment})
        return [
            NotebookRow(str(row["name"]), row["kernelspec"], tuple(ask(_CELLS, {"notebook": row["id"]})))
            for row in notebooks
        ]


def require_gradebook(db_url: str) -> str:
    """The address of a gradebook, given back when there is none yet or it is a database.

    Raises
    ------
    InputError
        If a file stands there that is no SQLite database.
    """
    path = Path(db_url.removeprefix("sqlite:///"))
    if db_url.startswith("sqlite:///") and path.exists():
        got = "文件夹" if path.is_dir() else "别的内容，或传坏了"
        if path.is_dir() or not _begins_as_database(path):
            todo = "换回备份的成绩册；没有备份就移走它，再运行 coursekit course new。"
            raise InputError(str(path), "成绩册（SQLite 数据库）", got, todo)
    return db_url


def _begins_as_database(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(len(_SQLITE))
    return head in (b"", _SQLITE)


def questions(db_url: str) -> AbstractContextManager[Ask]:
    """Ask a gradebook with plain SQL; one that is not there yet, or empty, answers every question with no rows."""
    return _to_sqlite(db_url) if db_url.startswith("sqlite:///") else _to_server(db_url)


@contextmanager
def _to_sqlite(db_url: str) -> Iterator[Ask]:
    path = Path(require_gradebook(db_url).removeprefix("sqlite:///"))
    if not path.is_file():
        yield lambda query, values: []
        return
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.row_factory = sqlite3.Row

        exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'source_cell'").fetchone()

        def ask(query: str, values: dict[str, Any]) -> list[Row]:
            return [dict(row) for row in connection.execute(query, values)] if exists else []

        yield ask


@contextmanager
def _to_server(db_url: str) -> Iterator[Ask]:
    from sqlalchemy import create_engine, inspect, text

    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            exists = inspect(connection).has_table("source_cell")

            def ask(query: str, values: dict[str, Any]) -> list[Row]:
                return [dict(r) for r in connection.execute(text(query), values).mappings()] if exists else []

            yield ask
    finally:
        engine.dispose()
