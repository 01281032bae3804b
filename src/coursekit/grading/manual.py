"""What persons wrote into nbgrader's gradebook: their points, their comments, late points.

Read by plain SQL: importing nbgrader costs a report, or a run with nothing to do, more than all the rest of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traitlets.config import Config, PyFileConfigLoader

from coursekit.errors import InputError
from coursekit.grading.catalogue import questions, require_gradebook

_GRADES = """
select s.student_id as student, b.name as name, g.manual_score as points, g.extra_credit as extra,
  g.needs_manual_grade as waits
from grade g join submitted_notebook n on g.notebook_id = n.id
join submitted_assignment s on n.assignment_id = s.id join assignment a on s.assignment_id = a.id
join base_cell b on g.cell_id = b.id
where a.name = :assignment and g.manual_score is not null"""
_COMMENTS = """
select s.student_id as student, b.name as name, c.manual_comment as comment
from comment c join submitted_notebook n on c.notebook_id = n.id
join submitted_assignment s on n.assignment_id = s.id join assignment a on s.assignment_id = a.id
join base_cell b on c.cell_id = b.id
where a.name = :assignment and c.manual_comment is not null and c.manual_comment <> ''"""
_PENALTIES = """
select s.student_id as student, n.late_submission_penalty as penalty
from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id
join assignment a on s.assignment_id = a.id
where a.name = :assignment and n.late_submission_penalty is not null"""


@dataclass
class ByHand:
    """One learner: points and comments by grade id, late points of the whole hand-in. [points]"""

    points: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0


def by_hand(course: Path, assignment: str) -> Mapping[str, ByHand]:
    """Entries of an assignment by learner; points that wait for a second look are left out."""
    found: dict[str, ByHand] = {}
    given = {"assignment": assignment}
    with questions(gradebook_url(course)) as ask:
        for row in ask(_GRADES, given):
            if not row["waits"]:
                points = float(row["points"]) + float(row["extra"] or 0)
                found.setdefault(row["student"], ByHand()).points[row["name"]] = points
        for row in ask(_COMMENTS, given):
            found.setdefault(row["student"], ByHand()).comments[row["name"]] = str(row["comment"])
        for row in ask(_PENALTIES, given):
            found.setdefault(row["student"], ByHand()).penalty += float(row["penalty"])
    return found


def gradebook_url(course: Path) -> str:
    """Where the gradebook of a course is, by its configuration.

    Raises
    ------
    InputError
        If the configuration cannot be read.
    """
    root = course.resolve()
    default = f"sqlite:///{root / 'gradebook.db'}"
    if not (root / "nbgrader_config.py").is_file():
        return require_gradebook(default)
    try:
        config: Any = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    except Exception as error:
        where = str(root / "nbgrader_config.py")
        raise InputError(where, "能读的 nbgrader 配置", f"{type(error).__name__}: {error}") from error
    url = Config(config).CourseDirectory.get("db_url", default)
    return require_gradebook(str(url))
