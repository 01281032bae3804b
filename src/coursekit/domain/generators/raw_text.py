"""D-11 raw_text: three paragraphs as a scraper leaves them, with broken numbers (INC-02, INC-40).

Numbers are cut by blanks and line breaks, a percent sign is lost, a watermark and a page number stand
in the text, a quote is closed by the wrong mark, a dun-mark serves as decimal point.
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row, customers
from coursekit.domain.generators.draws import Draws


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("raw_text", variant)
    shops = customers.rows(variant)
    covered, online = (sum(bool(row[field]) for row in shops) for field in ("e_settle", "online"))
    town, country = (
        (27_14, 20_35) if variant is None else (draws.between(2101, 3599), draws.between(1401, 2899))
    )
    cases = 1_302_475 if variant is None else draws.between(900_001, 2_400_000)
    price = 2_214_680 if variant is None else draws.between(1_500_001, 2_600_000)
    share = covered * 10_000 / len(shops)
    texts = (
        f"截至三月末,本片区有零售客户{len(shops)} 户。用电子结算的{covered}户,占{share // 100:.0f},"
        f"其中还有{online}户\n在网上订货。六月末再统计,户数没有变,开\n通的多了 3 户。",
        f"全县人口{(town + country) // 100}. {(town + country) % 100:02d}万人,其中城镇{town // 100}. \n"
        f"{town % 100:02d}万人,农村{country // 100}.{country % 100:02d}万人。没有烟店的村叫“空白村',"
        f"共\n1\n6个。\n- 3 -\n本资料仅供内部学习\n每户每月驻店辅导1、5小时。",
        f"上半年销售卷烟{cases // 100}.\n{cases % 100:02d}箱,每箱均价{price // 100}. {price % 100:02d}\n元,"
        f"比上年同期提高2. 9 2%。税利增长4.\n38%。",
    )
    return tuple({"para": k, "text": text} for k, text in enumerate(texts, start=1))


def rows(variant: str | None) -> list[Row]:
    """Three paragraphs."""
    return [dict(row) for row in _made(variant)]
