"""Hand-ins of every bad kind are refused with a reason, and links are never followed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.submitted import (
    UnreadableError,
    digest,
    links,
    plain_notebook,
    read_notebook,
    regular_files,
)

BAD = {
    "空的": b"",
    "空白": b" \n",
    "截断": b'{"cells": [',
    "深": b"[" * 200_000,
    "二进制": bytes(range(128, 256)),
    "不是笔记本": b"[1, 2]",
    "没有 cells": b'{"nbformat": 4}',
    "cells 不是列表": b'{"nbformat": 4, "cells": 3}',
    "单元不是对象": b'{"nbformat": 4, "cells": [3]}',
    "source 不是文字": b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}',
    "版本 99": b'{"nbformat": 99, "cells": []}',
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_notebook_is_refused_with_a_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(BAD[name])
    with pytest.raises(UnreadableError, match=r"[一-鿿]"):
        read_notebook(path, 20)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"cells": [\n  {"source": "abc', "不是完整的 JSON（到第 2 行就断了，多半没有存完或没有传完）"),
        (b'{"cells": [\n  {"source": abc}]}', "不是完整的 JSON（第 2 行第 14 个字符起读不懂）"),
        (b'{"cells": "\xff"}', "不是完整的 JSON（第 12 个字节起不是 UTF-8 文字）"),
    ],
)
def test_a_broken_notebook_is_told_with_its_place_and_no_parsers_words(
    data: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read_notebook(path, 20)
    assert str(caught.value) == told


def test_a_huge_notebook_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(UnreadableError, match="2000 MB，超过 20 MB"):
        read_notebook(path, 20)


def test_a_link_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("{}")
    (tmp_path / "a.ipynb").symlink_to(tmp_path / "secret")
    with pytest.raises(UnreadableError, match="链接"):
        read_notebook(tmp_path / "a.ipynb", 20)


def test_links_are_named_and_left_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "soft").symlink_to(outside)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.link(outside, folder / "hard")
    (folder / "real.csv").write_text("1")
    assert [f.name for f in regular_files(folder)] == ["real.csv"]
    assert links(folder) == ["hard", "loop", "soft"]


def test_a_changed_byte_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = digest(tmp_path, 100)
    (tmp_path / "a").write_text("2")
    assert digest(tmp_path, 100) != before


@pytest.fixture(scope="module")
def a_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nb")


@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(st.sampled_from(["cells", "nbformat", "metadata", "source", "cell_type"]), x)
        ),
    )
)
def test_any_json_is_read_or_refused(a_folder: Path, data: object) -> None:
    path = a_folder / "a.ipynb"
    path.write_text(json.dumps(data))
    try:
        found = read_notebook(path, 20)
    except UnreadableError:
        return
    assert all(isinstance(cell["source"], str) for cell in found["cells"])


def test_a_path_too_long_and_a_file_that_cannot_be_read_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest of every hand-in is taken before any is run: one that fails there would stop the batch."""
    (tmp_path / "data.csv").write_text("boxes\n1\n")
    monkeypatch.chdir(tmp_path)
    for _ in range(40):
        Path("d" * 120).mkdir()
        os.chdir("d" * 120)
        Path("f" * 200).touch()
    os.chdir(tmp_path)
    assert "data.csv" in [file.name for file in regular_files(tmp_path)]
    assert links(tmp_path) == []
    before = digest(tmp_path, 100)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("coursekit.grading.submitted.read_bytes", refuse)
    assert digest(tmp_path, 100) not in ("", before)


@pytest.mark.parametrize(
    "attachments",
    [[], {"a.png": []}, {"a.png": {}}, {"a.png": None}, {"a.png": {"image/png": 5}},
     {"a.png": {"text/html": "<script>"}}, {"a.png": {'image/png" onerror="alert(1)': "aGk="}},
     {"a.png": {"image/png": 'aGk=" onerror="alert(1)'}}],
)  # fmt: skip
def test_of_attachments_only_pictures_are_kept(attachments: object) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "x", "attachments": attachments}
    assert "attachments" not in plain_notebook({"nbformat": 4, "cells": [cell]})["cells"][0]
    good = {"a.png": {"image/png": "aGk=\n"}}
    kept = plain_notebook({"nbformat": 4, "cells": [{**cell, "attachments": good}]})["cells"][0]
    assert kept["attachments"] == good
