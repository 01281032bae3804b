"""A drawn paper travels like an exercise: draw, release, hand-in, collect, grade, feedback, evidence for a level."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.quiz.bank_of_many import many
from tests.quiz.test_paper_export import SMALL, right_answer
from tests.shared import made_once

from coursekit.certification import coursework
from coursekit.certification.coursework import read_course
from coursekit.errors import ContentError
from coursekit.grading import GradeOptions, grade, papers
from coursekit.grading.collect import collect
from coursekit.grading.feedback import write_feedback
from coursekit.grading.forms import mark_forms
from coursekit.grading.new_course import release
from coursekit.grading.records import SubmissionResult
from coursekit.grading.review import accept, looked_at, proposals
from coursekit.grading.standings import standings
from coursekit.quiz.answers import AnswerFile, seal_of
from coursekit.quiz.drawing import draw
from coursekit.quiz.own_paper import own_sheet
from coursekit.quiz.paper_export import paper_id, write_form
from coursekit.quiz.sitting import PaperSitting, Sheet

pytestmark = pytest.mark.usefixtures("one_warm_process")
TYPES = ("single", "multiple", "true_false", "blank", "short")
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def sit(course: Path, name: str, student: str, folder: Path, wrong: int = 0, minutes: float = 10) -> Path:
    """A learner's assignment folder after sitting the paper in `minutes`, the first `wrong` single choices wrong."""
    shutil.copytree(course / "release" / name, folder)
    (folder / "learner.json").write_text(json.dumps({"learner": student}), "utf-8")
    key = papers.read_key(course, name)
    base = json.loads((folder / "paper.json").read_text("utf-8"))
    mine = own_sheet(base, set(key["keep"]), student)
    rules = {item["id"]: item["rule"] for item in key["items"]}
    texts = {item["id"]: item.get("options", []) for item in base["items"]}
    clock = Clock()
    sitting = PaperSitting(
        Sheet.model_validate(mine), AnswerFile(folder / "answers.json", name, student, clock)
    )
    sitting.handle({"kind": "start", "id": ""})
    clock.now += timedelta(minutes=minutes)
    for item in mine["items"]:
        given = right_answer(item, rules[item["id"]], texts[item["id"]])
        if item["type"] == "single" and wrong:
            wrong -= 1
            given = next(letter for letter in "ABCD" if letter != given)
        sitting.handle({"kind": "answer", "id": item["id"], "response": given})
    sitting.handle({"kind": "finish", "id": ""})
    return folder


def packed(folder: Path, target: Path, without: str = "") -> Path:
    """The folder as one file, as learners send it."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.iterdir()):
            if path.name != without:
                archive.write(path, f"{folder.name}/{path.name}")
    return target


def edit(path: Path, change: Mapping[str, Any]) -> None:
    """Write values into a JSON file as somebody with an editor would."""
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**content, **change}, ensure_ascii=False), "utf-8")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A course with a released paper, and what five learners sent; a sixth sent nothing."""
    course = made_once(tmp_path_factory, "school", _make_school) / "春季班"
    return course, next((course / "submitted" / "kh0001").iterdir()).name


def _make_school(root: Path) -> None:
    course, sent = root / "春季班", root / "sent"
    (course / "source").mkdir(parents=True)
    sent.mkdir()
    (course / "coursekit.toml").write_text('[course]\ntitle = "测试班"\n', "utf-8")
    rows = "".join(f"kh000{n},学员{n},一部\n" for n in range(1, 7))
    (course / "roster.csv").write_text("学员编号,姓名,单位\n" + rows, "utf-8")
    drawn = draw(replace(SMALL, id="junior"), many(dict.fromkeys(TYPES, 2)), "s1")
    name = paper_id(drawn, drawn.forms[0])
    write_form(drawn, drawn.forms[0], course)
    release(course, [name])

    packed(sit(course, name, "kh0001", root / "kh0001"), sent / "kh0001.zip")
    packed(sit(course, name, "kh0002", root / "kh0002", wrong=2), sent / "kh0002.zip")
    copied = sit(course, name, "kh0003", root / "kh0003")
    shutil.copy(root / "kh0001" / "answers.json", copied / "answers.json")
    packed(copied, sent / "kh0003.zip")
    edited = sit(course, name, "kh0004", root / "kh0004")
    paper = json.loads((edited / "answers.json").read_text("utf-8"))["paper"]
    edit(edited / "answers.json", {"paper": {**paper, "started": (BEGAN - timedelta(hours=1)).isoformat()}})
    packed(edited, sent / "kh0004.zip")
    packed(sit(course, name, "kh0005", root / "kh0005"), sent / "kh0005.zip", without="answers.json")
    assert not collect(course, name, [sent]).needs_person
    run(course, name)


