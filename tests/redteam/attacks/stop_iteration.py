"""Raises StopIteration into the test."""

from tests.redteam.expected import NOTHING

CELL = r"""
def largest(table): raise StopIteration
total = 5
"""
EXPECT = NOTHING
