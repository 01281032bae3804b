"""Item statistics against published values, against plain formulas, and on bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import cli
from coursekit.errors import DomainError, InputError
from coursekit.quiz import irt
from coursekit.quiz.analysis import Tally, classical, distractors
from coursekit.quiz.item_report import analyse

DATA = Path(__file__).parent / "data"


def lsat(name: str) -> np.ndarray:
    """Response patterns of the Law School Admission Test (Bock and Lieberman 1970), one row a taker."""
    table = pd.read_csv(DATA / f"{name}.csv")
    return np.repeat(table.iloc[:, 1:].to_numpy(), table["count"], axis=0)


# Published by the R packages ltm 1.2 (LSAT6) and mirt (LSAT7, where b = -d / a).
LSAT6_2PL = {
    "a": [0.8254, 0.7229, 0.8905, 0.6886, 0.6575],
    "b": [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236],
    "se_a": [0.2581, 0.1867, 0.2326, 0.1852, 0.2100],
    "se_b": [0.8669, 0.3073, 0.0997, 0.4341, 0.8700],
}
LSAT6_1PL = {"a": [0.7551] * 5, "b": [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802]}
LSAT7_2PL = {"a": [0.988, 1.081, 1.706, 0.765, 0.736], "d": [1.856, 0.808, 1.804, 0.486, 1.855]}


@pytest.mark.parametrize(
    ("name", "p"),
    [("lsat6", [0.924, 0.709, 0.553, 0.763, 0.870]), ("lsat7", [0.828, 0.658, 0.772, 0.606, 0.843])],
)
def test_shares_right_are_the_published_ones(name: str, p: list[float]) -> None:
    assert [item.p for item in classical(lsat(name)).items] == pytest.approx(p, abs=1e-12)


def test_two_parameter_model_gives_the_published_estimates() -> None:
    """LSAT6: slopes, difficulties and standard errors within 0.005, log-likelihood within 0.001."""
    found = irt.fit(lsat("lsat6"), "2pl")

    assert found.loglik == pytest.approx(-2466.653, abs=0.001)
    for name, values in LSAT6_2PL.items():
        assert [getattr(item, name) for item in found.items] == pytest.approx(values, abs=0.005), name


def test_one_parameter_model_gives_the_published_estimates() -> None:
    found = irt.fit(lsat("lsat6"), "1pl")

    assert found.loglik == pytest.approx(-2466.938, abs=0.001)
    assert [item.a for item in found.items] == pytest.approx(LSAT6_1PL["a"], abs=0.005)
    assert [item.b for item in found.items] == pytest.approx(LSAT6_1PL["b"], abs=0.005)


def test_the_second_test_gives_the_published_estimates_too() -> None:
    found = irt.fit(lsat("lsat7"), "2pl")

    assert found.loglik == pytest.approx(-2658.805, abs=0.001)
    assert [item.a for item in found.items] == pytest.approx(LSAT7_2PL["a"], abs=0.005)
    assert [-item.a * item.b for item in found.items] == pytest.approx(LSAT7_2PL["d"], abs=0.005)


def test_the_slopes_do_not_depend_on_the_order_of_takers_or_items() -> None:
    scores = lsat("lsat7")
    turned = scores[::-1, ::-1]

    assert [i.a for i in irt.fit(turned).items] == pytest.approx(
        [i.a for i in irt.fit(scores).items][::-1], abs=1e-4
    )


def test_abilities_rise_with_the_score_and_match_published_factor_scores() -> None:
    """ltm's empirical Bayes modes for LSAT6 lie near our posterior means; all wrong -1.9, all right 0.6."""
    found = irt.fit(lsat("lsat6"), "2pl")

    ability, spread = found.ability(np.array([[0, 0, 0, 0, 0], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]]))

    assert list(ability) == pytest.approx([-1.895, -0.953, 0.606], abs=0.06)
    assert ((spread > 0.7) & (spread < 0.9)).all()


def test_gradient_is_the_derivative_of_the_likelihood() -> None:
    scores = lsat("lsat6").astype(float)[::7]
    parameters = np.array([0.7, 1.2, 0.4, 0.9, 1.1, 2.0, 0.3, -0.2, 1.0, 1.4])
    ones = np.ones(len(scores))

    _, gradient = irt._loglik(scores, ones, parameters, False)

    for i in range(10):
        step = np.zeros(10)
        step[i] = 1e-5
        up, down = (irt._loglik(scores, ones, parameters + s * step, False)[0] for s in (1, -1))
        assert gradient[i] == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-5)


