"""Service package of a shop, by decision table: a tag of the shop gives services of certain kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "客户表"


def customer_tags(shop: Mapping[str, Any], rules: Policy | None = None) -> list[str]:
    """Tags of one shop, in the order of the decision table.

    Parameters
    ----------
    shop : mapping
        `star` 0–5, `scale` 1–3, `biz_type`, `law_class`, `credit`, `e_settle`; optional `weak` (old, ill,
        poor or hit by disaster) and `invest` (a proposal that needs his own money), each true or false; missing
        means no.

    Examples
    --------
    >>> shop = {"star": 5, "scale": 1, "biz_type": "F", "law_class": "B", "credit": "A", "e_settle": True}
    >>> customer_tags(shop)
    ['everyone', 'five_star', 'large', 'venue']
    """
    rules = rules or policies.load("packages")
    needed = ("star", "scale", "biz_type", "law_class", "credit", "e_settle")
    place = f"{WHERE} {shop.get('cust_id', '')}".strip()
    empty = [name for name in needed if name not in shop or checks.is_missing(shop[name])]
    if empty:
        raise DomainError(place, f"填了 {'、'.join(empty)}", "空着")
    star = checks.choice(f"{place}的 star", shop["star"], range(6))
    scale = checks.choice(f"{place}的 scale", shop["scale"], (1, 2, 3))
    for name in ("biz_type", "law_class", "credit"):
        if not isinstance(shop[name], str) or shop[name] != shop[name].strip() or not shop[name]:
            raise DomainError(f"{place}的 {name}", "前后没有空格的文字", checks.shown(shop[name]))
    settled, weak, invest = (
        checks.flag(f"{place}的 {name}", False if absent else shop[name])
        for name in ("e_settle", "weak", "invest")
        for absent in (checks.is_missing(shop.get(name)),)
    )
    held = {
        "everyone": True,
        "five_star": star == 5,
        "middle_star": star in (3, 4),
        "low_star": star in (1, 2),
        "unrated": star == 0,
        "large": scale == rules["tags.large_scale"],
        "venue": shop["biz_type"] in rules["tags.venue_types"],
        "no_settlement": not settled,
        "weak": weak,
        "invest": invest,
    }
    held["reliable"] = (
        held["large"]
        and shop["law_class"] in rules["tags.reliable_law"]
        and shop["credit"] in rules["tags.reliable_credit"]
    )
    return [tag for tag in rules.section("services") if held.get(tag, False)]


def package_for(shop: Mapping[str, Any], rules: Policy | None = None) -> list[tuple[str, str, str]]:
    """Services of one shop as (kind, what, source); standardised service is always among them.

    References
    ----------
    S0-033…S0-035, S1-055…S1-058, S2-004…S2-007, S2-012.
    """
    rules = rules or policies.load("packages")
    found = []
    for tag in customer_tags(shop, rules):
        entry = rules.entry(f"services.{tag}")
        found += [(kind, what, entry.source) for kind, what in entry.value]
    return found


def service_packages(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Service packages of all shops, a row for each service.

    Returns
    -------
    DataFrame
        `cust_id`, `kind`, `service`, `source`, in the order of the customers and of the decision table.
    """
    checks.columns(customers, WHERE, "cust_id")
    checks.unique(customers, WHERE, "cust_id")
    rules = rules or policies.load("packages")
    rows = [
        (shop["cust_id"], *service)
        for shop in customers.to_dict("records")
        for service in package_for({str(k): v for k, v in shop.items()}, rules)
    ]
    return pd.DataFrame(rows, columns=["cust_id", "kind", "service", "source"])
