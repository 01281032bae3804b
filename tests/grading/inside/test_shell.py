"""A figure drawn once answers a test as the notebook's own figure would, drawn three times."""

from __future__ import annotations

import json
import os
import subprocess
import sys

PLOTS = {
    "bars": "ax.bar(['a', 'b'], [1, 2], label='n'); ax.set_title('t'); ax.legend(loc='best')",
    "colours from a map": "points = ax.scatter([1, 2, 3], [3, 1, 2], c=[0.1, 0.5, 0.9])",
    "equal aspect": "ax.plot([0, 3], [0, 1]); ax.set_aspect('equal', adjustable='datalim')",
    "log": "ax.loglog([1, 10, 1000], [2, 3, 50])",
    "pie": "ax.pie([1, 2], labels=['a', 'b'])",
    "dates": "ax.plot(pd.date_range('2026-01-01', periods=40), range(40)); figure.autofmt_xdate()",
    "second axis": "ax.plot([1, 2]); other = ax.twinx(); other.plot([5, 9]); ax = other",
    "derived axis": "ax.plot([1, 2]); ax = ax.secondary_yaxis('right', functions=(lambda v: v * 2, lambda v: v / 2))",
    "tight": "ax.plot([1, 2]); ax.set_ylabel('a\\nb'); plt.tight_layout()",
    "constrained": "figure, ax = plt.subplots(layout='constrained'); ax.plot([1, 2]); ax.set_ylabel('a\\nb')",
    "shared": "figure, both = plt.subplots(1, 2, sharey=True); both[0].plot([1, 5]); both[1].plot([2, 9]); ax = both[1]",
    "picture": "ax.imshow([[1, 2], [3, 4]])",
    "pandas": "ax = pd.DataFrame({'n': [3, 1]}, index=['a', 'b']).plot.bar(ax=ax)",
    "not shown": "plt.ioff(); hidden, ax = plt.subplots(); ax.plot([1, 2]); plt.ion()",
    "broken": "ax.set_title('$\\\\broken{$'); ax.plot([1, 2])",
}
CODE = """
import json, sys
from coursekit.grading.inside.shell import be_quick, forget, make_shell, use_streams
from coursekit.grading.inside.wire import Encoder

shell, outputs = make_shell()
real = sys.stdout
use_streams(outputs)
shell.run_cell("import pandas as pd\\nimport matplotlib.pyplot as plt\\nplt.figure()")
shell.run_cell("import pandas as pd\\nimport matplotlib.pyplot as plt")
drawn = []
for quick in (False, True):
    forget(shell, outputs)
    if quick:
        be_quick(shell)
    shell.run_cell("import pandas as pd\\nimport matplotlib.pyplot as plt")
    drawn.append(found := {})
    for name, cell in json.loads(sys.argv[1]).items():
        done = shell.run_cell("figure, ax = plt.subplots(figsize=(4, 3))\\n" + cell)
        ax = shell.user_ns["ax"]
        extra = [[round(v, 9) for v in ax.get_position().bounds]]
        extra += [list(map(float, points.get_facecolor().ravel())) for points in ax.collections]
        pictures = sum("image/png" in o.get("data", {}) for o in outputs.take())
        figures = len(shell.user_ns["plt"].get_fignums())
        found[name] = [done.success, Encoder()(ax.figure), extra, pictures, figures]
real.write(json.dumps(drawn))
"""


def test_summary_layout_colours_and_pictures_are_those_of_a_notebook() -> None:
    """One test and one shell: it takes seconds to start, in every worker that has a part of it."""
    environment = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    command = [sys.executable, "-W", "ignore", "-c", CODE, json.dumps(PLOTS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    slow, quick = json.loads(done.stdout)
    assert list(quick) == list(PLOTS)
    assert {plot for plot in PLOTS if quick[plot] != slow[plot]} == set()
    assert {plot for plot in PLOTS if not quick[plot][3]} == {"broken"}
