"""Raises exceptions whose name, text, trace and class are traps."""

from tests.redteam.expected import NOTHING

CELL = r"""
class Meta(type):
    @property
    def __name__(cls): return ['x'] * 10
class Trap(Exception, metaclass=Meta):
    def __str__(self): return 'y' * 10**7
    __repr__ = __str__
    @property
    def __traceback__(self): raise Trap
    @property
    def __class__(self): return AssertionError
def largest(table): raise Trap
total = 5
raise Trap
"""
EXPECT = NOTHING
