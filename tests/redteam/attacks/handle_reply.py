"""Answers with a handle nobody asked for."""

from tests.redteam.expected import NOTHING

CELL = r"""
from coursekit.grading.inside.learner import LearnerSide
LearnerSide._do = lambda self, message, encoder: {'value': {'t': 'handle', 'v': 1, 'k': 'object', 'c': 'x'}}
total = 5
"""
EXPECT = NOTHING
