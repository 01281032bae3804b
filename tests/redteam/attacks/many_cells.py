"""A hundred thousand cells."""

from tests.redteam.expected import NOT_RUN

RAW = b'{"nbformat": 4, "cells": [' + b",".join([b'{"cell_type": "code", "source": "1"}'] * 100_000) + b"]}"
EXPECT = NOT_RUN
