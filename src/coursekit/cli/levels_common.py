"""Options and openings that the commands of `levels` share."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursekit import resources
from coursekit.cli.output import notice
from coursekit.errors import InputError

if TYPE_CHECKING:
    from coursekit.certification.assessment import Assessed
    from coursekit.certification.events import Event
    from coursekit.certification.policy import LevelPolicy
    from coursekit.certification.register import Register

ACTOR_VARIABLE = "COURSEKIT_ACTOR"
POLICY_FOLDER_VARIABLE = "COURSEKIT_POLICY"

AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")]
RegisterAt = Annotated[
    str | None,
    typer.Option(
        "--register", help="等级登记库：文件名或数据库地址；默认 levels.db 或变量 COURSEKIT_REGISTER。"
    ),
]
PolicyAt = Annotated[
    Path | None, typer.Option("--policy", help="等级办法（TOML）；默认用课程自带的 levels.toml。")
]
Today = Annotated[str | None, typer.Option("--today", help="按哪一天算，像 2026-03-01；默认今天。")]
Actor = Annotated[
    str | None, typer.Option("--actor", help="经办账号（不写姓名）；默认登录名或变量 COURSEKIT_ACTOR。")
]
Purpose = Annotated[str, typer.Option("--purpose", help="查阅或改动个人资料的用途，记入查阅记录。")]
Courses = Annotated[list[Path] | None, typer.Option("--course", help="评过分的课程文件夹，可写多次。")]
Tables = Annotated[
    list[Path] | None,
    typer.Option("--table", help="成绩表或业绩表（Excel、CSV，中文表头），可写多次。"),
]
Papers = Annotated[
    list[str] | None,
    typer.Option(
        "--paper",
        help="班级里哪个作业是哪一级的理论试卷，像 理论A卷=初级，可用 * 代替几个字；可写多次，先于办法里的 papers。",
    ),
]


def policy_from(path: Path | None) -> LevelPolicy:
    """The policy named, the province's own, or the shipped one."""
    from coursekit.certification.policy import load_policy

    if path is None:
        own = Path(os.environ.get(POLICY_FOLDER_VARIABLE) or "/nonexistent") / "levels.toml"
        path = own if own.is_file() else resources.policy("levels")
    return load_policy(path)


def day_from(text: str | None, where: str = "--today") -> date:
    """A day from the command line; today by default."""
    from coursekit.certification.sheets import parse_day

    if text is None:
        return date.today()
    found = parse_day(text)
    if found is None:
        raise InputError(where, "像 2026-03-01 的日期", text)
    return found


def papers_from(texts: list[str] | None, policy: LevelPolicy) -> dict[str, str]:
    """Assignments that are papers, from the command line: name -> level."""
    from coursekit.certification.scores import level_name

    found: dict[str, str] = {}
    for text in texts or []:
        name, _equals, title = text.rpartition("=")
        level = level_name(policy, title.strip())
        if not name.strip() or level is None:
            titles = "、".join(policy.level_title(one) for one in policy.ladder)
            raise InputError("--paper", f"像 理论A卷=初级（等级是 {titles}）", text)
        found[name.strip()] = level
    return found


def actor_from(text: str | None) -> str:
    """The account that acts."""
    found = text or os.environ.get(ACTOR_VARIABLE)
    if found:
        return found.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError("--actor", "经办账号", "没有写") from error


def note_look(
    book: Register | None, chosen: Sequence[Assessed], who: tuple[str, str], *, everyone: bool
) -> None:
    """Note that `who` (account, purpose) looked at how people stand: at everyone, or at those chosen."""
    from coursekit.certification.people import log_access

    if book is None:
        return
    ids = ["*"] if everyone else [one.person.person for one in chosen if one.person.person]
    with book.writing() as connection:
        log_access(connection, who, ids, "decide")


def note_certificates(book: Register, events: Sequence[Event]) -> None:
    """Say that the status list must be made anew when an event touches somebody who has a certificate."""
    from coursekit.certification.certificates import with_certificates
    from coursekit.certification.events import CHANGES_STATE

    people = sorted({event.person for event in events if event.kind in CHANGES_STATE | {"correct"}})
    touched = with_certificates(book, people)
    if touched:
        notice(f"其中 {len(touched)} 人出过证书：请用 levels status 重新生成状态表，发给核验的人。")


def register_from(where: str | None, *, must_exist: bool = False) -> Register:
    """The register, opened; made when it is not there and may be new."""
    from coursekit.certification.register import Register

    place = missing_register(where) if must_exist else None
    if place is not None:
        todo = "检查路径；新的登记库由 coursekit levels roster 建。"
        raise InputError(place, "等级登记库", "没有这个文件", todo)
    return Register(where, create=not must_exist)


def missing_register(where: str | None) -> str | None:
    """The file that should be the register and is not there; None when it is, or is no file."""
    from coursekit.certification.database import address

    url = address(where)
    local = url.removeprefix("sqlite:///")
    return local if url.startswith("sqlite:///") and "?" not in url and not Path(local).is_file() else None
