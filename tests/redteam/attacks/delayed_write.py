"""Leaves a process that waits and writes later."""

from tests.redteam.expected import NOTHING

CELL = r"""
import subprocess, sys
subprocess.Popen([sys.executable, '-c', 'import time\nwhile True: time.sleep(1)', 'RED_TEAM_LEFTOVER'], start_new_session=True)
total = 5
"""
EXPECT = NOTHING
