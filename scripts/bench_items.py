"""Item statistics on 100,000 takers x 100 items: ours, a plain pandas version, and a maintained package, in one run.

The package is pingouin (GPL: a measure here, never shipped). Where it is not installed, uv runs it in an
environment of its own.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coursekit.quiz.analysis import classical


def simulate(takers: int, items: int) -> np.ndarray:
    """Answers that follow a two-parameter model."""
    source = np.random.default_rng(20240601)
    theta = source.normal(size=takers)
    slope, difficulty = source.uniform(0.5, 2, items), source.normal(size=items)
    scores = np.empty((takers, items), dtype=np.int8)
    for begin in range(0, takers, 10_000):
        part = theta[begin : begin + 10_000]
        chance = 1 / (1 + np.exp(-slope * (part[:, None] - difficulty)))
        scores[begin : begin + 10_000] = source.random(chance.shape) < chance
    return scores


def plain_pandas(scores: np.ndarray) -> dict[str, Any]:
    """The statistics as one writes them with pandas: item by item, each time over the whole table."""
    frame = pd.DataFrame(scores)
    total = frame.sum(axis=1)
    k = frame.shape[1]

    def alpha(part: pd.DataFrame) -> float:
        size = part.shape[1]
        return size / (size - 1) * (1 - part.var().sum() / part.sum(axis=1).var())

    rest = [frame[j].corr(total - frame[j]) for j in range(k)]
    return {"alpha": alpha(frame), "rest": rest, "deleted": [alpha(frame.drop(columns=j)) for j in range(k)]}


PACKAGE = """
import json, sys, time, warnings
import numpy as np, pandas as pd
warnings.simplefilter("ignore")
import pingouin
frame = pd.DataFrame(np.load(sys.argv[1]))
begin = time.perf_counter()
alpha = pingouin.cronbach_alpha(frame)[0]
once = time.perf_counter()
deleted = [pingouin.cronbach_alpha(frame.drop(columns=j))[0] for j in frame.columns[:int(sys.argv[2])]]
each = (time.perf_counter() - once) / max(1, len(deleted))
print(json.dumps([pingouin.__version__, once - begin, each, float(alpha), [float(d) for d in deleted]]))
"""


def package(scores: np.ndarray, items: int) -> tuple[str, float, float, float, list[float]]:
    """Version, seconds for alpha, seconds for alpha without one item, alpha, and it without the first `items`."""
    here = importlib.util.find_spec("pingouin") is not None
    uv = next(
        (
            found
            for name in ("uv", ".venv-tools/bin/uv", os.environ.get("UV", ""))
            if (found := shutil.which(name))
        ),
        "",
    )
    if not here and not uv:
        sys.exit("pingouin is not installed and there is no uv to fetch it: put uv on PATH, or name it in UV")
    alone = [uv, "run", "--quiet", "--no-project", "--python", sys.executable, "--with", "pingouin", "python"]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "scores.npy"
        np.save(table, scores)
        command = [*([sys.executable] if here else alone), "-c", PACKAGE, str(table), str(items)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    version, once, each, alpha, deleted = json.loads(done.stdout.strip().splitlines()[-1])
    return version, once, each, alpha, deleted


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--takers", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--package-items", type=int, default=3, help="items the package is timed on")
    options = parser.parse_args()
    scores = simulate(options.takers, options.items)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours, seconds = timed(lambda: classical(scores))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{options.takers} takers x {options.items} items")
    print(f"coursekit  {seconds:8.3f} s   alpha {ours.alpha:.6f}   memory grown {grown:.0f} MB")
    pandas_result, pandas_seconds = timed(lambda: plain_pandas(scores))
    print(
        f"pandas     {pandas_seconds:8.3f} s   alpha {pandas_result['alpha']:.6f}   {pandas_seconds / seconds:.0f} x"
    )
    gap = max(abs(item.item_rest - r) for item, r in zip(ours.items, pandas_result["rest"], strict=True))
    gap = max(
        gap, *(abs(i.alpha_if_deleted - d) for i, d in zip(ours.items, pandas_result["deleted"], strict=True))
    )
    print(f"largest difference of any item statistic from pandas: {gap:.1e}")
    version, once, each, alpha, deleted = package(scores, options.package_items)
    whole = once + each * options.items
    print(
        f"pingouin   {whole:8.3f} s   alpha {alpha:.6f}   {whole / seconds:.0f} x   (version {version}, alpha only: "
        f"{once:.2f} s, and {each:.2f} s without one item, measured on {len(deleted)}, times {options.items})"
    )
    gap = max(abs(i.alpha_if_deleted - d) for i, d in zip(ours.items, deleted, strict=False))
    print(f"largest difference of alpha without an item from pingouin: {gap:.1e}")


if __name__ == "__main__":
    main()
