"""Commands of the group `levels`: roster, decisions, awards; the rest is gathered from its siblings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coursekit.cli import levels_events, levels_page, levels_privacy, levels_trust
from coursekit.cli.levels_common import actor_from, note_certificates, note_look
from coursekit.cli.levels_options import Clerk, Desk, Sources, command
from coursekit.cli.output import notice, say, shown, stdout
from coursekit.errors import InputError

if TYPE_CHECKING:
    from coursekit.certification.assessment import Assessed
    from coursekit.certification.people import Person
    from coursekit.certification.policy import LevelPolicy
    from coursekit.certification.roster import RosterPlan

app = typer.Typer(no_args_is_help=True, help="客户经理等级：名册、评定、授予、证书、核验。")

_CHANGE_TITLES = {
    "new": "新增",
    "changed": "改动",
    "moved": "调动",
    "left": "离岗",
    "returned": "回岗",
    "level": "原有等级",
}


@command(
    app,
    "比对并导入名册；不加 --apply 只看差异。例：coursekit levels roster 名册.xlsx --apply",
    purpose="名册导入",
)
def roster(
    file: Annotated[Path, typer.Argument(help="名册（Excel 或 CSV，表头有工号、姓名）。")],
    desk: Desk,
    clerk: Clerk,
    apply: Annotated[bool, typer.Option("--apply", help="真的导入；全部成功或一个不动。")] = False,
    complete: Annotated[bool, typer.Option("--complete", help="这是全体名册，里面没有的人算离岗。")] = False,
) -> int:
    """Show what a roster would change, and import it when asked."""
    from coursekit.certification.people import read_people
    from coursekit.certification.roster import apply_roster, leavers_with_levels, plan_roster, read_roster

    rules, day = desk.rules, desk.day
    rows, notices = read_roster(file, rules, day)
    with desk.open_or_without(make=apply) as book:
        known: list[Person] = []
        if book is not None:
            with book.reading() as connection:
                known = read_people(connection)
        plan = plan_roster(known, rows, day if complete else None)
        if book is not None:
            notices += leavers_with_levels(book, plan, rules, day)
            if apply:
                apply_roster(book, plan, rules, clerk.who)
    payload = _roster_json(plan, notices, apply)
    desk.emit(payload, lambda: _show_roster(payload, rules))
    return 0 if apply or not plan.changes else 1


def _roster_json(plan: RosterPlan, notices: list[str], applied: bool) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for change in plan.changes:
        counts[change.kind] = counts.get(change.kind, 0) + 1
    return {
        "applied": applied,
        "counts": counts,
        "unchanged": plan.unchanged,
        "changes": [vars(change) for change in plan.changes],
        "notices": [*notices, *plan.notices],
    }


def _show_roster(payload: dict[str, Any], policy: LevelPolicy) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table("变动", "工号", "姓名", "哪一项", "原来", "现在")
    for change in payload["changes"]:
        kind = _CHANGE_TITLES[change["kind"]]
        new = policy.level_title(change["new"]) if change["kind"] == "level" else change["new"]
        cells = (kind, change["staff_id"], change["name"], change["field"], change["old"], new)
        table.add_row(*(escape(shown(cell)) for cell in cells))
    if payload["changes"]:
        stdout.print(table)
    for line in payload["notices"]:
        say(f"留意：{line}")
    done = "已导入" if payload["applied"] else "只是比对，还没有导入；看过之后加 --apply"
    say(f"{done}。没有变动的 {payload['unchanged']} 人。")


_PARTS = {"理论": "theory", "技能": "skill", "业绩": "performance"}


def _assume(texts: list[str] | None, policy: LevelPolicy) -> dict[str, dict[str, float]]:
    """Scores to assume by staff id and part; `theory.junior` is the paper of one level alone."""
    from coursekit.certification.policy import PARTS
    from coursekit.certification.scores import level_name
    from coursekit.certification.sheet_files import plain

    found: dict[str, dict[str, float]] = {}
    for text in texts or []:
        who, _colon, rest = plain(text).partition(":")
        part, _equals, number = rest.partition("=")
        level, part = _of_level(part)
        level = level and (level_name(policy, level) or "")
        part = _PARTS.get(part, part)
        try:
            score = float(number)
        except ValueError:
            score = -1.0
        if part not in PARTS or not 0 <= score <= 100 or level == "":
            expected = (
                "像 kh0001:skill=80、kh0001:初级理论=70（theory、skill、performance，或理论、技能、业绩）"
            )
            raise InputError("--what-if", expected, text)
        found.setdefault(who, {})[f"{part}.{level}" if level else part] = score
    if any("theory" in parts for parts in found.values()):
        notice("假如的理论分没有写哪一级：按每一级的试卷都考到这个分算；只算一级，写 初级理论=70。")
    return found


def _of_level(text: str) -> tuple[str | None, str]:
    """Level and part of 初级理论 or junior.theory; no level of a part alone."""
    level, dot, part = text.rpartition(".")
    if dot:
        return level, part
    part = next((title for title in _PARTS if text.endswith(title)), text)
    return text.removesuffix(part) or None, part


@command(
    app,
    "谁够哪一级，不够的差什么、差多少、到哪天。例：coursekit levels decide --course 班级 --table 业绩.xlsx",
)
def decide(
    sources: Sources,
    desk: Desk,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            help="假如：工号：部分=分数，像 kh0001:skill=80、kh0001:初级理论=70；可写多次，配合 --today。",
        ),
    ] = None,
    person: Annotated[list[str] | None, typer.Option("--person", help="只看这个工号，可写多次。")] = None,
) -> int:
    """Propose a level for everyone, or say what is missing; nothing is recorded."""
    from coursekit.certification.assessment import assess_all
    from coursekit.certification.shape import assessed_json

    rules, day = desk.rules, desk.day
    found = sources.gather(desk)
    assumed = _assume(what_if, rules)
    with desk.open_or_without(make=False) as book:
        everyone = assess_all(book, rules, found.pieces, day, assumed)
        _only(everyone, list(assumed), "--what-if")
        chosen = _only(everyone, person)
        note_look(book, chosen, (actor_from(None), "评定"), everyone=not person)
    payload = {
        "policy": rules.digest,
        "today": day.isoformat(),
        "people": [assessed_json(one) for one in chosen],
        "refused": list(found.refused),
    }
    desk.emit(payload, lambda: _show_decisions(rules, chosen, found.refused))
    return 1 if found.refused or any(_waits(one) for one in chosen) else 0


def _only(everyone: list[Assessed], chosen: list[str] | None, option: str = "--person") -> list[Assessed]:
    if not chosen:
        return everyone
    known = {one.person.staff_id for one in everyone}
    unknown = [staff_id for staff_id in chosen if staff_id not in known]
    if unknown:
        raise InputError(option, "名册或材料里的工号", "、".join(unknown))
    return [one for one in everyone if one.person.staff_id in chosen]


def _waits(one: Assessed) -> bool:
    """Whether a hand-in of theirs waits for a person."""
    return any(
        piece.kind in ("skill", "theory") and piece.score is None and piece.reason not in ("没有交", "缺考")
        for piece in one.evidence
    )


def _show_decisions(policy: LevelPolicy, everyone: list[Assessed], refused: tuple[str, ...]) -> None:
    from coursekit.certification.shape import ACTION_TITLES, gap_line

    for one in everyone:
        decision = one.decision
        title = policy.level_title(decision.level)
        say(f"{one.person.shown}  {ACTION_TITLES[decision.action]}：{title}。{decision.why}")
        if decision.candidate_for:
            say(f"    够{policy.level_title(decision.candidate_for)}，等排名定")
        for line in decision.notices:
            say(f"    留意：{line}")
        if decision.target:
            say(f"    离{policy.level_title(decision.target)}还差：")
            for gap in decision.view(decision.target).gaps:
                say(f"      {gap_line(gap)}")
    for reason in refused:
        say(f"没有采用：{reason}")


@command(
    app,
    "把评定结果登记下来；不加 --yes 只列出来给人看。例：coursekit levels award --course 班级 --table 业绩.xlsx --yes",
    purpose="等级评定",
)
def award(
    sources: Sources,
    desk: Desk,
    clerk: Clerk,
    person: Annotated[list[str] | None, typer.Option("--person", help="只登记这个工号，可写多次。")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="人事已确认，登记。")] = False,
) -> int:
    """Record what `decide` proposes, once HR has confirmed it."""
    from coursekit.certification.assessment import assess_all, record, recordable
    from coursekit.certification.quota import over_quota
    from coursekit.certification.shape import assessed_json

    rules, day = desk.rules, desk.day
    found = sources.gather(desk)
    with desk.open_or_without(make=yes) as book:
        company = assess_all(book, rules, found.pieces, day)
        everyone = _only(company, person)
        chosen = list(recordable(everyone))
        caps = over_quota(rules, company, chosen)
        events = record(book, rules, everyone, clerk.who) if yes and book else []
        if book and events:
            note_certificates(book, events)
        if not yes:
            note_look(book, chosen, clerk.who, everyone=not person)
    payload = {
        "recorded": yes,
        "policy": rules.digest,
        "today": day.isoformat(),
        "people": [assessed_json(one) for one in chosen],
        "notices": caps,
        "events": [event.as_json() for event in events],
    }
    for cap in caps:
        notice(f"留意：{cap}。")
    desk.emit(payload, lambda: _show_award(rules, chosen, yes))
    return 0 if yes or not chosen else 1


def _show_award(policy: LevelPolicy, chosen: list[Assessed], recorded: bool) -> None:
    _show_decisions(policy, chosen, ())
    if not chosen:
        say("没有要登记的变动。")
    elif recorded:
        say(f"已登记 {len(chosen)} 条。")
    else:
        say(f"以上 {len(chosen)} 条还没有登记；人事确认后加 --yes。")


@command(app, "谁现在是哪一级，为什么，到哪天。例：coursekit levels show kh0001", purpose="查看等级")
def show(
    desk: Desk,
    clerk: Clerk,
    who: Annotated[str | None, typer.Argument(help="工号或姓名；不写就列出所有人。")] = None,
) -> int:
    """Present levels, or the whole story of one person."""
    from coursekit.certification.evidence_store import kept_pieces
    from coursekit.certification.people import find_person, log_access, read_people
    from coursekit.certification.shape import piece_json, state_json
    from coursekit.certification.state import PersonState, state_on

    rules, day = desk.rules, desk.day
    with desk.open() as book:
        with book.writing() as connection:
            people = [find_person(connection, who)] if who else read_people(connection)
            log_access(connection, clerk.who, [p.person for p in people], "show")
            pieces = kept_pieces(connection, people[0].person) if who else {}
        if who:
            events = list(book.events(people[0].person))
            states = {people[0].person: state_on(events, day)}
        else:
            events, states = [], {person: state_on(events, day) for person, events, _state in book.states()}
    rows = [state_json(one, states.get(one.person, PersonState()), day) for one in people]
    payload: dict[str, Any] = {"today": day.isoformat(), "people": rows}
    if who:
        payload["events"] = [event.as_json() for event in events]
        payload["evidence"] = [piece_json(piece) for piece in pieces.values()]

    def human() -> None:
        from coursekit.certification.shape import event_line, piece_line

        for one, row in zip(people, rows, strict=True):
            say(f"{one.shown}  {_standing(rules, row)}")
        for event in events:
            say(f"    {event_line(rules, event)}")
            for digest, piece in pieces.items():
                if digest in event.evidence:
                    say(f"        依据：{piece_line(rules, piece)}")

    desk.emit(payload, human)
    return 0


def _standing(policy: LevelPolicy, row: dict[str, Any]) -> str:
    held = row["held"]
    if held is None:
        return "无等级"
    title = policy.level_title(held["level"]) if held["level"] in policy.levels else held["level"]
    tail = {"expired": "已过期，待登记失效", "pending": "还没开始"}.get(row["status"], "有效")
    appeal = "，有申诉在办" if row["open_appeals"] else ""
    return f"{title}，{held['since']} 至 {held['until']}（{tail}{appeal}）"


for _sibling in (levels_events, levels_trust, levels_page, levels_privacy):
    app.registered_commands.extend(_sibling.app.registered_commands)
