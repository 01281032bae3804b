"""Which performance indicators may grade a customer manager, and which are refused.

References
----------
S1-021: document 293 forbids sales volume and structure as performance standards of front-line
staff; S1-022: volume and structure tasks are cancelled; S1-046: indicators come from brand
cultivation, customer service and basic work.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Family = Literal["brand", "service", "basic"]

FAMILY_TITLES: dict[str, str] = {"brand": "品牌培育", "service": "客户服务", "basic": "基础工作"}

_VOLUME = re.compile(
    r"销量|销售量|总量|销售额|销售收入|购进量|订货量|订购量|订单量|进货量|增量|(箱|件|条)数|"
    r"销售(任务|目标|计划)|volume|sales|quantity|turnover",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"结构|单箱|单条(值|均价|均值)|条均|均价|[一二三四五]类烟?(比重|占比|比例|同比|率)|"
    r"(高端|高档|高价|高价位)烟?(比重|占比|比例|率)|structure|share of (class|volume)",
    re.IGNORECASE,
)
_GOODS_UNITS = frozenset(
    {"条", "箱", "件", "包", "盒", "支", "万支", "万箱", "元", "万元", "亿元", "元/条", "元/箱"}
)

# Words that contain one of the above and mean something else: the shop's own profit, its files.
_HARMLESS = re.compile(r"(组织|知识|年龄|人员|客户)结构|结构化|customer structure", re.IGNORECASE)


def refusal(title: str, unit: str = "") -> str | None:
    """Why `title` may not be a performance indicator, or None when it may.

    Parameters
    ----------
    title : str
        Name of the indicator or the column heading, as written by the company.
    unit : str
        Its unit; an amount of goods or money is a volume target whatever its name.

    Examples
    --------
    >>> refusal("客户服务满意度") is None
    True
    >>> "293" in refusal("卷烟销量同比")
    True
    """
    plain = _HARMLESS.sub("", unicodedata.normalize("NFKC", title).replace(" ", ""))
    if _VOLUME.search(plain) or unicodedata.normalize("NFKC", unit).strip() in _GOODS_UNITS:
        kind = "销量"
    elif _STRUCTURE.search(plain):
        kind = "结构"
    else:
        return None
    return f"「{title}」是{kind}指标：293 号文件不准把销量、结构当作一线人员的业绩标准（S1-021），不采用"
