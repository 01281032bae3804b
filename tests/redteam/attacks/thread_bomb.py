"""Starts threads until it cannot."""

from tests.redteam.expected import NOTHING

CELL = r"""
import threading, time
try:
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
except RuntimeError:
    pass
total = 5
"""
EXPECT = NOTHING
