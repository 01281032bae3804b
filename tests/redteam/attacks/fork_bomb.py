"""Forks until it cannot."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, time
try:
    while True:
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
except OSError:
    pass
total = 5
"""
EXPECT = NOTHING
