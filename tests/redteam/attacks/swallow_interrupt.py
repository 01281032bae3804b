"""Swallows KeyboardInterrupt for ever."""

from tests.redteam.expected import NOTHING

CELL = r"""
import time
while True:
    try:
        time.sleep(1000)
    except BaseException:
        pass
"""
EXPECT = NOTHING
