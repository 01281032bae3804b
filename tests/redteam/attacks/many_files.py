"""Makes files until it cannot."""

from tests.redteam.expected import NOTHING

CELL = r"""
try:
    for n in range(10**6): open(f'f{n}', 'w').close()
except OSError:
    pass
total = 5
"""
EXPECT = NOTHING
