"""One possible item as lines by part, and a whole text cut into such blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coursekit.quiz.formats.lines import Line
from coursekit.quiz.formats.marks import TAG

OPTION_LINE = re.compile(r"^\s*(?:\([A-Z]\)|[A-Z]\s*[.、:),]|[A-Z]\s+\S|[○●□◯⚪■☐])")
_ORPHAN = re.compile(r"^\s*(?:[A-Z]\s*[.、)]|[○●□◯⚪■☐])")
_OPTION_PAIR = re.compile(r"(?<![A-Za-z])A\s*[.、:)].*?B\s*[.、:)]")
_RAW_LIMIT = 2000


@dataclass
class Block:
    """The lines of one possible item, by part."""

    line: int
    opening: str = ""
    number: int | None = None
    style: str = ""
    section: str | None = None
    section_index: int = 0
    lead: str = ""
    head: list[Line] = field(default_factory=list)
    answers: list[list[Line]] = field(default_factory=list)
    explains: list[Line] = field(default_factory=list)
    metas: list[Line] = field(default_factory=list)
    doubt: str = ""
    inner: int | None = None
    typed: str = ""
    coded: bool = False
    late: bool = False
    last_blank: bool = False
    last_part: str = "head"

    @property
    def has_options(self) -> bool:
        """Whether an option line was seen."""
        return any(OPTION_LINE.match(line.text) for line in self.head[1:]) or any(
            _OPTION_PAIR.search(line.text) for line in self.head
        )

    @property
    def orphan(self) -> bool:
        """Whether it begins with an option: its stem is missing."""
        return self.number is None and bool(self.head) and bool(_ORPHAN.match(self.head[0].text))

    @property
    def raw(self) -> str:
        """The source text of the block."""
        lines = [*self.head, *[line for part in self.answers for line in part], *self.explains][1:]
        if not (self.answers or self.has_options or any(TAG.search(line.text) for line in self.head)):
            lines = []
        text = "\n".join([self.opening.strip(), *(line.raw.strip() for line in lines if not line.blank)])
        return text if len(text) <= _RAW_LIMIT else text[:_RAW_LIMIT] + "……"


@dataclass(frozen=True)
class KeyLines:
    """An answer table: its lines, and the blocks since the table before."""

    begin: int
    end: int
    lines: list[Line]


@dataclass
class Split:
    """A text cut into blocks, and the answer tables between or behind them."""

    blocks: list[Block] = field(default_factory=list)
    keys: list[KeyLines] = field(default_factory=list)
