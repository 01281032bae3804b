"""Chinese question banks as text: survey exports, batch-input text, answer lines, answer tables, coded lines."""

from __future__ import annotations

import itertools

from coursekit.quiz.formats.answer_key import Key, read_key
from coursekit.quiz.formats.answers import after_mark
from coursekit.quiz.formats.assemble import assemble
from coursekit.quiz.formats.blocks import Block, Split, split_blocks
from coursekit.quiz.formats.lines import physical, split_marks, split_sections
from coursekit.quiz.formats.marks import letters, truth
from coursekit.quiz.formats.model import ImportedItem, ImportResult, Reject
from coursekit.quiz.formats.unrun import restore
from coursekit.quiz.formats.unrun_plain import restore_plain


def read(text: str) -> ImportResult:
    """Items and rejects of a Chinese text, whatever mixture of the dialects it holds.

    Parameters
    ----------
    text : str
        Decoded text; lines are counted from 1.
    """
    lines = list(split_marks(restore_plain(restore(split_sections(physical(text))))))
    split = split_blocks(lines)
    key = read_key(split.key)
    answers, unused = _match_key(split, key)
    _doubt_before_broken(split.blocks)
    items: list[ImportedItem] = []
    rejects: list[Reject] = list(key.rejects)
    near = False
    previous: Block | None = None
    for index, block in enumerate(split.blocks):
        follows = previous is not None and block.number == (previous.number or 0) + 1 and near
        found = assemble(block, answers.get(index), follows)
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


def _match_key(split: Split, key: Key) -> tuple[dict[int, str], list[Reject]]:
    """Answers of the table by block; entries that fit no item, or more than one, are rejects."""
    found: dict[int, str] = {}
    rejects: list[Reject] = []
    for (place, number), (answer, line) in sorted(key.entries.items(), key=lambda entry: entry[1][1]):
        fits = [i for i, block in enumerate(split.blocks) if _fits(split, key, (place, number), block)]
        if len(fits) != 1 or (place, number) in key.twice:
            reason = (
                "答案表里这一题有两个答案"
                if (place, number) in key.twice
                else (
                    f"答案表里的第 {number} 题在前面找不到"
                    if not fits
                    else f"第 {number} 题在前面有 {len(fits)} 道,不知道是哪一道的答案"
                )
            )
            rejects.append(Reject(line, reason, f"{number} {answer}"))
            continue
        found[fits[0]] = answer
    return found, rejects


def _fits(split: Split, key: Key, at: tuple[int, int], block: Block) -> bool:
    place, number = at
    if block.number != number or block.answers:
        return False
    kind = key.sections[place] if place < len(key.sections) else None
    if kind is None:
        return True
    return block.section == kind
