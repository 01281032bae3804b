"""The notebooks served as pages: a course's console, and the levels report with its filters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from coursekit import resources
from coursekit.certification.database import address
from coursekit.console.serve import Page, need_voila
from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.new_course import CONSOLE, write_console
from coursekit.grading.settings import is_ours


def console_page(course: Path) -> Page:
    """The console of `course`.

    Raises
    ------
    InputError
        If that is no course of ours.
    MissingToolError
        If Voila is not installed.
    """
    course = course.resolve()
    if not is_ours(course):
        raise InputError(
            str(course),
            "coursekit 做的课程（有 coursekit.toml）",
            "别的文件夹",
            "先运行 coursekit course new 文件夹。",
        )
    need_voila(f"在 JupyterLab 里打开 {CONSOLE}")
    write_console(course)
    return Page("控制台", course / CONSOLE, course / store.PRIVATE)


def levels_page(folder: Path, register: str | None, more: Mapping[str, object]) -> Page:
    """The levels report with its filters, written into `folder`, which nobody else may read.

    Parameters
    ----------
    register : str or None
        Address of the register.
    more : mapping
        Other parameters of the notebook `reports/levels.py`.

    Raises
    ------
    MissingToolError
        If Voila is not installed.
    """
    need_voila("用 coursekit report levels 出一份不能挑的报告")
    return Page("等级网页", write_levels(folder / "levels.ipynb", register, more), folder / "private")


def write_levels(path: Path, register: str | None, more: Mapping[str, object]) -> Path:
    """The report's notebook with its parameters and the filters, ready to be served."""
    import jupytext
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = jupytext.read(resources.notebooks() / "reports" / "levels.py", fmt="py:percent")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["title"] = "客户经理等级"
    parameters = {**more, "register": address(register), "interactive": True}
    jupytext.write(notebook, path)
    nbformat.write(parameterize_notebook(load_notebook_node(str(path)), parameters), path)
    return path
