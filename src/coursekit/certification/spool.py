"""Rows of a report, kept outside memory: a company of any size passes through little of it."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

Value = str | int | float | date | None
Row = tuple[Value, ...]
Choice = Mapping[str, Sequence[str]]

_SETTINGS = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000; PRAGMA temp_store=FILE"


class Spool:
    """A table that grows row by row and is read in order.

    It stands in a nameless temporary database, which goes with this object: nothing personal is left lying
    about.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    order : sequence of str
        Headings to sort by; equal rows come as they were added.
    days : sequence of str
        Headings of columns that hold dates.
    """

    def __init__(self, columns: Sequence[str], order: Sequence[str], days: Sequence[str] = ()) -> None:
        self.columns = tuple(columns)
        self._days = [number for number, name in enumerate(self.columns) if name in days]
        self._order = [self._column(name) for name in order]
        self._database = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.executescript(_SETTINGS)
        names = ", ".join(self._column(name) for name in self.columns)
        self._database.execute(f"CREATE TABLE kept ({names})")
        marks = ", ".join("?" * len(self.columns))
        self._insert = f"INSERT INTO kept VALUES ({marks})"  # noqa: S608 - question marks alone
        self._count = 0

    def _column(self, name: str) -> str:
        return f"c{self.columns.index(name)}"

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Iterable[Row]) -> None:
        """Put rows at the end."""
        for row in rows:
            self._database.execute(self._insert, self._stored(row))
            self._count += 1

    def _stored(self, row: Row) -> Sequence[Value]:
        if not self._days:
            return row
        plain = list(row)
        for number in self._days:
            value = plain[number]
            plain[number] = value.isoformat() if isinstance(value, date) else None
        return plain

    def rows(self, first: int | None = None, only: Choice | None = None) -> Iterator[Row]:
        """Rows in order, at most `first` of them, those with one of the values of `only` in each column."""
        where, given = self._where(only)
        order = ", ".join([*self._order, "rowid"])
        limit = -1 if first is None else first
        query = f"SELECT * FROM kept{where} ORDER BY {order} LIMIT ?"  # noqa: S608 - made of numbered columns
        for row in self._database.execute(query, [*given, limit]):
            yield self._read(row) if self._days else row

    def _read(self, row: Row) -> Row:
        found = list(row)
        for number in self._days:
            value = found[number]
            found[number] = date.fromisoformat(value) if isinstance(value, str) else None
        return tuple(found)

    def _where(self, only: Choice | None) -> tuple[str, list[str]]:
        parts: list[str] = []
        given: list[str] = []
        for name, values in (only or {}).items():
            parts.append(f"{self._column(name)} IN ({', '.join('?' * len(values))})")
            given += values
        return (" WHERE " + " AND ".join(parts) if parts else ""), given

    def count(self, only: Choice | None = None) -> int:
        """How many rows there are; see `rows`."""
        where, given = self._where(only)
        query = f"SELECT count(*) FROM kept{where}"  # noqa: S608 - made of numbered columns
        return int(self._database.execute(query, given).fetchone()[0])

    def values(self, name: str) -> list[str]:
        """Different texts in one column, sorted, empty ones left out."""
        column = self._column(name)
        query = f"SELECT DISTINCT {column} FROM kept WHERE {column} > '' ORDER BY 1"  # noqa: S608 - as above
        return [str(value) for (value,) in self._database.execute(query)]

    def frame(self, first: int | None = None, only: Choice | None = None) -> pd.DataFrame:
        """Rows as a table, dates and texts as they are; see `rows`."""
        rows = list(self.rows(first, only))
        series = {}
        for number, name in enumerate(self.columns):
            values = [row[number] for row in rows]
            numbers = all(value is None or isinstance(value, int | float) for value in values)
            kind = None if numbers and any(value is not None for value in values) else object
            series[name] = pd.Series(values, dtype=kind)
        return pd.DataFrame(series)
