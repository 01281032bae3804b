"""What a run left in a course, without what differs from run to run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from coursekit.grading.course import Course


def rows(root: Path) -> dict[str, Any]:
    """Every row of the gradebook that a run writes, without ids."""
    found: dict[str, Any] = {}
    with Course(root).gradebook() as book:
        for submission in book.assignment_submissions("ps1"):
            student = submission.student.id
            found[student] = {"time": submission.timestamp, "score": submission.score}
            for notebook in submission.notebooks:
                found[student]["late"] = notebook.late_submission_penalty
                for grade_row in notebook.grades:
                    row = (grade_row.auto_score, grade_row.manual_score, grade_row.needs_manual_grade)
                    found[student]["grade", str(grade_row.name)] = row
                for comment in notebook.comments:
                    found[student]["comment", str(comment.name)] = (
                        comment.auto_comment,
                        comment.manual_comment,
                    )
    return found


def notebook(root: Path, student: str) -> Any:
    """An autograded notebook without times, ids, process numbers and memory addresses."""
    text = (root / "autograded" / student / "ps1" / "ps1.ipynb").read_text(encoding="utf-8")
    data = json.loads(text)
    for cell in data["cells"]:
        cell["metadata"].pop("execution", None)
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                output["data"]["image/png"] = "png"
            if output["output_type"] == "stream":
                output["text"] = "".join(output["text"])
    return json.loads(re.sub(r"ipykernel_\d+[/\\]+\d+|0x[0-9a-f]{6,}", "N", json.dumps(data)))
