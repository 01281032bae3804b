"""Commands of the group `quiz`: banks, papers, marking, practice."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import typer

from coursekit.cli.output import emit, stdout

app = typer.Typer(no_args_is_help=True, help="题库、试卷、判分与练习。")

JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")


@app.command()
def check(
    paths: list[Path] = typer.Argument(None, help="题库文件；不写就查自带的全部题库。"),
    as_json: bool = JSON,
) -> int:
    """检查题库：字段、来源、送分和违规的写法，每处说出文件和行号。

    例：coursekit quiz check assignments/quiz_banks/practice/c3_stars.yaml
    """
    from coursekit.quiz import check as checking

    report = checking.check_banks(list(paths) if paths else None)

    def human() -> None:
        for line in report.lines():
            stdout.print(line, markup=False, highlight=False, soft_wrap=True)

    emit(report.as_json(), as_json, human)
    return report.exit_code


@app.command()
def schema(
    write: bool = typer.Option(False, "--write", help="写入 assignments/quiz_banks/schema.json。"),
    as_json: bool = JSON,
) -> int:
    """题库文件的 JSON Schema（给编辑器和别的程序用）。

    例：coursekit quiz schema --write
    """
    from coursekit.quiz.schema import bank_schema, schema_path, schema_text

    def human() -> None:
        if write:
            stdout.print(f"已写入 {schema_path()}", markup=False, highlight=False, soft_wrap=True)
        else:
            typer.echo(schema_text(), nl=False)

    if write:
        schema_path().write_text(schema_text(), encoding="utf-8")
    payload: dict[str, Any] = {"written": str(schema_path())} if write else bank_schema()
    emit(payload, as_json, human)
    return 0


if importlib.util.find_spec("coursekit.cli.quiz_more") is not None:
    app.registered_commands.extend(importlib.import_module("coursekit.cli.quiz_more").app.registered_commands)
