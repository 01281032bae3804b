"""Classical item statistics of a sitting, gathered in one pass over the takers.

Only sums are kept, so memory does not grow with the number of takers: feed `Tally` block by block.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursekit.errors import DomainError

Scores = NDArray[np.int8]
BLOCK = 20_000


@dataclass(frozen=True)
class ItemStatistics:
    """What classical test theory says of one item.

    Parameters
    ----------
    id : str
        Column name.
    p : float
        Share of takers who had it right (the higher, the easier).
    item_rest : float or None
        Correlation with the score on all other items; None if either does not vary.
    alpha_if_deleted : float or None
        Cronbach's alpha of the paper without this item.
    """

    id: str
    p: float
    item_rest: float | None
    alpha_if_deleted: float | None


@dataclass(frozen=True)
class Classical:
    """Classical statistics of one paper.

    Parameters
    ----------
    n : int
        Takers.
    mean, sd : float
        Of the number-right score, sd with n - 1. [items]
    alpha : float or None
        Cronbach's alpha, which is KR-20 for 0/1 items; None for fewer than two items or no variation.
    sem : float or None
        Standard error of measurement, sd * sqrt(1 - alpha). [items]
    items : tuple of ItemStatistics
        In column order.
    totals : tuple of int
        Takers with 0, 1, 2 … items right.
    """

    n: int
    mean: float
    sd: float
    alpha: float | None
    sem: float | None
    items: tuple[ItemStatistics, ...]
    totals: tuple[int, ...] = ()

    def pass_rate(self, share: float) -> float:
        """Share of takers with at least `share` of the items right."""
        need = math.ceil(share * len(self.items) - 1e-9)
        return sum(self.totals[need:]) / self.n


class Tally:
    """Sums over takers from which all classical statistics follow.

    Parameters
    ----------
    items : int
        Number of items, at least 1.
    """

    def __init__(self, items: int) -> None:
        if items < 1:
            raise DomainError("items", "至少 1 题", str(items))
        self.n = 0
        self._right = np.zeros(items, dtype=np.int64)
        self._right_by_total = np.zeros(items, dtype=np.int64)
        self._by_total = np.zeros(items + 1, dtype=np.int64)
        self._total = 0
        self._total_squared = 0

    def add(self, block: NDArray[Any]) -> Tally:
        """Take in the scores of some takers.

        Parameters
        ----------
        block : int array, shape (takers, items)
            0 wrong, 1 right.

        Raises
        ------
        DomainError
            If the shape differs or a value is neither 0 nor 1.
        """
        if block.ndim != 2 or block.shape[1] != len(self._right):
            raise DomainError("scores", f"每人 {len(self._right)} 题的表", f"形状 {block.shape}")
        if block.size and not ((block == 0) | (block == 1)).all():
            raise DomainError("scores", "只有 0 和 1", "别的数")
        scores = np.asarray(block, dtype=np.float32)
        totals = scores.sum(axis=1)
        whole = totals.astype(np.int64)
        self.n += len(scores)
        self._right += scores.sum(axis=0, dtype=np.float64).astype(np.int64)
        self._right_by_total += np.rint(totals.astype(np.float64) @ scores).astype(np.int64)
        self._by_total += np.bincount(whole, minlength=len(self._by_total))
        self._total += int(whole.sum())
        self._total_squared += int((whole * whole).sum())
        return self

    def result(self, ids: Sequence[str]) -> Classical:
        """Statistics of everything taken in.

        Raises
        ------
        DomainError
            If fewer than two takers were taken in, or `ids` does not name every item.
        """
        k = len(self._right)
        if len(ids) != k:
            raise DomainError("ids", f"{k} 个题号", f"{len(ids)} 个")
        if self.n < 2:
            raise DomainError("scores", "至少 2 人", f"{self.n} 人")
        n = self.n
        # n (n - 1) times each variance, in whole numbers: what does not vary is exactly zero
        right = self._right
        scale = n * (n - 1)
        variance = n * right - right * right
        total_variance = n * self._total_squared - self._total * self._total
        with_total = n * self._right_by_total - right * self._total
        rest_variance = total_variance + variance - 2 * with_total
        with_rest = with_total - variance
        mean = self._total / n
        spread = int(variance.sum())
        alpha = _alpha(k, spread, total_variance)
        items = tuple(
            ItemStatistics(
                str(ids[j]),
                float(right[j] / n),
                _ratio(int(with_rest[j]), int(variance[j]), int(rest_variance[j])),
                _alpha(k - 1, spread - int(variance[j]), int(rest_variance[j])),
            )
            for j in range(k)
        )
        sd = math.sqrt(total_variance / scale)
        sem = None if alpha is None else sd * math.sqrt(max(1 - alpha, 0.0))
        return Classical(n, mean, sd, alpha, sem, items, tuple(int(each) for each in self._by_total))


def _ratio(top: int, first: int, second: int) -> float | None:
    """Correlation from a covariance and two variances on one scale; None if either is zero."""
    return top / (math.sqrt(first) * math.sqrt(second)) if first > 0 and second > 0 else None


def _alpha(k: int, item_variance: int, total_variance: int) -> float | None:
    """Cronbach's alpha from the sum of item variances and the variance of the total, on one scale."""
    if k < 2 or total_variance <= 0:
        return None
    return k / (k - 1) * (1 - item_variance / total_variance)


