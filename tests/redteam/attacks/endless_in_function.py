"""Never ends when the test calls it."""

from tests.redteam.expected import NOTHING

CELL = r"""
import time
def largest(table):
    while True:
        time.sleep(0.01)
total = 5
"""
EXPECT = NOTHING
