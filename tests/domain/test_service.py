"""Service: the emergency table, deadlines of two companies kept apart, satisfaction without made-up points."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from coursekit.domain import datasets, policy, service
from coursekit.errors import DomainError

# --- emergencies --------------------------------------------------------------------------------------


UNSAID = ("weather.order_day", "weather.flood", "weather.restored")  # S0-103…105 name nobody who decides


@pytest.mark.parametrize("code", UNSAID)
def test_nobody_is_made_to_decide_where_the_plan_names_nobody(code: str) -> None:
    assert service.respond(*code.split(".")).decides == ""


@pytest.mark.parametrize("code", service.event_codes())
def test_every_case_says_who_decides_what_is_done_and_on_whose_word(code: str) -> None:
    found = service.respond(*code.split("."))
    assert found.name
    assert found.decides or code in UNSAID
    assert found.action
    assert found.sources[0].startswith("S0-")
    assert all(source.startswith("S0-") or source == "typical" for source in found.sources)


@pytest.mark.parametrize(
    "code", [code for code in service.event_codes() if "typical" in service.respond(*code.split(".")).sources]
)
def test_what_the_plan_does_not_say_is_marked_as_ours_and_told(code: str) -> None:
    assert any(
        word in policy.load("service").entry(f"emergency.{code}").note for word in ("推定", "教学约定")
    )


def test_few_and_most_differ_in_who_decides_and_how_people_are_told() -> None:
    few, most = service.respond("weather", "few"), service.respond("weather", "most")
    assert few.decides != most.decides
    assert "逐户" in few.channel
    assert "电台" in most.channel


@pytest.mark.parametrize(
    ("kind", "tight", "law", "price", "code"),
    [
        ("planned", False, True, True, "demand.planned"),
        ("special", False, True, True, "demand.special"),
        ("consumer", False, False, False, "demand.consumer"),
        ("planned", True, True, True, "demand.refused"),
        ("consumer", True, True, True, "demand.refused"),
        ("planned", False, False, True, "demand.refused"),
        ("special", False, True, False, "demand.refused"),
    ],
)
def test_who_gets_a_temporary_replenishment(
    kind: str, tight: bool, law: bool, price: bool, code: str
) -> None:
    assert service.respond_to_demand(kind, tight, law, price).code == code


@pytest.mark.parametrize(("event", "scope"), [("weather", "all"), ("demand", "funeral"), ("", "")])
def test_a_case_the_plan_does_not_have_is_not_guessed(event: str, scope: str) -> None:
    with pytest.raises(DomainError, match=r"weather\.few"):
        service.respond(event, scope)


def test_every_shipped_event_has_its_answer() -> None:
    events = datasets.load("events")
    answers = service.respond_to_all(events)
    assert len(answers) == len(events)
    refused = events[(events["stock"].isin(["tight", "controlled"])) | events["law_abiding"].eq(False)]
    assert (answers.set_index("event_id").loc[refused["event_id"], "code"] == "demand.refused").all()


@pytest.mark.parametrize(
    ("change", "told"),
    [({"stock": "rare"}, "stock"), ({"law_abiding": None}, "law_abiding"), ({"scope": "funeral"}, "planned"),
     ({"type": "quake"}, "事件"), ({"event_id": None}, "event_id")],
)  # fmt: skip
def test_an_event_that_cannot_be_answered_is_named(change: dict[str, object], told: str) -> None:
    event = {"event_id": "E1", "type": "demand", "scope": "planned", "stock": "normal", "law_abiding": True,
             "clear_price": True}  # fmt: skip
    with pytest.raises(DomainError, match=rf"第 1 行.*{told}"):
        service.respond_to_all(pd.DataFrame([event | change]))


def test_an_unknown_demand_is_told() -> None:
    with pytest.raises(DomainError, match="planned"):
        service.respond_to_demand("funeral", False, True, True)


# --- complaints and call-backs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "kind", "approved", "due"),
    [
        ("2024-05-06", "ordinary", False, "2024-05-07"),
        ("2024-05-10", "一般", False, "2024-05-11"),  # a Saturday that is worked
        ("2024-05-11", "一般", False, "2024-05-13"),
        ("2024-05-06", "larger", False, "2024-05-09"),
        ("2024-05-06", "special", True, "2024-05-14"),  # the 11th is worked
        ("2024-05-06", "special", False, "2024-05-09"),  # without approval no longer limit
        ("2024-09-30", "ordinary", False, "2024-10-08"),
    ],
)
def test_due_days_follow_working_days(opened: str, kind: str, approved: bool, due: str) -> None:
    assert service.complaint_due(dt.date.fromisoformat(opened), kind, approved) == dt.date.fromisoformat(due)


def test_an_unknown_class_is_told() -> None:
    with pytest.raises(DomainError, match="一般、较大、特殊"):
        service.complaint_due(dt.date(2024, 5, 6), "严重")


CASE = pd.DataFrame(
    {
        "id": ["T1"],
        "opened": pd.to_datetime(["2024-05-06 16:00"]),
        "class": ["一般"],
        "approved": [False],
        "closed": pd.to_datetime(["2024-05-07 09:00"]),
    }
)
DAY = dt.date(2024, 5, 20)


@pytest.mark.parametrize(
    ("closed", "as_of", "status"),
    [
        ("2024-05-07 23:59", DAY, "按时"),
        ("2024-05-08 00:01", DAY, "超时"),
        (None, dt.date(2024, 5, 7), "在办"),
        (None, dt.date(2024, 5, 8), "在办已超时"),
    ],
)
def test_status_of_a_complaint(closed: str | None, as_of: dt.date, status: str) -> None:
    table = CASE.assign(closed=pd.to_datetime([closed]))
    assert service.check_complaints(table, as_of)["status"].tolist() == [status]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"closed": pd.to_datetime(["2024-05-05"])}, "不早于受理时间"),
        ({"closed": pd.to_datetime(["2024-06-05"])}, "不晚于 2024-05-20"),
        ({"opened": pd.to_datetime(["2025-01-01"])}, "不晚于 2024-05-20"),
        ({"opened": pd.to_datetime([None])}, "opened"),
        ({"class": ["小"]}, "class"),
        ({"approved": [None]}, "approved"),
        ({"id": [None]}, "id"),
    ],
)
def test_an_impossible_complaint_is_named(change: dict[str, object], told: str) -> None:
    with pytest.raises(DomainError, match=rf"第 1 行.*{told}"):
        service.check_complaints(CASE.assign(**change), DAY)


def test_the_shipped_complaints_have_fourteen_late_ones() -> None:
    table = datasets.load("complaints")
    result = service.check_complaints(table, dt.date(2025, 6, 30))
    assert result["status"].value_counts().to_dict() == {"按时": 106, "超时": 14}


def test_callbacks_are_counted_in_hours_and_for_key_customers_only() -> None:
    asked = pd.to_datetime(["2024-05-03 17:00"] * 4)
    called = pd.to_datetime(["2024-05-04 17:00", "2024-05-04 17:01", None, None])
    table = pd.DataFrame(
        {"id": list("abcd"), "key": [True, True, True, False], "opened": asked, "called_back": called}
    )
    result = service.check_callbacks(table)
    assert result["id"].tolist() == ["a", "b", "c"]
    assert result["in_time"].tolist()[:2] == [True, False]
    assert pd.isna(result["in_time"].iloc[2])
    with pytest.raises(DomainError, match="早 1 小时"):
        service.check_callbacks(table.assign(called_back=asked - pd.Timedelta(hours=1)))


def test_the_shipped_callbacks_have_four_late_ones() -> None:
    assert (service.check_callbacks(datasets.load("complaints"))["in_time"] == False).sum() == 4  # noqa: E712


@pytest.mark.parametrize("asked", [None, dt.date(2024, 5, 1), pd.NaT])
def test_a_callback_needs_a_time(asked: object) -> None:
    with pytest.raises(DomainError, match="时刻"):
        service.callback_due(asked)  # type: ignore[arg-type]


# --- satisfaction -------------------------------------------------------------------------------------


def test_both_tails_of_the_seven_scores() -> None:
    table = pd.DataFrame(
        {
            "resp_id": [1, 2],
            "quality": ["合格", "不合格"],
            "service": ["不好", "恶劣"],
            "reputation": ["知道", "不知道"],
        }
    )
    scores, unread = service.score_satisfaction(table)
    assert scores[["quality", "service", "reputation"]].to_numpy().tolist() == [[60, 30, 60], [50, 0, 50]]
    assert unread.empty


def test_what_cannot_be_read_is_listed_and_never_zero() -> None:
    table = pd.DataFrame(
        {
            "resp_id": [1, 2],
            "quality": ["良好", "优良"],
            "service": [None, "优良"],
            "reputation": ["驰名", " 驰名 "],
        }
    )
    scores, unread = service.score_satisfaction(table)
    assert scores["mean"].isna().tolist() == [True, False]
    assert list(zip(unread["question"], unread["why"], strict=True)) == [
        ("quality", "不是七个标签之一"),
        ("service", "没有作答"),
    ]
    summary = service.summarize(scores)
    assert summary.loc["服务态度"].tolist() == [90, 1, 1]


def test_the_shipped_answers_are_read_or_listed() -> None:
    table = datasets.load("satisfaction")
    scores, unread = service.score_satisfaction(table)
    read = scores[list(service.QUESTIONS)].notna().sum().sum()
    assert read + len(unread) == 3 * len(table)
    assert 0 < len(unread) < 0.1 * 3 * len(table)


def test_a_question_nobody_answered_has_no_mean() -> None:
    scores = pd.DataFrame({q: [None] for q in service.QUESTIONS})
    with pytest.raises(DomainError, match="至少一个"):
        service.summarize(scores)


def test_a_province_with_its_own_limits() -> None:
    rules = policy.load("service").replace(complaint_days__ordinary=2, callback__hours=48)
    assert service.complaint_due(dt.date(2024, 5, 6), "一般", rules=rules) == dt.date(2024, 5, 8)
    assert service.callback_due(dt.datetime(2024, 5, 6, 8), rules) == dt.datetime(2024, 5, 8, 8)
