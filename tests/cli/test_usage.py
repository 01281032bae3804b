"""A command written wrongly is told in Chinese, with what was wrong."""

from __future__ import annotations

import pytest

from coursekit import cli
from coursekit.cli.usage import in_chinese


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("levels decide kh0003", "多写了 kh0003"),
        ("levels decide --nope", "没有 --nope 这个选项，是不是 --paper"),
        ("levels decide --paperr x", "没有 --paperr 这个选项，是不是 --paper, --person"),
        ("nope", "没有 nope 这个命令"),
        ("levels awrd", "没有 awrd 这个命令，是不是 award"),
        ("grade", "还缺 folder"),
        ("grade --workers x 春季班 03", "--workers 的值不对，应当是整数"),
        ("grade --workers", "--workers 后面要写上内容"),
        ("grade --force=1 a b", "--force 后面不用写内容"),
        ("quiz draw junior --forms 0 --out x", "--forms 的值不对，应当不小于 1"),
        ("quiz draw junior --forms 99 --out x", "--forms 的值不对，应当不大于 26"),
    ],
)
def test_wrong_use_is_told_in_chinese(args: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(args.split()) == 2
    assert f"命令写得不对：{said}。加 --help 看用法。" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Invalid value for '--share': Input should be a valid number", "--share 的值不对，应当是数字"),
        ("Invalid value for 'file': Path 'x y' does not exist.", "file 的值不对，没有 x y"),
        ("Something new.", "Something new"),
    ],
)
def test_what_is_not_known_stays_readable(message: str, said: str) -> None:
    assert in_chinese(message) == said
