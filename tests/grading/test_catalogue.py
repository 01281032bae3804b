"""The gradebook is read without nbgrader, and says what nbgrader says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from coursekit.grading import catalogue
from coursekit.grading.course import Course


def test_cells_are_those_nbgrader_knows(course: Path) -> None:
    place = Course(course)
    cells = place.assignment("ps1").notebooks[0].by_id()
    with place.gradebook() as book:
        found = book.find_notebook("ps1", "ps1")
        assert set(cells) == {str(c.name) for c in found.source_cells}
        assert {n for n, c in cells.items() if c.grade} == {str(c.name) for c in found.grade_cells}
        assert {n for n, c in cells.items() if c.solution} == {str(c.name) for c in found.solution_cells}
        assert {n: c.points for n, c in cells.items() if c.grade} == {
            str(c.name): c.max_score for c in found.grade_cells
        }
    assert list(cells) == ["setup", "answer", "test", "answer2", "test2", "essay"]


def test_folders_are_where_nbgrader_looks(course: Path) -> None:
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.submitted_directory = 'in'\n"
        "c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/{student_id}'\n"
    )
    place = Course(course)
    for step in ("submitted", "autograded", "source"):
        theirs = place.dirs.format_path(getattr(place.dirs, f"{step}_directory"), "kh0001", "ps1")
        assert place.path(step, "kh0001", "ps1") == Path(theirs)
    assert place.db_url == place.dirs.db_url


def test_what_is_not_there_is_not_known(course: Path, tmp_path: Path) -> None:
    assert catalogue.read(f"sqlite:///{course / 'gradebook.db'}", "ps9") is None
    assert catalogue.read(f"sqlite:///{tmp_path / 'none.db'}", "ps1") is None
    (tmp_path / "empty.db").touch()
    assert catalogue.read(f"sqlite:///{tmp_path / 'empty.db'}", "ps1") is None


def test_reading_a_course_does_not_import_nbgrader(course: Path) -> None:
    code = (
        "import sys\nfrom coursekit.grading import grade\n"
        f"assert grade({str(course)!r}, 'ps1').submissions == ()\n"
        "assert 'nbgrader' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
