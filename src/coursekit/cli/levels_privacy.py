"""Commands of `levels` about personal data and about other systems: erase, export, access, xapi."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from coursekit.cli.levels_options import Book, Clerk, Dated, Desk, Ruled, command
from coursekit.cli.output import say
from coursekit.errors import InputError

app = typer.Typer()


@command(
    app,
    "删去姓名、工号、联系方式，链不断。例：coursekit levels erase kh0007 --yes；到保存期限的人：--due",
    purpose="删除个人资料",
)
def erase(
    desk: Desk,
    clerk: Clerk,
    who: Annotated[list[str] | None, typer.Argument(help="工号，可写几个。")] = None,
    due: Annotated[bool, typer.Option("--due", help="离岗超过保存期限的所有人。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="真的删；删了找不回来。")] = False,
) -> int:
    """Erase personal data of people, or of all whose time is over."""
    from coursekit.certification.people import find_person
    from coursekit.certification.privacy import due_for_erasure, trim_access_log
    from coursekit.certification.privacy import erase as forget

    rules, day = desk.rules, desk.day
    if bool(who) == due:
        raise InputError("erase", "写工号，或者写 --due", "两样都写了或都没写")
    trimmed = 0
    with desk.open() as book:
        if due:
            people = due_for_erasure(book, rules, day)
        else:
            with book.reading() as connection:
                people = [find_person(connection, one) for one in who or []]
        shown = [person.shown for person in people]
        if yes:
            forget(book, people, day, clerk.who)
            trimmed = trim_access_log(book, rules, day) if due else 0
    payload = {"erased": yes, "people": [person.person for person in people], "access_notes_dropped": trimmed}

    def human() -> None:
        for text in shown:
            say(text)
        say(f"已删去 {len(shown)} 人的个人资料。" if yes else f"以上 {len(shown)} 人；真的要删加 --yes。")

    desk.emit(payload, human)
    return 0 if yes or not people else 1


@command(
    app,
    "用化名导出（没有姓名、工号、日期），供统计。例：coursekit levels export 等级.jsonl",
    purpose="化名导出",
)
def export(
    out: Annotated[Path, typer.Argument(help="写到哪个文件（每行一个 JSON）。")],
    desk: Dated,
    clerk: Clerk,
) -> int:
    """Write pseudonymous rows; every export uses new pseudonyms."""
    from coursekit.certification.people import log_access
    from coursekit.certification.privacy import write_export

    with desk.open() as book:
        count = write_export(book, out, secrets.token_bytes(32), desk.day)
        with book.writing() as connection:
            log_access(connection, clerk.who, ["*"], "export")
    desk.emit(
        {"file": str(out), "people": count},
        lambda: say(f"{out}：{count} 人，化名只在这一份里有效。"),
    )
    return 0


@command(app, "谁在什么时候看过或改过个人资料。例：coursekit levels access kh0007")
def access(
    desk: Book,
    who: Annotated[str | None, typer.Argument(help="工号；不写就看最近的。")] = None,
) -> int:
    """Show the notes of access."""
    from coursekit.certification.people import find_person
    from coursekit.certification.privacy import access_notes

    with desk.open() as book:
        person = ""
        if who:
            with book.reading() as connection:
                person = find_person(connection, who).person
        notes = access_notes(book, person)

    def human() -> None:
        for note in notes:
            say(f"{note['at'][:19]}  {note['actor']}  {note['action']}  {note['person']}  {note['purpose']}")

    desk.emit({"notes": notes}, human)
    return 0


@command(app, "把登记写成 xAPI 语句（每行一个），给本单位的学习平台。例：coursekit levels xapi 语句.jsonl")
def xapi(
    out: Annotated[Path, typer.Argument(help="写到哪个文件。")],
    desk: Ruled,
    home: Annotated[
        str, typer.Option("--home", help="化名属于哪个系统（网址）。")
    ] = "https://coursekit.invalid/levels",
    after: Annotated[int, typer.Option("--after", min=0, help="只要这个序号之后的。")] = 0,
) -> int:
    """Write xAPI statements of level events."""
    from coursekit.certification.xapi import write_statements

    with desk.open() as book:
        count = write_statements(desk.rules, book, out, home, after)
    desk.emit({"file": str(out), "statements": count}, lambda: say(f"{out}：{count} 条"))
    return 0
