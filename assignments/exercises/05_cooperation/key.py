"""Key of the form fields, computed from the learner's own table. Never leaves the trainer's side."""

from coursekit.domain import customers

KEEP = 2  # visits a month that a shop of high cooperation keeps, as in the form's question
DAY = r"\d{1,2}月(\d|底|初|中|末|第|前|上|下)|\d[日号]|月[底末初中]|年底|下个?(月|周|星期|礼拜|季)|[一二两三四五六七八九十\d]+个?(月|周|星期|季度|天)(后|内|以后|之后|以内|之内|为限)|季[末底]|季度[末底]|周[一二三四五六日]|星期[一二三四五六日]"


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `coop190`."""
    table = tables["coop190"]
    segment = customers.segments(table)["segment"]
    hard = segment == "low_hard"
    now = table.loc[segment == "high", "visits_now"]
    spare = int((now - KEEP).clip(lower=0).sum())
    return {
        "hard": {
            "type": "number",
            "value": int(hard.sum()),
            "unit": "户",
            "known": [
                {"value": int((segment == "low_small").sum()), "note": "这是价值低的一组，问的是价值高的。"},
                {"value": int((table["value"] >= 50).sum()), "note": "只看了价值，没有看配合程度和依存度。"},
            ],
        },
        "spare": {
            "type": "number",
            "value": spare,
            "unit": "次",
            "known": [
                {"value": int(now.sum()), "note": "这是高配合的户现在一共走的次数，没有留下日常走访。"},
                {"value": int((table["visits_now"] - KEEP).clip(lower=0).sum()), "note": "把中、低配合的户也算进来省了。"},
            ],
        },
        "basis": {
            "type": "choice",
            "value": "C",
            "known": [
                {"value": "A", "note": "两个次数依据不同，平均出来的数哪边都不是。"},
                {"value": "B", "note": "多走要花时间，别的户就少走；次数不能谁多照谁。"},
                {"value": "D", "note": "年份新的是别家的做法，不一定管你这里。"},
            ],
        },
        "actions": {
            "type": "multiple",
            "value": ["每个访销周期叮嘱他按时存款", "帮他设余额提醒，或者改成银行代扣", "问清是忘了，还是来不及去银行"],
            "known": [
                {"value": "先替他垫上，下次走访再收回来", "note": "垫钱，就是经手店主的钱，账说不清。"},
                {"value": "紧俏烟先停一个月，让他长记性", "note": "停货当惩罚，没有这条规矩，他会投诉。"},
            ],
        },
        "plan": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "哪一户", "any": sorted(table.loc[hard, "cust_id"])},
                {"name": "怎样做", "any": ["多走访", "多上门", "多去", "每周去", "增加走访", "加走", "算盈利", "算清", "算一笔账", "算账", "讲政策", "重点培育",
                    "讲形势", "培育"],
                 "like": [r"[多加增](去|走|跑|派|上门|拜访|走访)|(每周|一周|每星期|每月|一个月).{0,4}(去|走|跑|上门|次|访)",
                          r"(算|讲|说|谈|看|摆).{0,8}(盈利|利润|账|毛利|赚|收益|政策|形势)|(盈利|利润|账|毛利).{0,4}(算|讲|看|摆)"]},
                {"name": "到哪天", "any": ["下月", "下个月", "月底", "季度", "两周", "四周", "三个月", "一个月后", "号前", "日前", "年底"],
                 "like": [DAY]},
                {"name": "看哪个数", "any": ["成功率", "扣款", "订货次数", "订单", "销量", "毛利", "配合分", "配合程度", "分数", "满意", "次数", "订货", "几次",
                    "增长"],
                 "like": [r"(看|比|对比|对照|查).{0,10}(数|次|量|率|分|单|条|额|利)"]},
            ],
            "never": ["送礼", "购物卡", "请吃饭", "垫钱", "垫付", "替他存", "停货", "停紧俏", "必须进", "压货", "核定销量"],
        },
    }
