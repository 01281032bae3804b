"""Rosters as they really come: titles on top, two heading rows, merged cells, ids that Excel got at."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coursekit.certification.policy import LevelPolicy
from coursekit.certification.roster import read_roster
from coursekit.certification.sheets import read_sheet
from coursekit.cli import run
from coursekit.errors import InputError

DAY = date(2026, 6, 30)
HEAD = ["工号", "姓名", "部门", "入岗日期"]


def sheet(
    path: Path, rows: Sequence[Sequence[Any]], *merged: str, before: Callable[..., None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    if before:
        before(book)
        table = book.create_sheet("名册")
    for row in rows:
        table.append(list(row))
    for area in merged:
        table.merge_cells(area)
    book.save(path)
    return path


def people(path: Path, policy: LevelPolicy) -> list[tuple[str | None, str | None, str | None]]:
    rows, _notices = read_roster(path, policy, DAY)
    return [(row.person.staff_id, row.person.name, row.person.unit) for row in rows]


ONE = [("kh1", "安然", "一部")]
ODD: dict[str, tuple[Sequence[Sequence[Any]], tuple[str, ...]]] = {
    "title and remarks on top": ([["某公司名册"], [], ["填表人：", "甲"], *[["说明"]] * 15, HEAD, ["kh1", "安然", "一部"]], ()),
    "group headings above": ([["基本信息", None, "岗位", None], HEAD, ["kh1", "安然", "一部"]], ("A1:B1", "C1:D1")),
    "headings in two rows": ([["工号", "姓名", "所在", None], [None, None, "部门", "师傅"], ["kh1", "安然", "一部", "周"]], ("A1:A2", "B1:B2", "C1:D1")),
    "line breaks, stars and remarks": ([["*工\n号", "姓　名（必填）", "部门 *", "入岗日期"], ["kh1\n", "安　然", "一部"]], ()),
    "a running number first, a sum last": ([["序号", *HEAD], [1, "kh1", "安然", "一部"], ["合计", None, "1人"]], ()),
    "a note below": ([HEAD, ["kh1", "安然", "一部"], ["注：以上截至六月"]], ()),
    "full-width": ([HEAD, ["ｋｈ１", "安然", "一部", "２０２０－０１－０１"]], ()),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_it_is_read_as_it_is_meant(kind: str, tmp_path: Path, policy: LevelPolicy) -> None:
    rows, merged = ODD[kind]

    assert people(sheet(tmp_path / "名册.xlsx", rows, *merged), policy) == ONE


def test_a_merged_cell_counts_for_every_row_it_spans(tmp_path: Path, policy: LevelPolicy) -> None:
    rows = [
        HEAD,
        ["kh1", "安然", "一部"],
        ["kh2", "白桦"],
        ["kh3", "常乐"],
        ["kh4", "丁一", "二部"],
        ["kh5", "方圆"],
    ]

    found = people(sheet(tmp_path / "名册.xlsx", rows, "C2:C4"), policy)

    assert [unit for _id, _name, unit in found] == ["一部", "一部", "一部", "二部", None]


def test_the_roster_may_stand_on_a_later_sheet(tmp_path: Path, policy: LevelPolicy) -> None:
    def cover(book: Any) -> None:
        book.worksheets[0].append(["封面"])

    path = sheet(tmp_path / "名册.xlsx", [HEAD, ["kh1", "安然", "一部"], ["kh2", ""]], before=cover)

    assert read_sheet(path, ("staff_id", "name")).rows[0].where == "名册.xlsx「名册」 第 2 行"


@pytest.mark.parametrize(
    ("cell", "staff_id"),
    [(12.0, "12"), ("12.0", "12"), (12, "12"), ("0012", "0012")],
)
def test_an_id_that_was_a_number(cell: object, staff_id: str, tmp_path: Path, policy: LevelPolicy) -> None:
    assert people(sheet(tmp_path / "名册.xlsx", [HEAD, [cell, "安然"]]), policy)[0][0] == staff_id


@pytest.mark.parametrize("cell", ["3.30102E+17", 330102199001011234])
def test_an_id_that_lost_its_digits_is_refused(cell: object, tmp_path: Path, policy: LevelPolicy) -> None:
    with pytest.raises(InputError, match=r"3\.30102E\+17.*丢了后面的数字"):
        people(sheet(tmp_path / "名册.xlsx", [HEAD, [cell, "安然"]]), policy)


def test_ids_by_formula_without_values_are_explained(tmp_path: Path, policy: LevelPolicy) -> None:
    with pytest.raises(InputError, match="用 Excel 打开、保存一次"):
        people(sheet(tmp_path / "名册.xlsx", [HEAD, ['="kh"&1', "安然"]]), policy)


def test_zeros_eaten_and_ids_used_twice_are_pointed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def roster(rows: Sequence[Sequence[Any]], *more: str) -> dict[str, Any]:
        path = sheet(tmp_path / "名册.xlsx", [HEAD, *rows])
        run(["levels", "roster", str(path), "--register", str(tmp_path / "l.db"), "--json", *more])
        return dict(json.loads(capsys.readouterr().out))

    roster([["0001", "安然", "一部"], ["kh2", "白桦", "一部"]], "--apply")
    seen = roster([[1, "安然", "一部"], ["KH2", "白桦", "一部"], ["0001", "王某", "一部"]])

    assert seen["applied"] is False
    assert set(seen["notices"]) == {
        "工号只差前面的零或大小写，多半是一个人：0001、1",
        "工号只差前面的零或大小写，多半是一个人：KH2、kh2",
        "0001 原来是安然，现在是王某：若不是改名，是工号用重了",
    }
