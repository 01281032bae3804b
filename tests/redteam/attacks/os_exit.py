"""Ends its process at once."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
os._exit(0)
"""
EXPECT = NOTHING
