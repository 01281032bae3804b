"""A drawn form as files: the assignment learners get, the printed paper, the trainer's key."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.quiz.answers import write_atomic
from coursekit.quiz.drawing import Draw, Form
from coursekit.quiz.feedback import solution, source_line
from coursekit.quiz.items import ChoiceBase, Item
from coursekit.quiz.own_paper import ORDER_FILE, shown_mark
from coursekit.quiz.present import public_view, rule_of, shown_order
from coursekit.quiz.sitting import FILE_NAME
from coursekit.quiz.templates import instantiate

NOTE = "点“开始答题”后开始计时。每点一下都会保存，关掉页面再打开可以接着答。"


@dataclass(frozen=True)
class PrintedItem:
    """One concrete item of a form as everybody sees it, and what the trainer knows of it."""

    item: Item
    order: tuple[int, ...]
    points: float
    section: str


@dataclass(frozen=True)
class FormFiles:
    """Where the files of one form lie."""

    paper: str
    assignment: Path
    print_html: Path
    print_pdf: Path
    key: Path
    key_html: Path


def paper_id(draw: Draw, form: Form) -> str:
    """Short name of one form, fit for a folder: blueprint, seed, form."""
    plain = re.fullmatch(r"[A-Za-z0-9-]{1,20}", draw.seed)
    seed = draw.seed if plain else hashlib.sha256(draw.seed.encode()).hexdigest()[:8]
    return f"{draw.blueprint.id}-{seed}-{form.name}"


def printed(draw: Draw, form: Form) -> list[PrintedItem]:
    """The items of a form made concrete: generated numbers filled in, options in the order of this form."""
    name = paper_id(draw, form)
    found = []
    for section, items in zip(draw.blueprint.sections, form.sections, strict=True):
        for item in items:
            concrete = instantiate(item, name)
            found.append(PrintedItem(concrete, shown_order(concrete, name), section.points, section.title))
    return found


def sheet(draw: Draw, form: Form) -> dict[str, Any]:
    """Content of `paper.json`: nothing in it tells an answer."""
    items = []
    for one in printed(draw, form):
        view = public_view(one.item, one.order)
        entry: dict[str, Any] = {
            key: view[key] for key in ("id", "type", "stem", "options", "units") if key in view
        }
        items.append({**entry, "points": one.points, "section": one.section})
    title = draw.blueprint.title + (f"（{form.name} 卷）" if len(draw.forms) > 1 else "")
    return {
        "paper": paper_id(draw, form),
        "title": title,
        "minutes": draw.blueprint.minutes,
        "note": NOTE,
        "items": items,
    }


def key(draw: Draw, form: Form) -> dict[str, Any]:
    """The trainer's key of a form, letters as in `paper.json`; `own_paper.own_key` turns it for a learner."""
    entries, cells = printed(draw, form), grade_cells(draw, form)
    return {
        "paper": paper_id(draw, form),
        "blueprint": draw.blueprint.id,
        "seed": draw.seed,
        "form": form.name,
        "minutes": draw.blueprint.minutes,
        "keep": _keep(entries),
        "shown": shown_mark(sheet(draw, form), _keep(entries)),
        "items": [
            {
                "id": one.item.id,
                "points": one.points,
                "cell": cells[one.item.id],
                "rule": rule_of(one.item, one.order),
                "answer": solution(one.item, one.order),
                "area": one.item.area,
                "level": one.item.level,
                "difficulty": one.item.difficulty,
                "source": source_line(one.item),
            }
            for one in entries
        ],
        "balance": draw.balance(),
    }


def _keep(entries: list[PrintedItem]) -> list[str]:
    return [one.item.id for one in entries if isinstance(one.item, ChoiceBase) and one.item.order == "keep"]


def grade_cells(draw: Draw, form: Form) -> dict[str, str]:
    """Grade cell of each item: one for a section marked by its key, one for each answer a person settles."""
    return {
        item.id: f"form_{item.id}" if section.type == "short" else f"form_section{number}"
        for number, (section, items) in enumerate(
            zip(draw.blueprint.sections, form.sections, strict=True), start=1
        )
        for item in items
    }


