"""`scripts/fullwidth.py` looks at what people read, and never passes for want of files."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "fullwidth.py"
_spec = importlib.util.spec_from_file_location("fullwidth", SCRIPT)
assert _spec
assert _spec.loader
fullwidth = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fullwidth)


def test_everything_people_read_is_full_width() -> None:
    assert fullwidth.main(["--check"]) == 0


def test_check_without_files_looks_at_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.py").write_text("# 好,不好\n", encoding="utf-8")
    monkeypatch.setattr(fullwidth, "ROOT", tmp_path)

    assert fullwidth.main(["--check"]) == 1
    assert "a.py" in capsys.readouterr().out
    assert "好,不好" in (tmp_path / "notebooks" / "a.py").read_text("utf-8")


@pytest.mark.parametrize("words", [[], ["--chekc"], ["--check", "-x"]])
def test_what_is_no_use_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert fullwidth.main(words) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("好,不好(真的)", "好，不好（真的）"),
        ("any: [不是, 别人]", "any: [不是, 别人]"),
        ("分给：({high} + {low}) ÷ 2", "分给：({high} + {low}) ÷ 2"),
        ("B、65(正确答案)C、70", "B、65(正确答案)C、70"),
        ("[S2-001](x.html),见", "[S2-001](x.html)，见"),
    ],
)
def test_what_becomes_wide(text: str, wide: str) -> None:
    assert fullwidth.widen(text) == wide


def test_a_raw_string_is_a_pattern_and_keeps_its_marks() -> None:
    text = 'like = [r"下个?(月|周)", "好,不好"]\n'
    assert fullwidth.widen_python(text) == 'like = [r"下个?(月|周)", "好，不好"]\n'
