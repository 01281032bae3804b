"""Python's own errors in the words of somebody who looks over the learner's shoulder. Pure."""

from __future__ import annotations

import re

KINDS = (TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError)
"""Errors that are explained; the welcome page explains `NameError`, `KeyError` and `SyntaxError`."""

_NUMBER = r"'(?:numpy\.)?(?:int|float|bool)\d*_?'"
_CALL = r"'(?:function|method|builtin_function_or_method)'"
_CAUSES = (
    (r"truth value of a (?:Series|DataFrame|array)", "这里要一个数，或者一个 True，给的却是一整列：少了最后一步（求和、求平均）。两个条件之间，列和列用 & 和 |，不用 and 和 or。"),
    (rf"{_CALL} object|and {_CALL}|: {_CALL} (?:and|or)|for unary [~+-]: {_CALL}|not {_CALL}|of {_CALL} and", "有一个函数后面没有写括号，所以还没有去算。"),
    (r"'NoneType'", "前面一步的结果是空的（None）：那一步还没有作答，或者像 append 那样不给结果。"),
    (r"'timedelta|Invalid comparison between dtype=timedelta", "一段时间不能直接和数比：先换成分钟数，或者和 pd.Timedelta( ) 比。"),
    (r"with Timestamp is no longer supported", "日期不能直接加减一个数，几天要写成 pd.Timedelta(days=几)。"),
    (r"Cannot perform '(?:r?and_|r?or_)'|unsupported operand type\(s\) for [&|]", "用 & 或 | 连起来的条件，每一个都要用括号括起来。"),
    (r"Cannot subset columns with a tuple", "一次取几列，要写两层方括号。"),
    (r"Lengths must match to compare", "一列和一个清单不能用 == 比。问“在不在清单里”，用 .isin( )。"),
    (r"missing \d+ required positional argument", "括号里少给了东西，数一数这个函数要几样。"),
    (r"takes .* positional arguments? but .* given", "括号里多给了东西，数一数这个函数要几样。"),
    (r"list indices must be integers", "清单只能按第几个取，不能按名字取。"),
    (r"can only concatenate list", "清单只能接清单。要接的那一样，先写进方括号。"),
    (r"can only concatenate str|for \+: 'int' and 'str'|for \+: 'float' and 'str'", "文字和数不能直接相加。数要先用 str( ) 变成文字。"),
    (r"and 'dict'|: 'dict' and", "对照表不能直接拿来算：一列用 .map( ) 去查，一个用 [ ] 去取。"),
    (r"Cannot perform reduction .* with string dtype|could not convert string", "这一列是文字，不能求和、求平均。是不是取错了列？"),
    (rf"{_NUMBER} object is not iterable", "这里要一列或者一个清单，给的却是一个数。"),
    (rf"{_NUMBER} object (?:has no attribute|is not subscriptable)|invalid index to scalar", "点或者方括号前面应当是一列或一张表，给的却是一个数。看看括号有没有括对，给的几样次序对不对。"),
    (r"division by zero", "除以了 0。看看分母是不是对的那一列。"),
)  # fmt: skip


def cause(text: str) -> str:
    """What most likely went wrong, from what an error says: one sentence in Chinese; empty when it is not known."""
    return next((said for pattern, said in _CAUSES if re.search(pattern, text[:500])), "")
