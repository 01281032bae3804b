"""Reading what people send: bounded, and no name of theirs becomes a path."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from coursekit.errors import InputError
from coursekit.grading.unpack import Limits, is_junk, unpack


def zipped(**files: bytes) -> bytes:
    """A zip with `files`; names are keyword keys with `__` for `/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def raw_named_zip(name: bytes, data: bytes = b"{}") -> bytes:
    """A zip whose one entry carries `name` as raw bytes without the UTF-8 mark, as Windows writes it."""
    placeholder = b"N" * len(name)
    return zipped(**{placeholder.decode(): data}).replace(placeholder, name)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_mark_come_out_in_chinese(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_named_zip("作业3 张三(2).ipynb".encode(encoding)))

    assert list(unpack(path).files) == ["作业3 张三(2).ipynb"]


def test_a_gbk_name_with_a_backslash_byte_stays_whole(tmp_path: Path) -> None:
    name = "誠意.ipynb".encode("gb18030")
    assert b"\\" in name
    path = tmp_path / "a.zip"
    path.write_bytes(raw_named_zip(name))

    assert list(unpack(path).files) == ["誠意.ipynb"]


@pytest.mark.parametrize(
    "name", ["../evil.ipynb", "/etc/evil", "a/../../evil", "..\\evil", "C:/evil", "C:\\evil"]
)
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"x")

    with pytest.raises(InputError, match="指向外面的名字"):
        unpack(path)


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"a.ipynb": bytes(1 << 20)}))

    with pytest.raises(InputError, match="展开后"):
        unpack(path, Limits(one=1 << 16))


def test_many_small_files_together_are_a_bomb_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{f"{n}.csv": bytes(1000) for n in range(20)}))

    with pytest.raises(InputError):
        unpack(path, Limits(total=10_000))
    with pytest.raises(InputError, match="不超过 5 个文件"):
        unpack(path, Limits(entries=5))


def test_a_header_that_lies_about_its_size_is_caught(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"a.ipynb": bytes(100_000)}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))

    with pytest.raises(InputError):
        unpack(path, Limits(one=1000))


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.zip", b"", "空文件"),
        ("a.zip", b"PK\x03\x04 and then nothing", "打不开"),
        ("a.zip", b"hello", "不是 zip"),
        ("a.rar", b"Rar!\x1a\x07\x00", "rar 压缩包"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
        ("a.docx.png", b"\x89PNG", "别的文件"),
    ],
)
def test_what_is_no_hand_in_is_named(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(InputError, match=word):
        unpack(path)


def test_a_cut_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"a.ipynb": os.urandom(5000)})[:2500])

    with pytest.raises(InputError, match="请学员重新打包"):
        unpack(path)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"a.ipynb": b"x"}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))

    with pytest.raises(InputError, match="有密码"):
        unpack(path)


def test_a_huge_notebook_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as stream:
        stream.truncate(2 << 30)

    with pytest.raises(InputError, match="2048 MB"):
        unpack(path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_text("key")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "03_figures.ipynb").symlink_to(secret)
    os.mkfifo(folder / "pipe.csv")

    bundle = unpack(folder)

    assert not bundle.files
    assert len(bundle.notes) == 2
    with pytest.raises(InputError, match="链接"):
        unpack(folder / "03_figures.ipynb")


def test_a_link_in_a_zip_is_left_out(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("03_figures.ipynb")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")

    bundle = unpack(path)

    assert not bundle.files
    assert "链接" in bundle.notes[0]


def test_zips_in_a_zip_are_opened_and_a_bad_one_does_not_spoil_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(**{"kh1.zip": zipped(**{"a.ipynb": b"{}"}), "kh2.zip": b"PK\x03\x04broken"}))

    bundle = unpack(path)

    assert list(bundle.files) == ["kh1.zip/a.ipynb"]
    assert [name for name, _ in bundle.refused] == ["kh2.zip"]


def test_a_zip_nested_without_end_is_not_followed(tmp_path: Path) -> None:
    data = zipped(**{"a.ipynb": b"{}"})
    for _ in range(6):
        data = zipped(**{"x.zip": data})
    path = tmp_path / "a.zip"
    path.write_bytes(data)

    bundle = unpack(path)

    assert not bundle.files
    assert "只打开 2 层" in bundle.refused[0][1]


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("__MACOSX/._a.ipynb", True),
        (".ipynb_checkpoints/a-checkpoint.ipynb", True),
        ("x/.DS_Store", True),
        ("~$a.xlsx", True),
        ("a.ipynb", False),
        ("03_figures/answers.json", False),
    ],
)
def test_litter_is_told_from_work(name: str, junk: bool) -> None:
    assert is_junk(name) is junk


def test_a_zip_that_lists_names_without_end_is_refused_before_they_are_read(tmp_path: Path) -> None:
    """92 KB in a zip were half a million hidden names: half a minute and 400 MB each."""
    listed = zipped(a=b"")
    start, end = listed.find(b"PK\x01\x02"), listed.find(b"PK\x05\x06")
    many = listed[:start] + listed[start:end] * 21_000 + listed[end:]
    path = tmp_path / "a.zip"
    path.write_bytes(many)
    with pytest.raises(InputError, match="名字"):
        unpack(path)

    path.write_bytes(zipped(**{"in.zip": many, "b.csv": b"1"}))
    bundle = unpack(path)
    assert [name for name, _ in bundle.refused] == ["in.zip"]
    assert list(bundle.files) == ["b.csv"]


def test_zips_in_a_zip_count_as_what_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{f"{n}.zip": b"PK" + b"\0" * 400 for n in range(5)}))
    with pytest.raises(InputError, match="展开后"):
        unpack(path, Limits(one=1000, total=1500))
