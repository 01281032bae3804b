"""The syllabus: which lessons there are, in which order, what each takes and measures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.course.files import read_text
from coursekit.errors import ContentError, unreadable

_LESSON = {"slug": str, "title": str, "area": str, "minutes": int, "goal": str}
_CASE = {"slug": str, "title": str, "minutes": int, "after": list, "goal": str}
_KINDS = {str: "文字", int: "整数", list: "列表"}


@dataclass(frozen=True)
class Lesson:
    """One lesson of the course.

    `slug` is the file name (`04_stars`), `area` a competency area (`C3`, empty for the welcome page),
    `minutes` the time to plan for it [min], `goal` what one can do afterwards.
    """

    slug: str
    title: str
    area: str
    minutes: int
    goal: str

    @property
    def number(self) -> str:
        """Number learners see (`04`)."""
        return self.slug.split("_", 1)[0]


@dataclass(frozen=True)
class Case:
    """One store case; `after` are the numbers (`12`) of the lessons to finish first, `minutes` as in a lesson [min]."""

    slug: str
    title: str
    minutes: int
    after: tuple[str, ...]
    goal: str

    @property
    def number(self) -> str:
        """Number learners see (`K04`)."""
        return self.slug.split("_", 1)[0]


@dataclass(frozen=True)
class Syllabus:
    """All lessons in teaching order, the names of the competency areas, and the store cases."""

    title: str
    areas: dict[str, str]
    lessons: tuple[Lesson, ...]
    cases: tuple[Case, ...] = ()

    def lesson(self, slug: str) -> Lesson | None:
        """The lesson `slug`, None when there is none."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)


def load(root: Path) -> Syllabus:
    """Read `assignments/syllabus.toml` of the content folder `root`.

    Raises
    ------
    ContentError
        Naming every lesson that lacks a field, repeats a slug or names an unknown area.
    """
    path = root / "assignments" / "syllabus.toml"
    try:
        content = tomllib.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ContentError(str(path), [f"不是 TOML：{unreadable(error)}"]) from error
    areas = content.get("areas", {})
    rows, cases = content.get("lesson", []), content.get("case", [])
    if not isinstance(areas, dict) or not _tables(rows) or not _tables(cases):
        raise ContentError(str(path), ["应当有 [areas] 一节，课写成 [[lesson]]，案例写成 [[case]]，每个一节"])
    faults = [fault for number, row in enumerate(rows, start=1) for fault in _faults(row, number, areas)]
    numbers = {str(row.get("slug")).split("_", 1)[0] for row in rows}
    faults += [
        fault for number, row in enumerate(cases, start=1) for fault in _case_faults(row, number, numbers)
    ]
    slugs = [row.get("slug") for row in [*rows, *cases]]
    faults += [f"{slug} 写了两次" for slug in sorted({str(s) for s in slugs if slugs.count(s) > 1})]
    if faults:
        raise ContentError(str(path), faults)
    lessons = tuple(Lesson(**{key: row[key] for key in _LESSON}) for row in rows)
    known = tuple(Case(**{key: row[key] for key in _CASE} | {"after": tuple(row["after"])}) for row in cases)
    return Syllabus(str(content.get("title", "")), dict(areas), lessons, known)


def _tables(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _types(row: dict[str, Any], name: str, fields: dict[str, type]) -> list[str]:
    return [
        f"{name}：{key} 应当是{_KINDS[kind]}，看到的是 {row.get(key)!r}"
        for key, kind in fields.items()
        if not isinstance(row.get(key), kind)
    ]


def _case_faults(row: dict[str, Any], number: int, lessons: set[str]) -> list[str]:
    faults = _types(row, f"第 {number} 个案例", _CASE)
    after = row.get("after")
    strange = [str(one) for one in after if one not in lessons] if isinstance(after, list) else []
    return faults + [f"第 {number} 个案例：after 写的 {one} 不是一课的编号" for one in strange]


def _faults(row: dict[str, Any], number: int, areas: dict[str, str]) -> list[str]:
    faults = _types(row, f"第 {number} 课", _LESSON)
    if row.get("area") and row["area"] not in areas:
        faults.append(f"第 {number} 课：area 写的 {row['area']} 不在 [areas] 里")
    return faults
