"""The syllabus: which lessons there are, in which order, what each takes and measures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.course.files import read_text
from coursekit.errors import ContentError

_LESSON = {"slug": str, "title": str, "area": str, "minutes": int, "goal": str}


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
class Syllabus:
    """All lessons in teaching order and the names of the competency areas."""

    title: str
    areas: dict[str, str]
    lessons: tuple[Lesson, ...]

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
        raise ContentError(str(path), [f"不是 TOML:{error}"]) from error
    areas = content.get("areas", {})
    rows = content.get("lesson", [])
    if (
        not isinstance(areas, dict)
        or not isinstance(rows, list)
        or not all(isinstance(r, dict) for r in rows)
    ):
        raise ContentError(str(path), ["应当有 [areas] 一节，课写成 [[lesson]]，每课一节"])
    faults = [fault for number, row in enumerate(rows, start=1) for fault in _faults(row, number, areas)]
    slugs = [row.get("slug") for row in rows]
    faults += [f"{slug} 写了两次" for slug in sorted({str(s) for s in slugs if slugs.count(s) > 1})]
    if faults:
        raise ContentError(str(path), faults)
    lessons = tuple(Lesson(**{key: row[key] for key in _LESSON}) for row in rows)
    return Syllabus(str(content.get("title", "")), dict(areas), lessons)


def _faults(row: dict[str, Any], number: int, areas: dict[str, str]) -> list[str]:
    faults = [
        f"第 {number} 课：{key} 应当是{'整数' if kind is int else '文字'}，看到的是 {row.get(key)!r}"
        for key, kind in _LESSON.items()
        if not isinstance(row.get(key), kind)
    ]
    if row.get("area") and row["area"] not in areas:
        faults.append(f"第 {number} 课：area 写的 {row['area']} 不在 [areas] 里")
    return faults
