"""Emergency plan of one company as a decision table: event and scope give who decides, how, what.

The plan is one prefecture company's, without a year; another company's may differ, so the whole table is
policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

STOCKS = ("normal", "tight", "controlled")
FIELDS = ("name", "decides", "channel", "action", "limit")


@dataclass(frozen=True)
class Response:
    """What the plan says for one event; an empty text means the plan says nothing there.

    Attributes
    ----------
    code : str
        `event.scope` in the policy.
    name, decides, channel, action, limit : str
        The event's name, who decides, how people are told, what is done, until when (Chinese).
    sources : tuple of str
        Fact ids; `typical` beside them where the plan does not name who decides or how (see the policy's note).
    """

    code: str
    name: str
    decides: str
    channel: str
    action: str
    limit: str
    sources: tuple[str, ...]


def event_codes(rules: Policy | None = None) -> list[str]:
    """All `event.scope` codes of the plan, in its order."""
    return list((rules or policies.load("service")).section("emergency"))


def respond(event: str, scope: str, rules: Policy | None = None) -> Response:
    """What the plan says for an event of a scope.

    Parameters
    ----------
    event : str
        `network`, `equipment`, `weather`, `vehicle`, `accident`, `demand` or `supply`.
    scope : str
        Which case of it, such as `most` or `few` for weather.

    Raises
    ------
    DomainError
        If the plan has no such case; nothing is guessed (INC-19: funerals, for example, have no rule).

    References
    ----------
    S0-074…S0-121.

    Examples
    --------
    >>> respond("weather", "few").decides
    '领导小组办公室'
    >>> respond("weather", "most").channel
    '电视、电台、短信平台'
    """
    rules = rules or policies.load("service")
    code = f"{event}.{scope}"
    known = event_codes(rules)
    if code not in known:
        raise DomainError("事件", f"预案里有的情形：{'、'.join(known)}", code)
    entry = rules.entry(f"emergency.{code}")
    if not isinstance(entry.value, dict) or set(entry.value) != set(FIELDS):
        raise DomainError(
            f"政策 {rules.name} 的 emergency.{code}", f"有 {'、'.join(FIELDS)} 五项", repr(entry.value)
        )
    texts = {name: str(entry.value[name]) for name in FIELDS}
    return Response(code=code, sources=entry.sources, **texts)


def respond_to_demand(
    kind: str, tight: bool, law_abiding: bool, real_price: bool, rules: Policy | None = None
) -> Response:
    """What to do when somebody needs cigarettes out of turn.

    Parameters
    ----------
    kind : str
        `planned` (known in time), `special` (not in time) or `consumer` (asked by a consumer).
    tight : bool
        Whether the cigarettes are in tight supply or controlled: never replenished.
    law_abiding, real_price : bool
        Whether the shop keeps the law and really sells at the marked price; for `consumer` they say
        nothing and are not looked at.

    References
    ----------
    S0-115…S0-118.

    Examples
    --------
    >>> respond_to_demand("planned", tight=True, law_abiding=True, real_price=True).name
    '不予补货'
    """
    if not isinstance(kind, str) or kind not in ("planned", "special", "consumer"):
        raise DomainError("临时用烟", "planned、special 或 consumer", checks.shown(kind))
    scarce = checks.flag("紧俏或受控", tight)
    if kind != "consumer":
        law_abiding, real_price = checks.flag("守法", law_abiding), checks.flag("明码实价", real_price)
    if scarce or (kind != "consumer" and not (law_abiding and real_price)):
        return respond("demand", "refused", rules)
    return respond("demand", kind, rules)


def respond_to_all(events: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """What the plan says for a table of events, a row each.

    Parameters
    ----------
    events : DataFrame
        `event_id` (unique), `type`, `scope`; for `demand` also `law_abiding`, `clear_price` (true or false)
        and `stock` (normal, tight, controlled).

    Returns
    -------
    DataFrame
        `event_id`, `code`, `name`, `decides`, `channel`, `action`, `limit`, `source`, in the order given.
    """
    rules = rules or policies.load("service")
    where = "事件表"
    checks.columns(events, where, "event_id", "type", "scope")
    checks.unique(events, where, "event_id")
    rows = []
    for position, event in enumerate(events.to_dict("records")):
        place = f"{where} {checks.row_name(events, position, 'event_id')}"
        try:
            found = _respond_to_row({str(key): value for key, value in event.items()}, rules)
        except DomainError as error:
            raise DomainError(f"{place}的{error.where}", error.expected, error.got, error.todo) from None
        texts = [getattr(found, name) for name in FIELDS]
        rows.append((event["event_id"], found.code, *texts, "、".join(found.sources)))
    return pd.DataFrame(rows, columns=["event_id", "code", *FIELDS, "source"])


def _respond_to_row(event: dict[str, Any], rules: Policy) -> Response:
    if event["type"] != "demand":
        return respond(str(event["type"]), str(event["scope"]), rules)
    for name, allowed in (("stock", STOCKS), ("law_abiding", (True, False)), ("clear_price", (True, False))):
        value = event.get(name)
        if not isinstance(value, str | int | float | np.bool_) or value not in allowed:
            raise DomainError(f" {name}", "、".join(map(str, allowed)), checks.shown(value))
    tight = event["stock"] != "normal"
    return respond_to_demand(
        str(event["scope"]), tight, bool(event["law_abiding"]), bool(event["clear_price"]), rules
    )
