"""Routes: what a stop adds to one, putting it in, taking stops out."""

from __future__ import annotations

import numpy as np

from coursekit.domain.routing.compiled import compiled
from coursekit.domain.routing.desk import ASKED, BEHIND, EARLIEST, LATEST, PRICE, SET, SHORTEST, TIMED, Desk
from coursekit.domain.routing.plan import KEY, LOAD, LOADS, MADE, SIZE, TAKEN, TRAVEL, VERSION, WAY, Plan
from coursekit.domain.routing.scale import (
    CAPACITY,
    CLOSES,
    DAY_NAME,
    DEMAND,
    LENGTH,
    NAME,
    NEVER,
    OPENS,
    SERVICE,
    VISITS,
    Scaled,
)
from coursekit.domain.routing.undo import change, copy


@compiled
def settle(data: Scaled, plan: Plan, desk: Desk, slot: int, way: int, visits: int) -> None:
    """Book a changed route, in the best order seen of its stops if that is better than its own."""
    size, day = plan.slot[slot, SIZE], slot // data.vehicles
    key = plan.slot[slot, KEY] ^ data.day[day, DAY_NAME]
    row = key & (len(desk.known) - 1)
    if desk.known[row, SET] == key and desk.known[row, SHORTEST] <= way:
        copy(desk.orders[row], plan.route[slot], size)
        way = desk.known[row, SHORTEST]
    elif size <= desk.orders.shape[1]:
        desk.known[row, SET], desk.known[row, SHORTEST] = key, way
        copy(plan.route[slot], desk.orders[row], size)
    plan.sums[TRAVEL] += way - plan.slot[slot, WAY]
    plan.sums[LOADS + day] += way + visits - plan.slot[slot, LOAD]
    plan.slot[slot, WAY], plan.slot[slot, LOAD] = way, way + visits
    plan.sums[MADE] += 1
    plan.slot[slot, VERSION] = plan.sums[MADE]


@compiled
def grow(data: Scaled, plan: Plan, saved: Plan, desk: Desk, slot: int, stop: int) -> None:
    """Put `stop` into a route where it adds least; `price` must have been asked before."""
    change(plan, saved, desk, slot)
    size, at, way = plan.slot[slot, SIZE], desk.price[slot, stop, BEHIND], plan.slot[slot, WAY]
    route = plan.route[slot]
    for n in range(size, at, -1):
        route[n] = route[n - 1]
    route[at] = stop
    plan.slot[slot, SIZE] = size + 1
    plan.slot[slot, TAKEN] += data.stop[stop, DEMAND]
    plan.slot[slot, KEY] ^= data.stop[stop, NAME]
    visits = plan.slot[slot, LOAD] - way + data.stop[stop, SERVICE]
    settle(data, plan, desk, slot, way + desk.price[slot, stop, PRICE], visits)


@compiled
def cut(data: Scaled, plan: Plan, saved: Plan, desk: Desk, slot: int) -> bool:
    """Take the stops out of a route that no longer stand there; False when what is left breaks a limit.

    That happens where a detour was shorter than the straight way.
    """
    change(plan, saved, desk, slot)
    route = plan.route[slot]
    size = last = way = visits = 0
    for n in range(plan.slot[slot, SIZE]):
        stop = route[n]
        stays = False
        for k in range(data.stop[stop, VISITS]):
            stays |= plan.where[stop, k] == slot
        if stays:
            route[size] = stop
            size += 1
            way += data.travel[last, stop]
            visits += data.stop[stop, SERVICE]
            last = stop
        else:
            plan.slot[slot, TAKEN] -= data.stop[stop, DEMAND]
            plan.slot[slot, KEY] ^= data.stop[stop, NAME]
    way += data.travel[last, 0]
    plan.slot[slot, SIZE] = size
    fits = way + visits <= data.day[slot // data.vehicles, LENGTH]
    if fits and data.windows:
        plan.sums[MADE] += 1
        plan.slot[slot, VERSION] = plan.sums[MADE]
        fits = in_time(data, plan, desk, slot)
    if fits:
        settle(data, plan, desk, slot, way, visits)
    return bool(fits)


@compiled
def in_time(data: Scaled, plan: Plan, desk: Desk, slot: int) -> bool:
    """Compute the earliest start at each place, and the latest that keeps all later ones in time."""
    size, route = plan.slot[slot, SIZE], plan.route[slot]
    times = desk.times[slot]
    if desk.slot[slot, TIMED] != plan.slot[slot, VERSION]:
        desk.slot[slot, TIMED] = plan.slot[slot, VERSION]
        last = clock = 0
        for n in range(size):
            stop = route[n]
            clock = max(clock + data.stop[last, SERVICE] + data.travel[last, stop], data.stop[stop, OPENS])
            times[n + 1, EARLIEST], last = clock, stop
        times[size + 1, EARLIEST] = clock + data.stop[last, SERVICE] + data.travel[last, 0]
        room, last = data.day[slot // data.vehicles, LENGTH], 0
        times[size + 1, LATEST] = room
        for n in range(size - 1, -1, -1):
            stop = route[n]
            room = min(room - data.travel[stop, last] - data.stop[stop, SERVICE], data.stop[stop, CLOSES])
            times[n + 1, LATEST], last = room, stop
    fits = True
    for n in range(1, size + 2):
        fits &= times[n, EARLIEST] <= times[n, LATEST]
    return bool(fits)


@compiled
def price(data: Scaled, plan: Plan, desk: Desk, slot: int, stop: int) -> int:
    """What `stop` adds to a route at least; `NEVER` when it does not fit."""
    if desk.price[slot, stop, ASKED] == plan.slot[slot, VERSION]:
        return int(desk.price[slot, stop, PRICE])
    day, size, route, row = slot // data.vehicles, plan.slot[slot, SIZE], plan.route[slot], data.travel[stop]
    low, at = NEVER, 0
    if plan.slot[slot, TAKEN] + data.stop[stop, DEMAND] <= data.day[day, CAPACITY]:
        if data.windows:
            in_time(data, plan, desk, slot)
        last = 0
        for n in range(size + 1):
            after = route[n] if n < size else 0
            cost = np.int64(row[last]) + row[after] - data.travel[last, after]
            if cost < low:
                fits = True
                if data.windows:
                    ready = desk.times[slot, n, EARLIEST] + data.stop[last, SERVICE] + row[last]
                    start = max(ready, data.stop[stop, OPENS])
                    done = start + data.stop[stop, SERVICE] + row[after]
                    fits = start <= data.stop[stop, CLOSES] and done <= desk.times[slot, n + 1, LATEST]
                if fits:
                    low, at = cost, n
            last = after
        if plan.slot[slot, LOAD] + low + data.stop[stop, SERVICE] > data.day[day, LENGTH]:
            low = NEVER
    found = desk.price[slot, stop]
    found[ASKED], found[PRICE], found[BEHIND] = plan.slot[slot, VERSION], low, at
    return int(low)
