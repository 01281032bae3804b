"""What a step takes out and has to put back, and in which order."""

from __future__ import annotations

from coursekit.domain.routing.chance import chance, lot
from coursekit.domain.routing.compiled import compiled
from coursekit.domain.routing.desk import LOT, ORDER, QUEUED, SLOT, STOP, Desk
from coursekit.domain.routing.scale import FAR, LONG, MANY, NEAR, Scaled
from coursekit.domain.routing.undo import copy

# In which orders stops are put back, as cumulated shares: at random, then the columns of `Scaled.stop`.
AT_RANDOM, LONG_FIRST, FAR_FIRST, NEAR_FIRST = 4 / 13, 7 / 13, 9 / 13, 10 / 13


@compiled
def ask_back(desk: Desk, stop: int, slot: int) -> None:
    """Note what to put back; `slot` is where a visit was, or `OUT` for all visits of the stop."""
    desk.queue[desk.now[QUEUED], STOP], desk.queue[desk.now[QUEUED], SLOT] = stop, slot
    desk.now[QUEUED] += 1


@compiled
def sort_queue(data: Scaled, desk: Desk) -> None:
    """Order what is to be put back, in one of five ways, drawn anew each step."""
    kind, queue = chance(desk), desk.queue
    column = LONG if kind < LONG_FIRST else FAR if kind < FAR_FIRST else NEAR if kind < NEAR_FIRST else MANY
    for n in range(desk.now[QUEUED]):
        stop, slot = queue[n, STOP], queue[n, SLOT]
        order, drawn = 0 if kind < AT_RANDOM else data.stop[stop, column], lot(desk)
        at = n
        while at and (
            queue[at - 1, ORDER] > order or (queue[at - 1, ORDER] == order and queue[at - 1, LOT] > drawn)
        ):
            copy(queue[at - 1], queue[at], queue.shape[1])
            at -= 1
        queue[at, STOP], queue[at, SLOT], queue[at, ORDER], queue[at, LOT] = stop, slot, order, drawn
