"""What persons wrote into nbgrader's gradebook: their points, their comments, late points.

Read by plain SQL: importing nbgrader costs a report more than all the rest of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traitlets.config import Config, PyFileConfigLoader

from coursekit.errors import InputError
from coursekit.grading.catalogue import require_gradebook

_GRADES = """
select s.student_id, b.name, g.manual_score, g.extra_credit, g.needs_manual_grade
from grade g join submitted_notebook n on g.notebook_id = n.id
join submitted_assignment s on n.assignment_id = s.id join assignment a on s.assignment_id = a.id
join base_cell b on g.cell_id = b.id
where a.name = :assignment and g.manual_score is not null"""
_COMMENTS = """
select s.student_id, b.name, c.manual_comment
from comment c join submitted_notebook n on c.notebook_id = n.id
join submitted_assignment s on n.assignment_id = s.id join assignment a on s.assignment_id = a.id
join base_cell b on c.cell_id = b.id
where a.name = :assignment and c.manual_comment is not null and c.manual_comment <> ''"""
_PENALTIES = """
select s.student_id, n.late_submission_penalty
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
    url = gradebook_url(course)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        return {}
    from sqlalchemy import create_engine, inspect, text  # takes half a second

    engine = create_engine(url)
    found: dict[str, ByHand] = {}
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("grade"):
                return {}
            given = {"assignment": assignment}
            for student, name, points, extra, waits in connection.execute(text(_GRADES), given):
                if not waits:
                    found.setdefault(student, ByHand()).points[name] = float(points) + float(extra or 0)
            for student, name, comment in connection.execute(text(_COMMENTS), given):
                found.setdefault(student, ByHand()).comments[name] = str(comment)
            for student, penalty in connection.execute(text(_PENALTIES), given):
                found.setdefault(student, ByHand()).penalty += float(penalty)
    finally:
        engine.dispose()
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
