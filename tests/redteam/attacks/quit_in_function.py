"""Leaves when the test calls it."""

from tests.redteam.expected import NOTHING

CELL = r"""
def largest(table):
    import os
    os._exit(0)
total = 5
"""
EXPECT = NOTHING
