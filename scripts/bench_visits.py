"""Measures the route search: gap to best known costs, and a county against practice and a solver.

    scripts/bench visits [--instances DIR] [--seconds 30] [--seeds 1]
    uv run --no-sync --with ortools python scripts/bench_visits.py [--instances DIR] …

DIR holds periodic routing instances in Cordeau's format (`p01` …) and `bks.csv` (instance, bks).
With `ortools` (only for this bench, as in the second line) the county's days are also routed by it.
A run of an instance gets as many steps as take about `--seconds` of CPU time on this machine, once the
search is compiled.
"""

from __future__ import annotations

import argparse
import csv
import math
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from coursekit.domain import datasets, policy
from coursekit.domain.routing import Problem, SearchOptions, Stop, county, practice, score, solve
from coursekit.domain.routing.problem import Pattern

Plan = tuple[tuple[tuple[int, ...], ...], ...]
TRIAL = 15_000  # steps that tell how fast this machine is


def read_instance(path: Path) -> Problem:
    """A periodic routing problem in Cordeau's format, distances Euclidean and unrounded."""
    lines = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip()]
    _, vehicles, size, days = (int(word) for word in lines[0][:4])
    limits = [(float(a) or math.inf, float(b) or math.inf) for a, b, *_ in lines[1 : 1 + days]]
    rows = lines[1 + days : 2 + days + size]
    places = [(float(row[1]), float(row[2])) for row in rows]
    stops = tuple(
        Stop(
            service=float(row[3]),
            patterns=tuple(_days(int(word), days) for word in row[7 : 7 + int(row[6])]),
            demand=float(row[4]),
        )
        for row in rows[1:]
    )
    travel = [[math.dist(a, b) for b in places] for a in places]
    return Problem(travel, stops, days, vehicles, tuple(a for a, _ in limits), tuple(b for _, b in limits))


def _days(pattern: int, days: int) -> Pattern:
    bits = f"{pattern:0{days}b}"
    return tuple(day for day, bit in enumerate(bits) if bit == "1")


def one(path: Path, seconds: float, seed: int) -> tuple[str, int, float, float, int]:
    """Name, seed, cost, CPU seconds and broken rules of one run of about `seconds` CPU seconds."""
    problem = read_instance(path)
    solve(problem, SearchOptions(iterations=1))  # compiled, or fetched from where it was kept
    begin = time.process_time()
    solve(problem, SearchOptions(iterations=TRIAL, seed=seed))
    steps = int(seconds / (time.process_time() - begin) * TRIAL)
    begin = time.process_time()
    found = solve(problem, SearchOptions(iterations=steps, seed=seed))
    used = time.process_time() - begin
    checked = score(problem, found.routes)
    return path.name, seed, checked.travel, used, len(checked.violations)


def instances(folder: Path, seconds: float, seeds: int, workers: int) -> None:
    """Print the gap table."""
    with (folder / "bks.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: float(row["bks"]) for row in csv.DictReader(file)}
    gaps: list[float] = []
    print(f"{'instance':<10}{'seed':>5}{'cost':>12}{'best known':>12}{'gap %':>8}{'CPU s':>8}{'broken':>8}")
    with ProcessPoolExecutor(workers) as pool:
        jobs = [
            pool.submit(one, folder / name, seconds, seed) for name in best for seed in range(1, seeds + 1)
        ]
        for job in jobs:
            name, seed, cost, used, broken = job.result()
            gaps.append(100 * (cost / best[name] - 1))
            print(
                f"{name:<10}{seed:>5}{cost:>12.2f}{best[name]:>12.2f}{gaps[-1]:>8.2f}{used:>8.1f}{broken:>8}",
                flush=True,
            )
    print(f"mean gap {sum(gaps) / len(gaps):.2f} %, worst {max(gaps):.2f} %")


def published(folder: Path) -> None:
    """Score the solutions in DIR/res (`p01.res` …: cost, then day, vehicle, duration, load, route a line)."""
    apart, count = 0.0, 0
    broken: list[str] = []
    for path in sorted((folder / "res").glob("*.res")):
        problem = read_instance(folder / path.stem)
        (cost, *_), *rows = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip()]
        plan: list[list[list[int]]] = [[] for _ in range(problem.days)]
        for day, _, _, _, *route in rows:
            plan[int(day) - 1].append([int(stop) for stop in route if stop != "0"])
        checked = score(problem, plan)
        apart = max(apart, abs(checked.travel - float(cost)))
        broken += [f"{path.stem}: {line}" for line in checked.violations]
        count += 1
    print(
        f"{count} published solutions scored: at most {apart:.3f} off their cost, rules broken: {broken or 'none'}"
    )


