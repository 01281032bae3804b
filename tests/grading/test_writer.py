"""What the gradebook refuses costs one row; a gradebook that takes nothing stops the run, to be resumed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from coursekit.errors import InputError
from coursekit.grading import writer
from coursekit.grading.course import Course
from coursekit.grading.marks import Mark
from coursekit.grading.records import Record, SubmissionResult
from coursekit.grading.writer import Entry, GradebookWriter

STUDENTS = ["kh0001", "kh0002", "kh0003"]
Written = dict[str, SubmissionResult]


def entry(student: str) -> Entry:
    marks = {name: Mark(name, 2.0, 2.0, "passed") for name in ("test", "test2")}
    result = SubmissionResult(student, "graded", 4.0, 4.0, cells=tuple(marks.values()))
    return Entry(student, None, {"ps1": marks}, {"ps1": frozenset()}, Record(result, {}, "strict", True))


def rows(course: Path) -> dict[str, float]:
    """Points in the gradebook, by learner."""
    with sqlite3.connect(course / "gradebook.db") as book:
        found = book.execute(
            "select s.student_id, sum(g.auto_score) from grade g"
            " join submitted_notebook n on g.notebook_id = n.id"
            " join submitted_assignment s on n.assignment_id = s.id group by 1"
        ).fetchall()
    return dict(found)


def write(course: Path, done: Written, students: list[str] = STUDENTS) -> None:
    place = Course(course)

    def note(written: Entry) -> None:
        done[written.student] = written.record.result

    with GradebookWriter(place, place.assignment("ps1"), note) as book:
        book._book.db().execute(text("pragma busy_timeout = 20"))
        for student in students:
            book.put(entry(student))


@pytest.fixture
def locked(course: Path) -> Iterator[sqlite3.Connection]:
    """The gradebook, held by another program."""
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    other.execute("begin immediate")
    yield other
    other.close()


def test_one_row_refused_is_named_and_the_others_are_written(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute(
            "create trigger no before insert on student when new.id = 'kh0002'"
            " begin select raise(abort, 'refused'); end"
        )
    done: Written = {}

    write(course, done, [*STUDENTS, "kh\udcff"])

    assert rows(course) == {"kh0001": 4.0, "kh0003": 4.0}
    assert (done["kh0001"].status, done["kh0003"].score) == ("graded", 4.0)
    for student in ("kh0002", "kh\udcff"):
        assert (done[student].status, done[student].score) == ("not_run", None)
        assert "成绩册没有收下这一份" in str(done[student].flags[0])
        assert {mark.points for mark in done[student].cells} == {None}


def test_a_gradebook_held_for_a_moment_is_waited_for(
    course: Path, locked: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        locked.rollback()

    monkeypatch.setattr(writer.time, "sleep", sleep)
    done: Written = {}
    write(course, done)
    assert len(waited) == 1
    assert rows(course) == dict.fromkeys(STUDENTS, 4.0)
    assert {result.status for result in done.values()} == {"graded"}


def test_a_gradebook_held_for_long_stops_the_run_which_goes_on_later(
    course: Path, locked: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", -1.0)
    done: Written = {}
    with pytest.raises(InputError, match=r"一直被别的程序占着.*再运行一次同样的命令"):
        write(course, done)
    assert done == {}
    locked.rollback()
    write(course, done)
    assert rows(course) == dict.fromkeys(STUDENTS, 4.0)


def test_a_full_disk_stops_the_run_and_keeps_what_was_written(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BATCH", 1)
    place, done = Course(course), list[str]()
    many = [f"kh{number:04d}" for number in range(1, 200)]

    def grade_all() -> None:
        with GradebookWriter(place, place.assignment("ps1"), lambda one: done.append(one.student)) as book:
            pages = book._book.db().execute(text("pragma page_count")).scalar_one()
            book._book.db().execute(text(f"pragma max_page_count = {pages + 3}"))
            for student in many:
                book.put(entry(student))

    with pytest.raises(InputError, match="磁盘满了"):
        grade_all()
    assert 0 < len(done) < len(many)
    assert rows(course) == dict.fromkeys(done, 4.0)


def test_a_record_that_cannot_be_named_does_not_stop_the_rest(course: Path) -> None:
    place, done = Course(course), list[str]()

    def note(written: Entry) -> None:
        if written.student == "kh0001":
            raise OSError(36, "File name too long")
        done.append(written.student)

    with GradebookWriter(place, place.assignment("ps1"), note) as book:
        for student in STUDENTS:
            book.put(entry(student))
    assert done == ["kh0002", "kh0003"]
