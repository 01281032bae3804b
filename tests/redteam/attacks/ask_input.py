"""Waits for input."""

from tests.redteam.expected import NOTHING

CELL = r"""
total = int(input('合计: '))
"""
EXPECT = NOTHING
