"""One- and two-parameter logistic models by marginal maximum likelihood.

The ability is standard normal and integrated out on a fixed grid; the likelihood is climbed by BFGS
with the analytic gradient; standard errors come from the observed information.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from coursekit.errors import DomainError

Model = Literal["1pl", "2pl"]
Floats = NDArray[np.float64]
NODES, REACH = 61, 6.0
CHUNK = 20_000
_POLISHED = 80  # above this many parameters BFGS alone is exact enough, and Newton too slow


@dataclass(frozen=True)
class ItemCurve:
    """Parameters of one item in `1 / (1 + exp(-a (θ - b)))`, with standard errors."""

    id: str
    a: float
    b: float
    se_a: float | None
    se_b: float | None


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    Parameters
    ----------
    model : str
        `1pl` (one common slope) or `2pl`.
    n : int
        Takers.
    loglik : float
        Log-likelihood at the estimates.
    items : tuple of ItemCurve
        In column order.
    """

    model: Model
    n: int
    loglik: float
    items: tuple[ItemCurve, ...]

    def ability(self, scores: NDArray[Any]) -> tuple[Floats, Floats]:
        """Expected a posteriori ability and its standard deviation, for each row of 0/1 scores."""
        theta = _grid()[0]
        slope = np.array([item.a for item in self.items])
        intercept = np.array([-item.a * item.b for item in self.items])
        posterior = _posterior(np.asarray(scores, dtype=np.float64), slope, intercept)[0]
        mean = posterior @ theta
        variance = posterior @ (theta * theta) - mean * mean
        return mean, np.sqrt(np.maximum(variance, 0.0))

    def expected(self, scores: NDArray[Any], item: int) -> Floats:
        """Chance that each taker has `item` (a column, from 0) right, judged by the other items alone."""
        theta = _grid()[0]
        others = [j for j in range(len(self.items)) if j != item]
        slope = np.array([self.items[j].a for j in others])
        intercept = np.array([-self.items[j].a * self.items[j].b for j in others])
        posterior = _posterior(np.asarray(scores, dtype=np.float64)[:, others], slope, intercept)[0]
        curve = self.items[item]
        chance: Floats = posterior @ expit(curve.a * (theta - curve.b))
        return chance


def _grid() -> tuple[Floats, Floats]:
    theta = np.linspace(-REACH, REACH, NODES)
    log_weight = -0.5 * theta * theta
    return theta, log_weight - np.log(np.exp(log_weight).sum())


def refusal(scores: NDArray[Any], minimum: int) -> str | None:
    """Why a model cannot be fitted to these scores, in Chinese; None if it can."""
    takers, items = scores.shape
    if takers < minimum:
        return f"只有 {takers} 人作答，这个模型至少要 {minimum} 人；人少时参数不可信，所以不算。"
    if items < 3:
        return f"只有 {items} 题，至少要 3 题。"
    p = scores.mean(axis=0)
    flat = int(((p <= 0) | (p >= 1)).sum())
    if flat:
        return f"有 {flat} 题所有人都对或都错，难度没有上限或下限；请先去掉这些题。"
    return None


def fit(scores: NDArray[Any], model: Model = "2pl", ids: Sequence[str] | None = None) -> Fit:
    """Marginal maximum likelihood estimates.

    Parameters
    ----------
    scores : int array, shape (takers, items)
        0 wrong, 1 right; no item that everybody has right or wrong.
    model : str
        `1pl` or `2pl`.
    ids : sequence of str, optional
        Item names; numbers from 1 if left out.

    Raises
    ------
    DomainError
        If the likelihood has no maximum within reach (an item does not go with the others).

    References
    ----------
    .. [1] Bock, R. D. and Aitkin, M., *Marginal maximum likelihood estimation of item parameters:
       application of an EM algorithm*, Psychometrika 46, 1981.
    """
    patterns, counts = np.unique(np.asarray(scores, dtype=np.int8), axis=0, return_counts=True)
    x, w = patterns.astype(np.float64), counts.astype(np.float64)
    n, k = int(w.sum()), x.shape[1]
    p = np.clip(w @ x / n, 1e-4, 1 - 1e-4)
    common = model == "1pl"
    start = np.concatenate([np.ones(1 if common else k), 1.1 * np.log(p / (1 - p))])

    def objective(parameters: Floats) -> tuple[float, Floats]:
        value, gradient = _loglik(x, w, parameters, common)
        return -value / n, -gradient / n

    found = minimize(objective, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 2000})
    best = _polish(objective, found.x)
    slope_size = 1 if common else k
    if not np.isfinite(best).all() or np.abs(best[:slope_size]).max() > 25:
        raise DomainError("scores", "各题大体量同一种能力的成绩", "有一题的区分度没有上限，模型不收敛")
    if best[:slope_size].sum() < 0:
        best[:slope_size] *= -1
    value, _ = _loglik(x, w, best, common)
    covariance = _covariance(objective, best, n)
    return Fit(model, n, float(value), _curves(best, covariance, k, ids))


