"""Commands of `levels` that HR records by hand: lapse, demote, revoke, correct, appeal; and the ranking."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from coursekit.cli.levels_common import day_from, note_certificates, note_look
from coursekit.cli.levels_options import ByHand, Clerk, Desk, Sources, command
from coursekit.cli.output import say
from coursekit.errors import InputError

app = typer.Typer()

Who = Annotated[str, typer.Argument(help="工号；没有重名时也可以写姓名。")]


@command(app, '到期或离岗，等级失效（不是降级）。例：coursekit levels lapse kh0007 --reason "调离本岗位"')
def lapse(who: Who, decided: ByHand) -> int:
    """Record that a level ended by time or by leaving."""
    return decided.record("lapse", who)


@command(app, '按决定降级。例：coursekit levels demote kh0007 --reason "连续两期不及格"')
def demote(
    who: Who,
    decided: ByHand,
    to: Annotated[str | None, typer.Option("--to", help="降到哪一级；默认低一级。")] = None,
) -> int:
    """Record a demotion by decision."""
    return decided.record("demote", who, level=to)


@command(app, '撤销等级，证书随之收回。例：coursekit levels revoke kh0007 --reason "虚假记录查实"')
def revoke(who: Who, decided: ByHand) -> int:
    """Record that a level is taken away."""
    return decided.record("revoke", who)


@command(
    app,
    "更正一条登记（原来的留着）。例：coursekit levels correct kh0007 1a2b3c4d --set valid_until=2028-12-31 "
    '--reason "录错年份"；作废用 --set void=true',
)
def correct(
    who: Who,
    event: Annotated[str, typer.Argument(help="登记号（show 里有，至少六位）。")],
    changes: Annotated[
        list[str], typer.Option("--set", help="改哪一项：level、valid_from、valid_until、reason、void。")
    ],
    decided: ByHand,
) -> int:
    """Record a correction; what was recorded before stays readable."""
    return decided.record("correct", who, target=event, changes=_changes(changes))


def _changes(texts: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise InputError("--set", "像 valid_until=2028-12-31", text)
        if name in ("valid_from", "valid_until"):
            found[name] = day_from(value, "--set").isoformat()
        elif name == "void":
            if value not in ("true", "是"):
                raise InputError("--set", "void=true", text)
            found[name] = True
        else:
            found[name] = value
    return found


@command(
    app,
    '申诉：不写 --decide 是受理，写了是结论。例：coursekit levels appeal kh0007 1a2b3c4d --reason "对成绩有疑问"',
)
def appeal(
    who: Who,
    event: Annotated[str, typer.Argument(help="受理时写被申诉的登记号，下结论时写申诉的登记号。")],
    decided: ByHand,
    decide: Annotated[
        str | None, typer.Option("--decide", help="upheld=成立（另用 correct 更正），rejected=不成立。")
    ] = None,
) -> int:
    """Open or decide an appeal."""
    if decide is None:
        return decided.record("appeal_opened", who, target=event)
    return decided.record("appeal_decided", who, target=event, changes={"outcome": decide})


@command(
    app,
    "按名额排名（赛马）；同分跨在名额线上的都列出来，由人用 --choose 定；加 --yes 把入选的登记下来。"
    "例：coursekit levels rank senior --vacancies 2 --table 业绩.xlsx --yes",
    purpose="按名额晋级",
)
def rank(
    level: Annotated[str, typer.Argument(help="等级：junior、intermediate、senior 或中文名。")],
    sources: Sources,
    desk: Desk,
    clerk: Clerk,
    vacancies: Annotated[int | None, typer.Option("--vacancies", help="名额；默认用办法里的。")] = None,
    choose: Annotated[
        list[str] | None, typer.Option("--choose", help="同分待定的人里，定给这个工号，可写多次。")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="人事已确认，把入选的人登记下来。")] = False,
) -> int:
    """Rank those who reached a level, and record who gets it; 1 when a person must settle a tie."""
    from coursekit.certification.assessment import assess_all, record
    from coursekit.certification.ranking import promoted
    from coursekit.certification.ranking import rank as ranking
    from coursekit.certification.scores import level_name

    rules = desk.rules
    pieces = sources.gather(desk).pieces
    wanted = level_name(rules, level) or level
    with desk.open_or_without(make=yes) as book:
        everyone = assess_all(book, rules, pieces, desk.day)
        placed = ranking(rules, wanted, everyone, vacancies)
        winners = promoted(rules, wanted, placed, everyone, choose or [])
        events = record(book, rules, winners, clerk.who) if yes and book else []
        if book and events:
            note_certificates(book, events)
        if not yes:
            note_look(book, everyone, clerk.who, everyone=True)
    picked = {one.person.staff_id for one in winners}
    names = {one.person.staff_id: one.person.shown for one in everyone}
    words = {"in": "入选", "out": "未入选", "tied": "同分，由人定"}

    def human() -> None:
        for one in placed:
            outcome = (
                "入选（由人定）" if one.outcome == "tied" and one.person in picked else words[one.outcome]
            )
            say(f"第 {one.place} 名  {names.get(one.person, one.person)}  {outcome}")
        if not placed:
            say("没有人达到这一级。")
        elif yes:
            say(f"已登记 {len(events)} 条。")
        elif winners:
            say(f"以上入选 {len(winners)} 人，还没有登记；人事确认后加 --yes。")

    order = list(rules.ranking.ties.value)
    rows = [{"person": p.person, "place": p.place, "outcome": p.outcome, "key": list(p.key)} for p in placed]
    recorded = [event.as_json() for event in events]
    desk.emit({"level": wanted, "compared": order, "places": rows, "events": recorded}, human)
    return int(any(one.outcome == "tied" for one in placed) and not choose)
