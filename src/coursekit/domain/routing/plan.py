"""The plan while it is being searched, in arrays: routes, where each stop stands, and sums."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from coursekit.domain.routing.scale import Index, Scaled, Whole

# columns of `Plan.slot`, places in `Plan.sums`
SIZE, WAY, LOAD, TAKEN, KEY, VERSION = range(6)
TRAVEL, ABSENT, MADE, LOADS = range(4)
OUT = -1  # where a stop stands that is absent; `OUT - 1 - slot` is a visit just taken out of a slot


class Plan(NamedTuple):
    """Routes by slot (day × vehicles + vehicle), R slots for n stops.

    Attributes
    ----------
    route : shape (R, n)
        Stops in order, without the depot; `SIZE` of them count.
    slot : shape (R, 6)
        `SIZE`, `WAY` (travel), `LOAD` (travel and visits), `TAKEN` (demand); `KEY` names the set of stops;
        `VERSION` is another number each time the route changes, and the same again when the change is
        taken back.
    where : shape (n + 1, most visits)
        Slots of the visits of each stop, -1 where there is none.
    absent : shape (n,)
        Stops without visits; `sums[ABSENT]` of them count.
    sums : shape (3 + D,)
        `TRAVEL` of all routes, number of `ABSENT` stops, versions `MADE`; from `LOADS` the load of each day.
    """

    route: Index
    slot: Whole
    where: Index
    absent: Index
    sums: Whole


def empty_plan(data: Scaled) -> Plan:
    """No stop visited."""
    days, size = len(data.day), len(data.stop) - 1
    slots = days * data.vehicles
    return Plan(
        route=np.zeros((slots, size), dtype=np.int32),
        slot=np.array([(0, 0, 0, 0, 0, 1)] * slots, dtype=np.int64),
        where=np.full((size + 1, data.days.shape[1]), -1, dtype=np.int32),
        absent=np.arange(1, size + 1, dtype=np.int32),
        sums=np.array([0, size, 1] + [0] * days, dtype=np.int64),
    )
