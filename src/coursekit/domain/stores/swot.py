"""SWOT: inside or outside the shop, help or harm; four boxes, no item in two."""

from __future__ import annotations

import pandas as pd

from coursekit.domain import checks

QUADRANTS = {"S": "优势", "W": "劣势", "O": "机会", "T": "威胁"}
WHERE = "SWOT 表"


def quadrant(inside: bool, helps: bool) -> str:
    """Box of a factor: `inside` the shop's own power or not, `helps` or harms.

    >>> [quadrant(i, h) for i in (True, False) for h in (True, False)]
    ['S', 'W', 'O', 'T']
    """
    sides = checks.flag("店里的因素", inside), checks.flag("有利的因素", helps)
    return {(True, True): "S", (True, False): "W", (False, True): "O", (False, False): "T"}[sides]


def swot_table(factors: pd.DataFrame) -> pd.DataFrame:
    """Box of each factor.

    Parameters
    ----------
    factors : DataFrame
        `factor` (text, unique), `inside`, `helps` (true or false).

    Returns
    -------
    DataFrame
        `factor`, `quadrant` (S, W, O, T), `name` (Chinese), in the order given.

    References
    ----------
    S0-059…S0-062.
    """
    checks.columns(factors, WHERE, "factor", "inside", "helps")
    checks.unique(factors, WHERE, "factor")
    inside = checks.booleans(factors, WHERE, "inside", "factor")
    helps = checks.booleans(factors, WHERE, "helps", "factor")
    boxes = [quadrant(bool(i), bool(h)) for i, h in zip(inside, helps, strict=True)]
    return pd.DataFrame(
        {"factor": factors["factor"], "quadrant": boxes, "name": [QUADRANTS[b] for b in boxes]}
    )


def check_swot(answer: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Factors that the answer puts into another box than the key, with the kind of slip.

    Parameters
    ----------
    answer, key : DataFrame
        `factor`, `quadrant`. Every factor of the key must be placed once.

    Returns
    -------
    DataFrame
        `factor`, `placed` (empty when missing), `expected`, `slip` (内外放反、利弊放反、都放反、没有放).
    """
    for table, where in ((answer, "你的 SWOT 表"), (key, "标准 SWOT 表")):
        checks.columns(table, where, "factor", "quadrant")
        checks.unique(table, where, "factor")
        checks.one_of(table, where, "quadrant", list(QUADRANTS), "factor")
    placed = dict(zip(answer["factor"], answer["quadrant"], strict=True))
    rows = []
    for factor, expected in zip(key["factor"], key["quadrant"], strict=True):
        got = placed.get(factor, "")
        if got != expected:
            rows.append((factor, got, expected, _slip(got, expected)))
    return pd.DataFrame(rows, columns=["factor", "placed", "expected", "slip"])


def _slip(got: str, expected: str) -> str:
    if not got:
        return "没有放"
    sides = (got in "SW") != (expected in "SW"), (got in "SO") != (expected in "SO")
    return {(True, False): "内外放反", (False, True): "利弊放反", (True, True): "都放反"}[sides]
