"""The exercise that `bench_grading` measures with, its hand-ins, and what a run left in the gradebook."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursekit.grading import records
from coursekit.grading.course import Course, tools_on_path

SETUP = "import pandas as pd\nimport matplotlib.pyplot as plt\nshops = pd.read_csv('shops.csv')"
TASKS = [
    (
        "monthly",
        "monthly = shops.groupby('month')['boxes'].sum()",
        "assert list(monthly) == list(shops.groupby('month')['boxes'].sum())",
    ),
    (
        "stars",
        "def by_star(table):\n    return table.groupby('star', as_index=False)['boxes'].mean()",
        "pd.testing.assert_frame_equal(by_star(shops), shops.groupby('star', as_index=False)['boxes'].mean())\n"
        "small = pd.DataFrame({'star': [1, 1, 2], 'boxes': [2.0, 4.0, 5.0]})\n"
        "assert list(by_star(small)['boxes']) == [3.0, 5.0]",
    ),
    (
        "share",
        "share = (shops['star'] >= 4).mean()",
        "assert abs(share - (shops['star'] >= 4).mean()) < 1e-9",
    ),
    (
        "plot",
        "fig, ax = plt.subplots(figsize=(5, 3))\nby_star(shops).plot.bar(x='star', y='boxes', ax=ax)\n"
        "ax.set_title('boxes')\nax.set_ylabel('mean')",
        "assert ax.get_title() == 'boxes'\nassert len(ax.patches) == shops['star'].nunique()",
    ),
    (
        "best",
        "best = shops.nlargest(3, 'boxes')[['shop', 'boxes']]\nbest",
        "assert list(best['boxes']) == sorted(shops['boxes'])[-3:][::-1]",
    ),
]
WRONG = {
    "monthly": "monthly = shops.groupby('month')['boxes'].mean()",
    "share": "share = 1 / 0",
    "stars": "def by_star(table):\n    return table.groupby('star', as_index=False)['boxes'].sum()",
}


def meta(grade_id: str, **kind: Any) -> dict[str, Any]:
    base = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": {"grade_id": grade_id, **base, **kind}}


def make_course(root: Path, count: int) -> None:
    """An exercise with a plot, and `count` hand-ins: right, partly wrong and raising."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    cells = [new_markdown_cell("# bench"), new_code_cell(SETUP, metadata=meta("setup", locked=True))]
    for name, answer, test in TASKS:
        solution = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
        cells.append(new_code_cell(solution, metadata=meta(name, solution=True)))
        cells.append(new_code_cell(test, metadata=meta(f"test_{name}", grade=True, locked=True, points=2)))
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    source = root / "source" / "bench"
    source.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": spec}), source / "bench.ipynb")
    lines = [f"s{n},{n % 12 + 1},{n % 5 + 1},{(n * 37) % 101}.5" for n in range(600)]
    (source / "shops.csv").write_text("shop,month,star,boxes\n" + "\n".join(lines) + "\n")
    config = Config()
    config.CourseDirectory.root = str(root)
    with tools_on_path():
        done = NbGraderAPI(config=config).generate_assignment("bench")
    if not done["success"]:
        raise SystemExit(done["log"])
    released = json.loads((root / "release" / "bench" / "bench.ipynb").read_text())
    answers = {name: answer for name, answer, _ in TASKS}
    for number in range(count):
        mine = dict(answers)
        for place, name in enumerate(WRONG):
            if number % 4 == place + 1:
                mine[name] = WRONG[name]
        notebook = json.loads(json.dumps(released))
        for cell in notebook["cells"]:
            gid = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = mine.get(gid, cell["source"])
        folder = root / "submitted" / f"kh{number:04d}" / "bench"
        folder.mkdir(parents=True)
        (folder / "bench.ipynb").write_text(json.dumps(notebook))


def fresh(template: Path, place: Path, count: int) -> Path:
    """A copy of the course with its first `count` hand-ins."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    for extra in sorted((place / "submitted").iterdir())[count:]:
        shutil.rmtree(extra)
    return place


def scores(root: Path) -> dict[str, dict[str, float | None]]:
    """Automatic score of every cell by student."""
    found: dict[str, dict[str, float | None]] = {}
    with Course(root).gradebook() as book:
        for submission in book.assignment_submissions("bench"):
            for notebook in submission.notebooks:
                found[submission.student.id] = {str(g.name): g.auto_score for g in notebook.grades}
    return found


def rows(root: Path) -> dict[str, dict[str, object]]:
    """Everything a run writes about a student, without times: gradebook rows and the record."""
    found: dict[str, dict[str, object]] = {}
    with Course(root).gradebook() as book:
        for submission in book.assignment_submissions("bench"):
            mine = found.setdefault(submission.student.id, {"score": submission.score})
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    mine[f"grade {grade.name}"] = (
                        grade.auto_score,
                        grade.manual_score,
                        grade.needs_manual_grade,
                    )
                for comment in notebook.comments:
                    mine[f"comment {comment.name}"] = (comment.auto_comment, comment.manual_comment)
    for record in records.read(root, "bench"):
        result = record.result
        flags = [str(flag) for flag in result.flags]
        found[result.student]["record"] = (result.status, result.score, flags, result.cells, record.digests)
    return found
