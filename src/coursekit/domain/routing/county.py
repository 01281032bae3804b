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
    """The problem, and which customer each stop is (`customers[i - 1]` is stop i)."""

    problem: Problem
    customers: tuple[str, ...]
    routes: tuple[str, ...]


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
    unknown = sorted(set(urgent or {}) - set(ids))
    if unknown:
        raise DomainError("急访名单", "客户表里有的客户", "、".join(unknown))
    depot = start or (float(lon.mean()), float(lat.mean()))
    places = [depot, *zip(map(float, lon), map(float, lat), strict=True)]
    weeks, weekdays = int(visit_rules["cycle.weeks"]), int(visit_rules["cycle.weekdays"])
    days = weeks * weekdays
    stops = []
    for column in ("opens", "closes"):
        _check_minutes(customers, column, float(visit_rules["cycle.day_minutes"]))
    for position, code in enumerate(ids):
        star = int(customers["star"].iloc[position])
        visits = int(visit_rules[f"frequency.{star}"])
        patterns = spread_patterns(visits, weeks, weekdays, int(rules["spacing.slack_days"]))
        if urgent and code in urgent:
            patterns = _with_day(code, patterns, urgent[code], days)
        stops.append(
            Stop(
                service=float(visit_rules[f"stay_minutes.{star}"]),
                patterns=patterns,
                opens=_minute(customers, "opens", position, 0.0),
                closes=_minute(customers, "closes", position, math.inf),
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
    return County(problem, ids, tuple(str(line) for line in customers["route"]))


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
    """
    problem = county.problem
    lines = sorted(set(county.routes))
    weekdays = len(lines)
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
    if not 0 <= day < days:
        raise DomainError(f"急访 {code}", f"0 到 {days - 1} 之间的日子", str(day))
    kept = tuple(pattern for pattern in patterns if day in pattern)
    return kept or tuple(sorted({tuple(sorted({*pattern, day})) for pattern in patterns}))


def _check_minutes(customers: pd.DataFrame, column: str, day: float) -> None:
    """Windows lie within the day; a missing one means any time."""
    if column in customers.columns:
        given = customers[customers[column].notna()]
        checks.numbers(given, WHERE, column, (0, day), "cust_id")


def _minute(customers: pd.DataFrame, column: str, position: int, default: float) -> float:
    if column not in customers.columns or pd.isna(customers[column].iloc[position]):
        return default
    return float(customers[column].iloc[position])
