"""Visits: how many are due, whether the days suffice, whether a plan keeps the rules, what became of it."""

from coursekit.domain.visits.capacity import Capacity, capacity, per_month, required_visits
from coursekit.domain.visits.log import LogSummary, check_log, shortfalls, summarize_log
from coursekit.domain.visits.plan import RULES, check_plan, score_plan

__all__ = [
    "RULES",
    "Capacity",
    "LogSummary",
    "capacity",
    "check_log",
    "check_plan",
    "per_month",
    "required_visits",
    "score_plan",
    "shortfalls",
    "summarize_log",
]
