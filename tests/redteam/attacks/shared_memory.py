"""Leaves a message for others in shared memory and /tmp."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
for place in ('/tmp/note', '/dev/shm/note', '/mpl/note', '/stage/note', '/content/note'):
    try: open(place, 'w').write('x')
    except OSError: pass
found = [p for p in ('/tmp/note', '/dev/shm/note', '/mpl/note', '/stage/note', '/content/note') if os.path.exists(p)]
total = 6 if found else 5
"""
EXPECT = NOTHING
