"""Items that help with each other never meet in one paper, and papers can still be drawn."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quiz import sample
from tests.quiz.bank_of_many import many

from coursekit.domain import policy
from coursekit.errors import ContentError
from coursekit.quiz.apart import clashes, most_together, rivals, settle
from coursekit.quiz.bank import bank_paths, load_banks, parse_item
from coursekit.quiz.check import check_banks
from coursekit.quiz.drawing import draw
from coursekit.quiz.items import Item
from coursekit.quiz.lint_pairs import giveaways
from coursekit.quiz.paper import NAMES, blueprint_path, load_blueprint
from coursekit.quiz.schedule import mock


@pytest.fixture(scope="module")
def shipped() -> list[Item]:
    return [item for bank in load_banks(bank_paths("test"), fast=True) for item in bank.items]


def marked(item: Item, *others: str) -> Item:
    return item.model_copy(update={"not_with": list(others)})


def of(items: list[Item], cell: tuple[str, str, str]) -> list[Item]:
    return [item for item in items if (item.type, item.area, item.level) == cell]


@pytest.mark.parametrize("name", NAMES)
def test_three_forms_of_each_paper_keep_the_shipped_pairs_apart(name: str, shipped: list[Item]) -> None:
    """The shipped marks leave three parallel forms drawable, balanced and with little overlap."""
    blueprint = load_blueprint(blueprint_path(name))
    apart = rivals(shipped)

    found = draw(blueprint, shipped, "2024秋", 3)

    assert sum(map(len, apart.values())) > 300
    assert [clashes(form.items, apart) for form in found.forms] == [[], [], []]
    assert found.balance()["difficulty_gap"] <= 0.05
    assert found.balance()["largest_overlap"] <= blueprint.overlap


def test_a_mark_holds_both_ways_and_across_areas() -> None:
    one, two = many({"single": 1})[0], many({"single": 1})[4]

    assert one.area != two.area
    assert rivals([one, marked(two, one.id)]) == {one.id: {two.id}, two.id: {one.id}}
    assert clashes([one, two], rivals([one, marked(two, one.id)])) == [(one.id, two.id)]


def test_the_same_bank_without_marks_gives_the_papers_it_always_gave() -> None:
    """A mark between items that do not meet changes nothing."""
    bank = many({"single": 18, "multiple": 5, "true_false": 7})
    blueprint = load_blueprint(blueprint_path("junior"))
    plain = draw(blueprint, bank, "s", 2)
    apart_already = [plain.forms[0].items[0], plain.forms[1].items[0]]
    both = [marked(i, apart_already[1].id) if i.id == apart_already[0].id else i for i in bank]

    again = draw(blueprint, both, "s", 2)

    assert [[i.id for i in f.items] for f in again.forms] == [[i.id for i in f.items] for f in plain.forms]


def test_pairs_that_cannot_be_kept_apart_are_named() -> None:
    """A bank that holds just enough, with a pair in two cells that both must be taken whole."""
    blueprint = load_blueprint(blueprint_path("junior"))
    bank = many({"single": 18, "multiple": 5, "true_false": 7})
    once = [item for part in draw(blueprint, bank, "s").forms for item in part.items]
    one = once[0]
    two = next(item for item in once if item.area != one.area)
    just = [marked(item, two.id) if item.id == one.id else item for item in once]

    with pytest.raises(ContentError) as caught:
        draw(blueprint, just, "s")

    assert "不能同卷" in str(caught.value)
    assert one.id in str(caught.value)
    assert two.id in str(caught.value)


def test_a_cell_of_items_that_exclude_each_other_counts_as_what_can_stand_together() -> None:
    """One against all the others, a lone item, a ring: the largest set without a marked pair."""
    bank = many({"single": 5, "multiple": 1, "true_false": 0})
    one, *rest = of(bank, ("single", "C1", "R"))
    apart = rivals([marked(one, *[item.id for item in rest])])

    assert most_together([one, *rest], apart) == len(rest)
    assert most_together([one], apart) == 1
    ring = [marked(a, b.id) for a, b in zip(rest, [*rest[1:], rest[0]], strict=True)]
    assert most_together(ring, rivals(ring)) == len(ring) // 2


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=60),
    forms=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_whatever_the_marks_what_remains_together_is_told(
    pairs: list[tuple[int, int]], forms: int, seed: int
) -> None:
    """Forms keep their count per cell and hold no item twice; a marked pair that is left is named."""
    links: dict[str, set[str]] = {}
    for a, b in pairs:
        links.setdefault(_BANK[a].id, set()).update({_BANK[b].id} - {_BANK[a].id})
    items = [marked(item, *sorted(links.get(item.id, ()))) for item in _BANK]
    apart = rivals(items)
    stock: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        stock.setdefault((item.type, item.area, item.level), []).append(item)
    source = random.Random(seed)
    dealt = [[[i for cell in stock.values() for i in source.sample(cell, 3)]] for _ in range(forms)]

    left = settle(dealt, stock, apart)

    assert left == sorted({pair for form in dealt for pair in clashes(form[0], apart)})
    for form in dealt:
        assert len({item.id for item in form[0]}) == 3 * len(stock)
        assert {(i.type, i.area, i.level) for i in form[0]} == set(stock)


_BANK = [item for item in many({"single": 10}) if item.area in ("C1", "C2") and item.level in ("R", "A", "N")]


def test_a_mock_paper_keeps_them_apart() -> None:
    bank = many({"single": 3})
    apart_from_all = marked(bank[0], *[item.id for item in bank[1:]])
    items = {item.id: item for item in [apart_from_all, *bank[1:]]}

    chosen = [mock(items, 20, {"C1": [1, 1, 1, 1]}, str(seed)) for seed in range(10)]

    assert all(bank[0].id not in names or len(names) == 1 for names in chosen)


@pytest.mark.parametrize(("other", "message"), [("T-C3-901", "写了自己"), ("C3-901", "写法不对")])
def test_a_mark_of_itself_or_misspelt_is_refused(other: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_item(sample.SINGLE | {"id": "T-C3-901", "not_with": [other]})


def test_a_mark_of_an_item_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    """An id no bank has, and one of another kind of bank."""
    items = [
        sample.SINGLE | {"id": f"T-C3-{n}", "stem": f"某公司第 {n} 问？", "not_with": [other]}
        for n, other in ((901, "T-C1-999"), (902, "P-C2-001"))
    ]
    path = tmp_path / "b.yaml"
    path.write_text(
        yaml.safe_dump(
            {"bank": "b", "kind": "test", "items": json.loads(json.dumps(items))}, allow_unicode=True
        ),
        encoding="utf-8",
    )

    faults = check_banks([path]).faults

    assert any("T-C3-901" in fault and "T-C1-999 不在题库里" in fault for fault in faults)
    assert any("T-C3-902" in fault and "P-C2-001 不在同一种题库" in fault for fault in faults)


def _told() -> Iterator[Item]:
    base: dict[str, Any] = sample.SINGLE | {"facts": ["S2-001"], "area": "C3"}
    options = [{"text": "7 天", "correct": True}, {"text": "9 天", "why": "x"}, {"text": "12 天", "why": "y"}]
    for number, stem in (
        (901, "某店抽查看最近几天的记录？"),
        (902, "某店抽查最近 7 天的记录，缺两天，算不算在用？"),
        (903, "某店抽查最近 17 天的记录，缺两天，算不算在用？"),
    ):
        yield parse_item(base | {"id": f"T-C3-{number}", "stem": stem, "options": options})
        options = [{**option, "text": option["text"] + "以内"} for option in options]


def test_a_key_in_another_stem_is_hinted_until_it_is_marked() -> None:
    """`7 天` in another stem is told, `17 天` is not; with the mark the hint goes."""
    rules = policy.load("bank")
    one, two, three = _told()

    found = list(giveaways([one, two, three], rules))

    assert [(f.item, f.hint) for f in found] == [("T-C3-901", True)]
    assert "“7 天”写在 T-C3-902" in found[0].text
    assert list(giveaways([marked(one, two.id), two, three], rules)) == []
    assert list(giveaways([one, marked(two, one.id), three], rules)) == []
    other = two.model_copy(update={"facts": ["S2-002"]})
    assert list(giveaways([one, other], rules)) == []


def test_the_shipped_test_bank_has_no_unmarked_pair(shipped: list[Item]) -> None:
    assert list(giveaways(shipped, policy.load("bank"))) == []
