"""The levels report: its tables, its Excel, its page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import nbformat
import openpyxl
import pytest

from coursekit import reports
from coursekit.certification.assessment import assess_all, record
from coursekit.certification.filters import PeopleFilter
from coursekit.certification.gather import gather
from coursekit.certification.manual import Order, carry_out
from coursekit.certification.overview import QUARTERS, Overview
from coursekit.certification.people import change_people, find_person
from coursekit.certification.policy import LevelPolicy, parse_policy
from coursekit.certification.register import Register
from coursekit.certification.review import review
from coursekit.certification.roster import apply_roster, plan_roster, read_roster
from coursekit.certification.sample import write_sample
from coursekit.console.served import write_levels
from coursekit.grading.workbook import write_workbook

DAY = date(2026, 6, 30)
HR = ("hr01", "评定")


@pytest.fixture
def filled(sqlite_register: Register, policy: LevelPolicy, tmp_path: Path) -> Register:
    people = [(f"kh{number:04d}", f"某{number}") for number in range(1, 17)]
    sheets = write_sample(tmp_path / "hr", people, policy, DAY)
    rows, _ = read_roster(sheets.roster, policy, DAY)
    apply_roster(sqlite_register, plan_roster([], rows, None), policy, HR)
    with sqlite_register.writing() as connection:
        known = find_person(connection, "kh0004").person
        change_people(connection, {known: {"name": "=HYPERLINK(1)"}})
    pieces = gather(policy, [], [sheets.scores, sheets.kpi]).pieces
    record(sqlite_register, policy, assess_all(sqlite_register, policy, pieces, DAY), HR)
    return sqlite_register


@pytest.fixture
def overview(filled: Register) -> Overview:
    return review(filled.url, DAY)[1]


def test_the_mix_adds_up(overview: Overview) -> None:
    assert overview.mix["人数"].sum() == 16
    assert overview.mix["占比（%）"].sum() == pytest.approx(100, abs=0.05)
    assert len(overview.people) == 16


def test_pass_rates_add_up_in_every_group(overview: Overview) -> None:
    table = overview.passing
    for _by, group in table.groupby("分组"):
        for _part, rows in group.groupby("部分"):
            assert rows[["通过", "不够", "没有证据"]].to_numpy().sum() == 16


def test_a_missing_part_is_no_failure(overview: Overview) -> None:
    """The rate is of those with evidence; without any there is none."""
    for row in overview.passing.itertuples(index=False):
        judged = row[3] + row[4]
        assert (row[6] is None or row[6] != row[6]) == (judged == 0)


def test_an_exceeded_cap_is_said(filled: Register, tmp_path: Path) -> None:
    from coursekit import resources

    text = (
        resources.policy("levels")
        .read_text("utf-8")
        .replace("# [levels.senior.quota]", "[levels.senior.quota]")
    )
    text = text.replace("# share = ", "share = ")
    parse_policy(text)
    path = tmp_path / "levels.toml"
    path.write_text(
        text.replace(
            'value = 15, unit = "%", source = "employer"', 'value = 5, unit = "%", source = "employer"'
        ),
        "utf-8",
    )

    notes = review(filled.url, DAY, path)[1].quota_notes

    assert len(notes) == 1
    assert "超过上限 5%" in notes[0]


def test_the_excel_has_the_rows_behind_each_figure(overview: Overview, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(overview.tables(), tmp_path / "levels.xlsx"))

    assert book.sheetnames == list(overview.tables())
    assert book["每个人"].max_row == 17
    shown = [cell for row in book["每个人"].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert shown
    assert all(cell.data_type == "s" for cell in shown), "a name is never a formula"


def test_every_event_of_the_last_two_years_stands_behind_the_movements(
    filled: Register, policy: LevelPolicy
) -> None:
    given = carry_out(filled, policy, Order("revoke", "kh0001", date(2026, 6, 9), "hr01", "虚假记录查实"))
    void = Order(
        "correct",
        "kh0001",
        date(2026, 6, 12),
        "hr01",
        "查错了人",
        target=given.event_id,
        changes={"void": True},
    )
    carry_out(filled, policy, void)

    seen = review(filled.url, DAY)[1]

    listed = seen.events.frame()
    shown = seen.movements.set_index("季度").tail(QUARTERS)
    assert len(shown) == QUARTERS, "quarters without any event included"
    for quarter, counts in shown.iterrows():
        rows = listed[listed["季度"] == quarter]["变动"].value_counts()
        assert {kind: n for kind, n in counts.items() if n} == rows.to_dict()
    mine = listed[listed["工号"] == "kh0001"].set_index("变动")
    assert mine.loc["撤销", "作废"] == "已作废"
    assert mine.loc["更正", "改了什么"] == "作废"


def test_last_years_figure_has_its_rows(filled: Register, policy: LevelPolicy) -> None:
    """In post by name, gone by register id."""
    with filled.writing() as connection:
        person = find_person(connection, "kh0002").person
        change_people(connection, {person: {"status": "left", "left_on": date(2026, 6, 1)}})

    seen = review(filled.url, DAY)[1]

    then = seen.mix.set_index("等级")["去年同日"].dropna()
    rows = [*seen.people.frame()["去年同日"], *seen.gone.frame()["去年同日"]]
    assert {level: rows.count(level) for level in then.index} == then.to_dict()
    assert sum(then) > 0
    assert list(seen.gone.frame()["登记号"]) == [person]


def test_what_happens_after_the_day_has_not_happened_yet(filled: Register, policy: LevelPolicy) -> None:
    """A report for the last day of a quarter is the same when it is made weeks later."""
    before = review(filled.url, DAY)[1]
    carry_out(filled, policy, Order("revoke", "kh0001", date(2026, 7, 9), "hr01", "虚假记录查实"))

    after = review(filled.url, DAY)[1]
    later = review(filled.url, date(2026, 7, 9))[1]

    assert after.mix.equals(before.mix)
    assert after.people.frame().equals(before.people.frame())
    assert after.movements.equals(before.movements)
    assert later.people.frame().set_index("工号").loc["kh0001", "现等级"] == "无等级"
    assert later.mix["人数"].sum() == before.mix["人数"].sum()


def test_an_empty_register_has_a_report(sqlite_register: Register, tmp_path: Path) -> None:
    _policy, seen = review(sqlite_register.url, DAY)

    assert seen.mix["人数"].sum() == 0
    write_workbook(seen.tables(), tmp_path / "levels.xlsx")


def test_the_page_opens_alone(filled: Register, tmp_path: Path) -> None:
    """One file, Chinese plots in it, no code, no other host."""
    parameters = {"register": filled.url, "today": DAY.isoformat(), "excel": str(tmp_path / "levels.xlsx")}

    html = reports.run("levels", parameters, tmp_path / "levels.html").read_text("utf-8")

    assert "客户经理等级报告" in html
    assert html.count("<figure>") >= 5
    assert "import " not in html
    assert (tmp_path / "levels.xlsx").is_file()


def test_the_filter_shows_the_rows_asked_for(overview: Overview) -> None:
    shown = PeopleFilter(overview)
    assert shown.count.value == "<p>16 人</p>"

    shown.choices["现等级"].value = "高级客户经理"

    expected = int((overview.people.frame()["现等级"] == "高级客户经理").sum())
    assert shown.count.value == f"<p>{expected} 人</p>"
    assert shown.table.value.count("<tr>") == expected


def test_the_page_to_filter_runs(filled: Register, tmp_path: Path) -> None:
    """The notebook that Voila serves runs to its end and shows the drop-downs."""
    from nbclient import NotebookClient

    path = write_levels(tmp_path / "page.ipynb", filled.url, {"today": DAY.isoformat()})
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3")
    client.km = client.create_kernel_manager()
    client.km.transport = "ipc"
    client.execute()

    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in shown)


def test_hr_opens_dates_as_dates_ids_as_text_and_wide_columns(overview: Overview, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(overview.tables(), tmp_path / "levels.xlsx"))
    sheet = book["每个人"]
    heads = {cell.value: cell.column_letter for cell in sheet[1]}

    ids = [sheet[f"{heads['工号']}{row}"] for row in range(2, 18)]
    ends = [sheet[f"{heads['到期日']}{row}"] for row in range(2, 18)]
    assert all((cell.data_type, cell.number_format) == ("s", "@") for cell in ids)
    assert [cell.value for cell in ids] == sorted(cell.value for cell in ids)
    ends = [cell for cell in ends if cell.value is not None]
    assert all(cell.is_date and cell.number_format == "yyyy-mm-dd" for cell in ends)
    assert {cell.value.date() for cell in ends} == set(overview.people.frame()["到期日"].dropna())
    assert sheet.column_dimensions[heads["为什么"]].width > 20
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", f"A1:{sheet.dimensions.split(':')[1]}")
    for name, table in overview.tables().items():
        assert [cell.value for cell in book[name][1]] == list(table.columns), name
        assert book[name].max_row == 1 + len(table), name
