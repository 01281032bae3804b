"""The roster of a cohort, and whose a file is when only its name tells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coursekit.errors import InputError, unreadable

FILE_NAME = "roster.csv"
HEADER = ("学员编号", "姓名", "单位")
DEFAULT_PATTERN = r"kh\d{4,6}"
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_ID_HEADS = ("学员编号", "学号", "编号", "工号", "id")
_NAME_HEADS = ("姓名", "名字", "name")
_UNIT_HEADS = ("单位", "部门", "班组", "unit")


@dataclass(frozen=True)
class Person:
    """One learner as the trainer's list has it."""

    id: str
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Roster:
    """Learners by id; an empty roster takes any id that fits `pattern`."""

    people: Mapping[str, Person] = field(default_factory=dict)
    pattern: str = DEFAULT_PATTERN

    def name_of(self, student: str) -> str:
        """Name of a learner, empty when the list does not have it."""
        person = self.people.get(student)
        return person.name if person else ""

    def canonical(self, student: str) -> str | None:
        """The id as the list writes it, or None when it is no id of this cohort."""
        if not self.people:
            return student if _ID.fullmatch(student) else None
        known = {key.casefold(): key for key in self.people}
        return known.get(student.casefold())

    def ids_in(self, text: str) -> set[str]:
        """Ids of the list (or, without a list, of the pattern) that stand in `text` as a whole word."""
        if not self.people:
            found = re.findall(rf"(?<![A-Za-z0-9])(?:{self.pattern})(?![A-Za-z0-9])", text, re.IGNORECASE)
            return {word.lower() for word in found}
        return {key for key in self.people if len(key) > 2 and _holds_word(text, key)}

    def named_in(self, text: str) -> set[str]:
        """Ids of the people whose name stands in `text`; a longer name hides a shorter one inside it."""
        hits = {
            person.name for person in self.people.values() if len(person.name) > 1 and person.name in text
        }
        longest = {name for name in hits if not any(name != other and name in other for other in hits)}
        return {person.id for person in self.people.values() if person.name in longest}


def _holds_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text, re.IGNORECASE) is not None


def decode(data: bytes, where: str) -> str:
    """Text of a file that Excel or a Chinese Windows may have written.

    Raises
    ------
    InputError
        If it is neither UTF-8, GB18030 nor UTF-16 with its mark, or holds zero bytes as no text does.
    """
    if data.startswith(_NO_TEXT):
        raise InputError(where, "CSV 文字文件", "Excel、zip 或别的文件", "请在 Excel 里另存为“CSV UTF-8”。")
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            if "\0" not in text:
                return text
        except UnicodeDecodeError:
            continue
    raise InputError(where, "UTF-8 或 GBK 编码的文字", "别的编码", "请在 Excel 里另存为“CSV UTF-8”。")


def read_roster(path: Path, pattern: str = DEFAULT_PATTERN) -> Roster:
    """Roster in the CSV `path`; a missing file is an empty roster.

    Raises
    ------
    InputError
        If the header has no id column, an id is malformed or stands twice.
    """
    if not path.is_file():
        return Roster({}, pattern)
    text = decode(path.read_bytes(), path.name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise InputError(
            path.name,
            "完整的 CSV 表",
            f"读不懂的内容（{unreadable(error)}）",
            "请在 Excel 里另存为“CSV UTF-8”。",
        ) from None
    head = [cell.strip() for cell in rows[0]] if rows else []
    columns = [_column(head, names) for names in (_ID_HEADS, _NAME_HEADS, _UNIT_HEADS)]
    if columns[0] is None:
        raise InputError(f"{path.name} 第 1 行", "有“学员编号”一列的表头", "、".join(head)[:80] or "空文件")
    people: dict[str, Person] = {}
    for line, row in enumerate(rows[1:], start=2):
        values = [row[at].strip() if at is not None and at < len(row) else "" for at in columns]
        if not any(values):
            continue
        if not _ID.fullmatch(values[0]):
            raise InputError(f"{path.name} 第 {line} 行", "由字母、数字组成的学员编号", repr(values[0][:80]))
        if values[0] in people:
            raise InputError(f"{path.name} 第 {line} 行", "每个编号只出现一次", f"{values[0]} 又出现一次")
        people[values[0]] = Person(*values)
    return Roster(people, pattern)


def _column(head: list[str], names: Iterable[str]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def roster_text(people: Iterable[Person]) -> str:
    """CSV text of a roster, with a mark that lets Excel read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((person.id, person.name, person.unit) for person in people)
    return "\ufeff" + out.getvalue()
