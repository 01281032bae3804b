"""Whatever is well formed is read back as it was written, in every dialect; what is broken never comes back wrong."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.quiz.formats.dialects import DIALECTS, items

from coursekit.quiz.formats.detect import import_bytes, import_text
from coursekit.quiz.formats.model import ImportedItem

QUICK = settings(
    max_examples=int(os.environ.get("DIALECT_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def essence(item: ImportedItem) -> tuple[object, ...]:
    stem = re.sub(r"\s|\(\)|____", "", item.stem)
    return (item.type, stem, item.options, str(item.answer))


def by_section(bank: list[ImportedItem]) -> list[ImportedItem]:
    order = ["single", "multiple", "true_false", "blank", "short"]
    return sorted(bank, key=lambda item: order.index(item.type))


@pytest.mark.parametrize("dialect", DIALECTS)
@QUICK
@given(data=st.data())
def test_what_is_written_is_read_back(dialect: str, data: st.DataObject) -> None:
    """Every item equal, none more, none rejected."""
    write, kinds = DIALECTS[dialect]
    bank = data.draw(items(kinds))
    if dialect == "blackboard":
        bank = [item for item in bank if item.type != "blank"] or bank

    result = import_text(write(bank))

    expected = by_section(bank) if dialect == "sections" else bank
    assert [r.as_json() for r in result.rejects] == []
    assert [essence(item) for item in result.items] == [essence(item) for item in expected]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@settings(max_examples=8, deadline=None)
@given(bank=items(("single", "true_false"), least=2))
def test_encodings_are_told_apart(encoding: str, bank: list[ImportedItem]) -> None:
    """The same text in any encoding of Chinese Windows gives the same items."""
    text = DIALECTS["bracket_answers"][0](bank).replace("\n", "\r\n")

    result = import_bytes(text.encode(encoding), "题库.txt")

    assert [essence(item) for item in result.items] == [essence(item) for item in bank]


def drop_line(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def double_line(lines: list[str], at: int) -> list[str]:
    return lines[: at + 1] + lines[at:]


def swap_lines(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at : at + 2][::-1] + lines[at + 2 :]


def join_lines(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], "".join(lines[at : at + 2]), *lines[at + 2 :]]


def foreign_line(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], "以下内容由营销部整理", *lines[at:]]


def lost_mark(lines: list[str], at: int) -> list[str]:
    return [
        *lines[:at],
        re.sub(r"^(\d+|[A-Z])[、.．]\s*|\(正确答案\)|答案[:】]", "", lines[at], count=1),
        *lines[at + 1 :],
    ]


def cut_off(lines: list[str], at: int) -> list[str]:
    half_line = (
        "" if "答案" in lines[at] else lines[at][: len(lines[at]) // 2]
    )  # half an answer leaves no trace
    return [*lines[:at], half_line]


MUTATIONS = [drop_line, double_line, swap_lines, join_lines, foreign_line, lost_mark, cut_off]


def may_be(found: ImportedItem, original: ImportedItem) -> bool:
    """Whether `found` is all that can still be seen of `original`.

    The last options may be gone without trace, and so may one of several right-answer marks.
    """
    same = essence(found)[:2] == essence(original)[:2] and (
        found.answer == original.answer
        or (found.type == "multiple" and set(found.answer) < set(original.answer))
    )
    *kept, last = found.options or ("",)
    pairs = zip(kept, original.options, strict=False)
    return (
        same
        and all(a == b for a, b in pairs)
        and "".join(original.options[len(kept) : len(kept) + 1]).startswith(last)
    )


LINED = ["survey_lines", "batch", "stem_letter", "answer_lines", "bracket_answers", "platform", "sections"]


@pytest.mark.parametrize(
    ("dialect", "mutate"),
    # half an answer at the end of an answer table leaves no trace, so that pair is left out
    [(d, m) for d in LINED for m in MUTATIONS if (d, m) != ("sections", cut_off)],
)
@QUICK
@given(data=st.data())
def test_broken_text_never_gives_a_wrong_item(dialect: str, mutate: object, data: st.DataObject) -> None:
    """After any structural damage, each accepted item is one of those written."""
    write, kinds = DIALECTS[dialect]
    bank = data.draw(items(kinds, least=2, most=5))
    lines = write(bank).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))

    result = import_text("\n".join(mutate(lines, at)))  # type: ignore[operator]

    for found in result.items:
        assert any(may_be(found, original) for original in bank), (lines[at], found)


@QUICK
@given(data=st.data())
def test_damage_in_run_together_text_never_gives_a_wrong_item(data: st.DataObject) -> None:
    """A type mark, a number or an inner option letter cut out: accepted items are still those written."""
    bank = data.draw(items(DIALECTS["survey_run"][1], least=3, most=6))
    text = DIALECTS["survey_run"][0](bank)
    marks = [m.span() for m in re.finditer(r"\[..题\] \*|\d+、(?=.店)|[AB]、", text)]
    begin, end = data.draw(st.sampled_from(marks))

    result = import_text(text[:begin] + text[end:])

    for found in result.items:
        assert any(may_be(found, original) for original in bank), (text[begin:end], found)
