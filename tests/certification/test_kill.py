"""Killed at random points, the register loses nothing that was confirmed and records nothing twice."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coursekit.certification.audit import audit
from coursekit.certification.register import Register
from tests.certification.clerks import BATCH, command

KILLS = int(os.environ.get("COURSEKIT_KILLS", "40"))  # 200 before a release


class Clerks:
    """Reads what the clerks say; `done` is the number of commands confirmed so far."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.certification.clerks", url],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.done = 0
        self.pid = 0
        self._rest = b""

    def start(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{self.done}\n".encode())
        self.process.stdin.flush()

    def line(self, seconds: float = 60) -> str:
        """Next line, or nothing when none came in time."""
        assert self.process.stdout
        while b"\n" not in self._rest:
            if not select.select([self.process.stdout], [], [], seconds)[0]:
                return ""
            self._rest += os.read(self.process.stdout.fileno(), 65536)
        first, _, self._rest = self._rest.partition(b"\n")
        text = first.decode()
        word, _, number = text.partition(" ")
        if word == "pid":
            self.pid = int(number)
        elif word == "confirmed":
            self.done = int(number)
        return text

    def until(self, word: str) -> None:
        while not (text := self.line()).startswith(word):
            assert text, f"no {word} within a minute"

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.until("gone")

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="clerks are forked")
def test_no_confirmed_event_is_lost_and_none_doubled(register_url: str) -> None:
    draw = random.Random(6)
    with Register(register_url) as register:
        clerks = Clerks(register_url)
        for _ in range(KILLS):
            clerks.start()
            clerks.pid = 0
            while not clerks.pid:
                clerks.line()
            for _batch in range(draw.randrange(3)):  # let some through, whatever the machine's load
                clerks.until("confirmed")
            strike = time.perf_counter() + draw.uniform(0, 0.02)  # then anywhere in what comes next
            while (left := strike - time.perf_counter()) > 0:
                clerks.line(left)
            clerks.kill()
        clerks.close()

        recorded = [event.event_id for event in register.events()]
        confirmed = [command(number).event_id for number in range(clerks.done)]
        report = audit(register)

    assert clerks.done > KILLS, "something was confirmed between the kills"
    assert len(recorded) == len(set(recorded))
    assert set(confirmed) <= set(recorded)
    assert len(recorded) % BATCH == 0, "a batch is recorded whole or not at all"
    assert report.faults == ()
