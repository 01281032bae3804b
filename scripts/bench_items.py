"""Item statistics on 100,000 takers x 100 items: ours, a plain pandas version, and a maintained package, in one run.

The package is pingouin (GPL: a measure here, never shipped).
Run: `uv run --with pingouin python scripts/bench_items.py`.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
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


def package(scores: np.ndarray) -> dict[str, Any] | None:
    """Alpha, and alpha without each item, by pingouin; None if it is not installed."""
    try:
        import pingouin
    except ImportError:
        return None
    frame = pd.DataFrame(scores)
    deleted = [pingouin.cronbach_alpha(frame.drop(columns=j))[0] for j in frame.columns]
    return {"alpha": pingouin.cronbach_alpha(frame)[0], "deleted": deleted}


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--takers", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=100)
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
    found, package_seconds = timed(lambda: package(scores))
    if found is None:
        print("pingouin   not installed: uv run --with pingouin python scripts/bench_items.py")
    else:
        print(
            f"pingouin   {package_seconds:8.3f} s   alpha {found['alpha']:.6f}   {package_seconds / seconds:.0f} x"
        )


if __name__ == "__main__":
    main()
