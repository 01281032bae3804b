"""Measure the grading engine against stock nbgrader and against bare forks, in one interleaved run.

Every round runs the three contestants one after the other on the same hand-ins, so that a busy machine
slows all of them. Printed: hand-ins a second, the ratios of their medians, CPU seconds a hand-in, peak
memory of the engine's process tree, and whether every score equals stock nbgrader's.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursekit.grading.course import Course, tools_on_path

SETUP = "import pandas as pd\nimport matplotlib.pyplot as plt\nshops = pd.read_csv('shops.csv')"
TASKS = [
    (
        "monthly",
        "monthly = shops.groupby('month')['boxes'].sum()",
        "assert list(monthly) == list(shops.groupby('month')['boxes'].sum())",
    ),
    (
        "stars",
        "def by_star(table):\n    return table.groupby('star', as_index=False)['boxes'].mean()",
        "pd.testing.assert_frame_equal(by_star(shops), shops.groupby('star', as_index=False)['boxes'].mean())\n"
        "small = pd.DataFrame({'star': [1, 1, 2], 'boxes': [2.0, 4.0, 5.0]})\n"
        "assert list(by_star(small)['boxes']) == [3.0, 5.0]",
    ),
    (
        "share",
        "share = (shops['star'] >= 4).mean()",
        "assert abs(share - (shops['star'] >= 4).mean()) < 1e-9",
    ),
    (
        "plot",
        "fig, ax = plt.subplots(figsize=(5, 3))\nby_star(shops).plot.bar(x='star', y='boxes', ax=ax)\n"
        "ax.set_title('boxes')\nax.set_ylabel('mean')",
        "assert ax.get_title() == 'boxes'\nassert len(ax.patches) == shops['star'].nunique()",
    ),
    (
        "best",
        "best = shops.nlargest(3, 'boxes')[['shop', 'boxes']]\nbest",
        "assert list(best['boxes']) == sorted(shops['boxes'])[-3:][::-1]",
    ),
]
WRONG = {
    "monthly": "monthly = shops.groupby('month')['boxes'].mean()",
    "share": "share = 1 / 0",
    "stars": "def by_star(table):\n    return table.groupby('star', as_index=False)['boxes'].sum()",
}
CGROUP = Path("/sys/fs/cgroup")


def meta(grade_id: str, **kind: Any) -> dict[str, Any]:
    base = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": {"grade_id": grade_id, **base, **kind}}


def make_course(root: Path, count: int) -> None:
    """An exercise with a plot, and `count` hand-ins: right, partly wrong and raising."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    cells = [new_markdown_cell("# bench"), new_code_cell(SETUP, metadata=meta("setup", locked=True))]
    for name, answer, test in TASKS:
        solution = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
        cells.append(new_code_cell(solution, metadata=meta(name, solution=True)))
        cells.append(new_code_cell(test, metadata=meta(f"test_{name}", grade=True, locked=True, points=2)))
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    source = root / "source" / "bench"
    source.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": spec}), source / "bench.ipynb")
    lines = [f"s{n},{n % 12 + 1},{n % 5 + 1},{(n * 37) % 101}.5" for n in range(600)]
    (source / "shops.csv").write_text("shop,month,star,boxes\n" + "\n".join(lines) + "\n")
    config = Config()
    config.CourseDirectory.root = str(root)
    with tools_on_path():
        done = NbGraderAPI(config=config).generate_assignment("bench")
    if not done["success"]:
        raise SystemExit(done["log"])
    released = json.loads((root / "release" / "bench" / "bench.ipynb").read_text())
    answers = {name: answer for name, answer, _ in TASKS}
    for number in range(count):
        mine = dict(answers)
        for place, name in enumerate(WRONG):
            if number % 4 == place + 1:
                mine[name] = WRONG[name]
        notebook = json.loads(json.dumps(released))
        for cell in notebook["cells"]:
            gid = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = mine.get(gid, cell["source"])
        folder = root / "submitted" / f"kh{number:04d}" / "bench"
        folder.mkdir(parents=True)
        (folder / "bench.ipynb").write_text(json.dumps(notebook))


def fresh(template: Path, place: Path, count: int) -> Path:
    """A copy of the course with its first `count` hand-ins."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    for extra in sorted((place / "submitted").iterdir())[count:]:
        shutil.rmtree(extra)
    return place


def scores(root: Path) -> dict[str, dict[str, float | None]]:
    """Automatic score of every cell by student."""
    found: dict[str, dict[str, float | None]] = {}
    with Course(root).gradebook() as book:
        for submission in book.assignment_submissions("bench"):
            for notebook in submission.notebooks:
                found[submission.student.id] = {str(g.name): g.auto_score for g in notebook.grades}
    return found


def timed(command: list[str], root: Path, watch: bool = False) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and peak memory [MB] of a command."""
    group = Accounts()
    began = time.monotonic()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=group.enter,
    )
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    if watch:
        watcher.start()
    _, errors = process.communicate()
    wall = time.monotonic() - began
    if process.returncode:
        raise SystemExit(errors.decode()[-2000:])
    return wall, group.seconds(), peak[0]


