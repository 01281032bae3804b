"""A year in the life of a company of sixteen, as HR lives it (levels at the start: S2-035)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from coursekit.certification.assessment import Assessed, assess_all, record
from coursekit.certification.audit import audit
from coursekit.certification.events import Event
from coursekit.certification.evidence import Evidence
from coursekit.certification.manual import Order, carry_out
from coursekit.certification.months import period_end
from coursekit.certification.overview import Overview
from coursekit.certification.people import find_person, read_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register
from coursekit.certification.review import review
from coursekit.certification.roster import apply_roster, plan_roster, read_roster

HR = ("hr01", "年度评定")
SENIORS = ["安然", "白桦"]
INTERMEDIATES = ["常乐", "丁一", "方圆", "甘霖", "何田", "江帆", "康宁", "林茂", "莫问"]
JUNIORS = ["宁静", "乔木", "任远", "石磊", "田野"]
EVERYBODY = SENIORS + INTERMEDIATES + JUNIORS


class Company:
    """The HR office: its register, its papers, its calendar."""

    def __init__(self, register: Register, policy: LevelPolicy, folder: Path) -> None:
        self.register, self.policy, self.folder = register, policy, folder
        self.id = {name: f"kh{number:04d}" for number, name in enumerate(EVERYBODY, 1)}
        self.papers: list[Evidence] = []

    def roster(self, on: date, rows: list[list[object]], *, complete: bool = False) -> None:
        path = self.folder / f"名册{on}.xlsx"
        book = openpyxl.Workbook()
        book.worksheets[0].append(
            ["工号", "姓名", "部门", "培训师", "入岗日期", "现等级", "取得日期", "有效期至"]
        )
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
        known, _notices = read_roster(path, self.policy, on)
        with self.register.reading() as connection:
            plan = plan_roster(read_people(connection), known, on if complete else None)
        apply_roster(self.register, plan, self.policy, HR)

    def sits(self, name: str, level: str, score: float | None, on: date) -> None:
        reason = "" if score is not None else "缺考"
        self.papers.append(Evidence(self.id[name], "theory", "闭卷", on, score, level, reason=reason))

    def hands_in(self, name: str, score: float, on: date) -> None:
        for item in ("03_figures", "04_stars", "12_store"):
            self.papers.append(Evidence(self.id[name], "skill", item, on, score))

    def quarter(
        self, quarter: int, *, weak: dict[str, float] | None = None, gone: tuple[str, ...] = ()
    ) -> None:
        """Everybody's indicators at 92 %, except for the weak ones."""
        end = period_end(2026, 3 * quarter)
        for name in EVERYBODY:
            if name in gone:
                continue
            value = (weak or {}).get(name, 92.0)
            self.papers += [
                Evidence(self.id[name], "performance", indicator, end, value)
                for indicator in self.policy.indicators
            ]

    def appraises(self, name: str, word: str, on: date) -> None:
        self.papers.append(Evidence(self.id[name], "appraisal", "年度考核", on, grade=word))

    def finds_breach(self, name: str, what: str, on: date) -> None:
        self.papers.append(Evidence(self.id[name], "red_line", what, on))

    def decides(self, on: date) -> dict[str, Assessed]:
        known = {staff_id: name for name, staff_id in self.id.items()}
        return {
            known[str(one.person.staff_id)]: one
            for one in assess_all(self.register, self.policy, self.papers, on)
        }

    def records(self, on: date, names: list[str]) -> list[Event]:
        seen = self.decides(on)
        return record(self.register, self.policy, [seen[name] for name in names], HR)

    def orders(self, kind: str, name: str, on: date, reason: str, **more: object) -> Event:
        order = Order(kind, self.id[name], on, "hr02", reason, **more)  # type: ignore[arg-type]
        return carry_out(self.register, self.policy, order)

    def level(self, name: str) -> str | None:
        with self.register.reading() as connection:
            person = find_person(connection, self.id[name])
        held = self.register.state(person.person).held
        return held.level if held else None

    def events(self, name: str) -> list[Event]:
        with self.register.reading() as connection:
            person = find_person(connection, self.id[name])
        return list(self.register.events(person.person))

    def keeps(self, on: date) -> None:
        """Everybody's papers and indicators go into the register; nobody's level changes."""
        seen = self.decides(on)
        assert record(self.register, self.policy, list(seen.values()), HR) == []

    def report(self, on: date) -> Overview:
        self.keeps(on)
        return review(self.register.url, on)[1]


def people_at(report: Overview) -> tuple[int, int, int, int]:
    """Seniors, intermediates, juniors, people without a level."""
    return tuple(int(number) for number in report.mix["人数"])  # type: ignore[return-value]


