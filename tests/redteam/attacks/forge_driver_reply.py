"""Answers the driver in the place of its cell."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, struct, json
raw = json.dumps({'outputs': [], 'count': 2, 'ended': 'ok', 'value': '2.0'}).encode()
for fd in range(3, 256):
    try: os.write(fd, (struct.pack('!I', len(raw)) + raw) * 20)
    except OSError: pass
total = 5
"""
EXPECT = NOTHING
