"""Warm processes outlive whoever started them, and their forks are told apart."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from coursekit.grading import Limits
from coursekit.grading.execute import Execute, SharedWarm
from coursekit.grading.kernels import Family, Side, WarmProcess
from coursekit.grading.runners import Key
from coursekit.grading.sandbox import has_bubblewrap

pytestmark = pytest.mark.skipif(not has_bubblewrap(), reason="没有 bubblewrap")


def fork(warm: WarmProcess, slot: int, folder: Path, family: Family | None = None) -> Side:
    mine, theirs = socket.socketpair()
    with theirs:
        return warm.fork("learner", slot, folder, mine, family=family)


def test_a_warm_process_outlives_the_thread_that_asked_for_it() -> None:
    """Bubblewrap is told to die with its parent, and to the kernel that is the thread that forked it."""
    made: list[WarmProcess] = []

    def ask() -> None:
        made.append(WarmProcess(True, Limits(), (), ("diary",)))
        made[0].ready()

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()
    warm = made[0]
    try:
        folder = warm.stage / "h"
        folder.mkdir()
        side = fork(warm, 0, folder)
        assert side.ask({"run": "six = 6"}, 20)["count"] == 1
        side.close()
        _tables_are_made_before_the_fork(warm, folder)
        _what_programs_usually_do_works(warm, folder)
        assert warm.restarts() == 0
    finally:
        warm.close()


def _tables_are_made_before_the_fork(warm: WarmProcess, folder: Path) -> None:
    """Part of the test above, whose process it uses."""
    family = warm.family("kh0002")
    side = fork(warm, 0, folder, family)
    try:
        asked = "from coursekit.domain import datasets\n" + "datasets.load('diary', 'KH0002')\n" * 2
        side.ask({"run": f"{asked}made = datasets._own_frame.cache_info().misses"}, 20)
        (shown,) = side.ask({"run": "print(made)"}, 20)["outputs"]
        assert shown["text"] == "2\n"  # the sample's and this learner's, both before the fork
        key = Key("def answers(tables):\n    return {'rows': len(tables['diary'])}", "key.py", ("diary",))
        assert family.rules(key.asked("kh0002")) == {"rows": 60}
        assert family.rules({**key.asked("kh0002"), "text": "1 / 0"}) == {}
    finally:
        side.close()
        family.close()


USUAL = {
    "!printf 'a\\nb\\n'; exit 3": "a\r\nb\r\n",
    "print(_exit_code)": "3\n",
    "import tempfile; print(tempfile.NamedTemporaryFile().name[:3])": "/w/\n",
    "import sqlite3; one = sqlite3.connect('b.db'); print(*one.execute('pragma journal_mode=wal').fetchone())": "wal\n",
    "with one: one.execute('create table t as select 7 as n')\n"
    "print(*sqlite3.connect('b.db').execute('select n from t').fetchone())": "7\n",
}
"""Cells and what they show, inside a seal."""


def _what_programs_usually_do_works(warm: WarmProcess, folder: Path) -> None:
    """Part of the test above, whose process it uses."""
    side = fork(warm, 0, folder)
    try:
        shown = {cell: side.ask({"run": cell}, 20)["outputs"] for cell in USUAL}
    finally:
        side.close()
    assert {
        cell: "".join(o.get("text", o.get("evalue")) for o in found) for cell, found in shown.items()
    } == USUAL


def test_converters_of_one_program_never_share_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SharedWarm, "_warm", None)
    one, two = Execute(), Execute()
    assert one._slots is two._slots is SharedWarm.slots
    with one._slots.taken() as first, two._slots.taken() as second:
        assert first != second
