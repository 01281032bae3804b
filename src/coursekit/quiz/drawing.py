"""Draw one paper or parallel forms from a bank: same content in every form, near-equal difficulty, bounded overlap."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coursekit.errors import ContentError
from coursekit.quiz.apart import Rivals, most_together, rivals, settle
from coursekit.quiz.items import AREAS, LEVELS, TYPE_NAMES, Item
from coursekit.quiz.paper import Blueprint, Cell, Section
from coursekit.quiz.templates import seeded

FORM_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Pool = dict[tuple[str, Cell], list[Item]]
_TRIES = 8


@dataclass(frozen=True)
class Form:
    """One form: its items by section, in the order printed."""

    name: str
    sections: tuple[tuple[Item, ...], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for section in self.sections for item in section)


@dataclass(frozen=True)
class Draw:
    """Parallel forms of one paper.

    Parameters
    ----------
    blueprint : Blueprint
        What they follow.
    seed : str
        Draws the same forms again from the same bank.
    forms : tuple of Form
        Equal in items per section, area and level.
    """

    blueprint: Blueprint
    seed: str
    forms: tuple[Form, ...]

    def difficulty(self, form: Form) -> float:
        """Mean difficulty of a form, items weighted by their points. [1-5]"""
        return _difficulty(self.blueprint, form.sections)

    def overlaps(self) -> dict[tuple[str, str], float]:
        """Share of items each pair of forms has in common."""
        return {
            (a.name, b.name): len({i.id for i in a.items} & {i.id for i in b.items}) / self.blueprint.count
            for a, b in itertools.combinations(self.forms, 2)
        }

    def balance(self) -> dict[str, Any]:
        """What a person checks before the papers are used."""
        means = {form.name: round(self.difficulty(form), 4) for form in self.forms}
        overlaps = self.overlaps()
        return {
            "difficulty": means,
            "difficulty_gap": round(max(means.values()) - min(means.values()), 4),
            "overlap": {f"{a}-{b}": round(share, 4) for (a, b), share in overlaps.items()},
            "largest_overlap": round(max(overlaps.values(), default=0.0), 4),
            "allowed_overlap": self.blueprint.overlap,
            "cells": _cells(self.forms[0]),
        }


def _difficulty(blueprint: Blueprint, sections: Sequence[Sequence[Item]]) -> float:
    total = sum(
        item.difficulty * section.points
        for section, items in zip(blueprint.sections, sections, strict=True)
        for item in items
    )
    return total / blueprint.points


def _cells(form: Form) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {area: dict.fromkeys(LEVELS, 0) for area in AREAS}
    for item in form.items:
        table[item.area][item.level] += 1
    return {area: row for area, row in table.items() if any(row.values())}


def draw(blueprint: Blueprint, items: Sequence[Item], seed: str, forms: int = 1) -> Draw:
    """Draw `forms` parallel forms.

    Every form has the same number of items in each section, area and level, as the blueprint says. Within
    each of these, items are dealt by difficulty so that the forms come out alike; then single items are
    exchanged while that brings the mean difficulties closer.

    Parameters
    ----------
    blueprint : Blueprint
        Sections and quotas.
    items : sequence of Item
        The bank.
    seed : str
        Same seed, same bank: same forms.
    forms : int
        How many, 1 to 26.

    Raises
    ------
    ContentError
        If the bank lacks items, naming section, area and level, or the overlap cannot be kept, or
        pairs that exclude each other cannot be kept apart.
    """
    if not 1 <= forms <= len(FORM_NAMES):
        raise ContentError(blueprint.id, [f"份数应当是 1 到 {len(FORM_NAMES)}，看到的是 {forms}"])
    pool = _pool(items)
    apart = rivals(items)
    plan = _plan(blueprint, pool, forms, apart)
    stock = {(kind, *cell): each for (kind, cell), each in pool.items()}
    for attempt in range(_TRIES):
        source = seeded("draw", blueprint.id, seed, *([str(attempt)] if attempt else []))
        dealt = _dealt(blueprint, pool, plan, forms, source)
        together = settle(dealt, stock, apart)
        if not together:
            break
    else:
        named = "、".join(f"{a} 与 {b}" for a, b in together[:8])
        raise ContentError(
            f"试卷 {blueprint.id}", [f"这几对题不能同卷，同一领域和层次又没有别的题可换：{named}"]
        )
    for form in dealt:
        for part in form:
            source.shuffle(part)
    drawn = Draw(
        blueprint,
        seed,
        tuple(Form(FORM_NAMES[f], tuple(tuple(part) for part in dealt[f])) for f in range(forms)),
    )
    drawn = _exchange(drawn, apart)
    _check_overlap(drawn, plan, pool)
    return drawn


def _dealt(
    blueprint: Blueprint, pool: Pool, plan: dict[tuple[int, Cell], int], forms: int, source: random.Random
) -> list[list[list[Item]]]:
    """Per form, per section, its items, before what excludes each other is taken apart."""
    dealt: list[list[list[Item]]] = [[[] for _ in blueprint.sections] for _ in range(forms)]
    totals = [0.0] * forms
    used: dict[tuple[str, Cell], list[Item]] = {}
    for (place, cell), count in sorted(plan.items()):
        section = blueprint.sections[place]
        key = (section.type, cell)
        if key not in used:
            used[key] = _shuffled(pool[key], source)
        hands, used[key] = _deal(used[key], count, forms, source)
        _hand_out(hands, totals, section.points, [form[place] for form in dealt], source)
    return dealt


def _pool(items: Sequence[Item]) -> Pool:
    pool: Pool = defaultdict(list)
    for item in sorted(items, key=lambda each: each.id):
        pool[(item.type, (item.area, item.level))].append(item)
    return dict(pool)


def _shuffled(items: list[Item], source: random.Random) -> list[Item]:
    copy = list(items)
    source.shuffle(copy)
    return copy


def _plan(blueprint: Blueprint, pool: Pool, forms: int, apart: Rivals) -> dict[tuple[int, Cell], int]:
    """How many items of each cell each section takes: whole numbers that meet counts and quotas.

    Among the ways there are, one near the proportion of section and cell is taken, one that asks no cell
    for more than it has, and, for several forms, preferably not for more than can be dealt without reuse.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    cells = [(area, level) for area in AREAS for level in LEVELS]
    places = [
        (s, cell)
        for s, section in enumerate(blueprint.sections)
        for cell in cells
        if pool.get((section.type, cell)) and (not section.levels or cell[1] in section.levels)
    ]
    quotas = blueprint.quotas
    n, q, m = len(places), len(quotas), len(blueprint.sections)
    # variables: x (items), d (distance from proportion), r (reuse), short of section, short of quota
    size = 3 * n + m + q
    cost = np.concatenate([np.zeros(n), np.ones(n), np.full(n, 4.0), np.full(m + q, 1e4)])
    rows, low, high = [], [], []

    def row(entries: dict[int, float], lower: float, upper: float) -> None:
        line = np.zeros(size)
        for at, value in entries.items():
            line[at] += value
        rows.append(line)
        low.append(lower)
        high.append(upper)

    for s, section in enumerate(blueprint.sections):
        entries = {i: 1.0 for i, place in enumerate(places) if place[0] == s}
        row({**entries, 3 * n + s: 1.0}, section.count, section.count)
    for k, quota in enumerate(quotas):
        entries = {i: 1.0 for i, place in enumerate(places) if place[1] in quota.cells}
        row({**entries, 3 * n + m + k: 1.0}, quota.count, quota.count)
    by_type: dict[tuple[str, Cell], list[int]] = defaultdict(list)
    for i, (s, cell) in enumerate(places):
        by_type[(blueprint.sections[s].type, cell)].append(i)
    for key, indexes in by_type.items():
        stock = len(pool[key])
        row(dict.fromkeys(indexes, 1.0), 0, most_together(pool[key], apart))
        row({**dict.fromkeys(indexes, float(forms)), **{n + n + i: -1.0 for i in indexes}}, -np.inf, stock)
    expected = _proportions(blueprint, places)
    for i in range(n):
        row({i: 1.0, n + i: -1.0}, -np.inf, expected[i])
        row({i: 1.0, n + i: 1.0}, expected[i], np.inf)
    if not rows or n == 0:
        raise ContentError(blueprint.id, ["题库里没有这份卷能用的题"])
    found = milp(
        cost,
        constraints=LinearConstraint(np.array(rows), np.array(low), np.array(high)),
        integrality=np.concatenate([np.ones(n), np.zeros(2 * n), np.ones(m + q)]),
        bounds=Bounds(0, np.inf),
        options={"time_limit": 20.0, "mip_rel_gap": 0.02},
    )
    if found.x is None:
        raise ContentError(blueprint.id, ["按这些题数和配额找不到组卷的办法，请核对各项是否自相矛盾"])
    amounts = np.rint(found.x).astype(int)
    _refuse_short(blueprint, pool, amounts[3 * n :])
    return {places[i]: int(amounts[i]) for i in range(n) if amounts[i]}


