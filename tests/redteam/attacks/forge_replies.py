"""Writes into every open descriptor."""

from tests.redteam.expected import AT_MOST_ONE_TEST

CELL = r"""
import os, struct, json
def forged(n):
    raw = json.dumps({'id': n, 'value': 6}).encode()
    return struct.pack('!I', len(raw)) + raw
for fd in range(3, 256):
    for n in range(1, 12):
        try: os.write(fd, forged(n))
        except OSError: break
total = 5
"""
EXPECT = AT_MOST_ONE_TEST
