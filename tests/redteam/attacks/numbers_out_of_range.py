"""A notebook with NaN, Infinity, a number of a thousand digits, and every key twice."""

from tests.redteam.expected import NOT_RUN

RAW = (
    b'{"nbformat": 4, "nbformat": NaN, "nbformat_minor": '
    + b"9" * 5000
    + b', "cells": [], "cells": Infinity,'
    b' "metadata": {"kernelspec": NaN}}'
)
EXPECT = NOT_RUN
