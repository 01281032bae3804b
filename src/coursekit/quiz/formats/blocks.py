"""Lines -> blocks, one per possible item: where each begins, and the parts that belong to it."""

from __future__ import annotations

import re

from coursekit.quiz.formats import numbering
from coursekit.quiz.formats.answer_key import table_at
from coursekit.quiz.formats.answers import after_mark
from coursekit.quiz.formats.block import OPTION_LINE, Block, KeyLines, Split
from coursekit.quiz.formats.lines import Line, role
from coursekit.quiz.formats.marks import (
    ANSWER_START,
    CODED,
    MULTI_LEVEL,
    NOISE,
    NUMBER,
    OTHER_HEAD,
    SECTION,
    SECTION_ALONE,
    STEM_LABEL,
    TAG,
    TYPE_LABEL,
    half,
    letters,
    truth,
    type_of,
)

_FIRST_OPTION = re.compile(r"^\s*(?:\(A\)|A\s*[.、:),]|A\s+\S|[○●□◯⚪■☐])")
_SHORT = 12
_STYLES = ("ti", "cn", "dot", "year", "colon", "bracket", "paren")
LISTED = "答案里的序号和题号写法一样，不能确定哪里是下一题"
INNER = "题干里有和题号写法一样的序号，不能确定哪里是下一题"
SHIFTED = "前面有一个答案不知道是哪一题的，后面的答案可能都错了一位"
MORE = "答案下面还有一行，不能确定是不是另一道题的答案"
LOOSE = "前面的文字不能确定属于哪一题"


def split_blocks(lines: list[Line]) -> Split:
    """Cut `lines` into blocks; the answer table at the end, if there is one, is kept apart."""
    return _Splitter(lines).run()


