"""Which stops a step takes out: strings of neighbours, from the whole period or from one day."""

from __future__ import annotations

from coursekit.domain.routing.chance import chance, draw
from coursekit.domain.routing.compiled import compiled
from coursekit.domain.routing.desk import HIT, RUINED, SEEN, STAMP, STRING, Desk, Weights
from coursekit.domain.routing.plan import OUT, SIZE, Plan
from coursekit.domain.routing.queue import ask_back
from coursekit.domain.routing.route import cut
from coursekit.domain.routing.scale import FIRST, LAST, VISITS, Scaled
from coursekit.domain.routing.undo import move

SPLIT = 0.5  # share of strings that keep a part of themselves in place ([1] of `search`)
KEEP_ONE = 0.99  # how often that part is a single stop


@compiled
def ruin(data: Scaled, plan: Plan, saved: Plan, desk: Desk, weights: Weights) -> bool:
    """Take strings of neighbours out of the routes; False when a route then breaks a limit.

    Either each stop with all its visits, if its days can change, from routes of the whole period; or only
    its visits in the strings, all of one day.
    """
    only = draw(desk, len(data.day)) if chance(desk) < weights.one_day else -1
    first, end = 0, len(plan.slot)
    if only >= 0:
        first, end = only * data.vehicles, (only + 1) * data.vehicles
    used = total = 0
    for slot in range(first, end):
        total += plan.slot[slot, SIZE]
        used += plan.slot[slot, SIZE] > 0
    if not total:
        return True
    longest = min(float(weights.longest), total / used)
    strings = min(int(chance(desk) * (4.0 * weights.removed / (1.0 + longest) - 1.0) + 1.0), used)
    seed = draw(desk, len(data.near) - 1) + 1
    if only >= 0:
        seed = draw(desk, total)
        for slot in range(first, end):
            if 0 <= seed < plan.slot[slot, SIZE]:
                seed = plan.route[slot, seed]
                break
            seed -= plan.slot[slot, SIZE]
    desk.now[STAMP] += 1
    hits = ruined = 0
    for stop in data.near[seed]:
        visits = data.stop[stop, VISITS]
        slot = plan.where[stop, draw(desk, visits)] if only < 0 else -1
        for k in range(visits if only >= 0 else 0):
            if first <= plan.where[stop, k] < end:
                slot = plan.where[stop, k]
        if slot < 0 or desk.slot[slot, RUINED] == desk.now[STAMP]:
            continue
        desk.slot[slot, RUINED] = desk.now[STAMP]
        ruined += 1
        for other in desk.stop[: string(plan, desk, slot, stop, longest), STRING]:
            visits = data.stop[other, VISITS]
            alone = only >= 0 or (visits > 1 and data.stop[other, LAST] - data.stop[other, FIRST] == 1)
            if plan.where[other, 0] == OUT:
                continue
            move(plan, saved, desk, other)
            for k in range(visits):
                stood = plan.where[other, k]
                if alone and stood != slot:
                    continue
                plan.where[other, k] = OUT - 1 - slot if alone else OUT
                if desk.slot[stood, SEEN] != desk.now[STAMP]:
                    desk.slot[stood, SEEN] = desk.now[STAMP]
                    desk.slot[hits, HIT] = stood
                    hits += 1
            ask_back(desk, other, slot if alone else OUT)
        if ruined >= strings:
            break
    fits = True
    for n in range(hits):
        fits = cut(data, plan, saved, desk, desk.slot[n, HIT]) and fits
    return fits


@compiled
def string(plan: Plan, desk: Desk, slot: int, stop: int, longest: float) -> int:
    """Choose a run of stops of the route that holds `stop`, at times with a part of it left in place."""
    size, route = plan.slot[slot, SIZE], plan.route[slot]
    length = int(chance(desk) * min(longest, size) + 1.0)
    at = 0
    while route[at] != stop:
        at += 1
    spare = 0
    if 1 < length < size and chance(desk) < SPLIT:
        spare = 1
        while length + spare < size and chance(desk) > KEEP_ONE:
            spare += 1
    window = length + spare
    first, last = max(0, at - window + 1), min(at, size - window)
    first += draw(desk, last - first + 1)
    gap = draw(desk, window - spare + 1) if spare else window
    count = 0
    for n in range(window):
        if n < gap or n >= gap + spare:
            desk.stop[count, STRING] = route[first + n]
            count += 1
    return count
