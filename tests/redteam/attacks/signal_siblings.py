"""Signals every process number there is."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, signal
for pid in range(2, 40000):
    try: os.kill(pid, signal.SIGKILL)
    except OSError: pass
total = 5
"""
EXPECT = NOTHING
