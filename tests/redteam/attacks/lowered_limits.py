"""Takes its own limits away, so that the machinery cannot answer."""

from tests.redteam.expected import NOTHING

CELL = r"""
import resource, sys, threading
total = 5
for kind, most in ((resource.RLIMIT_NOFILE, 3), (resource.RLIMIT_STACK, 1 << 16), (resource.RLIMIT_FSIZE, 0)):
    resource.setrlimit(kind, (most, most))
sys.setrecursionlimit(60)
"""
EXPECT = NOTHING
