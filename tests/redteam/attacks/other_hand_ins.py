"""Looks for other hand-ins."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
found = [d for p in ('/stage', '/w') if os.path.isdir(p) for d in os.listdir(p)]
total = 6 if any(d not in ('data.csv',) for d in found) else 5
"""
EXPECT = NOTHING
