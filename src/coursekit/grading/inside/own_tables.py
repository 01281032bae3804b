"""A learner's own tables, made before learner and tester are forked, so that both find them made.

No hand-in has a say here: the tables come from our generators, and the key of an exercise runs after the
learner's process was forked, so that it never held a word of it.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

SAMPLE = "kh0001"
"""Whose tables a warm process makes to get used to it; exercises are tried with them."""


def make(names: list[str], learner: str) -> None:
    """Make tables; whoever loads one that cannot be made is told why."""
    from coursekit.domain import datasets

    for name in names:
        with contextlib.suppress(Exception):
            datasets.load(name, learner)


def rules(text: str, where: str, names: list[str], learner: str) -> bytes:
    """What the `answers` of a key say for one learner, as JSON; empty if it cannot be had here.

    Parameters
    ----------
    text, where : str
        A `key.py`, and its path for tracebacks.
    names : list of str
        Tables it asks for.
    learner : str
        Whose.
    """
    from coursekit.domain import datasets

    try:
        names_of_key: dict[str, Any] = {"__name__": "coursekit_key", "__file__": where}
        exec(compile(text, where, "exec"), names_of_key)  # noqa: S102 - the course author's own key
        found = names_of_key["answers"]({name: datasets.load(name, learner) for name in names})
        return json.dumps(dict(found), default=_plain, allow_nan=False).encode()
    except Exception:  # the driver tries it too, and can say what is wrong
        return b""


def _plain(value: Any) -> Any:
    """A numpy number as Python's own."""
    return value.item()
