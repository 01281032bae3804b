"""The filter on system calls, run step by step as the kernel would."""

from __future__ import annotations

import fcntl
import struct

import pytest

from coursekit.grading.inside import confine
from coursekit.grading.inside.confine import (
    AARCH64,
    ALLOW,
    DONE,
    KILL,
    NEW_CALLS,
    NO_PERMISSION,
    NO_SUCH_CALL,
    TRY_AGAIN,
    X86_64,
    Calls,
)  # fmt: skip

AF_UNIX, AF_INET = 1, 2
CLONE_NEWUSER, CLONE_THREAD = 0x10000000, 0x00010000


def verdict(calls: Calls, number: int, *given: int, alone: bool = False, audit: int | None = None) -> int:
    """What the filter says to one call."""
    args = (*given, 0, 0, 0)[:3]
    data = struct.pack("<iIQQQQ", number, calls.audit if audit is None else audit, 0, *args)
    steps, place, value = confine._program(calls, alone), 0, 0
    while True:
        code, yes, no, k = steps[place]
        place += 1
        if code == 0x06:
            return k
        if code == 0x20:
            (value,) = struct.unpack_from("I", data, k)
        elif code == 0x54:
            value &= k
        else:
            hit = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            place += yes if hit else no


@pytest.mark.parametrize("calls", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_the_filter_lets_work_and_nothing_else(calls: Calls) -> None:
    assert verdict(calls, calls.socket, AF_UNIX) == ALLOW
    assert verdict(calls, calls.socket, AF_INET) == NO_PERMISSION
    assert verdict(calls, calls.clone, CLONE_THREAD) == ALLOW
    assert verdict(calls, calls.clone, CLONE_NEWUSER) == NO_PERMISSION
    assert {verdict(calls, number) for number in (calls.flock, calls.memory_file, *NEW_CALLS)} == {
        NO_SUCH_CALL
    }
    assert verdict(calls, calls.socketpair, AF_INET) == NO_PERMISSION
    assert {verdict(calls, number) for number in calls.denied} == {NO_PERMISSION}
    assert verdict(calls, 0, audit=calls.audit ^ 1) == KILL


@pytest.mark.parametrize("calls", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_hand_ins_cannot_meet_where_landlock_does_not_part_them(calls: Calls) -> None:
    for number in calls.meeting:
        assert verdict(calls, number) == ALLOW
        assert verdict(calls, number, alone=True) == NO_PERMISSION
    passing_credentials = (calls.setsockopt, 0, 1, 16)
    assert verdict(calls, *passing_credentials) == ALLOW
    assert verdict(calls, *passing_credentials, alone=True) == NO_PERMISSION
    assert verdict(calls, calls.setsockopt, 0, 1, 7, alone=True) == ALLOW


@pytest.mark.parametrize("calls", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_files_that_all_can_read_carry_no_locks_watches_or_futexes(calls: Calls) -> None:
    assert verdict(calls, calls.fcntl, 3, fcntl.F_GETFD) == ALLOW
    assert verdict(calls, calls.fcntl, 3, fcntl.F_DUPFD_CLOEXEC) == ALLOW
    assert {verdict(calls, calls.fcntl, 3, kind) for kind in (fcntl.F_SETLK, fcntl.F_OFD_SETLKW)} == {DONE}
    for kind in (fcntl.F_SETLEASE, fcntl.F_NOTIFY, 1035, 1036):
        assert verdict(calls, calls.fcntl, 3, kind) == NO_PERMISSION
    wait, wake, private, realtime = 0, 1, 128, 256
    assert verdict(calls, calls.futex, 0, wait | private) == ALLOW
    assert verdict(calls, calls.futex, 0, wake | private) == ALLOW
    assert verdict(calls, calls.futex, 0, wait) == TRY_AGAIN
    assert verdict(calls, calls.futex, 0, 9 | realtime) == TRY_AGAIN
    assert verdict(calls, calls.futex, 0, wake) == DONE
