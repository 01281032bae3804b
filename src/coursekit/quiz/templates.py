"""Generated items: one template, a seed, and each learner gets numbers of their own.

Drawing is deterministic: the same item revision and the same seed give the same numbers on every machine.
"""

from __future__ import annotations

import hashlib
import random
import re
from fractions import Fraction

from coursekit.errors import ContentError
from coursekit.quiz.formula import Value, evaluate, half_up
from coursekit.quiz.items import Blank, BlankRule, Item, Option, Param, Single, Template

_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)(?::\.(\d)f)?\}")
_ATTEMPTS = 400


def seeded(*parts: str) -> random.Random:
    """A random source that depends on `parts` and nothing else."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return random.Random(int.from_bytes(digest[:16], "big"))  # noqa: S311


def instantiate(item: Item, seed: str) -> Item:
    """The concrete item for `seed`; an item without a template comes back as it is.

    Parameters
    ----------
    item : Item
        Any item of a bank.
    seed : str
        Usually the learner's id, or paper seed and learner's id.

    Raises
    ------
    ContentError
        If no draw satisfies the template.
    """
    template = getattr(item, "template", None)
    if template is None:
        return item
    source = seeded(item.id, str(item.revision), seed)
    reason = "条件 where 太严"
    for _ in range(_ATTEMPTS):
        try:
            values = _draw(template, source)
        except ValueError as error:
            raise ContentError(item.id, [f"{item.id} {error}"]) from None
        if values is None:
            continue
        try:
            return _fill(item, template, values)
        except _ClashError as clash:
            reason = str(clash)
        except ValueError as error:
            raise ContentError(item.id, [f"{item.id} {error}"]) from None
    raise ContentError(item.id, [f"{item.id} 抽了 {_ATTEMPTS} 次都不合用：{reason}"])


def number_text(value: Value, digits: int | None = None) -> str:
    """A number as it stands in a text: `digits` decimals, or as few as it needs."""
    if isinstance(value, str):
        return value
    if digits is None:
        digits = next((n for n in range(7) if (value * 10**n).denominator == 1), 6)
    return f"{float(half_up(value, digits)):.{digits}f}"


class _ClashError(ValueError):
    """This draw gives two equal options; another may not."""


def _draw(template: Template, source: random.Random) -> dict[str, Value] | None:
    values: dict[str, Value] = {name: _pick(param, source) for name, param in template.params.items()}
    for name, formula in template.derived.items():
        values[name] = evaluate(formula, values)
    return values if all(evaluate(condition, values) for condition in template.where) else None


def _pick(param: Param, source: random.Random) -> Value:
    if param.choices:
        choice = source.choice(param.choices)
        return choice if isinstance(choice, str) else Fraction(str(choice))
    low, high, step = (Fraction(str(x)) for x in (param.min, param.max, param.step))
    return low + step * source.randrange((high - low) // step + 1)


def _fill(item: Item, template: Template, values: dict[str, Value]) -> Item:
    right = half_up(evaluate(template.answer, values), template.decimals)
    shown = number_text(right, template.decimals)
    texts = {**values, "answer": right}
    common = {
        "stem": _text(item.stem, texts, template),
        "explanation": _text(item.explanation, texts, template),
        "template": None,
    }
    if isinstance(item, Blank):
        tolerance = template.tolerance
        if tolerance is None:
            tolerance = 0.5 * 10**-template.decimals if template.decimals else 0.0
        rule = BlankRule(accept=[shown], unit=template.unit, tolerance=tolerance)
        return item.model_copy(update={**common, "blanks": [rule]})
    if not isinstance(item, Single):
        raise ValueError("只有单选题和填空题能用 template")
    wrong = [
        (half_up(evaluate(one.value, values), template.decimals), _text(one.why, texts, template))
        for one in template.distractors
    ]
    numbers = [right, *(value for value, _ in wrong)]
    if len(set(numbers)) < len(numbers):
        raise _ClashError("有两个选项的数相同")
    unit = f" {template.unit}" if template.unit and template.unit != "%" else template.unit
    options = [Option(text=f"{shown}{unit}", correct=True)]
    options += [Option(text=f"{number_text(v, template.decimals)}{unit}", why=why) for v, why in wrong]
    ordered = [option for _, option in sorted(zip(numbers, options, strict=True), key=lambda pair: pair[0])]
    return item.model_copy(update={**common, "options": ordered, "order": "keep"})


def _text(text: str, values: dict[str, Value], template: Template) -> str:
    def put(match: re.Match[str]) -> str:
        name, digits = match.groups()
        if name not in values:
            raise ValueError(f"文字里有没定义的 {{{name}}}")
        if name == "answer" and digits is None:
            return number_text(values[name], template.decimals)
        return number_text(values[name], int(digits) if digits else None)

    return _PLACE.sub(put, text)