def _proportions(blueprint: Blueprint, places: list[tuple[int, Cell]]) -> list[float]:
    """Items a section would take of a cell if every section had the same mixture of cells."""
    single = {next(iter(q.cells)): q.count for q in blueprint.quotas if len(q.cells) == 1}
    area = {q.name: q.count for q in blueprint.quotas if q.name in AREAS}
    level = {q.name: q.count for q in blueprint.quotas if q.name in LEVELS}
    total = blueprint.count
    expected = []
    for s, cell in places:
        if single:
            weight = single.get(cell, 0) / total
        else:
            weight = area.get(cell[0], total / 10) / total * level.get(cell[1], total / 4) / total
        expected.append(blueprint.sections[s].count * weight)
    return expected


def _refuse_short(blueprint: Blueprint, pool: Pool, short: Any) -> None:
    faults = []
    for section, lacking in zip(blueprint.sections, short[: len(blueprint.sections)], strict=True):
        if lacking > 0:
            stock = sum(len(v) for k, v in pool.items() if _serves(section, k))
            faults.append(
                f"“{section.title}”要 {section.count} 道{TYPE_NAMES[section.type]}，还缺 {lacking} 道"
                f"（题库里能用的有 {stock} 道，但要同时满足领域和层次的配额）"
            )
    for quota, lacking in zip(blueprint.quotas, short[len(blueprint.sections) :], strict=True):
        if lacking > 0:
            stock = sum(
                len(v)
                for k, v in pool.items()
                if k[1] in quota.cells and any(_serves(section, k) for section in blueprint.sections)
            )
            faults.append(
                f"“{quota.name}”要 {quota.count} 题，还缺 {lacking} 题（题库里能用的有 {stock} 题）"
            )
    if faults:
        raise ContentError(f"试卷 {blueprint.id}", faults)


