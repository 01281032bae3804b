"""The commands of `levels`, as an outsider calls them: exit code, one JSON object, Chinese text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coursekit.certification.months import add_months
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.privacy import due_for_erasure
from coursekit.certification.register import Register
from coursekit.certification.review import review
from coursekit.certification.sample import SampleSheets, write_sample
from coursekit.certification.sheets import read_sheet
from coursekit.cli import build_app, run
from tests.certification.test_sheets import excel

DAY = ["--today", "2026-06-30"]
NAMES = ["安然", "白桦", "常乐", "丁一", "方圆", "甘霖", "何田", "江帆", "康宁", "林茂", "莫问", "宁静", "乔木", "任远", "石磊", "田野"]  # fmt: skip


class Desk:
    """An HR desk with the sample sheets, a register and keys of its own."""

    def __init__(self, folder: Path, sheets: SampleSheets, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.sheets, self._capsys = folder, sheets, capsys
        self.register = ["--register", str(folder / "levels.db")]
        self.keys = ["--keys", str(folder / "keys")]
        self.papers = ["--table", str(sheets.scores), "--table", str(sheets.kpi)]

    def __call__(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        self._capsys.readouterr()
        found = run(["levels", *arguments, "--json"])
        out = self._capsys.readouterr().out
        assert found == code, out
        assert out.count("\n") == 1, "one JSON object and nothing else"
        return dict(json.loads(out))

    def text(self, *arguments: str, code: int = 0) -> str:
        self._capsys.readouterr()
        assert run(["levels", *arguments]) == code
        return self._capsys.readouterr().out


@pytest.fixture
def desk(
    tmp_path: Path, policy: LevelPolicy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.setenv("COURSEKIT_ACTOR", "hr01")
    people = [(f"kh{number:04d}", name) for number, name in enumerate(NAMES, 1)]
    return Desk(tmp_path, write_sample(tmp_path / "hr", people, policy, date(2026, 6, 30)), capsys)


def test_from_roster_to_verified_certificate(desk: Desk) -> None:
    """The whole way of issue 6 in one sitting."""
    seen = desk("roster", str(desk.sheets.roster), *desk.register, *DAY, code=1)
    assert (seen["applied"], seen["counts"]) == (False, {"new": 16, "level": 16})
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)

    decided = desk("decide", *desk.papers, *desk.register, *DAY)
    actions = {one["person"]: one["action"] for one in decided["people"]}
    assert len(actions) == 16
    changing = [person for person, action in actions.items() if action not in ("keep", "none")]
    assert changing
    for one in decided["people"]:
        for gap in one["missing"]:
            assert {"what", "title", "kind", "have", "need", "short", "by", "note"} <= set(gap)

    waiting = desk("award", *desk.papers, *desk.register, *DAY, code=1)
    assert (waiting["recorded"], waiting["events"]) == (False, [])
    given = desk("award", *desk.papers, *desk.register, *DAY, "--yes")
    assert {event["actor"] for event in given["events"]} == {"hr01"}
    assert len(given["events"]) == len(changing)
    assert desk("award", *desk.papers, *desk.register, *DAY, "--yes")["events"] == [], "nothing twice"

    shown = desk("show", "kh0001", *desk.register, *DAY)
    assert shown["people"][0]["held"]["level"] == "senior"

    desk("keys", "--name", "示范公司", *desk.keys)
    made = desk("certificate", "kh0001", "--out", str(desk.folder / "证书"), *desk.keys, *desk.register, *DAY)
    assert Path(made["pdf"]).read_bytes().startswith(b"%PDF")
    status = str(desk.folder / "status.jwt")
    desk("status", "--out", status, *desk.keys, *desk.register, *DAY)
    check = ["verify", made["credential"], "--trusted", str(desk.folder / "keys"), *DAY]
    assert desk(*check, "--status", status)["outcome"] == "valid"
    assert desk(*check, code=1)["outcome"] == "status older than 30 days"
    desk("revoke", "kh0001", "--reason", "虚假记录查实", "--on", "2026-07-01", *desk.register)
    desk("status", "--out", status, *desk.keys, *desk.register, *DAY)
    assert desk(*check, "--status", status, code=1)["outcome"] == "revoked"

    head = str(desk.folder / "head.jwt")
    desk("checkpoint", "--out", head, *desk.keys, *desk.register, *DAY)
    report = desk("audit", "--checkpoint", head, "--trusted", str(desk.folder / "keys"), *desk.register)
    assert (report["ok"], report["first"]) == (True, None)
    assert desk("export", str(desk.folder / "e.jsonl"), *desk.register)["people"] == 16
    assert desk("xapi", str(desk.folder / "x.jsonl"), *desk.register)["statements"] == report["events"]
    assert desk("erase", "kh0016", *desk.register, code=1)["erased"] is False
    desk("erase", "kh0016", "--yes", *desk.register)
    assert desk("audit", *desk.register)["ok"] is True
    assert {"roster", "award", "show", "certificate", "erase", "revoke"} <= {
        note["action"] for note in desk("access", *desk.register)["notes"]
    }


def test_what_people_read_is_chinese_and_says_what_is_missing(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)

    text = desk.text("decide", *desk.papers, *desk.register, *DAY)

    assert "还差" in text
    assert "指导案例：通过评审的指导案例 0 个，要 1 个" in text
    assert "缺考" in text


def test_what_if(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    who = ["--person", "kh0008"]

    before = desk("decide", *desk.papers, *desk.register, *DAY, *who)["people"][0]
    after = desk("decide", *desk.papers, *desk.register, *DAY, *who, "--what-if", "kh0008:theory=90")[
        "people"
    ][0]

    assert "theory" in {gap["what"] for gap in before["missing"]}
    assert "theory" not in {gap["what"] for gap in after["missing"]}


@pytest.mark.parametrize("words", ["初级理论", "junior.theory", "初级客户经理.理论"])
def test_what_if_about_the_paper_of_one_level(desk: Desk, words: str) -> None:
    """A paper is of one level: passing the junior one must not look like passing all three."""
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)

    def theory(text: str) -> list[float | None]:
        given = ("--person", "kh0008", "--what-if", f"kh0008:{text}=61")
        (one,) = desk("decide", *desk.register, *DAY, *given)["people"]
        return [
            part["score"] for level in one["levels"] for part in level["parts"] if part["part"] == "theory"
        ]

    assert theory(words) == [61.0, None, None]
    assert theory("理论") == [61.0, 61.0, 61.0]


def test_a_byte_changed_where_nothing_is_read_is_found_by_the_signed_head(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("keys", "--name", "示范公司", *desk.keys)
    head = desk.folder / "head.jwt"
    desk("checkpoint", "--out", str(head), *desk.register, *desk.keys)
    pinned = ("--checkpoint", str(head), "--trusted", desk.keys[1])
    assert desk("audit", *desk.register, *pinned)["ok"]

    place = Path(desk.register[1])
    data = bytearray(place.read_bytes())
    data[80] ^= 1  # reserved in the header of SQLite
    place.write_bytes(data)

    assert desk("audit", *desk.register)["ok"], "nothing that is recorded was touched"
    told = desk("audit", *desk.register, *pinned, code=1)
    assert "有字节与签登记头时不同" in told["first"]["what"]


def test_a_sheet_with_sales_columns_is_used_without_them_and_says_so(desk: Desk) -> None:
    rows = [["工号", "考核期", "客户服务满意度", "销量完成率"], ["kh0001", "2026Q1", 95, 120]]
    path = excel(desk.folder / "带销量.xlsx", rows)

    found = desk("decide", "--table", str(path), *desk.register, *DAY, code=1)

    assert "293 号文件" in found["refused"][0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["roster", "没有.xlsx"], "打不开"),
        (["decide", "--today", "明天"], "像 2026-03-01 的日期"),
        (["decide", "--what-if", "kh1:luck=9"], "像 kh0001:skill=80"),
        (["decide", "--person", "kh9"], "名册或材料里的工号"),
        (["decide", "--policy", "没有.toml"], "等级办法文件"),
        (["decide", "--course", "没有"], "没有这个文件夹"),
        (["show"], "没有这个文件"),
        (["audit"], "没有这个文件"),
        (["keys", "--keys", "k"], "签发单位的名称"),
        (["verify", "没有.jwt", "--trusted", "没有"], "没有这个文件"),
        (["rank", "chief", "--vacancies", "1"], "junior、intermediate、senior"),
        (["correct", "kh1", "abcdef", "--reason", "x", "--set", "until"], "像 valid_until=2028-12-31"),
        (["show", "--register", "what://x"], "postgresql+psycopg"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    desk: Desk, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)

    found = desk(*arguments, code=2)

    assert words in found["error"]


def test_garbage_is_altered_not_a_crash(desk: Desk) -> None:
    desk("keys", "--name", "示范公司", *desk.keys)
    for number, data in enumerate([b"", b"\xff\xfe", b"a.b.c", b"{}", b"x" * 100_000]):
        path = desk.folder / f"{number}.jwt"
        path.write_bytes(data)

        found = desk("verify", str(path), "--trusted", str(desk.folder / "keys"), code=1)

        assert found["outcome"] == "altered"


def test_every_command_has_chinese_help_with_an_example() -> None:
    from typer.main import get_command

    group = get_command(build_app()).commands["levels"]  # type: ignore[attr-defined]
    for name, command in group.commands.items():
        text = command.help or ""
        assert "例：" in text, name
        assert f"coursekit levels {name}" in text, name


def test_the_sample_sheets_read_as_hr_sheets(desk: Desk) -> None:
    assert len(read_sheet(desk.sheets.roster, ("staff_id", "name")).rows) == 16


def test_graded_work_counts_and_ungraded_work_is_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, policy: LevelPolicy
) -> None:
    """A plain graded course: 30 of 40 points are 75; what waits for a person is no zero, and exit code 1."""
    from coursekit.grading import records

    course = desk.folder / "班级"
    for student, status, score in (
        ("kh1", "graded", 30.0),
        ("kh2", "needs_review", 10.0),
        ("kh3", "not_run", None),
    ):
        result = records.SubmissionResult(student, status, score, 40.0)  # type: ignore[arg-type]
        records.write(course, "03_figures", records.Record(result, {}, "compatible", sealed=True))
    (course / ".coursekit" / "graded" / "03_figures" / "kh4.json").write_text("{broken", "utf-8")

    from coursekit.certification.coursework import read_course

    pieces = {piece.person: piece for piece in read_course(course)}
    found = desk("decide", "--course", str(course), *desk.register, *DAY, code=1)

    assert (pieces["kh1"].score, pieces["kh2"].score, pieces["kh3"].score) == (75.0, None, None)
    assert (pieces["kh2"].reason, pieces["kh3"].reason) == ("等人复核", "没有评出来")
    assert {one["person"] for one in found["people"]} == {"kh1", "kh2", "kh3"}


def test_a_register_that_is_not_there_is_said_and_looking_makes_none(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the path must not look like a register in which nothing ever happened."""
    asked = [[look, *desk.papers] for look in ("decide", "award")]
    for look in (*asked, ["rank", "初级", *desk.papers], ["roster", str(desk.sheets.roster)]):
        run(["levels", *look, *desk.register, *DAY])
        assert "没有登记库" in capsys.readouterr().err
        assert not (desk.folder / "levels.db").exists()

    run(["levels", "award", *desk.papers, *desk.register, *DAY, "--yes"])

    assert "新建一个" in capsys.readouterr().err
    assert (desk.folder / "levels.db").is_file()


