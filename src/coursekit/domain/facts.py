"""The register of facts that lessons, items and policies cite by id.

One line per fact in our own words, with whose rule it is and of what year, so that no statement is
taught as everybody's rule.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coursekit import resources
from coursekit.errors import ContentError, InputError

STATUS: Mapping[str, str] = {
    "current": "今天仍可参考",
    "employer": "以本单位现行规定为准",
    "historical": "当年当地的情况",
    "other_industry": "别的行业的规定",
    "inconsistent": "原文有误或不全",
    "derived": "由原文推算",
    "risk": "今天照做有合规风险",
}
FIELDS = ("id", "text", "document", "owner", "year", "industry", "status")
_ID = re.compile(r"S[0-4]-\d{3}|INC-\d{2}|DER-\d{2}|REG-\d")
_CITED = re.compile(r"\b(?:S[0-4]-\d{3}|INC-\d{2}|DER-\d{2}|REG-\d)\b")


@dataclass(frozen=True)
class Fact:
    """One fact.

    Parameters
    ----------
    id : str
        `S0-001` … `S4-035`, or `INC-`, `DER-`, `REG-` for gaps, derived numbers and risks.
    text, document, owner : str
        One line in our words, the document it comes from, and whose rule it is.
    year : int or None
        Year the source states; `None` if it states none.
    industry : str
        Whose trade, in Chinese (`烟草`, `石油化工`, …).
    status : str
        A key of `STATUS`.
    """

    id: str
    text: str
    document: str
    owner: str
    year: int | None
    industry: str
    status: str

    @property
    def source(self) -> str:
        """Owner and year as a reader sees them, such as `某县城区营销部（原文未注年份）`."""
        if self.status in ("inconsistent", "derived", "risk") and not self.id.startswith("S"):
            return self.owner
        return f"{self.owner}（{self.year} 年）" if self.year else f"{self.owner}（原文未注年份）"

    @property
    def status_label(self) -> str:
        """What the status means, in Chinese."""
        return STATUS[self.status]

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of other facts named in the text."""
        return tuple(dict.fromkeys(found for found in _CITED.findall(self.text) if found != self.id))


def all() -> tuple[Fact, ...]:
    """Every fact in order of id.

    Raises
    ------
    ContentError
        With every fault of the register.
    """
    return tuple(_register().values())


def get(id: str) -> Fact:
    """Fact by id.

    Raises
    ------
    InputError
        If the register has no such fact.
    """
    found = _register().get(id) if isinstance(id, str) else None
    if found is None:
        raise InputError("事实编号", "事实库里有的编号，如 S2-001、INC-07", str(id))
    return found


def search(words: str) -> tuple[Fact, ...]:
    """Facts whose id, text, document or owner holds every word (words parted by blanks)."""
    wanted = words.lower().split()
    return tuple(
        fact
        for fact in all()
        if wanted
        and _every(wanted, f"{fact.id} {fact.text} {fact.document} {fact.owner} {fact.industry}".lower())
    )


def _every(wanted: list[str], text: str) -> bool:
    return not [word for word in wanted if word not in text]


def _register() -> dict[str, Fact]:
    file = resources.datasets() / "facts.csv"
    try:
        return _read(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise ContentError(str(file), ["读不到事实库"]) from error


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> dict[str, Fact]:
    try:
        rows = list(csv.reader(file.read_text("utf-8").splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ContentError(str(file), [f"不是完整的 UTF-8 CSV:{error}"]) from error
    if not rows or tuple(rows[0]) != FIELDS:
        raise ContentError(str(file), [f"第 1 行应当是 {','.join(FIELDS)}"])
    faults: list[str] = []
    found: dict[str, Fact] = {}
    for line, row in enumerate(rows[1:], start=2):
        fault = _fault(row, found)
        if fault:
            faults.append(f"第 {line} 行：{fault}")
            continue
        id, text, document, owner, year, industry, status = row
        found[id] = Fact(id, text, document, owner, int(year) if year else None, industry, status)
    if faults:
        raise ContentError(str(file), faults)
    return found


def _fault(row: list[str], found: dict[str, Fact]) -> str:
    if len(row) != len(FIELDS):
        return f"应当有 {len(FIELDS)} 格，有 {len(row)} 格"
    id, text, document, owner, year, industry, status = row
    if not _ID.fullmatch(id):
        return f"编号 {id!r} 不合格式"
    if id in found:
        return f"编号 {id} 出现过了"
    if not (text and document and owner and industry):
        return f"{id} 的 text、document、owner、industry 有空的"
    if year and not re.fullmatch(r"(19|20)\d\d", year):
        return f"{id} 的年份 {year!r} 不是四位数"
    if status not in STATUS:
        return f"{id} 的 status {status!r} 应当是 {'、'.join(STATUS)} 之一"
    return ""
