"""The filter on system calls, run step by step as the kernel would."""

from __future__ import annotations

import struct

import pytest

from coursekit.grading.inside import confine
from coursekit.grading.inside.confine import AARCH64, ALLOW, KILL, NO_PERMISSION, NO_SUCH_CALL, X86_64, Calls

AF_UNIX, AF_INET = 1, 2
CLONE_NEWUSER, CLONE_THREAD = 0x10000000, 0x00010000


def verdict(
    calls: Calls, number: int, first: int = 0, *, alone: bool = False, audit: int | None = None
) -> int:
    """What the filter says to one call."""
    data = struct.pack("<iIQQQ", number, calls.audit if audit is None else audit, 0, first, 0)
    steps, place, value = confine._program(calls, alone), 0, 0
    while True:
        code, yes, no, k = steps[place]
        place += 1
        if code == 0x06:
            return k
        if code == 0x20:
            (value,) = struct.unpack_from("I", data, k)
        else:
            hit = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            place += yes if hit else no


@pytest.mark.parametrize("calls", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_the_filter_lets_work_and_nothing_else(calls: Calls) -> None:
    assert verdict(calls, calls.socket, AF_UNIX) == ALLOW
    assert verdict(calls, calls.socket, AF_INET) == NO_PERMISSION
    assert verdict(calls, calls.clone, CLONE_THREAD) == ALLOW
    assert verdict(calls, calls.clone, CLONE_NEWUSER) == NO_PERMISSION
    assert verdict(calls, calls.flock) == verdict(calls, calls.clone3) == NO_SUCH_CALL
    assert {verdict(calls, number) for number in calls.denied} == {NO_PERMISSION}
    assert verdict(calls, 0, audit=calls.audit ^ 1) == KILL


@pytest.mark.parametrize("calls", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_hand_ins_cannot_meet_where_landlock_does_not_part_them(calls: Calls) -> None:
    for number in calls.meeting:
        assert verdict(calls, number) == ALLOW
        assert verdict(calls, number, alone=True) == NO_PERMISSION
