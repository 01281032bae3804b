"""The one-mouth-clear drill (一口清): say route, star, monthly cartons, last visit of a customer by heart.

Cards come from a customer table, the learner's own or the shipped one; what a table does not hold is not
asked.

References
----------
S1-043.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from coursekit.quiz.templates import seeded
from coursekit.quiz.textnorm import as_number, loose_same

_KINDS = {1: "一、二类", 2: "一、二类", 3: "三类", 4: "四、五类", 5: "四、五类"}
_CARTONS, _WEAK, _VISIT = "月均", "比同星级弱在哪几类烟", "最近一次走访"
_DAY = re.compile(r"(\d\d)-(\d\d)(?:（.*）)?$")


@dataclass(frozen=True)
class DrillField:
    """One thing to know about a customer: its name, its value, and how near a number must be."""

    label: str
    answer: str
    unit: str = ""
    within: float = 0.0

    def right(self, given: str) -> bool:
        """Whether what was said fits; of a visit the day is enough, written in any way."""
        day = _DAY.match(self.answer)
        if day:
            said_day = [int(number) for number in re.findall(r"\d+", given)][-3:]
            return said_day[-2:] == [int(day[1]), int(day[2])] and len(said_day) >= 2
        wanted, said = as_number(self.answer, self.unit), as_number(given, self.unit)
        if wanted is not None and said is not None:
            return abs(float(said - wanted)) <= abs(float(wanted)) * self.within + 1e-9
        text = given.strip().removesuffix(self.unit) if self.unit else given.strip()
        text = text.upper().removesuffix("线").removesuffix("星")
        answer = self.answer.upper().removesuffix("线").removesuffix("星")
        return bool(text) and loose_same(answer, text)


@dataclass(frozen=True)
class DrillCard:
    """One customer to know by heart."""

    key: str
    title: str
    fields: tuple[DrillField, ...]


def drill_cards(
    customers: pd.DataFrame,
    sales: pd.DataFrame | None = None,
    visits: pd.DataFrame | None = None,
    within: float = 0.1,
    skus: pd.DataFrame | None = None,
    weak: float = 0.05,
) -> list[DrillCard]:
    """Cards from tables in the course's column names.

    Parameters
    ----------
    customers : DataFrame
        `cust_id`, `name`, and what there is of `route`, `star`, `e_settle`; `monthly` [条], `weak_point`
        and `last_visit` stand in where no other table tells them.
    sales : DataFrame, optional
        `cust_id`, `week` or `month`, `qty` [条]; gives monthly cartons.
    visits : DataFrame, optional
        `cust_id`, `date`, and what there is of `arrive`, `result`; gives the last visit and the open wish.
    within : float
        How near monthly cartons must be, as a share.
    skus : DataFrame, optional
        `sku`, `class`; with `sku` in `sales`, unless `sales` has `class` itself, it gives the kind of cigarettes a shop is weak in.
    weak : float
        How much smaller than among shops of the same star that kind's share must be.
    """
    weakest = _weakest(customers, sales, skus, weak)
    monthly = _monthly(sales)
    last = _last_visits(visits)
    cards = []
    for row in customers.to_dict("records"):
        name = str(row["cust_id"])
        fields = []
        if _has(row, "route"):
            fields.append(DrillField("线路", f"{row['route']} 线".replace(" ", "")))
        if _has(row, "star"):
            star = int(row["star"])
            fields.append(DrillField("星级", f"{star} 星".replace(" ", "") if star else "未定级"))
        if name in monthly or _has(row, "monthly"):
            cartons = monthly[name] if name in monthly else float(row["monthly"])
            fields.append(DrillField(_CARTONS, f"{cartons:.0f}", "条", within))
        if name in weakest:
            fields.append(DrillField(_WEAK, weakest[name]))
        elif _has(row, "weak_point"):
            fields.append(DrillField("弱项", str(row["weak_point"])))
        if _has(row, "e_settle"):
            fields.append(DrillField("电子结算", "开通" if row["e_settle"] else "没开通"))
        if name in last or _has(row, "last_visit"):
            date, result = last.get(name) or (row["last_visit"], "")
            fields.append(DrillField(_VISIT, f"{date:%m-%d}" + (f"（{result}）" if result else "")))
        if fields:
            cards.append(DrillCard(f"D-{name}", f"{row.get('name', name)}（{name}）", tuple(fields)))
    return cards


def not_asked(
    cards: Sequence[DrillCard],
    sales: pd.DataFrame | None = None,
    visits: pd.DataFrame | None = None,
    skus: pd.DataFrame | None = None,
) -> str:
    """One line on what no card asks and why, for the learner; empty if all is asked."""
    asked = {one.label for card in cards for one in card.fields}
    strange = "里的客户编码和客户表对不上"
    columns = set() if sales is None else set(sales.columns)
    why = {}
    if sales is None:
        why[_CARTONS] = why[_WEAK] = "没有给销量表"
    else:
        why[_CARTONS] = "销量表" + (strange if columns & {"week", "month"} else "里没有周、日期或月份")
        kinds = "class" in columns or ("sku" in columns and skus is not None)
        why[_WEAK] = "没有对得上、又明显弱的户" if kinds else "销量表里没有类别，也没有品规表可查"
    why[_VISIT] = "没有给走访记录" if visits is None else f"走访记录{strange}，或者没有去成的走访"
    gone = [f"{name}（{why[name]}）" for name in why if name not in asked]
    if "弱项" in asked:
        gone = [text for text in gone if not text.startswith(_WEAK)]
    return f"没有问的：{'、'.join(gone)}。" if gone else ""


def pick(cards: Sequence[DrillCard], overdue: Sequence[str], count: int, seed: str) -> list[DrillCard]:
    """Cards of one round: overdue ones first, then others by chance."""
    known = {card.key: card for card in cards}
    first = [known[key] for key in overdue if key in known][:count]
    rest = [card for card in cards if card not in first]
    seeded("drill", seed).shuffle(rest)
    return first + rest[: count - len(first)]


def _monthly(sales: pd.DataFrame | None) -> dict[str, float]:
    """Cartons a month by customer [条]: monthly mean, or weekly mean times 52 / 12."""
    if sales is None or not {"cust_id", "qty"} <= set(sales.columns):
        return {}
    if "month" in sales.columns:
        months = float(sales["month"].nunique())
    elif "week" in sales.columns:
        months = sales["week"].dt.to_period("W").nunique() * 12 / 52
    else:
        return {}
    totals = sales.groupby("cust_id")["qty"].sum() / (months or 1)
    return {str(name): float(value) for name, value in totals.items()}


def _weakest(
    customers: pd.DataFrame, sales: pd.DataFrame | None, skus: pd.DataFrame | None, weak: float
) -> dict[str, str]:
    """The kind of cigarettes in which a shop's share of cartons lies furthest below that of its star."""
    if sales is not None and "class" not in sales and "sku" in sales and skus is not None:
        sales = sales.merge(skus[["sku", "class"]], on="sku")
    if sales is None or not {"cust_id", "class", "qty"} <= set(sales.columns):
        return {}
    if not {"cust_id", "star"} <= set(customers.columns):
        return {}
    known = sales.merge(customers[["cust_id", "star"]], on="cust_id")
    known = known[known["star"].notna() & (known["star"] > 0)].assign(kind=lambda t: t["class"].map(_KINDS))
    if known.empty:
        return {}
    own = known.pivot_table(
        index=["star", "cust_id"], columns="kind", values="qty", aggfunc="sum", fill_value=0
    )
    peers = own.groupby(level="star").sum()
    shares, usual = own.div(own.sum(axis=1), axis=0), peers.div(peers.sum(axis=1), axis=0)
    gap = shares - usual.reindex(shares.index.get_level_values("star")).to_numpy()
    names, lowest, kinds = gap.index.get_level_values("cust_id"), gap.min(axis=1), gap.idxmin(axis=1)
    found = zip(names, lowest, kinds, strict=True)
    return {str(name): str(kind) for name, least, kind in found if least <= -weak}


def _last_visits(visits: pd.DataFrame | None) -> dict[str, tuple[pd.Timestamp, str]]:
    """Day and result of the last visit that took place: the day of arrival, which may not be the planned one."""
    if visits is None or not {"cust_id", "date"} <= set(visits.columns):
        return {}
    told = [name for name in ("arrive", "result") if name in visits.columns][:1]
    done = visits.dropna(subset=told)
    done = done.assign(date=done[told[0]] if told == ["arrive"] else done["date"])
    done = done.sort_values("date").groupby("cust_id").tail(1)
    out = {}
    for row in done.to_dict("records"):
        result = row.get("result")
        out[str(row["cust_id"])] = (row["date"], "" if pd.isna(result) else str(result))
    return out


def _has(row: Mapping[Hashable, Any], name: str) -> bool:
    return name in row and not pd.isna(row[name])
