"""Changes of a plan that can be taken back."""

from __future__ import annotations

from coursekit.domain.routing.compiled import compiled
from coursekit.domain.routing.desk import (
    CHANGED,
    MOVED,
    SLOTS_CHANGED,
    STOPS_MOVED,
    WAS_CHANGED,
    WAS_MOVED,
    Desk,
)
from coursekit.domain.routing.plan import ABSENT, MADE, SIZE, Plan
from coursekit.domain.routing.scale import Index, Whole


@compiled
def copy(source: Whole | Index, target: Whole | Index, count: int) -> None:
    for n in range(count):
        target[n] = source[n]


@compiled
def copy_route(source: Plan, target: Plan, slot: int) -> None:
    size = source.slot[slot, SIZE]
    copy(source.route[slot], target.route[slot], size)
    copy(source.slot[slot], target.slot[slot], source.slot.shape[1])


@compiled
def copy_sums(source: Plan, target: Plan) -> None:
    made = max(source.sums[MADE], target.sums[MADE])
    copy(source.sums, target.sums, len(source.sums))
    target.sums[MADE] = made
    copy(source.absent, target.absent, source.sums[ABSENT])


@compiled
def copy_plan(source: Plan, target: Plan) -> None:
    for slot in range(len(source.slot)):
        copy_route(source, target, slot)
    for stop in range(len(source.where)):
        copy(source.where[stop], target.where[stop], source.where.shape[1])
    copy_sums(source, target)


@compiled
def change(plan: Plan, saved: Plan, desk: Desk, slot: int) -> None:
    """Save a route before this step first changes it."""
    if not desk.slot[slot, WAS_CHANGED]:
        desk.slot[slot, WAS_CHANGED] = True
        desk.slot[desk.now[CHANGED], SLOTS_CHANGED] = slot
        desk.now[CHANGED] += 1
        copy_route(plan, saved, slot)


@compiled
def move(plan: Plan, saved: Plan, desk: Desk, stop: int) -> None:
    """Save where a stop stands before this step first moves it."""
    if not desk.stop[stop, WAS_MOVED]:
        desk.stop[stop, WAS_MOVED] = True
        desk.stop[desk.now[MOVED], STOPS_MOVED] = stop
        desk.now[MOVED] += 1
        copy(plan.where[stop], saved.where[stop], plan.where.shape[1])


@compiled
def end_step(plan: Plan, saved: Plan, desk: Desk, keep: bool) -> None:
    """Keep what this step changed, or take it back."""
    for n in range(desk.now[CHANGED]):
        slot = desk.slot[n, SLOTS_CHANGED]
        desk.slot[slot, WAS_CHANGED] = False
        if not keep:
            copy_route(saved, plan, slot)
    for n in range(desk.now[MOVED]):
        stop = desk.stop[n, STOPS_MOVED]
        desk.stop[stop, WAS_MOVED] = False
        if not keep:
            copy(saved.where[stop], plan.where[stop], plan.where.shape[1])
    desk.now[CHANGED] = desk.now[MOVED] = 0
    if keep:
        copy_sums(plan, saved)
    else:
        copy_sums(saved, plan)
