"""Terminals against the standard of one province (2022): enough is enough, a missing figure is no pass."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import as_date
from coursekit.domain.policy import Policy

WHERE = "终端表"
TIERS = ("rural_boutique", "city_boutique", "one_diamond", "two_diamond")
RULES = {
    "standard": "面积、盒陈列位或柜台够标准",
    "pos": "装了云 POS",
    "scan": "最近有扫码销售",
    "stock": "单品规库存准确率够线",
}


def check_terminals(
    terminals: pd.DataFrame, as_of: dt.date | str, rules: Policy | None = None
) -> pd.DataFrame:
    """Every rule that holds for a shop, with what it has, what it needs and whether it passes.

    Parameters
    ----------
    terminals : DataFrame
        `cust_id` (unique), `tier` (rural_boutique, city_boutique, one_diamond, two_diamond), `area_m2` [m²],
        `box_positions`, `counters` [count], `pos_installed`, `pos_level` 0–3, `info_point`, `last_scan` (date;
        missing = never), `stock_acc` [%; missing = no figures].
    as_of : date
        Day of the check; a scan after it is an error.

    Returns
    -------
    DataFrame
        `cust_id`, `rule` (key of `RULES`), `has`, `needs`, `passed`; thresholds are included. An information
        point is held to its own, stricter accuracy.

    References
    ----------
    S1-024…S1-029, S1-034, S1-035 (which shops each class word covers is not told, INC-53).
    """
    rules = rules or policies.load("terminals")
    names = ("tier", "area_m2", "box_positions", "counters", "pos_installed", "pos_level", "info_point")
    checks.columns(terminals, WHERE, "cust_id", *names, "last_scan", "stock_acc")
    checks.unique(terminals, WHERE, "cust_id")
    terminals = terminals.reset_index(drop=True)
    checks.one_of(terminals, WHERE, "tier", TIERS)
    levels = checks.numbers(terminals, WHERE, "pos_level", (0, 3))
    checks.one_of(terminals.assign(pos_level=levels), WHERE, "pos_level", (0, 1, 2, 3))
    sizes = {
        c: checks.numbers(terminals, WHERE, c, (0, math.inf))
        for c in ("area_m2", "box_positions", "counters")
    }
    pos, info = (checks.booleans(terminals, WHERE, c) for c in ("pos_installed", "info_point"))
    today = pd.Timestamp(as_date(as_of))
    scan = checks.dates(terminals, WHERE, "last_scan", missing=True)
    checks.not_after(scan, terminals, WHERE, today)
    accuracy = checks.numbers(terminals, WHERE, "stock_acc", (0, 100), missing=True)
    days = (today - scan).dt.days
    rows: list[tuple[object, str, float, float, bool]] = []
    for i, shop in zip(terminals.index, terminals["cust_id"], strict=True):
        tier = str(terminals.loc[i, "tier"])
        for key, least in rules.section("standard").items():
            of, _, column = key.partition("__")
            if of == tier:
                rows.append(
                    (shop, "standard", float(sizes[column][i]), float(least), bool(sizes[column][i] >= least))
                )
        rows.append((shop, "pos", float(pos[i]), 1.0, bool(pos[i])))
        most = rules.number("pos.scan_days")
        rows.append((shop, "scan", float(days[i]), most, bool(pos[i] and days[i] <= most)))
        needed = _accuracy(bool(info[i]), int(levels[i]), rules)
        if needed is not None:
            rows.append((shop, "stock", float(accuracy[i]), needed, bool(accuracy[i] >= needed)))
    return pd.DataFrame(rows, columns=["cust_id", "rule", "has", "needs", "passed"])


def _accuracy(info: bool, level: int, rules: Policy) -> float | None:
    if info:
        return rules.number("pos.info_accuracy")
    return rules.number("pos.stock_accuracy") if level in rules["pos.stock_levels"] else None


def pass_list(checked: pd.DataFrame) -> pd.Series:
    """Whether each shop passes all its rules, by `cust_id` in the order of the check."""
    checks.columns(checked, "检查结果", "cust_id", "passed")
    checks.filled(checked, "检查结果", ["cust_id"])
    passed = checks.booleans(checked, "检查结果", "passed")
    return passed.groupby(checks.plain(checked["cust_id"]), sort=False).all()
