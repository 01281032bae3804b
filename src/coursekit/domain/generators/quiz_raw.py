"""D-10 quiz_raw: question-bank text as it reaches a trainer.

Block 1 is a web-survey export whose line breaks are lost (INC-48, INC-51, INC-52): twelve items and one
stub. Blocks 2 to 5 are sixty lines in four dialects, three of them malformed.
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws
from coursekit.domain.generators.quiz_items import NUMBERS, THREE_OPTIONS, TWO_BLANKS, WORDS, Item

LETTERS = "ABCD"
STUB = "某省 2022 年题库:学习平台的人均积分不低于()分。"


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("quiz_raw", variant)
    numbers, threes, words = draws.shuffled(NUMBERS), draws.shuffled(THREE_OPTIONS), draws.shuffled(WORDS)
    blocks = [_run_together(numbers[:7], threes[:2], words[:2])]
    rest = [*numbers[7:11], *words[2:4]]
    blocks += [_survey(rest[:3]), _letter_line(threes[2:5]), _boxed(threes[5:8]), _in_stem(rest[3:])]
    spoiled = draws.sample((1, 2, 3, 4), 3)
    for k in spoiled:
        blocks[k] = _spoil(draws, k, blocks[k])
    return tuple(
        {"block": b, "line": n, "text": text}
        for b, lines in enumerate(blocks, start=1)
        for n, text in enumerate(lines, start=1)
    )


def rows(variant: str | None) -> list[Row]:
    """Lines of text, block by block."""
    return [dict(row) for row in _made(variant)]


def _run_together(numbers: list[Item], threes: list[Item], words: list[Item]) -> list[str]:
    items = [*numbers, TWO_BLANKS, *threes, *words]
    text = "2023年3月应知应会练习题一、单选题您的姓名: [填空题] *_________________________________"
    for number, (stem, options, right) in enumerate(items, start=1):
        text += f"{number}、{stem} [单选题] *"
        for k, option in enumerate(options):
            mark = "." if k == 0 and number <= 5 else "、"
            text += f"{LETTERS[k]}{mark}{option}" + ("(正确答案)" if k == right else "")
    text += f"{len(items) + 1}、{STUB}"
    return [part + "。" for part in text.removesuffix("。").split("。")]


def _survey(items: list[Item]) -> list[str]:
    lines = []
    for number, (stem, options, right) in enumerate(items, start=1):
        lines.append(f"{number}.{stem}[单选题]")
        lines += [f"{LETTERS[k]}.{o}" + ("(正确答案)" if k == right else "") for k, o in enumerate(options)]
    return lines


def _letter_line(items: list[Item]) -> list[str]:
    lines = []
    for number, (stem, options, right) in enumerate(items, start=1):
        lines.append(f"{number}、{stem}")
        lines += [f"{LETTERS[k]}、{option}" for k, option in enumerate(options)]
        lines.append(f"参考答案:{LETTERS[right]}")
    return lines


def _boxed(items: list[Item]) -> list[str]:
    lines = []
    for number, (stem, options, right) in enumerate(items, start=1):
        lines.append(f"{number}. {stem}")
        lines += [f"{LETTERS[k]}) {option}" for k, option in enumerate(options)]
        lines.append(f"【答案】{LETTERS[right]} 【解析】见课文。")
    return lines


def _in_stem(items: list[Item]) -> list[str]:
    lines = []
    for number, (stem, options, right) in enumerate(items, start=1):
        lines.append(f"{number}、" + stem.replace("()", f"({LETTERS[right]})"))
        lines += [f"{LETTERS[k]}、{option}" for k, option in enumerate(options)]
    return lines


def _spoil(draws: Draws, block: int, lines: list[str]) -> list[str]:
    """Make one item of a block unusable: its answer is lost or names an option that is not there."""
    if block == 1:
        at = draws.pick([k for k, line in enumerate(lines) if "(正确答案)" in line])
        return [*lines[:at], lines[at].replace("(正确答案)", ""), *lines[at + 1 :]]
    if block == 4:
        at = draws.pick([k for k, line in enumerate(lines) if line[0].isdigit()])
        letter = next(c for c in LETTERS if f"({c})" in lines[at])
        return [*lines[:at], lines[at].replace(f"({letter})", "(F)"), *lines[at + 1 :]]
    at = draws.pick([k for k, line in enumerate(lines) if "答案" in line])
    letter = next(c for c in LETTERS if c in lines[at])
    wrong = lines[at].replace(letter, "E", 1) if block == 2 else lines[at].replace(letter, "", 1)
    return [*lines[:at], wrong, *lines[at + 1 :]]
