"""What Python and pandas say of the mistakes beginners make is told in Chinese, with what to do."""

from __future__ import annotations

import pandas as pd
import pytest

from coursekit.course.plain_words import KINDS, cause

TABLE = pd.DataFrame(
    {
        "n": [1, 2],
        "word": ["甲", "乙"],
        "day": pd.to_datetime(["2024-06-03", "2024-06-04"]),
        "yes": [True, False],
    }
)
STEP = {"table": TABLE, "pd": pd, "look": {1: 5}, "found": [1], "half": lambda value: value}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("bool(table['n'] > 1)", "少了最后一步"),
        ("table[(table['n'] > 1) and table['yes']]", "少了最后一步"),
        ("table['n'].sum / 2", "没有写括号"),
        ("half * 2", "没有写括号"),
        ("~table['n'].isin", "没有写括号"),
        ("float(table['n'].mean)", "没有写括号"),
        ("half > 2", "没有写括号"),
        ("found.append(1).append(2)", "结果是空的"),
        ("table['day'] - table['day'] > 24", "不能直接和数比"),
        ("table['day'] == pd.Timestamp('2024-06-03') - 7", "pd.Timedelta(days=几)"),
        ("table['yes'] & table['n'] / 3 >= 0 & (table['n'] / 3)", "用括号括起来"),
        ("table.groupby('word')['n', 'yes'].sum()", "两层方括号"),
        ("table['n'] == [1, 2, 3]", ".isin( )"),
        ("half()", "少给了东西"),
        ("half(1, 2)", "多给了东西"),
        ("found['n']", "清单只能按第几个取"),
        ("found + 'n'", "清单只能接清单"),
        ("1 + 'n'", "str( )"),
        ("'n' + 1", "str( )"),
        ("2 * look", ".map( )"),
        ("table['word'].mean()", "这一列是文字"),
        ("list(3.5)", "一列或者一个清单"),
        ("max(3)", "一列或者一个清单"),
        ("(3).clip(lower=0)", "给的却是一个数"),
        ("table['n'].sum().groupby('n')", "给的却是一个数"),
        ("table['n'].sum()['n']", "给的却是一个数"),
        ("1 / 0", "除以了 0"),
    ],
)
def test_a_common_mistake_is_told(code: str, said: str) -> None:
    with pytest.raises(KINDS) as caught:
        eval(code, dict(STEP))  # noqa: S307 -- the cases above
    assert said in cause(str(caught.value))


@pytest.mark.parametrize(
    "error", [NameError("x"), KeyError("线路"), ValueError("别的"), ValueError("x" * 10_000)]
)
def test_what_is_not_known_is_not_guessed(error: Exception) -> None:
    assert cause(str(error)) == ""