def _serves(section: Section, key: tuple[str, Cell]) -> bool:
    return key[0] == section.type and (not section.levels or key[1][1] in section.levels)


def _deal(
    stock: list[Item], count: int, forms: int, source: random.Random
) -> tuple[list[list[Item]], list[Item]]:
    """`count` groups of one item per form, alike in difficulty within a group; and the stock, used ones last."""
    needed = count * forms
    if len(stock) >= needed:
        taken = sorted(stock[:needed], key=lambda item: item.difficulty)
        return [taken[g * forms : (g + 1) * forms] for g in range(count)], [*stock[needed:], *stock[:needed]]
    ring = list(stock)
    source.shuffle(ring)
    step = max(1, (len(ring) - count) // max(1, forms - 1)) if len(ring) > count else 0
    hands = [
        [ring[(f * max(step, 1 if len(ring) > count else 0) + g) % len(ring)] for f in range(forms)]
        for g in range(count)
    ]
    return hands, ring


def _hand_out(
    hands: list[list[Item]],
    totals: list[float],
    points: float,
    parts: list[list[Item]],
    source: random.Random,
) -> None:
    """Give the harder items of each group to the forms that are easier so far; a form never gets an item twice."""
    for hand in hands:
        reused = len({item.id for item in hand}) < len(hand) or any(
            item.id in {x.id for x in part} for item in hand for part in parts
        )
        if reused:
            pairs = list(zip(range(len(parts)), hand, strict=True))
        else:
            order = sorted(range(len(parts)), key=lambda f: (totals[f], source.random()))
            pairs = list(zip(order, sorted(hand, key=lambda item: -item.difficulty), strict=True))
        for f, item in pairs:
            parts[f].append(item)
            totals[f] += item.difficulty * points


def _exchange(drawn: Draw, apart: Rivals, rounds: int = 200) -> Draw:
    """Exchange items of one section and cell between the hardest and the easiest form while that helps."""
    sections = {form.name: [list(part) for part in form.sections] for form in drawn.forms}
    points = [section.points for section in drawn.blueprint.sections]

    def weight(name: str) -> float:
        return sum(i.difficulty * points[s] for s, part in enumerate(sections[name]) for i in part)

    for _ in range(rounds):
        ranked = sorted(sections, key=lambda name: (weight(name), name))
        if len(ranked) < 2:
            break
        easy, hard = ranked[0], ranked[-1]
        gap = weight(hard) - weight(easy)
        best = _best_exchange(sections[easy], sections[hard], points, gap, apart)
        if best is None:
            break
        s, i, j = best
        sections[easy][s][i], sections[hard][s][j] = sections[hard][s][j], sections[easy][s][i]
    return Draw(
        drawn.blueprint,
        drawn.seed,
        tuple(Form(f.name, tuple(tuple(part) for part in sections[f.name])) for f in drawn.forms),
    )


def _best_exchange(
    easy: list[list[Item]], hard: list[list[Item]], points: list[float], gap: float, apart: Rivals
) -> tuple[int, int, int] | None:
    in_easy = {item.id for part in easy for item in part}
    in_hard = {item.id for part in hard for item in part}
    best, found, none = gap - 1e-9, None, frozenset[str]()
    for s, (low, high) in enumerate(zip(easy, hard, strict=True)):
        for i, a in enumerate(low):
            for j, b in enumerate(high):
                if (a.area, a.level) != (b.area, b.level) or a.id in in_hard or b.id in in_easy:
                    continue
                left = abs(gap - 2 * (b.difficulty - a.difficulty) * points[s])
                if left >= best:
                    continue
                if apart.get(b.id, none) & in_easy - {a.id} or apart.get(a.id, none) & in_hard - {b.id}:
                    continue
                best, found = left, (s, i, j)
    return found


def _check_overlap(drawn: Draw, plan: dict[tuple[int, Cell], int], pool: Pool) -> None:
    worst = max(drawn.overlaps().values(), default=0.0)
    if worst <= drawn.blueprint.overlap + 1e-9:
        return
    needed: dict[tuple[str, Cell], int] = defaultdict(int)
    for (s, cell), count in plan.items():
        needed[(drawn.blueprint.sections[s].type, cell)] += count * len(drawn.forms)
    lacking = sorted(
        ((key, count - len(pool[key])) for key, count in needed.items() if count > len(pool[key])),
        key=lambda pair: -pair[1],
    )
    faults = [f"两份卷最多重复 {worst:.0%} 的题，蓝图只许 {drawn.blueprint.overlap:.0%}"]
    faults += [f"{k[1][0]} {k[1][1]} 的{TYPE_NAMES[k[0]]}还缺 {count} 道才不重复" for k, count in lacking[:8]]
    raise ContentError(f"试卷 {drawn.blueprint.id}", faults)
