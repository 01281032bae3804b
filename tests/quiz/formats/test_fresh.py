"""Texts in shapes of their own: every item as expected, nothing wrong accepted."""

from __future__ import annotations

from typing import Any

import pytest
from tests.quiz.formats.fresh import CASES, Case, Expected

from coursekit.quiz.formats.detect import import_bytes
from coursekit.quiz.formats.model import ImportedItem


def is_(item: ImportedItem, expected: Expected) -> bool:
    kind, answer, stem, options = expected
    told = (item.type, stem in item.stem, answer is None or item.answer == answer)
    return told == (kind, True, True) and (options is None or item.options == options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_item_as_expected_and_none_wrong(case: Case) -> None:
    result = import_bytes(case.text.encode(case.encoding), case.name)

    left = list(result.items)
    for expected, must in [*((e, True) for e in case.items), *((e, False) for e in case.either)]:
        hit = next((item for item in left if is_(item, expected)), None)
        assert hit or not must, (expected, result.rejects)
        if hit:
            left.remove(hit)
    assert left == []
    for part in case.rejects:
        assert any(part in reject.text for reject in result.rejects), (part, result.rejects)


def test_a_question_twice_is_kept_and_noted() -> None:
    """Same answer, other order of options, other widths: both stay, the second with a note."""
    text = "1、谁签字？\nA、店主 B、司机\n答案：A\n2、谁签字?\nA、司机 B、店主\n答案：B\n"

    result = import_bytes(text.encode(), "t")

    assert [item.note for item in result.items] == ["", "与第 1 行的题重复"]
    assert result.rejects == ()


def test_an_open_question_without_answer_casts_no_doubt_on_the_choice_behind_it() -> None:
    """Letters are no list for an item that has no options."""
    text = "1、谁发货？\nA、物流\nB、店主\n答案：A\n2、谈谈走访。\n3、哪些要带？\nA、台账\nB、价签\nC、礼品\n答案：AB\n"

    result = import_bytes(text.encode(), "t")

    assert [(item.type, item.answer) for item in result.items] == [("single", [0]), ("multiple", [0, 1])]
    assert len(result.rejects) == 1


def test_a_reject_holds_every_line_it_was_made_of() -> None:
    """An item whose stem is lost still shows its first option."""
    (reject,) = import_bytes("1、\nA、物流\nB、店主\n答案：A\n".encode(), "t").rejects

    assert reject.text.split("\n") == ["1、", "A、物流", "B、店主", "答案：A"]


def test_a_file_without_any_item_needs_a_person(tmp_path: Any, capsys: Any) -> None:
    """Nothing accepted and nothing refused is told, not passed over."""
    from coursekit import cli

    path = tmp_path / "说明.txt"
    path.write_text("考试时间 60 分钟。\n", encoding="utf-8")

    assert cli.run(["quiz", "import", str(path)]) == 1
    assert "没有看到题" in capsys.readouterr().out
