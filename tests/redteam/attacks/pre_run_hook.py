"""Sets the answer before every cell, by looking for it."""

from tests.redteam.expected import NOTHING

CELL = r"""
def hook(info=None):
    import re
    text = getattr(info, 'raw_cell', '') or ''
    found = re.search(r'total == (\d+)', text)
    if found:
        get_ipython().user_ns['total'] = int(found.group(1))
get_ipython().events.register('pre_run_cell', hook)
total = 5
"""
EXPECT = NOTHING
