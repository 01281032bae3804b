"""GIFT, the text format of Moodle: choice, several right answers, true/false, short answer, number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coursekit.quiz.formats.model import (
    Answer,
    Doubt,
    ImportedItem,
    ImportResult,
    ItemType,
    Reject,
    check_item,
)

_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_HOLD = {char: chr(0xE000 + i) for i, char in enumerate("~=#{}:\\n")}
_BACK = {held: ("\n" if char == "n" else char) for char, held in _HOLD.items()}
_TITLE = re.compile(r"^\s*::(.*?)::\s*", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(?:html|moodle|plain|markdown)\]\s*")
_CHOICE = re.compile(r"([=~])\s*(?:%(-?\d+(?:\.\d+)?)%)?\s*([^=~#]*)(?:#([^=~]*))?", re.DOTALL)
_NUMBER = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*(?:(:|\.\.)\s*(-?\d+(?:\.\d+)?))?\s*$")


def looks_like(text: str) -> bool:
    """Whether the text holds answers in braces as GIFT writes them."""
    return bool(re.search(r"(?<!\\)\{\s*(?:#|=|~|T\s*[#}]|F\s*[#}]|TRUE|FALSE)", text)) or (
        "$CATEGORY:" in text or bool(re.search(r"^::.+?::.*\{", text, re.MULTILINE))
    )


def read(text: str) -> ImportResult:
    """Items of a GIFT text; items are set apart by empty lines, as Moodle asks."""
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    for line, raw in _records(text):
        try:
            items.append(check_item(_item(line, raw)))
        except Doubt as doubt:
            rejects.append(Reject(line, doubt.reason, raw.strip()))
    return ImportResult("gift", tuple(items), tuple(rejects))


def _records(text: str) -> list[tuple[int, str]]:
    records: list[tuple[int, str]] = []
    begin, depth = 0, 0
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        if bare.startswith("//") or bare.startswith("$CATEGORY:"):
            continue
        if not bare and (depth <= 0 or number > text.count("\n") + 1):
            if lines:
                records.append((begin, "\n".join(lines)))
            lines, depth = [], 0
            continue
        if not lines:
            begin = number
        lines.append(line)
        held = _hold(line)
        depth += held.count("{") - held.count("}")
    return records


def _hold(text: str) -> str:
    return _ESCAPED.sub(lambda m: _HOLD[m[1]], text)


def _plain(text: str) -> str:
    for held, char in _BACK.items():
        text = text.replace(held, char)
    return _FORMAT.sub("", text).strip()


def _item(line: int, raw: str) -> ImportedItem:
    text = _TITLE.sub("", _hold(raw), count=1)
    text = _FORMAT.sub("", text)
    opens, closes = text.count("{"), text.count("}")
    if opens == 0 and closes == 0:
        raise Doubt("没有答案的大括号")
    if opens != 1 or closes != 1 or text.index("}") < text.index("{"):
        raise Doubt("大括号不成对，或不止一对")
    before, rest = text.split("{")
    body, after = rest.split("}")
    body, _, feedback = body.partition("####")
    answer = _answer(body.strip())
    gap = "____" if after.strip() or answer.type == "blank" else ""
    stem = _plain(before)
    if after.strip():
        stem = f"{stem}{gap}{_plain(after)}"
    return ImportedItem(
        answer.type, stem, answer.options, answer.answer, line,
        explanation=_plain(feedback), tolerance=answer.tolerance,
    )  # fmt: skip


@dataclass(frozen=True)
class _Found:
    type: ItemType
    options: tuple[str, ...]
    answer: Answer
    tolerance: tuple[float, ...] = ()


def _answer(body: str) -> _Found:
    if not body:
        raise Doubt("论述题没有答案要点")
    if re.fullmatch(r"(?:T|TRUE|F|FALSE)\s*(?:#.*)?", body, re.DOTALL):
        return _Found("true_false", (), body[0] == "T")
    if body.startswith("#"):
        return _number(body[1:].strip())
    if "->" in body:
        raise Doubt("配对题不能导入")
    found = list(_CHOICE.finditer(body))
    if not found or body[: found[0].start()].strip():
        raise Doubt("大括号里的答案看不懂")
    texts = tuple(_plain(match[3]) for match in found)
    right = [i for i, m in enumerate(found) if m[1] == "=" and float(m[2] or 100) == 100]
    weighted = [i for i, m in enumerate(found) if m[1] == "~" and m[2] and float(m[2]) > 0]
    partial = [m for m in found if m[1] == "=" and float(m[2] or 100) != 100]
    if partial:
        raise Doubt("有只给部分分的答案，不能确定算不算对")
    if not any(m[1] == "~" for m in found):
        return _Found("blank", (), [list(dict.fromkeys(texts))])
    if weighted and right:
        raise Doubt("单选与多选的写法混在一起")
    if weighted:
        total = sum(float(found[i][2]) for i in weighted)
        if not 99 <= total <= 101:
            raise Doubt("多选题各正确选项的分数加起来不是 100%")
        return _Found("multiple", texts, weighted)
    return _Found("single", texts, right)


def _number(body: str) -> _Found:
    parts = [part for part in re.split(r"(?==)", body) if part.strip()] if "=" in body else [body]
    values: list[tuple[str, float]] = []
    for part in parts:
        plain = part.strip().removeprefix("=").partition("#")[0].strip()
        if plain.startswith("%"):
            if not plain.startswith("%100%"):
                raise Doubt("有只给部分分的数字答案，不能确定算不算对")
            plain = plain.removeprefix("%100%")
        values.append(_one_number(_plain(plain)))
    if len({tolerance for _, tolerance in values}) != 1:
        raise Doubt("几个数字答案的误差不一样")
    tolerance = values[0][1]
    return _Found("blank", (), [[value for value, _ in values]], (tolerance,) if tolerance else ())


def _one_number(text: str) -> tuple[str, float]:
    match = _NUMBER.match(text)
    if match is None:
        raise Doubt("数字答案看不懂")
    if match[2] is None:
        return match[1], 0.0
    if match[2] == ":":
        return match[1], float(match[3])
    low, high = float(match[1]), float(match[3])
    if low > high:
        raise Doubt("数字范围的下限比上限大")
    return f"{(low + high) / 2:.10g}", (high - low) / 2


def _escape(text: str) -> str:
    text = re.sub(r"([~=#{}:\\])", r"\\\1", text)
    return text.replace("\n", "\\n")


def write(items: Iterable[ImportedItem]) -> tuple[str, list[ImportedItem]]:
    """GIFT text of the items, and the items GIFT cannot carry (several blanks, key phrases)."""
    parts, left = [], []
    for number, item in enumerate(items, start=1):
        body = _body(item)
        if body is None:
            left.append(item)
            continue
        stem = _escape(item.stem)
        holes = stem.count("____") if item.type == "blank" else 0
        feedback = f"####{_escape(item.explanation)}" if item.explanation else ""
        answer = "{" + body + feedback + "}"
        text = stem.replace("____", answer, 1) if holes == 1 else f"{stem} {answer}"
        parts.append(f"::{number:03d}::{text}")
    return "\n\n".join(parts) + ("\n" if parts else ""), left


def _body(item: ImportedItem) -> str | None:
    answer = item.answer
    if item.type == "true_false":
        return "TRUE" if answer else "FALSE"
    if not isinstance(answer, list) or item.type == "short":
        return None
    if item.type == "blank":
        if len(answer) != 1 or not isinstance(answer[0], list):
            return None
        if item.tolerance:
            return "#" + "".join(f"={text}:{item.tolerance[0]:.10g} " for text in answer[0]).rstrip()
        return "".join(f"={_escape(text)} " for text in answer[0]).rstrip()
    if item.type == "single":
        marks = ["=" if i in answer else "~" for i in range(len(item.options))]
    else:
        right = f"~%{100 / len(answer):.5f}%"
        wrong = "~%-100%"
        marks = [right if i in answer else wrong for i in range(len(item.options))]
    return "\n" + "\n".join(f"{m}{_escape(o)}" for m, o in zip(marks, item.options, strict=True)) + "\n"
