"""Shows scripts that would run in the trainer's browser, as output and as text."""

from tests.redteam.expected import NOTHING

CELL = r"""
from IPython.display import HTML, Javascript, display
display(HTML("<script>fetch('/formgrader/api/grade/1', {method: 'PUT'})</script><img src=x onerror=alert(1)>"))
display(Javascript("alert(1)"))
display({'image/svg+xml': '<svg onload="alert(1)"/>', 'text/markdown': '<script>alert(1)</script>'}, raw=True)
total = 5
"""
EXPECT = NOTHING
