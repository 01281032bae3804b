"""HR's roster into the register: read, compare, show the difference, then all or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from coursekit.certification.events import Command
from coursekit.certification.months import last_day
from coursekit.certification.people import Person, add_people, change_people, log_access, read_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register, append_events, new_person_id
from coursekit.certification.scores import level_name
from coursekit.certification.sheets import SheetRow, parse_day, read_sheet
from coursekit.errors import ContentError, InputError

_LEFT_WORDS = ("离职", "调离", "调出", "退休", "离岗", "已离", "辞职")
_THERE_WORDS = ("在岗", "在职", "在编", "正式", "试用", "实习", "见习", "返聘", "正常")
_STATUS = {"active": "在岗", "left": "离岗"}
_FIELDS = {
    "name": "姓名",
    "unit": "部门",
    "trainer": "培训师",
    "contact": "联系方式",
    "post_since": "入岗日期",
    "status": "状态",
    "left_on": "离岗日期",
}


@dataclass(frozen=True)
class RosterRow:
    """One person of the roster; `level` only when HR brings levels given before coursekit."""

    where: str
    person: Person
    given: frozenset[str]
    level: str | None = None
    level_since: date | None = None
    level_until: date | None = None


@dataclass(frozen=True)
class Change:
    """One line of the difference table."""

    kind: str
    staff_id: str
    name: str
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class RosterPlan:
    """What an import would do.

    Parameters
    ----------
    changes : tuple of Change
        `new`, `changed`, `moved`, `left`, `returned`, `level`.
    notices : tuple of str
        Things to look at that stop nothing: two people with one name, a repeated row.
    """

    added: tuple[RosterRow, ...]
    updated: tuple[tuple[Person, dict[str, Any]], ...]
    changes: tuple[Change, ...]
    notices: tuple[str, ...]
    unchanged: int


def read_roster(path: Path, policy: LevelPolicy, today: date) -> tuple[list[RosterRow], list[str]]:
    """People of an Excel or CSV roster, and notices.

    Raises
    ------
    InputError
        If the file cannot be read.
    ContentError
        With every faulty row: no staff id, a date that is none, one id with different data.
    """
    sheet = read_sheet(path, ("staff_id", "name"))
    given = frozenset(sheet.columns)
    rows: dict[str, RosterRow] = {}
    faults: list[str] = []
    notices: list[str] = []
    for line in sheet.rows:
        try:
            row = _roster_row(line, given, policy, today)
        except ValueError as error:
            faults.append(f"{line.where}：{error}")
            continue
        staff_id = str(row.person.staff_id)
        earlier = rows.setdefault(staff_id, row)
        if earlier is row:
            word = line.get("status")
            if word and row.person.status == "active" and not any(text in word for text in _THERE_WORDS):
                notices.append(f"{line.where}：{staff_id} 的状态「{word}」当作在岗；离岗请写离岗或离岗日期")
            continue
        if replace(earlier, where="") == replace(row, where=""):
            notices.append(f"{line.where}：{staff_id} 与{_row_of(earlier)}重复，只取一次")
        else:
            faults.append(f"{line.where}：工号 {staff_id} 与「{earlier.where}」相同，内容不同")
    if faults:
        raise ContentError(str(path), faults)
    return list(rows.values()), notices


def _row_of(row: RosterRow) -> str:
    return "第 " + row.where.rpartition("第 ")[2]


def _similar_ids(ids: Iterable[str]) -> list[str]:
    """Ids that differ in leading zeros or in capitals alone: often Excel ate the zeros."""
    groups: dict[str, list[str]] = {}
    for staff_id in ids:
        groups.setdefault(staff_id.lstrip("0").casefold(), []).append(staff_id)
    return [
        f"工号只差前面的零或大小写，多半是一个人：{'、'.join(sorted(group))}"
        for group in groups.values()
        if len(group) > 1
    ]


def _short_ids(new: Iterable[str], everyone: Collection[str]) -> list[str]:
    """New ids with fewer digits than those that begin with a zero: often Excel ate the zeros."""
    widths = Counter(len(one) for one in everyone if one.isdigit() and one.startswith("0"))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    longer = {one.lstrip("0") for one in everyone if one.startswith("0")}  # asked about as one person already
    return [
        f"工号 {one} 只有 {len(one)} 位，别人是 {usual} 位：是不是前面的零没有了"
        for one in sorted(new)
        if one.isdigit() and len(one) < usual and not one.startswith("0") and one not in longer
    ]


def _name(text: str) -> str:
    """A name without the blanks that pad two characters to three."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text)


