"""Takes all the memory there is."""

from tests.redteam.expected import NOTHING

CELL = r"""
kept = []
try:
    while True: kept.append(bytearray(1 << 26))
except MemoryError:
    kept = None
total = 5
"""
EXPECT = NOTHING
