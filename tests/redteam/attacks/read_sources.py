"""Looks for the course on the disk."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
found = []
for root in ('/', '/root', '/home', '/tmp', '/stage', '/srv', '/content', '/proc/1/root', '/proc/1/cwd'):
    for here, dirs, files in os.walk(root):
        if here.startswith(('/usr', '/sys', '/proc/self', '/dev')): dirs[:] = []; continue
        found += [f for f in files if f in ('gradebook.db', 'key.py', 'exercise.py', 'ps1.ipynb')]
        if len(found) > 3: break
total = 6 if found else 5
"""
EXPECT = NOTHING
