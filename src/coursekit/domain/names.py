"""Invented people, shops, streets and brands for the synthetic tables. None of them is real."""

from __future__ import annotations

from typing import Protocol, TypeVar

T = TypeVar("T")

SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
GIVEN = tuple("安柏楚岱芳庚海禾锦俊可澜茂宁沛芹荣若善恬文溪夏晓雅砚野依宜樱永玉远芸泽知舟梓")
SHOP_WORDS = (
    "福满", "顺和", "聚源", "金桂", "长兴", "好又佳", "邻里", "百汇", "德胜", "万家灯", "惠民", "旺角", "春晖", "吉祥",
    "同乐", "广源", "永丰", "鑫隆", "嘉禾", "康乐", "四季", "悦来", "东升", "恒昌", "家和", "天天", "翠竹", "宏图",
)  # fmt: skip
SHOP_KINDS = {
    "Z": ("食杂店", "副食店", "小卖部"),
    "B": ("便利店", "便民店"),
    "S": ("超市", "生活超市"),
    "N": ("商场", "百货商场"),
    "Y": ("烟酒店", "烟酒商行"),
    "F": ("饭店", "酒家", "歌厅", "茶楼"),
    "Q": ("报刊亭", "加油站便利点", "文具店"),
}
STREETS = {
    "A": ("青石街", "柳荫路", "书院巷", "钟楼街", "南塘路", "槐树街"),
    "B": ("新安大道", "站前路", "百花路", "工业一路", "兴业街", "文昌路", "东环路"),
    "C": ("滨河路", "渡口街", "望江路", "石桥街", "花园路", "西环路"),
    "D": ("松岭镇老街", "松岭镇新街", "白鹭村", "杏花村", "长埠村", "竹园村"),
    "E": ("云溪镇正街", "云溪镇后街", "双井村", "枫林村", "黄泥村", "下湾村", "石门村"),
}
BRANDS = (
    "云岫", "青屿", "长汀", "鹿渚", "稻声", "山岚月", "江帆影", "雁汀", "松屿", "沧溪", "霁色", "古埠", "丹汀", "听雨轩", "墨竹里",
)  # fmt: skip
BRAND_LINES = ("软", "硬", "细支", "中支", "蓝", "金", "红", "典藏")


class Picker(Protocol):
    """What is needed of a stream of draws."""

    def pick(self, items: tuple[T, ...]) -> T:
        """One of the items."""
        ...

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        ...


def person(draws: Picker) -> str:
    """Name of an invented person."""
    tail = draws.pick(GIVEN) if draws.chance(0.75) else ""
    return draws.pick(SURNAMES) + draws.pick(GIVEN) + tail


def shop(draws: Picker, kind: str) -> str:
    """Name of an invented shop of a business type (Z B S N Y F Q)."""
    return draws.pick(SHOP_WORDS) + draws.pick(SHOP_KINDS[kind])
