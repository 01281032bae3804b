"""Replaces the shell's run_cell."""

from tests.redteam.expected import NOTHING

CELL = r"""
from types import SimpleNamespace
sh = get_ipython()
done = SimpleNamespace(success=True, error_before_exec=None, error_in_exec=None, result=None)
sh.run_cell = lambda *a, **k: done
total = 5
"""
EXPECT = NOTHING
