"""Chance: the same numbers on every machine and with every version of Python and numpy."""

from __future__ import annotations

from coursekit.domain.routing.compiled import compiled
from coursekit.domain.routing.desk import LUCK, Desk


@compiled
def lot(desk: Desk) -> int:
    """53 random bits (xorshift, so that they are the same on every machine)."""
    bits = desk.now[LUCK]
    bits ^= bits << 13
    bits ^= bits >> 7 & (1 << 57) - 1
    bits ^= bits << 17
    desk.now[LUCK] = bits
    return int(bits & (1 << 53) - 1)


@compiled
def chance(desk: Desk) -> float:
    """A number from 0 up to 1."""
    return lot(desk) * 2.0**-53


@compiled
def draw(desk: Desk, count: int) -> int:
    """A whole number from 0 up to `count`."""
    return int(chance(desk) * count)
