"""Commands of `levels` that prove things: keys, certificate, status list, verify, audit, checkpoint."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from coursekit.cli.levels_common import AsJson, Today, day_from
from coursekit.cli.levels_options import Book, Clerk, Dated, Desk, command
from coursekit.cli.output import emit, say
from coursekit.errors import InputError

app = typer.Typer()

KeysAt = Annotated[
    Path | None,
    typer.Option("--keys", help="密钥文件夹；默认用户目录下的 .coursekit/keys 或变量 COURSEKIT_KEYS。"),
]
_OUTCOMES = {
    "valid": "有效",
    "not yet valid": "还没开始",
    "expired": "已到期",
    "revoked": "已收回",
    "altered": "被改过",
    "unknown issuer": "不认识的签发单位",
}


def _folder(keys: Path | None) -> Path:
    from coursekit.certification.keys import default_folder

    return keys or default_folder()


def _moment(today: str | None) -> datetime:
    if today is None:
        return datetime.now(UTC)
    return datetime.combine(day_from(today), time(12), UTC)


@command(
    app, '生成签发证书的密钥（放在代码库以外）。例：coursekit levels keys --name "某某公司"；换新：--rotate'
)
def keys(
    name: Annotated[str | None, typer.Option("--name", help="签发单位的名称。")] = None,
    site: Annotated[str, typer.Option("--site", help="签发单位的网址；默认生成一个编号。")] = "",
    status_url: Annotated[
        str, typer.Option("--status-url", help="状态表将放在哪个网址；默认一个编号。")
    ] = "",
    rotate: Annotated[bool, typer.Option("--rotate", help="换一把新钥匙；旧证书仍然有效。")] = False,
    keys_at: KeysAt = None,
    as_json: AsJson = False,
) -> int:
    """Make or rotate the issuer's keys."""
    from coursekit.certification import keys as store

    folder = _folder(keys_at)
    if rotate:
        signer = store.rotate(folder)
    elif name:
        signer = store.create(folder, name, site, status_url)
    else:
        raise InputError("--name", "签发单位的名称", "没有写")
    payload = {
        "folder": str(folder),
        "issuer": vars(signer.issuer),
        "key": signer.key_id,
        "trusted": str(folder / "trusted.json"),
    }

    def human() -> None:
        say(f"密钥在 {folder}。私钥只有你能读，不要放进代码库，不要外发。")
        say(f"把 {folder / 'trusted.json'} 交给要核验证书的人。")

    emit(payload, as_json, human)
    return 0


@command(
    app,
    "给一个人出证书（PDF 和凭证文件）。例：coursekit levels certificate kh0001 --out 证书",
    purpose="出证书",
)
def certificate(
    who: Annotated[str, typer.Argument(help="工号；没有重名时也可以写姓名。")],
    desk: Desk,
    clerk: Clerk,
    out: Annotated[Path, typer.Option("--out", help="放在哪个文件夹。")] = Path(),
    keys_at: KeysAt = None,
) -> int:
    """Write the page to print and the credential of the level held today."""
    from coursekit.certification.certificate_page import Page, draw_certificate
    from coursekit.certification.certificates import issue_certificate
    from coursekit.certification.keys import load_signer
    from coursekit.certification.people import find_person, log_access

    rules, day, signer = desk.rules, desk.day, load_signer(_folder(keys_at))
    with desk.open() as book:
        with book.writing() as connection:
            person = find_person(connection, who)
            log_access(connection, clerk.who, [person.person], "certificate")
        issued = issue_certificate(book, rules, signer, person.person, day, _moment(desk.today))
    stem = f"{person.staff_id or person.person}-{issued.level}"
    out.mkdir(parents=True, exist_ok=True)
    token = _write(out / f"{stem}.jwt", issued.token)
    page = Page(
        str(rules.owner.value),
        f"{rules.title.value}（版本 {rules.digest[:12]}）",
        person.name or person.shown,
        person.unit or "",
        rules.level_title(issued.level),
        issued.valid_from,
        issued.valid_until,
        issued.decided_on,
        issued.credential_id,
        issued.token,
    )
    pdf = draw_certificate(page, out / f"{stem}.pdf")
    payload = {
        "pdf": str(pdf),
        "credential": str(token),
        "id": issued.credential_id,
        "level": issued.level,
        "valid_until": issued.valid_until.isoformat(),
        "new": issued.new,
    }
    desk.emit(payload, lambda: say(f"证书：{pdf}\n凭证：{token}"))
    return 0


def _write(path: Path, token: str) -> Path:
    """Write a token, whole or not at all."""
    from coursekit.grading.store import write_bytes

    write_bytes(path, f"{token}\n".encode("ascii"))
    return path


@command(app, "生成签过名、带日期的状态表，发给核验的人。例：coursekit levels status --out status.jwt")
def status(
    desk: Dated,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件。")] = Path("status.jwt"),
    keys_at: KeysAt = None,
) -> int:
    """Write the signed status list."""
    from coursekit.certification.certificates import revoked_places
    from coursekit.certification.keys import load_signer
    from coursekit.certification.status import build

    signer, now = load_signer(_folder(keys_at)), _moment(desk.today)
    with desk.open() as book:
        gone, size = revoked_places(book)
    _write(out, build(signer, gone, size, now))
    payload = {"file": str(out), "dated": now.isoformat(), "issued": size, "revoked": len(gone)}
    desk.emit(payload, lambda: say(f"{out}：发出 {size} 份，收回 {len(gone)} 份，日期 {now.date()}"))
    return 0


