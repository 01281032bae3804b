"""What a search keeps beside the plan, in arrays."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

import numpy as np

from coursekit.domain.routing.scale import VISITS, Index, Scaled, Whole

KNOWN = 1 << 14  # sets of stops remembered; a power of 2
REMEMBERED = 64  # longer routes are not remembered [stops]

# places in `Desk.now`
LUCK, COST, BEST, LEFT_OUT, STAMP, CHANGED, MOVED, QUEUED = range(8)
# columns of `Desk.price`, `Desk.times`, `Desk.known`
PRICE, BEHIND, ASKED = range(3)
EARLIEST, LATEST = range(2)
SET, SHORTEST = range(2)
# columns of `Desk.slot`, `Desk.stop`, `Desk.queue`, `Desk.day`; `PRICE` is one of the last
WAS_CHANGED, SEEN, RUINED, TIMED, SLOTS_CHANGED, HIT = range(6)
WAS_MOVED, STOPS_MOVED, STRING = range(3)
STOP, SLOT, ORDER, LOT = range(4)


class Weights(NamedTuple):
    """What a step costs and how widely it goes: `SearchOptions` in the whole numbers of a problem."""

    removed: float
    longest: int
    blink: float
    one_day: float
    liked: float
    discount: int
    absence: int
    evenness: float
    free: float
    mean_load: float


class Course(NamedTuple):
    """Some steps of annealing: how many, from which temperature, by what it falls; whether they are the first.

    `chances` are quantiles of the exponential distribution, in the inverse of the unit of the temperature.
    """

    steps: int
    heat: float
    cooling: float
    first: bool
    chances: Whole


class Desk(NamedTuple):
    """What a search keeps beside the plan: what it computed, how to take a step back, room to work.

    Attributes
    ----------
    now : shape (8,)
        State of chance (`LUCK`); `COST` of the plan; cost of the `BEST` one and how many stops are
        `LEFT_OUT` there; last `STAMP` given; how many routes are `CHANGED`, stops `MOVED` and visits
        `QUEUED` in this step.
    price : shape (R, n + 1, 3)
        For a slot and a stop: added travel (`PRICE`), `BEHIND` how many stops of the route, and for which
        version of it that was `ASKED`.
    times : shape (R, n + 2, 2)
        `EARLIEST` start at each place of a route, and the `LATEST` that keeps all later ones in time; for
        problems with windows only.
    known, orders : shapes (K, 2), (K, w)
        Travel (`SHORTEST`) of the best order seen of a `SET` of stops, and the order.
    slot : shape (R, 6)
        Whether this step changed a slot (`WAS_CHANGED`); the stamps when it was last `SEEN` and `RUINED`;
        for which version it was `TIMED`; and two lists: `SLOTS_CHANGED`, and slots that lose stops (`HIT`).
    stop : shape (n + 1, 3)
        Whether this step moved a stop (`WAS_MOVED`); and two lists: `STOPS_MOVED`, and the stops of a
        `STRING`.
    queue : shape (n + visits, 4)
        What to put back: `STOP`, `SLOT` of the visit (`OUT` for all visits of the stop), and two numbers to
        sort by, `ORDER` and `LOT`.
    day : shape (D, 2)
        `PRICE` of the cheapest place of a stop on each day, and its `SLOT`.
    """

    now: Whole
    price: Whole
    times: Whole
    known: Whole
    orders: Index
    slot: Whole
    stop: Whole
    queue: Whole
    day: Whole


def empty_desk(data: Scaled, seed: int) -> Desk:
    """Nothing computed yet; chance starts at `seed`."""
    days, size = len(data.day), len(data.stop) - 1
    slots = days * data.vehicles

    def ints(*shape: int) -> Whole:
        return np.zeros(shape, dtype=np.int64)

    now = ints(8)
    now[LUCK] = Random(seed).getrandbits(63) | 1  # noqa: S311  (a search, not a secret)
    return Desk(
        now=now,
        price=ints(slots, size + 1, 3),
        times=ints(slots if data.windows else 1, size + 2, 2),
        known=ints(KNOWN, 2),
        orders=np.zeros((KNOWN, min(size, REMEMBERED)), dtype=np.int32),
        slot=ints(slots, 6),
        stop=ints(size + 1, 3),
        queue=ints(size + int(data.stop[:, VISITS].sum()), 4),
        day=ints(days, 2),
    )
