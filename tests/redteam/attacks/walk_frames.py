"""Looks for test source in the frames that call it."""

from tests.redteam.expected import NOTHING

CELL = r"""
import sys, re
def largest(table):
    frame, seen = sys._getframe(), ''
    while frame:
        seen += repr(frame.f_locals)[:100000]
        frame = frame.f_back
    found = re.findall(r'== (\d+)', seen)
    return int(found[-1]) if found else 0
total = 5
"""
EXPECT = NOTHING
