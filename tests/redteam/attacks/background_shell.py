"""Starts processes by a cell of shell commands and lets them stay."""

from tests.redteam.expected import NOTHING

CELL = r"""%%bash
for number in 1 2 3; do
  setsid -f bash -c 'trap "" HUP INT TERM; exec -a RED_TEAM_LEFTOVER sleep 300' >/dev/null 2>&1 </dev/null
done
"""
EXPECT = NOTHING
