"""Raises exceptions with hostile texts."""

from tests.redteam.expected import NOTHING

CELL = r"""
class Bad(Exception):
    def __str__(self): raise RuntimeError
    __repr__ = __str__
def largest(table): raise Bad
total = 5
"""
EXPECT = NOTHING
