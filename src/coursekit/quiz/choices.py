"""Which option drew whom: the choices of a sat paper, letters turned back to those of the drawn paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coursekit.domain.policy import Policy
from coursekit.quiz.analysis import OptionChoice, distractors
from coursekit.quiz.items import LETTERS
from coursekit.quiz.marking import values_of
from coursekit.quiz.sitting import shuffled

Chosen = Mapping[str, frozenset[str]]
_GROUPS = 10  # fewer takers have no upper and lower 27 % worth comparing


@dataclass(frozen=True)
class OptionRow:
    """One option of one item after a sitting, and what to look at."""

    item: str
    option: str
    right: bool
    choice: OptionChoice
    remark: str


def chosen(key: Mapping[str, Any], answers: Mapping[str, Any], learner: str) -> dict[str, frozenset[str]]:
    """Letters one learner chose, by item, as `paper.json` letters the options.

    Parameters
    ----------
    key : mapping
        The trainer's key as `quiz draw` writes it.
    answers : mapping
        Content of `answers.json`.
    learner : str
        In whose order the paper was shown.
    """
    paper, keep, given = str(key["paper"]), set(key.get("keep", ())), values_of(answers)
    found = {}
    for entry in key["items"]:
        rule = entry["rule"]
        if rule.get("type") not in ("choice", "multiple"):
            continue
        count = int(rule["options"])
        turned = bool(learner) and entry["id"] not in keep
        order = shuffled(count, paper, learner, str(entry["id"])) if turned else list(range(count))
        value = given.get(entry["id"])
        letters = value if isinstance(value, list) else [value]
        places = [LETTERS.index(v) for v in letters if isinstance(v, str) and v and v in LETTERS]
        found[str(entry["id"])] = frozenset(LETTERS[order[p]] for p in places if p < count)
    return found


def option_rows(
    key: Mapping[str, Any], takers: Sequence[tuple[Chosen, float]], limits: Policy
) -> list[OptionRow]:
    """Every option of every choice item: who chose it, of the weak and of the strong.

    Parameters
    ----------
    key : mapping
        The trainer's key.
    takers : sequence of (choices, score)
        As `chosen` gives them, with the score on the paper.
    limits : Policy
        `item_analysis`.
    """
    totals = [total for _, total in takers]
    rows = []
    for entry in key["items"]:
        rule = entry["rule"]
        if rule.get("type") not in ("choice", "multiple"):
            continue
        right = set(rule["value"] if isinstance(rule["value"], list) else [rule["value"]])
        for letter in LETTERS[: int(rule["options"])]:
            marks = [letter if letter in mine.get(entry["id"], ()) else "" for mine, _ in takers]
            (choice,) = distractors(marks, totals, [letter])
            remark = _remark(choice, letter in right, len(takers), limits)
            rows.append(OptionRow(str(entry["id"]), letter, letter in right, choice, remark))
    return rows


def _remark(choice: OptionChoice, right: bool, takers: int, limits: Policy) -> str:
    if not right and takers >= limits["takers.classical"] and choice.share < limits["mend.idle_option"]:
        return "几乎没人选，换一个真会犯的错"
    if takers < _GROUPS or choice.high == choice.low:
        return ""
    if right and choice.high < choice.low:
        return "分高的人反而少选，先查答案"
    if not right and choice.high > choice.low:
        return "分高的人反而多选，先查答案和题意"
    return ""
