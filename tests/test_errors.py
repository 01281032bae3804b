"""Each error says where, what was expected, what came, what to do, and survives a process border."""

from __future__ import annotations

import csv
import errno
import io
import json
import pickle
import re
import tomllib
import zipfile
from collections.abc import Callable

import pytest

from coursekit.errors import (
    ContentError,
    CoursekitError,
    DomainError,
    InputError,
    MissingToolError,
    from_system,
    unreadable,
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


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (lambda: json.loads('{"cells": [\n {"a": 1},\n {"b'), "到第 3 行就断了，多半没有存完或没有传完"),
        (lambda: json.loads('{"cells":\n [1,'), "到第 2 行就断了，多半没有存完或没有传完"),
        (lambda: json.loads('{\n "a": x}'), "第 2 行第 7 个字符起读不懂"),
        (lambda: json.loads("{}\n}"), "第 2 行第 1 个字符后面是多出来的内容"),
        (lambda: json.loads(" "), "文件是空的"),
        (lambda: json.loads("9" * 5000), "有一个数太长"),
        (lambda: json.loads("[" * 200_000), "嵌套太深"),
        (lambda: b"ab\xff".decode(), "第 3 个字节起不是 UTF-8 文字"),
        (lambda: tomllib.loads("a = 1\nb = = 2"), "第 2 行第 5 个字符起读不懂"),
        (lambda: tomllib.loads("a = [1,"), "到末尾还没有写完"),
        (lambda: list(csv.reader(["x" * 200_000])), "有一格太长，多半是引号没有成对"),
        (lambda: list(csv.reader(['"a"b'], strict=True)), "引号后面多出了字"),
        (lambda: list(csv.reader(['"a'], strict=True)), "到末尾还没有写完，多半是引号没有成对"),
        (lambda: zipfile.ZipFile(io.BytesIO(b"x")), "不是 zip，或者没有传完"),
        (lambda: open("/no/such"), "没有找到"),  # noqa: PTH123, SIM115
    ],
)
def test_why_a_file_is_unreadable_is_told_in_chinese_with_the_place(
    read: Callable[[], object], told: str
) -> None:
    with pytest.raises((ValueError, RecursionError, csv.Error, OSError, zipfile.BadZipFile)) as caught:
        read()

    assert unreadable(caught.value) == told
    assert not re.search(r"[a-z]{4}", told)


def test_an_unknown_reason_is_not_told_in_the_parsers_words() -> None:
    assert unreadable(ValueError("Something went wrong")) == "内容坏了"
    assert unreadable(ValueError("不允许 NaN")) == "不允许 NaN"
    assert unreadable(OSError(errno.EBADMSG, "Bad message")) == f"读写不了（系统代码 {errno.EBADMSG}）"
