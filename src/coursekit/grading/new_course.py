"""Makes the course folder of one cohort: a plain nbgrader course with the kit's exercises in it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.course import Course, tools_on_path
from coursekit.grading.due_release import publish
from coursekit.grading.roster import FILE_NAME, Roster, read_roster, roster_text
from coursekit.grading.settings import SETTINGS_FILE, Settings, is_ours, read_settings, settings_text
from coursekit.resources import assignments, notebooks

CONFIG_FILE = "nbgrader_config.py"
CONSOLE = "console.ipynb"
_CONFIG = '''"""nbgrader 的设置；由 coursekit 写成，可以改。"""
import os

from coursekit.grading import formgrader

c = get_config()  # noqa: F821
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.ClearSolutions.code_stub = {{"python": {code_stub!r}}}
c.ClearSolutions.text_stub = {text_stub!r}
c.Execute.timeout = 60
c.AssignLatePenalties.plugin_class = "coursekit.grading.late.LatePenalty"
formgrader.install()  # formgrader 的批改按钮用 coursekit 的批改引擎
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


def case_names() -> list[str]:
    """Names of the store cases; a course gets those that are asked for."""
    return sorted(path.parent.name for path in (assignments() / "cases").glob("*/exercise.py"))


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
            "空的或还没有的文件夹，或 coursekit 做的课程",
            "里面已有别的东西",
            "请换一个文件夹名。",
        )
    people = read_roster(roster) if roster else None
    if roster and not roster.is_file():
        raise InputError(str(roster), "学员名单（CSV）", "没有这个文件")
    for step in _STEPS:
        (folder / step).mkdir(parents=True, exist_ok=True)
    _write_settings(folder, title, settings, people)
    write_console(folder)
    for name in chosen:
        _write_source(folder, name)
    release(folder, chosen)
    sync_gradebook(folder, force=True)
    return NewCourse(folder, tuple(chosen), len(read_roster(folder / FILE_NAME).people))


def sync_gradebook(folder: Path, *, force: bool = False) -> bool:
    """Tell the gradebook the names on the roster, the due dates and the extensions; tell learners the dates.

    Late points of what is graded already are counted anew. Returns whether anything had changed since the last time.
    """
    settings, roster = read_settings(folder), read_roster(folder / FILE_NAME)
    publish(folder, settings)
    state = {"digest": _state_digest(folder, settings)}
    mark = folder / store.PRIVATE / "synced.json"
    if not force and store.read_json(mark) == state:
        return False
    from coursekit.grading.late import recount  # brings nbgrader, which takes seconds

    course = Course(folder)
    with course.gradebook() as book:
        for assignment in book.assignments:
            due = settings.due.get(assignment.name)
            assignment.duedate = due.astimezone(UTC).replace(tzinfo=None) if due else None
            _extend(book, folder, assignment, settings)
        book.db.commit()
        for name in [one.name for one in book.assignments]:
            recount(book, course.config, name)
        book.db.commit()
        for person in roster.people.values():
            book.update_or_create_student(person.id, first_name=person.name, last_name="")
    store.write_json(mark, state)
    return True


def _state_digest(folder: Path, settings: Settings) -> str:
    handed_in = [
        f"{name}/{student}" for name, student in _extended(settings) if _submitted(folder, name, student)
    ]
    files = {
        name: (folder / name).read_bytes() for name in (SETTINGS_FILE, FILE_NAME) if (folder / name).is_file()
    }
    return store.digest({**files, "handed_in": "\n".join(handed_in).encode()})


def _extended(settings: Settings) -> list[tuple[str, str]]:
    return sorted((name, student) for name, people in settings.extensions.items() for student in people)


def _submitted(folder: Path, name: str, student: str) -> bool:
    return (folder / "submitted" / student / name).is_dir()


def _extend(book: Any, folder: Path, assignment: Any, settings: Settings) -> None:
    """nbgrader keeps an extension with a learner's submission, counted from the common due date."""
    people = settings.extensions.get(assignment.name, {})
    due = settings.due.get(assignment.name)
    for student in people:
        if due and _submitted(folder, assignment.name, student):
            book.update_or_create_student(student)
            with book.db.no_autoflush:
                book.update_or_create_submission(assignment.name, student)
    for submission in assignment.submissions:
        own = people.get(submission.student.id)
        submission.extension = own - due if own and due else None


def _chosen(names: Sequence[str] | None) -> list[str]:
    known = exercise_names()
    if not known:
        raise InputError(
            str(assignments() / "exercises"), "练习的源文件", "这里只有学员用的部分",
            "培训师请从代码仓库安装，或用 --content 指定有源文件的文件夹。",
        )  # fmt: skip
    offered = known + case_names()
    unknown = [name for name in names or [] if name not in offered]
    if unknown:
        raise InputError("、".join(unknown), "已有的练习：" + "、".join(offered), "没有这个练习")
    return list(names or known)


def _write_settings(folder: Path, title: str, settings: Settings | None, people: Roster | None) -> None:
    if not (folder / SETTINGS_FILE).is_file():
        wanted = settings or Settings(mode="strict")
        wanted = replace(wanted, title=title or wanted.title or folder.resolve().name)
        store.write_bytes(folder / SETTINGS_FILE, settings_text(wanted).encode())
    if not (folder / CONFIG_FILE).is_file():
        from coursekit.course.cells import CODE_STUB, TEXT_STUB  # brings nbgrader, which takes seconds

        text = _CONFIG.format(code_stub=CODE_STUB, text_stub=TEXT_STUB)
        store.write_bytes(folder / CONFIG_FILE, text.encode())
    if people is not None or not (folder / FILE_NAME).is_file():
        listed = people.people.values() if people else []
        store.write_bytes(folder / FILE_NAME, roster_text(listed).encode())


def write_console(folder: Path) -> None:
    """The trainer's console as a notebook in the course; one that is there stays."""
    source, target = notebooks() / "console.py", folder / CONSOLE
    if source.is_file() and not target.is_file():
        from coursekit.course.cells import from_percent, to_text

        store.write_bytes(target, to_text(from_percent(source.read_text("utf-8"), str(source))).encode())


def _write_source(folder: Path, name: str) -> None:
    from coursekit.course.build import source_notebook
    from coursekit.course.cells import to_text
    from coursekit.grading.forms import exercise_folder

    origin = exercise_folder(name)
    target = folder / "source" / name
    store.write_bytes(target / f"{name}.ipynb", to_text(source_notebook(origin)).encode())
    form = origin / "form.yaml"
    if form.is_file():
        store.write_bytes(target / form.name, form.read_bytes())
    for sketch in sorted(origin.glob("*.svg")):
        store.write_bytes(target / sketch.name, sketch.read_bytes())
    about = origin / "about.toml"
    if about.is_file():
        private = folder / store.PRIVATE / "about" / f"{name}.toml"
        store.write_bytes(private, about.read_bytes())


def release(folder: Path, names: Sequence[str]) -> None:
    """nbgrader's own `generate_assignment` for assignments in `source/`, so that the gradebook knows every cell.

    Raises
    ------
    InputError
        If nbgrader does not take one.
    """
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
                raise InputError(f"source/{name}", "nbgrader 接受的练习", f"它停了（{error}）") from error
            except Exception as error:
                if "submissions associated" in str(error):
                    raise InputError(
                        f"source/{name}", "与已收作业相同的 notebook", "改了名字或增减了 notebook"
                    ) from error
                raise
    for rest in (folder / "release").glob(".*"):
        shutil.rmtree(rest, ignore_errors=True)
