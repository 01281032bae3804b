"""What HR does at the desk with words and numbers of its own: what if, ranking, an appeal that succeeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from coursekit import resources
from coursekit.certification.policy import LevelPolicy
from coursekit.cli import run
from tests.certification.test_sheets import excel

DAY = ["--today", "2026-06-30"]
Desk = Callable[..., dict[str, Any]]


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, policy: LevelPolicy
) -> Desk:
    """Four intermediates ready for senior: two equal, one below them, one without a paper."""
    monkeypatch.setenv("COURSEKIT_ACTOR", "hr02")
    monkeypatch.setenv("COURSEKIT_REGISTER", str(tmp_path / "levels.db"))
    monkeypatch.chdir(tmp_path)
    text = resources.policy("levels").read_text("utf-8")
    old = '[levels.senior.promotion]\nmode = { value = "score"'
    new = '[levels.senior.promotion]\nvacancies = { value = 1, source = "employer" }\nmode = { value = "rank"'
    (tmp_path / "赛马.toml").write_text(text.replace(old, new), "utf-8")
    ids = ["0101", "0102", "0103", "0104"]
    head = ["工号", "姓名", "部门", "入岗日期", "现等级", "取得日期", "有效期至"]
    who = [[one, f"子{one[-1]}", "一部", "2012-01-01", "中级", "2023-01-01", "2026-12-31"] for one in ids]
    excel(tmp_path / "名册.xlsx", [head, *who])
    rows: list[Sequence[object]] = [
        ["工号", "日期", "等级", "项目", "理论成绩", "技能成绩", "年度考核", "指导案例"]
    ]
    for one, theory in zip(ids, (90, 90, 88, None), strict=True):
        rows.append([one, "2026-05-01", "高级", "卷", theory])
        rows += [[one, "2026-05-02", None, f"练{n}", None, 88] for n in range(3)]
        rows.append([one, "2026-01-15", None, None, None, None, "优秀", "案例甲"])
    excel(tmp_path / "成绩.xlsx", rows)
    titles = [str(one.title.value) for one in policy.indicators.values()]
    kpi = [[one, quarter, *[95] * len(titles)] for one in ids for quarter in ("2026Q1", "2026Q2")]
    excel(tmp_path / "业绩.xlsx", [["工号", "考核期", *titles], *kpi])

    def call(*arguments: str, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        found = run(["levels", *arguments, "--json"])
        out = capsys.readouterr().out
        assert found == code, out
        return dict(json.loads(out))

    call("roster", "名册.xlsx", "--apply", *DAY)
    return call


SHEETS = ["--table", "成绩.xlsx", "--table", "业绩.xlsx", *DAY]
RANK = ["rank", "高级", "--policy", "赛马.toml", *SHEETS]


def level(desk: Desk, who: str, day: str = "2026-07-01") -> str:
    return str(desk("show", who, "--today", day)["people"][0]["held"]["level"])


def outcomes(found: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(one["person"], one["place"], one["outcome"]) for one in found["places"]]


def test_by_rank_nobody_rises_before_a_person_settles_the_tie(desk: Desk) -> None:
    assert desk("award", "--policy", "赛马.toml", *SHEETS, "--yes")["events"] == [], (
        "reached, but given by rank"
    )
    seen = desk(*RANK, code=1)
    assert outcomes(seen) == [("0101", 1, "tied"), ("0102", 1, "tied"), ("0103", 3, "out")]
    assert desk(*RANK, "--yes", code=1)["events"] == []

    given = desk(*RANK, "--choose", "0102", "--yes")["events"]

    assert [(one["kind"], one["level"], one["rank"]) for one in given] == [("promote", "senior", 3)]
    assert "按名额排名第 1 名" in given[0]["reason"]
    assert given[0]["evidence"]
    assert (level(desk, "0101"), level(desk, "0102")) == ("intermediate", "senior")
    assert desk("audit")["ok"] is True


def test_asking_twice_gives_no_place_twice(desk: Desk) -> None:
    assert len(desk(*RANK, "--vacancies", "2", "--yes")["events"]) == 2

    again = desk(*RANK, "--vacancies", "2", "--yes")

    assert again["events"] == []
    assert outcomes(again) == [("0103", 1, "out")]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--choose", "0103"], "同分待定的人"),
        (["--choose", "0101", "--choose", "0102"], "1 个人"),
        (["--vacancies=-1"], "看到的是-1"),
        (["--vacancies", "2", "--choose", "0101"], "没有"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(desk: Desk, more: list[str], words: str) -> None:
    assert words in desk(*RANK, *more, "--yes", code=2)["error"]
    assert level(desk, "0101") == "intermediate"


@pytest.mark.parametrize("text", ["0104:theory=85", "0104：理论=85", "０１０４：theory＝85"])
def test_what_if_in_the_words_of_hr(desk: Desk, text: str) -> None:
    found = desk("decide", *SHEETS, "--person", "0104", "--what-if", text)["people"][0]

    assert (found["action"], found["level"]) == ("promote", "senior")


def test_what_if_about_nobody_is_refused(desk: Desk) -> None:
    assert "9999" in desk("decide", *SHEETS, "--what-if", "9999:theory=85", code=2)["error"]


def test_an_appeal_that_succeeds_is_not_undone_by_the_next_decision(desk: Desk, tmp_path: Path) -> None:
    """A voided demotion takes its breach along: no second demotion for it, and no bar."""
    excel(tmp_path / "红线.xlsx", [["工号", "日期", "红线"], ["0101", "2026-06-10", "强行搭配"]])
    given = desk("award", "--table", "红线.xlsx", *DAY, "--person", "0101", "--yes")["events"][0]
    assert given["kind"] == "demote"
    opened = desk(
        "appeal", "0101", given["event_id"][:8], "--reason", "对查实结论有疑问", "--on", "2026-07-02"
    )
    case = opened["event"]["event_id"]
    desk("appeal", "0101", case[:8], "--decide", "upheld", "--reason", "证据不足", "--on", "2026-07-05")
    desk(
        "correct",
        "0101",
        given["event_id"],
        "--set",
        "void=true",
        "--reason",
        "申诉成立",
        "--on",
        "2026-07-05",
    )

    after = desk("decide", "--person", "0101", "--table", "红线.xlsx", "--today", "2026-07-06")["people"][0]

    assert level(desk, "0101", "2026-07-06") == "intermediate"
    assert after["action"] == "keep"
    assert "red_line" not in {gap["what"] for gap in after["missing"]}


def test_a_refusal_names_the_person_as_hr_knows_them(desk: Desk) -> None:
    desk("lapse", "0101", "--reason", "调离", "--on", "2026-07-01")

    error = desk("lapse", "0101", "--reason", "调离", "--on", "2026-07-02", code=2)["error"]

    assert "子1（0101）" in error
    assert "p-" not in error
