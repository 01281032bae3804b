"""Delivery and service in the mountains: two-level delivery, and who is served where he is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.domain.routing.county import EARTH

MODES = {"fixed": "集中客户，定点服务", "mobile": "零散客户，流动服务"}


def level2_figures(rules: Policy | None = None) -> dict[str, float]:
    """Two-level delivery in numbers: `points`, `per_point` [customers], `share` of all customers (0–1).

    References
    ----------
    S3-002, S3-011, DER-10.

    Examples
    --------
    >>> {name: round(value, 4) for name, value in level2_figures().items()}
    {'points': 8.0, 'per_point': 23.5, 'share': 0.066}
    """
    rules = rules or policies.load("delivery")
    points = rules.number("level2.households") + rules.number("level2.pick_up_points")
    customers = rules.number("level2.customers")
    return {
        "points": points,
        "per_point": customers / checks.number("代送户和取货点", points, 1),
        "share": customers / checks.number("全部客户", rules.number("level2.all_customers"), customers),
    }


def _km_apart(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Great-circle distances [km] between all places [radians], on the same earth as the road times."""
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    apart: np.ndarray = 2 * EARTH * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return apart


def service_modes(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Concentrated customers get a fixed manager, scattered ones the mobile group.

    Parameters
    ----------
    customers : DataFrame
        `cust_id` (unique), `lon`, `lat` [degrees].

    Returns
    -------
    DataFrame
        `cust_id`, `neighbours` (other shops within the policy's radius, as the crow flies), `mode` (key of
        `MODES`), `name` (Chinese).

    References
    ----------
    S3-009, S3-010; radius and number are teaching conventions.
    """
    rules = rules or policies.load("delivery")
    checks.columns(customers, "客户表", "cust_id", "lon", "lat")
    checks.unique(customers, "客户表", "cust_id")
    lon = checks.numbers(customers, "客户表", "lon", (-180, 180)).to_numpy()
    lat = checks.numbers(customers, "客户表", "lat", (-90, 90)).to_numpy()
    near = _km_apart(np.radians(lon), np.radians(lat)) <= rules.number("mode.radius_km")
    count = near.sum(axis=1) - 1
    modes = ["fixed" if n >= rules.number("mode.neighbours") else "mobile" for n in count]
    return pd.DataFrame(
        {
            "cust_id": customers["cust_id"],
            "neighbours": count,
            "mode": modes,
            "name": [MODES[m] for m in modes],
        }
    )