class Accounts:
    """CPU seconds of a command and all it starts, by a control group; without one, of what it waited for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._before = self._waited()
        for parent, name in ((CGROUP / "cpuacct", "cpuacct.usage"), (CGROUP, "cpu.stat")):
            if (parent / name).exists() and os.access(parent, os.W_OK):
                self._folder = parent / f"bench-{os.getpid()}-{time.monotonic_ns()}"
                self._folder.mkdir()
                return

    def enter(self) -> None:
        """Put the calling process in."""
        if self._folder is not None:
            (self._folder / "cgroup.procs").write_text(str(os.getpid()))

    def seconds(self) -> float:
        """CPU seconds so far; the group is given up."""
        if self._folder is None:
            return self._waited() - self._before
        usage = self._folder / "cpuacct.usage"
        if usage.exists():
            found = int(usage.read_text()) / 1e9
        else:
            found = int((self._folder / "cpu.stat").read_text().split()[1]) / 1e6
        for _ in range(50):
            try:
                self._folder.rmdir()
                break
            except OSError:
                time.sleep(0.1)
        return found

    @staticmethod
    def _waited() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime


def _watch(pid: int, peak: list[int]) -> None:
    """Highest proportional memory of a process tree, looked at four times a second [MB]."""
    while psutil.pid_exists(pid):
        total = 0
        try:
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                total += process.memory_full_info().pss
        except (psutil.Error, OSError):
            pass
        peak[0] = max(peak[0], total >> 20)
        time.sleep(0.25)


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


def bare(root: Path, workers: int) -> None:
    """The limit: a warm process forks once a hand-in and executes its cells, nothing else."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt
    import pandas as pd

    plt.close(plt.figure())
    pd.DataFrame({"a": [1]}).groupby("a").sum()
    tests = {f"test_{name}": test for name, _, test in TASKS}
    running: set[int] = set()
    for path in sorted((root / "submitted").glob("*/bench/bench.ipynb")):
        if len(running) >= workers:
            running.discard(os.wait()[0])
        pid = os.fork()
        if pid == 0:
            _execute(path, tests)
        running.add(pid)
    while running:
        running.discard(os.wait()[0])


def _execute(path: Path, tests: dict[str, str]) -> None:
    import io

    import matplotlib.pyplot as plt

    os.chdir(path.parents[3] / "source" / "bench")
    names: dict[str, Any] = {}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            gid = cell["metadata"].get("nbgrader", {}).get("grade_id")
            try:
                exec(tests.get(gid, cell["source"]), names)  # noqa: S102 - the bench's own cells
            except Exception:
                names["failed"] = gid
            for number in plt.get_fignums() if gid == "plot" else ():
                plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=120, help="hand-ins for the engine and bare forks")
    parser.add_argument("--stock", type=int, default=12, help="hand-ins for stock nbgrader")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--mode", default="strict", choices=("strict", "compatible"))
    parser.add_argument("--bare-only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare_only:
        bare(Path(options.bare_only), options.workers)
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        measure(Path(temporary), options)


def measure(place: Path, options: argparse.Namespace) -> None:
    """Run the rounds and print what came out."""
    template = place / "template"
    template.mkdir()
    make_course(template, options.count)
    rates: dict[str, list[float]] = {"stock": [], "engine": [], "bare": []}
    cpu: dict[str, list[float]] = {"stock": [], "engine": [], "bare": []}
    peak, equal, compared = 0, True, 0
    for number in range(options.rounds):
        stock = fresh(template, place / "stock", options.stock)
        engine = fresh(template, place / "engine", options.count)
        wall, used, _ = timed(stock_command(stock), stock)
        rates["stock"].append(options.stock / wall)
        cpu["stock"].append(used / options.stock)
        wall, used, most = timed(engine_command(engine, options.mode, options.workers), engine, watch=True)
        rates["engine"].append(options.count / wall)
        cpu["engine"].append(used / options.count)
        peak = max(peak, most)
        command = [sys.executable, __file__, "--bare-only", str(engine), "--workers", str(options.workers)]
        wall, used, _ = timed(command, engine)
        rates["bare"].append(options.count / wall)
        cpu["bare"].append(used / options.count)
        theirs, ours = scores(stock), scores(engine)
        compared += sum(len(cells) for cells in theirs.values())
        equal = equal and all(ours[student] == cells for student, cells in theirs.items())
        print(f"round {number + 1}: " + ", ".join(f"{k} {v[-1]:.2f}/s" for k, v in rates.items()), flush=True)
    middle = {name: statistics.median(values) for name, values in rates.items()}
    report(middle, {k: statistics.median(v) for k, v in cpu.items()}, options)
    print(f"rows equal: {'yes' if equal else 'no'} ({compared} cell scores compared)")
    print(f"peak memory of the engine: {peak} MB")


def report(rate: dict[str, float], cpu: dict[str, float], options: argparse.Namespace) -> None:
    """Print the medians."""
    print(f"mode {options.mode}, {options.workers} workers, {options.count} hand-ins, start included")
    for name in rate:
        times = rate[name] / rate["stock"]
        print(f"{name:7} {rate[name]:7.2f} hand-ins/s  {times:6.1f} x stock  {cpu[name]:.2f} CPU-s a hand-in")
    print(f"engine to bare forks: {rate['engine'] / rate['bare']:.2f}")


if __name__ == "__main__":
    main()