def test_the_notes_of_access_hold_register_ids_only(desk: Desk) -> None:
    """A staff id in the sealed notes could never be erased."""
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("decide", *desk.papers, *desk.register, *DAY, "--person", "kh0004")
    desk("award", *desk.papers, *desk.register, *DAY, "--person", "kh0004", code=1)

    notes = desk("access", "kh0004", *desk.register)["notes"]

    assert [note["action"] for note in notes] == ["decide", "decide", "roster"]
    assert all(note["person"].startswith("p-") for note in notes)


def test_show_says_what_a_level_rests_on_and_what_a_correction_changed(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("award", *desk.papers, *desk.register, *DAY, "--person", "kh0004", "--yes")
    given = desk("show", "kh0004", *desk.register, *DAY)
    promoted = given["events"][-1]
    assert set(promoted["evidence"]) <= {piece["digest"] for piece in given["evidence"]}
    text = desk.text("show", "kh0004", *desk.register, *DAY)
    assert text.count("依据：") == len(promoted["evidence"]) > 0
    assert "成绩.xlsx" in text
    assert "业绩 客户服务满意度" in text, "indicators by the name people know"

    event = desk("show", "kh0001", *desk.register, *DAY)["events"][0]["event_id"][:8]
    more = ["--set", "level=中级", "--set", "valid_until=2028-12-31", "--reason", "录错"]
    desk("correct", "kh0001", event, *more, "--on", "2026-06-30", *desk.register)

    last = desk.text("show", "kh0001", *desk.register, *DAY).splitlines()[-1]
    assert f"更正 {event}（等级改为 中级客户经理、到期日改为 2028-12-31）。录错" in last


def test_what_is_dated_later_has_not_happened_yet(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("demote", "kh0001", "--to", "初级", "--reason", "按决定", "--on", "2026-08-01", *desk.register)

    levels = [
        desk("show", "kh0001", *desk.register, "--today", day)["people"][0]["held"]["level"]
        for day in ("2026-07-31", "2026-08-01")
    ]

    assert levels == ["senior", "junior"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["demote", "kh0001", "--to", "师傅", "--reason", "按决定"], "中级客户经理（intermediate）"),
        (["certificate", "kh0002"], "等级已过期"),
        (["correct", "kh0001", "EVENT", "--set", "reason=丁一录错", "--reason", "录错"], "里面有"),
    ],
)
def test_what_a_clerk_is_told(desk: Desk, command: list[str], message: str) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("keys", "--name", "示范公司", *desk.keys)
    seen = desk("show", "kh0001", *desk.register)
    event, name = seen["events"][0]["event_id"], seen["people"][0]["name"]
    words = [word.replace("EVENT", event).replace("丁一", name) for word in command]
    where = (
        [*desk.register, *desk.keys, "--today", "2099-01-01"]
        if command[0] == "certificate"
        else desk.register
    )

    assert message in desk(*words, *where, code=2)["error"]


