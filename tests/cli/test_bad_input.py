"""What a user may give by mistake: a one-line error that says what to do, never a crash of the kit."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.grading.handins import SLUG, bare_course

from coursekit import cli
from coursekit.course import checks, syllabus
from coursekit.errors import ContentError, InputError
from coursekit.quiz.paper import load_blueprint


def refused(capsys: pytest.CaptureFixture[str], *args: object, code: int = 2) -> str:
    """The one-line message of a command that refuses, the same on both streams."""
    capsys.readouterr()
    found = cli.run([*map(str, args), "--json"])
    out, err = capsys.readouterr()
    assert found == code, err
    assert out.count("\n") == 1
    assert "Traceback" not in err
    message = str(json.loads(out)["error"])
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    "args",
    [
        ["start", "{file}/下面", "--no-lab"],
        ["course", "new", "{file}", "-a", "03_figures"],
        ["levels", "roster", "x" * 300],
        ["quiz", "practice", "x" * 300],
        ["report", "items", "x" * 300],
    ],
)
def test_a_path_that_cannot_be_is_named(
    args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "文件"
    file.write_text("里面的字", "utf-8")

    message = refused(capsys, *(arg.format(file=file) for arg in args))

    assert "应当是" in message
    assert file.read_text("utf-8") == "里面的字"


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "圈").symlink_to("圈")

    assert "绕回自己的链接" in refused(capsys, "levels", "audit", "--register", tmp_path / "圈")


def excel() -> bytes:
    """A small Excel file."""
    book = openpyxl.Workbook()
    for row in (["工号", "姓名"], ["kh0001", "张三"]):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(ending: str, content: bytes) -> bytes:
    """The small Excel file with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(excel())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name.endswith(ending) else old.read(name))
    return out.getvalue()


def with_head(offset: int, value: int) -> bytes:
    """The small Excel file with one byte of each entry of its directory changed."""
    data, place = bytearray(excel()), -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + offset] = value
    return bytes(data)


