"""Deadlines: complaints in working days, call-backs in hours. They belong to different companies.

The 1/3/7 working days are a petroleum company's rule, the 24 hours a tobacco company's promise to key
customers (INC-54); the two are computed and reported apart.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import add_working_days, as_date, working_days_between
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

CLASSES = {"ordinary": "一般", "larger": "较大", "special": "特殊"}
_KEYS = {**{key: key for key in CLASSES}, **{name: key for key, name in CLASSES.items()}}
WHERE = "投诉表"


def complaint_due(opened: dt.date, kind: str, approved: bool = False, rules: Policy | None = None) -> dt.date:
    """Last day on which a complaint is closed in time.

    The day it came in does not count. A special case that leaders did not approve has the limit of a
    larger one.

    Parameters
    ----------
    opened : date or datetime
        When it came in.
    kind : str
        `ordinary`, `larger`, `special`, or the Chinese name.
    approved : bool
        Whether leaders approved the longer limit; looked at for special cases only.

    References
    ----------
    S4-006, S4-029 (petroleum).

    Examples
    --------
    >>> complaint_due(dt.date(2024, 4, 30), "一般")
    datetime.date(2024, 5, 6)
    """
    rules = rules or policies.load("service")
    if not isinstance(kind, str) or kind not in _KEYS:
        raise DomainError("投诉类别", f"下列之一：{'、'.join(CLASSES.values())}", checks.shown(kind))
    key, longer = _KEYS[kind], checks.flag("领导已批准", approved)
    if key == "special" and not longer:
        key = "larger"
    return add_working_days(opened, rules.whole(f"complaint_days.{key}"))


def check_complaints(complaints: pd.DataFrame, as_of: dt.date, rules: Policy | None = None) -> pd.DataFrame:
    """Deadline and outcome of each complaint.

    Parameters
    ----------
    complaints : DataFrame
        `id` (unique), `opened` (datetime), `class` (一般/较大/特殊 or the English key), `approved`
        (true or false), `closed` (datetime; missing = still open).
    as_of : date
        The day of the check; nothing may be opened or closed after it.

    Returns
    -------
    DataFrame
        `id`, `due` (date), `working_days` used so far or in all, `status` (按时、超时、在办、在办已超时).

    Raises
    ------
    DomainError
        If a complaint is closed before it is opened, lies in the future, or a value is missing.
    """
    as_of = as_date(as_of, "检查的日子")
    checks.columns(complaints, WHERE, "id", "opened", "class", "approved", "closed")
    checks.unique(complaints, WHERE, "id")
    begun = checks.dates(complaints, WHERE, "opened", "id")
    ended = checks.dates(complaints, WHERE, "closed", "id", missing=True)
    checks.one_of(complaints, WHERE, "class", list(_KEYS), "id")
    approved = checks.booleans(complaints, WHERE, "approved", "id")
    end = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    rows = []
    for position, (number, start, kind, allowed, stop) in enumerate(
        zip(complaints["id"], begun, complaints["class"], approved, ended, strict=True)
    ):
        place = f"{WHERE} {checks.row_name(complaints, position, 'id')}"
        if start >= end or stop >= end:
            raise DomainError(place, f"不晚于 {as_of}", str(start if start >= end else stop))
        if stop < start:
            raise DomainError(f"{place}的 closed", f"不早于受理时间 {start}", str(stop))
        due = complaint_due(start.date(), str(kind), bool(allowed), rules)
        done = not pd.isna(stop)
        last = stop.date() if done else as_of
        late = last > due
        status = ("超时" if late else "按时") if done else ("在办已超时" if late else "在办")
        rows.append((number, due, working_days_between(start.date(), last), status))
    return pd.DataFrame(rows, columns=["id", "due", "working_days", "status"])


def callback_due(asked: dt.datetime, rules: Policy | None = None) -> dt.datetime:
    """When the call-back is due: hours on the clock, nights and holidays included.

    References
    ----------
    S0-134 (key customers of one tobacco company, about 2004).

    Examples
    --------
    >>> callback_due(dt.datetime(2024, 5, 1, 16, 30))
    datetime.datetime(2024, 5, 2, 16, 30)
    """
    rules = rules or policies.load("service")
    if not isinstance(asked, dt.datetime) or pd.isna(asked):
        raise DomainError("提出时间", "有日期和时刻的时间", repr(asked))
    return asked + dt.timedelta(hours=rules.number("callback.hours"))


def check_callbacks(requests: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Call-backs to key customers held against their hours.

    Parameters
    ----------
    requests : DataFrame
        `id` (unique), `key` (true for key customers, whom the promise is for), `opened` and `called_back`
        (datetimes; `called_back` missing = not yet).

    Returns
    -------
    DataFrame
        For key customers: `id`, `hours` waited, `in_time` (both missing when not yet called).
    """
    rules = rules or policies.load("service")
    where = "回电表"
    checks.columns(requests, where, "id", "key", "opened", "called_back")
    checks.unique(requests, where, "id")
    checks.filled(requests, where, ["opened"], "id")
    keyed = checks.booleans(requests, where, "key", "id").to_numpy()
    opened = checks.dates(requests, where, "opened", "id")
    hours = checks.minutes(checks.dates(requests, where, "called_back", "id", missing=True), opened) / 60
    early = (hours < 0).to_numpy() & keyed
    if early.any():
        place = f"{where} {checks.row_name(requests, int(early.argmax()), 'id')}的 called_back"
        raise DomainError(place, "不早于提出的时间", f"早 {-hours[early].iloc[0]:g} 小时")
    in_time = (hours <= rules.number("callback.hours")).astype("boolean").mask(hours.isna())
    return pd.DataFrame({"id": requests["id"], "hours": hours, "in_time": in_time})[keyed]