def test_an_empty_complete_roster_makes_nobody_leave(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    empty = desk.folder / "空.csv"
    empty.write_text("工号,姓名\n", "utf-8")

    assert "至少一个人" in desk("roster", str(empty), "--complete", *desk.register, code=2)["error"]


def test_the_page_to_print_is_no_credential(desk: Desk) -> None:
    pdf = desk.folder / "证书.pdf"
    pdf.write_bytes(b"%PDF-1.7 ")
    desk("keys", "--name", "示范公司", *desk.keys)

    found = desk("verify", str(pdf), "--trusted", str(desk.folder / "keys"), code=2)

    assert "请给与它一起发的 .jwt 文件" in found["error"]


def test_who_leaves_with_a_level_is_named_and_goes_on_a_day(desk: Desk, policy: LevelPolicy) -> None:
    """Without a day of leaving nobody would ever be due for erasure."""
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    rows = "工号,姓名,状态\nkh0001,安然,离岗\nkh0003,常乐,内退\n"
    sheet = desk.folder / "变动.csv"
    name = {one["person"]: one["name"] for one in desk("show", *desk.register)["people"]}
    sheet.write_text(rows.replace("安然", name["kh0001"]).replace("常乐", name["kh0003"]), "utf-8")

    seen = desk("roster", str(sheet), "--apply", *desk.register, *DAY)

    assert "kh0001 离岗，高级客户经理有效到" in "".join(seen["notices"])
    assert "kh0003 的状态「内退」当作在岗" in "".join(seen["notices"])
    with Register(desk.folder / "levels.db") as book:
        later = add_months(date(2026, 6, 30), policy.retention.left_months.value)
        assert [one.staff_id for one in due_for_erasure(book, policy, later)] == ["kh0001"]
    assert desk("roster", str(sheet), *desk.register, "--today", "2026-07-30")["changes"] == []


def test_an_erased_person_in_post_is_no_longer_assessed(desk: Desk) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("erase", "kh0003", "--yes", *desk.register)

    people = desk("decide", *desk.papers, *desk.register, *DAY, "--person", "kh0004")["people"]
    overview = review(desk.register[1], date(2026, 6, 30))[1]

    assert len(people) == 1
    assert len(overview.people) == 15


def test_a_change_for_somebody_with_a_certificate_asks_for_a_new_status_list(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("keys", "--name", "示范公司", *desk.keys)
    desk("certificate", "kh0001", "--out", str(desk.folder), *desk.register, *desk.keys, *DAY)

    said = []
    for who in ("kh0001", "kh0004"):
        run(["levels", "revoke", who, "--reason", "查实", "--on", "2026-06-30", *desk.register])
        said.append("重新生成状态表" in capsys.readouterr().err)

    assert said == [True, False]


def test_a_level_that_the_policy_no_longer_knows_is_named(desk: Desk, tmp_path: Path) -> None:
    """Its code was changed in the file; nobody is judged, asked about or certified by guesswork."""
    from coursekit import resources

    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)
    desk("keys", "--name", "示范公司", *desk.keys)
    other = tmp_path / "other.toml"
    other.write_text(
        resources.policy("levels").read_text("utf-8").replace("[levels.senior", "[levels.top"), "utf-8"
    )
    rules = ("--policy", str(other))
    certificate = ("certificate", "kh0001", "--out", str(desk.folder), *desk.keys, *DAY)

    for command in (("decide", *DAY), ("award", *DAY), certificate, ("demote", "kh0001", "--reason", "查实")):
        told = desk(*command, *desk.register, *rules, code=2)["error"]
        assert "里面有登记着的等级 senior" in str(told), command
    assert desk("show", "kh0001", *desk.register, *rules, *DAY)["people"][0]["held"]["level"] == "senior"


def test_a_day_to_come_is_asked_about(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk("roster", str(desk.sheets.roster), "--apply", *desk.register, *DAY)

    run(["levels", "revoke", "kh0004", "--reason", "查实", "--on", "2926-06-30", *desk.register])

    assert "2926-06-30 还没到" in capsys.readouterr().err
