"""A file cut in the middle."""

from tests.redteam.expected import NOT_RUN

RAW = b'{"nbformat": 4, "cells": [{"cell_type": "code"'
EXPECT = NOT_RUN
