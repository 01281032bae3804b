"""The score table of a sitting as people save it: CSV, a row a taker, a column an item, 0 or 1."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np

from coursekit.errors import InputError
from coursekit.quiz.analysis import BLOCK, Scores

_ID_NAMES = {
    "学员",
    "学号",
    "工号",
    "姓名",
    "编号",
    "考生",
    "student",
    "learner",
    "taker",
    "id",
    "person",
    "name",
}
_UNIQUE = {"学员", "学号", "工号", "编号", "student", "learner", "id"}
_TABLE = "CSV 表，一行一人、一列一题，格子里是 0 或 1"
_LOOK = 65_536  # enough of a file to tell its encoding [bytes]


def read_scores(path: Path) -> tuple[list[str], Iterator[Scores]]:
    """Item names and blocks of 0/1 scores of a CSV in UTF-8 or GBK.

    A first column named as a person's id (`学员`, `student` …) is left out.

    Raises
    ------
    InputError
        If the file cannot be read, holds fewer than two takers, or a cell is neither 0 nor 1 (naming row
        and column).
    """
    encoding = _encoding(path)
    names = _header(path, encoding)
    items = names[1:] if names and names[0].lower() in _ID_NAMES else names
    if not any(items):
        raise InputError(str(path), _TABLE, "没有题目的表头")
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"{path} 的表头", "每题一个不同的名字", f"重复的“{doubled[0]}”")
    if names[0].lower() in _UNIQUE:
        _refuse_twice(path, encoding)
    return items, _blocks(path, encoding, names, items)


def read_ids(path: Path) -> list[str]:
    """Names of the takers, from the first column if it is one of names, else numbers from 1."""
    encoding = _encoding(path)
    named = _header(path, encoding)[0].lower() in _ID_NAMES
    with path.open(encoding=encoding, newline="") as stream:
        rows = [row for row in _rows(path, stream) if row][1:]
    return [row[0].strip() if named else str(number) for number, row in enumerate(rows, start=1)]


def _header(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as stream:
        try:
            return [name.strip() for name in next(_rows(path, stream), [])]
        except (csv.Error, UnicodeDecodeError):
            raise InputError(str(path), _TABLE, "读不懂的内容") from None


def _rows(path: Path, stream: TextIO) -> Iterator[list[str]]:
    return csv.reader(stream, delimiter=_separator(path, stream.encoding))


def _separator(path: Path, encoding: str) -> str:
    """A comma, or what a spreadsheet of another country or a copied table puts in its place."""
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline(_LOOK)
    return next((each for each in (",", ";", "\t") if each in first), ",")


def _refuse_twice(path: Path, encoding: str) -> None:
    """Everybody once: a second row of one person counts a head too many."""
    seen: dict[str, int] = {}
    separator = _separator(path, encoding)
    with path.open(encoding=encoding, newline="") as stream:
        try:
            for line, row in enumerate(stream, start=1):
                name = row.partition(separator)[0].strip().strip('"')
                if name and name in seen:
                    where, got = f"{path} 第 {line} 行", f"{name} 在第 {seen[name]} 行已经有了"
                    raise InputError(where, "每人一行", got, "重考的只留一次。")
                seen[name] = line
        except UnicodeDecodeError:
            return  # said where the cells are read


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            start = stream.read(_LOOK)
    except OSError as error:
        raise InputError(str(path), _TABLE, f"打不开（{error.strerror}）") from None
    if b"\0" in start:
        raise InputError(str(path), _TABLE, "不是文字的文件", "请从表格软件另存为 CSV。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(start, final=False)
        except UnicodeDecodeError:
            continue
        return encoding
    raise InputError(str(path), "UTF-8 或 GBK 编码的文字", "两种都解不开", "请另存为 UTF-8。")


def _blocks(path: Path, encoding: str, header: list[str], names: list[str]) -> Iterator[Scores]:
    import pandas as pd

    begin = 2
    try:
        with pd.read_csv(
            path,
            chunksize=BLOCK,
            encoding=encoding,
            compression=None,
            skipinitialspace=True,
            header=0,
            sep=_separator(path, encoding),
            dtype={name: "float32" if name in names else "str" for name in header},
            names=header,
        ) as reader:
            for frame in reader:
                values = frame[names].to_numpy()
                shifted = not isinstance(frame.index, pd.RangeIndex)  # every row has a cell too many
                if shifted or not ((values == 0) | (values == 1)).all():
                    raise _bad_cell(path, encoding, names, begin)
                yield values.astype(np.int8)
                begin += len(frame)
    except UnicodeDecodeError:
        raise InputError(str(path), "从头到尾一种编码的文字", "后面换了编码", "请另存为 UTF-8。") from None
    except ValueError:
        raise _bad_cell(path, encoding, names, begin) from None
    if begin < 4:
        raise InputError(str(path), "至少 2 人的成绩", f"{begin - 2} 人")


def _bad_cell(path: Path, encoding: str, names: list[str], begin: int) -> InputError:
    """The first cell from line `begin` on that is neither 0 nor 1, or that the table as a whole is none."""
    try:
        return _first_bad_cell(path, encoding, names, begin)
    except csv.Error:
        return InputError(str(path), _TABLE, "读不懂的内容")


def _first_bad_cell(path: Path, encoding: str, names: list[str], begin: int) -> InputError:
    with path.open(encoding=encoding, newline="") as stream:
        reader = _rows(path, stream)
        header = [name.strip() for name in next(reader)]
        places = {name: header.index(name) for name in names}
        for line, row in enumerate(reader, start=2):
            for name, place in places.items():
                cell = row[place].strip() if place < len(row) else ""
                if row and line >= begin and cell not in ("0", "1", "0.0", "1.0"):
                    where = f"{path} 第 {line} 行“{name}”列"
                    return InputError(
                        where, "0（错）或 1（对）", f"“{cell}”", "没答的题写 0；不是题的列请先删去。"
                    )
    return InputError(str(path), _TABLE, "各行的列数不一样")
