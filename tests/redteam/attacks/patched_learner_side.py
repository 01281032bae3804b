"""Makes its own process answer six to everything."""

from tests.redteam.expected import AT_MOST_ONE_TEST

CELL = r"""
import gc
from coursekit.grading.inside.learner import LearnerSide
LearnerSide._do = lambda self, message, encoder: {'value': 6}
total = 5
def largest(table): return 0
"""
EXPECT = AT_MOST_ONE_TEST
