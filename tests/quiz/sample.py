"""Items for tests: one of each type, invented, none of them in a shipped bank."""

from __future__ import annotations

from typing import Any

from coursekit.quiz.bank import parse_item
from coursekit.quiz.items import Item

COMMON: dict[str, Any] = {
    "area": "C3",
    "lesson": "04_stars",
    "level": "A",
    "difficulty": 2,
    "importance": "X",
    "facts": ["S2-004"],
    "scope": "company",
    "owner": "某县城区客户经理",
    "status": "historical",
}


def raw(number: int, **fields: Any) -> dict[str, Any]:
    """Plain data of an item with the common fields filled in."""
    return {"id": f"P-C3-{number:03d}", **COMMON, **fields}


SINGLE = raw(
    1,
    type="single",
    stem="某县城区的做法：对五星级客户，走访怎样安排？",
    options=[
        {"text": "增加次数，多停留", "correct": True},
        {"text": "减少次数，让给别人", "why": "把按配合度分的办法套到了星级上"},
        {"text": "改成电话，不再上门", "why": "以为大户自己会打理"},
        {"text": "只在新品上市时去", "why": "把走访当成了推新品"},
    ],
    explanation="五星户多去、多停留。",
)
MULTIPLE = raw(
    2,
    type="multiple",
    stem="基本服务有哪些？",
    options=[
        {"text": "订货服务", "correct": True},
        {"text": "送货服务", "correct": True},
        {"text": "生日祝福", "why": "这是情感服务"},
        {"text": "经营指导", "why": "这是营销服务"},
    ],
    explanation="订货、送货都是基本服务。",
)
TRUE_FALSE = raw(
    3,
    type="true_false",
    stem="星级低的户不用整理柜台。",
    answer=False,
    why="以为小店不要紧",
    explanation="要整理。",
)
BLANK = raw(
    4,
    type="blank",
    stem="308 户里 278 户开通，覆盖率是 ____ %。",
    blanks=[{"accept": ["90.26"], "unit": "%", "tolerance": 0.005}],
    explanation="278 ÷ 308 = 90.26%。",
)
SHORT = raw(
    5,
    type="short",
    stem="为什么 309 与 308 对不上？",
    phrases=[{"name": "时间", "any": ["季初"]}, {"name": "口径", "any": ["未定级", "新户"]}],
    model_answer="星级是季初的数，线路是现在的数，还有一户新户没有定级。",
    explanation="先问时间，再问口径。",
)
TEMPLATE = raw(
    6,
    type="single",
    stem="{all} 户里 {open} 户开通，覆盖率是多少？",
    template={
        "params": {"all": {"min": 280, "max": 340}, "open": {"min": 240, "max": 275}},
        "answer": "open / all * 100",
        "decimals": 2,
        "unit": "%",
        "distractors": [
            {"value": "open / (all + 20) * 100", "why": "分母用错"},
            {"value": "(all - open) / all * 100", "why": "算成了没开通的"},
            {"value": "open / (all - 5) * 100", "why": "分母少了新户"},
        ],
    },
    explanation="{open} ÷ {all} = {answer}%。",
)
ALL = (SINGLE, MULTIPLE, TRUE_FALSE, BLANK, SHORT, TEMPLATE)


def items() -> list[Item]:
    """The sample items."""
    return [parse_item(one) for one in ALL]
