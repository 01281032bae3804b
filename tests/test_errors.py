"""Each error says where, what was expected, what came, what to do, and survives a process border."""

from __future__ import annotations

import errno
import pickle

import pytest

from coursekit.errors import (
    ContentError,
    CoursekitError,
    DomainError,
    InputError,
    MissingToolError,
    from_system,
)

EXAMPLES = [
    InputError("客户表.xlsx 第 3 行", "1 到 5 的星级", "“六”", "请改正后再运行。"),
    DomainError("visits 第 2 行", "不早于到店时间的离店时间", "09:10 到店,09:02 离店"),
    ContentError("bank.yaml", ["第 3 行:缺少题干", "第 9 行:没有正确答案"]),
    MissingToolError("bubblewrap", "请运行:apt-get install bubblewrap"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_an_error_crosses_a_process_whole(error: CoursekitError) -> None:
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes)

    assert str(twin) == str(error)
    assert vars(twin) == vars(error)


def test_the_sentence_has_its_four_parts() -> None:
    text = str(EXAMPLES[0])

    assert text == "客户表.xlsx 第 3 行：应当是1 到 5 的星级，看到的是“六”。 请改正后再运行。"


def test_wrong_input_exits_2_and_a_fault_of_the_kit_exits_3() -> None:
    assert {error.exit_code for error in EXAMPLES} == {2}
    assert CoursekitError("x").exit_code == 3


def test_a_content_error_lists_every_fault() -> None:
    assert "2 处要改" in str(EXAMPLES[2])
    assert "第 9 行:没有正确答案" in str(EXAMPLES[2])


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "磁盘满了"), (errno.EIO, "读写到一半出错")])
def test_a_full_or_failing_disk_is_told_though_the_system_names_no_file(number: int, words: str) -> None:
    told = from_system(OSError(number, "x"))

    assert told is not None
    assert words in str(told)
    assert from_system(OSError(errno.ENOENT, "x")) is None
