"""The syllabus is read whole, and faults come together."""

import tomllib

import pytest

from coursekit import resources
from coursekit.course import syllabus
from coursekit.errors import ContentError

GOOD = """
title = "课"
[areas]
C2 = "客户档案"
[[lesson]]
slug = "03_figures"
title = "数对得上吗"
area = "C2"
minutes = 40
goal = "会对数"
"""


def root_with(tmp_path, text):
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / "syllabus.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_lesson_is_read(tmp_path):
    course = syllabus.load(root_with(tmp_path, GOOD))

    assert course.lesson("03_figures").number == "03"
    assert course.lesson("99_none") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("minutes = 40", 'minutes = "40"'), "第 1 课：minutes 应当是整数，看到的是 '40'"),
        (('title = "数对得上吗"', ""), "第 1 课：title 应当是文字，看到的是 None"),
        (('area = "C2"', 'area = "C99"'), "area 写的 C99 不在"),
        (("[[lesson]]", "[[case]]"), "第 1 个案例：after 应当是列表，看到的是 None"),
        (("[[lesson]]", "[case]\nx = 1\n[[lesson]]"), r"案例写成 \[\[case\]\]"),
        (
            (
                "[[lesson]]",
                '[[case]]\nslug = "K01_a"\ntitle = "店"\nminutes = 40\ngoal = "会"\nafter = ["77"]\n[[lesson]]',
            ),
            "after 写的 77 不是一课的编号",
        ),
        (("[areas]", "[areas"), "不是 TOML"),
    ],
)
def test_a_fault_is_named(tmp_path, change, said):
    with pytest.raises(ContentError, match=said):
        syllabus.load(root_with(tmp_path, GOOD.replace(*change)))


def test_a_slug_written_twice_is_named(tmp_path):
    lesson = GOOD[GOOD.index("[[lesson]]") :]

    with pytest.raises(ContentError, match="03_figures 写了两次"):
        syllabus.load(root_with(tmp_path, GOOD + lesson))


def test_every_shipped_lesson_and_exercise_stands_in_the_syllabus():
    root = resources.content_root()
    slugs = {lesson.slug for lesson in syllabus.load(root).lessons}
    sources = {path.stem for path in (root / "notebooks").glob("[0-9][0-9]_*.py")}
    exercises = {path.name for path in (root / "assignments" / "exercises").glob("*/")}

    assert sources | exercises <= slugs


def test_every_shipped_case_stands_in_the_syllabus_as_its_page_says():
    root = resources.content_root()
    cases = {case.slug: case for case in syllabus.load(root).cases}
    folders = {path.name: path for path in (root / "assignments" / "cases").glob("*/")}

    assert list(cases) == sorted(folders)
    for slug, case in cases.items():
        about = tomllib.loads((folders[slug] / "about.toml").read_text("utf-8"))
        assert (case.title, case.minutes) == (about["title"], about["minutes"])
        lessons = "、".join(number.lstrip("0") for number in case.after)
        text = (folders[slug] / "exercise.py").read_text("utf-8")
        assert f"大约 {case.minutes} 分钟。先做完第 {lessons} 课再来。" in text