def county_table(steps: int | None, seeds: int) -> None:
    """Print the county's plans side by side."""
    place = county(datasets.load("customers"))
    problem = place.problem
    plans: dict[str, Plan] = {"practice": practice(place)}
    plans["practice, each day's route optimised"] = tuple(
        (_tour(problem, day[0]),) for day in plans["practice"]
    )
    peer = _by_ortools(problem, plans["practice"])
    if peer:
        plans["practice, routes by OR-tools"] = peer
    rules = policy.load("routing")
    for seed in range(1, seeds + 1):
        options = SearchOptions.of(rules, seed)
        options = replace(options, iterations=steps or options.iterations)
        plans[f"coursekit, seed {seed}, {options.iterations} steps"] = solve(problem, options).routes
    base = score(problem, plans["practice"]).travel
    print(
        f"\n{'county of 308 shops':<40}{'travel min':>11}{'against':>9}{'day CV %':>9}{'least day':>10}{'broken':>8}"
    )
    for name, plan in plans.items():
        checked = score(problem, plan)
        print(
            f"{name:<40}{checked.travel:>11.0f}{checked.travel / base - 1:>9.1%}"
            f"{100 * checked.load_variation:>9.1f}{min(checked.day_loads):>10.0f}{len(checked.violations):>8}"
        )


def _tour(problem: Problem, stops: tuple[int, ...]) -> tuple[int, ...]:
    """The same stops in the best order the search finds for one day."""
    if len(stops) < 2:
        return stops
    places = (0, *stops)
    travel = [[problem.travel[a][b] for b in places] for a in places]
    one_day = tuple(Stop(problem.stops[s - 1].service, ((0,),)) for s in stops)
    day = Problem(travel, one_day, 1, 1, (math.inf,), (math.inf,))
    (route,) = solve(day, SearchOptions(iterations=1500)).routes[0]
    return tuple(stops[position - 1] for position in route)


def _by_ortools(problem: Problem, plan: Plan) -> Plan | None:
    try:
        from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    except ImportError:
        print("OR-tools is not installed (uv pip install ortools): left out")
        return None
    days = []
    for (stops,) in plan:
        places = (0, *stops)
        manager = pywrapcp.RoutingIndexManager(len(places), 1, 0)
        model = pywrapcp.RoutingModel(manager)
        transit = model.RegisterTransitCallback(
            lambda a, b, places=places, manager=manager: round(
                1000 * problem.travel[places[manager.IndexToNode(a)]][places[manager.IndexToNode(b)]]
            )
        )
        model.SetArcCostEvaluatorOfAllVehicles(transit)
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(1000)
        solution = model.SolveWithParameters(parameters)
        index, order = model.Start(0), []
        while not model.IsEnd(index):
            index = solution.Value(model.NextVar(index))
            if not model.IsEnd(index):
                order.append(places[manager.IndexToNode(index)])
        days.append((tuple(order),))
    return tuple(days)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--instances", type=Path, help="folder of instances with bks.csv")
    parser.add_argument("--seconds", type=float, default=30.0, help="CPU seconds for each instance")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--steps", type=int, help="steps for the county; those of the policy by default")
    options = parser.parse_args()
    if options.instances:
        published(options.instances)
        instances(options.instances, options.seconds, options.seeds, options.workers)
    county_table(options.steps, options.seeds)


if __name__ == "__main__":
    main()
