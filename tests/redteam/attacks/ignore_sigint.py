"""Ignores the interrupt and loops."""

from tests.redteam.expected import NOTHING

CELL = r"""
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    pass
"""
EXPECT = NOTHING
