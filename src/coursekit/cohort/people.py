"""Who is in the sample cohort, and what each of them does with which exercise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """How a hand-in of the sample comes out."""

    GOOD = "good"
    GOOD_GBK = "good_gbk"
    LATE = "late"
    ONE_WRONG = "one_wrong"
    TWO_WRONG = "two_wrong"
    HALF = "half"
    NO_FORM = "no_form"
    ONLY_NOTEBOOK = "only_notebook"
    UNTOUCHED = "untouched"
    BROKEN = "broken"
    RAISING = "raising"
    ENDLESS = "endless"
    COPIED = "copied"
    TAMPERED = "tampered"


@dataclass(frozen=True)
class Manager:
    """An invented customer manager."""

    id: str
    name: str
    unit: str


_UNITS = ("城区一部", "城区二部", "河东服务部", "南山服务部")
_NAMES = (
    "丁晓舟", "于可心", "方亦诚", "白露生", "江一帆", "许望舒", "何安之", "余小满",
    "沈知行", "林听雨", "苗向阳", "卓远山", "柳含章", "贺新凉", "蓝田玉", "简从容",
)  # fmt: skip
MANAGERS = tuple(
    Manager(f"kh{number:04d}", name, _UNITS[(number - 1) % len(_UNITS)])
    for number, name in enumerate(_NAMES, start=1)
)
_STEADY = (Role.GOOD, Role.GOOD, Role.GOOD, Role.GOOD_GBK, Role.GOOD)
_CHANGING = (
    Role.LATE, Role.ONE_WRONG, Role.TWO_WRONG, Role.HALF, Role.NO_FORM, Role.ONLY_NOTEBOOK,
    Role.UNTOUCHED, Role.BROKEN, Role.RAISING, Role.ENDLESS, Role.COPIED,
)  # fmt: skip
_STEP = 3  # places that the changing roles move on from one exercise to the next


def role_of(person: int, exercise: int) -> Role:
    """Role of the manager at place `person` (0–15) in the `exercise`-th exercise of the cohort.

    The first five are good, but for one who once changed the test cells; the others take turns, so that
    nobody fails everything.
    """
    if person < len(_STEADY):
        return Role.TAMPERED if (person, exercise) == (4, 1) else _STEADY[person]
    return _CHANGING[(person - len(_STEADY) + _STEP * exercise) % len(_CHANGING)]
