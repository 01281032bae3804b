"""Rows of a report stand outside memory, and come back in order and as they were."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl

from coursekit.certification.spool import Row, Spool
from coursekit.grading.workbook import write_workbook

DAY = date(2026, 2, 28)


def small() -> Spool:
    spool = Spool(["工号", "部门", "到期日", "还有几天", "总分"], ["还有几天", "工号"], ["到期日"])
    spool.add(
        [
            ("0003", "一部", DAY, 5, 80.5),
            ("0010", "二部", None, 5, None),
            ("0002", "一部", DAY, -1, 60.0),
        ]
    )
    return spool


def test_rows_come_back_sorted_and_as_they_were() -> None:
    spool = small()

    assert list(spool.rows()) == [
        ("0002", "一部", DAY, -1, 60.0),
        ("0003", "一部", DAY, 5, 80.5),
        ("0010", "二部", None, 5, None),
    ]
    assert list(spool.rows(1)) == [("0002", "一部", DAY, -1, 60.0)]
    assert len(spool) == 3


def test_rows_can_be_picked_and_counted() -> None:
    spool = small()

    assert [row[0] for row in spool.rows(only={"部门": ["一部"]})] == ["0002", "0003"]
    assert spool.count({"部门": ["一部", "二部"], "工号": ["0010"]}) == 1
    assert spool.count({"部门": ["三部"]}) == spool.count({"部门": []}) == 0
    assert spool.values("部门") == ["一部", "二部"]


def test_rows_as_a_table_keep_dates_texts_and_numbers() -> None:
    table = small().frame()

    assert list(table["到期日"]) == [DAY, DAY, None]
    assert list(table["工号"]) == ["0002", "0003", "0010"]
    assert table["总分"].dtype == "float64"
    assert list(Spool(["a", "b"], ["a"]).frame().columns) == ["a", "b"]


def test_rows_are_read_while_others_are(tmp_path: Path) -> None:
    """A workbook reads one table while the page reads another part of it."""
    spool = small()
    first = spool.rows()
    next(first)
    write_workbook({"表": spool}, tmp_path / "a.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]
    assert [cell.value for cell in sheet["A"]] == ["工号", "0002", "0003", "0010"]
    assert len(list(first)) == 2


def many(count: int) -> Iterator[Row]:
    return ((f"{number:06d}", "某" * 20, DAY, number, 80.0) for number in range(count))


def peak(count: int, folder: Path) -> int:
    """Most bytes held while `count` rows are added and written to Excel."""
    tracemalloc.start()
    spool = Spool(["工号", "部门", "到期日", "还有几天", "总分"], ["还有几天", "工号"], ["到期日"])
    spool.add(many(count))
    write_workbook({"表": spool}, folder / "a.xlsx")
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_ten_times_the_rows_need_no_more_memory(tmp_path: Path) -> None:
    peak(10, tmp_path)  # what is imported once
    few, lots = peak(500, tmp_path), peak(5000, tmp_path)

    assert lots < few + 500_000
