"""Looks for secrets in the environment."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os
text = repr(dict(os.environ))
try:
    text += open('/proc/1/environ').read() + open('/proc/self/environ').read()
except OSError:
    pass
total = 6 if 'SECRET_OF_THE_TRAINER' in text else 5
"""
EXPECT = NOTHING
