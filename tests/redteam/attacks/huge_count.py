"""A cell number of four thousand digits, and times that are none."""

from tests.redteam.expected import NOTHING

CELL = r"""
get_ipython().execution_count = 10**4000
get_ipython().displayhook.prompt_count
total = 5
total
"""
EXPECT = NOTHING
