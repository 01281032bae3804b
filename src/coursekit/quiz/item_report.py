"""The analysis of one sitting as `quiz analyse` gives it: classical statistics, a model if there are takers enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coursekit.domain import policy
from coursekit.errors import DomainError, InputError
from coursekit.quiz import irt
from coursekit.quiz.analysis import Classical, ItemStatistics, tally_of
from coursekit.quiz.score_table import read_ids, read_scores

MODELS = ("ctt", "1pl", "2pl", "auto")
_MINIMUM = {"1pl": "takers.one_parameter", "2pl": "takers.two_parameter"}


@dataclass(frozen=True)
class ItemReport:
    """Classical statistics, the fitted model if there is one, and otherwise why not."""

    classical: Classical
    fit: irt.Fit | None
    refused: str

    def as_json(self) -> dict[str, Any]:
        """The contract form; `refused` is there only if a model was asked for and not fitted."""
        curves = self.fit.items if self.fit else (None,) * len(self.classical.items)
        payload: dict[str, Any] = {
            "n": self.classical.n,
            "alpha": _number(self.classical.alpha),
            "loglik": self.fit.loglik if self.fit else None,
            "items": [_entry(item, curve) for item, curve in zip(self.classical.items, curves, strict=True)],
        }
        if self.refused:
            payload["refused"] = self.refused
        return payload

    @property
    def pass_share(self) -> float:
        """Share of the items that makes a pass, by the policy `item_analysis`."""
        return policy.load("item_analysis").number("pass.share")

    @property
    def pass_rate(self) -> float:
        """Share of takers who passed."""
        return self.classical.pass_rate(self.pass_share)

    def lines(self) -> list[str]:
        """The same for a person."""
        result = self.classical
        head = f"{result.n} 人，{len(result.items)} 题，平均答对 {result.mean:.2f} 题，标准差 {result.sd:.2f}"
        if result.alpha is None or result.sem is None:
            head += "；题太少或分数没有差别，信度算不出。"
        else:
            head += f"，信度 {result.alpha:.3f}，测量标准误 {result.sem:.2f} 题。"
        lines = [head, f"答对 {self.pass_share:.0%} 以上算及格，及格的占 {self.pass_rate:.1%}。"]
        if result.n < policy.load("item_analysis")["takers.classical"]:
            lines.append("人少，下面的数波动大，改题前先看题意。")
        curves = {curve.id: curve for curve in self.fit.items} if self.fit else {}
        for item in result.items:
            rest = "—" if item.item_rest is None else f"{item.item_rest:.3f}"
            line = f"  {item.id}：答对率 {item.p:.3f}，与其余各题相关 {rest}"
            if item.id in curves:
                line += f"，区分度 {curves[item.id].a:.3f}，难度 {curves[item.id].b:.3f}"
            lines.append(line)
        if self.refused:
            lines.append(f"没有算能力模型：{self.refused}")
        return lines

    def to_mend(self) -> list[tuple[str, str]]:
        """Items to mend, each with the reason in Chinese, by the limits of the policy `item_analysis`."""
        limits = policy.load("item_analysis")
        found = []
        for item in self.classical.items:
            reasons = []
            if item.p < limits["mend.too_hard"]:
                reasons.append(f"只有 {item.p:.0%} 的人答对，先查答案对不对、课上讲没讲")
            if item.p > limits["mend.too_easy"]:
                reasons.append(f"{item.p:.0%} 的人答对，分不出会与不会")
            if item.item_rest is not None and item.item_rest < 0:
                reasons.append("总分高的人反而答错，多半是答案标错或题意有歧义")
            elif item.item_rest is not None and item.item_rest < limits["mend.discrimination"]:
                reasons.append(f"与其余各题的相关只有 {item.item_rest:.2f}")
            if reasons:
                found.append((item.id, ";".join(reasons)))
        return found


def _entry(item: ItemStatistics, curve: irt.ItemCurve | None) -> dict[str, Any]:
    return {
        "id": item.id,
        "p": item.p,
        "item_rest": _number(item.item_rest),
        "alpha_if_deleted": _number(item.alpha_if_deleted),
        "a": curve.a if curve else None,
        "b": curve.b if curve else None,
        "se_a": _number(curve.se_a) if curve else None,
        "se_b": _number(curve.se_b) if curve else None,
    }


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


def people(path: Path, fit: irt.Fit | None) -> list[dict[str, Any]]:
    """Each taker of a score table: name, items right, ability and its standard error (None without a model)."""
    _, blocks = read_scores(path)
    names = read_ids(path)
    rows: list[dict[str, Any]] = []
    for block in blocks:
        theta, error = fit.ability(block) if fit else (None, None)
        for place, right in enumerate(block.sum(axis=1, dtype=np.int64)):
            rows.append(
                {
                    "taker": names[len(rows)],
                    "right": int(right),
                    "ability": None if theta is None else round(float(theta[place]), 4),
                    "se": None if error is None else round(float(error[place]), 4),
                }
            )
    return rows


def analyse(path: Path, model: str = "ctt") -> ItemReport:
    """Analyse a score table.

    Parameters
    ----------
    path : Path
        CSV, a row a taker, a column an item, 0 or 1.
    model : str
        `ctt`, `1pl`, `2pl`, or `auto`: the richest model for which there are takers enough.

    Raises
    ------
    InputError
        If the model is unknown or the table is not one of zeros and ones.
    """
    if model not in MODELS:
        raise InputError("--model", "ctt、1pl、2pl 或 auto", model)
    names, blocks = read_scores(path)
    if model == "ctt":
        return ItemReport(tally_of(names, blocks), None, "")
    kept = list(blocks)
    result = tally_of(names, kept)
    scores = np.concatenate(kept)
    limits = policy.load("item_analysis")
    wanted = ("2pl", "1pl") if model == "auto" else (model,)
    refused = ""
    for name in wanted:
        refused = irt.refusal(scores, int(limits[_MINIMUM[name]])) or ""
        if not refused:
            try:
                return ItemReport(result, irt.fit(scores, "1pl" if name == "1pl" else "2pl", names), "")
            except DomainError as error:
                refused = f"{error.got}。这些题多半不是量同一种能力，或者人的得分几乎排成一条线。"
    return ItemReport(result, None, refused)
