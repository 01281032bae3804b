"""The roster: difference first, all or nothing, nobody lost for a lost zero."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coursekit.certification.people import Person, find_person, read_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register
from coursekit.certification.roster import RosterPlan, RosterRow, apply_roster, plan_roster, read_roster
from coursekit.errors import ContentError, InputError
from tests.certification.test_sheets import excel

TODAY = date(2026, 6, 1)
HEAD = ["工号", "姓名", "部门", "入岗日期", "状态", "现等级", "取得日期", "有效期至"]
WHO = ("hr01", "名册导入")


def plan_for(
    register: Register, policy: LevelPolicy, folder: Path, rows: list[list[Any]], *, complete: bool = False
) -> tuple[RosterPlan, list[str]]:
    found, notices = read_roster(excel(folder / "名册.xlsx", [HEAD, *rows]), policy, TODAY)
    with register.reading() as connection:
        known = read_people(connection)
    return plan_roster(known, found, TODAY if complete else None), notices


def people(register: Register) -> dict[str | None, Person]:
    with register.reading() as connection:
        return {person.staff_id: person for person in read_people(connection)}


FIRST = [
    ["0001", "甲某", "一部", "2020-03-01", "在岗", "高级", "2025-01-01", None],
    ["0002", "乙某", "二部", "2021-03-01", "在岗", None, None, None],
]


def test_an_id_that_lost_its_zeros_is_asked_about() -> None:
    rows = [
        RosterRow(f"第 {n} 行", Person("", one, f"某{n}"), frozenset())
        for n, one in enumerate(["0001", "0003", "2", "kh5"], 2)
    ]

    assert plan_roster([], rows, None).notices == ("工号 2 只有 1 位，别人是 4 位：是不是前面的零没有了",)
    assert plan_roster([], rows[2:], None).notices == ()


def test_a_dry_run_changes_nothing(sqlite_register: Register, policy: LevelPolicy, tmp_path: Path) -> None:
    plan, _ = plan_for(sqlite_register, policy, tmp_path, FIRST)

    assert [change.kind for change in plan.changes] == ["new", "level", "new"]
    assert people(sqlite_register) == {}


def test_people_and_the_levels_they_bring_are_taken_together(
    register: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    plan, _ = plan_for(register, policy, tmp_path, FIRST)
    apply_roster(register, plan, policy, WHO)

    first = people(register)["0001"]
    held = register.state(first.person).held
    assert held is not None
    assert (held.level, held.until) == ("senior", date(2027, 12, 31))
    assert "0001" not in first.person, "the register id says nothing about the person"
    again, _ = plan_for(register, policy, tmp_path, FIRST)
    assert (again.changes, again.unchanged) == ((), 2)


def test_the_difference_names_who_moved_and_who_left(
    sqlite_register: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    plan, _ = plan_for(sqlite_register, policy, tmp_path, [*FIRST, ["0003", "丙某", "一部", None, "在岗"]])
    apply_roster(sqlite_register, plan, policy, WHO)
    changed = [
        ["0001", "甲某", "三部", "2020-03-01", "在岗"],
        ["0002", "乙某某", "二部", "2021-03-01", "调离"],
    ]

    plan, _ = plan_for(sqlite_register, policy, tmp_path, changed, complete=True)
    apply_roster(sqlite_register, plan, policy, WHO)

    told = [(change.kind, change.staff_id, change.field, change.new) for change in plan.changes]
    assert told == [
        ("moved", "0001", "部门", "三部"),
        ("changed", "0002", "姓名", "乙某某"),
        ("left", "0002", "状态", "离岗"),
        ("changed", "0002", "离岗日期", str(TODAY)),
        ("left", "0003", "状态", "名册里没有了"),
    ]
    found = people(sqlite_register)
    assert (found["0002"].status, found["0003"].left_on) == ("left", TODAY)


def test_an_empty_cell_or_a_missing_column_erases_nothing(
    sqlite_register: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    plan, _ = plan_for(sqlite_register, policy, tmp_path, FIRST)
    apply_roster(sqlite_register, plan, policy, WHO)

    plan, _ = plan_for(sqlite_register, policy, tmp_path, [["0001", "甲某", None, None, "在岗"]])

    assert plan.changes == ()


def test_repeats_similar_ids_and_namesakes_are_pointed_out(
    sqlite_register: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    rows = [
        ["0001", "甲某", "一部"],
        ["0001", "甲某", "一部"],
        ["1", "丁某", "一部"],
        ["0005", "甲某", "二部"],
    ]

    plan, notices = plan_for(sqlite_register, policy, tmp_path, rows)

    text = "".join([*notices, *plan.notices])
    assert "重复，只取一次" in text
    assert "只差前面的零或大小写，多半是一个人：0001、1" in text
    assert "2 个人都叫甲某：0001、0005" in text
    assert len(plan.added) == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "甲某"], "没有工号"),
        (["0009", ""], "没有姓名"),
        (["0009", "甲某", "一部", "下个月"], "日期要像 2026-03-01"),
        (["0009", "甲某", "一部", "2027-01-01"], "还没到"),
        (["0009", "甲某", "一部", None, "在岗", "四级", "2025-01-01"], "职业技能等级不写在这一列"),
        (["0009", "甲某", "一部", None, "在岗", "高级"], "没有写取得日期"),
        (["0009", "甲某", "一部", None, "在岗", "高级", "2025-01-01", "2024-01-01"], "早于取得日期"),
        (["0001", "另一人", "一部"], "内容不同"),
    ],
)
def test_one_faulty_row_and_nothing_is_imported(
    sqlite_register: Register, policy: LevelPolicy, tmp_path: Path, row: list[Any], words: str
) -> None:
    with pytest.raises(ContentError) as caught:
        plan_for(sqlite_register, policy, tmp_path, [["0001", "甲某", "二部"], row])

    assert words in str(caught.value)
    assert people(sqlite_register) == {}


def test_two_clerks_with_one_roster(sqlite_register: Register, policy: LevelPolicy, tmp_path: Path) -> None:
    plan, _ = plan_for(sqlite_register, policy, tmp_path, FIRST)
    other, _ = plan_for(sqlite_register, policy, tmp_path, FIRST)
    apply_roster(sqlite_register, plan, policy, WHO)

    with pytest.raises(ContentError, match="刚被别人导入"):
        apply_roster(sqlite_register, other, policy, WHO)

    assert len(people(sqlite_register)) == 2
    assert len(list(sqlite_register.events())) == 1


def test_a_namesake_is_asked_for_by_staff_id(
    sqlite_register: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    plan, _ = plan_for(sqlite_register, policy, tmp_path, [["0001", "甲某"], ["0002", "甲某"]])
    apply_roster(sqlite_register, plan, policy, WHO)

    with sqlite_register.reading() as connection:
        assert find_person(connection, "0001").staff_id == "0001"
        with pytest.raises(InputError, match="请改用工号：0001、0002"):
            find_person(connection, "甲某")
        with pytest.raises(InputError, match="查无此人"):
            find_person(connection, "0003")
