"""Retail customers: do the files add up, which class is a shop in, what does it get.

Nothing here repairs a table: differences and faults are reported, people decide.
"""

from coursekit.domain.customers.bands import Band, bands_of, count_bands, grade
from coursekit.domain.customers.cleaning import RULES, cleaning_report
from coursekit.domain.customers.degrees import four_degrees
from coursekit.domain.customers.packages import customer_tags, package_for, service_packages
from coursekit.domain.customers.segments import reallocate_visits, segments
from coursekit.domain.customers.stars import STAR_OF, fujian_points, stars_from_points
from coursekit.domain.customers.totals import Share, coverage, head_count, online_shares, reconcile
from coursekit.domain.customers.value import abc, pareto_table, top_share

__all__ = [
    "RULES",
    "STAR_OF",
    "Band",
    "Share",
    "abc",
    "bands_of",
    "cleaning_report",
    "count_bands",
    "coverage",
    "customer_tags",
    "four_degrees",
    "fujian_points",
    "grade",
    "head_count",
    "online_shares",
    "package_for",
    "pareto_table",
    "reallocate_visits",
    "reconcile",
    "segments",
    "service_packages",
    "stars_from_points",
    "top_share",
]
