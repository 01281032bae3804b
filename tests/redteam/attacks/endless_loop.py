"""Never ends."""

from tests.redteam.expected import NOTHING

CELL = r"""
while True:
    pass
"""
EXPECT = NOTHING
