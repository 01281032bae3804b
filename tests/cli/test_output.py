"""What a person reads in the terminal cannot be steered by a hand-in, a bank or a roster."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from coursekit.cli import output, run

HOSTILE = "\x1b[2J\u202e一\x07"


def test_what_would_move_the_cursor_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    output.say(f"姓名 {HOSTILE}[red]x[/red]\n第二行")
    output.notice(HOSTILE)
    said = capsys.readouterr()
    assert said.out == "姓名 \ufffd[2J\ufffd一\ufffd[red]x[/red]\n第二行\n"
    assert said.err == "\ufffd[2J\ufffd一\ufffd\n"


def test_a_hostile_bank_does_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = tmp_path / "题库.txt"
    bank.write_text(
        "1. 甲\x1b[2J乙是（ ）\nA. 一\nB. 二\n答案：A\n\n2. 丙\x1b]0;x\x07（ ）\n答案：\n", encoding="utf-8"
    )
    run(["quiz", "import", str(bank)])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err


def test_a_hostile_roster_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_text("工号,姓名,所在单位\n0001,[/red]甲\x1b[2J,某县局\n", encoding="utf-8")
    run(["levels", "roster", str(roster), "--register", f"sqlite:///{tmp_path}/r.db"])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "[/red]甲" in said.out


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "utf-8"])
def test_json_stays_json_whatever_the_terminal_can_show(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a Chinese Windows a sign that GBK has not was written as \\xb2, which no JSON reader takes."""
    payload = {"place": "客户²·😀\udc80"}
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, errors="backslashreplace")
    monkeypatch.setattr(sys, "stdout", stream)

    output.emit(payload, True, lambda: None)
    stream.flush()

    assert json.loads(written.getvalue().decode(encoding)) == payload


def test_commands_speak_through_one_module() -> None:
    """`print` of a console elsewhere would not be cleaned; tables and coloured marks are the exceptions."""
    places = Path(output.__file__).parent.glob("*.py")
    found = {
        path.name for path in places if re.search(r"std(out|err)\.print\(", path.read_text(encoding="utf-8"))
    }
    assert found == {"output.py", "__init__.py", "doctor.py", "levels.py"}
