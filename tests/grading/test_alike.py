"""What only two works share is found, whatever it is called and wherever it stands; right answers are not copies."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.alike import Common, Kind, Part, Rule, alike

RULES: dict[Kind, Rule] = {"code": Rule(15, 100, 0.9), "text": Rule(8, 30, 0.8)}
COMMON = Common(0.15, 5, 30)
SKELETON = "def {name}(table, times):\n    result = None\n{body}\n    return result\n"
# Ways honest people write four short answers.
WAYS = {
    "visits": [
        "    result = int(table['star'].map(times).sum())",
        "    result = 0\n    for star in table['star']:\n        result += times[star]",
        "    result = sum(times[s] for s in table.star)",
        "    counts = table['star'].value_counts()\n    result = int((counts * pd.Series(times)).sum())",
    ],
    "stay": [
        "    result = float((table['star'].map(times) * table['star'].map(stay)).sum())",
        "    each = table['star'].map(times) * table['star'].map(stay)\n    result = each.sum()",
        "    result = 0.0\n    for star in table['star']:\n        result = result + times[star] * stay[star]",
        "    result = sum(times[s] * stay[s] for s in table['star'])",
    ],
    "days": [
        "    result = math.ceil((stay + visits * travel) / day)",
        "    needed = stay + visits * travel\n    result = math.ceil(needed / day)",
        "    needed = stay + visits * travel\n    result = int(needed // day) + (1 if needed % day else 0)",
        "    result = -(-(stay + visits * travel) // day)",
    ],
    "gap": [
        "    result = round(float(gap[same & (gap >= 0) & (gap < 60)].mean()), 1)",
        "    kept = gap[same]\n    kept = kept[(kept >= 0) & (kept < 60)]\n    result = round(kept.mean(), 1)",
        "    good = same & (gap >= 0) & (gap < 60)\n    result = round(gap[good].mean(), 1)",
        "    result = round(gap[same & gap.between(0, 60, inclusive='left')].mean(), 1)",
    ],
}
GIVEN = [Part("", "code", SKELETON.format(name=name, body=ways[0])) for name, ways in WAYS.items()]
OWN = """def visits(table, times):
    chosen = {}
    for position, star in enumerate(table['star'].tolist()):
        chosen.setdefault(star, []).append(position)
    total = 0
    while chosen:
        star, places = chosen.popitem()
        total = total + len(places) * times.get(star, 0) if star in times else total
    return int(total)
"""
FREE = "parts = [table.loc[table['star'] == s, 'boxes'].max() for s in range(6)]\nprint(max(parts) - min(parts), parts[::-1])"


def honest(draw: random.Random) -> list[Part]:
    """One honest hand-in: some way for each answer."""
    return [
        Part(name, "code", SKELETON.format(name=name, body=draw.choice(ways))) for name, ways in WAYS.items()
    ]


@pytest.mark.parametrize("people", [5, 16, 60, 200])
def test_a_class_of_honest_people_on_short_exercises_is_left_alone(people: int) -> None:
    draw = random.Random(people)
    works = {f"kh{number:04d}": honest(draw) for number in range(people)}

    assert len(alike(works, GIVEN, RULES, COMMON)) <= 2, "two may choose the same ways by chance"


def test_sixteen_equal_right_answers_are_no_copies() -> None:
    works = {f"kh{n:04d}": [Part("visits", "code", GIVEN[0].text)] for n in range(16)}

    assert alike(works, GIVEN, RULES, COMMON) == []


def test_a_copy_is_found_renamed_commented_and_in_another_order() -> None:
    draw = random.Random(1)
    works = {f"kh{number:04d}": honest(draw) for number in range(16)}
    works["writer"] = [Part("visits", "code", OWN), Part("第 9 格", "code", FREE)]
    renamed = (
        OWN.replace("chosen", "a").replace("position", "b").replace("total", "合计").replace("places", "c")
    )
    works["copier"] = [
        Part("第 2 格", "code", FREE.replace("parts", "x").replace("table", "tb")),
        Part("visits", "code", "# 我自己想的\n" + renamed.replace("    ", "  ")),
    ]

    pairs = alike(works, GIVEN, RULES, COMMON)

    (found,) = [pair for pair in pairs if "writer" in (pair.first, pair.second)]
    assert (found.first, found.second, found.kind) == ("copier", "writer", "code")
    assert found.likeness > 0.95
    assert [side.place for side in found.second_sides] == ["visits", "第 9 格"]
    marked = found.second_sides[0]
    assert "popitem" in "".join(marked.text[start:end] for start, end in marked.spans)


def test_a_written_answer_that_was_passed_on_is_found() -> None:
    mine = "北环路那家店周转慢，先把积压的两个规格降下来，再同店主说好每周二订货，下月回访看效果。"
    works = {
        "a": [Part("form_report", "text", mine)],
        "b": [Part("form_report", "text", mine.replace("，", ", ").replace("再", "然后再"))],
        "c": [Part("form_report", "text", "先看销量，再看库存，最后和店主商量一个双方都能做到的办法。")],
    }

    pairs = alike(works, [], RULES, COMMON)

    assert [(pair.first, pair.second, pair.kind) for pair in pairs] == [("a", "b", "text")]


def test_what_many_wrote_is_nobodys_own() -> None:
    works = {f"kh{n:04d}": [Part("visits", "code", OWN)] for n in range(40)}

    assert alike(works, [], RULES, COMMON) == []


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.lists(st.text(max_size=200).map(lambda t: Part("x", "code", t)), max_size=3),
    )
)
def test_any_text_gives_shares_within_bounds(works: dict[str, list[Part]]) -> None:
    for pair in alike(works, [], {"code": Rule(5, 5, 0.1)}, COMMON):
        assert 0 < pair.likeness <= 1
        assert all(0 <= s <= e <= len(side.text) for side in pair.first_sides for s, e in side.spans)
