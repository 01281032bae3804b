"""A paper of any name in a graded course is theory evidence once HR has said for which level."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coursekit import resources
from coursekit.certification.audit import policy_digest
from coursekit.certification.coursework import read_course
from coursekit.certification.evidence import Evidence
from coursekit.certification.gather import gather
from coursekit.certification.paper_levels import PaperLevels
from coursekit.certification.policy import LevelPolicy, parse_policy
from coursekit.cli import run
from coursekit.errors import ContentError
from coursekit.grading import records
from coursekit.grading.papers import key_path

DAY = date(2026, 6, 30)


def graded(course: Path, assignment: str, student: str, status: str, score: float | None) -> None:
    result = records.SubmissionResult(student, status, score, 100.0)  # type: ignore[arg-type]
    records.write(course, assignment, records.Record(result, {}, "compatible", sealed=True))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A graded course with a paper of an odd name, an exercise, and a drawn paper of an unknown blueprint."""
    folder = tmp_path / "班级"
    graded(folder, "2026年上半年理论A卷", "kh1", "graded", 81.0)
    graded(folder, "2026年上半年理论A卷", "kh2", "needs_review", 40.0)
    graded(folder, "2026年上半年理论A卷", "kh3", "not_run", None)
    graded(folder, "03_figures", "kh1", "graded", 70.0)
    graded(folder, "newcomers-1", "kh1", "graded", 66.0)
    key = key_path(folder, "newcomers-1")
    key.parent.mkdir(parents=True)
    item = {"id": "T-1", "points": 1, "rule": {"type": "choice", "value": "A"}, "cell": "一"}
    content = {"paper": "newcomers-1", "blueprint": "newcomers", "items": [item], "minutes": 60}
    key.write_text(json.dumps(content), "utf-8")
    return folder


def theory(pieces: Any) -> dict[tuple[str, str | None], Evidence]:
    return {(piece.person, piece.level): piece for piece in pieces if piece.kind == "theory"}


def with_papers(text: str) -> LevelPolicy:
    return parse_policy(resources.policy("levels").read_text("utf-8") + "\n[papers]\n" + text)


def test_the_policy_says_which_assignment_is_a_paper_of_which_level(course: Path) -> None:
    rules = with_papers(
        '"*理论*" = { value = "intermediate", source = "employer" }\n'
        'newcomers = { value = "junior", source = "employer" }\n'
    )

    found = gather(rules, [course], [], DAY)

    papers = theory(found.pieces)
    assert set(papers) == {("kh1", "intermediate"), ("kh2", "intermediate"), ("kh3", "intermediate"), ("kh1", "junior")}  # fmt: skip
    assert papers["kh1", "intermediate"].score == 81.0
    assert [papers[who, "intermediate"].score for who in ("kh2", "kh3")] == [None, None], "missing, not zero"
    assert [p.item for p in found.pieces if p.kind == "skill"] == ["03_figures"]
    assert found.refused == ()


def test_without_a_word_a_drawn_paper_of_no_level_is_left_out_aloud(
    course: Path, policy: LevelPolicy
) -> None:
    found = gather(policy, [course], [], DAY)

    assert theory(found.pieces) == {}
    assert "班级/newcomers-1 是一份卷，不知道是哪一级的" in found.refused[0]
    assert "newcomers-1" not in {piece.item for piece in found.pieces}, "and never counted as an exercise"


def test_the_command_line_goes_before_the_policy(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--paper", "*理论A卷=初级", "--paper", "newcomers-1=中级客户经理"]
    where = ["--register", str(tmp_path / "l.db"), "--json"]

    code = run(["levels", "decide", "--course", str(course), *told, *where])
    people = {one["person"]: one for one in json.loads(capsys.readouterr().out)["people"]}

    assert code == 1, "two papers wait for a person"
    junior, intermediate, _senior = people["kh1"]["levels"]
    assert (junior["parts"][0]["score"], intermediate["parts"][0]["score"]) == (81.0, 66.0)
    assert people["kh2"]["levels"][0]["parts"][0]["state"] == "missing"
    assert "等人复核" in people["kh2"]["levels"][0]["parts"][0]["why"]


@pytest.mark.parametrize("text", ["理论A卷", "理论A卷=", "=初级", "理论A卷=五级", ""])
def test_a_paper_without_name_or_level_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["levels", "decide", "--paper", text, "--register", str(tmp_path / "l.db"), "--json"])

    assert code == 2
    assert "像 理论A卷=初级" in json.loads(capsys.readouterr().out)["error"]
    assert not (tmp_path / "l.db").exists()


def test_a_level_that_the_policy_does_not_have_is_refused() -> None:
    with pytest.raises(ContentError, match=r"papers\.甲卷：等级要是 junior、intermediate、senior 之一"):
        with_papers('"甲卷" = { value = "五级", source = "employer" }')


def test_an_empty_table_of_papers_is_the_same_policy(policy: LevelPolicy) -> None:
    """Registers made before the table existed keep their policy's digest; the kept text still fits it."""
    assert with_papers("").digest == policy.digest
    changed = with_papers('"甲卷" = { value = "junior", source = "employer" }')
    assert changed.digest != policy.digest
    assert policy_digest(json.dumps(changed.content(), ensure_ascii=False)) == changed.digest


def test_the_first_rule_that_fits_counts_and_a_blueprint_is_a_name_too() -> None:
    levels = PaperLevels((("甲*", "junior"), ("甲卷", "senior"), ("blue", "senior")), ("junior", "senior"))

    assert levels.of("甲卷") == "junior"
    assert levels.of("别的", "blue") == "senior"
    assert levels.of("别的", "junior") == "junior"
    assert (levels.of("别的"), levels.of("别的", "intermediate")) == (None, None)


def test_a_sitting_and_its_resit_both_count(tmp_path: Path) -> None:
    """Two assignments of one level: who failed A and resat B has both; who sat A misses nothing in B."""
    course = tmp_path / "班级"
    for name, student, score in (("卷A", "kh1", 50.0), ("卷A", "kh2", 75.0), ("卷B", "kh1", 64.0)):
        graded(course, name, student, "graded", score)

    pieces = read_course(course, levels=PaperLevels((("卷*", "junior"),)))

    assert sorted((p.person, p.item, p.score) for p in pieces) == [
        ("kh1", "卷A", 50.0),
        ("kh1", "卷B", 64.0),
        ("kh2", "卷A", 75.0),
    ]
