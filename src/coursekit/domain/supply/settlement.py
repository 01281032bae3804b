"""Electronic settlement: success of debits (the coverage of customers is in `customers.coverage`).

Coverage counts customers, success counts debits; a manager who mixes the two mends the wrong thing (INC-04).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "扣款表"


@dataclass(frozen=True)
class Rate:
    """A rate that keeps its two sides, in `unit` (单, 元, 条)."""

    name: str
    part: float
    whole: float
    unit: str

    def __post_init__(self) -> None:
        part, whole = checks.number(self.name, self.part), checks.number(self.name, self.whole)
        if part > whole or whole == 0:
            raise DomainError(self.name, "分子不大于分母、分母大于 0", f"{part:g}/{whole:g}")

    @property
    def value(self) -> float:
        """The rate, 0–1."""
        return self.part / self.whole

    def __str__(self) -> str:
        return f"{self.name} {self.part:,.10g}/{self.whole:,.10g} {self.unit} = {self.value:.2%}"


def debits(orders: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Orders that were debited or meant to be: those of shops without e-settlement are no attempts.

    A shop without e-settlement has neither `balance` nor `ok`. Where there is a balance but no result, or
    no column `balance` to tell the two apart, a missing `ok` is an error.
    """
    checks.columns(orders, WHERE, "order_id", "cust_id", "ok", *more)
    orders = checks.bare(orders)
    checks.unique(orders, WHERE, "order_id")
    checks.filled(orders, WHERE, ["cust_id"], "order_id")
    meant = pd.Series(True, index=orders.index)
    if "balance" in orders.columns:
        meant = orders["ok"].notna() | orders["balance"].notna()
        checks.columns(orders[meant], f"{WHERE}里开通了电子结算的订单", "ok")
    known = orders.assign(
        ok=orders["ok"].astype("object").where(meant, other=False)
    )  # rows keep their number
    ok = checks.booleans(known, WHERE, "ok", "order_id")
    return orders.assign(ok=ok)[meant]


def success_rate(orders: pd.DataFrame) -> Rate:
    """Debits that succeeded of debits tried.

    Parameters
    ----------
    orders : DataFrame
        `order_id` (unique), `cust_id`, `ok` (true or false; missing together with `balance` where the shop
        has no e-settlement: such orders are no attempts and do not count).

    References
    ----------
    S2-010 ("above 95", percent sign lost).
    """
    ok = debits(orders)["ok"]
    return Rate("电子结算成功率", int(ok.sum()), len(ok), "单")


def success_by_amount(orders: pd.DataFrame) -> Rate:
    """Money debited of money due; needs `amount` [yuan]. A third indicator, not to be mixed with the others."""
    tried = debits(orders, "amount")
    ok, amount = tried["ok"], checks.numbers(tried, WHERE, "amount", (0, math.inf), "order_id")
    if amount.sum() <= 0:
        raise DomainError(f"{WHERE}的 amount", "合计大于 0", "0")
    return Rate("扣款金额成功率", round(float(amount[ok].sum()), 2), round(float(amount.sum()), 2), "元")


def fail_reasons(orders: pd.DataFrame) -> pd.DataFrame:
    """Failed debits by reason: `fail_reason`, `orders` [count], `share`, most frequent first.

    A failed debit without a reason, or a successful one with a reason, is an error in the table.
    """
    tried = debits(orders, "fail_reason")
    ok, reason = tried["ok"], _reasons(tried)
    for order, good, text in zip(tried["order_id"], ok, reason, strict=True):
        if good == bool(text):
            position = int((orders["order_id"] == order).to_numpy().argmax())
            place = f"{WHERE} {checks.row_name(orders, position, 'order_id')}的 fail_reason"
            raise DomainError(place, "扣成了就空着" if good else "没扣成要写原因", text or "空着")
    counts = reason[~ok].value_counts().rename_axis("fail_reason").reset_index(name="orders")
    counts = counts.sort_values(["orders", "fail_reason"], ascending=[False, True], ignore_index=True)
    counts["share"] = counts["orders"] / max(1, int(counts["orders"].sum()))
    return counts


def _reasons(tried: pd.DataFrame) -> pd.Series:
    """Reasons as texts, empty where there is none."""
    reason = tried["fail_reason"].astype("object")
    return reason.where(reason.notna(), "").astype(str).str.strip()


def reminder_list(orders: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Customers to remind before their next order: enough failures for want of money in the latest orders.

    Only reminding is meant: staff never handle a customer's deposit (REG-4).

    Parameters
    ----------
    orders : DataFrame
        `order_id` (unique and rising with time), `cust_id`, `ok`, `fail_reason`.

    Returns
    -------
    DataFrame
        `cust_id`, `failures` [orders], `orders` looked at, most failures first, then by `cust_id`.

    References
    ----------
    S2-008, S2-009, S0-008, REG-4.
    """
    rules = rules or policies.load("supply")
    tried = debits(orders, "fail_reason")
    table = tried[["order_id", "cust_id"]].copy()
    table["failed"] = ~tried["ok"] & _reasons(tried).isin(rules["reminders.money_reasons"])
    table = table.apply(checks.plain)
    table = table.sort_values("order_id", key=_by_number, kind="stable")
    recent = (
        table.groupby("cust_id").tail(rules.whole("reminders.recent_orders")).groupby("cust_id")["failed"]
    )
    result = recent.agg(["sum", "size"]).rename(columns={"sum": "failures", "size": "orders"}).reset_index()
    result = result[result["failures"] >= rules.whole("reminders.failures")].astype({"failures": "int64"})
    return result.sort_values(["failures", "cust_id"], ascending=[False, True], ignore_index=True)


def _by_number(orders: pd.Series) -> pd.Series:
    """What orders are sorted by: order 10 comes after order 9 also where they are texts."""
    return orders.map(lambda code: f"{len(code):09d}{code}" if isinstance(code, str) else code)


def fill_rate(ordered: float, supplied: float) -> Rate:
    """Cartons supplied of cartons asked for.

    >>> str(fill_rate(200, 90))
    '货源满足率 90/200 条 = 45.00%'
    """
    asked = checks.number("要货量（条）", ordered, 1e-9)
    return Rate("货源满足率", checks.number("供货量（条）", supplied, 0, asked), asked, "条")
