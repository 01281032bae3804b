"""Price of a carton, margins, and a shop's ledger by cigarette class."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.domain.units import exact
from coursekit.errors import DomainError

WHERE = "门店台账"
CLASSES = (1, 2, 3, 4, 5)


def carton_price(sales: float, cartons: float) -> float:
    """Average price [yuan a carton] from sales [yuan] and volume [cartons 条].

    References
    ----------
    S0-056, DER-04.

    Examples
    --------
    >>> round(carton_price(17816, 346), 2)
    51.49
    """
    return checks.number("销售额", sales) / checks.number("销量（条）", cartons, 1e-9)


def unit_readings(quantity: float, sales: float, rules: Policy | None = None) -> pd.DataFrame:
    """What a carton would cost if `quantity` were counted in each unit; which units can be meant.

    Parameters
    ----------
    quantity : float
        The figure whose unit is in doubt.
    sales : float
        Sales in the same period [yuan].

    Returns
    -------
    DataFrame
        `unit`, `cartons` [条], `price` [yuan a carton], `plausible`.

    References
    ----------
    INC-05: 346 件 for 17,816 yuan would be 1.03 yuan a carton.

    Examples
    --------
    >>> table = unit_readings(346, 17816)
    >>> table.loc[table["plausible"], "unit"].tolist()
    ['条']
    """
    rules = rules or policies.load("stores")
    limits = rules["carton_price.plausible"]
    if len(limits) != 2 or not limits[0] < limits[1]:
        raise DomainError("政策 stores 的 carton_price.plausible", "由小到大两个数", str(limits))
    low, high = limits
    checks.number("数量", quantity, 1e-9)
    money = checks.number("销售额", sales)
    rows = []
    for unit in ("箱", "件", "条", "包", "支"):
        cartons = float(exact(quantity, unit, "条"))
        price = money / cartons
        rows.append((unit, cartons, price, low <= price <= high))
    return pd.DataFrame(rows, columns=["unit", "cartons", "price", "plausible"])


def margin_on_price(price: float, cost: float) -> float:
    """Gross margin as a share of the selling price: (price - cost) / price. Negative when sold below cost.

    >>> round(margin_on_price(100, 92), 4)
    0.08
    """
    sold = checks.number("售价", price, 1e-9)
    return (sold - checks.number("进价", cost)) / sold


def margin_on_cost(price: float, cost: float) -> float:
    """Mark-up as a share of the cost: (price - cost) / cost.

    >>> round(margin_on_cost(100, 92), 4)
    0.087
    """
    paid = checks.number("进价", cost, 1e-9)
    return (checks.number("售价", price) - paid) / paid


def to_margin_on_cost(on_price: float) -> float:
    """The same margin as a share of the cost, from the share of the price (below 1).

    >>> round(to_margin_on_cost(0.08), 4)
    0.087
    """
    share = checks.number("占售价的毛利率", on_price, -math.inf, 1 - 1e-9)
    return share / (1 - share)


def to_margin_on_price(on_cost: float) -> float:
    """The same margin as a share of the price, from the share of the cost (above -1).

    >>> round(to_margin_on_price(0.25), 4)
    0.2
    """
    share = checks.number("占进价的毛利率", on_cost, -1 + 1e-9)
    return share / (1 + share)


def _ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    checks.columns(ledger, WHERE, "class", "qty", "cost", "price")
    checks.one_of(ledger, WHERE, "class", CLASSES, "sku")
    qty = checks.numbers(ledger, WHERE, "qty", (0, math.inf), "sku")
    cost = checks.numbers(ledger, WHERE, "cost", (0, math.inf), "sku")
    price = checks.numbers(ledger, WHERE, "price", (0, math.inf), "sku")
    return pd.DataFrame(
        {
            "class": ledger["class"].astype(int),
            "cartons": qty,
            "sales": qty * price,
            "profit": qty * (price - cost),
        }
    )


def ledger_totals(ledger: pd.DataFrame) -> dict[str, float]:
    """Totals of a shop's ledger.

    Parameters
    ----------
    ledger : DataFrame
        `class` 1–5, `qty` [cartons], `cost` and `price` [yuan a carton]; a row a sale.

    Returns
    -------
    dict
        `cartons` [条], `sales`, `profit` [yuan, to the fen], `price` [yuan a carton], `margin` (of sales).

    References
    ----------
    S0-056: 346 cartons, 17,816 yuan, 8 %, 1,425.28 yuan (DER-04).
    """
    rows = _ledger(ledger)
    cartons, sales, profit = (float(rows[c].sum()) for c in ("cartons", "sales", "profit"))
    if cartons <= 0 or sales <= 0:
        raise DomainError(WHERE, "销量和销售额大于 0", f"{cartons:g} 条、{sales:g} 元")
    return {
        "cartons": cartons,
        "sales": round(sales, 2),
        "profit": round(profit, 2),
        "price": sales / cartons,
        "margin": profit / sales,
    }


def ledger_by_class(ledger: pd.DataFrame) -> pd.DataFrame:
    """Volume, sales and profit of each cigarette class, with its share of each.

    Share of volume and share of sales are different things; both stand side by side.

    Returns
    -------
    DataFrame
        Index `class` 1–5 (all of them, with zeros); `cartons` [条], `sales`, `profit` [yuan], `price` [yuan
        a carton], `margin` (of sales), `share_cartons`, `share_sales`, `share_profit` (0–1). Price and
        margin are missing for a class that did not sell.

    References
    ----------
    S0-057, INC-08.
    """
    totals = ledger_totals(ledger)
    table = _ledger(ledger).groupby("class").sum().reindex(list(CLASSES), fill_value=0.0)
    table[["sales", "profit"]] = table[["sales", "profit"]].round(2)
    table["price"] = (table["sales"] / table["cartons"]).where(table["cartons"] > 0)
    table["margin"] = (table["profit"] / table["sales"]).where(table["sales"] > 0)
    for part in ("cartons", "sales", "profit"):
        table[f"share_{part}"] = table[part] / totals[part] if totals[part] else float("nan")
    return table


def change(before: Mapping[str, float], after: Mapping[str, float]) -> pd.DataFrame:
    """Before and after guidance: `before`, `after`, `change`, `percent` (of before; missing when that is 0).

    >>> change({"销量": 346}, {"销量": 450}).round(4).loc["销量"].tolist()
    [346.0, 450.0, 104.0, 30.0578]
    """
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        kinds = f"{type(before).__name__} 与 {type(after).__name__}"
        raise DomainError("前后对比", "项目对数的两张表(dict)", kinds)
    if set(before) != set(after) or not before:
        raise DomainError("前后对比", "前后是同样的项目", f"{list(before)} 与 {list(after)}")
    rows = {}
    for name in before:
        old = checks.number(str(name), before[name], -math.inf)
        new = checks.number(str(name), after[name], -math.inf)
        rows[name] = (old, new, new - old, (new - old) / abs(old) * 100 if old else float("nan"))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["before", "after", "change", "percent"])


def payback_months(capital: float, monthly_gain: float) -> float:
    """Months until the customer has his money back; infinite when the project gains nothing.

    References
    ----------
    S1-058: value-adding service may need the customer's money, so this is reckoned first.

    Examples
    --------
    >>> payback_months(3600, 150)
    24.0
    """
    spent = checks.number("投入", capital)
    gain = checks.number("每月多挣", monthly_gain, -math.inf)
    return spent / gain if gain > 0 else (0.0 if spent == 0 else math.inf)
