"""Reads the tester's questions from the socket itself."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, threading, select, time
def steal():
    while True:
        time.sleep(0.0005)
        for fd in range(3, 32):
            try:
                if select.select([fd], [], [], 0)[0]: os.read(fd, 65536)
            except (OSError, ValueError): pass
threading.Thread(target=steal, daemon=True).start()
total = 5
"""
EXPECT = NOTHING
