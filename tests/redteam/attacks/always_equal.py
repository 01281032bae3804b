"""Answers with an object equal to everything."""

from tests.redteam.expected import NOTHING

CELL = r"""
class Equal:
    def __eq__(self, other): return True
    __gt__ = __lt__ = __ge__ = __le__ = __eq__
    def __hash__(self): return 0
    def __bool__(self): return True
total = Equal()
def largest(table): return Equal()
"""
EXPECT = NOTHING
