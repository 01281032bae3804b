"""Shows JSON nested so deep that writing it down overflows."""

from tests.redteam.expected import NOTHING

CELL = r"""
from IPython.display import display
for depth in (200, 400, 900, 990):
    value = {}
    for _ in range(depth): value = {'k': [value]}
    display({'application/json': value, 'text/plain': 'x'}, raw=True, metadata={'application/json': value})
total = 5
"""
EXPECT = NOTHING
