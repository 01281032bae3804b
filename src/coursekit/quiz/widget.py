"""The quiz widget: one front end for self-checks, form fields, papers and practice.

The key stays in the kernel: the front end gets a view and a state, sends what was clicked, and gets the
next state back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from coursekit.quiz.answers import AnswerFile, find_learner
from coursekit.quiz.form import FormField
from coursekit.quiz.items import Item
from coursekit.quiz.sessions import FormEntry, SelfCheck, Session, echo_count
from coursekit.quiz.sitting import PaperSitting, load_sheet

_STATIC = Path(__file__).parent / "static"


class QuizWidget(anywidget.AnyWidget):
    """Shows a session.

    Parameters
    ----------
    session : Session
        Decides what is shown and what an answer does.
    """

    _esm = (_STATIC / "quiz.js").read_text(encoding="utf-8")
    _css = (_STATIC / "quiz.css").read_text(encoding="utf-8")
    view = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    alive = traitlets.Int(0).tag(sync=True)

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(view=session.view(), state=session.state())
        self.on_msg(self._receive)

    def _receive(self, _: Any, message: Any, __: Any) -> None:
        if not isinstance(message, dict):
            return
        if message.get("kind") == "pulse":
            self.alive = max(self.alive, echo_count(message))
            return
        self.session.handle(message)
        view = self.session.view()
        with self.hold_sync():
            if view != self.view:
                self.view = view
            self.state = self.session.state()


def selfcheck(items: Sequence[Item], seed: str = "", title: str = "自测") -> QuizWidget:
    """Practice items with an explanation at each click.

    Parameters
    ----------
    items : sequence of Item
        As `bank.lesson_items` gives them.
    seed : str
        Usually the learner's id: order of options and generated numbers depend on it.
    """
    return QuizWidget(SelfCheck(items, seed, title))


def form_field(one: FormField, file: AnswerFile) -> QuizWidget:
    """One field of a form task; what is typed is kept in `file` at once."""
    return QuizWidget(FormEntry(one, file))


def field(one: FormField, answers_path: Path, learner: str = "") -> QuizWidget:
    """One field of a form task, by the path of its `answers.json`.

    Parameters
    ----------
    one : FormField
        From `form.load_form`.
    answers_path : Path
        The `answers.json` of the assignment folder; the folder's name is the assignment's.
    learner : str
        Written into a new file; by default from `learner.json` beside or above it.
    """
    folder = answers_path.resolve().parent
    learner = learner or find_learner(folder).get("learner", "")
    return form_field(one, AnswerFile(answers_path, folder.name, learner))


def paper(sheet_path: Path, answers_path: Path, learner: str = "") -> QuizWidget:
    """A paper to sit: timer, flags, every click kept in `answers_path`.

    Running the cell again, also after a reload or a kernel restart, goes on where the learner was.
    """
    folder = answers_path.resolve().parent
    learner = learner or find_learner(folder).get("learner", "")
    return QuizWidget(PaperSitting(load_sheet(sheet_path), AnswerFile(answers_path, folder.name, learner)))
