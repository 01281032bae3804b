"""The wheel that learners install carries the course and none of its secrets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SECRET_BLOCK = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)
EXERCISES = sorted((ROOT / "assignments").glob("*/*/exercise.py"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a learner would install it."""
    out = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def texts(wheel: Path) -> dict[str, str]:
    """Every file of the wheel as text; notebook cells unescaped so that source lines can be found."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", errors="replace")
            if name.endswith(".ipynb"):
                text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
            found[name] = text
    return found


def secret_lines() -> Iterator[tuple[str, str]]:
    """Lines that only a solution, a hidden test or a key holds: (where it comes from, the line)."""
    for path in EXERCISES:
        text = path.read_text("utf-8")
        shown = {line.strip() for line in SECRET_BLOCK.sub("", text).splitlines()}
        for _, block in SECRET_BLOCK.findall(text):
            for line in map(str.strip, block.splitlines()):
                if len(line) > 24 and line not in shown and not line.startswith(("#", "import", "from")):
                    yield str(path.relative_to(ROOT)), line


def test_the_course_is_in_the_wheel(texts: dict[str, str]) -> None:
    for part in ("notebooks/00_welcome.ipynb", "datasets/catalogue.toml", "datasets/facts.csv"):
        assert f"coursekit/content/{part}" in texts
    for path in EXERCISES:
        slug = path.parent.name
        assert any(name.endswith(f"/{slug}/{slug}.ipynb") for name in texts), slug


def test_no_source_key_or_test_bank_is_in_the_wheel(texts: dict[str, str]) -> None:
    forbidden = re.compile(
        r"(exercise|key|typical|reference|planted\w*)\.py$|quiz_banks/test/|/papers/|rubric|ledger_key"
    )

    assert [name for name in texts if name.startswith("coursekit/content/") and forbidden.search(name)] == []


def test_no_line_of_a_solution_or_hidden_test_is_in_the_wheel(texts: dict[str, str]) -> None:
    """Lessons are left out: they may teach the very method an exercise asks for."""
    content = {
        name: text for name, text in texts.items() if name.startswith("coursekit/content/assignments/")
    }
    leaks = [
        (source, line, name)
        for source, line in secret_lines()
        for name, text in content.items()
        if line in text
    ]

    assert leaks == []
    assert any(True for _ in secret_lines()), "there are secrets to look for"


def test_no_test_item_is_in_the_wheel(texts: dict[str, str]) -> None:
    banks = sorted((ROOT / "assignments" / "quiz_banks" / "test").glob("*.yaml"))
    stems = [item["stem"] for bank in banks for item in yaml.safe_load(bank.read_text("utf-8"))["items"]]
    everything = "\n".join(texts.values())

    assert [stem for stem in stems if stem in everything] == []


def test_a_learner_starts_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """No checkout, no source: lessons, exercises and practice come out of the installed package."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = "import sys; from coursekit.cli import run; sys.exit(run(sys.argv[1:]))"
    command = ["start", str(tmp_path / "学习"), "--no-lab", "--learner", "kh0042", "--name", "陈明", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": "/usr/bin", "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    added = json.loads(done.stdout)["added"]
    assert {"00_welcome.ipynb", "课程/03_figures.ipynb", "练习/03_figures/03_figures.ipynb"} <= set(added)
