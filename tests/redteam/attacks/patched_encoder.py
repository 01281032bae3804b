"""Makes the wire's encoder lie."""

from tests.redteam.expected import AT_MOST_ONE_TEST

CELL = r"""
import coursekit.grading.inside.wire as wire
wire.Encoder.__call__ = lambda self, value, depth=0: 6
total = 5
def largest(table): return 0
"""
EXPECT = AT_MOST_ONE_TEST
