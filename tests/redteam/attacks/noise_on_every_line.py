"""Threads that flip the answer all the time and write replies into every open file."""

from tests.redteam.expected import AT_MOST_ONE_TEST

CELL = r"""
import itertools, json, os, struct, threading
total = 5
def flip():
    global total
    while True:
        total = 6; total = 5
def noise():
    for number in itertools.count():
        raw = json.dumps({'id': number % 50, 'value': 9}).encode()
        for fd in range(3, 40):
            try: os.write(fd, struct.pack('!I', len(raw)) + raw)
            except OSError: pass
for work in (flip, noise):
    threading.Thread(target=work, daemon=True).start()
"""
EXPECT = AT_MOST_ONE_TEST
