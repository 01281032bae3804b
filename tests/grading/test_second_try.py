"""After feedback the better of two hand-ins counts where the policy says so, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.grading.graded import POINTS, SLUG, add, make_course, mark

from coursekit.grading import arrivals, store
from coursekit.grading.feedback import write_feedback
from coursekit.grading.second_try import bring_back_better

FULL = [mark(name, points, "passed") for name, points in POINTS.items()]
LESS = [mark(name, 0, "failed") for name in POINTS]


def second(course: Path, better: bool) -> None:
    """A first hand-in with feedback, then a second one, both graded."""
    target = course / "submitted" / "kh0001" / SLUG
    add(course, "kh0001", "graded", LESS if better else FULL)
    (target / "mark.txt").write_text("first")
    write_feedback(course, SLUG, ["kh0001"])
    kept = course / store.PRIVATE / "versions" / SLUG / "kh0001" / "20260302T090000Z-d-kh0001"
    store.write_json(kept.with_suffix(".json"), arrivals.record(course, SLUG, "kh0001"))
    store.put_folder({"mark.txt": b"second"}, target, course / store.PRIVATE / "incoming", kept)
    add(course, "kh0001", "graded", FULL if better else LESS, received="2026-03-05T09:00:00+00:00")
    record = arrivals.record(course, SLUG, "kh0001") | {"digest": "later"}
    store.write_json(course / store.PRIVATE / "collected" / SLUG / "kh0001.json", record)


@pytest.mark.parametrize(
    ("policy", "better", "counts"),
    [
        ("best", False, "first"),
        ("best", True, "second"),
        ("last", False, "second"),
        ("first", False, "second"),
    ],
)
def test_the_better_one_counts_only_under_that_policy(
    tmp_path: Path, policy: str, better: bool, counts: str
) -> None:
    course = make_course(tmp_path / "c")
    with (course / "coursekit.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'after_feedback = "{policy}"\n')
    second(course, better)

    changed = bring_back_better(course, SLUG)

    assert (course / "submitted" / "kh0001" / SLUG / "mark.txt").read_text() == counts
    assert changed == (["kh0001"] if counts == "first" else [])


def test_the_later_one_is_kept_and_again_changes_nothing(tmp_path: Path) -> None:
    course = make_course(tmp_path / "c")
    with (course / "coursekit.toml").open("a", encoding="utf-8") as stream:
        stream.write('after_feedback = "best"\n')
    second(course, better=False)

    bring_back_better(course, SLUG)

    kept = list((course / store.PRIVATE / "versions" / SLUG / "kh0001").glob("later-*/mark.txt"))
    assert [path.read_text() for path in kept] == ["second"]
    assert bring_back_better(course, SLUG) == []
    assert arrivals.record(course, SLUG, "kh0001")["digest"] == "d-kh0001"
