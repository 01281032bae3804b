"""Star score of a shop: the visible part of one province's scheme, and stars by cut-off points."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.customers.bands import Band, bands_of, grade
from coursekit.domain.policy import Policy
from coursekit.domain.units import exact
from coursekit.errors import DomainError

STAR_OF = {"five": 5, "four": 4, "three": 3, "two": 2, "one": 1}
PARTS = ("volume", "class1_share", "carton_price")


def fujian_points(shops: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Points of the three visible items of operating ability in Fujian's scheme of 2014.

    Parameters
    ----------
    shops : DataFrame
        `cust_id`, `cartons` [条/month], `class1_cartons` [条/month], `sales` [yuan/month].
    rules : Policy, optional
        Policy `stars`.

    Returns
    -------
    DataFrame
        Indexed like `shops`: `cust_id`, `volume` (of 15), `class1_share` (of 10), `carton_price`
        (of 15) and `points` (of 40) [分]. `carton_price` and `points` are missing where the average
        price lies below the lowest published band; no score is made up for it.

    Raises
    ------
    DomainError
        If cartons are not positive, class-1 cartons exceed them, or a value is missing.

    Examples
    --------
    >>> shop = pd.DataFrame({"cust_id": ["K1"], "cartons": [750], "class1_cartons": [195], "sales": [112500.0]})
    >>> fujian_points(shop)["points"].tolist()
    [40.0]
    """
    rules = rules or policies.load("stars")
    where = "星级评分表"
    checks.columns(shops, where, "cust_id", "cartons", "class1_cartons", "sales")
    checks.unique(shops, where, "cust_id")
    cartons = checks.numbers(shops, where, "cartons", (1e-9, math.inf))
    first = checks.numbers(shops, where, "class1_cartons", (0, math.inf))
    sales = checks.numbers(shops, where, "sales", (0, math.inf))
    for position, (part, whole) in enumerate(zip(first, cartons, strict=True)):
        if part > whole:
            place = f"{where} {checks.row_name(shops, position, 'cust_id')}"
            raise DomainError(f"{place}的 class1_cartons", f"不超过总条数 {whole:g}", f"{part:g}")
    bundle = float(exact(1, "件", "条"))
    measures = {
        "volume": cartons / bundle,
        "class1_share": first * 100 / cartons,
        "carton_price": sales / cartons,
    }
    result = pd.DataFrame({"cust_id": shops["cust_id"]}, index=shops.index)
    for part in PARTS:
        steps = bands_of(rules[f"fujian_2014.{part}"], part)
        result[part] = pd.to_numeric(grade(measures[part].round(9), steps, part)).astype("float64")
    result["points"] = result[list(PARTS)].sum(axis=1, skipna=False)
    return result


def stars_from_points(points: pd.Series, rules: Policy | None = None) -> pd.Series:
    """Star 1–5 by the cut-off points of policy `stars` (left-closed); missing points give a missing star.

    >>> stars_from_points(pd.Series([40.0, 36.0, 35.9, None])).tolist()
    [5, 5, 4, <NA>]
    """
    rules = rules or policies.load("stars")
    bands = tuple(Band(float(rules[f"star_cuts.{name}"]), star) for name, star in STAR_OF.items())
    lows = [band.low for band in bands]
    if lows != sorted(lows, reverse=True) or len(set(lows)) < len(lows):
        raise DomainError("政策 stars 的 star_cuts", "从五星到一星一档比一档低", str(lows))
    if not isinstance(points, pd.Series):
        raise DomainError("积分", "一列数(Series)", type(points).__name__)
    table = points.to_frame("points")
    checks.columns(table, "积分", "points")
    values = checks.numbers(table, "积分", "points", (-math.inf, math.inf), missing=True)
    known = values.notna().to_numpy()
    stars = pd.Series(pd.NA, index=points.index, dtype="Int64", name="star")
    if known.any():
        stars.iloc[known.nonzero()[0]] = grade(values[known], bands).astype("Int64").array
    return stars
