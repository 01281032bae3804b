"""Never ends when the test calls it."""

from tests.redteam.expected import NOTHING

CELL = r"""
def largest(table):
    while True:
        pass
total = 5
"""
EXPECT = NOTHING
