"""Exchanges all its descriptors, so that answers go where they are not expected."""

from tests.redteam.expected import NOTHING

CELL = r"""
import itertools, os
held = [n for n in range(3, 256) if os.path.exists(f'/proc/self/fd/{n}')] or list(range(3, 20))
for one, other in itertools.permutations(held, 2):
    try:
        spare = os.dup(one); os.dup2(other, one); os.dup2(spare, other); os.close(spare)
    except OSError: pass
total = 5
"""
EXPECT = NOTHING
