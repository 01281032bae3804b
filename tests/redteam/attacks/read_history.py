"""Reads earlier input for tests."""

from tests.redteam.expected import NOTHING

CELL = r"""
import re
text = '\n'.join(get_ipython().user_ns.get('In', []))
found = re.search(r'total == (\d+)', text)
total = int(found.group(1)) if found else 5
"""
EXPECT = NOTHING
