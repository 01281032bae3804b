"""Makes the course folder of one cohort: a plain nbgrader course with the kit's exercises in it."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any

from coursekit.course.build import source_notebook
from coursekit.course.cells import CODE_STUB, TEXT_STUB, to_text
from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.course import Course
from coursekit.grading.roster import FILE_NAME, Roster, read_roster, roster_text
from coursekit.grading.settings import SETTINGS_FILE, Settings, is_ours, read_settings, settings_text
from coursekit.resources import assignments

CONFIG_FILE = "nbgrader_config.py"
_CONFIG = f'''"""nbgrader 的设置;由 coursekit 写成,可以改。"""
import os

c = get_config()  # noqa: F821
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.ClearSolutions.code_stub = {{"python": {CODE_STUB!r}}}
c.ClearSolutions.text_stub = {TEXT_STUB!r}
c.Execute.timeout = 60
c.AssignLatePenalties.plugin_class = "coursekit.grading.late.LatePenalty"
'''
_STEPS = ("source", "release", "submitted", "autograded", "feedback")


@dataclass(frozen=True)
class NewCourse:
    """What `new_course` made: the folder, its assignments, how many learners are on its list."""

    folder: Path
    assignments: tuple[str, ...]
    students: int


def exercise_names() -> list[str]:
    """Names of the exercises this installation has the sources of."""
    return sorted(path.parent.name for path in (assignments() / "exercises").glob("*/exercise.py"))


def new_course(
    folder: Path,
    *,
    title: str = "",
    names: Sequence[str] | None = None,
    roster: Path | None = None,
    settings: Settings | None = None,
) -> NewCourse:
    """Make a course in `folder`, or add to one of ours what it still lacks.

    Sources are written afresh from the checkout; roster, settings and everything handed in stay.

    Parameters
    ----------
    folder : Path
        New, empty, or a course of ours.
    title : str
        What the trainer calls the cohort.
    names : sequence of str, optional
        Exercises to take in; all of them if not given.
    roster : Path, optional
        CSV with the learners (`学员编号`, `姓名`, `单位`).
    settings : Settings, optional
        Due dates and policies of a new course.

    Raises
    ------
    InputError
        If the folder holds something else, an exercise is unknown, or this installation has no sources.
    """
    chosen = _chosen(names)
    if folder.exists() and not is_ours(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            str(folder),
            "空的或还没有的文件夹,或 coursekit 做的课程",
            "里面已有别的东西",
            "请换一个文件夹名。",
        )
    people = read_roster(roster) if roster else None
    if roster and not roster.is_file():
        raise InputError(str(roster), "学员名单(CSV)", "没有这个文件")
    for step in _STEPS:
        (folder / step).mkdir(parents=True, exist_ok=True)
    _write_settings(folder, title, settings, people)
    for name in chosen:
        _write_source(folder, name)
    _release(folder, chosen)
    sync_gradebook(folder)
    return NewCourse(folder, tuple(chosen), len(read_roster(folder / FILE_NAME).people))


def sync_gradebook(folder: Path) -> None:
    """Tell the gradebook the names on the roster and the due dates of the settings."""
    settings, roster = read_settings(folder), read_roster(folder / FILE_NAME)
    with Course(folder).gradebook() as book:
        known = {assignment.name for assignment in book.assignments}
        for name in sorted(known & set(settings.due)):
            due = settings.due[name].astimezone(UTC).replace(tzinfo=None)
            book.update_or_create_assignment(name, duedate=due)
        for person in roster.people.values():
            book.update_or_create_student(person.id, first_name=person.name, last_name="")


@contextmanager
def tools_on_path() -> Iterator[None]:
    """nbgrader calls `alembic` by name: let it find the one of this environment."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _chosen(names: Sequence[str] | None) -> list[str]:
    known = exercise_names()
    if not known:
        raise InputError(
            str(assignments() / "exercises"), "练习的源文件", "这里只有学员用的部分",
            "培训师请从代码仓库安装,或用 --content 指定有源文件的文件夹。",
        )  # fmt: skip
    unknown = [name for name in names or [] if name not in known]
    if unknown:
        raise InputError("、".join(unknown), "已有的练习:" + "、".join(known), "没有这个练习")
    return list(names or known)


def _write_settings(folder: Path, title: str, settings: Settings | None, people: Roster | None) -> None:
    if not (folder / SETTINGS_FILE).is_file():
        wanted = settings or Settings(mode="strict")
        wanted = replace(wanted, title=title or wanted.title or folder.resolve().name)
        store.write_bytes(folder / SETTINGS_FILE, settings_text(wanted).encode())
    if not (folder / CONFIG_FILE).is_file():
        store.write_bytes(folder / CONFIG_FILE, _CONFIG.encode())
    if people is not None or not (folder / FILE_NAME).is_file():
        listed = people.people.values() if people else []
        store.write_bytes(folder / FILE_NAME, roster_text(listed).encode())


def _write_source(folder: Path, name: str) -> None:
    origin = assignments() / "exercises" / name
    target = folder / "source" / name
    store.write_bytes(target / f"{name}.ipynb", to_text(source_notebook(origin)).encode())
    form = origin / "form.yaml"
    if form.is_file():
        store.write_bytes(target / form.name, form.read_bytes())
    about = origin / "about.toml"
    if about.is_file():
        private = folder / store.PRIVATE / "about" / f"{name}.toml"
        store.write_bytes(private, about.read_bytes())


def _release(folder: Path, names: Sequence[str]) -> None:
    """nbgrader's own `generate_assignment`, so that the gradebook knows every cell."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    course = Course(folder)
    quiet = logging.getLogger("coursekit.nbgrader")
    quiet.setLevel(logging.ERROR)
    for name in names:
        config: Any = course.config.copy()
        config.CourseDirectory.root = str(course.root)
        config.CourseDirectory.assignment_id = name
        dirs = CourseDirectory(config=config)
        converter = GenerateAssignment(coursedir=dirs, config=config, force=True)
        converter.log = quiet
        with tools_on_path():
            try:
                converter.start()
            except SystemExit as error:
                raise InputError(f"source/{name}", "nbgrader 接受的练习", f"它停了({error})") from error
            except Exception as error:
                if "submissions associated" in str(error):
                    raise InputError(
                        f"source/{name}", "与已收作业相同的 notebook", "改了名字或增减了 notebook"
                    ) from error
                raise
    for rest in (folder / "release").glob(".*"):
        shutil.rmtree(rest, ignore_errors=True)
