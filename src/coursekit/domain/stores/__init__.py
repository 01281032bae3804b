"""What a shop earns with cigarettes, what it should hold, and whether its targets can be true together."""

from coursekit.domain.stores.economics import (
    carton_price,
    change,
    ledger_by_class,
    ledger_totals,
    margin_on_cost,
    margin_on_price,
    payback_months,
    to_margin_on_cost,
    to_margin_on_price,
    unit_readings,
)
from coursekit.domain.stores.stock import (
    StockRule,
    capital_tied,
    days_without,
    lost_sales,
    order_quantity,
    reorder_point,
    stock_days,
)
from coursekit.domain.stores.swot import QUADRANTS, check_swot, quadrant, swot_table
from coursekit.domain.stores.targets import Base, Proof, Targets, base_from_ledger, case_targets, prove

__all__ = [
    "QUADRANTS",
    "Base",
    "Proof",
    "StockRule",
    "Targets",
    "base_from_ledger",
    "capital_tied",
    "carton_price",
    "case_targets",
    "change",
    "check_swot",
    "days_without",
    "ledger_by_class",
    "ledger_totals",
    "lost_sales",
    "margin_on_cost",
    "margin_on_price",
    "order_quantity",
    "payback_months",
    "prove",
    "quadrant",
    "reorder_point",
    "stock_days",
    "swot_table",
    "to_margin_on_cost",
    "to_margin_on_price",
    "unit_readings",
]
