"""Warm processes outlive whoever started them, and their forks are told apart."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from coursekit.grading import Limits
from coursekit.grading.execute import Execute, SharedWarm
from coursekit.grading.kernels import Side, WarmProcess
from coursekit.grading.sandbox import has_bubblewrap

pytestmark = pytest.mark.skipif(not has_bubblewrap(), reason="没有 bubblewrap")


def fork(warm: WarmProcess, slot: int, folder: Path) -> Side:
    mine, theirs = socket.socketpair()
    with theirs:
        return warm.fork("learner", slot, folder, mine)


def test_a_warm_process_outlives_the_thread_that_asked_for_it() -> None:
    """Bubblewrap is told to die with its parent, and to the kernel that is the thread that forked it."""
    made: list[WarmProcess] = []

    def ask() -> None:
        made.append(WarmProcess(True, Limits()))
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
        assert warm.restarts() == 0
    finally:
        warm.close()


def test_converters_of_one_program_never_share_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SharedWarm, "_warm", None)
    one, two = Execute(), Execute()
    assert one._slots is two._slots is SharedWarm.slots
    with one._slots.taken() as first, two._slots.taken() as second:
        assert first != second
