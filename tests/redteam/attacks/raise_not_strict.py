"""Raises an exception named like the machinery's."""

from tests.redteam.expected import NOTHING

CELL = r"""
class NotStrictError(BaseException): pass
def largest(table): raise NotStrictError
total = 5
"""
EXPECT = NOTHING
