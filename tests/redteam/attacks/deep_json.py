"""JSON nested without end."""

from tests.redteam.expected import NOT_RUN

RAW = b"[" * 1_000_000
EXPECT = NOT_RUN
