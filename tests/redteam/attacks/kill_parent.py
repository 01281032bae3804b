"""Kills every process it may signal."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, signal
for pid in (os.getppid(), 1, -1, 2, 3):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
total = 5
"""
EXPECT = NOTHING
