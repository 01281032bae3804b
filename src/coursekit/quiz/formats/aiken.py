"""Aiken, the plainest import of Moodle: one stem line, lettered options, `ANSWER: B`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from coursekit.quiz.formats.marks import half
from coursekit.quiz.formats.model import Doubt, ImportedItem, ImportResult, Reject, check_item

_OPTION = re.compile(r"^\s*([A-Za-z])[.)]\s*(.*)$")
_ANSWER = re.compile(r"^\s*ANSWER\s*:\s*(.*)$", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Whether the text carries `ANSWER:` lines and no Chinese answer marks."""
    return bool(re.search(r"^\s*ANSWER\s*:", half(text), re.MULTILINE)) and "答案" not in text


def read(text: str) -> ImportResult:
    """Items of an Aiken text; a stem must be one line, as Moodle asks."""
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    pending: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            pending.append((number, line))
        if _ANSWER.match(half(line)) and pending:
            _finish(pending, items, rejects)
            pending = []
    if pending:
        rejects.append(_reject(pending, "最后没有 ANSWER 行"))
    items = _without_numbers(items)
    return ImportResult("aiken", tuple(items), tuple(rejects))


def _without_numbers(items: list[ImportedItem]) -> list[ImportedItem]:
    """Stems without their item numbers, if every stem carries one and they run on by one."""
    found = [re.match(r"^(\d{1,4})\s*[.、)]\s*(?=\S)", half(item.stem)) for item in items]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(items))):
        return items
    return [
        replace(item, stem=item.stem[match.end() :])
        for item, match in zip(items, found, strict=True)
        if match
    ]


def _finish(pending: list[tuple[int, str]], items: list[ImportedItem], rejects: list[Reject]) -> None:
    starts = [i for i, (_, line) in enumerate(pending) if not _OPTION.match(half(line))][:-1]
    runs: list[list[tuple[int, str]]] = []
    for place in starts:
        if (
            runs
            and place == len(runs[-1]) + sum(len(run) for run in runs[:-1])
            and all(not _OPTION.match(half(line)) for _, line in runs[-1])
        ):
            runs[-1].append(pending[place])
            continue
        runs.append([pending[place]])
        end = next((s for s in starts if s > place), len(pending) - 1)
        runs[-1] += pending[place + 1 : end]
    if not runs:
        rejects.append(_reject(pending, "没有题干"))
        return
    for run in runs[:-1]:
        rejects.append(_reject(run, "没有 ANSWER 行"))
    try:
        items.append(_item(runs[-1], pending[-1][1]))
    except Doubt as doubt:
        rejects.append(_reject([*runs[-1], pending[-1]], doubt.reason))


def _item(run: list[tuple[int, str]], answer_line: str) -> ImportedItem:
    stems = [line for _, line in run if not _OPTION.match(half(line))]
    if len(stems) != 1:
        raise Doubt("题干应当只有一行")
    options = []
    for place, (_, line) in enumerate(run[1:]):
        match = _OPTION.match(half(line))
        if match is None or match[1].upper() != chr(65 + place):
            raise Doubt("选项字母不连续或重复")
        options.append(line[match.start(2) :].strip())
    answer = _ANSWER.match(half(answer_line))
    letter = answer[1].strip().upper() if answer else ""
    if not re.fullmatch(r"[A-Z]", letter):
        raise Doubt("ANSWER 应当是一个字母")
    if ord(letter) - 65 >= len(options):
        raise Doubt(f"答案 {letter} 不在选项里")
    return check_item(ImportedItem("single", stems[0].strip(), tuple(options), [ord(letter) - 65], run[0][0]))


def _reject(run: list[tuple[int, str]], reason: str) -> Reject:
    return Reject(run[0][0], reason, "\n".join(line.strip() for _, line in run))


def write(items: Iterable[ImportedItem]) -> tuple[str, list[ImportedItem]]:
    """Aiken text of the single-choice items, and the items that Aiken cannot carry."""
    parts, left = [], []
    for item in items:
        flat = " ".join(item.stem.split("\n"))
        if item.type != "single" or not isinstance(item.answer, list) or _OPTION.match(half(flat)):
            left.append(item)
            continue
        lines = [flat]
        lines += [f"{chr(65 + i)}. {option}" for i, option in enumerate(item.options)]
        lines.append(f"ANSWER: {chr(65 + int(str(item.answer[0])))}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + ("\n" if parts else ""), left
