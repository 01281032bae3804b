"""The trainer's commands: one JSON object, exit codes, Chinese help with an example."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.grading.graded import SLUG as GRADED
from tests.grading.graded import make_graded
from tests.grading.handins import IDS, SLUG, bare_course, learner, notebook, zipped

from coursekit import cli


def said(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, dict[str, Any]]:
    """Exit code and the one JSON object of a command."""
    code = cli.run([*map(str, args), "--json"])
    return code, json.loads(capsys.readouterr().out)


def sent(folder: Path, name: str, data: bytes) -> Path:
    """A file as it came."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def test_collect_gives_one_object_and_one_when_a_person_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = bare_course(tmp_path / "c")
    data = zipped({"learner.json": learner("kh0001"), f"{SLUG}.ipynb": notebook(*IDS)})
    good = sent(tmp_path / "in", "a.zip", data)
    sent(tmp_path / "in", "b.zip", b"PK\x03\x04")

    code, report = said(capsys, "collect", course, SLUG, good)
    assert (code, report["counts"]["stored"]) == (0, 1)

    code, report = said(capsys, "collect", course, SLUG, tmp_path / "in")
    assert (code, report["counts"]["quarantined"], report["counts"]["identical"]) == (1, 1, 1)


def test_collect_says_in_words_what_happened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = bare_course(tmp_path / "c")
    sent(tmp_path / "in", "坏.zip", b"PK\x03\x04")

    assert cli.run(["collect", str(course), SLUG, str(tmp_path / "in")]) == 1

    out = capsys.readouterr().out
    assert "没收下 1 份" in out
    assert "请学员重新打包再发" in out
    assert "还没有交的 3 人" in out


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["collect", "{course}", "99_none", "{course}"], "没有这个作业"),
        (["collect", "{course}", SLUG, "gone.zip"], "没有这个文件"),
        (["collect", "{course}", SLUG, "{course}/roster.csv", "--student", "kh9"], "名单里的学员编号"),
        (["feedback", "nowhere", SLUG], "coursekit course new"),
        (["course", "due", "{course}", SLUG, "someday"], "2026-03-09 18:00"),
        (["course", "due", "{course}", "99_none", "2026-03-09"], "没有这个作业"),
        (["report", "class", "{course}", "99_none"], "没有这个作业"),
        (["report", "learner", "nowhere", "kh0001"], "coursekit course new"),
        (["report", "items", "{course}"], "没有写"),
        (["report", "items", "{course}", SLUG], "至少两份评完的作业"),
        (["grade", "nowhere", SLUG], "文件夹"),
        (["console", "nowhere"], "coursekit course new"),
        (["collect"], "--help"),
        (["no-such-command"], "--help"),
        (["grade", "{course}", SLUG, "--workers", "many"], "--help"),
    ],
)
def test_wrong_use_is_two_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str], word: str
) -> None:
    course = bare_course(tmp_path / "c")

    code, report = said(capsys, *(arg.format(course=course) for arg in args))

    assert code == 2
    assert word in str(report["error"])


def test_feedback_names_the_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = said(capsys, "feedback", make_graded(tmp_path / "c"), GRADED, "--student", "kh0002")

    assert code == 0
    assert len(report["pages"]) == 1


@pytest.mark.parametrize(
    "command",
    [["course", "new"], ["course", "due"], ["course", "rules"], ["console"], ["collect"], ["grade"], ["similarity"], ["feedback"], ["demo"], ["report", "class"],
     ["report", "learner"], ["report", "levels"], ["report", "items"]],
)  # fmt: skip
def test_every_command_has_help_with_an_example(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*command, "--help"]) == 0

    assert "例：coursekit" in capsys.readouterr().out.replace("\n", "").replace(" ", "").replace("│", "")


def test_what_a_hand_in_wrote_cannot_move_the_cursor_or_turn_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file name or an error text with terminal codes could overwrite the lines of others."""
    course = bare_course(tmp_path / "c")
    sent(tmp_path / "in", "好\x1b[2J\x1b[1A\u202e[red]完.zip", b"PK\x03\x04")

    assert cli.run(["collect", str(course), SLUG, str(tmp_path / "in")]) == 1

    out = capsys.readouterr().out
    assert not set("\x1b\u202e") & set(out)
    assert "[red]完.zip" in out


def test_an_error_is_said_as_it_is_brackets_and_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = bare_course(tmp_path / "c[1]")
    assert cli.run(["collect", str(course), "99_[none]", str(course)]) == 2
    assert "99_[none]" in capsys.readouterr().err
    assert "99_[none]" in said(capsys, "collect", course, "99_[none]", course)[1]["error"]