def _polish(objective: Any, parameters: Floats) -> Floats:
    """A few Newton steps from where BFGS stopped, kept only while they lower the objective."""
    best: Floats = parameters.copy()
    if best.size > _POLISHED:
        return best
    value, gradient = objective(best)
    for _ in range(4):
        if np.abs(gradient).max() < 1e-10:
            break
        try:
            step = np.linalg.solve(_hessian(objective, best), gradient)
        except np.linalg.LinAlgError:
            break
        trial: Floats = np.asarray(best - step, dtype=np.float64)
        trial_value, trial_gradient = objective(trial)
        if not np.isfinite(trial_value) or trial_value > value:
            break
        best, value, gradient = trial, trial_value, trial_gradient
    return best


def _hessian(objective: Any, parameters: Floats) -> Floats:
    """Second derivatives by central differences of the analytic gradient."""
    size = parameters.size
    hessian = np.empty((size, size))
    for i in range(size):
        step = 1e-4 * max(1.0, abs(parameters[i]))
        up, down = parameters.copy(), parameters.copy()
        up[i] += step
        down[i] -= step
        hessian[i] = (objective(up)[1] - objective(down)[1]) / (2 * step)
    symmetric: Floats = np.asarray((hessian + hessian.T) / 2, dtype=np.float64)
    return symmetric


def _covariance(objective: Any, parameters: Floats, n: int) -> Floats | None:
    try:
        covariance = np.asarray(np.linalg.inv(_hessian(objective, parameters) * n), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    return covariance if (np.diag(covariance) > 0).all() else None


def _curves(
    parameters: Floats, covariance: Floats | None, k: int, ids: Sequence[str] | None
) -> tuple[ItemCurve, ...]:
    slopes = parameters.size - k
    curves = []
    for j in range(k):
        at = min(j, slopes - 1)
        a, d = float(parameters[at]), float(parameters[slopes + j])
        se_a = se_b = None
        if covariance is not None:
            part = covariance[np.ix_([at, slopes + j], [at, slopes + j])]
            delta = np.array([d / (a * a), -1 / a])
            se_a, se_b = float(np.sqrt(part[0, 0])), float(np.sqrt(delta @ part @ delta))
        curves.append(ItemCurve(str(ids[j]) if ids else str(j + 1), a, -d / a, se_a, se_b))
    return tuple(curves)


def _split(parameters: Floats, k: int) -> tuple[Floats, Floats]:
    slopes = parameters.size - k
    slope = np.repeat(parameters[:1], k) if slopes == 1 else parameters[:slopes]
    return slope, parameters[slopes:]


def _posterior(x: Floats, slope: Floats, intercept: Floats) -> tuple[Floats, Floats]:
    """Posterior over the grid for each row, and the log of each row's marginal likelihood."""
    theta, log_weight = _grid()
    eta = slope[:, None] * theta[None, :] + intercept[:, None]
    log_density = x @ eta - np.logaddexp(0.0, eta).sum(axis=0) + log_weight
    top = log_density.max(axis=1, keepdims=True)
    density = np.exp(log_density - top)
    total = density.sum(axis=1, keepdims=True)
    return density / total, (top + np.log(total))[:, 0]


def _loglik(x: Floats, w: Floats, parameters: Floats, common: bool) -> tuple[float, Floats]:
    """Log-likelihood and its gradient, patterns taken in chunks so that memory stays bounded."""
    theta, _ = _grid()
    k = x.shape[1]
    slope, intercept = _split(parameters, k)
    value = 0.0
    right, takers = np.zeros((k, NODES)), np.zeros(NODES)
    for begin in range(0, len(x), CHUNK):
        part, weight = x[begin : begin + CHUNK], w[begin : begin + CHUNK]
        posterior, marginal = _posterior(part, slope, intercept)
        value += float(weight @ marginal)
        weighted = posterior * weight[:, None]
        right += part.T @ weighted
        takers += weighted.sum(axis=0)
    residual = right - takers * expit(slope[:, None] * theta + intercept[:, None])
    by_slope, by_intercept = residual @ theta, residual.sum(axis=1)
    if common and parameters.size == k + 1:
        by_slope = by_slope.sum(keepdims=True)
    return value, np.concatenate([by_slope, by_intercept])
