"""Asks the shell to leave."""

from tests.redteam.expected import NOTHING

CELL = r"""
exit()
"""
EXPECT = NOTHING
