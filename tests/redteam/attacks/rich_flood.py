"""Displays without end."""

from tests.redteam.expected import NOTHING

CELL = r"""
from IPython.display import HTML, display
for _ in range(500): display(HTML('x' * 100000))
total = 5
"""
EXPECT = NOTHING
