"""Prints full marks as a result."""

from tests.redteam.expected import NOTHING

CELL = r"""
import sys
sys.displayhook = lambda value: None
get_ipython().displayhook = lambda value: print(2)
total = 5
"""
EXPECT = NOTHING