def moved(report: Overview, quarter: str) -> dict[str, int]:
    table = report.movements.set_index("季度")
    if quarter not in table.index:
        return {}
    return {kind: int(count) for kind, count in table.loc[quarter].items() if count}


@pytest.fixture
def company(register: Register, policy: LevelPolicy, tmp_path: Path) -> Company:
    return Company(register, policy, tmp_path)


def test_a_year_in_the_life_of_a_company_of_sixteen(company: Company) -> None:
    # ── January: the register is opened with the levels people already hold ──────────────────────
    rows: list[list[object]] = []
    for number, name in enumerate(EVERYBODY):
        title, since, until = "中级", date(2025, 1, 1), date(2026, 12, 31)
        if name in SENIORS:
            title, since, until = "高级", date(2024, 7, 1), date(2027, 6, 30)
        elif name in JUNIORS:
            title, since, until = "初级", date(2025, 3, 1), date(2027, 2, 28)
        if name == "林茂":
            until = date(2026, 5, 31)
        rows.append(
            [
                company.id[name],
                name,
                f"服务{number % 3 + 1}部",
                "周培训师",
                date(2018, 1, 1),
                title,
                since,
                until,
            ]
        )
    company.roster(date(2026, 1, 5), rows)
    for name in EVERYBODY:
        company.appraises(name, "良好", date(2026, 1, 15))
        company.papers.append(Evidence(company.id[name], "onboarding", "岗前培训", date(2018, 6, 1)))

    first = company.report(date(2026, 1, 31))
    assert people_at(first) == (2, 9, 5, 0)
    assert list(first.mix["占比（%）"])[:3] == [12.5, 56.25, 31.25]

    # ── March: the first sitting; 宁静 is five points short in theory, 乔木 did not come ─────────
    company.quarter(1, weak={"江帆": 70.0})
    for name in ("宁静", "乔木"):
        company.hands_in(name, 82, date(2026, 3, 10))
    company.sits("宁静", "intermediate", 55, date(2026, 3, 20))
    company.sits("乔木", "intermediate", None, date(2026, 3, 20))
    company.papers += [
        Evidence(piece.person, "performance", piece.item, date(2025, 12, 31), piece.score)
        for piece in company.papers
        if piece.kind == "performance"
        and piece.on == date(2026, 3, 31)
        and piece.person != company.id["江帆"]
    ]

    april = company.decides(date(2026, 4, 2))
    lacking = {gap.what: gap for gap in april["宁静"].decision.view("intermediate").gaps}
    assert set(lacking) == {"theory"}
    assert (lacking["theory"].short, lacking["theory"].by) == (5.0, date(2026, 9, 30))
    absent = {gap.what: gap for gap in april["乔木"].decision.view("intermediate").gaps}
    assert absent["theory"].kind == "missing", "not having come is not zero"
    assert company.records(date(2026, 4, 2), EVERYBODY) == []

    spring = company.report(date(2026, 4, 5))
    assert people_at(spring) == (2, 9, 5, 0)
    assert "没有证据" in set(spring.gaps.frame()[spring.gaps.frame()["姓名"] == "乔木"]["性质"])
    assert list(spring.expiring.frame()["姓名"]) == ["林茂"]

    # ── May: 宁静 resits the failed part alone and is promoted; the skill part was kept ──────────
    company.sits("宁静", "intermediate", 71, date(2026, 5, 12))
    (event,) = company.records(date(2026, 5, 20), ["宁静"])
    assert (event.kind, event.level, event.valid_until) == ("promote", "intermediate", date(2028, 5, 19))
    assert company.level("宁静") == "intermediate"

    # ── June: 林茂's term ended on the last of May without a sitting: it lapses ──────────────────
    proposal = company.decides(date(2026, 6, 5))["林茂"].decision
    assert (proposal.action, proposal.level) == ("lapse", None)
    company.records(date(2026, 6, 5), ["林茂"])
    assert company.events("林茂")[-1].kind == "lapse", "a lapse is not a demotion"

    # ── July: 江帆 was below the mark for two quarters running and goes down one level ───────────
    company.quarter(2, weak={"江帆": 72.0})
    july = company.decides(date(2026, 7, 10))
    assert july["江帆"].decision.action == "demote"
    (down,) = company.records(date(2026, 7, 10), ["江帆"])
    assert down.level == "junior"
    assert company.decides(date(2026, 7, 11))["江帆"].decision.action == "keep", "not twice for the same"

    summer = company.report(date(2026, 7, 12))
    assert people_at(summer) == (2, 8, 5, 1)
    assert moved(summer, "2026年2季度") == {"晋级": 1, "失效": 1}
    assert moved(summer, "2026年3季度") == {"降级": 1}

    # ── August: the appeal; the second quarter had been entered wrongly, the demotion is voided ──
    opened = company.orders(
        "appeal_opened", "江帆", date(2026, 7, 20), "对二季度数据有疑问", target=down.event_id
    )
    assert company.level("江帆") == "junior", "an appeal alone changes nothing"
    upheld = {"outcome": "upheld"}
    company.orders(
        "appeal_decided", "江帆", date(2026, 8, 3), "核对后数据录错", target=opened.event_id, changes=upheld
    )
    company.orders(
        "correct", "江帆", date(2026, 8, 3), "申诉成立,降级作废", target=down.event_id, changes={"void": True}
    )
    assert company.level("江帆") == "intermediate"
    kinds = [event.kind for event in company.events("江帆")]
    assert kinds == ["award", "demote", "appeal_opened", "appeal_decided", "correct"], "nothing was erased"
    company.papers = [
        piece
        if not (piece.person == company.id["江帆"] and piece.on == date(2026, 6, 30))
        else Evidence(piece.person, piece.kind, piece.item, piece.on, 91.0)
        for piece in company.papers
    ]

    # ── September: 田野 leaves; 林茂 comes back, sits and gets his level again without climbing ──
    company.orders("lapse", "田野", date(2026, 9, 15), "调离本岗位")
    staying = [row for row in rows if row[1] != "田野"]
    company.roster(date(2026, 9, 16), staying, complete=True)
    company.hands_in("林茂", 85, date(2026, 9, 5))
    company.sits("林茂", "intermediate", 78, date(2026, 9, 10))
    (again,) = company.records(date(2026, 9, 20), ["林茂"])
    assert (again.kind, again.level) == ("award", "intermediate")

    # HR typed a wrong year into nothing here; but the term must end with the others, so it is corrected
    company.orders(
        "correct",
        "林茂",
        date(2026, 9, 22),
        "到期日应与同批一致",
        target=again.event_id,
        changes={"valid_until": "2028-06-30"},
    )
    with company.register.reading() as connection:
        back = find_person(connection, company.id["林茂"])
    assert str(company.register.state(back.person).held.until) == "2028-06-30"  # type: ignore[union-attr]

    autumn = company.report(date(2026, 9, 30))
    assert people_at(autumn) == (2, 10, 3, 0)
    assert len(autumn.people) == 15, "the leaver is not counted"
    assert moved(autumn, "2026年3季度") == {
        "授予": 1, "降级": 1, "失效": 1, "更正": 2, "申诉受理": 1, "申诉结论": 1,
    }  # fmt: skip

    # ── November: a senior is found to have made up visit records ────────────────────────────────
    company.quarter(3, gone=("田野",))
    company.finds_breach("白桦", "走访记录弄虚作假", date(2026, 11, 3))
    fallen = company.decides(date(2026, 11, 5))["白桦"].decision
    assert (fallen.action, fallen.level) == ("demote", "intermediate")
    company.records(date(2026, 11, 5), ["白桦"])
    assert company.decides(date(2026, 11, 6))["白桦"].decision.action == "keep"
    barred = company.decides(date(2026, 11, 6))["白桦"].decision.view("senior").gaps
    assert "red_line" in {gap.what for gap in barred}

    # ── December: renewals; two colleagues renew in the window, the report warns of the others ───
    for name in ("常乐", "丁一"):
        company.hands_in(name, 84, date(2026, 11, 10))
        company.sits(name, "intermediate", 80, date(2026, 11, 12))
    renewed = company.records(date(2026, 12, 1), ["常乐", "丁一"])
    assert {(event.kind, event.valid_from, event.valid_until) for event in renewed} == {
        ("renew", date(2027, 1, 1), date(2028, 12, 31))
    }

    winter = company.report(date(2026, 12, 31))
    assert people_at(winter) == (1, 11, 3, 0)
    assert moved(winter, "2026年4季度") == {"续期": 2, "降级": 1}
    lines = winter.people.frame().set_index("姓名")
    assert lines.loc["江帆", "业绩"] == 83.0, (
        "(91 - 50) / 50 and (92 - 50) / 50, the corrected quarter counts"
    )
    assert lines.loc["白桦", ["去年同日", "现等级"]].tolist() == ["高级客户经理", "中级客户经理"]
    assert winter.refreshers == 10, (
        "安然 since 2025-07, and those who neither sat a paper nor are new at a level"
    )
    assert set(winter.expiring.frame()["姓名"]) == {
        "方圆",
        "甘霖",
        "何田",
        "江帆",
        "康宁",
        "莫问",
        "乔木",
        "任远",
        "石磊",
    }
    last_year = dict(zip(winter.mix["等级"], winter.mix["去年同日"], strict=True))
    assert last_year["高级客户经理"] == 2

    # ── and the chain of the whole year holds ────────────────────────────────────────────────────
    assert audit(company.register).faults == ()
