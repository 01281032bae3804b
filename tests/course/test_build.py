"""`coursekit build` writes what the sources say, and `--check` sees one stale byte."""

import json
import re

import pytest

from coursekit import cli
from coursekit.course import build
from coursekit.course.checks import form_faults, unknown_facts

EXERCISE = """# %% nbgrader={"grade_id": "total", "solution": true}
total = None
### BEGIN SOLUTION
total = 100 + 200 + 300
### END SOLUTION

# %% nbgrader={"grade_id": "form_share", "grade": true, "solution": true, "points": 3}
learn.form("share")
"""
FORM = "fields:\n  - {id: share, type: number, prompt: 覆盖率, points: 3}\n"


@pytest.fixture
def content(tmp_path, monkeypatch):
    """A content folder of one lesson and one exercise."""
    exercise = tmp_path / "assignments" / "exercises" / "03_figures"
    exercise.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "datasets").mkdir()
    (tmp_path / "notebooks" / "03_figures.py").write_text("# %% [markdown]\n# 见 S2-001\n", encoding="utf-8")
    (tmp_path / "datasets" / "facts.csv").write_text("id,text\nS2-001,五条线\n", encoding="utf-8")
    (exercise / "exercise.py").write_text(EXERCISE, encoding="utf-8")
    (exercise / "form.yaml").write_text(FORM, encoding="utf-8")
    (exercise / "key.py").write_text("def answers(tables):\n    return {}\n", encoding="utf-8")
    monkeypatch.setenv("COURSEKIT_CONTENT", str(tmp_path))
    return tmp_path


def test_build_then_check_is_clean(content, capsys):
    assert cli.run(["build", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["changed"]) == 2
    assert cli.run(["build", "--check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"notebooks": 2, "changed": [], "checked": True}


def test_one_stale_byte_fails_the_check(content, capsys):
    cli.run(["build"])
    built = content / "notebooks" / "03_figures.ipynb"
    built.write_bytes(built.read_bytes()[:-1])
    capsys.readouterr()

    assert cli.run(["build", "--check", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["changed"] == ["notebooks/03_figures.ipynb"]
    assert built.read_bytes()[-1:] != b"\n", "the check must not write"


def test_build_is_repeatable(content):
    first = build.plan(content)
    build.write(first.built)

    assert build.write(build.plan(content).built) == []


def test_a_notebook_without_source_is_named(content, capsys):
    (content / "notebooks" / "99_old.ipynb").write_text("{}", encoding="utf-8")

    assert cli.run(["build"]) == 2
    assert "99_old.ipynb：没有源文件" in capsys.readouterr().err


def test_an_unknown_fact_is_named_with_its_line(content):
    lesson = content / "notebooks" / "03_figures.py"
    lesson.write_text("# %% [markdown]\n#\n# 见 S2-001、S2-999(INC-01)\n", encoding="utf-8")

    faults = unknown_facts(content, frozenset({"S2-001"}))

    assert [fault.split("：")[1] for fault in faults] == [
        "事实编号 S2-999 不在 datasets/facts.csv 里",
        "事实编号 INC-01 不在 datasets/facts.csv 里",
    ]
    assert "第 3 行" in faults[0]


def test_a_solution_shown_in_the_form_fails_the_build(content):
    form = content / "assignments" / "exercises" / "03_figures" / "form.yaml"
    form.write_text(FORM + "    hint: total = 100 + 200 + 300\n", encoding="utf-8")

    (fault,) = build.plan(content).faults
    assert re.search(r"能看到答案.*total=100\+200\+300", fault)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (FORM.replace("points: 3", "points: 4"), "格子里写 3,form.yaml 写 4"),
        (FORM.replace("share", "rate"), "填空 rate 在 form.yaml 里有，在 exercise.py 里没有"),
        ("fields: 7\n", "应当是fields 列表"),
        ("fields: [\n", "应当是fields 列表"),
    ],
)
def test_form_and_cells_must_agree(content, form, said):
    (content / "assignments" / "exercises" / "03_figures" / "form.yaml").write_text(form, encoding="utf-8")

    assert any(said in fault for fault in form_faults(content))


def test_a_form_without_key_is_a_fault(content):
    (content / "assignments" / "exercises" / "03_figures" / "key.py").unlink()

    assert any("没有 key.py" in fault for fault in form_faults(content))


def test_a_source_in_another_encoding_says_so(content):
    (content / "notebooks" / "03_figures.py").write_bytes("# %%\n# 客户\n".encode("gbk"))

    (fault,) = build.plan(content).faults
    assert "UTF-8" in fault


def test_faults_of_all_sources_come_together(content):
    lesson = '# %% nbgrader={"grade_id": "a", "solution": true}\n1\n# %% nbgrader={"grade_id": "a", "solution": true}\n2\n'
    (content / "notebooks" / "03_figures.py").write_text(lesson, encoding="utf-8")
    exercise = content / "assignments" / "exercises" / "03_figures" / "exercise.py"
    exercise.write_text(EXERCISE.replace("### END SOLUTION\n", ""), encoding="utf-8")

    assert len(build.plan(content).faults) == 2


def test_a_faulty_exercise_is_named_and_the_others_are_built(content, capsys):
    exercise = content / "assignments" / "exercises" / "03_figures" / "exercise.py"
    exercise.write_text(EXERCISE.replace("### END SOLUTION\n", ""), encoding="utf-8")

    assert cli.run(["build"]) == 2
    assert "exercises/03_figures" in capsys.readouterr().err
    assert (content / "notebooks" / "03_figures.ipynb").is_file()
    assert not (exercise.parent / "03_figures.ipynb").exists()
