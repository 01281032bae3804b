"""How long levels take: decide, audit and report for 1,000, 10,000 and 100,000 people with ten years of events.

    python scripts/bench_levels.py                       # SQLite
    python scripts/bench_levels.py --postgres            # and a throw-away PostgreSQL (needs the dev group)
    python scripts/bench_levels.py --sizes 1000 10000

Every phase runs in a process of its own, so that its peak memory is its own. Printed are seconds,
seconds per 10,000 people (equal down the column: linear), the same in processor time (without the
database server, and whatever else the machine does), and peak memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from coursekit import resources  # noqa: E402 - the path comes first
from coursekit.certification.assessment import assess_stream  # noqa: E402
from coursekit.certification.audit import audit  # noqa: E402
from coursekit.certification.events import Command  # noqa: E402
from coursekit.certification.evidence import Evidence  # noqa: E402
from coursekit.certification.evidence_store import put_evidence  # noqa: E402
from coursekit.certification.months import add_months, last_day  # noqa: E402
from coursekit.certification.overview import build_overview  # noqa: E402
from coursekit.certification.people import Person, add_people  # noqa: E402
from coursekit.certification.policy import LevelPolicy, load_policy  # noqa: E402
from coursekit.certification.register import Register, append_events  # noqa: E402
from coursekit.grading.workbook import write_workbook  # noqa: E402

TODAY = date(2026, 6, 30)
PHASES = ("fill", "decide", "audit", "report")
BATCH = 1000


def ten_years(number: int, policy: LevelPolicy) -> Iterator[Command]:
    """Ten years of one person: junior, renewed, intermediate, renewed, some senior, one in ten lapsed once."""
    draw = random.Random(number)  # noqa: S311 - made-up data
    person = f"p-{number:016x}"
    day = date(2016, 7, 1) + timedelta(days=draw.randrange(300))

    def command(kind: str, level: str | None, first: date) -> Command:
        rank = policy.rank(level)
        months = policy.levels[level].validity_months.value if level else 0
        last = last_day(first, months) if level else None
        begin = first if level else None
        name = f"{number}-{kind}-{first}"
        return Command(
            kind, person, first, "bench", "评定", level, rank, begin, last, policy.digest, event_id=name
        )

    yield command("award", "junior", day)
    level, until = "junior", last_day(day, 24)
    while until < TODAY:
        first = until + timedelta(days=1)
        if draw.random() < 0.1:
            yield command("lapse", None, first)
            first += timedelta(days=60)
            yield command("award", level, first)
        elif level != "senior" and draw.random() < 0.5:
            level = "intermediate" if level == "junior" else "senior"
            yield command("promote", level, first)
        else:
            yield command("renew", level, first)
        until = last_day(first, policy.levels[level].validity_months.value)


def papers(number: int, policy: LevelPolicy) -> list[Evidence]:
    """This year's evidence of one person."""
    draw = random.Random(-number)  # noqa: S311 - made-up data
    level = draw.choice(policy.ladder)
    person = f"kh{number:06d}"
    pieces = [Evidence(person, "theory", "试卷", add_months(TODAY, -1), draw.randrange(45, 99), level)]
    pieces += [
        Evidence(person, "skill", f"练习{n}", add_months(TODAY, -2), draw.randrange(50, 99)) for n in range(3)
    ]
    for end in (date(2026, 3, 31), date(2026, 6, 30)):
        pieces += [
            Evidence(person, "performance", name, end, draw.randrange(70, 99)) for name in policy.indicators
        ]
    pieces.append(Evidence(person, "appraisal", "年度考核", date(2026, 1, 15), grade="良好"))
    return pieces


def fill(register: Register, policy: LevelPolicy, size: int) -> int:
    """People, events and evidence, a thousand people a transaction; how many events."""
    register.keep_policy(policy)
    count = 0
    for start in range(0, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        commands = [command for number in numbers for command in ten_years(number, policy)]
        with register.writing() as connection:
            add_people(
                connection,
                [
                    Person(
                        f"p-{n:016x}",
                        f"kh{n:06d}",
                        f"某{n}",
                        f"{n % 40}部",
                        f"培训师{n % 7}",
                        None,
                        date(2015, 1, 1),
                    )
                    for n in numbers
                ],
            )
            count += len(append_events(connection, commands))
            put_evidence(connection, {f"p-{n:016x}": papers(n, policy) for n in numbers})
    return count


def run_phase(phase: str, url: str, size: int) -> dict[str, object]:
    """One phase in this process: seconds, peak memory, and what it found."""
    policy = load_policy(resources.policy("levels"))
    begin, begin_cpu = time.perf_counter(), time.process_time()
    found: object = None
    with Register(url) as register:
        if phase == "fill":
            found = fill(register, policy, size)
        elif phase == "decide":
            stream = assess_stream(register, policy, (), TODAY)
            found = sum(one is not None and one.decision.action != "keep" for one, _events in stream)
        elif phase == "audit":
            report = audit(register)
            found = f"{report.events} events, {len(report.faults)} faults"
        else:
            overview = build_overview(policy, assess_stream(register, policy, (), TODAY), TODAY)
            with tempfile.TemporaryDirectory() as folder:
                write_workbook(overview.tables(), Path(folder) / "levels.xlsx")
            found = len(overview.people)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": cpu, "peak_mb": peak, "found": found}


def measure(url: str, size: int, name: str) -> None:
    """All phases on one new database."""
    for phase in PHASES:
        command = [sys.executable, __file__, "--phase", phase, "--url", url, "--sizes", str(size)]
        result = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        line = json.loads(result.stdout)
        per, cpu = (line[key] * 10_000 / size for key in ("seconds", "cpu"))
        print(
            f"{name:<11}{size:>8,} people  {phase:<7}{line['seconds']:>8.1f} s {per:>8.2f} s per 10,000 (processor {cpu:.2f})"
            f"{line['peak_mb']:>8.0f} MB   {line['found']}",
            flush=True,
        )


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--only-postgres", action="store_true")
    parser.add_argument("--phase", choices=PHASES, help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.phase:
        print(json.dumps(run_phase(given.phase, given.url, given.sizes[0])))
        return
    if not given.only_postgres:
        for size in given.sizes:
            with tempfile.TemporaryDirectory() as folder:
                measure(f"sqlite:///{folder}/levels.db", size, "sqlite")
    if given.postgres or given.only_postgres:
        from tests.postgres import running_server

        with running_server() as server:
            for size in given.sizes:
                measure(server.new_database(), size, "postgresql")


if __name__ == "__main__":
    main()
