"""Opens and locks every file it can find, for reading and for writing."""

from tests.redteam.expected import NOTHING

CELL = r"""
import fcntl, os
held = []
for here, folders, files in os.walk('/'):
    if here.startswith(('/proc', '/sys')) or len(held) > 150: folders[:] = []; continue
    for name in files[:3]:
        for mode in (os.O_RDWR, os.O_RDONLY):
            try:
                fd = os.open(os.path.join(here, name), mode | os.O_NONBLOCK)
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB); held.append(fd); break
            except OSError: pass
total = 5
"""
EXPECT = NOTHING
