"""Rewrites later cells before they run."""

from tests.redteam.expected import NOTHING

CELL = r"""
get_ipython().input_transformers_post.append(lambda lines: [l.replace('assert', 'str') for l in lines])
total = 5
"""
EXPECT = NOTHING
