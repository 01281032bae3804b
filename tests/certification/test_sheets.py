"""Sheets as HR keeps them are read rightly or refused with the place."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coursekit.certification.evidence import Evidence, merge
from coursekit.certification.gather import gather, read_table
from coursekit.certification.kpi import parse_period, read_kpi
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.scores import read_scores
from coursekit.certification.sheets import parse_day, parse_number, read_sheet
from coursekit.errors import ContentError, InputError

TITLES = ["客户基础信息维护到位率", "客户诉求处理率", "客户服务满意度", "明码标价到位率", "客我互动率"]


def excel(path: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for place, style in (formats or {}).items():
        sheet[place].number_format = style
    book.save(path)
    return path


def test_leading_zeros_title_rows_and_sums(tmp_path: Path) -> None:
    rows = [
        ["客户经理名册（二〇二六年）"],
        [],
        ["工 号", "姓名"],
        ["0012", "甲"],
        [13, "乙"],
        ["合计", 2],
        [None, None],
    ]
    path = excel(tmp_path / "名册.xlsx", rows, {"A5": "0000"})

    sheet = read_sheet(path, ("staff_id", "name"))

    assert [row.get("staff_id") for row in sheet.rows] == ["0012", "0013"]
    assert sheet.rows[0].where == "名册.xlsx 第 4 行"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes('工号,姓名\r\n="007",甲\r\n’008,乙\r\n\'009,丙\r\n'.encode(encoding))

    ids = [row.get("staff_id") for row in read_sheet(path, ("staff_id", "name")).rows]

    assert (ids[0], ids[2]) == ("007", "009")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"PK\x03\x04garbage", "打不开或不完整"),
        (b"\xd0\xcf\x11\xe0old", "旧的 .xls"),
        (b"\x00\x01\x02\x00", "二进制文件"),
        ("姓名,部门\n甲,一部\n".encode(), "「工号」"),
        ("工号,姓名,工号\n1,甲,2\n".encode(), "重复的列"),
        (b'\xb9\xa4\xba\xc5,"\n', "格式坏了"),
    ],
)
def test_bad_files_are_refused_with_the_reason(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)

    with pytest.raises(InputError) as caught:
        read_sheet(path)

    assert words in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="打不开"):
        read_sheet(tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-3-1", date(2026, 3, 1)), ("2026年3月1日", date(2026, 3, 1)), ("20260301", date(2026, 3, 1)),
     ("2026/13/1", None), ("3月1日", None), ("", None)],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "end"),
    [("2026Q3", date(2026, 9, 30)), ("2026年一季度", date(2026, 3, 31)), ("2026年第4季度", date(2026, 12, 31)),
     ("2026-09", date(2026, 9, 30)), ("2026年2月", date(2026, 2, 28)), ("2026-08-03", date(2026, 8, 31)),
     ("2026Q5", None), ("上半年", None)],
)  # fmt: skip
def test_periods(text: str, end: date | None) -> None:
    assert parse_period(text) == end


@pytest.mark.parametrize(("text", "number"), [("98.5%", (98.5, True)), ("1,200", (1200.0, False)), ("nan", None), ("1e5", None)])  # fmt: skip
def test_numbers(text: str, number: tuple[float, bool] | None) -> None:
    assert parse_number(text) == number


def test_a_score_sheet_becomes_evidence(tmp_path: Path, policy: LevelPolicy) -> None:
    rows = [
        [
            "工号",
            "姓名",
            "考试日期",
            "试卷等级",
            "试卷编号",
            "理论成绩",
            "技能成绩",
            "年度考核",
            "职业技能等级",
        ],
        ["kh01", "甲", datetime(2026, 3, 20), "中级", "P-7", 0, None, None, None],
        ["kh02", "乙", "2026-03-20", "中级客户经理", "P-7", "缺考", 88.5, "良好", "四级"],
    ]

    pieces = read_scores(excel(tmp_path / "成绩.xlsx", rows), policy)

    zero, absent, skill, appraisal, vocational = pieces
    assert (zero.score, zero.level, zero.item) == (0.0, "intermediate", "P-7")
    assert (absent.score, absent.reason) == (None, "缺考"), "absent is missing, zero is zero"
    assert (skill.kind, skill.score, appraisal.grade) == ("skill", 88.5, "良好")
    assert (vocational.kind, vocational.score) == ("vocational", None), "kept, never converted"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "2026-03-20", "初级", 80], "没有工号"),
        (["kh1", "三月", "初级", 80], "日期要像 2026-03-01"),
        (["kh1", "2026-03-20", "四级", 80], "等级要是"),
        (["kh1", "2026-03-20", "", 80], "要写明是哪一级的试卷"),
        (["kh1", "2026-03-20", "初级", 101], "不在 0 到 100 之间"),
        (["kh1", "2026-03-20", "初级", "优"], "看到的是「优」"),
        (["kh1", "2026-03-20", "初级", "80%"], "看到的是「80%」"),
        (["kh1", "2026-03-20", "初级", "#DIV/0!"], "公式出错"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_taken(
    tmp_path: Path, policy: LevelPolicy, row: list[Any], words: str
) -> None:
    good = ["kh0", "2026-03-20", "初级", 70]
    path = excel(tmp_path / "成绩.xlsx", [["工号", "日期", "等级", "理论成绩"], good, row])

    with pytest.raises(ContentError) as caught:
        read_scores(path, policy)

    assert words in str(caught.value)
    assert "第 3 行" in str(caught.value)


def test_percent_cells_and_missing_indicators(tmp_path: Path, policy: LevelPolicy) -> None:
    rows = [["工号", "考核期", *TITLES], ["kh1", "2026Q1", 0.985, "97.5%", 96, "未统计", None]]
    found = read_kpi(excel(tmp_path / "业绩.xlsx", rows, {"C2": "0.0%"}), policy)

    assert [piece.score for piece in found.pieces] == [98.5, 97.5, 96.0, None, None]
    assert found.pieces[3].reason == "表里是「未统计」"


def test_volume_columns_are_refused_aloud_and_not_used(tmp_path: Path, policy: LevelPolicy) -> None:
    rows = [
        ["工号", "考核期", *TITLES, "销量完成率", "备注"],
        ["kh1", "2026Q1", 98, 97, 96, 95, 94, 130, "x"],
    ]

    found = gather(policy, [], [excel(tmp_path / "业绩.xlsx", rows)])

    assert len(found.pieces) == 5
    assert "293 号文件" in found.refused[0]
    assert "没有采用" in found.refused[1]


@pytest.mark.parametrize(
    ("cell", "words"), [(0.9, "请写成 90 或 90%"), (130, "不在 0% 到 100% 之间"), ("好", "要是数")]
)
def test_a_faulty_indicator_is_named(tmp_path: Path, policy: LevelPolicy, cell: object, words: str) -> None:
    path = excel(
        tmp_path / "业绩.xlsx", [["工号", "考核期", *TITLES], ["kh1", "2026Q1", cell, 97, 96, 95, 94]]
    )

    with pytest.raises(ContentError) as caught:
        read_kpi(path, policy)

    assert words in str(caught.value)


def test_a_sheet_of_volume_alone_is_refused_with_the_reason(tmp_path: Path, policy: LevelPolicy) -> None:
    path = excel(tmp_path / "业绩.xlsx", [["工号", "考核期", "销量", "单箱结构"], ["kh1", "2026Q1", 9, 9]])

    with pytest.raises(ContentError) as caught:
        read_table(path, policy)

    assert str(caught.value).count("293 号文件") == 2


def test_two_sources_that_contradict_each_other_are_named() -> None:
    first = Evidence("kh1", "theory", "P-7", date(2026, 3, 20), 70.0, "junior", source="甲表 第 2 行")
    other = Evidence("kh1", "theory", "P-7", date(2026, 3, 20), 71.0, "junior", source="乙表 第 9 行")

    with pytest.raises(ContentError, match=r"甲表 第 2 行 是 70.*乙表 第 9 行 是 71"):
        merge([first, other])


def test_a_score_wins_over_its_absence_and_repeats_are_dropped() -> None:
    absent = Evidence("kh1", "skill", "03", date(2026, 3, 20), reason="没有交")
    score = Evidence("kh1", "skill", "03", date(2026, 3, 20), 70.0)

    assert merge([absent, score, score, absent]) == (score,)
