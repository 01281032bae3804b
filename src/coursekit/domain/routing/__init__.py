"""Which shops to visit on which day, in which order: the periodic vehicle routing problem.

`problem` states it, `search` solves it, `score` checks a plan without knowing how it was made,
`county` turns a customer table and a visit policy into a problem.
"""

from coursekit.domain.routing.county import County, county, least_minutes, practice, workload
from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.problem import Problem, Stop, spread_patterns
from coursekit.domain.routing.score import PlanScore, score
from coursekit.domain.routing.search import Solution, solve

__all__ = [
    "County",
    "PlanScore",
    "Problem",
    "SearchOptions",
    "Solution",
    "Stop",
    "county",
    "least_minutes",
    "practice",
    "score",
    "solve",
    "spread_patterns",
    "workload",
]
