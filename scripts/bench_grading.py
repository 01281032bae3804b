"""Measure the grading engine against stock nbgrader and against bare forks, in interleaved runs.

Every round runs the three contestants one after the other on the same hand-ins, so that a busy machine
slows all of them; each also grades a single hand-in, which tells its start-up apart. Printed for all cores
and for two: hand-ins a second with and without start-up, the ratios of their medians, CPU seconds a hand-in,
peak memory of the engine's process tree, a run with nothing to do, and whether every score equals stock's.

`--many 1000 --kills 3` instead runs that many hand-ins once undisturbed and once killed at random moments.
`--exercises` instead grades hand-ins of the kit's own exercises, all of them or those named.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measured_course import TASKS, fresh, make_course, scores
from measured_exercises import measure_exercises
from measured_kills import many
from measured_process import timed

from coursekit.grading.new_course import exercise_names


def engine_command(root: Path, mode: str, workers: int) -> list[str]:
    """`grade` in a process of its own."""
    code = (
        "import sys; from coursekit.grading import GradeOptions, grade; "
        "grade(sys.argv[1], 'bench', GradeOptions(mode=sys.argv[2], workers=int(sys.argv[3])))"
    )
    return [sys.executable, "-W", "ignore", "-c", code, str(root), mode, str(workers)]


def stock_command(root: Path) -> list[str]:
    """nbgrader's own command."""
    return [sys.executable, "-W", "ignore", "-m", "nbgrader", "autograde", "bench", "--course-dir", str(root)]


def bare_command(root: Path, workers: int) -> list[str]:
    """This file again, as the limit."""
    return [sys.executable, __file__, "--bare-only", str(root), "--workers", str(workers)]


def bare(root: Path, workers: int) -> None:
    """The limit: a warm process forks once a hand-in and executes its cells, nothing else."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt
    import pandas as pd

    pd.DataFrame({"a": [1, 2]}).groupby("a", as_index=False).sum().plot.bar()
    plt.gcf().savefig(io.BytesIO(), format="png")
    plt.close()
    tests = {f"test_{name}": test for name, _, test in TASKS}
    running: set[int] = set()
    for path in sorted((root / "submitted").glob("*/bench/bench.ipynb")):
        if len(running) >= workers:
            running.discard(_ended())
        pid = os.fork()
        if pid == 0:
            _execute(path, tests)
        running.add(pid)
    while running:
        running.discard(_ended())


def _ended() -> int:
    pid, status = os.wait()
    if status:
        raise SystemExit("a bare fork failed")
    return pid


def _execute(path: Path, tests: dict[str, str]) -> None:
    import matplotlib.pyplot as plt

    os.chdir(path.parents[3] / "source" / "bench")
    names: dict[str, Any] = {}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            gid = cell["metadata"].get("nbgrader", {}).get("grade_id")
            try:
                exec(tests.get(gid, "".join(cell["source"])), names)  # noqa: S102 - the bench's own cells
            except Exception:
                if gid in ("setup", "plot"):  # nobody's answer is wrong there: then nothing was measured
                    os._exit(1)
            for number in plt.get_fignums() if gid == "plot" else ():
                plt.figure(number).savefig(io.BytesIO(), format="png")
    os._exit(0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=120, help="hand-ins for the engine and bare forks")
    parser.add_argument("--stock", type=int, default=12, help="hand-ins for stock nbgrader")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, help="default: as many as cores")
    parser.add_argument("--cores", type=int, nargs="+", help="default: all, then two")
    parser.add_argument("--mode", default="strict", choices=("strict", "compatible"))
    parser.add_argument("--many", type=int, help="hand-ins of one long run, instead of the comparison")
    parser.add_argument("--kills", type=int, default=3, help="with --many: how often the run is killed")
    parser.add_argument(
        "--exercises", nargs="*", metavar="NN_slug", help="the kit's own exercises, instead of the comparison"
    )
    parser.add_argument("--bare-only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    mine = sorted(os.sched_getaffinity(0))
    if options.bare_only:
        bare(Path(options.bare_only), options.workers)
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        place = Path(temporary)
        if options.exercises is not None:
            names = options.exercises or exercise_names()
            return int(not measure_exercises(place, names, options.count, options.workers or len(mine)))
        template = place / "template"
        template.mkdir()
        make_course(template, options.many or options.count)
        compile_once(place, template)
        if options.many:
            return int(not many(template, place, options.mode, options.workers or len(mine), options.kills))
        for cores in options.cores or sorted({len(mine), min(2, len(mine))}, reverse=True):
            os.sched_setaffinity(0, mine[:cores])
            measure(place, template, options.workers or cores, options)
    return 0


def compile_once(place: Path, template: Path) -> None:
    """Let every contestant find its modules compiled, whatever state the environment is in."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(place / "compiled")
    subprocess.run([sys.executable, "-c", "import coursekit.grading.inside.zygote"], check=True)
    timed(stock_command(root := fresh(template, place / "stock", 1)), root)
    timed(engine_command(root := fresh(template, place / "engine", 1), "strict", 1), root)


def measure(place: Path, template: Path, workers: int, options: argparse.Namespace) -> None:
    """Run the rounds on the cores of this process and print what came out."""
    cores = len(os.sched_getaffinity(0))
    commands = {
        "stock": (options.stock, lambda root: stock_command(root)),
        "engine": (options.count, lambda root: engine_command(root, options.mode, workers)),
        "bare": (options.count, lambda root: bare_command(root, workers)),
    }
    took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    peak, equal, compared, idle = 0, True, 0, []
    print(f"-- {cores} cores, {workers} workers, mode {options.mode}, load {os.getloadavg()[0]:.1f}")
    for number in range(options.rounds):
        for name, (count, command) in commands.items():
            root = fresh(template, place / name, 1)
            alone, _, _ = timed(command(root), root)
            root = fresh(template, place / name, count)
            wall, used, most = timed(command(root), root, watch=name == "engine")
            took[name].append((count / wall, (count - 1) / max(wall - alone, 1e-3), used / count))
            peak = max(peak, most)
        idle.append(timed(engine_command(place / "engine", options.mode, workers), place / "engine")[0])
        theirs, ours = scores(place / "stock"), scores(place / "engine")
        compared += sum(len(cells) for cells in theirs.values())
        equal = equal and all(ours[student] == cells for student, cells in theirs.items())
        print(
            f"round {number + 1}: " + ", ".join(f"{k} {v[-1][0]:.2f}/s" for k, v in took.items()), flush=True
        )
    report({name: [statistics.median(column) for column in zip(*v, strict=True)] for name, v in took.items()})
    print(f"rows equal: {'yes' if equal else 'no'} ({compared} cell scores compared)")
    print(f"peak memory of the engine: {peak} MB; nothing to do: {statistics.median(idle):.2f} s")
    print(
        f"hand-ins: {options.count}, stock {options.stock}; load at the end {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def report(middle: dict[str, list[float]]) -> None:
    """Print the medians: with start-up, without, CPU time."""
    print("           with start-up        without            CPU-s a hand-in (start-up included)")
    for name, (rate, steady, cpu) in middle.items():
        print(
            f"{name:7} {rate:6.2f}/s {rate / middle['stock'][0]:6.1f} x   {steady:6.2f}/s "
            f"{steady / middle['stock'][1]:6.1f} x   {cpu:.2f}"
        )
    print(
        f"engine to bare forks: {middle['engine'][0] / middle['bare'][0]:.2f} with start-up, "
        f"{middle['engine'][1] / middle['bare'][1]:.2f} without"
    )


if __name__ == "__main__":
    sys.exit(main())
