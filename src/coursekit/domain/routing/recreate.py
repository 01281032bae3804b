"""Putting stops back: greedy insertion with blinks ([1]_ of `search`), over whole patterns of days."""

from __future__ import annotations

from coursekit.domain.routing.chance import chance, draw
from coursekit.domain.routing.compiled import compiled
from coursekit.domain.routing.desk import PRICE, QUEUED, SEEN, SLOT, STAMP, STOP, Desk, Weights
from coursekit.domain.routing.plan import ABSENT, LOADS, OUT, SIZE, Plan
from coursekit.domain.routing.queue import ask_back, sort_queue
from coursekit.domain.routing.route import grow, price
from coursekit.domain.routing.scale import FIRST, LAST, NEVER, SERVICE, VISITS, Scaled
from coursekit.domain.routing.undo import move


@compiled
def put_back(data: Scaled, plan: Plan, saved: Plan, desk: Desk, weights: Weights) -> bool:
    """Put absent stops back on the cheapest pattern that fits, and each visit taken out on its day.

    Stops that do not fit stay absent. False, with the work half done, when a visit does not fit.
    """
    liked, discount = -1, 0
    if weights.liked > 0 and chance(desk) < weights.liked:
        # a day cheaper for all of them, or a cluster would never move there: its first stop pays the way
        liked, discount = draw(desk, len(data.day)), draw(desk, weights.discount)
    for n in range(plan.sums[ABSENT]):
        ask_back(desk, plan.absent[n], OUT)
    sort_queue(data, desk)
    left = 0
    for n in range(desk.now[QUEUED]):
        stop, old = desk.queue[n, STOP], desk.queue[n, SLOT]
        look_around(data, plan, desk, stop)
        only = old // data.vehicles if old >= 0 else -1
        row = best_pattern(data, plan, desk, weights, stop, only, liked, discount)
        if row < 0:
            if only >= 0:
                return False
            plan.absent[left] = stop
            left += 1
            continue
        move(plan, saved, desk, stop)
        for k in range(data.stop[stop, VISITS]):
            if only < 0 or plan.where[stop, k] == OUT - 1 - old:
                slot = desk.day[only if only >= 0 else data.days[row, k], SLOT]
                grow(data, plan, saved, desk, slot, stop)
                plan.where[stop, k] = slot
    plan.sums[ABSENT] = left
    return True


@compiled
def look_around(data: Scaled, plan: Plan, desk: Desk, stop: int) -> None:
    """Mark the routes that hold a near stop."""
    desk.now[STAMP] += 1
    for n in range(data.close):
        other = data.near[stop, n]
        for k in range(data.stop[other, VISITS]):
            if plan.where[other, k] >= 0:
                desk.slot[plan.where[other, k], SEEN] = desk.now[STAMP]


@compiled
def best_pattern(
    data: Scaled, plan: Plan, desk: Desk, weights: Weights, stop: int, only: int, liked: int, discount: int
) -> int:
    """Row of the cheapest pattern that fits, or -1; the slot for each of its days is left in `Desk.day`.

    With a day given as `only`, that one day is asked and the row means nothing.
    """
    low, chosen, service = NEVER, -1, data.stop[stop, SERVICE]
    first, last, visits = data.stop[stop, FIRST], data.stop[stop, LAST], data.stop[stop, VISITS]
    if only >= 0:
        last, visits = first + 1, 1
    for day in range(len(data.day)):
        desk.day[day, PRICE] = -1
    for row in range(first, last):
        total = 0
        for k in range(visits):
            day = only if only >= 0 else data.days[row, k]
            if desk.day[day, PRICE] < 0:
                slot, cost = cheapest(data, plan, desk, weights, stop, day), NEVER
                if slot >= 0:
                    cost = desk.price[slot, stop, PRICE]
                    if weights.evenness > 0:
                        more, load = cost + service, plan.sums[LOADS + day]
                        uneven = weights.evenness * more * (2.0 * load + more) / weights.mean_load
                        cost = min(cost + int(min(uneven, 1.0 * NEVER)), (NEVER - 1) // len(data.day))
                    if day == liked:
                        cost = max(cost - discount, 1)
                desk.day[day, SLOT], desk.day[day, PRICE] = slot, max(cost, 0)
            total += desk.day[day, PRICE]
            if total >= low:
                break
        if total < low:
            low, chosen = total, row
    return chosen


@compiled
def cheapest(data: Scaled, plan: Plan, desk: Desk, weights: Weights, stop: int, day: int) -> int:
    """The slot of a day where `stop` adds least, -1 when none has room.

    Routes without a near stop are asked only when no other has room.
    """
    for everywhere in (False, True):
        low, best = NEVER, -1
        for slot in range(day * data.vehicles, (day + 1) * data.vehicles):
            if everywhere or desk.slot[slot, SEEN] == desk.now[STAMP] or plan.slot[slot, SIZE] == 0:
                cost = price(data, plan, desk, slot, stop)
                if cost < low and chance(desk) >= weights.blink:
                    low, best = cost, slot
        if best >= 0:
            return best
    return -1