BROKEN_EXCEL: dict[str, Callable[[], bytes]] = {
    "locked": lambda: with_head(8, 1),
    "unknown method": lambda: with_head(10, 99),
    "empty sheet": lambda: with_part("sheet1.xml", b""),
    "junk sheet": lambda: with_part("sheet1.xml", b"\0\1\2"),
    "broken styles": lambda: with_part("styles.xml", b"<styleSheet>"),
    "cut in half": lambda: excel()[: len(excel()) // 2],
    "tail lost": lambda: excel()[:-30],
    "bomb": lambda: with_head(27, 0x70),
}


@pytest.mark.parametrize("kind", BROKEN_EXCEL)
def test_a_broken_excel_file_is_one_line(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(BROKEN_EXCEL[kind]())
    register = tmp_path / "levels.db"

    for command in (
        ["levels", "roster", file, "--apply", "--register", register],
        ["quiz", "import", file],
        ["course", "new", tmp_path / "班", "-a", "03_figures", "--roster", file],
    ):
        assert "表.xlsx" in refused(capsys, *command)

    assert not register.exists()
    assert not (tmp_path / "班").exists()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("学员编号,姓名\nkh0001,张三\n".encode("utf-16-le"), "别的编码"),
        (b"a,b\rc,d\r", "表头"),
        (b"id,name\nkh0001," + b"x" * 200_000 + b"\n", "读不懂的内容"),
        (bytes(100), "别的编码"),
    ],
)
def test_a_broken_roster_makes_no_course(
    data: bytes, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_bytes(data)

    message = refused(capsys, "course", "new", tmp_path / "班", "-a", "03_figures", "--roster", roster)

    assert "名单.csv" in message
    assert word in message
    assert not (tmp_path / "班").exists()


def test_scores_with_an_endless_cell_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "成绩.csv"
    table.write_text("student,Q1\na," + "x" * 200_000 + "\n", "utf-8")

    assert "成绩.csv" in refused(capsys, "quiz", "analyse", table)


DEEP, LONG, OTHER = "a = " + "[" * 5000, "a = " + "9" * 6000, "course = 3\npaper = 3\nlesson = 3\ntable = 3\n"


@pytest.mark.parametrize("text", [DEEP, LONG, OTHER], ids=["deep", "long number", "other shape"])
def test_broken_toml_is_named_wherever_it_is_read(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, course = tmp_path / "x.toml", bare_course(tmp_path / "班")
    content = tmp_path / "content"
    (content / "notebooks").mkdir(parents=True)
    (content / "datasets").mkdir()
    (content / "assignments").mkdir()
    for place in (
        file,
        course / "coursekit.toml",
        content / "assignments" / "syllabus.toml",
        content / "datasets" / "catalogue.toml",
    ):
        place.write_text(text, "utf-8")
    monkeypatch.setenv("COURSEKIT_CONTENT", "")

    commands = (
        (["quiz", "draw", file, "--seed", "a"], "x.toml"),
        (["levels", "show", "--register", tmp_path / "l.db", "--policy", file], "x.toml"),
        (["collect", course, SLUG, tmp_path], "coursekit.toml"),
        (["--content", content, "datasets", "--check"], "catalogue.toml"),
    )
    for command, name in commands:
        capsys.readouterr()
        assert cli.run([*map(str, command), "--json"]) == 2, command
        assert name in json.loads(capsys.readouterr().out)["error"]
    with pytest.raises(ContentError, match=r"syllabus\.toml"):
        syllabus.load(content)


@pytest.mark.parametrize("data", [b"no database", None], ids=["text", "folder"])
def test_a_broken_gradebook_is_named_and_left_alone(
    data: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = bare_course(tmp_path / "班")
    book = course / "gradebook.db"
    book.mkdir() if data is None else book.write_bytes(data)

    for command in (["course", "due", course, SLUG, "2026-03-09 18:00"], ["grade", course, SLUG]):
        assert "gradebook.db" in refused(capsys, *command)

    assert data is None or book.read_bytes() == data


def test_a_broken_source_notebook_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = bare_course(tmp_path / "班")
    (course / "source" / SLUG / f"{SLUG}.ipynb").write_bytes(b"{")

    assert f"{SLUG}.ipynb" in refused(capsys, "feedback", course, SLUG)


def test_an_answer_file_with_half_a_character_is_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, answers = tmp_path / "key.json", tmp_path / "answers.json"
    item = {"id": "a", "points": 1, "rule": {"type": "choice", "value": "B"}}
    key.write_text(json.dumps({"paper": "p", "minutes": 60, "items": [item]}), "utf-8")
    content = {"schema": 1, "learner": "\ud800", "seal": "x", "answers": {"\ud800": {"value": "\ud800"}}}
    answers.write_text(json.dumps(content), "utf-8")

    assert cli.run(["quiz", "mark", str(key), str(answers), "--json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["sittings"]


@pytest.mark.parametrize("text", ["", "text\n一句话\n"])
def test_a_fact_table_without_ids_is_named_once(text: str, tmp_path: Path) -> None:
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "facts.csv").write_text(text, "utf-8")

    with pytest.raises(InputError, match=r"facts\.csv"):
        checks.known_facts(tmp_path)


@pytest.mark.parametrize("text", ["sections = 3\n", "sections = [1]\n"])
def test_sections_of_another_shape_are_a_fault(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(text, "utf-8")

    with pytest.raises(ContentError, match="sections 应当写成"):
        load_blueprint(tmp_path / "x.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
@pytest.mark.parametrize(
    "args",
    [
        ["quiz", "check", "{pipe}"],
        ["quiz", "mark", "{pipe}", "{pipe}"],
        ["quiz", "draw", "{pipe}", "--seed", "a"],
        ["quiz", "draw", "junior", "--seed", "a", "--bank={pipe}"],
        ["quiz", "analyse", "{pipe}"],
        ["quiz", "export", "{pipe}", "--to", "gift"],
        ["levels", "roster", "{pipe}"],
        ["course", "new", "班", "--roster", "{pipe}"],
        ["collect", "班", "03_figures", "{pipe}"],
        ["report", "items", "{pipe}"],
    ],
)
def test_a_pipe_is_refused_by_every_command(
    args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Opening it would wait forever for somebody to write."""
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)

    assert "管道或设备" in refused(capsys, *(arg.format(pipe=pipe) for arg in args))
