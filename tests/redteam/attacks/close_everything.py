"""Closes every file of its process, the lines to driver and tester too."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
os.closerange(0, 256)
total = 5
"""
EXPECT = NOTHING