def test_known_parameters_come_back_from_simulated_takers() -> None:
    source = np.random.default_rng(3)
    a, b = source.uniform(0.6, 2.0, 8), source.uniform(-2, 2, 8)
    theta = source.normal(size=1500)
    scores = (source.random((1500, 8)) < 1 / (1 + np.exp(-a * (theta[:, None] - b)))).astype(int)

    found = irt.fit(scores)

    for item, slope, difficulty in zip(found.items, a, b, strict=True):
        assert abs(item.a - slope) < 4 * item.se_a
        assert abs(item.b - difficulty) < 4 * item.se_b


@settings(deadline=None, max_examples=30)
@given(st.integers(3, 60), st.integers(2, 8), st.integers(0, 10_000))
def test_one_pass_equals_the_plain_formulas(takers: int, items: int, seed: int) -> None:
    """Item-rest correlation and alpha as textbooks write them, over the whole table at once."""
    scores = np.random.default_rng(seed).integers(0, 2, (takers, items))

    found = classical(scores)

    total = scores.sum(axis=1)
    for j, item in enumerate(found.items):
        rest = total - scores[:, j]
        if scores[:, j].std() > 0 and rest.std() > 0:
            assert item.item_rest == pytest.approx(np.corrcoef(scores[:, j], rest)[0, 1], abs=1e-9)
        else:
            assert item.item_rest is None
        if items > 2 and rest.std() > 0:
            others = np.delete(scores, j, axis=1)
            expected = (items - 1) / (items - 2) * (1 - others.var(axis=0, ddof=1).sum() / rest.var(ddof=1))
            assert item.alpha_if_deleted == pytest.approx(expected, abs=1e-9)
    if total.std() > 0:
        kr20 = items / (items - 1) * (1 - (found_p(found) * (1 - found_p(found))).sum() / total.var())
        assert found.alpha == pytest.approx(kr20, abs=1e-9)


def found_p(found: object) -> np.ndarray:
    return np.array([item.p for item in found.items])  # type: ignore[attr-defined]


def test_blocks_of_any_size_give_the_same() -> None:
    scores = lsat("lsat7")
    tally = Tally(5)
    for part in np.array_split(scores, 37):
        tally.add(part)

    assert tally.result(list("12345")) == classical(scores)


def test_distractors_show_who_was_drawn() -> None:
    """The weak chose B, the strong A, nobody C."""
    table = distractors(["B", "B", "A", "A", ""], [1, 2, 8, 9, 0], ["A", "B", "C"])

    assert [(o.option, o.share, o.mean_total) for o in table] == [
        ("A", 0.4, 8.5),
        ("B", 0.4, 1.5),
        ("C", 0.0, None),
    ]
    assert table[0].high == 1.0
    assert table[0].low == 0.0


def test_tally_takes_only_zero_and_one() -> None:
    with pytest.raises(DomainError, match="只有 0 和 1"):
        Tally(2).add(np.array([[0, 2]]))
    with pytest.raises(DomainError, match="每人 2 题"):
        Tally(2).add(np.array([[0, 1, 1]]))
    with pytest.raises(DomainError, match="至少 2 人"):
        Tally(1).add(np.array([[1]])).result(["a"])


def write(path: Path, scores: np.ndarray) -> Path:
    pd.DataFrame(scores, columns=[f"Q{j + 1}" for j in range(scores.shape[1])]).to_csv(path, index=False)
    return path


def test_command_prints_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(
        ["quiz", "analyse", str(write(tmp_path / "s.csv", lsat("lsat6"))), "--model", "2pl", "--json"]
    )

    payload = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(payload) == {"n", "alpha", "loglik", "items"}
    assert payload["n"] == 1000
    assert payload["loglik"] == pytest.approx(-2466.653, abs=0.001)
    assert set(payload["items"][0]) == {"id", "p", "item_rest", "alpha_if_deleted", "a", "b", "se_a", "se_b"}


def test_too_few_takers_get_no_model_and_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(
        ["quiz", "analyse", str(write(tmp_path / "s.csv", lsat("lsat6")[:40])), "--model", "2pl", "--json"]
    )

    payload = json.loads(capsys.readouterr().out)
    assert code == 1
    assert payload["loglik"] is None
    assert payload["items"][0]["a"] is None
    assert "40 人" in payload["refused"]


def test_item_all_right_is_refused_by_name(tmp_path: Path) -> None:
    scores = lsat("lsat6").copy()
    scores[:, 2] = 1

    assert "1 题所有人都对或都错" in analyse(write(tmp_path / "s.csv", scores), "1pl").refused


def test_unknown_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="3pl"):
        analyse(write(tmp_path / "s.csv", lsat("lsat6")), "3pl")


def test_items_to_mend_are_named_with_the_reason(tmp_path: Path) -> None:
    """A reversed key shows as a negative correlation."""
    scores = lsat("lsat7").copy()
    scores[:, 2] = 1 - scores[:, 2]

    named = dict(analyse(write(tmp_path / "s.csv", scores)).to_mend())

    assert "答案标错" in named["Q3"]
