"""Lets an audit hook, tracers, a collector's callback and finalizers break whatever runs next."""

from tests.redteam.expected import NOTHING

CELL = r"""
import gc, sys, threading
total = 5
def trap(*a): raise SystemExit
class Last:
    def __del__(self): raise SystemExit
kept = [Last() for _ in range(100)]
gc.callbacks.append(trap)
sys.setprofile(trap); threading.setprofile(trap); sys.settrace(trap)
sys.setrecursionlimit(100); sys.setswitchinterval(1e6)
sys.addaudithook(trap)
"""
EXPECT = NOTHING
