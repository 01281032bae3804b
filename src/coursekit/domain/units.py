"""Units of cigarettes, converted exactly: 支 (sticks), 包 (packs), 条 (cartons), 件 (bundles), 箱 (cases).

Only the carton of 200 sticks was found in public pages; the rest is convention of the trade and stands in
the policy `units` (DER-04). A figure without its unit is worth nothing: the seed's shop sold "346 件",
which can only be 346 条 (INC-05).
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

UNITS = ("箱", "件", "条", "包", "支")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([箱件条包支])")


def sticks_in(unit: str, rules: Policy | None = None) -> int:
    """Sticks [支] in one `unit`.

    >>> [sticks_in(u) for u in UNITS]
    [50000, 10000, 200, 20, 1]
    """
    rules = rules or policies.load("units")
    carton = rules.whole("sticks.carton")
    sizes = {
        "箱": carton * rules.whole("cartons.case"),
        "件": carton * rules.whole("cartons.bundle"),
        "条": carton,
        "包": rules.whole("sticks.pack"),
        "支": 1,
    }
    return sizes[checks.choice("单位", unit, UNITS)]


def convert(quantity: float | str | Decimal | Fraction, source: str, target: str) -> float:
    """Quantity in another unit; a whole number comes back as int.

    Parameters
    ----------
    quantity : number or text of a number
        How many `source`; not negative. Decimals count as written: 24.88 is 24.88, not the float beside it.
    source, target : str
        One of 箱 件 条 包 支.

    Raises
    ------
    DomainError
        If the quantity is no number or negative, or a unit unknown.

    References
    ----------
    DER-04, DER-05.

    Examples
    --------
    >>> convert(346, "条", "件")
    6.92
    >>> convert("24.88", "箱", "条")
    6220
    >>> convert(9, "件", "条")
    450
    """
    result = exact(quantity, source, target)
    return int(result) if result.denominator == 1 else float(result)


def exact(
    quantity: float | str | Decimal | Fraction, source: str, target: str, rules: Policy | None = None
) -> Fraction:
    """The same as `convert`, as an exact fraction.

    >>> exact(1, "支", "条")
    Fraction(1, 200)
    """
    return _amount(quantity) * sticks_in(source, rules) / sticks_in(target, rules)


def parse(text: str, target: str = "条", rules: Policy | None = None) -> float:
    """Quantity written as people write it, in one unit.

    Every unit at most once, larger before smaller.

    >>> parse("1箱2件5条")
    355
    >>> parse("0.5 件")
    25
    >>> parse("3包", "条")
    0.3
    """
    if not isinstance(text, str):
        raise DomainError("数量", "像“1箱2件5条”这样的文字", checks.shown(text))
    found = _PART.findall(text)
    rest = _PART.sub("", text).strip(" 、,，又零")
    ranks = [UNITS.index(unit) for _, unit in found]
    if not found or rest or ranks != sorted(set(ranks)):
        raise DomainError("数量", "像“1箱2件5条”这样的写法，单位从大到小", repr(text))
    total = sum((exact(number, unit, target, rules) for number, unit in found), Fraction(0))
    return int(total) if total.denominator == 1 else float(total)


def split(cartons: int, rules: Policy | None = None) -> dict[str, int]:
    """Cartons [条] as cases, bundles and cartons.

    >>> split(346)
    {'箱': 1, '件': 1, '条': 46}
    """
    rest, parts = checks.whole("条数", cartons) * sticks_in("条", rules), {}
    for unit in ("箱", "件", "条"):
        parts[unit], rest = divmod(rest, sticks_in(unit, rules))
    return parts


def _amount(quantity: float | str | Decimal | Fraction) -> Fraction:
    if isinstance(quantity, str) and not _NUMBER.fullmatch(quantity.strip()):
        raise DomainError("数量", "一个数", checks.shown(quantity))
    checks.number("数量", float(quantity) if isinstance(quantity, str) else quantity)
    return quantity if isinstance(quantity, Fraction) else Fraction(str(quantity))
