"""Chinese question banks as text: survey exports, batch-input text, answer lines, answer tables, coded lines."""

from __future__ import annotations

import itertools

from coursekit.quiz.formats.answer_key import read_key
from coursekit.quiz.formats.answers import after_mark
from coursekit.quiz.formats.assemble import assemble
from coursekit.quiz.formats.block import Block, Split
from coursekit.quiz.formats.blocks import split_blocks
from coursekit.quiz.formats.lines import capital_options, physical, split_marks, split_sections
from coursekit.quiz.formats.listed import REASON, may_be_listed
from coursekit.quiz.formats.marks import letters, truth
from coursekit.quiz.formats.model import ImportedItem, ImportResult, Reject
from coursekit.quiz.formats.restyle import plain_numbers, plain_tables
from coursekit.quiz.formats.unrun import restore
from coursekit.quiz.formats.unrun_plain import restore_plain


def read(text: str) -> ImportResult:
    """Items and rejects of a Chinese text, whatever mixture of the dialects it holds.

    Parameters
    ----------
    text : str
        Decoded text; lines are counted from 1.
    """
    written = plain_tables(plain_numbers(capital_options(physical(text))))
    lines = list(split_marks(restore_plain(restore(split_sections(written)))))
    split = split_blocks(lines)
    answers, unused = _match_keys(split)
    _doubt_before_broken(split.blocks)
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    near = False
    unanswered = 0
    previous: Block | None = None
    for index, block in enumerate(split.blocks):
        follows = (
            near and previous is not None and (block.orphan or block.number == (previous.number or 0) + 1)
        )
        found = assemble(block, answers.get(index), follows)
        if previous is None or (previous.section_index, previous.has_options) != (
            block.section_index,
            block.has_options,
        ):
            unanswered = 0
        if isinstance(found, ImportedItem) and index not in answers:
            if may_be_listed(block, found, unanswered):
                found = Reject(block.line, REASON, block.raw)
            unanswered = 0
        elif isinstance(found, Reject) and index not in answers and not block.answers:
            unanswered += 1
        else:
            unanswered = 0
        if isinstance(found, ImportedItem):
            items.append(found)
        elif isinstance(found, Reject):
            rejects.append(found)
        near = found is not None
        previous = block
    rejects += unused
    rejects.sort(key=lambda reject: reject.line)
    return ImportResult("chinese", tuple(items), tuple(rejects))


def _doubt_before_broken(blocks: list[Block]) -> None:
    for before, block in itertools.pairwise(blocks):
        if block.head and block.head[0].broken and not _answer_is_safe(before):
            before.doubt = before.doubt or block.head[0].broken


def _answer_is_safe(block: Block) -> bool:
    """Whether the answer of `block` stands whatever text follows it: letters or a sign, or an explanation behind."""
    if not block.answers:
        return False
    text = after_mark(block.answers[-1][0].raw)
    return bool(block.explains) or letters(text) is not None or truth(text) is not None


def _match_keys(split: Split) -> tuple[dict[int, str], list[Reject]]:
    """Answers of the tables by block; entries that fit no item, or more than one, are rejects."""
    found: dict[int, str] = {}
    rejects: list[Reject] = []
    for part in split.keys:
        key = read_key(part.lines)
        rejects += key.rejects
        blocks = range(part.begin, part.end)
        lost: list[int] = []
        for (place, number), (answer, line) in key.entries.items():
            kind = key.sections[place]
            fits = [i for i in blocks if _fits(split.blocks[i], kind, number)]
            if len(fits) == 1 and (place, number) not in key.twice:
                found[fits[0]] = answer
            else:
                rejects.append(Reject(line, _why(number, len(fits)), f"{number} {answer}"))
                lost += [number] if not fits else []
        _doubt_if_shifted(split.blocks[part.begin : part.end], [i - part.begin for i in found], lost)
    return found, rejects


def _doubt_if_shifted(blocks: list[Block], answered: list[int], lost: list[int]) -> None:
    """A table that answers a number missing among the items, and leaves an item out, may count the items itself."""
    numbers = [block.number for block in blocks if block.number is not None]
    open_ = [b for i, b in enumerate(blocks) if i not in answered and b.number is not None and not b.answers]
    if open_ and any(min(numbers) < number < max(numbers) for number in lost):
        for place in answered:
            if 0 <= place < len(blocks):
                blocks[place].doubt = blocks[place].doubt or "答案表的题号和试题的题号对不上，答案可能错了位"


def _why(number: int, count: int) -> str:
    if count == 0:
        return f"答案表里的第 {number} 题在前面找不到"
    if count == 1:
        return f"答案表里第 {number} 题有两个答案"
    return f"第 {number} 题在前面有 {count} 道，不知道是哪一道的答案"


def _fits(block: Block, kind: str | None, number: int) -> bool:
    return block.number == number and not block.answers and kind in (None, block.section)
