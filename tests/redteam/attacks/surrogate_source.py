"""Half a surrogate pair in the source of an answer."""

from tests.redteam.expected import NOTHING

CELL = "total = 5  # \ud800"
EXPECT = NOTHING
