"""Cut the vendored Chinese font out of Noto Sans CJK SC: fewer characters, TrueType outlines.

    python scripts/make_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

Matplotlib and reportlab both want `glyf` outlines; the original carries CFF ones. The result is
written beside `coursekit.domain.plots`, where plots and PDF find it on every machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

TARGET = Path(__file__).resolve().parents[1] / "src/coursekit/domain/fonts/NotoSansSC-Regular.ttf"
FAMILY = "Noto Sans CJK SC"
OWN_FAMILY = "Coursekit Sans SC"  # our own name, so that an installed Noto never stands in for it
MAX_ERROR = 1.2  # [font units, 1000 per em]; not visible at any size we draw

NAME_CHARACTERS = (
    "喆堃昇祎珺玥琰翀彧垚淼焱燚赟頔甯吉邢瑄琪玮珩珮琎璟瑀瑭晗晞晟昊旻昕昱暄暐曦烨焜煜熠炜炘炀"
    "沄沐泓泠洺浠涵湉湑溱滢潆澍濛瀚嫣妤妍婧婳媛嫄姝娴婕婷嬅钰钧铄铉锜锟锴镕镔鋆鑫峤峣岚嵘崟屿"
    "芃芊芮苒茉荻莜莞菡萱葳蓁蔺薇薏蘅旸骁骞骐骥骧骕飏颢颀颋禛禔祺禧禹稷穆笙筠篁粲翊翎翮羿耘聿肜"
    "怡恺愔慜懿戬扬拓捷擎敏斐斓斌朗朔杞杦杨柃柠栩桐桢梓梵棣楷楠榕槿樾檀欣歆殊毓毅沣沅沁沂泽玘"
    "仝佟亓邸郄郗鄢酆闫阚缪隗逄麹昝臧亢佘佴俞詹谌郦漆訾芈冼凃揭禤氹圳坜墩屾仚伃佶侑俶倓傃"
)
TRADITIONAL = "資訊務物專案程式最佳化組合高階網路透過經濟執行硬體軟捲菸草聯絡繫係統標準實習電話號區縣鄉"
SIGNS = (
    "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～￥¥％＋－×÷＝≠≤≥±≈∞√∑°℃′″‰※→←↑↓↔⇒"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤ●○■□◆◇▲△▼▽★☆✓✔✗✘–•€−²³½¼¾αβθσμλΔΣπ"
    "／＆＃＠｜＿＊０１２３４５６７８９　"
)


def characters() -> set[int]:
    """Code points to keep: ASCII, Latin-1, GB 2312, common signs, names, a few traditional ones."""
    kept = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                kept.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return kept | {ord(sign) for sign in NAME_CHARACTERS + TRADITIONAL + SIGNS}


def outlines_to_truetype(font: TTFont) -> None:
    """Replace the CFF outlines of `font` by quadratic `glyf` ones, in place."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, drawn
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    for name in order:  # left side bearings have to agree with the new outlines
        glyph = drawn[name]
        glyph.recalcBounds(table)
        font["hmtx"].metrics[name] = (font["hmtx"].metrics[name][0], getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions",
    ):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, order
    font.sfntVersion = "\x00\x01\x00\x00"


def main(source: str) -> int:
    """Write the font; returns 0."""
    collection = TTCollection(source)
    font = next(f for f in collection.fonts if f["name"].getDebugName(1) == FAMILY)
    options = Options()
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["vhea", "vmtx", "BASE", "GSUB", "GPOS", "GDEF", "DSIG"]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    outlines_to_truetype(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = "CoursekitSansSC-Regular" if record.nameID == 6 else OWN_FAMILY
    font.recalcTimestamp = False
    font.save(TARGET)
    print(f"{TARGET.name}: {len(font.getGlyphOrder())} glyphs, {TARGET.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