@pytest.fixture
def graded(school: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A fresh copy of the graded course."""
    return Path(shutil.copytree(school[0], tmp_path / school[0].name)), school[1]


def run(course: Path, name: str) -> dict[str, SubmissionResult]:
    report = grade(course, name, GradeOptions(workers=2, allow_unsealed=True))
    return {row.student: row for row in report.submissions}


def test_a_sat_paper_reaches_gradebook_feedback_and_evidence(graded: tuple[Path, str]) -> None:
    """Draw to evidence: points by section, what a person must settle open, flags named, no key in feedback."""
    course, name = graded
    rows = {row.student: row for row in standings(course, name)}

    full = SMALL.points
    assert {who: (row.state, row.score) for who, row in rows.items()} == {
        "kh0001": ("needs_review", full - 5), "kh0002": ("needs_review", full - 7),
        "kh0003": ("needs_review", rows["kh0003"].score), "kh0004": ("needs_review", full - 5),
        "kh0005": ("not_run", None), "kh0006": ("missing", None),
    }  # fmt: skip
    flags = {who: "；".join(row.flags) for who, row in rows.items()}
    assert "与 kh0003 的答案和时间完全相同" in flags["kh0001"]
    assert "别的学员" in flags["kh0003"]
    assert "与 kh0001" in flags["kh0003"]
    assert "改过" in flags["kh0004"]
    assert "超时 50.0 分钟" in flags["kh0004"]
    assert "没有交答卷文件" in flags["kh0005"]
    assert flags["kh0002"] == flags["kh0006"] == ""

    found = {(one.student, one.points) for one in proposals(course, name)}
    assert ("kh0001", 5) in found
    assert not any(who == "kh0005" for who, _ in found)
    assert accept(course, name) == 4
    looked_at(course, name, "kh0001", "是本人的卷")
    write_feedback(course, name)
    pieces = {piece.person: piece for piece in read_course(course)}
    assert {(piece.kind, piece.level) for piece in pieces.values()} == {("theory", "junior")}
    assert (pieces["kh0001"].score, pieces["kh0002"].score) == (100, round(100 * (full - 2) / full, 6))
    assert [pieces[who].score for who in ("kh0003", "kh0004", "kh0005", "kh0006")] == [None] * 4


def test_feedback_of_a_paper_holds_no_key_and_says_where_it_went_wrong(graded: tuple[Path, str]) -> None:
    course, name = graded
    write_feedback(course, name)

    pages = {p.parent.parent.name: p.read_text("utf-8") for p in course.glob("feedback/*/*/*.html")}
    assert set(pages) == {"kh0001", "kh0002", "kh0003", "kh0004", "kh0005"}
    assert "对 2 题，错 2 题。没拿满的多在：" in pages["kh0002"]
    assert "不是零分" in pages["kh0005"]
    key = papers.read_key(course, name)
    for page in pages.values():
        assert "第 junior" not in page  # a paper is no lesson
        assert not any(item["id"] in page for item in key["items"])
        assert "答案 " not in page
        assert "先登记" not in page


def test_a_corrected_key_marks_again_and_lists_who_changed(graded: tuple[Path, str]) -> None:
    """The key is part of what a mark was made from: the second run re-marks, the third has nothing to do."""
    course, name = graded
    path = papers.key_path(course, name)
    content = json.loads(path.read_text("utf-8"))
    wrong = next(item for item in content["items"] if item["rule"]["type"] == "true_false")
    wrong["rule"]["value"] = not wrong["rule"]["value"]
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    again = run(course, name)
    third = run(course, name)

    assert again["kh0001"].score == SMALL.points - 6
    flag = next(flag for flag in again["kh0001"].flags if flag.code == "remarked")
    assert flag.reason == f"答案更正后重判：{wrong['id']} 由 1 分改为 0 分"
    assert papers.changes(course, name)["kh0002"] == [{"id": wrong["id"], "before": 1.0, "after": 0.0}]
    assert "由 2 分改为 1 分" in next(
        c.reason for c in again["kh0002"].cells if c.grade_id == "form_section3"
    )
    assert all(row.resumed for who, row in third.items() if who != "kh0005")
    assert again["kh0002"].status == "needs_review"  # for its short answer, not for the correction
    content["items"] = [
        {**item, "rule": {**item["rule"], "value": not item["rule"]["value"]}} if item is wrong else item
        for item in content["items"]
    ]
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    assert not any(flag.code == "remarked" for row in run(course, name).values() for flag in row.flags)


def test_what_a_person_decided_stands_when_the_same_work_is_graded_again(graded: tuple[Path, str]) -> None:
    """Nobody accepts a hundred short answers twice because the engine was run again."""
    course, name = graded
    accept(course, name)
    before = {row.student: (row.state, row.score) for row in standings(course, name)}

    grade(course, name, GradeOptions(workers=2, allow_unsealed=True, force=True))

    assert [one.student for one in proposals(course, name)] == []
    assert {row.student: (row.state, row.score) for row in standings(course, name)} == before
    answers = course / "submitted" / "kh0002" / name / "answers.json"
    content = json.loads(answers.read_text("utf-8"))
    answers.write_text(json.dumps({**content, "note": 1}), "utf-8")
    grade(course, name, GradeOptions(workers=2, allow_unsealed=True))
    assert [one.student for one in proposals(course, name)] == ["kh0002"], (
        "another hand-in needs another look"
    )


def test_item_analysis_takes_a_paper_item_by_item(graded: tuple[Path, str]) -> None:
    course, name = graded
    accept(course, name)
    for who in ("kh0001", "kh0003"):
        looked_at(course, name, who, "看过")

    table = papers.score_table(course, name, standings(course, name))

    assert list(table.index) == ["kh0001", "kh0002", "kh0003"]
    assert len(table.columns) == SMALL.count
    assert (int(table.loc["kh0001"].sum()), int(table.loc["kh0002"].sum())) == (SMALL.count, SMALL.count - 2)

    chosen = papers.choice_table(course, name, standings(course, name))

    right = chosen[chosen["选项"].str.contains("正确")]
    assert len(chosen) == 4 * 6
    assert sorted(right["选它的"]) == ["100%"] * 6 + ["67%"] * 2, (
        "two single choices were got wrong by one of three"
    )


def test_a_paper_sat_without_a_name_or_in_other_letters_is_marked_in_the_order_it_was_shown(
    school: tuple[Path, str], tmp_path: Path
) -> None:
    """The trainer knows who it is; the page that was sat in the file's own order still gets its marks."""
    course = Path(shutil.copytree(school[0], tmp_path / "c"))
    for claimed in ("", "KH0006"):
        folder = sit(course, school[1], claimed, tmp_path / f"sat{claimed}")
        (folder / "learner.json").unlink()
        collect(course, school[1], [folder], student="kh0006")

        marks = mark_forms(course, school[1], "kh0006").marks

        assert [m.points for m in marks.values() if m.points is not None] == [4, 4, 2, 1]
        flags = papers.sat_paper(course, school[1], "kh0006").flags
        assert any("次序" in flag for flag in flags) == (claimed == "")


def test_a_paper_sat_in_the_order_of_another_is_shown_to_a_person(
    school: tuple[Path, str], tmp_path: Path
) -> None:
    """Everybody's letters are their own; who sits another's order, and seals it anew, could be told theirs."""
    course = Path(shutil.copytree(school[0], tmp_path / "c"))
    folder = sit(course, school[1], "kh0001", tmp_path / "sat")
    content = json.loads((folder / "answers.json").read_text("utf-8")) | {"learner": "kh0006"}
    content["answers"] = {name: {**one, "at": BEGAN.isoformat()} for name, one in content["answers"].items()}
    edit(folder / "answers.json", {**content, "seal": seal_of(content)})
    edit(folder / "learner.json", {"learner": "kh0006"})
    collect(course, school[1], [folder])

    (flag,) = papers.sat_paper(course, school[1], "kh0006").flags

    assert "按kh0001 的次序" in flag


@pytest.mark.parametrize(
    "change", [{"items": []}, {"paper": "other"}, {"items": [{"id": "T-C1-101"}]}, {"minutes": None}]
)
def test_a_faulty_key_is_named_and_nothing_is_marked(
    school: tuple[Path, str], tmp_path: Path, change: dict[str, Any]
) -> None:
    course = Path(shutil.copytree(school[0], tmp_path / "c"))
    edit(papers.key_path(course, school[1]), change)

    with pytest.raises(ContentError, match="key"):
        mark_forms(course, school[1], "kh0001")


def test_who_sat_one_form_misses_nothing_in_the_other() -> None:
    """Learners without any form are named once as missing."""
    a = [
        coursework._Row("kh0001", "graded", 8.0, 10.0, None),
        coursework._Row("kh0002", "missing", None, 10, None),
    ]
    b = [
        coursework._Row("kh0001", "missing", None, 10, None),
        coursework._Row("kh0002", "missing", None, 10, None),
    ]

    kept = list(coursework._one_form_each([("A", a), ("B", b)]))

    assert [(name, [row.student for row in rows]) for name, rows in kept] == [
        ("A", ["kh0001", "kh0002"]), ("B", []),
    ]  # fmt: skip
