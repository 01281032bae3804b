"""formgrader's buttons grade a course of the kit with the engine and write the kit's feedback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from coursekit.grading import records
from coursekit.grading.sandbox import has_bubblewrap

CODE = """
import sys
from nbgrader.apps import NbGraderAPI, api
from traitlets.config import PyFileConfigLoader
config = PyFileConfigLoader('nbgrader_config.py', path=sys.argv[1]).load_config()
config.CourseDirectory.root = sys.argv[1]
from nbgrader.server_extensions.formgrader import formgrader as pages
print(pages.HTMLExporter.__name__)
for student in ('right', 'broken'):
    print(student, NbGraderAPI(config=config).autograde('ps1', student)['success'])
for student in ('right', 'nobody'):
    print(student, NbGraderAPI(config=config).generate_feedback('ps1', student)['success'])
"""


def test_buttons_and_pages_are_those_of_the_kit_in_our_courses(course: Path, hand_in: Any) -> None:
    hand_in("right", answer="total = 6")
    hand_in("broken", raw=b"{")
    (course / "coursekit.toml").write_text("")
    (course / "nbgrader_config.py").write_text(
        "from coursekit.grading import formgrader\nc = get_config()\nformgrader.install()\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE, str(course)], capture_output=True, text=True, check=True
    )
    wanted = "True" if has_bubblewrap() else "False"
    assert done.stdout.split() == [
        "SafePages",
        "right",
        wanted,
        "broken",
        "False",
        "right",
        wanted,
        "nobody",
        "False",
    ]
    found = {r.result.student: r.result.score for r in records.read(course, "ps1")}
    assert found == ({"right": 2.0, "broken": None} if has_bubblewrap() else {})
    pages = [page.read_text() for page in (course / "feedback").rglob("*.html")]
    assert [("合计" in page, "total > 5" in page) for page in pages] == [(True, False)] * has_bubblewrap()


def test_installing_where_nbgrader_is_not_loaded_loads_nothing() -> None:
    code = "import sys\nfrom coursekit.grading import formgrader\nformgrader.install()\nassert 'nbgrader' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
