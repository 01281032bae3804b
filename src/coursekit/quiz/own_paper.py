"""A learner's own order of a paper: items within each section, options within each item.

The order follows from paper and learner alone, so that the learner's page and the trainer's key agree
without anything secret passing between them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import ContentError, InputError
from coursekit.quiz.answers import find_learner, write_atomic
from coursekit.quiz.rules import parse_rule
from coursekit.quiz.sitting import FILE_NAME, load_sheet, shuffled

if TYPE_CHECKING:
    from coursekit.quiz.widget import QuizWidget

ORDER_FILE = "order.json"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST, _MOST_POINTS = 600, 1000


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


def shown_mark(sheet: Mapping[str, Any], keep: Iterable[str]) -> str:
    """Digest of what a paper asks, with its options and which of them stay in order.

    The page notes it with the answers, the trainer's key holds that of the drawn paper: a `paper.json` or
    `order.json` changed on the learner's side shows as another.
    """
    items = [
        [
            item["id"],
            item["type"],
            item["stem"],
            list(item.get("options") or ()),
            list(item.get("units") or ()),
        ]
        for item in sheet["items"]
    ]
    text = json.dumps([sheet["paper"], items, sorted(keep)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


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
    own = {"paper": paper, "learner": learner or None, "minutes": key["minutes"], "items": items}
    return own | {"shown": key["shown"]} if "shown" in key else own


def ordered_for(answers: Mapping[str, Any], student: str) -> str:
    """Whose order the paper was shown in: what the page noted at the start, else the student's own."""
    paper = answers.get("paper")
    noted = paper.get("learner") if isinstance(paper, Mapping) else None
    return noted if isinstance(noted, str) else student


def checked_key(content: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """A trainer's key that can be marked with, given back unchanged.

    Raises
    ------
    ContentError
        Every fault of the key, `where` named in each.
    """
    faults: list[str] = []
    items = content.get("items")
    minutes = content.get("minutes", None if "keep" in content else 0)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 <= minutes <= _LONGEST:
        faults.append(f"{where} 的 minutes 应当是 0 到 {_LONGEST} 的数（分钟）")
    keep = content.get("keep", [])
    if not isinstance(keep, list) or not all(isinstance(name, str) for name in keep):
        faults.append(f"{where} 的 keep 应当是一列题号")
    if not isinstance(items, list) or not items:
        faults.append(f"{where} 应当有 items，每题有 id、points、rule")
    names: set[str] = set()
    for number, entry in enumerate(items if isinstance(items, list) else (), start=1):
        fault = _entry_fault(entry, "keep" in content)
        if not fault and entry["id"] in names:
            fault = "编号重复"
        if fault:
            faults.append(f"{where} 第 {number} 题：{fault}")
        else:
            names.add(entry["id"])
    if faults:
        raise ContentError(where, faults)
    return content


def _entry_fault(entry: object, turned: bool) -> str:
    """What is wrong with one item of a key, or an empty string; `turned` letters need the number of options."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("id"), str) or not entry["id"].strip():
        return "没有 id"
    points = entry.get("points")
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points <= _MOST_POINTS:
        return f"points 应当是大于 0、不超过 {_MOST_POINTS} 的数"
    rule = entry.get("rule")
    if not isinstance(rule, Mapping):
        return "没有 rule"
    try:
        parse_rule(entry["id"], rule)
    except ContentError as error:
        return "；".join(error.faults)
    if turned and rule.get("type") in ("choice", "multiple"):
        options = rule.get("options")
        value = rule.get("value")
        letters = [value] if isinstance(value, str) else value
        known = _LETTERS[:options] if isinstance(options, int) and not isinstance(options, bool) else ""
        if not known or not isinstance(letters, list) or not all(v and v in known for v in letters):
            return "options 和 value 对不上"
    return ""


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
        load_sheet(here / FILE_NAME)
        if order["paper"] != sheet["paper"] or not isinstance(order["keep"], list):
            raise ValueError(ORDER_FILE)
        learner = find_learner(here).get("learner", "")
        mine = own_sheet(sheet, set(order["keep"]), learner)
        mine["shown"] = shown_mark(sheet, order["keep"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        where, todo = str(here / FILE_NAME), "请从培训师那里重新取这份试卷的文件夹。"
        raise InputError(where, "完整的试卷文件", "缺了文件或内容不全", todo) from None
    plain = re.fullmatch(r"[\w.-]{1,40}", learner)
    name = learner if plain else hashlib.sha256(learner.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    own = here / f"paper_{name if learner else 'all'}.json"
    text = json.dumps(mine, ensure_ascii=False, indent=1) + "\n"
    if not own.is_file() or own.read_text(encoding="utf-8") != text:
        write_atomic(own, text)
    return paper(own, here / "answers.json", learner)
