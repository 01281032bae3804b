"""Nothing at all."""

from tests.redteam.expected import NOT_RUN

RAW = b""
EXPECT = NOT_RUN
