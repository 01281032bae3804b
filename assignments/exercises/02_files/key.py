"""Key of the form fields, computed from the learner's own file. Never leaves the trainer's side."""

from coursekit.domain import customers

FIELDS = {"phone", "licence_no", "scale", "joined", "owner", "route", "lon"}


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `customers_raw`."""
    report = customers.cleaning_report(tables["customers_raw"])
    phones = int((report["rule"] == "phone_form").sum())
    doubts = int((report["kind"] == "疑").sum())
    codes = sorted(set(report.loc[report["field"].isin(FIELDS), "cust_id"]))
    return {
        "phones": {
            "type": "number",
            "value": phones,
            "unit": "户",
            "known": [{"value": len(report), "note": "这是全部问题的条数，问的是电话。"}],
        },
        "doubts": {
            "type": "number",
            "value": doubts,
            "unit": "户",
            "known": [{"value": len(report) - doubts, "note": "这是错的条数，问的是疑的。"}],
        },
        "moved": {
            "type": "choice",
            "value": "疑：坐标与线路不符，走访时核实是否搬迁",
            "known": [
                {"value": "A", "note": "没有去过，断定不了是线路编错了；改错了，送货就走错。"},
                {"value": "B", "note": "没有去过，断定不了是坐标采错了。"},
                {"value": "D", "note": "看见了不写，货就可能送不到。"},
            ],
        },
        "change": {
            "type": "multiple",
            "value": ["电话", "经营地址", "户主姓名", "经营规模"],
            "known": [
                {"value": "守法等级", "note": "守法等级由专卖部门评，不是店里换了要你改的。"},
                {"value": "入网日期", "note": "入网日期定下就不再变。"},
            ],
        },
        "issue": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "哪一户", "any": codes},
                {"name": "哪一栏", "any": ["电话", "号码", "许可证", "规模", "入网", "日期", "姓名", "户主", "线路", "坐标",
                                          "地址"]},
                {"name": "什么问题", "any": ["少一位", "多一位", "字母", "位数", "只有", "重复", "相同", "空着", "没有填", "缺", "不存在", "将来", "不符",
                    "对不上", "前导零", "开头的0", "丢了", "一模一样", "一样", "同一个", "没有这个代码", "没有这种", "不在", "还没到",
                    "未来", "晚于", "早于", "空的", "空白", "为空", "漏", "不对", "错了", "不可能", "没写", "没填", "没有写", "少了"],
                 "like": [r"\d+位",
                          r"[开前]头.{0,4}0"]},
                {"name": "怎样核实", "any": ["核实", "核对", "走访", "打电话", "问店主", "看原件", "证件", "查开户", "查资料", "后台查", "请后台", "核定", "核一",
                    "翻", "查", "问本人", "问他", "户主本人", "问户主", "当面问", "上门", "到店", "去店里", "联系", "原始", "确认"]},
            ],
            "never": ["直接删", "删掉这一行", "猜", "补个0", "随便填"],
        },
    }
