"""Asks the tester to call functions."""

from tests.redteam.expected import NOTHING

CELL = r"""
from coursekit.grading.inside.learner import LearnerSide
LearnerSide._do = lambda self, message, encoder: {'callback': 1, 'args': {'t': 'tuple', 'v': []}}
total = 5
"""
EXPECT = NOTHING
