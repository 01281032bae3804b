"""Sends garbage as a message of four gigabytes."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
for fd in range(3, 256):
    try: os.write(fd, b'\xff' * 4096)
    except OSError: pass
total = 5
"""
EXPECT = NOTHING
