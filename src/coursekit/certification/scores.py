"""Evidence from score sheets: theory, skill, refresher, appraisal, cases, red lines, vocational certificates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from coursekit.certification.evidence import Evidence, Kind
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.sheet_files import plain
from coursekit.certification.sheets import (
    Sheet,
    SheetRow,
    is_error,
    parse_day,
    parse_number,
    read_sheet,
)
from coursekit.errors import ContentError

_SCORES: tuple[Kind, ...] = ("theory", "skill", "refresher")
_WORDS: tuple[Kind, ...] = ("appraisal", "guidance_case", "red_line", "vocational")
_ITEM = {
    "theory": "理论考试",
    "skill": "技能考核",
    "refresher": "复习测试",
    "appraisal": "年度考核",
    "onboarding": "岗前培训",
    "vocational": "职业技能等级证书",
}
_ABSENT = {"缺考", "缺席", "未考", "未交", "请假", "免考", "待阅", "待审", "—", "-", "/", "无"}
_NOTHING = {"无", "没有", "否", "—", "-", "/"}


def level_name(policy: LevelPolicy, text: str) -> str | None:
    """Level meant by a word HR writes: junior, 初级, 初级客户经理; None when it is none of ours."""
    for name, level in policy.levels.items():
        title = plain(str(level.title.value))
        if text in (name, title, title.removesuffix("客户经理")):
            return name
    return None


def read_scores(path: Path, policy: LevelPolicy, sheet: Sheet | None = None) -> list[Evidence]:
    """Evidence of a score sheet; each filled cell is a piece, 缺考 is missing, an empty cell is nothing.

    Raises
    ------
    InputError
        If the file cannot be read.
    ContentError
        With every faulty row; nothing is taken from a file with faults.
    """
    sheet = sheet or read_sheet(path, ("staff_id", "on"))
    pieces: list[Evidence] = []
    faults: list[str] = []
    for row in sheet.rows:
        person, on = row.get("staff_id"), parse_day(row.get("on"))
        if not person:
            faults.append(f"{row.where}：没有工号")
        elif on is None:
            faults.append(f"{row.where}：日期要像 2026-03-01，看到的是「{row.get('on')}」")
        else:
            for found in _row(row, policy, person, on):
                if isinstance(found, str):
                    faults.append(found)
                else:
                    pieces.append(found)
    if faults:
        raise ContentError(str(path), faults)
    return pieces


def _row(row: SheetRow, policy: LevelPolicy, person: str, on: date) -> Iterator[Evidence | str]:
    level = level_name(policy, row.get("level")) if row.get("level") else None
    if row.get("level") and level is None:
        titles = "、".join(policy.level_title(name) for name in policy.ladder)
        yield f"{row.where}：等级要是 {titles} 之一，看到的是「{row.get('level')}」"
        return
    for kind in _SCORES:
        text = row.get(kind)
        if not text:
            continue
        if kind == "theory" and level is None:
            yield f"{row.where}：理论成绩要写明是哪一级的试卷（等级列）"
            continue
        item = row.get("paper") or _ITEM[kind]
        score = _score(text)
        if isinstance(score, str):
            yield f"{row.where}：{_ITEM[kind]}{score}"
            continue
        reason = text if score is None else ""
        of_level = None if kind == "refresher" else level
        yield Evidence(person, kind, item, on, score, of_level, reason=reason, source=row.where)
    yield from _words(row, policy, person, on)


def _score(text: str) -> float | str | None:
    if text in _ABSENT:
        return None
    if is_error(text):
        return f"：公式出错（{text}）"
    number = parse_number(text)
    if number is None or number[1]:
        return f"：要是 0 到 100 的分数或「缺考」，看到的是「{text}」"
    if not 0 <= number[0] <= 100:
        return f"：{number[0]:g} 不在 0 到 100 之间，百分制以外的分请先折算"
    return number[0]


def _words(row: SheetRow, policy: LevelPolicy, person: str, on: date) -> Iterator[Evidence | str]:
    for kind in _WORDS:
        text = row.get(kind)
        if not text or text in _NOTHING:
            continue
        words = policy.appraisal.order.value
        if kind == "appraisal" and text not in words:
            yield f"{row.where}：年度考核要是 {'、'.join(words)} 之一，看到的是「{text}」"
            continue
        named = kind in ("guidance_case", "red_line")
        item, grade = (text, "") if named else (_ITEM[kind], text)
        yield Evidence(person, kind, item, on, grade=grade, source=row.where)
    done = row.get("onboarding")
    if done and done not in _NOTHING and done not in ("未完成", "未参加"):
        yield Evidence(person, "onboarding", _ITEM["onboarding"], on, grade="完成", source=row.where)
