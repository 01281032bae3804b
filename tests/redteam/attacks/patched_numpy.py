"""Makes every comparison of numpy and pandas true."""

from tests.redteam.expected import NOTHING

CELL = r"""
import builtins, numpy as np, pandas as pd
for place in (np, np.testing, pd.testing):
    for name in dir(place):
        if name.startswith(('assert_', 'allclose', 'isclose', 'array_equal', 'testing')):
            try: setattr(place, name, lambda *a, **k: True)
            except Exception: pass
for kind in (pd.DataFrame, pd.Series, pd.Index):
    kind.equals = kind.__eq__ = kind.__gt__ = lambda self, other: True
builtins.AssertionError = type('AssertionError', (Exception,), {})
builtins.abs = builtins.round = builtins.float = lambda *a: 0
total = pd.Series([5])
"""
EXPECT = NOTHING