def _roster_row(line: SheetRow, given: frozenset[str], policy: LevelPolicy, today: date) -> RosterRow:
    staff_id, name = line.get("staff_id"), _name(line.get("name"))
    if not staff_id:
        raise ValueError("没有工号")
    if len(staff_id) > 80 or len(name) > 100:
        raise ValueError("工号或姓名太长，多半是列错位了")
    if not name:
        raise ValueError(f"{staff_id} 没有姓名")
    days = {field: _day(line, field) for field in ("post_since", "left_on", "level_since", "level_until")}
    post, left = days["post_since"], days["left_on"]
    if post and post > today:
        raise ValueError(f"{staff_id} 的入岗日期 {post} 还没到")
    if post and left and left < post:
        raise ValueError(f"{staff_id} 的离岗日期 {left} 早于入岗日期 {post}")
    word = line.get("status")
    gone = any(text in word for text in _LEFT_WORDS) or (left is not None and left <= today)
    person = Person(
        "",
        staff_id,
        name,
        line.get("unit") or None,
        line.get("trainer") or None,
        line.get("contact") or None,
        post,
        "left" if gone else "active",
        (left or today) if gone else None,
    )
    if gone and left is None:
        given = given - {"left_on"}  # the day it was seen stands in only where none is known
    level, since, until = _given_level(line, policy, (days["level_since"], days["level_until"]))
    return RosterRow(line.where, person, given, level, since, until)


def _day(line: SheetRow, field: str) -> date | None:
    text = line.get(field)
    if not text or text in ("-", "—", "/", "无"):
        return None
    found = parse_day(text)
    if found is None:
        raise ValueError(f"日期要像 2026-03-01，看到的是「{text}」")
    return found


def _given_level(
    line: SheetRow, policy: LevelPolicy, days: tuple[date | None, date | None]
) -> tuple[str | None, date | None, date | None]:
    text = line.get("level")
    if not text or text in ("无", "无等级", "未评", "未定级", "-", "—", "/"):
        return None, None, None
    level = level_name(policy, text)
    if level is None:
        titles = "、".join(policy.level_title(name) for name in policy.ladder)
        raise ValueError(f"等级要是 {titles} 之一，看到的是「{text}」（职业技能等级不写在这一列）")
    since, until = days
    if since is None:
        raise ValueError(f"写了{policy.level_title(level)}，没有写取得日期")
    until = until or last_day(since, policy.levels[level].validity_months.value)
    if until < since:
        raise ValueError(f"到期日 {until} 早于取得日期 {since}")
    return level, since, until


def plan_roster(known: Sequence[Person], rows: Sequence[RosterRow], complete_on: date | None) -> RosterPlan:
    """What the roster would change.

    Parameters
    ----------
    known : sequence of Person
        People in the register.
    complete_on : date or None
        When given, the roster is complete: active people who are not in it left on that day.
    """
    by_id = {person.staff_id: person for person in known if person.staff_id}
    notices = _same_names(rows)
    new_ids = {str(row.person.staff_id) for row in rows} - set(by_id)
    if new_ids:
        similar = _similar_ids({*new_ids, *by_id})
        notices += [line for line in similar if new_ids.intersection(line.partition("：")[2].split("、"))]
    notices += _short_ids(new_ids, {*new_ids, *by_id})
    added: list[RosterRow] = []
    updated: list[tuple[Person, dict[str, Any]]] = []
    changes: list[Change] = []
    unchanged = 0
    for row in rows:
        old = by_id.pop(row.person.staff_id or "", None)
        if old is None:
            added.append(row)
            changes.append(_change("new", row.person))
            if row.level:
                changes.append(_change("level", row.person, "现等级", "", row.level))
            continue
        fields = _differences(old, row)
        unchanged += not fields
        if fields:
            updated.append((old, fields))
            if "name" in fields:
                was, now = old.name, fields["name"]
                notices.append(f"{old.staff_id} 原来是{was}，现在是{now}：若不是改名，是工号用重了")
            changes += [_change(*_kind(old, name, value)) for name, value in fields.items()]
    if complete_on is not None and not rows:
        raise InputError("名册", "全体名册，至少一个人", "一个人也没有", "核对文件；空的名册会让所有人离岗。")
    for old in by_id.values():
        if complete_on is not None and old.status == "active":
            updated.append((old, {"status": "left", "left_on": complete_on}))
            changes.append(_change("left", old, "状态", "在岗", "名册里没有了"))
    return RosterPlan(tuple(added), tuple(updated), tuple(changes), tuple(notices), unchanged)


