"""Simulated annealing over ruin and recreate: which steps stay."""

from __future__ import annotations

from coursekit.domain.routing.chance import draw
from coursekit.domain.routing.compiled import compiled, entry
from coursekit.domain.routing.desk import BEST, COST, LEFT_OUT, QUEUED, Course, Desk, Weights
from coursekit.domain.routing.plan import ABSENT, LOADS, TRAVEL, Plan
from coursekit.domain.routing.recreate import put_back
from coursekit.domain.routing.ruin import ruin
from coursekit.domain.routing.scale import NEVER, VISITS, Scaled
from coursekit.domain.routing.undo import copy_plan, end_step


@entry
def anneal(
    data: Scaled, plan: Plan, saved: Plan, kept: Plan, desk: Desk, weights: Weights, course: Course
) -> float:
    """Take the steps of `course` from `plan`; the best plan since the first is left in `kept`.

    The temperature after them is given back.
    """
    now, heat = desk.now, course.heat
    if course.first:
        copy_plan(plan, saved)
    for n in range(course.steps + course.first):
        opening = course.first and n == 0
        fits = opening or ruin(data, plan, saved, desk, weights)
        fits = fits and put_back(data, plan, saved, desk, weights)
        now[QUEUED] = 0
        new = cost_of(data, plan, weights) if fits else NEVER
        worse = int(heat * course.chances[draw(desk, len(course.chances))])
        keep = opening or new < now[COST] + worse
        end_step(plan, saved, desk, keep)
        if keep:
            now[COST] = new
            left_out = plan.sums[ABSENT]
            if opening or left_out < now[LEFT_OUT] or (left_out == now[LEFT_OUT] and new < now[BEST]):
                now[BEST], now[LEFT_OUT] = new, left_out
                copy_plan(plan, kept)
        if not opening:
            heat *= course.cooling
    return heat


@compiled
def cost_of(data: Scaled, plan: Plan, weights: Weights) -> int:
    """Travel, the price of absent visits, and the price of uneven days."""
    cost = plan.sums[TRAVEL]
    for n in range(plan.sums[ABSENT]):
        cost += weights.absence * data.stop[plan.absent[n], VISITS]
    if weights.evenness > 0:
        total = squares = 0.0
        for day in range(len(data.day)):
            load = float(plan.sums[LOADS + day])
            total += load
            squares += load * load
        spread = len(data.day) * squares - total * total * (1.0 + weights.free)
        if spread > 0:
            cost += int(min(weights.evenness * spread / total, 1.0 * NEVER))
    return int(cost)
