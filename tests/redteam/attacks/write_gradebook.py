"""Writes to every gradebook it can reach."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, sqlite3
for here, dirs, files in os.walk('/'):
    if here.startswith(('/usr', '/sys', '/proc')): dirs[:] = []; continue
    for name in files:
        if name.endswith('.db'):
            try:
                con = sqlite3.connect(os.path.join(here, name)); con.execute('update grade set auto_score=99'); con.commit()
            except Exception: pass
total = 5
"""
EXPECT = NOTHING