def classical(scores: NDArray[Any], ids: Sequence[str] | None = None) -> Classical:
    """Classical statistics of a 0/1 table, block by block.

    Parameters
    ----------
    scores : int array, shape (takers, items)
        0 wrong, 1 right.
    ids : sequence of str, optional
        Item names; numbers from 1 if left out.

    References
    ----------
    .. [1] Cronbach, L. J., *Coefficient alpha and the internal structure of tests*, Psychometrika 16, 1951.
    .. [2] Henrysson, S., *Correction of item-total correlations in item analysis*, Psychometrika 28, 1963.

    Examples
    --------
    >>> result = classical(np.array([[1, 1], [1, 0], [0, 0], [1, 1]]))
    >>> result.items[0].p
    0.75
    """
    tally = Tally(scores.shape[1])
    for begin in range(0, len(scores), BLOCK):
        tally.add(scores[begin : begin + BLOCK])
    return tally.result(ids or [str(j + 1) for j in range(scores.shape[1])])


@dataclass(frozen=True)
class OptionChoice:
    """How one option of one item was chosen.

    Parameters
    ----------
    option : str
        Letter.
    share : float
        Share of all takers.
    mean_total : float or None
        Mean score of those who chose it; None if nobody did. [points]
    low, high : float
        Share among the lowest and the highest 27 % of scores.
    """

    option: str
    share: float
    mean_total: float | None
    low: float
    high: float


def distractors(
    choices: Sequence[str], totals: Sequence[float], options: Sequence[str]
) -> list[OptionChoice]:
    """How each option of one item drew takers, weak and strong.

    Parameters
    ----------
    choices : sequence of str
        Letter each taker chose; empty if none.
    totals : sequence of float
        Score of the same takers on the paper.
    options : sequence of str
        Letters of the item.

    References
    ----------
    .. [1] Kelley, T. L., *The selection of upper and lower groups for the validation of test items*,
       Journal of Educational Psychology 30, 1939 (27 %).
    """
    if len(choices) != len(totals):
        raise DomainError("totals", f"{len(choices)} 个分数", f"{len(totals)} 个")
    if not choices:
        return [OptionChoice(option, 0.0, None, 0.0, 0.0) for option in options]
    scores = np.asarray(totals, dtype=np.float64)
    chosen = np.asarray(choices, dtype=object)
    group = max(1, round(0.27 * len(scores)))
    order = np.argsort(scores, kind="stable")
    low, high = order[:group], order[-group:]
    table = []
    for option in options:
        here = chosen == option
        mean = float(scores[here].mean()) if here.any() else None
        table.append(
            OptionChoice(option, float(here.mean()), mean, float(here[low].mean()), float(here[high].mean()))
        )
    return table


def tally_of(names: Sequence[str], blocks: Iterable[Scores]) -> Classical:
    """Classical statistics of a stream of blocks."""
    tally = Tally(len(names))
    for block in blocks:
        tally.add(block)
    return tally.result(names)
