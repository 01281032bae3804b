"""A right answer that warns; it must keep full marks."""

from tests.redteam.expected import ONE_TEST

CELL = r"""
import sys, warnings
print('注意', file=sys.stderr)
warnings.warn('旧写法')
total = 6
"""
EXPECT = ONE_TEST
