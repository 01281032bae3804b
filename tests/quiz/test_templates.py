"""Generated numbers: exact, repeatable, different for each learner; formulas can do sums and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quiz import sample

from coursekit.errors import ContentError
from coursekit.quiz.bank import parse_item
from coursekit.quiz.formula import evaluate, half_up
from coursekit.quiz.items import Blank, Single
from coursekit.quiz.present import public_view, rule_of, shown_order
from coursekit.quiz.templates import instantiate

ITEM = parse_item(sample.TEMPLATE)


def test_the_same_seed_gives_the_same_item_and_another_seed_another() -> None:
    assert instantiate(ITEM, "kh0001") == instantiate(ITEM, "kh0001")
    assert len({instantiate(ITEM, f"kh{n:04d}").stem for n in range(30)}) > 20


@given(st.text(max_size=12))
def test_every_seed_gives_four_different_options_and_one_right(seed: str) -> None:
    one = instantiate(ITEM, seed)
    assert isinstance(one, Single)
    assert len({option.text for option in one.options}) == 4
    assert len(one.correct) == 1
    right = one.options[one.correct[0]].text
    assert right in one.explanation
    assert "{" not in one.stem + one.explanation


def test_a_blank_template_takes_the_rounded_answer() -> None:
    template = {key: value for key, value in sample.TEMPLATE["template"].items() if key != "distractors"}
    raw = sample.TEMPLATE | {
        "type": "blank",
        "stem": "{all} 户里 {open} 户开通，是 ____ %。",
        "template": template,
    }
    one = instantiate(parse_item(raw), "kh0001")
    assert isinstance(one, Blank)
    assert one.blanks[0].unit == "%"
    assert one.blanks[0].tolerance == pytest.approx(0.005)
    assert one.blanks[0].accept[0] in one.explanation


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("0.1 + 0.2", Fraction(3, 10)),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1.005, 2)", Fraction(101, 100)),
        ("ceil(7 / 2) - floor(7 / 2)", 1),
        ("2 ** 10 % 7", 2),
        ("1 < 2 <= 2 and not 3 > 4", 1),
        ("max(1, x) // 2", 3),
    ],
)
def test_sums_are_exact(formula: str, value: Fraction) -> None:
    assert evaluate(formula, {"x": Fraction(7)}) == value


@pytest.mark.parametrize(
    "formula",
    [
        "y + 1",
        "1 / 0",
        "__import__('os')",
        "x.real",
        "[1]",
        "lambda: 1",
        "2 ** 99",
        "1 +",
        "'a' + 1",
        "True",
        "x" * 600,
        "(" * 300,
    ],
)
def test_everything_else_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match="公式"):
        evaluate(formula, {"x": Fraction(7)})


@given(st.fractions(), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half(value: Fraction, digits: int) -> None:
    assert abs(half_up(value, digits) - value) <= Fraction(1, 2 * 10**digits)


def test_a_template_without_a_way_out_is_named() -> None:
    template = sample.TEMPLATE["template"] | {"where": ["open > all"]}
    with pytest.raises(ContentError, match="P-C3-006"):
        instantiate(parse_item(sample.TEMPLATE | {"template": template}), "kh0001")


def test_what_is_shown_holds_no_key_and_the_rule_follows_the_order() -> None:
    item = parse_item(sample.MULTIPLE)
    for seed in ("a", "b", "c"):
        order = shown_order(item, seed)
        view, rule = public_view(item, order), rule_of(item, order)
        assert set(view) == {"id", "type", "type_name", "stem", "options"}
        right = {view["options"]["ABCD".index(letter)] for letter in rule["value"]}
        assert right == {"订货服务", "送货服务"}


def test_options_with_an_order_of_their_own_keep_it() -> None:
    item = parse_item(sample.SINGLE | {"order": "keep"})
    assert {shown_order(item, str(n)) for n in range(20)} == {(0, 1, 2, 3)}
    assert len({shown_order(parse_item(sample.SINGLE), str(n)) for n in range(20)}) > 5
