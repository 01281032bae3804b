"""Satisfaction by labels: each answer one of seven labels, each label its points; what cannot be read is listed."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

QUESTIONS = {"quality": "质量", "service": "服务态度", "reputation": "知名度"}
WHERE = "满意度表"


def score_satisfaction(
    answers: pd.DataFrame, rules: Policy | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Points of each answer, and the cells that cannot be read.

    Parameters
    ----------
    answers : DataFrame
        `resp_id` (unique) and the three questions `quality`, `service`, `reputation` with labels.
    rules : Policy, optional
        Policy `service`, section `satisfaction`.

    Returns
    -------
    scores : DataFrame
        `resp_id`, points of each question [0–100], `mean` of the three. A cell that is empty or no label is
        missing, and so is that answer's mean: it is never counted as zero.
    unread : DataFrame
        `row` (from 1), `resp_id`, `question`, `text`, `why` (没有作答 or 不是七个标签之一).

    References
    ----------
    S4-010, S4-011, INC-45 (petroleum; the seven labels of two rows are an inference).

    Examples
    --------
    >>> table = pd.DataFrame({"resp_id": [1, 2], "quality": ["优良", "良"], "service": ["恶劣", "良好"],
    ...                       "reputation": ["驰名", "知名"]})
    >>> scores, unread = score_satisfaction(table)
    >>> scores["service"].tolist(), unread["text"].tolist()
    ([0.0, nan], ['良好'])
    """
    rules = rules or policies.load("service")
    checks.columns(answers, WHERE, "resp_id", *QUESTIONS)
    checks.unique(answers, WHERE, "resp_id")
    scores = pd.DataFrame({"resp_id": answers["resp_id"]}, index=answers.index)
    unread = []
    for question in QUESTIONS:
        points = {str(label): float(score) for label, score in rules[f"satisfaction.{question}"]}
        if len(points) < len(rules[f"satisfaction.{question}"]):
            raise DomainError(
                f"政策 {rules.name} 的 satisfaction.{question}", "标签各不相同", str(list(points))
            )
        for label, score in points.items():
            checks.number(f"政策 {rules.name} 的 satisfaction.{question}，{label}", score, 0, 100)
        texts = (
            answers[question]
            .astype("object")
            .where(answers[question].notna(), "")
            .map(lambda t: str(t).strip())
        )
        scores[question] = texts.map(points).astype("float64")
        for position, text in enumerate(texts):
            if text not in points:
                why = "不是七个标签之一" if text else "没有作答"
                unread.append((position + 1, answers["resp_id"].iloc[position], question, text, why))
    scores["mean"] = scores[list(QUESTIONS)].mean(axis=1, skipna=False)
    table = pd.DataFrame(unread, columns=["row", "resp_id", "question", "text", "why"])
    return scores, table.sort_values(["row", "question"], ignore_index=True)


def summarize(scores: pd.DataFrame) -> pd.DataFrame:
    """Mean of each question over the answers that could be read: index question, `mean`, `read`, `missing`."""
    checks.columns(scores, "得分表", *QUESTIONS)
    rows = {}
    for question, name in QUESTIONS.items():
        points = checks.numbers(scores, "得分表", question, (0, math.inf), "resp_id", missing=True)
        read = points.dropna()
        if read.empty:
            raise DomainError(f"得分表的 {question}", "至少一个能读的回答", "没有")
        rows[name] = (float(read.mean()), len(read), len(scores) - len(read))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["mean", "read", "missing"])
