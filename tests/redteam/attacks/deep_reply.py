"""Answers with a value nested without end."""

from tests.redteam.expected import NOTHING

CELL = r"""
from coursekit.grading.inside.learner import LearnerSide
v = 1
for _ in range(900): v = {'t': 'list', 'v': [v]}
LearnerSide._do = lambda self, message, encoder: {'value': v}
total = 5
"""
EXPECT = NOTHING
