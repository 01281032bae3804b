"""Duty and red lines of every diary line: trainer's side only, never in what learners receive."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from coursekit.domain.generators import diary

DUTIES = {
    1: "维护零售客户档案",
    2: "制定服务计划",
    3: "制定拜访计划",
    4: "实地拜访",
    5: "效果跟踪",
    6: "日常分析",
    0: "红线，不属于任何职责",
}


def ledger(variant: str | None = None) -> pd.DataFrame:
    """`date`, `sentence`, `duty` (1–6, 0 for a red line) and `red_line` of one learner's diary."""
    labels = pd.read_csv(Path(__file__).with_name("duties.csv")).set_index("slot")
    frame = pd.DataFrame(diary.rows(variant))
    frame["duty"] = [int(labels.duty[slot]) for slot in diary.slots(variant)]
    frame["red_line"] = frame["duty"] == 0
    return frame
