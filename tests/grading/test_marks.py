"""The rule of marking is closed against doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.marks import CellOutcome, Mark, declares_partial, mark_test, status_of, total

PLAIN = "assert f(1) == 2"
PARTIAL = "points = 1.5\npoints"


def mark(source: str = PLAIN, **outcome: object) -> Mark:
    return mark_test("t", CellOutcome("t", **outcome), 2.0, source)  # type: ignore[arg-type]


def test_a_test_that_ran_and_ended_well_passes() -> None:
    assert mark(ended="ok").points == 2.0


def test_an_assertion_or_error_of_the_learner_fails() -> None:
    failed = mark(ended="error", ename="AssertionError", evalue="合计不对\n…")
    assert (failed.points, failed.status, failed.reason) == (0.0, "failed", "AssertionError: 合计不对")


@pytest.mark.parametrize("ended", ["timeout", "died", "not_run"])
def test_what_did_not_end_has_no_points(ended: str) -> None:
    assert mark(ended=ended).points is None


def test_a_test_that_never_came_to_its_turn_has_no_points() -> None:
    assert mark_test("t", None, 2.0, PLAIN) == Mark("t", None, 2.0, "not_run", "没有运行到这一格")


@pytest.mark.parametrize("ename", ["NotStrict", "TesterDied", "LearnerDied", "LearnerProtocol"])
def test_an_error_of_the_machinery_is_not_the_learners(ename: str) -> None:
    assert mark(ended="error", ename=ename).points is None


def test_a_failure_after_a_stopped_cell_proves_nothing() -> None:
    outcome = CellOutcome("t", "error", "NameError", "total")
    assert mark_test("t", outcome, 2.0, PLAIN, doubtful=True).points is None
    assert mark_test("t", CellOutcome("t", "ok"), 2.0, PLAIN, doubtful=True).points == 2.0


@pytest.mark.parametrize(
    ("value", "points"), [("1.5", 1.5), ("2", 2.0), ("0", 0.0), ("True", 2.0), (None, 2.0)]
)
def test_declared_partial_credit_counts(value: str | None, points: float) -> None:
    assert mark(PARTIAL, ended="ok", value=value).points == points


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "2.1", "'oops'", "False", "[1]"])
def test_a_value_that_is_no_mark_is_not_full_marks(value: str) -> None:
    assert mark(PARTIAL, ended="ok", value=value).points is None


def test_undeclared_value_is_ignored() -> None:
    assert mark(PLAIN, ended="ok", value="0.5").points == 2.0


@given(st.text(max_size=30), st.sampled_from(["ok", "error", "timeout", "died", "not_run"]))
def test_points_never_leave_their_range(value: str, ended: str) -> None:
    points = mark(PARTIAL, ended=ended, value=value).points
    assert points is None or 0 <= points <= 2


@given(st.text(max_size=60))
def test_declaring_is_decided_without_an_error(source: str) -> None:
    assert declares_partial(source) in (True, False)


def test_nothing_known_is_no_total() -> None:
    unknown = Mark("a", None, 1, "not_run")
    assert total([unknown]) is None
    assert total([unknown, Mark("b", 0.0, 1, "failed")]) == 0.0


def test_status_tells_not_run_from_zero() -> None:
    zero, unknown = Mark("a", 0.0, 1, "failed"), Mark("b", None, 1, "not_run")
    assert status_of([zero], False) == "graded"
    assert status_of([zero], True) == "needs_review"
    assert status_of([zero, unknown], False) == "needs_review"
    assert status_of([unknown], False) == "not_run"
    assert status_of([Mark("c", None, 1, "manual")], False) == "needs_review"
