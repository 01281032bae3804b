"""Visits: how many are due, whether the days suffice, whether a plan keeps the rules, what became of it."""

from coursekit.domain.visits.capacity import Capacity, capacity, per_month, required_visits
from coursekit.domain.visits.log import LogSummary, check_log, shortfalls, summarize_log
from coursekit.domain.visits.plan import RULES, check_plan, score_plan
from coursekit.domain.visits.tours import own_week, reference_routes, week_minutes, week_of

__all__ = [
    "RULES",
    "Capacity",
    "LogSummary",
    "capacity",
    "check_log",
    "check_plan",
    "own_week",
    "per_month",
    "reference_routes",
    "required_visits",
    "score_plan",
    "shortfalls",
    "summarize_log",
    "week_minutes",
    "week_of",
]
