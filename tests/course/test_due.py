"""Due dates on the learner's side: what a file may hold, what is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit import cli
from coursekit.course import due
from coursekit.course.due import DueDates
from coursekit.errors import InputError

WHEN = datetime.fromisoformat("2026-03-09T18:00:00+08:00")


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    source = tmp_path / "发来的.json"
    source.write_text(json.dumps(DueDates({"03_figures": WHEN}, "春季班", 5).as_json()), "utf-8")

    name, data = due.read(source)
    (tmp_path / name).write_bytes(data)

    assert name == "due.json"
    assert due.dates(tmp_path) == DueDates({"03_figures": WHEN}, "春季班", 5.0)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"due": 1}', '{"due": {"a": "soon"}}', '{"due": {"a": "2026-03-09T18:00:00"}}']
)
def test_another_file_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    source = tmp_path / "x.json"
    source.write_text(text, "utf-8")

    with pytest.raises(InputError, match="请培训师再发一次"):
        due.read(source)
    assert cli.run(["start", str(tmp_path / "w"), "--no-lab", "--due", str(source)]) == 2
    assert not (tmp_path / "w").exists(), "nothing is made before the file is known to be good"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        due.read(tmp_path / "gone.json")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 3, 9, 9, 30, tzinfo=UTC), "还有 30 分钟"),
        (datetime(2026, 3, 8, 9, 30, tzinfo=UTC), "还有 24 小时"),
        (datetime(2026, 3, 1, 10, 0, tzinfo=UTC), "还有 8 天"),
        (datetime(2026, 3, 9, 13, 0, tzinfo=UTC), "已经过了 3 小时；现在才发出去算迟交"),
    ],
)
def test_the_sentence_says_how_much_is_left_or_how_late_it_is(now: datetime, words: str) -> None:
    assert f"截止时间 2026-03-09 18:00，{words}" in due.said(WHEN, now)


def test_start_puts_the_trainers_file_into_the_workspace(tmp_path: Path) -> None:
    source = tmp_path / "due_kh0001.json"
    source.write_text(json.dumps(DueDates({"03_figures": WHEN}).as_json()), "utf-8")

    done = cli.run(["start", str(tmp_path / "w"), "--no-lab", "--json", "--due", str(source)])

    assert done == 0
    assert due.dates(tmp_path / "w", "kh0001").times == {"03_figures": WHEN}
    assert due.dates(tmp_path / "w", "kh0002").times == {}
