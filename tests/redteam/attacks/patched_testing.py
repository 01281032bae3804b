"""Replaces comparisons of pandas and numpy."""

from tests.redteam.expected import NOTHING

CELL = r"""
import numpy, pandas.testing
pandas.testing.assert_frame_equal = pandas.testing.assert_series_equal = lambda *a, **k: None
numpy.allclose = numpy.isclose = numpy.array_equal = lambda *a, **k: True
total = 5
"""
EXPECT = NOTHING
