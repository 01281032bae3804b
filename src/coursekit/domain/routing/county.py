"""A manager's county as a routing problem: shops on a map, frequencies and minutes from policy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.domain.routing.problem import Pattern, Problem, Stop, spread_patterns
from coursekit.errors import DomainError

WHERE = "客户表"
EARTH = 6371.0  # mean radius [km]

Routes = tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True)
class County:
    """The problem; which customer each stop is (`customers[i - 1]` is stop i), and on which delivery line."""

    problem: Problem
    customers: tuple[str, ...]
    routes: tuple[str, ...]
    weekdays: int


def county(
    customers: pd.DataFrame,
    start: tuple[float, float] | None = None,
    urgent: Mapping[str, int] | None = None,
    rules: Policy | None = None,
    visit_rules: Policy | None = None,
) -> County:
    """State the visits of one period as a routing problem.

    Parameters
    ----------
    customers : DataFrame
        `cust_id`, `lon`, `lat` [degrees], `route`, `star` 0–5; optional `opens`, `closes` [min from the
        start of the day] where a shop can only be visited then.
    start : (lon, lat), optional
        Where each day starts and ends; the middle of all shops by default.
    urgent : mapping of cust_id to int, optional
        Customers who must be visited on that day (from 0), whatever else their pattern holds.
    rules : Policy, optional
        Policy `routing` (roads, spacing, price of uneven days).
    visit_rules : Policy, optional
        Policy `visits` (frequency, minutes, length of a day).

    Returns
    -------
    County

    Raises
    ------
    DomainError
        If a position, a star, a window or an urgent customer is impossible; naming row and rule.
    """
    rules = rules or policies.load("routing")
    visit_rules = visit_rules or policies.load("visits")
    checks.columns(customers, WHERE, "cust_id", "lon", "lat", "route", "star")
    checks.unique(customers, WHERE, "cust_id")
    checks.filled(customers, WHERE, ["route"], "cust_id")
    checks.one_of(customers, WHERE, "star", range(6))
    lon = checks.numbers(customers, WHERE, "lon", (-180, 180), "cust_id")
    lat = checks.numbers(customers, WHERE, "lat", (-90, 90), "cust_id")
    ids = tuple(str(code) for code in customers["cust_id"])
    if urgent is not None and not isinstance(urgent, Mapping):
        raise DomainError("急访名单", "客户编码对第几天", type(urgent).__name__)
    unknown = [str(code) for code in urgent or {} if code not in ids]
    if unknown:
        raise DomainError("急访名单", "客户表里有的客户", "、".join(unknown))
    depot = (float(lon.mean()), float(lat.mean())) if start is None else _place(start)
    places = [depot, *zip(map(float, lon), map(float, lat), strict=True)]
    weeks, weekdays = visit_rules.whole("cycle.weeks"), visit_rules.whole("cycle.weekdays")
    days = weeks * weekdays
    stops = []
    opens, closes = (
        _minutes(customers, name, visit_rules["cycle.day_minutes"]) for name in ("opens", "closes")
    )
    for code, first, last in zip(ids, opens, closes, strict=True):
        if first > last:
            raise DomainError(f"{WHERE}里客户 {code}", "最早时间不晚于最晚时间", f"{first:g} 到 {last:g}")
    for position, code in enumerate(ids):
        star = int(customers["star"].iloc[position])
        visits = visit_rules.whole(f"frequency.{star}")
        patterns = spread_patterns(visits, weeks, weekdays, rules.whole("spacing.slack_days"))
        if urgent and code in urgent:
            patterns = _with_day(code, patterns, urgent[code], days)
        stops.append(
            Stop(
                service=float(visit_rules[f"stay_minutes.{star}"]),
                patterns=patterns,
                opens=0.0 if math.isnan(opens[position]) else opens[position],
                closes=math.inf if math.isnan(closes[position]) else closes[position],
            )
        )
    problem = Problem(
        travel=travel_minutes(places, float(rules["road.detour"]), float(rules["road.speed"])),
        stops=tuple(stops),
        days=days,
        vehicles=1,
        day_length=(float(visit_rules["cycle.day_minutes"]),) * days,
        capacity=(math.inf,) * days,
        balance=float(rules["search.balance"]),
        even_enough=float(rules["search.even_enough"]),
    )
    return County(problem, ids, tuple(str(line) for line in customers["route"]), weekdays)


def travel_minutes(places: Sequence[tuple[float, float]], detour: float, speed: float) -> list[list[float]]:
    """Minutes between all `places` (lon, lat) [degrees]: great circle × `detour` ÷ `speed` [km/h].

    >>> travel_minutes([(113.0, 29.0), (113.0, 29.0)], 1.3, 30)
    [[0.0, 0.0], [0.0, 0.0]]
    """
    radians = [(math.radians(a), math.radians(b)) for a, b in places]
    table = []
    for lon, lat in radians:
        row = []
        for other_lon, other_lat in radians:
            half = (
                math.sin((other_lat - lat) / 2) ** 2
                + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
            )
            km = 2 * EARTH * math.asin(math.sqrt(half))
            # rounded, so that the last digit of a sine cannot change a plan between machines
            row.append(round(km * detour / speed * 60, 6))
        table.append(row)
    return table


def practice(county: County) -> Routes:
    """The plan people make by hand: one delivery line a weekday, then always the nearest shop next.

    Each shop is visited on its line's weekday; shops of less than weekly visits are spread over the
    weeks in the order of the table. Such a plan may break the day's limit; `score` tells.

    Raises
    ------
    DomainError
        If there are more lines than weekdays.
    """
    problem, weekdays = county.problem, county.weekdays
    lines = sorted(set(county.routes))
    if len(lines) > weekdays:
        raise DomainError("一天一条线", f"不超过 {weekdays} 条送货线", f"{len(lines)} 条")
    weeks = problem.days // weekdays
    turn: dict[tuple[str, int], int] = {}
    days: list[list[int]] = [[] for _ in range(problem.days)]
    for number, stop in enumerate(problem.stops, 1):
        line = county.routes[number - 1]
        visits = len(stop.patterns[0])
        step = max(1, weeks // visits)
        offset = turn.get((line, visits), 0)
        turn[line, visits] = offset + 1
        for week in range(offset % step, weeks, step):
            days[week * weekdays + lines.index(line)].append(number)
    return tuple((_nearest_next(problem, stops),) for stops in days)


def workload(county: County) -> tuple[float, float]:
    """Least minutes the visits need (visits, and the way to the nearest shop for each), and minutes there are."""
    problem = county.problem
    need = least_minutes(problem, range(1, len(problem.stops) + 1))
    return need, sum(problem.day_length) * problem.vehicles


def least_minutes(problem: Problem, stops: Iterable[int]) -> float:
    """Minutes that the visits to `stops` need at least: each visit, and the way to the nearest place.

    For the stops a search left unserved this is by how much, at least, the work exceeds the days.
    """
    need = 0.0
    for number in stops:
        stop = problem.stops[number - 1]
        nearest = min(minutes for other, minutes in enumerate(problem.travel[number]) if other != number)
        need += len(stop.patterns[0]) * (stop.service + nearest)
    return need


def _nearest_next(problem: Problem, stops: Sequence[int]) -> tuple[int, ...]:
    left, place, order = set(stops), 0, []
    while left:
        place = min(left, key=lambda s: (problem.travel[place][s], s))
        left.discard(place)
        order.append(place)
    return tuple(order)


def _with_day(code: str, patterns: tuple[Pattern, ...], day: int, days: int) -> tuple[Pattern, ...]:
    day = checks.whole(f"急访 {code} 的日子（从 0 数起）", day, 0, days - 1)
    kept = tuple(pattern for pattern in patterns if day in pattern)
    return kept or tuple(sorted({tuple(sorted({*pattern, day})) for pattern in patterns}))


def _place(start: object) -> tuple[float, float]:
    """A start as (lon, lat)."""
    if not isinstance(start, Sequence) or isinstance(start, str) or len(start) != 2:
        raise DomainError("起点", "经度和纬度两个数", repr(start))
    return checks.number("起点的经度", start[0], -180, 180), checks.number("起点的纬度", start[1], -90, 90)


def _minutes(customers: pd.DataFrame, column: str, day: float) -> list[float]:
    """Windows lie within the day; a missing one means any time and is NaN."""
    if column not in customers.columns:
        return [math.nan] * len(customers)
    return [float(m) for m in checks.numbers(customers, WHERE, column, (0, day), "cust_id", missing=True)]
