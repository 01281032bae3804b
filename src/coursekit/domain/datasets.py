"""The tables of the course: shipped ones, a learner's own variant, a learner's own export."""

from __future__ import annotations

import csv
import hashlib
import importlib
import io
import re
from functools import lru_cache
from pathlib import Path

import pandas as pd

from coursekit import resources
from coursekit.domain import catalogue
from coursekit.domain.catalogue import Column, Table
from coursekit.domain.columns import convert
from coursekit.domain.generators import Generator, Value
from coursekit.domain.own_table import read_own
from coursekit.errors import InputError

__all__ = ["check", "labels", "load", "names", "read_own", "write"]

_LEARNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def names() -> tuple[str, ...]:
    """Names of all tables, in the order of the catalogue."""
    return tuple(catalogue.tables())


def labels(name: str) -> dict[str, str]:
    """Chinese label with unit of every column of a table, ready for `DataFrame.rename(columns=…)`."""
    return catalogue.table(name).labels


def load(name: str, variant: str | None = None) -> pd.DataFrame:
    """Load a table of the course.

    Parameters
    ----------
    name : str
        Name in the catalogue, such as `"customers"`.
    variant : str, optional
        Learner id. The same generator then makes this learner's own table: same columns, other
        values and totals, the same on every machine.

    Returns
    -------
    DataFrame
        Columns and units as in the catalogue; codes and numbers with leading zeros stay text.

    Raises
    ------
    InputError
        If there is no such table, the shipped file is missing or changed, or the id is none.
    """
    table = catalogue.table(name)
    if variant is None:
        return _shipped_frame(table.name, _shipped(table)).copy()
    if not isinstance(variant, str) or not _LEARNER.fullmatch(variant):
        raise InputError("学员编号", "字母、数字、点、横线组成的编号，最多 64 位", repr(variant))
    return _own_frame(
        table.name, variant.lower()
    ).copy()  # KH0001 on the roster is kh0001 typed by the learner


@lru_cache(maxsize=16)
def _shipped_frame(name: str, text: str) -> pd.DataFrame:
    head, *cells = csv.reader(io.StringIO(text))
    return _typed(name, dict(zip(head, map(list, zip(*cells, strict=True)), strict=True)))


@lru_cache(maxsize=16)
def _own_frame(name: str, variant: str) -> pd.DataFrame:
    return _typed(name, _columns(name, variant))


def _typed(name: str, columns: dict[str, list[str]]) -> pd.DataFrame:
    table = catalogue.table(name)
    frame = pd.DataFrame(columns, dtype=str)
    frame.index += 2  # lines of the file
    return convert(frame, table, where=table.file, strict=False)


def check() -> list[str]:
    """Regenerate every shipped table; return one line per table that differs by a byte."""
    faults = []
    for table in catalogue.tables().values():
        path = resources.datasets() / table.file
        made = _csv(table.name).encode()
        if not path.is_file():
            faults.append(f"{table.file}：没有这个文件")
        elif path.read_bytes() != made:
            faults.append(f"{table.file}：与生成器的结果不是逐字节相同")
        elif hashlib.sha256(made).hexdigest() != table.sha256:
            faults.append(f"{table.file}:catalogue.toml 里的 SHA-256 没有更新")
    return faults


def write() -> list[Path]:
    """Write every shipped table and its row count and SHA-256 into the catalogue (for authors)."""
    written = []
    listing = catalogue.path().read_text("utf-8")
    for table in catalogue.tables().values():
        text = _csv(table.name)
        path = resources.datasets() / table.file
        path.write_bytes(text.encode())
        written.append(path)
        rows = len(list(csv.reader(io.StringIO(text)))) - 1
        digest = hashlib.sha256(text.encode()).hexdigest()
        head, mark, tail = listing.partition(f"[table.{table.name}]\n")
        tail = re.sub(r"^rows = \d+$", f"rows = {rows}", tail, count=1, flags=re.MULTILINE)
        tail = re.sub(r'^sha256 = "[0-9a-f]*"$', f'sha256 = "{digest}"', tail, count=1, flags=re.MULTILINE)
        listing = head + mark + tail
    catalogue.path().write_bytes(listing.encode())
    return written


def _shipped(table: Table) -> str:
    path = resources.datasets() / table.file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), "随课程发的数据表", "读不到这个文件", "请重新安装课程。") from error
    if hashlib.sha256(data).hexdigest() != table.sha256:
        raise InputError(
            str(path),
            "与目录登记的 SHA-256 相同的文件",
            "内容被改过",
            "请重新安装课程；自己的数据另存一个文件，用 read_own 读。",
        )
    return data.decode("utf-8")


def _csv(name: str) -> str:
    """A shipped table as it stands in its file."""
    columns = _columns(name, None)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue()


@lru_cache(maxsize=32)
def _columns(name: str, variant: str | None) -> dict[str, list[str]]:
    """Text of every column of a generated table, cell by cell."""
    module = importlib.import_module(f"coursekit.domain.generators.{name}")
    generator: Generator = module.rows
    rows = generator(variant)
    return {
        column.name: _cells(column, [row[column.name] for row in rows])
        for column in catalogue.table(name).columns
    }


def _cells(column: Column, values: list[Value]) -> list[str]:
    """Text of a column: decimals are fixed, so that no platform writes it another way."""
    if column.type == "bool":
        return ["" if value is None else "1" if value else "0" for value in values]
    if column.type == "number":
        shown = f"{{:.{column.decimals}f}}".format
        return ["" if value is None else shown(float(value)) for value in values]
    return ["" if value is None else str(value) for value in values]
