"""Files as people send them: Word, Excel, tab files, wrong files."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import InputError
from coursekit.quiz.formats import detect
from coursekit.quiz.formats.detect import import_bytes, import_file, import_text
from coursekit.quiz.formats.model import ImportResult

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(paragraphs: list[str], numbering: str = "") -> bytes:
    """A Word file of these paragraphs (XML of their inside)."""
    body = "".join(f"<w:p>{inside}</w:p>" for inside in paragraphs)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_NS}><w:body>{body}</w:body></w:document>")
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {_NS}>{numbering}</w:numbering>")
    return stream.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_word_is_read_through_its_text() -> None:
    """Runs are joined, tabs and breaks kept, deleted text of the change record left out."""
    data = docx(
        [
            run("1、覆盖率的") + run("分母是( )"),
            run("A.单") + "<w:r><w:tab/></w:r>" + run("B.户"),
            run("答案:") + "<w:del><w:r><w:delText>A</w:delText></w:r></w:del>" + run("B"),
        ]
    )

    (item,) = import_bytes(data, "题库.docx").items

    assert (item.stem, item.options, item.answer) == ("覆盖率的分母是( )", ("单", "户"), [1])


def test_automatic_numbers_of_word_are_written_out() -> None:
    """Numbers and letters that Word itself puts before paragraphs are not in the text; they are rebuilt."""
    levels = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )

    def numbered(level: int, text: str) -> str:
        return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{run(text)}'

    pages = [
        numbered(0, "甲(B)"),
        numbered(1, "一"),
        numbered(1, "二"),
        numbered(0, "乙(A)"),
        numbered(1, "三"),
        numbered(1, "四"),
    ]

    result = import_bytes(docx(pages, levels), "题库.docx")

    assert [(i.stem, i.options, i.answer) for i in result.items] == [
        ("甲()", ("一", "二"), [1]),
        ("乙()", ("三", "四"), [0]),
    ]


def xlsx(rows: list[list[object]], percent: tuple[int, int] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if percent:
        book.active.cell(*percent).number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEADER = ["序号", "题目", "题型", "选项A", "选项B", "选项C", "正确答案", "解析"]


def table(*rows: list[object], percent: tuple[int, int] | None = None) -> ImportResult:
    return import_bytes(xlsx([["某部门题库"], HEADER, *rows], percent), "题库.xlsx")


def test_excel_rows_with_a_title_above_the_header() -> None:
    """Numbers stay as typed, percent cells as shown, rows are counted as Excel counts them."""
    result = table(
        [1, "一件是几条?", "单选题", 40, 50, None, "B", "五十条一件"],
        [2, "占比", "单选题", 0.6, "50%", None, "A", None],
        [3, "哪些", "多选题", "甲", "乙", "丙", "A、C", None],
        [4, "对吗", "判断题", None, None, None, True, None],
        [5, "一件是____条", "填空题", None, None, None, 50, None],
        percent=(4, 4),
    )

    assert [(i.line, i.type, i.options, i.answer) for i in result.items] == [
        (3, "single", ("40", "50"), [1]),
        (4, "single", ("60%", "50%"), [0]),
        (5, "multiple", ("甲", "乙", "丙"), [0, 2]),
        (6, "true_false", (), True),
        (7, "blank", (), [["50"]]),
    ]
    assert result.items[0].explanation == "五十条一件"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ([1, "甲", "单选题", date(2024, 3, 5), "二", None, "A", None], "日期"),
        ([1, "甲", "单选题", "一", "二", None, "D", None], "不在选项里"),
        ([1, "甲", "单选题", "一", None, "三", "A", None], "空的"),
        ([1, "甲", "单选题", "一", "二", None, None, None], "没有答案"),
        ([1, None, "单选题", "一", "二", None, "A", None], "题干是空的"),
        ([1, "甲", "连线题", "一", "二", None, "A", None], "不能导入"),
        ([1, "甲", "单选题", "一", "二", None, "AB", None], "单选题标了 2 个"),
        ([1, "甲", "判断题", None, None, None, "A", None], "不是对或错"),
        ([1, "甲", "单选题", "一", "#REF!", None, "A", None], "错误值"),
    ],
)
def test_doubtful_rows_are_rejected(row: list[object], word: str) -> None:
    result = table(row)

    assert result.items == ()
    assert (result.rejects[0].line, word in result.rejects[0].reason) == (3, True)


def test_options_in_one_cell() -> None:
    text = '题干,类型,选项,答案\n甲,单选,"A.一\nB.二",B\n乙,单选,一|二|三,A\n'

    result = import_text(text)

    assert [(i.options, i.answer, i.line) for i in result.items] == [
        (("一", "二"), [1], 2),
        (("一", "二", "三"), [0], 4),
    ]


def test_tab_file() -> None:
    text = "MC\t甲\t一\tincorrect\t二\tcorrect\nTF\t乙\tfalse\nNUM\t丙\t278\t2\nFIB_PLUS\t[a]和[b]\ta\t条\t支\t\tb\t件\nMC\t丁\t一\tcorrect\t二\nORD\t戊\t一\t二"

    result = import_text(text)

    assert [(i.type, i.answer) for i in result.items] == [
        ("single", [1]), ("true_false", False), ("blank", [["278"]]), ("blank", [["条", "支"], ["件"]]),
    ]  # fmt: skip
    assert [r.line for r in result.rejects] == [5, 6]


def test_gift_forms_of_answers() -> None:
    text = (
        "// 注释\n$CATEGORY: x\n\n::一::甲 {~单 =户 #对 ~条}\n\n乙{F}\n\n丙 {#278:2}\n\n丁 {#1..3}\n\n戊 {=50 =五十} 条\n\n"
        "己 {~%50%a ~%50%b ~%-100%c}\n\n庚 {=a -> b =c -> d}\n\n辛 {}\n\n只有说明\n\n壬 {=a ~=b}"
    )

    result = import_text(text)

    assert [(i.type, i.answer, i.tolerance) for i in result.items] == [
        ("single", [1], ()), ("true_false", False, ()), ("blank", [["278"]], (2.0,)), ("blank", [["2"]], (1.0,)),
        ("blank", [["50", "五十"]], ()), ("multiple", [0, 1], ()),
    ]  # fmt: skip
    assert len(result.rejects) == 4


def test_aiken_numbers_are_dropped_if_they_run_on() -> None:
    text = "1. 甲?\nA. 一\nB. 二\nANSWER: B\n2. 乙?\nA. 一\nB. 二\nANSWER: A\n"

    assert [item.stem for item in import_text(text).items] == ["甲?", "乙?"]


def test_aiken_faults() -> None:
    good = "甲?\nA. 一\nB) 二\nANSWER: B\n"
    for bad in (
        "甲\n乙\nA. 一\nB. 二\nANSWER: A",
        "甲\nA. 一\nC. 二\nANSWER: A",
        "甲\nA. 一\nB. 二\nANSWER: C",
        "甲\nA. 一\nB. 二",
    ):
        result = import_text(good + "\n" + bad)

        assert [item.answer for item in result.items] == [[1]]
        assert len(result.rejects) == 1


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0rest", ".doc 或 .xls"),
        (b"PK\x03\x04nothing", "压缩"),
        (bytes(range(256)) * 4, "文字"),
        (docx([run("甲")])[:-30], "打不开"),
    ],
)
def test_wrong_files_are_named(data: bytes, word: str) -> None:
    with pytest.raises(InputError) as caught:
        import_bytes(data, "题库")

    assert word in str(caught.value)


def test_entity_bombs_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')

    with pytest.raises(InputError, match="实体"):
        import_bytes(stream.getvalue(), "题库.docx")


def test_missing_and_huge_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"没有\.txt"):
        import_file(tmp_path / "没有.txt")
    with pytest.raises(InputError, match="文件夹"):
        import_file(tmp_path)
    monkeypatch.setattr("coursekit.quiz.formats.detect.MAX_BYTES", 3)
    path = tmp_path / "a.txt"
    path.write_text("1、甲", encoding="utf-8")
    with pytest.raises(InputError, match="50 MB"):
        import_file(path)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="12、.()（）ABCD答案:对错√×_[]【】单选题正确 \n\t甲乙|;{}=~", max_size=120))
def test_any_text_gives_items_that_hold_together_or_rejects(text: str) -> None:
    """Whatever comes in: no crash, and what is accepted is consistent."""
    result = import_text(text)

    for item in result.items:
        assert item.stem.strip()
        if item.type in ("single", "multiple"):
            assert all(0 <= i < len(item.options) for i in item.answer)
            assert len(set(item.options)) == len(item.options) >= 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_result_or_a_named_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        import_bytes(data, "题库")


def test_text_too_long_for_a_bank_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="8 MB"):
        import_bytes(b"a,b\n" * (detect.MAX_TEXT // 4 + 1), "long.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "bank.txt"
    os.mkfifo(pipe)

    with pytest.raises(InputError, match="设备或管道"):
        import_file(pipe)
