"""Commands of the group `quiz`: banks, papers, marking, practice."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from coursekit.cli.output import emit, say
from coursekit.errors import InputError

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
            say(line)

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
            say(f"已写入 {schema_path()}")
        else:
            typer.echo(schema_text(), nl=False)

    if write:
        schema_path().write_text(schema_text(), encoding="utf-8")
    payload: dict[str, Any] = {"written": str(schema_path())} if write else bank_schema()
    emit(payload, as_json, human)
    return 0


@app.command()
def mark(
    key: Path = typer.Argument(..., help="试卷的答案文件（培训师那份 JSON）。"),
    answers: list[Path] = typer.Argument(..., help="学员的 answers.json，一份或几份。"),
    before: Path | None = typer.Option(
        None, "--before", help="改答案以前的判分（--json 的输出），列出谁的分变了。"
    ),
    as_json: bool = JSON,
) -> int:
    """按答案给答卷判分，逐题说明；有疑问的答卷标出来。

    例：coursekit quiz mark 答案.json submitted/*/paper/answers.json
    """
    from coursekit.quiz.markfiles import compare, mark_files

    report = mark_files(key, list(answers))
    if before is not None:
        report = compare(report, before)

    def human() -> None:
        for line in report.lines():
            say(line)

    emit(report.as_json(), as_json, human)
    return report.exit_code


@app.command()
def practice(
    folder: Path = typer.Argument(Path(), help="学习文件夹。"),
    as_json: bool = JSON,
) -> int:
    """看练习进度：今天做了几题、错题本几题、每个领域掌握多少。做题在学习文件夹的“练习”页。

    例：coursekit quiz practice 我的学习
    """
    from coursekit.quiz.practice import FOLDER, open_practice

    if not folder.is_dir():
        raise InputError(str(folder), "学习文件夹", "没有这个文件夹")
    if not (folder / FOLDER).is_dir():
        raise InputError(str(folder), "做过练习的学习文件夹", "还没有练习记录", "请先打开“练习”页做几题。")
    mine = open_practice(folder, cards=[])
    areas = [area for area in mine.mastery() if area.items]

    def human() -> None:
        say(f"今天的每日一练：做了 {len(mine.done_today())} 题。错题本 {len(mine.wrong())} 题。")
        for area in areas:
            say(area.text)

    payload = {
        "today": len(mine.done_today()),
        "wrong_book": [item.id for item in mine.wrong()],
        "areas": [asdict(area) for area in areas],
    }
    emit(payload, as_json, human)
    return 0


if importlib.util.find_spec("coursekit.cli.quiz_more") is not None:
    app.registered_commands.extend(importlib.import_module("coursekit.cli.quiz_more").app.registered_commands)
