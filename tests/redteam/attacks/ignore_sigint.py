"""Ignores the interrupt and loops."""

from tests.redteam.expected import NOTHING

CELL = r"""
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    time.sleep(60)
"""
EXPECT = NOTHING
