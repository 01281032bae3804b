"""Forms follow the blueprint to the item, come out alike, and cannot be drawn where items are lacking."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.quiz.bank_of_many import many

from coursekit.errors import ContentError
from coursekit.quiz.drawing import draw
from coursekit.quiz.items import Item
from coursekit.quiz.paper import blueprint_path, load_blueprint


@pytest.fixture(scope="module")
def bank() -> list[Item]:
    """Enough of every type in every cell for several junior papers without reuse."""
    return many({"single": 18, "multiple": 5, "true_false": 7, "short": 2})


def counts(form: object, key: object) -> Counter[object]:
    return Counter(map(key, form.items))  # type: ignore[arg-type, attr-defined]


@pytest.mark.parametrize("name", ["junior", "intermediate", "senior"])
def test_three_forms_have_the_same_content(name: str, bank: list[Item]) -> None:
    """Every quota met, every form the same count of each type, area and level, no item twice in one form."""
    blueprint = load_blueprint(blueprint_path(name))

    found = draw(blueprint, bank, "2024春", 3)

    for form in found.forms:
        assert [len(part) for part in form.sections] == [section.count for section in blueprint.sections]
        assert [{i.type for i in part} for part in form.sections] == [{s.type} for s in blueprint.sections]
        assert len({item.id for item in form.items}) == blueprint.count
        for quota in blueprint.quotas:
            assert sum((item.area, item.level) in quota.cells for item in form.items) == quota.count, (
                quota.name
            )
        assert counts(form, lambda i: (i.type, i.area, i.level)) == counts(
            found.forms[0], lambda i: (i.type, i.area, i.level)
        )
    balance = found.balance()
    assert balance["difficulty_gap"] <= 0.05
    assert balance["largest_overlap"] <= blueprint.overlap


def test_a_large_bank_gives_forms_without_common_items(bank: list[Item]) -> None:
    found = draw(load_blueprint(blueprint_path("junior")), bank, "s", 2)

    assert found.overlaps() == {("A", "B"): 0.0}


def test_case_items_come_from_their_level_only(bank: list[Item]) -> None:
    found = draw(load_blueprint(blueprint_path("senior")), bank, "s")

    assert {item.level for item in found.forms[0].sections[3]} == {"E"}


def test_the_seed_decides_and_nothing_else(bank: list[Item]) -> None:
    """Same seed and bank in any order: same forms; another seed: others."""
    blueprint = load_blueprint(blueprint_path("junior"))

    first, again = draw(blueprint, bank, "甲", 2), draw(blueprint, bank[::-1], "甲", 2)
    other = draw(blueprint, bank, "乙", 2)

    ids = [[i.id for i in form.items] for form in first.forms]
    assert ids == [[i.id for i in form.items] for form in again.forms]
    assert ids != [[i.id for i in form.items] for form in other.forms]


def test_a_cell_that_lacks_items_is_named(bank: list[Item]) -> None:
    short = [item for item in bank if (item.area, item.level) != ("C4", "N")]

    with pytest.raises(ContentError) as caught:
        draw(load_blueprint(blueprint_path("junior")), short, "s")

    assert "“C4 N”要 2 题，还缺 2 题" in str(caught.value)


def test_a_section_that_lacks_items_is_named(bank: list[Item]) -> None:
    short = [item for item in bank if item.type != "multiple"]

    with pytest.raises(ContentError, match=r"多选题.*还缺 10 道"):
        draw(load_blueprint(blueprint_path("junior")), short, "s")


def test_too_small_a_bank_for_parallel_forms_is_refused_with_what_is_lacking() -> None:
    """One form fits, three would repeat more than the blueprint allows."""
    small = many({"single": 5, "multiple": 1, "true_false": 2})
    blueprint = load_blueprint(blueprint_path("junior"))

    assert len(draw(blueprint, small, "s", 1).forms) == 1
    with pytest.raises(ContentError) as caught:
        draw(blueprint, small, "s", 6)

    assert "最多重复" in str(caught.value)
    assert "才不重复" in str(caught.value)


def test_number_of_forms_is_bounded(bank: list[Item]) -> None:
    with pytest.raises(ContentError, match="1 到 26"):
        draw(load_blueprint(blueprint_path("junior")), bank, "s", 0)


def test_an_empty_bank_is_refused() -> None:
    with pytest.raises(ContentError, match="没有这份卷能用的题"):
        draw(load_blueprint(blueprint_path("junior")), [], "s")