@command(
    app,
    "离线核验一份凭证。例：coursekit levels verify kh0001-senior.jwt --trusted trusted.json --status status.jwt",
)
def verify(
    file: Annotated[Path, typer.Argument(help="凭证文件（.jwt）。")],
    trusted: Annotated[
        Path | None, typer.Option("--trusted", help="认可的签发单位 trusted.json；默认密钥文件夹里的。")
    ] = None,
    status_file: Annotated[Path | None, typer.Option("--status", help="签过名的状态表。")] = None,
    days: Annotated[int, typer.Option("--days", min=0, help="状态表最多可以旧几天。")] = 30,
    today: Today = None,
    as_json: AsJson = False,
) -> int:
    """Check a credential against pinned keys and a status list; 0 only when it is valid."""
    from coursekit.certification.credential import stated_level
    from coursekit.certification.keys import load_trusted
    from coursekit.certification.verify import verify as check

    pinned = load_trusted(trusted or _folder(None))
    listed = _text(status_file, "状态表") if status_file else None
    verdict = check(_text(file, "凭证文件（.jwt）"), pinned, listed, _moment(today), days)
    content = verdict.content
    payload: dict[str, Any] = {
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "level": stated_level(content) if content else None,
        "subject": content.get("sub"),
        "id": content.get("id"),
        "issuer": pinned.issuer.name if content else None,
        "valid_from": content.get("validFrom"),
        "valid_until": content.get("validUntil"),
        "status_date": verdict.status_date.isoformat() if verdict.status_date else None,
    }

    def human() -> None:
        title = _OUTCOMES.get(verdict.outcome, "状态表太旧" if listed else "不能确定")
        say(f"{title}：{verdict.reason}")
        if content:
            say(f"{pinned.issuer.name} · {stated_level(content)} · {content['id']}")
            say("这是签发单位自己的认定，不是国家职业技能等级证书。请与纸面核对。")

    emit(payload, as_json, human)
    return 0 if verdict.outcome == "valid" else 1


def _text(path: Path, what: str) -> str:
    try:
        if path.stat().st_size > 10_000_000:
            raise InputError(str(path), what, "文件太大")
        data = path.read_bytes()
        if data.startswith(b"%PDF"):
            raise InputError(str(path), what, "给人看的 PDF", "请给与它一起发的 .jwt 文件。")
        return data.decode("ascii", errors="replace")
    except OSError as error:
        raise InputError(str(path), what, "打不开", "检查路径。") from error


@command(app, "重算整条登记链，指出第一处不符。例：coursekit levels audit --checkpoint head.jwt")
def audit(
    desk: Book,
    checkpoint: Annotated[
        Path | None, typer.Option("--checkpoint", help="以前签过名的登记头，能查出末尾被截掉。")
    ] = None,
    trusted: Annotated[Path | None, typer.Option("--trusted", help="认可的签发单位 trusted.json。")] = None,
) -> int:
    """Recompute every digest; 0 when all holds, 1 with the first broken link."""
    from coursekit.certification.audit import audit as check
    from coursekit.certification.checkpoint import read_checkpoint
    from coursekit.certification.keys import load_trusted

    known = None
    if checkpoint is not None:
        pinned = load_trusted(trusted or _folder(None))
        known = read_checkpoint(_text(checkpoint, "登记头"), pinned, str(checkpoint))
    with desk.open() as book:
        report = check(book, known)
    payload = {
        "ok": not report.faults,
        "events": report.events,
        "head": report.head,
        "first": vars(report.first) if report.first else None,
        "faults": [vars(fault) for fault in report.faults],
    }

    def human() -> None:
        if report.first is None:
            extra = "，与签过名的登记头相符" if known else ""
            say(f"{report.events} 条登记全部相符{extra}；名册、材料、证书、办法和查阅记录也相符。")
            return
        say(f"第一处不符：{report.first.what}")
        for fault in report.faults[1:6]:
            say(f"还有：{fault.what}")

    desk.emit(payload, human)
    return 1 if report.faults else 0


@command(app, "给现在的登记头签名，另处保存。例：coursekit levels checkpoint --out head.jwt")
def checkpoint(
    desk: Dated,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件。")] = Path("head.jwt"),
    keys_at: KeysAt = None,
) -> int:
    """Sign the head of the register."""
    from coursekit.certification.checkpoint import write_checkpoint
    from coursekit.certification.keys import load_signer
    from coursekit.certification.seals import EVENTS

    signer, now = load_signer(_folder(keys_at)), _moment(desk.today)
    with desk.open() as book:
        heads, file = book.standing()
    head = heads[EVENTS]
    _write(out, write_checkpoint(signer, heads, now, file))
    payload = {"file": str(out), "seq": head[0], "digest": head[1]}
    desk.emit(payload, lambda: say(f"{out}：第 {head[0]} 条，{head[1][:16]}。请存到登记库以外的地方。"))
    return 0