def notebook(draw: Draw, form: Form) -> str:
    """The assignment's notebook: a cell that opens the paper, and graded cells filled from `answers.json`.

    The graded cells are nbgrader tasks: whoever grades with stock nbgrader sees them open, never as zero.
    """
    name = paper_id(draw, form)
    title = (
        f"# {sheet(draw, form)['title']}\n\n{draw.blueprint.count} 题，{draw.blueprint.points:g} 分，"
        f"{draw.blueprint.minutes} 分钟。先运行下面的格子，再点“开始答题”。{NOTE}"
        "内核重启过，或下面看不到试卷时，再运行一次这个格子，存过的答案都在。"
    )
    code = "from coursekit.quiz.own_paper import open_paper\n\nopen_paper()"
    cells = [
        {"cell_type": "markdown", "id": "intro", "metadata": _marked("intro", locked=True), "source": title},
        {
            "cell_type": "code", "execution_count": None, "id": "form_page",
            "metadata": _marked("form_page", locked=True), "outputs": [], "source": code,
        },
        *_task_cells(draw, form),
    ]  # fmt: skip
    book = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": name,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _task_cells(draw: Draw, form: Form) -> list[dict[str, Any]]:
    cells = []
    names = grade_cells(draw, form)
    for section, items in zip(draw.blueprint.sections, form.sections, strict=True):
        texts: dict[str, str] = {}
        for item in items:
            by_hand = f"{item.id}：{section.points:g} 分，在上面的答题页作答，由培训师定分。"
            texts[names[item.id]] = (
                by_hand if section.type == "short" else "在上面的答题页作答，这里不用写字。"
            )
        points = section.points if section.type == "short" else section.points * section.count
        for first, (name, text) in zip([True] + [False] * len(texts), texts.items(), strict=False):
            head = f"## {section.title}（{section.count} 题，{section.points * section.count:g} 分）\n\n"
            meta = _marked(name, task=True, points=points)
            source = head + text if first else text
            cells.append({"cell_type": "markdown", "id": name, "metadata": meta, "source": source})
    return cells


def _marked(name: str, **kind: Any) -> dict[str, Any]:
    base = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False}
    return {"nbgrader": {**base, "task": False, **kind}}


def write_form(draw: Draw, form: Form, out: Path) -> FormFiles:
    """Write all files of one form below `out`.

    The same draw writes the same files again; files of another draw are never overwritten.

    Raises
    ------
    InputError
        If a file is there already and differs.
    """
    from coursekit.quiz import paper_pdf, paper_print

    name = paper_id(draw, form)
    folder = out / "source" / name
    files = FormFiles(
        name, folder, out / "print" / f"{name}.html", out / "print" / f"{name}.pdf",
        out / "key" / f"{name}.json", out / "key" / f"{name}.html",
    )  # fmt: skip
    content, entries = sheet(draw, form), printed(draw, form)
    texts: dict[Path, str] = {
        folder / f"{name}.ipynb": notebook(draw, form),
        folder / FILE_NAME: json.dumps(content, ensure_ascii=False, indent=1) + "\n",
        folder / ORDER_FILE: json.dumps({"paper": name, "keep": _keep(entries)}, ensure_ascii=False) + "\n",
        files.key: json.dumps(key(draw, form), ensure_ascii=False, indent=1) + "\n",
        files.print_html: paper_print.page(content),
        files.key_html: paper_print.key_page(content, key(draw, form)),
    }
    for path, text in texts.items():
        if path.is_file() and path.read_text(encoding="utf-8") != text:
            raise InputError(
                str(path), "还没有的文件，或同一次抽题的文件", "内容不同的文件", "请换一个输出文件夹或种子。"
            )
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text)
    paper_pdf.write(content, files.print_pdf)
    return files
