"""Do the figures add up? Totals side by side, shares with their denominator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.errors import DomainError


@dataclass(frozen=True)
class Share:
    """A share that keeps what it is a share of: `part` of `whole`, both counts [家 or 单]."""

    name: str
    part: int
    whole: int

    def __post_init__(self) -> None:
        part, whole = (checks.whole(self.name, count) for count in (self.part, self.whole))
        if part > whole or whole == 0:
            raise DomainError(self.name, "分子不大于分母、分母大于 0", f"{self.part}/{self.whole}")

    @property
    def value(self) -> float:
        """The share, 0–1."""
        return self.part / self.whole

    @property
    def rest(self) -> int:
        """How many are not in the part."""
        return self.whole - self.part

    def __str__(self) -> str:
        return f"{self.name} {self.part}/{self.whole} = {self.value:.2%}"


def head_count(customers: pd.DataFrame) -> dict[str, int]:
    """Number of customers [家] by every way of counting that people use.

    Parameters
    ----------
    customers : DataFrame
        Columns `cust_id`, `route`, `star` (0 = not yet graded); `licence_no` is counted when there.
        Missing values are allowed: they are what makes the counts differ.

    Returns
    -------
    dict
        `行数`, `编码不重复`, `许可证号不重复`, `线路合计`, `星级合计（不含未定级）`, `星级合计（含未定级）`.

    References
    ----------
    S2-001, S2-002, INC-01.

    Examples
    --------
    >>> table = pd.DataFrame({"cust_id": ["K1", "K2", "K3"], "route": ["A", "B", None], "star": [5, 0, 3]})
    >>> head_count(table)["线路合计"], head_count(table)["星级合计（含未定级）"]
    (2, 3)
    """
    checks.columns(customers, "客户表", "cust_id", "route", "star")
    counts = {"行数": len(customers), "编码不重复": int(customers["cust_id"].nunique())}
    if "licence_no" in customers.columns:
        checks.columns(customers, "客户表", "licence_no")
        counts["许可证号不重复"] = int(customers["licence_no"].nunique())
    star = checks.numbers(customers, "客户表", "star", (0, 5), missing=True)
    counts["线路合计"] = int(customers["route"].map(_named).sum())
    counts["星级合计（不含未定级）"] = int((star > 0).sum())
    counts["星级合计（含未定级）"] = int(star.notna().sum())
    return counts


def _named(value: object) -> bool:
    return not checks.is_missing(value) and str(value).strip() != ""


def reconcile(totals: Mapping[str, int], base: str) -> pd.DataFrame:
    """Every total with its difference from the total `base`; nothing is made equal.

    Parameters
    ----------
    totals : mapping of str to int
        What was counted, or what a text states [家].
    base : str
        Name of the total that the others are held against.

    Returns
    -------
    DataFrame
        Columns `name`, `total`, `difference` [家], `agrees`, in the order given.

    Raises
    ------
    DomainError
        If `base` is not among the totals, or a total is no whole number of customers.

    References
    ----------
    INC-01: routes 308, stars 309, with the newcomer 310.

    Examples
    --------
    >>> report = reconcile({"线路": 59 + 78 + 59 + 57 + 55, "星级": 18 + 100 + 142 + 42 + 7 + 1}, "线路")
    >>> report["difference"].tolist()
    [0, 2]
    """
    if not isinstance(totals, Mapping):
        raise DomainError("合计", "名称对合计的表(dict)", type(totals).__name__)
    checks.choice("基准", base, tuple(map(str, totals)))
    report = pd.DataFrame(
        {"name": list(totals), "total": [checks.whole(str(n), v) for n, v in totals.items()]}
    )
    report["difference"] = report["total"] - int(totals[base])
    report["agrees"] = report["difference"] == 0
    return report


def coverage(customers: pd.DataFrame) -> Share:
    """Share of customers on electronic settlement; the denominator is customers, not debits.

    Parameters
    ----------
    customers : DataFrame
        Columns `cust_id` (unique) and `e_settle` (true or false, none missing).

    References
    ----------
    S2-003: 278 of 308 (DER-03). The success rate is another indicator (INC-04): see `supply`.
    """
    checks.columns(customers, "客户表", "cust_id", "e_settle")
    checks.unique(customers, "客户表", "cust_id")
    settled = checks.booleans(customers, "客户表", "e_settle")
    return Share("电子结算覆盖率", int(settled.sum()), len(customers))


def online_shares(customers: pd.DataFrame) -> tuple[Share, Share]:
    """Share of online orderers by both readings: of all customers, and of those on e-settlement.

    The seed's "其中" can mean either (INC-03: 3.90 % or 4.32 %), so both are given.
    """
    checks.columns(customers, "客户表", "cust_id", "e_settle", "online")
    base = coverage(customers)
    online = checks.booleans(customers, "客户表", "online")
    both = online & customers["e_settle"].astype(bool)
    return (
        Share("网上订货占全部客户", int(online.sum()), base.whole),
        Share("网上订货占电子结算户", int(both.sum()), base.part),
    )
