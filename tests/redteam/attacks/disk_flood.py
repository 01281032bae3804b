"""Fills the disk."""

from tests.redteam.expected import NOTHING

CELL = r"""
try:
    with open('big', 'wb') as f:
        while True: f.write(bytes(1 << 20))
except OSError:
    pass
total = 5
"""
EXPECT = NOTHING
