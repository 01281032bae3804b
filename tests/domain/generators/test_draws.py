"""Draws: the same on every machine, and within their bounds."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import resources
from coursekit.domain.generators.draws import Draws, seed, shares


def test_the_stream_is_pinned():
    draws = Draws("customers", "kh0001")
    assert seed("customers", "kh0001") == 8011689295394913136
    assert [draws.between(0, 999) for _ in range(4)] == [500, 700, 758, 592]
    assert draws.shuffled("abcdef") == list("dfcbea")


def test_no_name_and_learner_run_together():
    assert len({seed("a", None), seed("a", ""), seed("a/learner", ""), seed("b", None)}) == 4


def test_generators_sum_floats_exactly():
    """`sum` of floats differs between Python versions; where it is used, it adds whole numbers."""
    folder = resources.content_root() / "src" / "coursekit" / "domain" / "generators"
    allowed = {"customers", "draws", "raw_text", "shop_ledger"}
    using = {
        path.stem
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
    }
    assert using <= allowed


@given(st.integers(0, 2000), st.lists(st.floats(0.01, 50), min_size=1, max_size=12))
def test_shares_lose_nothing_and_stay_within_one_of_the_exact_part(total, weights):
    parts = shares(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1 + 1e-6


@given(st.text(max_size=8), st.integers(-50, 50), st.integers(0, 60))
def test_draws_stay_in_their_bounds(name, low, width):
    draws = Draws(name)
    assert low <= draws.between(low, low + width) <= low + width
    assert abs(draws.normal()) <= 6
    assert draws.weighted({"a": 1.0, "b": 0.0}) == "a"
    assert sorted(draws.shuffled(range(width))) == list(range(width))
    assert len(set(draws.sample(range(width), width // 2))) == width // 2


def test_more_than_there_are_cannot_be_drawn():
    with pytest.raises(ValueError, match="cannot draw 3 of 2"):
        Draws("x").sample("ab", 3)
