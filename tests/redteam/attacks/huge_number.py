"""Answers with a number of a billion digits."""

from tests.redteam.expected import NOTHING

CELL = r"""
total = 10 ** 3000000
"""
EXPECT = NOTHING
