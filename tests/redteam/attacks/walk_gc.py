"""Looks for test source in all objects."""

from tests.redteam.expected import NOTHING

CELL = r"""
import gc, re
def largest(table):
    texts = [o for o in gc.get_objects() if isinstance(o, (list, dict, tuple))]
    seen = ''.join(s for o in texts for s in (o.values() if isinstance(o, dict) else o) if isinstance(s, str) and 'assert largest' in s)
    found = re.findall(r'== (\d+)', seen)
    return int(found[-1]) if found else 0
total = 5
"""
EXPECT = NOTHING
