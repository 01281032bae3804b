"""What the READMEs tell people to type exists, and every command tells how it is used."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from coursekit.cli import build_app

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")
COMMAND = re.compile(r"(?:^|`)(?:uv run (?:--no-sync )?)?(coursekit [^`#\n]+)", re.MULTILINE)


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


TREE = dict(commands(typer.main.get_command(build_app())))


def told() -> list[tuple[str, str]]:
    return [
        (readme, line.strip())
        for readme in READMES
        for line in COMMAND.findall((ROOT / readme).read_text("utf-8"))
        if "…" not in line
    ]


@pytest.mark.parametrize(("readme", "line"), told())
def test_a_command_the_readme_names_exists_with_its_options(readme: str, line: str) -> None:
    words = shlex.split(line)[1:]
    path = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in TREE), None)
    assert path is not None, f"{readme}: {line}"

    options = {
        name for parameter in TREE[path].params for name in (*parameter.opts, *parameter.secondary_opts)
    }

    assert {word for word in words if word.startswith("--")} <= options | {"--help"}


@pytest.mark.parametrize("path", TREE, ids=" ".join)
def test_every_command_has_chinese_help_with_an_example_and_json(path: tuple[str, ...]) -> None:
    command = TREE[path]

    assert re.search(r"[\u4e00-\u9fff]", command.help or ""), "help is for people who read Chinese"
    assert f"coursekit {' '.join(path)}" in (command.help or ""), "help shows one example"
    assert any("--json" in parameter.opts for parameter in command.params)


@pytest.mark.parametrize("readme", READMES)
def test_files_the_readme_points_to_exist(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    scripts = re.findall(r"(scripts/[a-z_]+(?:\.py)?)", text)

    assert [name for name in {*linked, *scripts} if not (ROOT / name).exists()] == []
