"""Detaches a process by forking twice."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(1)
    os._exit(0)
total = 5
"""
EXPECT = NOTHING
