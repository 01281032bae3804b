"""Answers a question one byte at a time, with pauses, and ignores interrupts."""

from tests.redteam.expected import NOTHING

CELL = r"""
import signal, struct, time
from coursekit.grading.inside.learner import LearnerSide
def drip(self, link, message):
    for byte in struct.pack('!I', 10**6) + b' ' * 10**6:
        link.send(bytes([byte]))
        time.sleep(0.3)
kept = LearnerSide._reply
LearnerSide._reply = lambda self, link, message: (drip if link is self._questions else kept)(self, link, message)
signal.signal(signal.SIGINT, signal.SIG_IGN)
total = 5
"""
EXPECT = NOTHING
