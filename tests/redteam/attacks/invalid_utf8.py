"""Bytes that are no text."""

from tests.redteam.expected import NOT_RUN

RAW = b'{"cells": ["\xff\xfe"]}'
EXPECT = NOT_RUN
