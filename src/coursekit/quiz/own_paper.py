"""A learner's own order of a paper: items within each section, options within each item.

The order follows from paper and learner alone, so that the learner's page and the trainer's key agree
without anything secret passing between them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import InputError
from coursekit.quiz.answers import find_learner, write_atomic
from coursekit.quiz.sitting import FILE_NAME, shuffled

if TYPE_CHECKING:
    from coursekit.quiz.widget import QuizWidget

ORDER_FILE = "order.json"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def own_sheet(sheet: Mapping[str, Any], keep: set[str], learner: str) -> dict[str, Any]:
    """The sheet in the learner's order.

    Parameters
    ----------
    sheet : mapping
        Content of `paper.json`.
    keep : set of str
        Ids of items whose options keep their order.
    learner : str
        Learner id; empty gives the order of the file.
    """
    if not learner:
        return dict(sheet)
    paper = str(sheet["paper"])
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in sheet["items"]:
        sections.setdefault(str(item.get("section", "")), []).append(dict(item))
    items = []
    for title, part in sections.items():
        for place in shuffled(len(part), paper, learner, title):
            item = part[place]
            if item.get("options") and item["id"] not in keep:
                order = shuffled(len(item["options"]), paper, learner, str(item["id"]))
                item["options"] = [item["options"][i] for i in order]
            items.append(item)
    return {**sheet, "items": items}


def own_key(key: Mapping[str, Any], learner: str) -> dict[str, Any]:
    """The trainer's key with the letters this learner saw, as `marking.mark_answers` takes it."""
    paper, keep = str(key["paper"]), set(key.get("keep", ()))
    items = []
    for entry in key["items"]:
        rule = dict(entry["rule"])
        if learner and rule.get("type") in ("choice", "multiple") and entry["id"] not in keep:
            order = shuffled(int(rule["options"]), paper, learner, str(entry["id"]))
            letter = {_LETTERS[i]: _LETTERS[place] for place, i in enumerate(order)}
            value = rule["value"]
            rule["value"] = letter[value] if isinstance(value, str) else sorted(letter[v] for v in value)
        items.append({"id": entry["id"], "points": entry["points"], "rule": rule})
    return {"paper": paper, "learner": learner or None, "minutes": key["minutes"], "items": items}


def open_paper(folder: Path | None = None) -> QuizWidget:
    """The paper of an assignment folder as this learner sits it; every click is kept in `answers.json`.

    Raises
    ------
    InputError
        If the folder holds no paper.
    """
    from coursekit.quiz.widget import paper

    here = (folder or Path()).resolve()
    try:
        sheet = json.loads((here / FILE_NAME).read_text(encoding="utf-8"))
        order = json.loads((here / ORDER_FILE).read_text(encoding="utf-8"))
        learner = find_learner(here).get("learner", "")
        mine = own_sheet(sheet, set(order["keep"]), learner)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        where, todo = str(here / FILE_NAME), "请从培训师那里重新取这份试卷的文件夹。"
        raise InputError(where, "完整的试卷文件", "缺了文件或内容不全", todo) from None
    own = here / f"paper_{learner or 'all'}.json"
    text = json.dumps(mine, ensure_ascii=False, indent=1) + "\n"
    if not own.is_file() or own.read_text(encoding="utf-8") != text:
        write_atomic(own, text)
    return paper(own, here / "answers.json", learner)