class _Splitter:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = [line for line in lines if not NOISE.match(line.text)]
        self.result = Split()
        self.current: Block | None = None
        self.section: str | None = None
        self.section_index = 0
        self.carry = self.shifted = ""
        self.next_type = ""
        self.type_first = numbering.type_comes_first(self.lines)
        self.multi = numbering.is_multi_level(self.lines)
        self.brackets = numbering.bracket_numbers(self.lines)
        self.dotted = numbering.dotted(self.lines)

    def run(self) -> Split:
        index, begin = -1, 0
        while (index := index + 1) < len(self.lines):
            line = self.lines[index]
            taken = 0 if line.blank else table_at(self.lines, index)
            if taken:
                self._close()
                table = [each for each in self.lines[index : index + taken] if not each.blank]
                self.result.keys.append(KeyLines(begin, len(self.result.blocks), table))
                begin = len(self.result.blocks)
                index += taken - 1
                continue
            if line.blank:
                if self.current is not None:
                    self.current.last_blank = True
                continue
            self._take(index, line)
            if self.current is not None:
                self.current.last_blank = False
        self._close()
        return self.result

    def _take(self, index: int, line: Line) -> None:
        text = line.text
        section = SECTION.match(text.strip()) or SECTION_ALONE.match(text)
        if section and not TAG.fullmatch(text.strip()):
            self._close()
            self.section, self.section_index = type_of(section[1]), self.section_index + 1
            self.shifted = ""
            return
        if OTHER_HEAD.match(text) and not line.broken:
            self._close()
            self.section = None
            self.section_index += 1
            return
        if text.lstrip().startswith("#") and not NUMBER.match(text):
            return
        label = STEM_LABEL.match(text)
        typed = TYPE_LABEL.match(text)
        if typed:
            self._typed(type_of(typed[1]))
            return
        if label and (self.current is None or self.current.head):
            self._open(Line(line.no, line.raw[label.end() :], line.broken), None)
            return
        number = self._number(line)
        if number is not None and self._starts(number, line):
            self._open(line, number)
            return
        kind = role(line)
        if self.current is None:
            if kind == "text":
                self._open(line, None)
            elif kind == "answer" and _value(line).strip():
                self.shifted = SHIFTED
            return
        if kind != "text" and not (kind == "answer" and self._is_option_text(line)):
            self._add_part(kind, line)
        else:
            self._text(index, line)

    def _typed(self, kind: str) -> None:
        """`题型:单选题` belongs to the item before it, or, where the file writes it first, to the next."""
        if self.current is None or self.type_first:
            self._close()
            self.next_type = kind
        else:
            self.current.typed = kind

    def _is_option_text(self, line: Line) -> bool:
        return bool(OPTION_LINE.match(line.text)) and not ANSWER_START.match(line.text)

    def _number(self, line: Line) -> tuple[int, str, int, str] | None:
        """Item number at the start of the line: number, style, where the stem begins, leading answer."""
        text = line.text
        if CODED.match(text):
            head = re.match(r"^\s*(\d+)-(\d+)\s+", text)
            return (int(head[2]), "coded", head.end(), "") if head else None
        multi = MULTI_LEVEL.match(text) if self.multi else None
        if multi:
            return int(multi[2]), "multi", multi.end(), ""
        match = NUMBER.match(text)
        if not match:
            return None
        style = next((name for name in _STYLES if match[name]), "")
        number = int(match[style])
        if style == "year" and not self._dot_is_number(number, text[match.end() :]):
            return None
        if style in ("bracket", "paren") and not self.brackets:
            return None
        if style == "year":
            style = "dot"
        return number, style, match.end(), match["lead"] or ""

    def _dot_is_number(self, number: int, rest: str) -> bool:
        """Whether `3.308户` is item 3: only where the file numbers with a dot, and 3 comes next."""
        if re.match(r"(?:19|20)\d\d年", rest):
            return True
        if not self.dotted:
            return False
        block = self.current
        return block is None or block.number is None or (block.style == "dot" and number == block.number + 1)

    def _starts(self, number: tuple[int, str, int, str], line: Line) -> bool:
        block = self.current
        if block is None or line.broken or number[1] == "coded":
            return True
        value, style = number[0], number[1]
        if block.number is None:
            return True
        if TAG.search(line.text) and block.last_part == "head":
            return True
        if block.last_part == "answer" and self._free_text(block):
            return self._after_free_answer(block, value, style)
        if block.inner is not None and value == block.inner + 1 and style == block.style:
            if value == block.number + 1:
                block.doubt = self.carry = INNER
                return True
            block.inner = value
            return False
        if value == block.number + 1:
            return True
        if block.last_part == "explain" and style != block.style:
            return False
        if self._complete(block) or value > block.number:
            return True
        if style == block.style:
            block.doubt = INNER
        block.inner = value
        return False

    def _free_text(self, block: Block) -> bool:
        tag = next((type_of(m[1] or m[2]) for line in block.head if (m := TAG.search(line.text))), None)
        return "short" in (tag or block.section, block.section) or (
            not block.has_options and self._listed(block)
        )

    def _listed(self, block: Block) -> bool:
        return bool(block.answers) and any(_enumerator(line) for line in block.answers[-1])

    def _after_free_answer(self, block: Block, value: int, style: str) -> bool:
        lines = block.answers[-1]
        numbers = [found for line in lines if (found := _enumerator(line))]
        if not numbers:
            return value == (block.number or 0) + 1 or bool(_value(lines[0]).strip())
        last_style, last_value = numbers[-1]
        if style != last_style:
            return style == block.style
        if value == last_value + 1:
            if style == block.style:
                block.doubt = self.carry = LISTED
                return value == (block.number or 0) + 1
            return False
        return True

    def _complete(self, block: Block) -> bool:
        return bool(block.answers) or block.has_options

    def _open(self, line: Line, number: tuple[int, str, int, str] | None) -> None:
        self._close()
        doubt = line.broken or self.carry or self.shifted
        self.carry = ""
        block = Block(line.no, line.raw, section=self.section, section_index=self.section_index, doubt=doubt)
        block.typed, self.next_type = self.next_type, ""
        rest = line
        if number is not None:
            block.number, block.style = number[0], number[1]
            block.lead, block.coded = number[3], number[1] == "coded"
            rest = Line(line.no, line.raw[number[2] :])
        kind = role(rest) if number is not None and not rest.blank and not block.coded else "text"
        self.current = block
        if kind == "text":
            block.head.append(rest)
        else:
            self._add_part(kind, rest)

    def _add_part(self, kind: str, line: Line) -> None:
        block = self.current
        if block is None:
            return
        if kind == "answer":
            block.answers.append([line])
        elif kind == "explain":
            block.explains.append(line)
        else:
            block.metas.append(line)
        if not (kind == "meta" and block.last_part == "head"):
            block.last_part = kind

    def _text(self, index: int, line: Line) -> None:
        block = self.current
        if block is None or line.broken:
            self._open(line, None)
            return
        option = bool(OPTION_LINE.match(line.text))
        if block.last_part == "head":
            self._text_in_head(index, line, option)
        elif option and block.last_part in ("answer", "meta") and (block.late or not block.has_options):
            block.late = True
            block.head.append(line)
        elif (
            block.last_part == "answer"
            and not _value(block.answers[-1][0]).strip()
            and len(block.answers[-1]) == 1
        ) or (block.last_part == "answer" and self._free_text(block) and not block.last_blank):
            block.answers[-1].append(line)
        elif block.last_part == "answer" and self._one_more(block, line):
            block.doubt = block.doubt or MORE
            block.answers[-1].append(line)
        elif block.last_part == "explain" and not block.last_blank and not self._stem_ahead(index):
            block.explains.append(line)
        elif (
            block.last_part == "explain" and not block.last_blank and block.number is not None and block.style
        ):
            block.explains.append(line)
            self._open(line, None)
            if self.current is not None:
                self.current.doubt = LOOSE
        else:
            self._open(line, None)

    def _one_more(self, block: Block, line: Line) -> bool:
        """Whether a line under an answer that stands alone looks like one more answer."""
        if letters(line.raw) is not None or truth(line.raw) is not None:
            return True
        alone = block.number is not None and not _value(block.answers[-1][0]).strip() and not block.last_blank
        return alone and len(line.text.strip()) <= _SHORT and not line.text.rstrip().endswith(("?", ":"))

    def _text_in_head(self, index: int, line: Line, option: bool) -> None:
        block = self.current
        if block is None:
            return
        tagged = TAG.search(line.text)
        tag_alone = tagged is not None and tagged.start() == len(line.text) - len(line.text.lstrip())
        had_tag = any(TAG.search(each.text) for each in block.head)
        if tagged and not tag_alone and (block.number is None or had_tag):
            loose = not had_tag and not block.last_blank and not block.has_options
            self._open(line, None)
            if loose and self.current is not None:
                self.current.doubt = LOOSE
            return
        if option or tag_alone or not block.has_options:
            if block.last_blank and not option and not tag_alone and not block.has_options:
                self._paragraph(index, line)
                return
            block.head.append(line)
            return
        if block.last_blank or self._stem_ahead(index) or tagged:
            if not block.last_blank and not (self._stem_ahead(index) or tagged):
                block.doubt = block.doubt or LOOSE
            self._open(line, None)
            return
        block.doubt = block.doubt or "选项后面多出一行，不能确定是不是选项的内容"
        self._open(line, None)
        if self.current is not None:
            self.current.doubt = LOOSE

    def _paragraph(self, index: int, line: Line) -> None:
        """Text after an empty line, while the block has no options: another paragraph, or a new start."""
        block = self.current
        if block is None:
            return
        bare = block.number is None and not any(TAG.search(each.text) for each in block.head)
        self._open(line, None)
        if not bare and self.current is not None and self._stem_ahead(index):
            block.doubt = block.doubt or LOOSE
            self.current.doubt = LOOSE

    def _stem_ahead(self, index: int) -> bool:
        """Whether the next line that is not empty opens options (so this line must be a stem)."""
        following = next((each for each in self.lines[index + 1 :] if not each.blank), None)
        return following is not None and bool(_FIRST_OPTION.match(following.text))

    def _close(self) -> None:
        if self.current is not None:
            self.result.blocks.append(self.current)
        self.current = None


def _value(line: Line) -> str:
    """What stands behind an answer mark."""
    return after_mark(line.raw)


def _enumerator(line: Line) -> tuple[str, int] | None:
    """Style and value of a number at the start of a line of an answer (`1、`, not the decimal `1.5`)."""
    match = NUMBER.match(half(_value(line)))
    style = next((name for name in _STYLES if match and match[name]), "year")
    return (style, int(match[style])) if match and style != "year" else None
