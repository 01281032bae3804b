"""Make the reference visit plan of the shipped customers: `python scripts/reference_plan.py [--check]`.

A seeded search, stopped on steps, so that every machine writes the same file. `--check` does not search: the
independent scorer judges the file against the customer table and the policy, which is what lesson 08 relies on.
"""

from __future__ import annotations

import argparse
import sys

from coursekit import resources
from coursekit.domain import datasets, policy, routing
from coursekit.domain.visits.tours import REFERENCE, reference_routes

UNEVEN = 0.10  # highest coefficient of variation of the day loads


def county() -> routing.County:
    """The shipped customers under the shipped policy."""
    return routing.county(datasets.load("customers"))


def text(place: routing.County) -> str:
    """The plan as CSV: day from 1, order in the day from 1, customer."""
    found = routing.solve(place.problem, routing.SearchOptions.of(policy.load("routing")))
    rows = [
        f"{day},{order},{place.customers[stop - 1]}"
        for day, routes in enumerate(found.routes, 1)
        for order, stop in enumerate([stop for route in routes for stop in route], 1)
    ]
    return "\n".join(["day,order,cust_id", *rows]) + "\n"


def faults(place: routing.County) -> list[str]:
    """What is wrong with the file as it is; empty when lesson 08 may use it."""
    scored = routing.score(place.problem, reference_routes(place))
    practised = routing.score(place.problem, routing.practice(place))
    found = list(scored.violations)
    if not min(scored.day_loads) > 0:
        found.append("有一天是空的")
    if scored.load_variation > UNEVEN:
        found.append(f"各天轻重不匀：{scored.load_variation:.3f}，应不超过 {UNEVEN}")
    if scored.travel >= practised.travel:
        found.append(f"路上 {scored.travel:.1f} 分钟，不比常见的排法（{practised.travel:.1f} 分钟）少")
    return found


def main() -> int:
    """Write or check the plan; 1 when the check fails."""
    parser = argparse.ArgumentParser(description="生成第 8 课的参考走访计划。")
    parser.add_argument("--check", action="store_true", help="只检查，不重新搜索，也不写文件。")
    place = county()
    if not parser.parse_args().check:
        (resources.datasets() / REFERENCE).write_text(text(place), "utf-8")
    found = faults(place)
    scored = routing.score(place.problem, reference_routes(place))
    print(f"路上 {scored.travel:.1f} 分钟，各天轻重的变异系数 {scored.load_variation:.3f}")
    print("\n".join(found) if found else f"{REFERENCE}：可以用")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
