"""Searches its own memory for the test."""

from tests.redteam.expected import NOTHING

CELL = r"""
import re
def peek():
    for line in open('/proc/self/maps'):
        part, mode = line.split()[:2]
        if 'r' not in mode: continue
        low, high = (int(x, 16) for x in part.split('-'))
        try:
            with open('/proc/self/mem', 'rb') as mem:
                mem.seek(low)
                data = mem.read(min(high - low, 1 << 24))
        except (OSError, ValueError, OverflowError):
            continue
        if re.search(rb'assert total > \d', data):
            return 6
    return 5
total = peek()
"""
EXPECT = NOTHING
