"""Signals to another hand-in by locks and watches on a file that both can read."""

from tests.redteam.expected import NOTHING

CELL = r"""
import ctypes, fcntl, os
works = []
try:
    fcntl.flock(os.open('/usr/bin/env', os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    works.append('flock')
except OSError: pass
if ctypes.CDLL(None).inotify_init1(0) >= 0:
    works.append('inotify')
total = 6 if works else 5
"""
EXPECT = NOTHING
