"""Answers one task honestly, then ends its process."""

from tests.redteam.expected import AT_MOST_ONE_TEST

CELL = r"""
total = 6
import atexit, threading, os
def largest(table): os._exit(1)
"""
EXPECT = AT_MOST_ONE_TEST
