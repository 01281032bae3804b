"""Shows no errors."""

from tests.redteam.expected import NOTHING

CELL = r"""
sh = get_ipython()
sh.showtraceback = sh._showtraceback = lambda *a, **k: None
total = 5
"""
EXPECT = NOTHING
