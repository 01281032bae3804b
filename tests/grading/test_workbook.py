"""What is written is what Excel's readers read: text as text, dates as dates, nothing that breaks the file."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.grading import workbook
from coursekit.grading.workbook import write_workbook


def cells(path: Path, sheet: str = "表") -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2)]


def test_each_kind_of_value_comes_back(tmp_path: Path) -> None:
    values = ["0012", 12, 1.5, True, date(2026, 3, 1), datetime(2026, 3, 1, 8, 30), None, float("nan"), "=1"]
    table = pd.DataFrame({"值": pd.Series(values, dtype=object), "人": ["某"] * len(values)})

    found = [row[0] for row in cells(write_workbook({"表": table}, tmp_path / "a.xlsx"))]

    expected = ["0012", 12, 1.5, True, datetime(2026, 3, 1), datetime(2026, 3, 1, 8, 30), None, None, "=1"]
    assert found == expected


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=40))
def test_any_text_is_written_and_read_again(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write_workbook(
        {"表": pd.DataFrame({"字": [text], "末": ["末"]})}, tmp_path_factory.mktemp("x") / "a.xlsx"
    )

    found = cells(path)[0]

    kept = "".join(c for c in text if c in "\t\n\r" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000))
    kept = kept.replace("\ufffe", "").replace("\uffff", "").replace("\r\n", "\n").replace("\r", "\n")
    assert (found[0] or "") == kept
    assert found[1] == "末"


def test_shares_are_percentages_and_long_text_is_wrapped(tmp_path: Path) -> None:
    table = pd.DataFrame({"得分率": [0.123456], "为什么": ["很长的一句话" * 12]})

    sheet = openpyxl.load_workbook(write_workbook({"表": table}, tmp_path / "a.xlsx"))["表"]

    assert (sheet["A2"].value, sheet["A2"].number_format) == (0.1235, "0%")
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width == 48


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST", 2)
    tables = {"长": pd.DataFrame({"数": range(5)}), "短": pd.DataFrame({"数": [9]})}

    path = write_workbook(tables, tmp_path / "a.xlsx")

    assert openpyxl.load_workbook(path).sheetnames == ["长（1）", "长（2）", "长（3）", "短"]
    assert [cells(path, f"长（{number}）") for number in (1, 2, 3)] == [[[0], [1]], [[2], [3]], [[4]]]


def test_a_table_without_rows_or_columns_opens(tmp_path: Path) -> None:
    tables = {"空": pd.DataFrame(), "没有行": pd.DataFrame({"工号": [], "姓名": []})}

    book = openpyxl.load_workbook(write_workbook(tables, tmp_path / "a.xlsx"))

    assert book.sheetnames == ["空", "没有行"]
    assert [cell.value for cell in book["没有行"][1]] == ["工号", "姓名"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = write_workbook({"表": pd.DataFrame({"a": ["x"]})}, tmp_path / "a.xlsx")
    before = path.read_bytes()

    with pytest.raises(ValueError, match="sheet title"):
        write_workbook({"坏:名": pd.DataFrame({"a": ["y"]})}, path)

    assert path.read_bytes() == before
    assert zipfile.ZipFile(path).testzip() is None
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
