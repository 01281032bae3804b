"""The 135 method as data: analyse (warnings), plan, implement, evaluate, improve, and round again."""

from coursekit.domain.method135.cycle import (
    Cycle,
    check_loop,
    completion,
    demand_deadlines,
    draft_improvements,
    draft_plan,
    evaluate,
)
from coursekit.domain.method135.growth import (
    NOTES,
    customer_comparisons,
    group_comparisons,
    large_customers,
    two_periods,
    warnings,
)

__all__ = [
    "NOTES",
    "Cycle",
    "check_loop",
    "completion",
    "customer_comparisons",
    "demand_deadlines",
    "draft_improvements",
    "draft_plan",
    "evaluate",
    "group_comparisons",
    "large_customers",
    "two_periods",
    "warnings",
]
