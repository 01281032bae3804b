"""Answers other questions than the one asked, without end."""

from tests.redteam.expected import NOTHING

CELL = r"""
import time
from coursekit.grading.inside.framing import send
from coursekit.grading.inside.learner import LearnerSide
def flood(self, link, message):
    n = 10**6
    while link is self._questions:
        n += 1
        time.sleep(0.001)
        send(link, {'id': n, 'value': 6})
    send(link, message)
LearnerSide._reply = flood
total = 5
"""
EXPECT = NOTHING
