"""Many hand-ins in one run, its memory, and the same run killed again and again: what is left must be equal."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
from measured_course import fresh, rows

RUN = (
    "import sys; from coursekit.grading import GradeOptions, grade; "
    "grade(sys.argv[1], 'bench', GradeOptions(mode=sys.argv[2], workers=int(sys.argv[3])), "
    "lambda state: print(state.done, flush=True))"
)
KINDS = ("driver", "worker", "group")


def start(root: Path, mode: str, workers: int) -> subprocess.Popen[str]:
    """The engine in a process group of its own; it prints a line for each hand-in."""
    command = [sys.executable, "-W", "ignore", "-c", RUN, str(root), mode, str(workers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def lines(run: subprocess.Popen[str], most: int) -> int:
    """Wait for `most` hand-ins or the end; how many there were."""
    return sum(1 for _, line in zip(range(most), run.stdout or (), strict=False) if line)


def parts(driver: psutil.Process) -> dict[str, list[psutil.Process]]:
    """The driver, the warm process and what it forked."""
    found: dict[str, list[psutil.Process]] = {"driver": [driver], "warm": [], "forks": []}
    for process in driver.children(recursive=True):
        try:
            parent = process.parent()
            if process.name() != "bwrap" and parent is not None:
                found["warm" if parent.name() == "bwrap" else "forks"].append(process)
        except psutil.Error:
            continue
    return found


def memory(driver: psutil.Process) -> dict[str, float]:
    """Proportional memory of each part [MB]; of the forks the largest."""
    found = {}
    for name, processes in parts(driver).items():
        sizes = []
        for process in processes:
            try:
                sizes.append(process.memory_full_info().pss / 2**20)
            except (psutil.Error, OSError):
                continue
        if sizes:
            found[name] = max(sizes)
    return found


def undisturbed(root: Path, mode: str, workers: int, count: int) -> None:
    """One run from beginning to end; prints rate and memory of its first and last quarter."""
    seen: list[dict[str, float]] = []
    began = time.monotonic()
    run = start(root, mode, workers)
    driver = psutil.Process(run.pid)
    step = max(1, count // 40)
    done = 0
    while True:
        got = lines(run, step)
        done += got
        if got < step:
            break
        if run.poll() is None:
            seen.append(memory(driver))
    seconds = time.monotonic() - began
    if run.wait() or done != count:
        raise SystemExit(f"the undisturbed run ended early: {done} of {count}")
    print(f"undisturbed: {count} hand-ins in {seconds:.0f} s, {count / seconds:.2f}/s, start included")
    quarter = max(1, len(seen) // 4)
    for name in ("driver", "warm", "forks"):
        first, last = (
            [moment[name] for moment in part if name in moment] for part in (seen[:quarter], seen[-quarter:])
        )
        if first and last:
            grown = f"{statistics.median(first):.0f} MB, last {statistics.median(last):.0f} MB"
            print(f"  {name:6} first quarter {grown}, most {max(m[name] for m in seen if name in m):.0f} MB")


def end(run: subprocess.Popen[str], kind: str, chance: random.Random) -> str:
    """Kill the driver, its whole group, or one of the processes it started; says which."""
    driver = psutil.Process(run.pid)
    others = [process for process in driver.children(recursive=True) if process.is_running()]
    if kind == "worker":
        chance.shuffle(others)
        for victim in others:
            name = next((k for k, found in parts(driver).items() if victim in found), "seal")
            with contextlib.suppress(psutil.NoSuchProcess):  # many live for one hand-in only
                victim.kill()
                return f"one process ({name})"
        return "nothing: no process was left"
    if kind == "group":
        os.killpg(run.pid, signal.SIGKILL)
    else:
        run.kill()
    run.communicate()
    _, alive = psutil.wait_procs(others, timeout=20)
    if alive:
        raise SystemExit(f"processes outlived their driver: {alive}")
    return kind


def killed(root: Path, mode: str, workers: int, count: int, kills: int) -> None:
    """The same work with `kills` kills at random moments, then once more to the end."""
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    kinds = [KINDS[number % len(KINDS)] for number in range(kills)]
    chance.shuffle(kinds)
    print(f"seed {seed}")
    run = start(root, mode, workers)
    for kind in kinds:
        if run.poll() is not None:
            run = start(root, mode, workers)
        got = lines(run, chance.randint(1, max(1, count // (2 * kills))))
        time.sleep(chance.random() / 2)
        if run.poll() is not None:
            print(f"run ended by itself before the kill of {kind}")
            continue
        print(f"after {got} more hand-ins: killed {end(run, kind, chance)}", flush=True)
    if run.poll() is None:
        lines(run, count)
        run.wait()
    run = start(root, mode, workers)
    more = lines(run, count)
    if run.wait():
        raise SystemExit("the last run failed")
    print(f"resumed: the last run graded {more} more")


def many(template: Path, place: Path, mode: str, workers: int, kills: int) -> bool:
    """All hand-ins of a course undisturbed and killed; whether both left the same rows."""
    count = len(list((template / "submitted").iterdir()))
    print(f"{count} hand-ins, mode {mode}, {workers} workers, load {os.getloadavg()[0]:.1f}", flush=True)
    calm = fresh(template, place / "calm", count)
    undisturbed(calm, mode, workers, count)
    broken = fresh(template, place / "broken", count)
    if kills:
        killed(broken, mode, workers, count, kills)
        left, right = rows(calm), rows(broken)
        wrong = sorted(s for s in left.keys() | right.keys() if left.get(s) != right.get(s))
        print(f"rows equal: {'no: ' + ', '.join(wrong[:10]) if wrong else 'yes'} ({len(left)} hand-ins)")
        return not wrong and len(left) == count
    return True
