"""What is wrong in a customer file: a list for people to act on. Nothing is changed.

A fault is a fact ("eleven digits expected, ten found"); a question is a suspicion that needs a visit or
a call ("its nine nearest shops are on another line: has it moved?").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import as_date
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

Found = Iterator[tuple[int, str]]  # position of the row, what stands there

NEEDED = ("cust_id", "licence_no", "name", "owner", "phone", "route", "scale", "star", "joined", "lon", "lat")
# rule -> (field, kind, what to do)
RULES = {
    "id_missing": ("cust_id", "错", "向系统管理员查编码"),
    "id_doubled": ("cust_id", "错", "两行对照，查哪一行有效"),
    "licence_doubled": ("licence_no", "错", "同一许可证号有几个编码，查是否重复建档"),
    "licence_length": ("licence_no", "错", "核对许可证原件；多半是表格软件去掉了开头的 0"),
    "name_missing": ("name", "错", "走访时补登"),
    "owner_missing": ("owner", "错", "走访时补登"),
    "phone_form": ("phone", "错", "打电话或走访核实后改"),
    "route_unknown": ("route", "错", "查是否新户、停业户或重复建档"),
    "scale_unknown": ("scale", "错", "按规模标准重新核定"),
    "star_unknown": ("star", "错", "查星级测评结果"),
    "joined_future": ("joined", "错", "查开户资料"),
    "position_missing": ("lon", "错", "走访时重新定位"),
    "maybe_moved": ("lon", "疑", "最近的店多在别的线路，走访时核实是否搬迁"),
}


def cleaning_report(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Every fault and question of a customer file.

    Parameters
    ----------
    customers : DataFrame
        Columns as in table `customers_raw`; any value may be missing or wrong.
    rules : Policy, optional
        Policy `customers`, section `file`.

    Returns
    -------
    DataFrame
        A row for each finding: `row` (from 1), `cust_id`, `field`, `rule` (key of `RULES`), `value` as it
        stands, `kind` (错 or 疑), `todo`; ordered by row, then rule. Empty when nothing was found.

    References
    ----------
    S0-029…S0-031 (which fields change and what hangs on them), S0-040.
    """
    rules = rules or policies.load("customers")
    checks.columns(customers, "客户表", *NEEDED)
    found = []
    for rule, check in _CHECKS.items():
        field, kind, todo = RULES[rule]
        for position, value in check(customers, rules):
            found.append((position + 1, customers["cust_id"].iloc[position], field, rule, value, kind, todo))
    found.sort(key=lambda line: line[0])
    return pd.DataFrame(found, columns=["row", "cust_id", "field", "rule", "value", "kind", "todo"])


def _where(bad: pd.Series | np.ndarray, values: pd.Series) -> Found:
    for position in np.flatnonzero(np.asarray(bad, dtype=bool)):
        value = values.iloc[position]
        yield int(position), "" if pd.isna(value) else str(value)


def _absent(values: pd.Series) -> pd.Series:
    return values.isna() | (values.astype("str").str.strip() == "")


def _missing(field: str) -> Callable[[pd.DataFrame, Policy], Found]:
    def check(table: pd.DataFrame, _rules: Policy) -> Found:
        return _where(_absent(table[field]), table[field])

    return check


def _doubled(field: str) -> Callable[[pd.DataFrame, Policy], Found]:
    def check(table: pd.DataFrame, _rules: Policy) -> Found:
        return _where(~_absent(table[field]) & table[field].duplicated(keep=False), table[field])

    return check


def _outside(field: str, key: str) -> Callable[[pd.DataFrame, Policy], Found]:
    def check(table: pd.DataFrame, rules: Policy) -> Found:
        return _where(~table[field].isin(rules[key]), table[field])

    return check


def _licence(table: pd.DataFrame, rules: Policy) -> Found:
    digits = rules.whole("file.licence_digits")
    texts = table["licence_no"].astype("object").map(str)
    good = [text.isascii() and text.isdigit() and len(text) == digits for text in texts]  # ０ is no digit
    return _where(~np.array(good), table["licence_no"])


def _phone(table: pd.DataFrame, rules: Policy) -> Found:
    try:
        form = re.compile(rules["file.phone_pattern"], re.ASCII)
    except re.error as error:
        raise DomainError(f"政策 {rules.name} 的 file.phone_pattern", "正则式", str(error)) from None
    good = [isinstance(value, str) and form.fullmatch(value) is not None for value in table["phone"]]
    return _where(~np.array(good), table["phone"])


def _joined(table: pd.DataFrame, rules: Policy) -> Found:
    joined = checks.read_dates(table["joined"])
    last = as_date(rules["file.as_of"], f"政策 {rules.name} 的 file.as_of")
    return _where(joined.isna() | (joined > pd.Timestamp(last)), table["joined"])


def _places(table: pd.DataFrame) -> pd.DataFrame:
    """Coordinates [degrees]; missing where there are none on earth."""
    found = pd.DataFrame({name: _floats(table[name]) for name in ("lon", "lat")})
    on_earth = (found["lon"].abs() <= 180) & (found["lat"].abs() <= 90)
    found[~on_earth] = np.nan
    return found


def _floats(column: pd.Series) -> pd.Series:
    return checks.floats(column.astype("object"))  # no date or truth counts as a number


def _position(table: pd.DataFrame, _rules: Policy) -> Found:
    return _where(_places(table).isna().any(axis=1), table["lon"])


def _moved(table: pd.DataFrame, rules: Policy) -> Found:
    """Shops whose nearest shops are nearly all on other lines."""
    places = _places(table)
    known = np.flatnonzero(places.notna().all(axis=1) & table["route"].notna())
    count = rules.whole("file.neighbours")
    if len(known) <= count:
        return
    points = places.to_numpy()[known]
    points = points * [np.cos(np.radians(points[:, 1].mean())), 1.0]
    routes = table["route"].to_numpy()[known]
    gaps = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    nearest = np.argsort(gaps, axis=1, kind="stable")[:, :count]
    same = (routes[nearest] == routes[:, None]).mean(axis=1)
    for here in np.flatnonzero(same <= rules.number("file.neighbours_same")):
        position = int(known[here])
        yield position, f"{places['lon'].iloc[position]:.5f},{places['lat'].iloc[position]:.5f}"


_CHECKS: dict[str, Callable[[pd.DataFrame, Policy], Found]] = {
    "id_missing": _missing("cust_id"),
    "id_doubled": _doubled("cust_id"),
    "licence_doubled": _doubled("licence_no"),
    "licence_length": _licence,
    "name_missing": _missing("name"),
    "owner_missing": _missing("owner"),
    "phone_form": _phone,
    "route_unknown": _outside("route", "file.routes"),
    "scale_unknown": _outside("scale", "file.scales"),
    "star_unknown": _outside("star", "file.stars"),
    "joined_future": _joined,
    "position_missing": _position,
    "maybe_moved": _moved,
}
