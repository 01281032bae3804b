"""D-16 events: forty sudden events, at least one for every rule of the emergency plan (S0-087…S0-121).

Type and scope are the keys of policy `service`; what must be done is not in the table. Temporary
supply is also refused for reasons in the other columns (S0-116).
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain import names
from coursekit.domain.calendar import is_working_day
from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws

PLAIN: dict[tuple[str, str], tuple[str, ...]] = {
    ("network", "all"): ("全市订货系统打不开，各营销部都报上来。",),
    ("network", "local"): ("只有一个营销部的订单传不上去。",),
    ("equipment", "power"): ("订单部所在的楼早上断了电。", "机房停电，备用电源已经接上。"),
    ("equipment", "attack"): ("一台办公电脑弹出可疑文件，像是中了病毒。",),
    ("equipment", "line"): ("到中转站的专线不通，自查不是本单位的设备。",),
    ("equipment", "device"): ("机房的一台交换机烧坏。",),
    ("equipment", "business_system"): ("营销业务系统停了，主机备机都进不去。",),
    ("equipment", "voice_board"): ("订单采集的语音板坏了，电话进不来。",),
    ("equipment", "scanner"): ("到货扫描的手持枪坏了两把。",),
    ("equipment", "order_phone"): ("三号订货席位的电话没有声音。", "五号订货席位的电脑开不了机。"),
    ("weather", "most"): ("台风过境，{n} 个镇都断了路，多数客户送不到。", "连日大雪，全区送货车出不了门。"),
    ("weather", "few"): ("山洪冲断一座桥，桥那头的 {n} 户送不到。",),
    ("weather", "order_day"): ("订货当天暴雨，{shop}去不了银行存款。", "订货日大雪封路，{shop}存不了款。"),
    ("weather", "flood"): ("暴雨后仓库一角进水。",),
    ("weather", "restored"): ("断了三天的路今天通了，这一片有 {n} 户等货。",),
    ("vehicle", "one"): ("送货车在半路抛锚，车上还有 {n} 户的货。",),
    ("vehicle", "several"): ("一个片区两辆送货车同时坏，备用车只有一辆。",),
    ("accident", "no_vehicle"): ("送货车被撞坏，没有伤人，本单位也派不出别的车。",),
    ("accident", "no_casualty"): ("送货车与护栏剐蹭，没有人受伤，车还能开。",),
    ("accident", "casualty"): ("送货车出了事故，有一人受伤。",),
    ("accident", "driver"): ("事故里驾驶员受伤住院，车和货没有事，还剩 {n} 户没送。",),
    ("supply", "short_total"): ("这个月各档都紧，总量就不够。",),
    ("supply", "short_brand"): ("一个畅销品规连着两周不够分，已有 {n} 起投诉。",),
    ("supply", "slow_quality"): ("一个品规因为霉味退货多，卖不动。",),
    ("supply", "late_factory"): ("厂家推迟了生产，说好的货没有发。",),
    ("supply", "late_vehicle"): ("拉货的车坏在高速上，到货要晚。",),
    ("supply", "not_this_cycle"): ("厂家答复，这个品规本周期确定到不了。",),
}
DEMAND: tuple[tuple[str, str, bool, bool, str], ...] = (
    ("planned", "{shop}下月办婚宴的客人要 {n} 条，提前一个月打听。", True, True, "normal"),
    ("planned", "镇上要开大会，{shop}估计多卖 {n} 条。", True, True, "normal"),
    ("planned", "{shop}有老人过寿，想加 {n} 条。", True, True, "normal"),
    ("special", "{shop}的邻居后天办喜事，来不及等订货日，要 {n} 条。", True, True, "normal"),
    ("special", "{shop}接到单位临时会议的订货，明天就要 {n} 条。", True, True, "normal"),
    ("consumer", "一位市民自己来问，办婚事想买 {n} 条。", True, True, "normal"),
    ("planned", "{shop}替客人订婚宴用烟，指定要紧俏的那种 {n} 条。", True, True, "tight"),
    ("special", "{shop}急要受控的品规 {n} 条。", True, True, "controlled"),
    ("planned", "{shop}上月因乱渠道进货被罚，现在要加 {n} 条。", False, True, "normal"),
    ("special", "{shop}一直没有执行明码实价，今天要急补 {n} 条。", True, False, "normal"),
)


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("events", variant)
    made: list[Row] = []
    for (kind, scope), texts in PLAIN.items():
        made.append(_row(draws, kind, scope, draws.pick(texts)))
    for scope, text, abiding, priced, stock in DEMAND:
        row = _row(draws, "demand", scope, text)
        made.append({**row, "law_abiding": abiding, "clear_price": priced, "stock": stock})
    while len(made) < 40:
        kind, scope = draws.pick([key for key, texts in PLAIN.items() if len(texts) > 1])
        made.append(_row(draws, kind, scope, draws.pick(PLAIN[kind, scope])))
    made.sort(key=lambda row: str(row["time"]))
    return tuple({"event_id": f"E{k:02d}", **row} for k, row in enumerate(made, start=1))


def rows(variant: str | None) -> list[Row]:
    """Events in order of time."""
    return [dict(row) for row in _made(variant)]


def _row(draws: Draws, kind: str, scope: str, text: str) -> Row:
    while True:
        day = f"2024-{draws.between(1, 12):02d}-{draws.between(1, 28):02d}"
        if is_working_day(day):
            break
    shop = names.shop(draws, draws.weighted({"Z": 5, "B": 3, "S": 2}))
    return {
        "time": f"{day} {draws.between(8, 17):02d}:{draws.between(0, 59):02d}",
        "type": kind,
        "scope": scope,
        "detail": text.replace("{shop}", shop).replace("{n}", str(draws.between(4, 48))),
        "law_abiding": None,
        "clear_price": None,
        "stock": None,
    }
