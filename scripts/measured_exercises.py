"""What the engine costs on the kit's own exercises: CPU seconds a hand-in, every answer right."""

from __future__ import annotations

import json
import random
import shutil
import sys
from pathlib import Path

import nbformat
from measured_process import timed

from coursekit.cohort.answering import answers_file, fill, form_answers, solution_cells
from coursekit.course.build import release_notebook, source_notebook
from coursekit.grading import records
from coursekit.grading.forms import exercise_folder, rules_for
from coursekit.grading.new_course import new_course
from coursekit.quiz.form import load_form

RUN = (
    "import sys; from coursekit.grading import GradeOptions, grade; "
    "grade(sys.argv[1], sys.argv[2], GradeOptions(mode='strict', workers=int(sys.argv[3]), force=True))"
)


def measure_exercises(place: Path, names: list[str], count: int, workers: int) -> bool:
    """Grade `count` right hand-ins of every exercise, strict and sealed, and print what each cost.

    The cost without start-up is that of `count` hand-ins less that of one. Returns whether all had full marks.
    """
    root = place / "kit"
    new_course(root, names=names)
    print(
        f"CPU-s a hand-in, {count} hand-ins, {workers} workers    with start-up   without   hand-ins/s   full marks"
    )
    fine, everything = True, []
    for name in names:
        hand_in(root, name, count)
        command = [sys.executable, "-W", "ignore", "-c", RUN, str(root), name, str(workers)]
        everyone = place / "everyone"
        shutil.move(root / "submitted", everyone)
        shutil.copytree(everyone / "kh0100", root / "submitted" / "kh0100")
        alone, cpu_alone, _ = timed(command, root)
        shutil.rmtree(root / "submitted")
        shutil.move(everyone, root / "submitted")
        wall, cpu, _ = timed(command, root)
        results = [record.result for record in records.read(root, name)]
        full = sum(all(cell.points in (None, cell.max_points) for cell in result.cells) for result in results)
        fine = fine and full == len(results) == count
        without = (cpu - cpu_alone) / max(count - 1, 1)
        everything.append(without)
        rate = (count - 1) / max(wall - alone, 1e-3)
        print(
            f"{name:40} {cpu / count:15.3f} {without:9.3f} {rate:12.1f} {full:7} of {len(results)}",
            flush=True,
        )
        shutil.rmtree(root / "submitted")
    print(
        f"most {max(everything):.3f}, mean {sum(everything) / len(everything):.3f} CPU-s a hand-in without start-up"
    )
    return fine


def hand_in(root: Path, name: str, count: int) -> None:
    """Hand-ins of `count` learners, each right on its own tables."""
    folder = exercise_folder(name)
    source = source_notebook(folder)
    solved = fill(release_notebook(folder), source, dict.fromkeys(solution_cells(source), "right"))
    form = load_form(folder / "form.yaml") if (folder / "form.yaml").is_file() else None
    for number in range(100, 100 + count):
        student = f"kh{number:04d}"
        target = root / "submitted" / student / name
        target.mkdir(parents=True)
        nbformat.write(solved, target / f"{name}.ipynb")
        if form is not None:
            draw = random.Random(number)  # noqa: S311 - made-up people, no secret
            values = form_answers(form, rules_for(folder, student), frozenset(), draw)
            content = answers_file(name, student, values, "2026-03-02T10:00:00+08:00")
            (target / "answers.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
