"""The plots of the course: one question each, the question is the title.

Every function draws into `ax` (or a new figure) and returns the Axes. Names and units of the axes are
given by the caller. Stars, cigarette classes and routes have the same colour in the whole course; colour
never stands alone: bars carry numbers and hatching, lines and points carry their own dash or marker.
"""

from coursekit.domain.fonts import FONT_FAMILY, FONT_FILE
from coursekit.domain.plots.amounts import (
    bars,
    before_after,
    histogram,
    ranked,
    stacked,
    stars_by_route,
    structure,
)
from coursekit.domain.plots.courses import heat, lines, pareto, scatter, visit_map
from coursekit.domain.plots.maps import week_maps
from coursekit.domain.plots.style import (
    CLASS_COLOURS,
    CLASS_NAMES,
    DASHES,
    HATCHES,
    MARKERS,
    PALETTE,
    ROUTE_COLOURS,
    STAR_COLOURS,
    STAR_NAMES,
    save,
    use_style,
)

__all__ = [
    "CLASS_COLOURS",
    "CLASS_NAMES",
    "DASHES",
    "FONT_FAMILY",
    "FONT_FILE",
    "HATCHES",
    "MARKERS",
    "PALETTE",
    "ROUTE_COLOURS",
    "STAR_COLOURS",
    "STAR_NAMES",
    "bars",
    "before_after",
    "heat",
    "histogram",
    "lines",
    "pareto",
    "ranked",
    "save",
    "scatter",
    "stacked",
    "stars_by_route",
    "structure",
    "use_style",
    "visit_map",
    "week_maps",
]
