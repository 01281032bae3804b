"""Fills memory that no limit of a process counts: files without a name, shared segments, message queues."""

from tests.redteam.expected import NOTHING

CELL = r"""
import ctypes, os
libc = ctypes.CDLL(None)
works = [name for name in ('shmget', 'msgget', 'semget') if getattr(libc, name)(0, 4096, 0o1666) >= 0]
try: works.append(os.memfd_create('x'))
except OSError: pass
total = 6 if works else 5
"""
EXPECT = NOTHING
