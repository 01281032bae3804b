"""Gives the name the test uses to something else."""

from tests.redteam.expected import NOTHING

CELL = r"""
class pd:
    @staticmethod
    def DataFrame(*a, **k): return None
assert_ = None
total = 5
"""
EXPECT = NOTHING
