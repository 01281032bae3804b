"""Units: conversions are exact, a wrong unit or quantity is told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import policy, units
from coursekit.errors import DomainError

UNIT = st.sampled_from(units.UNITS)


@pytest.mark.parametrize(
    ("quantity", "source", "target", "expected"),
    [
        (1, "箱", "件", 5),
        (1, "箱", "条", 250),
        (1, "箱", "支", 50_000),
        (1, "件", "条", 50),
        (1, "条", "支", 200),
        (1, "条", "包", 10),
        (346, "条", "件", 6.92),
        ("1638.7", "箱", "条", 409_675),
        (0, "条", "箱", 0),
    ],
)
def test_known_conversions(quantity: float, source: str, target: str, expected: float) -> None:
    assert units.convert(quantity, source, target) == expected


@given(st.integers(0, 10**9), UNIT, UNIT)
def test_there_and_back_is_exact(quantity: int, source: str, target: str) -> None:
    assert units.exact(units.exact(quantity, source, target), target, source) == quantity


@given(st.integers(0, 10**7))
def test_split_parts_sum_to_the_whole_and_are_small(cartons: int) -> None:
    parts = units.split(cartons)
    assert sum(units.exact(n, unit, "条") for unit, n in parts.items()) == cartons
    assert parts["件"] < 5
    assert parts["条"] < 50
    assert units.parse("".join(f"{n}{unit}" for unit, n in parts.items())) == cartons


@pytest.mark.parametrize("quantity", [-1, float("nan"), float("inf"), "", "十", "1e", None, True])
def test_an_impossible_quantity_is_told(quantity: object) -> None:
    with pytest.raises(DomainError, match="数量"):
        units.convert(quantity, "条", "件")  # type: ignore[arg-type]


def test_an_unknown_unit_is_told_with_the_known_ones() -> None:
    with pytest.raises(DomainError, match="箱、件、条"):
        units.convert(1, "条", "盒")


@pytest.mark.parametrize("text", ["", "5", "件", "5条1箱", "1条2条", "5条吧", "-1条", "5瓶"])
def test_a_quantity_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(DomainError, match="1箱2件5条"):
        units.parse(text)


@pytest.mark.parametrize("cartons", [-1, 1.5, True, "3"])
def test_split_takes_whole_cartons_only(cartons: object) -> None:
    with pytest.raises(DomainError, match="整数"):
        units.split(cartons)  # type: ignore[arg-type]


def test_a_province_with_another_bundle_counts_otherwise() -> None:
    rules = policy.load("units").replace(cartons__bundle=25)
    assert units.exact(2, "件", "条", rules) == Fraction(50)
