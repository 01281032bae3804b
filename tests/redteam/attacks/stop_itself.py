"""Stops itself and all its children instead of ending."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, signal
for _ in range(3):
    if os.fork() == 0:
        while True: os.kill(os.getpid(), signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
os.kill(0, signal.SIGSTOP)
while True: signal.pause()
"""
EXPECT = NOTHING
