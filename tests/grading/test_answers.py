"""answers.json: bounded and plain, whatever was put in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import InputError
from coursekit.grading.answers import MAX_BYTES, read_answers

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
WILD = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=20
)


def file(**answers: object) -> bytes:
    """An answers.json with these fields."""
    return json.dumps(
        {"schema": 1, "assignment": "03_figures", "learner": "kh0001", "answers": answers}, ensure_ascii=False
    ).encode()


def test_good_answers_come_through() -> None:
    answers = read_answers(
        file(rate={"value": 0.9026, "at": "2026-03-01T10:00:00"}, why={"value": ["A", "C"]})
    )

    assert answers.fields["rate"] == {"value": 0.9026, "at": "2026-03-01T10:00:00"}
    assert answers.fields["why"]["value"] == ["A", "C"]
    assert not answers.notes


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        (5, "没有 value"),
        ({"value": {"a": 1}}, "不是数、文字或选项"),
        ({"value": "长" * 6000}, "超过 5000 字"),
        ({"value": [[1]]}, "短文本"),
        ({"value": 10**400}, "数太大"),
    ],
)
def test_a_bad_field_is_left_out_and_named(entry: object, word: str) -> None:
    answers = read_answers(file(good={"value": 1}, bad=entry))

    assert set(answers.fields) == {"good"}
    assert word in answers.notes[0]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "读不懂"),
        (b"\xff\xfe\x00", "读不懂"),
        (b"[" * 100_000, "读不懂"),
        (b'{"schema": 1, "answers": {"a": {"value": NaN}}}', "不允许 NaN"),
        (b'{"schema": 2, "answers": {}}', "schema"),
        (b'{"schema": 1, "answers": []}', "answers"),
        (b" " * (MAX_BYTES + 1), "不超过 256 KB"),
        (b'{"schema": 1, "answers": {"a": {"value": ' + b"9" * 5000 + b"}}}", "读不懂"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word):
        read_answers(data)


@given(WILD)
def test_no_content_breaks_the_reader(content: object) -> None:
    """Whatever JSON comes, there is either a checked result or an InputError."""
    for value in (content, {"schema": 1, "answers": content}, {"schema": 1, "answers": {"f": content}}):
        try:
            answers = read_answers(json.dumps(value).encode())
        except InputError:
            continue
        json.dumps(answers.as_json(), allow_nan=False)
