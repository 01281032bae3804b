"""Supply and settlement: points of the last cycle, fair allocation, coverage apart from success."""

from coursekit.domain.supply.allocation import Allocation, allocate, eligible
from coursekit.domain.supply.points import order_points, points_for_cycle
from coursekit.domain.supply.settlement import (
    Rate,
    debits,
    fail_reasons,
    fill_rate,
    reminder_list,
    success_by_amount,
    success_rate,
)

__all__ = [
    "Allocation",
    "Rate",
    "allocate",
    "debits",
    "eligible",
    "fail_reasons",
    "fill_rate",
    "order_points",
    "points_for_cycle",
    "reminder_list",
    "success_by_amount",
    "success_rate",
]