def _same_names(rows: Sequence[RosterRow]) -> list[str]:
    names = Counter(row.person.name for row in rows)
    return [
        f"{count} 个人都叫{name}：{'、'.join(str(r.person.staff_id) for r in rows if r.person.name == name)}"
        for name, count in names.items()
        if count > 1
    ]


def _differences(old: Person, row: RosterRow) -> dict[str, Any]:
    """Fields that the roster says otherwise; a column that is not in it, or empty, changes nothing."""
    fields: dict[str, Any] = {}
    for name in _FIELDS:
        new = getattr(row.person, name)
        if name == "status":
            if "status" not in row.given and "left_on" not in row.given:
                continue
        elif name not in row.given or (new is None and name != "left_on"):
            continue
        if new != getattr(old, name):
            fields[name] = new
    gone = fields.get("status", old.status) == "left"
    known = fields.get("left_on", old.left_on)
    if gone != (known is not None) and row.person.left_on != known:
        fields["left_on"] = row.person.left_on
    return fields


def leavers_with_levels(register: Register, plan: RosterPlan, policy: LevelPolicy, today: date) -> list[str]:
    """People whom the roster lets leave while they hold a level: that is for HR to decide."""
    found = []
    for old, fields in plan.updated:
        state = register.state(old.person) if fields.get("status") == "left" else None
        if state is not None and state.held is not None and state.held.until >= today:
            title = policy.level_title(state.held.level)
            found.append(f"{old.staff_id} 离岗，{title}有效到 {state.held.until}：要失效请用 levels lapse")
    return found


def _kind(old: Person, name: str, value: Any) -> tuple[str, Person, str, str, str]:
    kind = "moved" if name == "unit" else "changed"
    if name == "status":
        kind = "left" if value == "left" else "returned"
    return kind, old, _FIELDS[name], _shown(getattr(old, name)), _shown(value)


def _shown(value: Any) -> str:
    return "" if value is None else _STATUS.get(str(value), str(value))


def _change(kind: str, person: Person, field: str = "", old: str = "", new: str = "") -> Change:
    return Change(kind, str(person.staff_id), person.name or "", field, old, new)


def apply_roster(register: Register, plan: RosterPlan, policy: LevelPolicy, who: tuple[str, str]) -> None:
    """Carry out a plan in one transaction: all of it or nothing.

    Parameters
    ----------
    who : tuple of str
        Account of the clerk, and the purpose.
    """
    actor, _purpose = who
    with register.writing() as connection:
        _check_unchanged(connection, plan)
        fresh = [replace(row.person, person=new_person_id()) for row in plan.added]
        add_people(connection, fresh)
        change_people(connection, {old.person: fields for old, fields in plan.updated})
        awards = [
            _given_award(person.person, row, policy, actor)
            for person, row in zip(fresh, plan.added, strict=True)
            if row.level
        ]
        append_events(connection, awards)
        touched = [person.person for person in fresh] + [old.person for old, _fields in plan.updated]
        log_access(connection, who, touched, "roster")


def _check_unchanged(connection: Connection, plan: RosterPlan) -> None:
    """Nobody else imported in the meantime."""
    known = {person.person: person for person in read_people(connection)}
    taken = {person.staff_id for person in known.values()}
    faults = [f"{row.where}：工号 {row.person.staff_id} 刚被别人导入" for row in plan.added
              if row.person.staff_id in taken]  # fmt: skip
    faults += [f"{old.shown} 刚被别人改过" for old, _fields in plan.updated if known.get(old.person) != old]
    if faults:
        raise ContentError("名册", [*faults, "请重新比对一遍再导入"])


def _given_award(person: str, row: RosterRow, policy: LevelPolicy, actor: str) -> Command:
    if row.level is None or row.level_since is None:
        raise ValueError("a given level has its first day")
    return Command(
        "award",
        person,
        row.level_since,
        actor,
        "建档：名册上原有的等级",
        row.level,
        policy.rank(row.level),
        row.level_since,
        row.level_until,
        policy.digest,
    )
