"""Emergency plan of one company as a decision table: event and scope give who decides, how, what.

The plan is one prefecture company's, without a year; another company's may differ, so the whole table is
policy.
"""

from __future__ import annotations

from dataclasses import dataclass

from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

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
        Fact ids.
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
    '电视、广播、短信平台'
    """
    rules = rules or policies.load("service")
    code = f"{event}.{scope}"
    known = event_codes(rules)
    if code not in known:
        raise DomainError("事件", f"预案里有的情形:{'、'.join(known)}", code)
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
    if kind not in ("planned", "special", "consumer"):
        raise DomainError("临时用烟", "planned、special 或 consumer", repr(kind))
    if tight or (kind != "consumer" and not (law_abiding and real_price)):
        return respond("demand", "refused", rules)
    return respond("demand", kind, rules)
