"""Formulas of generated items: exact arithmetic on a small, closed grammar; nothing is ever executed.

Numbers, names, `+ - * / // % **`, comparisons, `and or not`, and the functions below. Values are exact
fractions, so that 0.1 + 0.2 is 0.3 and a half is rounded up as on a till.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

Value = Fraction | str

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: lambda a, b: Fraction(a // b),
    ast.Mod: operator.mod,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def half_up(value: Fraction, digits: int = 0) -> Fraction:
    """Round to `digits` decimals, halves away from zero."""
    scale = 10**digits
    scaled = math.floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(scaled if value >= 0 else -scaled, scale)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "ceil": lambda a: Fraction(math.ceil(a)),
    "floor": lambda a: Fraction(math.floor(a)),
    "round": lambda a, n=Fraction(0): half_up(a, int(n)),
}


def evaluate(formula: str, values: Mapping[str, Value]) -> Fraction:
    """Value of `formula` with `values` put in.

    Raises
    ------
    ValueError
        If the formula has an unknown name, another kind of expression, or divides by zero.
    """
    if len(formula) > 500:
        raise ValueError("公式太长")
    try:
        tree = ast.parse(formula.strip(), mode="eval")
        result = _value(tree.body, values)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"公式读不懂：{formula}") from None
    except ZeroDivisionError:
        raise ValueError(f"公式除以了零：{formula}") from None
    except TypeError:
        raise ValueError(f"公式里文字和数字混着算：{formula}") from None
    if isinstance(result, bool):
        return Fraction(int(result))
    if not isinstance(result, Fraction):
        raise ValueError(f"公式的结果应当是数字：{formula}")
    return result


def names(formula: str) -> set[str]:
    """Names that a formula uses, functions left out."""
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except SyntaxError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - _FUNCTIONS.keys()


def _value(node: ast.expr, values: Mapping[str, Value]) -> Any:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.Name(id=name):
            if name not in values:
                raise ValueError(f"公式里有没定义的名字 {name}")
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, values)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            base, power = _value(left, values), _value(right, values)
            if power.denominator != 1 or abs(power) > 20:
                raise ValueError("公式里乘方的指数应当是 20 以内的整数")
            return Fraction(base) ** int(power)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, values), _value(right, values))
        case ast.BoolOp(op=op, values=parts):
            results = [bool(_value(part, values)) for part in parts]
            return all(results) if isinstance(op, ast.And) else any(results)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            sides = [_value(side, values) for side in (left, *rights)]
            if all(type(op) in _COMPARE for op in ops):
                pairs = zip(ops, sides, sides[1:], strict=False)
                return all(_COMPARE[type(op)](a, b) for op, a, b in pairs)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(arg, values) for arg in args))
    raise ValueError(f"公式里不能用这种写法：{ast.unparse(node)}")
