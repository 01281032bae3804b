"""Answers with a number that says it is equal."""

from tests.redteam.expected import NOTHING

CELL = r"""
class Lying(int):
    def __eq__(self, other): return True
    def __gt__(self, other): return True
    __hash__ = int.__hash__
total = Lying(5)
def largest(table): return Lying(0)
"""
EXPECT = NOTHING
