"""D-4 visits: five months of visit plan and visit log, February to June 2024.

Every shop is planned as often as its star asks; about 5 % of the visits are missed (half of them
with a reason), 3 % last less than five minutes, 2 % have no purpose, a few slip to the next working
day, more of them at the end of a month. Questions of shops get a number and stay open until solved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from coursekit.domain.calendar import is_working_day
from coursekit.domain.generators import Row, assumed, customers
from coursekit.domain.generators.draws import Draws

LENGTHS = {2: 29, 3: 31, 4: 30, 5: 31, 6: 30}
MONTHS = tuple((date(2024, month, 1), date(2024, month, days)) for month, days in LENGTHS.items())
WEEKDAYS = {"A": (0, 1), "B": (1, 2), "C": (2, 3), "D": (3, 4), "E": (4, 0)}
STARS = (5, 4, 3, 2, 1, 0)
MORNING, NOON, AFTERNOON = 8 * 60 + 35, 12 * 60, 13 * 60 + 30
PURPOSES = (
    "了解库存和动销", "整理柜台和陈列", "介绍新品", "宣传专卖法规", "明码标价检查", "提醒电子结算存款", "月度需求调查",
    "核对档案", "讲货源和紧俏烟分配办法",
)  # fmt: skip
RESULTS = (
    "已完成", "柜台已理好", "收下新品资料", "愿意试订", "档案已更新", "价签已补齐", "答应按时存款", "需求已登记",
)  # fmt: skip
REASONS = ("客户外出，改约", "店里装修停业", "临时开会", "道路封闭", "大雨改期")
QUESTIONS = (
    "主销品牌常断货",
    "紧俏烟分得少",
    "扣款失败过",
    "想换订货日",
    "价签不够",
    "退换瑕疵烟",
    "网上订货不会用",
)


@dataclass
class Plan:
    """One planned visit, and what became of it."""

    day: date
    shop: Row
    urgent: bool = False
    issue: str | None = None
    purpose: str | None = None
    result: str | None = None


@lru_cache(maxsize=4)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("visits", variant)
    shops = customers.rows(variant)
    plans = [plan for month in MONTHS for plan in _month(draws, shops, month)]
    plans.sort(key=lambda plan: (plan.day, str(plan.shop["addr"]), str(plan.shop["cust_id"])))
    _ask(draws, plans)
    days = _workdays(MONTHS[0][0], MONTHS[-1][1])
    next_day = dict(zip(days, [*days[1:], days[-1]], strict=True))
    by_day: dict[date, list[Plan]] = {day: [] for day in days}
    for plan in plans:
        by_day[plan.day].append(plan)
    made = [row for day in days for row in _day(draws, by_day[day], next_day[day])]
    if variant is not None:
        _set_apart([row for row in made if str(row["date"]) >= MONTHS[-1][0].isoformat()])
    return tuple(made)


def _set_apart(month: list[Row]) -> None:
    """Who counts the missed visits with a reason for those without must not find the same number."""
    missed = [row for row in month if row["planned"] and row["arrive"] is None]
    silent = [row for row in missed if row["reason"] is None]
    if silent and 2 * len(silent) == len(missed):
        silent[0]["reason"] = REASONS[0]


def rows(variant: str | None) -> list[Row]:
    """Planned and urgent visits in order of the day planned."""
    return [dict(row) for row in _made(variant)]


def _workdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def _month(draws: Draws, shops: list[Row], month: tuple[date, date]) -> list[Plan]:
    """Days of all visits of one month: spread over the month, on the days of the line, evenly."""
    days = _workdays(*month)
    load = Counter(dict.fromkeys(days, 0))
    plans = []
    times = dict(zip(STARS, assumed.value("visits.per_month"), strict=True))
    for shop in draws.shuffled(shops):
        if shop["star"] == 0 and month[0].month < 6:
            continue  # not yet a customer
        count = times[int(str(shop["star"]))]
        for k in range(count):
            window = days[k * len(days) // count : (k + 1) * len(days) // count]
            if shop["star"] == 0:
                window = [day for day in window if day >= date(2024, 6, 18)]
            usual = (*WEEKDAYS[str(shop["route"])], 5, 6)  # a working Saturday or Sunday takes any line
            fitting = [day for day in window if day.weekday() in usual] or window
            best = min(fitting, key=lambda day: (load[day], day))
            load[best] += 1
            plans.append(Plan(best, shop))
    for _ in range(round(len(plans) * assumed.number("visits.urgent"))):
        plans.append(Plan(draws.pick(days), draws.pick(shops[:-1]), urgent=True))
    seen: set[tuple[date, str]] = set()
    unique = []
    for plan in plans:
        key = (plan.day, str(plan.shop["cust_id"]))
        if key not in seen and plan.day.isoformat() >= str(plan.shop["joined"]):
            seen.add(key)
            unique.append(plan)
    return unique


def _ask(draws: Draws, plans: list[Plan]) -> None:
    """Give some visits a question, and its number to the next visits until it is solved."""
    by_shop: dict[str, list[Plan]] = {}
    for plan in plans:
        by_shop.setdefault(str(plan.shop["cust_id"]), []).append(plan)
    asking = draws.sample(sorted(by_shop), assumed.count("visits.issues"))
    for number, id in enumerate(asking, start=1):
        own = by_shop[id]
        start = draws.between(0, len(own) - 1)
        question, issue = draws.pick(QUESTIONS), f"W{number:03d}"
        own[start].issue, own[start].result = issue, f"客户提出：{question}"
        for plan in own[start + 1 :]:
            plan.issue, plan.purpose = issue, f"答复问题：{question}"
            if draws.chance(0.65):
                plan.result = "问题已解决"
                break
            plan.result = "还没解决"


def _day(draws: Draws, plans: list[Plan], later: date) -> list[Row]:
    """Walk through one day's shops, street by street, with a break at noon; a visit may slip to `later`."""
    clock, made = float(MORNING), []
    missed, slipped = assumed.number("visits.missed") * 1.03, assumed.number("visits.slipped")
    aimless = assumed.number("visits.no_purpose")
    for k, plan in enumerate(plans, start=1):
        row: Row = {
            "plan_id": f"J{plan.day:%y%m%d}-{k:02d}",
            "date": plan.day.isoformat(),
            "cust_id": plan.shop["cust_id"],
            "planned": not plan.urgent,
            "arrive": None,
            "leave": None,
            "purpose": plan.purpose or ("急访：客户来电" if plan.urgent else draws.pick(PURPOSES)),
            "issue_id": plan.issue,
            "result": None,
            "reason": None,
        }
        made.append(row)
        if not plan.urgent and plan.issue is None and draws.chance(missed):
            row["reason"] = draws.pick(REASONS) if draws.chance(0.5) else None
            continue
        clock += draws.between(2, 7) + (draws.between(1, 4) if plan.shop["market"] == "X" else 0)
        if MORNING < NOON - 5 < clock < AFTERNOON:
            clock = AFTERNOON + draws.between(0, 6)
        stay = _stay(draws, plan)
        on = plan.day
        slip = slipped * (10 if later.month != on.month else 1)
        if not plan.urgent and later != on and draws.chance(slip):
            on = later
            row["reason"] = "推迟一个工作日"
        start = datetime(on.year, on.month, on.day) + timedelta(minutes=int(clock))
        row["arrive"] = start.isoformat(" ", "minutes")
        row["leave"] = (start + timedelta(minutes=stay)).isoformat(" ", "minutes")
        row["result"] = plan.result or draws.pick(RESULTS)
        if plan.issue is None and draws.chance(aimless):
            row["purpose"] = None
        clock += stay
    return made


def _stay(draws: Draws, plan: Plan) -> int:
    """Minutes in the shop [min]."""
    if draws.chance(assumed.number("visits.short")):
        return draws.between(1, 4)
    usual = dict(zip(STARS, assumed.value("visits.minutes"), strict=True))
    return max(5, round(float(usual[int(str(plan.shop["star"]))]) * draws.span(0.75, 1.3)))
