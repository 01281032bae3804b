"""Sleeps for ever."""

from tests.redteam.expected import NOTHING

CELL = r"""
import time
time.sleep(10**6)
"""
EXPECT = NOTHING
