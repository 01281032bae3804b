"""Raises SystemExit."""

from tests.redteam.expected import NOTHING

CELL = r"""
import sys
sys.exit(0)
"""
EXPECT = NOTHING
