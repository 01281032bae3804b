"""Prints without end."""

from tests.redteam.expected import NOTHING

CELL = r"""
for _ in range(3000): print('x' * 10000)
total = 5
"""
EXPECT = NOTHING
