"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

import pandas as pd

from coursekit.domain import supply


def answers(tables):
    """Rules by field id; `tables` holds the learner's `sales_week`, `sku` and `tight_supply`."""
    sales = tables["sales_week"].merge(tables["sku"][["sku", "class"]], on="sku")
    points = supply.points_for_cycle(sales, "2024-05-13", column="week")
    same_week = supply.order_points(sales[sales["week"] == pd.Timestamp("2024-05-13")])
    tight = tables["tight_supply"]
    cartons = supply.allocate(points, int(tight[tight["cycle"] == 2]["supply"].max()), 10).cartons
    reached = int((cartons > 0).sum())
    return {
        "top_points": {
            "type": "number",
            "value": float(points.max()),
            "unit": "分",
            "known": [
                {
                    "value": float(same_week.max()),
                    "note": "这是本周订货的积分。分本周的货，看的是上一周。",
                },
            ],
        },
        "reached": {
            "type": "number",
            "value": reached,
            "unit": "户",
            "known": [
                {"value": len(points), "note": "这是有积分的户数，不是每户都分得到一条。"},
                {"value": int(cartons.sum()), "note": "这是条数，格子里要的是户数。"},
            ],
        },
        "refuse": {
            "type": "multiple",
            "value": [
                "店主请你把邻街那家的订货日借他用一次，多订几条",
                "同事建议：想多要紧俏烟的户，搭订几条滞销烟",
                "把没分完的几条先留着，等熟客来",
            ],
            "known": [
                {"value": "店主请你念一遍他上周的积分是怎么算的", "note": "他来问自己的积分，应当算给他看。"},
                {"value": "店主问这个品规下周还有没有货", "note": "他问货源，照实告诉他就是。"},
            ],
        },
        "reply": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "看哪一周", "any": ["上周", "上一周", "上个周期", "上一个周期", "上一周期", "上期", "前一周", "前一个周期", "头一周"],
                 "like": [r"上(个|一|一个)?(周|星期|礼拜|周期|期|访销)"]},
                {"name": "怎么积分", "any": ["积分", "分数", "每条几分", "类别", "销量和档次", "按条数和类别", "按类"],
                 "like": [r"[一1每]条.{0,4}分"]},
                {"name": "这周的算到哪里", "any": ["下周", "下一周", "下个周期", "下一个周期", "下一周期", "下期"],
                 "like": [r"下(个|一|一个)?(周|星期|礼拜|周期|期|次|回|轮)"]},
                {"name": "大家一样", "any": ["公开", "公平", "都一样", "一视同仁", "谁都", "每户都", "都按", "每家", "谁家", "家家", "人人", "所有", "统一",
                    "同一"]},
            ],
        },
    }
