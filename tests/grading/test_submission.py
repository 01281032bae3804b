"""Which notebook is the hand-in, and whose it is."""

from __future__ import annotations

import pytest
from tests.grading.handins import IDS, SLUG, answers, learner, notebook

from coursekit.errors import InputError
from coursekit.grading.roster import Person, Roster
from coursekit.grading.submission import Assignment, HandIn, find_hand_ins, identify, settle_copies

FIGURES = Assignment(SLUG, frozenset(IDS))
ROSTER = Roster(
    {p.id: p for p in (Person("kh0001", "张三"), Person("kh0002", "李四"), Person("kh0003", "张三丰"))}
)
GOOD = notebook(*IDS)


@pytest.mark.parametrize(
    "place",
    [
        "03_figures.ipynb",
        "作业3 张三(2).ipynb",
        "a/b/c/03_figures-Copy1.ipynb",
        "我的工作/03_figures/未命名.ipynb",
    ],
)
def test_the_notebook_is_known_by_its_cells_whatever_its_name(place: str) -> None:
    found = find_hand_ins({place: GOOD, "别的.ipynb": notebook("b1", "b2")}, FIGURES)

    assert [item.place for item in found] == [place]
    assert found[0].readable


def test_another_assignment_is_refused_even_under_this_name() -> None:
    with pytest.raises(InputError, match="请看是不是交错了作业"):
        find_hand_ins({"03_figures.ipynb": notebook("b1", "b2")}, FIGURES)


def test_a_hand_in_without_a_notebook_is_refused() -> None:
    with pytest.raises(InputError, match="请学员把作业文件夹整个交来"):
        find_hand_ins({"03_figures.html": b""}, FIGURES)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\x00\xff", b"[]", b"[" * 100_000, b'{"cells": 3}', b'{"cells": [1]}']
)
def test_a_broken_notebook_is_taken_and_flagged_not_judged(data: bytes) -> None:
    found = find_hand_ins({"03_figures.ipynb": data}, FIGURES)

    assert found[0].flags == ("unreadable_notebook",)
    assert not found[0].readable


def test_missing_cells_are_flagged() -> None:
    found = find_hand_ins({"03_figures.ipynb": notebook("a1", "t1")}, FIGURES)

    assert found[0].flags == ("missing_cells",)


def test_data_files_come_along_and_programs_stay_out() -> None:
    files = {
        "w/03_figures.ipynb": GOOD, "w/mine.csv": b"1", "w/pandas.py": b"evil", "w/key.pth": b"evil",
        "w/sub/p.png": b"p", "w/timestamp.txt": b"2000-01-01", "other/x.csv": b"2", "w/more/else.ipynb": b"{}",
    }  # fmt: skip

    found = find_hand_ins(files, FIGURES)

    assert set(found[0].files) == {"mine.csv", "sub/p.png"}


def test_answers_and_the_nearest_learner_file_are_read() -> None:
    files = {
        "ws/learner.json": learner("kh0002"),
        "ws/03_figures/x.ipynb": GOOD,
        "ws/03_figures/answers.json": answers(rate=1),
    }

    found = find_hand_ins(files, FIGURES)

    assert found[0].claim == "kh0002"
    assert found[0].answers is not None
    assert found[0].answers.fields["rate"]["value"] == 1


def test_broken_answers_do_not_cost_the_notebook() -> None:
    found = find_hand_ins({"03_figures.ipynb": GOOD, "answers.json": b"{"}, FIGURES)

    assert found[0].flags == ("unreadable_answers",)
    assert found[0].answers is None


def test_a_folder_of_many_peoples_notebooks_gives_one_hand_in_each() -> None:
    found = find_hand_ins({"张三.ipynb": GOOD, "李四.ipynb": notebook(*IDS, source="y")}, FIGURES)

    assert [item.place for item in found] == ["张三.ipynb", "李四.ipynb"]


def test_of_copies_in_one_learners_folder_the_released_name_counts() -> None:
    files = {
        "learner.json": learner("kh0001"),
        "03_figures.ipynb": GOOD,
        "旧的.ipynb": notebook(*IDS, source="old"),
    }

    assert [item.place for item in find_hand_ins(files, FIGURES)] == ["03_figures.ipynb"]


def test_copies_that_differ_are_a_persons_decision() -> None:
    one, two = HandIn("a.ipynb", b"1", True), HandIn("b.ipynb", b"2", True)

    assert settle_copies([one, HandIn("c.ipynb", b"1", True)], FIGURES).notebook == b"1"
    assert settle_copies([one, HandIn("x/03_figures.ipynb", b"3", True)], FIGURES).notebook == b"3"
    with pytest.raises(InputError, match="2 份"):
        settle_copies([one, two], FIGURES)


@pytest.mark.parametrize(
    ("claim", "file", "place", "expected"),
    [
        ("kh0001", "无名.zip", "a.ipynb", ("kh0001", "learner.json")),
        ("KH0001", "x.zip", "a.ipynb", ("kh0001", "learner.json")),
        (None, "kh0002_03_figures.zip", "a.ipynb", ("kh0002", "编号")),
        (None, "x.zip", "KH0002 作业/a.ipynb", ("kh0002", "编号")),
        (None, "作业3 李四(2).ipynb", "作业3 李四(2).ipynb", ("kh0002", "姓名")),
        (None, "张三丰.ipynb", "张三丰.ipynb", ("kh0003", "姓名")),
        ("kh0001", "张三-kh0001.zip", "a.ipynb", ("kh0001", "learner.json")),
    ],
)
def test_whose_it_is(claim: str | None, file: str, place: str, expected: tuple[str, str]) -> None:
    assert identify(HandIn(place, GOOD, True, claim=claim), file, ROSTER) == expected


@pytest.mark.parametrize(
    ("claim", "file", "word"),
    [
        (None, "作业.ipynb", "三样都没有"),
        (None, "kh00012.ipynb", "三样都没有"),
        ("kh0099", "a.zip", "roster.csv"),
        ("../etc", "a.zip", "roster.csv"),
        ("kh0001", "kh0002.zip", "文件名指 kh0002"),
        ("kh0001", "李四.zip", "文件名指 kh0002"),
        (None, "kh0001 kh0002.zip", "对得上的有 kh0001、kh0002"),
    ],
)
def test_doubt_is_left_to_a_person(claim: str | None, file: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        identify(HandIn("a.ipynb", GOOD, True, claim=claim), file, ROSTER)


def test_without_a_list_an_id_of_the_agreed_form_is_enough() -> None:
    assert identify(HandIn("a.ipynb", GOOD, True), "kh0042 作业.zip", Roster()) == ("kh0042", "编号")
    with pytest.raises(InputError, match="名单里的学员编号"):
        identify(HandIn("a.ipynb", GOOD, True, claim="../../x"), "a.zip", Roster())
