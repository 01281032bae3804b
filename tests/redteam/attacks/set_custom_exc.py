"""Handles every exception itself."""

from tests.redteam.expected import NOTHING

CELL = r"""
get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)
total = 5
"""
EXPECT = NOTHING
