"""Displays what is no data."""

from tests.redteam.expected import NOTHING

CELL = r"""
from IPython.display import publish_display_data
publish_display_data({'text/plain': '\ud800', 'application/json': {'a': float('nan')}, 'x' * 500: 'y'}, {'k': object()})
total = 5
"""
EXPECT = NOTHING
