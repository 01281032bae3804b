"""Can a shop's targets be true together? The seed's four cannot.

Four targets are named: margin, volume, profit, share of classes 1 and 2. Margin, volume and profit fix the
average price (profit / margin / volume). The share of classes 1 and 2, at unchanged prices within each
class, fixes the average price too. When the two prices differ, at least one target does not bind.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.domain.stores.economics import ledger_by_class, ledger_totals
from coursekit.domain.units import exact

_SAME = 1e-4  # two figures this close (relative) count as equal


@dataclass(frozen=True)
class Base:
    """A shop before guidance, per month: cartons [条], sales and profit [yuan], structure and prices.

    `class12_share` is the share of cartons; the two prices are averages of classes 1–2 and of classes 3–5
    [yuan a carton].
    """

    cartons: float
    sales: float
    profit: float
    class12_share: float
    price_class12: float
    price_others: float

    def __post_init__(self) -> None:
        for name in ("cartons", "sales", "price_class12", "price_others"):
            checks.number(f"现状的 {name}", getattr(self, name), 1e-9)
        checks.number("现状的 profit", self.profit, -math.inf)
        checks.number("现状的 class12_share", self.class12_share, 0, 1)

    @property
    def price(self) -> float:
        """Average price [yuan a carton]."""
        return float(self.sales) / float(self.cartons)


@dataclass(frozen=True)
class Targets:
    """Targets per month: margin of sales (0–1), cartons [条], profit [yuan], share of classes 1 and 2 (0–1)."""

    margin: float
    cartons: float
    profit: float
    class12_share: float


@dataclass(frozen=True)
class Proof:
    """What the targets imply, and each claim with its two sides.

    Attributes
    ----------
    sales_needed : float
        Sales at which `margin` gives exactly `profit` [yuan].
    price_needed : float
        Price at which `cartons` give these sales [yuan a carton].
    price_after : float
        Average price after the change of structure, prices within the classes unchanged [yuan a carton].
    profit_at_price_now, profit_after : float
        Profit at the target volume and margin, at today's price and at `price_after` [yuan].
    profit_target : float
        The target profit [yuan].
    claims : DataFrame
        `claim` (Chinese), `left`, `right`, `holds`.
    """

    sales_needed: float
    price_needed: float
    price_after: float
    profit_at_price_now: float
    profit_after: float
    profit_target: float
    claims: pd.DataFrame

    @property
    def all_bind(self) -> bool:
        """Whether all four can be met exactly at the same time (to one in ten thousand)."""
        return abs(self.price_needed - self.price_after) < _SAME * self.price_after

    @property
    def surplus(self) -> float:
        """Profit beyond the target when the other three are met [yuan]; negative: they do not reach it."""
        return self.profit_after - self.profit_target


def case_targets(rules: Policy | None = None) -> Targets:
    """The four targets of the seed's shop, 9 件 read as 450 条 (S0-068, INC-06)."""
    rules = rules or policies.load("stores")
    return Targets(
        margin=rules.number("case_targets.margin"),
        cartons=float(exact(rules.number("case_targets.bundles"), "件", "条")),
        profit=rules.number("case_targets.profit"),
        class12_share=rules.number("case_targets.class12_share"),
    )


def base_from_ledger(ledger: pd.DataFrame) -> Base:
    """The shop as its ledger shows it; columns as for `ledger_totals`."""
    totals, classes = ledger_totals(ledger), ledger_by_class(ledger)
    high, low = classes.loc[[1, 2]].sum(), classes.loc[[3, 4, 5]].sum()
    checks.number("一、二类烟的条数", high["cartons"], 1e-9)
    checks.number("三到五类烟的条数", low["cartons"], 1e-9)
    return Base(
        cartons=totals["cartons"],
        sales=totals["sales"],
        profit=totals["profit"],
        class12_share=float(high["cartons"] / totals["cartons"]),
        price_class12=float(high["sales"] / high["cartons"]),
        price_others=float(low["sales"] / low["cartons"]),
    )


def prove(base: Base, targets: Targets) -> Proof:
    """Hold the targets against each other and against the shop as it is.

    Parameters
    ----------
    base : Base
        The shop now.
    targets : Targets
        What it should reach in the same period.

    Raises
    ------
    DomainError
        If a number is missing, a share beyond 0–1, or volume, margin or sales not positive.

    References
    ----------
    INC-06, INC-07, DER-05.

    Examples
    --------
    >>> shop = Base(346, 17816, 1425.28, 0.27, 98.0, 34.3)
    >>> proof = prove(shop, Targets(0.10, 450, 1800, 0.35))
    >>> round(proof.sales_needed), round(proof.price_needed, 2), round(proof.profit_at_price_now)
    (18000, 40.0, 2317)
    >>> proof.all_bind
    False
    """
    margin = checks.number("目标的 margin", targets.margin, 1e-9, 1)
    cartons = checks.number("目标的 cartons", targets.cartons, 1e-9)
    profit = checks.number("目标的 profit", targets.profit)
    share = checks.number("目标的 class12_share", targets.class12_share, 0, 1)
    sales_needed = profit / margin
    price_needed = sales_needed / cartons
    # at unchanged prices the price moves with the share, from the average the shop really has
    gap = float(base.price_class12) - float(base.price_others)
    price_after = base.price + (share - float(base.class12_share)) * gap
    profit_now, profit_after = cartons * base.price * margin, cartons * price_after * margin
    sales_now = cartons * base.price
    claims = pd.DataFrame(
        [
            ("目标销量按现在的条均价卖，销售额（左）等于利润÷毛利率（右）", sales_now, sales_needed),
            ("目标销量按现在的条均价卖，利润（左）等于目标利润（右）", profit_now, profit),
            ("利润÷毛利率÷销量得出的条均价（左）不低于现在的条均价（右）", price_needed, base.price),
            ("利润÷毛利率÷销量得出的条均价（左）等于结构提高后的条均价（右）", price_needed, price_after),
        ],
        columns=["claim", "left", "right"],
    )
    equal = (claims["left"] - claims["right"]).abs() < _SAME * claims["right"].abs()
    claims["holds"] = equal | ((claims.index == 2) & (claims["left"] > claims["right"]))
    return Proof(sales_needed, price_needed, price_after, profit_now, profit_after, profit, claims)
