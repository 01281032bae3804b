"""Bank texts as people send them, with what must come of them; written before looking at the importer.

`items` are accepted and right, a fragment in `rejects` stands in a reject, `either` may be right or refused:
anything else that is accepted is a wrong item.
"""

from __future__ import annotations

from dataclasses import dataclass

Expected = tuple[str, object, str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Case:
    """One text: (type, answer or None for any, part of the stem, options or None for any) for each item."""

    name: str
    text: str
    items: tuple[Expected, ...] = ()
    rejects: tuple[str, ...] = ()
    either: tuple[Expected, ...] = ()
    encoding: str = "utf-8"


CASES: list[Case] = []
S, M, T, B, Q = "single", "multiple", "true_false", "blank", "short"
TWO = "1、谁发货？\nA、物流 B、店主 C、邻居\n2、谁收货？\nA、物流 B、店主 C、邻居\n"
THREE = TWO + "3、谁对账？\nA、物流 B、店主 C、邻居\n"


def case(
    name: str,
    text: str,
    items: list[Expected],
    rejects: list[str] | None = None,
    may: list[Expected] | None = None,
    enc: str = "utf-8",
) -> None:
    CASES.append(Case(name, text, tuple(items), tuple(rejects or ()), tuple(may or ()), enc))


case(
    "Chinese numerals 一、 as items",
    """一、客户分类的主要依据是什么？
A、销量与配合度
B、店主年龄
C、门店朝向
正确答案：A
二、拜访前第一步做什么？
A、看台账
B、先打招呼
C、直接推新品
正确答案：A
""",
    [
        (S, [0], "客户分类的主要依据", ("销量与配合度", "店主年龄", "门店朝向")),
        (S, [0], "拜访前第一步", ("看台账", "先打招呼", "直接推新品")),
    ],
)

case(
    "answers at end as a table in rows",
    """某公司2023年四月应知应会测试
一、单选题（每题2分）
1、信息点每周采集几次库存？
A、一次  B、两次  C、三次  D、四次
2、品牌上柜以什么为前提？
A、下达任务  B、客户自愿  C、现金奖励  D、领导要求
3、价格标签缺失应先做什么？
A、罚款  B、补齐  C、不管  D、停货

参考答案
1 2 3
B B B
""",
    [],
    [],
    may=[(S, [1], "信息点每周采集", None), (S, [1], "品牌上柜以什么", None), (S, [1], "价格标签缺失", None)],
)

case(
    "blank with the answer inside underscores",
    """五、填空题
1、每季度对档案核查_一_次。
2、台账保存期为__两年__。
""",
    [],
    [],
    may=[(B, [["一"]], "每季度", None), (B, [["两年"]], "台账保存期", None)],
)

case(
    "watermark lines between options",
    """1. 对新客户先讲什么？
A. 订货流程
仅供内部学习 严禁外传
B. 会员折扣
C. 抽奖活动
答案：A
""",
    [],
    [],
    may=[(S, [0], "对新客户先讲", ("订货流程", "会员折扣", "抽奖活动"))],
)

case(
    "scores in brackets and answer in brackets",
    """1.（2分）下列哪项属于服务记录？（ A ）
A.走访时间 B.店主生日礼物 C.天气
2.（2分）下列哪项不写进档案？（ C ）
A.电话 B.地址 C.店主的家事
""",
    [
        (S, [0], "哪项属于服务记录", ("走访时间", "店主生日礼物", "天气")),
        (S, [2], "哪项不写进档案", ("电话", "地址", "店主的家事")),
    ],
)

case(
    "duplicated item, same key",
    """1、扣款失败先联系谁？
A、店主 B、司机 C、邻居
答案：A
2、扣款失败先联系谁？
A、店主 B、司机 C、邻居
答案：A
""",
    [(S, [0], "扣款失败先联系谁", None)],
    [],
    may=[(S, [0], "扣款失败先联系谁", None)],
)

case(
    "duplicated item, two keys",
    """1、月末盘点由谁做？
A、店主 B、客户经理 C、司机
答案：A
2、月末盘点由谁做？
A、店主 B、客户经理 C、司机
答案：B
""",
    [],
    ["月末盘点"],
)

case(
    "two answer lines disagree",
    """1、价签由谁填写？
A、店主 B、客户经理 C、司机
答案：A
参考答案：B
""",
    [],
    ["价签由谁填写"],
)

case(
    "multiple section with one letter",
    """二、多选题
1. 节日前要提醒客户什么？
A. 备货
B. 存款
C. 关门
D. 搬家
答案：A
""",
    [],
    [],
    may=[(M, [0], "节日前要提醒", None), (S, [0], "节日前要提醒", None)],
)

case(
    "run-together export, two-digit split, decimal option",
    """秋季摸底测验一、单选题您的部门: [填空题] *____________1、每户走访停留不少于()小时。 [单选题] *A.0.5(正确答案)B、1C、1.5D、22、每月走访不少于()次。 [单选题] *A.1B、2(正确答案)C、3D、4""",
    [],
    [],
    may=[
        (S, [0], "每户走访停留", ("0.5", "1", "1.5", "2")),
        (S, [1], "每月走访不少于", ("1", "2", "3", "4")),
    ],
)

case(
    "platform text with ; and |",
    """题目：走访的三要素是哪些？
类型：多选题
A：时间
B：对象
C：内容
D：礼品
答案：A;B;C

题目：一季度是___个月，半年是___个月。
类型：填空题
答案：3|6
""",
    [(M, [0, 1, 2], "走访的三要素", ("时间", "对象", "内容", "礼品")), (B, [["3"], ["6"]], "一季度是", ())],
)

case(
    "option letters skip / repeat",
    """1. 走访顺序怎样排？
A. 先远后近
B. 先近后远
B. 随意
D. 抽签
答案：B
2. 盘点从哪里开始？
A. 柜台
B. 仓库
D. 门口
答案：A
""",
    [],
    ["走访顺序"],
    may=[(S, [0], "盘点从哪里", None)],
)

case(
    "correct mark by star and tick",
    """1. 谁批准临时改线？
A. 店主
★B. 市场经理
C. 司机
2. 客户签名在哪一栏？
A. 备注
B. 签收 √
C. 附件
""",
    [],
    [],
    may=[
        (S, [1], "谁批准临时改线", ("店主", "市场经理", "司机")),
        (S, [1], "客户签名在哪", ("备注", "签收", "附件")),
    ],
)

case(
    "only headings and notices",
    """某市公司 2024 年一季度考试
姓名：________  部门：________  得分：________
注意事项：
1. 考试时间 60 分钟。
2. 不得交头接耳。
""",
    [],
    [],
)

case(
    "answers 甲乙丙 and true/false by 是 否",
    """判断题
1. 送货日可以私自调整。（否）
2. 走访要先约时间。（是）
""",
    [],
    [],
    may=[(T, False, "送货日可以私自", ()), (T, True, "走访要先约", ())],
)

case(
    "labelled table rows",
    """一、单选题
1、送货前要核对什么？
A、单据 B、天气 C、车牌
2、收款用哪种方式？
A、代扣 B、欠条 C、以物抵
3、台账交给谁看？
A、邻居 B、市场经理 C、司机

答案
题号\t1\t2\t3
答案\tA\tA\tB
""",
    [
        (S, [0], "送货前要核对", ("单据", "天气", "车牌")),
        (S, [0], "收款用哪种", ("代扣", "欠条", "以物抵")),
        (S, [1], "台账交给谁", ("邻居", "市场经理", "司机")),
    ],
)

case(
    "answer table shorter than items",
    """1、送货前要核对什么？
A、单据 B、天气 C、车牌
2、收款用哪种方式？
A、代扣 B、欠条 C、以物抵
3、台账交给谁看？
A、邻居 B、市场经理 C、司机
答案：1-3 AA
""",
    [],
    ["送货前要核对", "收款用哪种", "台账交给谁"],
)

case(
    "key numbering restarts in two sections but key has one list",
    """一、单选题
1. 走访由谁安排？
A. 自己 B. 店主 C. 司机
2. 盘点由谁安排？
A. 自己 B. 店主 C. 司机
二、单选题
1. 例会由谁安排？
A. 自己 B. 市场经理 C. 司机
2. 送货由谁安排？
A. 物流 B. 店主 C. 邻居
答案：1.A 2.B
""",
    [],
    [],
    may=[(S, [0], "走访由谁", None), (S, [1], "盘点由谁", None)],
)

case(
    "run-together with ambiguous digits",
    """单选题1、每周开会()次。 [单选题] *A、1(正确答案)B、2C、3D、1 2、每月盘点()次。 [单选题] *A、1B、2(正确答案)C、3D、43、每季""",
    [],
    [],
    may=[
        (S, [1], "每月盘点", ("1", "2", "3", "4")),
    ],
)

case(
    "run-together 11、 options",
    """一、单选题9、每片区()户。 [单选题] *A.100B、110(正确答案)C、120D、13010、每线()户。 [单选题] *A.20(正确答案)B、21C、22D、2311、每天()户。 [单选题] *A.10B、12C、14(正确答案)D、16""",
    [],
    [],
    may=[
        (S, [1], "每片区", ("100", "110", "120", "130")),
        (S, [0], "每线", ("20", "21", "22", "23")),
        (S, [2], "每天", ("10", "12", "14", "16")),
    ],
)

case(
    "stem ends 对 or 错 as words",
    """判断题
1. 这种做法是对的。（错）
2. 客户说的都对。
3. 记录写错。（对）
""",
    [(T, False, "这种做法是对的", ()), (T, True, "记录写错", ())],
    ["客户说的都对"],
)

case(
    "single item with bracket letter that is a name",
    """1. 客户按（A）（B）（C）三类分，哪类最多走访？
A. A类
B. B类
C. C类
答案：A
""",
    [(S, [0], "客户按", ("A类", "B类", "C类"))],
)

case(
    "page header repeated in the middle of options",
    """某市公司应知应会题库
1. 走访后几小时内录入？
A. 当天
某市公司应知应会题库
第 2 页
B. 三天
C. 一周
答案：A
""",
    [],
    [],
    may=[(S, [0], "走访后几小时", ("当天", "三天", "一周"))],
)

case(
    "two columns flattened",
    """1. 断货先看什么？        2. 换货找谁？
A. 库存                 A. 客户经理
B. 星座                 B. 邻居
C. 天气                 C. 司机
答案：A                 答案：A
""",
    [],
    [],
    may=[
        (S, [0], "断货先看什么", ("库存", "星座", "天气")),
        (S, [0], "换货找谁", ("客户经理", "邻居", "司机")),
    ],
)

case(
    "explanation contains 答案 and letters",
    """1. 电话回访隔几天？
A. 一天
B. 三天
C. 七天
答案：B
解析：有人选A，答案：A是投诉的时限，不是回访。
2. 入户先亮什么？
A. 工作证
B. 礼品
C. 手机
答案：A
""",
    [(S, [0], "入户先亮什么", ("工作证", "礼品", "手机"))],
    [],
    may=[(S, [1], "电话回访隔几天", ("一天", "三天", "七天"))],
)

case(
    "options up to F, answers letters unordered / repeated",
    """1. 早会流程有哪些？
A. 点名 B. 通报 C. 分工 D. 午睡 E. 提问 F. 总结
答案：FECBA
2. 晚会流程有哪些？
A. 总结 B. 分工 C. 午睡
答案：AAB
""",
    [(M, [0, 1, 2, 4, 5], "早会流程", None)],
    [],
    may=[(M, [0, 1], "晚会流程", None)],
)

case(
    "blanks number mismatch",
    """填空题
1. 一年有____季，一季有____月。
答案：四
2. 一周有____天。
答案：七；7
3. 一天有____小时，一小时有____分。
答案：24、60
""",
    [],
    ["一年有"],
    may=[
        (B, [["七"], ["7"]], "x", ()),
        (B, [["24"], ["60"]], "一天有", ()),
        (B, [["七", "7"]], "一周有", ()),
    ],
)

case(
    "blanks synonyms by slash / 或",
    """填空题
1. 月报在每月____日前交。
答案：5/五
2. 片区经理又叫____。
答案：市场经理或片长
""",
    [],
    [],
    may=[
        (B, [["5", "五"]], "月报", ()),
        (B, [["市场经理", "片长"]], "片区经理", ()),
        (B, [["市场经理或片长"]], "片区经理", ()),
    ],
)

case(
    "gb18030 with traditional marks and ideographic numbers ①②",
    "① 拜訪前先看什麼？\nA、台帳\nB、天氣\nC、星座\n答案：A\n② 送貨單誰簽？\nA、店主\nB、路人\nC、司機\n答案：A\n",
    [(S, [0], "拜訪前", ("台帳", "天氣", "星座")), (S, [0], "送貨單", ("店主", "路人", "司機"))],
    enc="gb18030",
)

case(
    "第1题 numbering and 选A",
    """第1题 走访路线由谁批准？
A 店主
B 市场经理
C 司机
选B
第2题 走访记录由谁抽查？
A 督查员
B 邻居
C 司机
答案：选A
""",
    [],
    [],
    may=[(S, [1], "走访路线由谁", None), (S, [0], "走访记录由谁抽查", None)],
)

case(
    "wjx analysis table pasted (counts)",
    """第1题 走访频次按什么定？ [单选题]
选项\t小计\t比例
星级 (答案)\t12\t75%
天气\t3\t18.75%
星座\t1\t6.25%
本题有效填写人次\t16
""",
    [],
    [],
    may=[(S, [0], "走访频次按什么", ("星级", "天气", "星座"))],
)

case(
    "same number twice, answers list ambiguous",
    """1. 值班表贴哪里？
A. 门口 B. 车上 C. 家里
1. 钥匙挂哪里？
A. 墙上 B. 车上 C. 家里
答案：1.A
""",
    [],
    [],
    may=[],
)

case(
    "table under sections restarting",
    """一、单选题
1、甲？
A、一 B、二 C、三
2、乙？
A、一 B、二 C、三
二、判断题
1、丙是黑的。
2、丁是白的。
答案
一、单选题
题号 1 2
答案 C B
二、判断题
题号 1 2
答案 √ ×
""",
    [
        (S, [2], "甲", ("一", "二", "三")),
        (S, [1], "乙", ("一", "二", "三")),
        (T, True, "丙是黑的", ()),
        (T, False, "丁是白的", ()),
    ],
)

case(
    "table restarts but no section names in key",
    """一、单选题
1、甲店几户？
A、一 B、二 C、三
2、乙店几户？
A、一 B、二 C、三
二、单选题
1、丙店几户？
A、一 B、二 C、三
题号 1 2
答案 C B
""",
    [],
    [],
    may=[(S, [1], "乙店几户", None)],
)

case(
    "pipe tables markdown",
    """1. 甲店几户？
A. 一 B. 二 C. 三
2. 乙店几户？
A. 一 B. 二 C. 三

| 题号 | 1 | 2 |
| --- | --- | --- |
| 答案 | A | C |
""",
    [],
    [],
    may=[(S, [0], "甲店几户", None), (S, [2], "乙店几户", None)],
)

case(
    "一、 headings that are not items",
    """一、基本情况
姓名：____
二、走访要求
A. 每周一次
B. 带台账
三、说明
本卷不评分
""",
    [],
)

case(
    "一、 items with a missing number",
    """一、甲店几户？
A. 一
B. 二
答案：A
三、乙店几户？
A. 一
B. 二
答案：B
""",
    [],
    [],
    may=[(S, [0], "甲店几户", None), (S, [1], "乙店几户", None)],
)

case(
    "一、 to 十二、",
    "".join(
        f"{n}、第{n}家店有几节柜台？\nA. 一节\nB. {i + 2}节\nC. 二十节\n答案：B\n"
        for i, n in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"])
    ),
    [
        (S, [1], f"第{n}家店", ("一节", f"{i + 2}节", "二十节"))
        for i, n in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"])
    ],
)

case(
    "judge with 是/否 in stem end but no section",
    """1. 每户是否都要建档（是）
2. 每户是否都要送礼（否）
""",
    [],
    [],
    may=[(T, True, "每户是否都要建档", ()), (T, False, "每户是否都要送礼", ())],
)

case(
    "score prefix and name in brackets",
    """一、单选题
1、（5分）（某公司）谁审批？
A、经理 B、司机
答案：A
2、(2 分)记录写几份？
A、一 B、两
答案：B
""",
    [(S, [0], "（某公司）谁审批", ("经理", "司机")), (S, [1], "记录写几份", ("一", "两"))],
)

case(
    "duplicates three times, one differs",
    """1、谁签字？
A、店主
B、司机
答案：A
2、谁签字
A、司机
B、店主
答案：B
3、谁签字？
A、店主
B、司机
答案：B
""",
    [],
    ["谁签字"],
)

case(
    "same stem other options",
    """1、下列哪项正确？
A、天是蓝的 B、天是绿的
答案：A
2、下列哪项正确？
A、草是绿的 B、草是蓝的
答案：A
""",
    [(S, [0], "下列哪项正确", ("天是蓝的", "天是绿的")), (S, [0], "下列哪项正确", ("草是绿的", "草是蓝的"))],
)

case(
    "blank duplicates contradict",
    """填空题
1、一箱____条。
答案：250
2、一箱____条。
答案：200
""",
    [],
    ["一箱"],
)

case(
    "true/false duplicates contradict by punctuation",
    """判断题
1、走访要记录。（√）
2、走访要记录（×）
""",
    [],
    ["走访要记录"],
)

case(
    "lone letters list as answers each line w/out numbers",
    """1、谁发货？
A、物流 B、店主
2、谁收货？
A、物流 B、店主
答案：
A
B
""",
    [],
    [],
    may=[],
)

case(
    "options numbered 1) 2) under numbered items",
    """1. 谁发货？
(1) 物流
(2) 店主
答案：(1)
2. 谁收货？
(1) 物流
(2) 店主
答案：(2)
""",
    [],
    [],
    may=[(S, [0], "谁发货", ("物流", "店主")), (S, [1], "谁收货", ("物流", "店主"))],
)

case(
    "csv options in one cell",
    """题目,题型,选项,答案
谁发货？,单选题,A.物流|B.店主|C.邻居,A
谁收货？,单选题,物流;店主;邻居,B
""",
    [],
    [],
    may=[(S, [0], "谁发货", ("物流", "店主", "邻居")), (S, [1], "谁收货", ("物流", "店主", "邻居"))],
)

case(
    "csv true/false as A/B and 1/0",
    """题目,题型,选项A,选项B,答案
天是蓝的。,判断题,对,错,A
草是红的。,判断题,正确,错误,B
水是干的。,判断题,,,0
""",
    [(T, True, "天是蓝的", ()), (T, False, "草是红的", ())],
    [],
    may=[(T, False, "水是干的", ())],
)

case(
    "roman numerals",
    """I. 谁发货？
A. 物流
B. 店主
答案：A
II. 谁收货？
A. 物流
B. 店主
答案：B
""",
    [],
    [],
    may=[(S, [0], "谁发货", ("物流", "店主")), (S, [1], "谁收货", ("物流", "店主"))],
)

case(
    "blank with answers bold inline brackets and value in stem",
    """填空题
1、每箱（250）条，每条（10）包。
2、每季走访（ 3 ）次。
""",
    [],
    [],
    may=[(B, [["250"], ["10"]], "每箱", ()), (B, [["3"]], "每季走访", ())],
)

case(
    "right answers by digits",
    THREE + "答案：1A 2B 3C\n",
    [(S, [0], "谁发货", None), (S, [1], "谁收货", None), (S, [2], "谁对账", None)],
)

case(
    "answer names another number",
    """1、谁发货？
A、物流 B、店主 C、邻居
答案：2.B
2、谁收货？
A、物流 B、店主 C、邻居
答案：1.A
""",
    [],
)

case(
    "judge list",
    "判断题\n1、天是蓝的。\n2、草是红的。\n3、水是湿的。\n答案：√ × √\n",
    [],
    [],
    may=[(T, True, "天是蓝的", ()), (T, False, "草是红的", ()), (T, True, "水是湿的", ())],
)

case(
    "judge list glued",
    "判断题\n1、天是蓝的。\n2、草是红的。\n3、水是湿的。\n答案：√×√\n",
    [],
    [],
    may=[(T, True, "天是蓝的", ()), (T, False, "草是红的", ()), (T, True, "水是湿的", ())],
)

case(
    "judge list lines",
    "判断题\n1、天是蓝的。\n2、草是红的。\n3、水是湿的。\n答案：\n√\n×\n√\n",
    [],
    [],
    may=[],
)

case("blank list", "填空题\n1、一箱____条。\n2、一条____包。\n答案：250；10\n", [], [], may=[])

case("blank list lines", "填空题\n1、一箱____条。\n2、一条____包。\n答案：\n250\n10\n", [], [], may=[])

case(
    "first unanswered then answered single",
    """1、谁发货？
A、物流 B、店主 C、邻居
2、谁收货？
A、物流 B、店主 C、邻居
答案：B
3、谁对账？
A、物流 B、店主 C、邻居
答案：C
""",
    [(S, [2], "谁对账", None)],
    ["谁发货"],
    may=[(S, [1], "谁收货", None)],
)

case(
    "multiple section, all in one key line",
    """多选题
1、谁发货？
A、物流 B、店主 C、邻居
2、谁收货？
A、物流 B、店主 C、邻居
答案：AB BC
""",
    [],
)

case(
    "multiple section key glued",
    """多选题
1、谁发货？
A、物流 B、店主 C、邻居
2、谁收货？
A、物流 B、店主 C、邻居
答案：AB
""",
    [],
    ["谁发货"],
    may=[(M, [0, 1], "谁收货", None)],
)

case(
    "short list",
    "简答题\n1、写出步骤。\n2、写出工具。\n答案：先看后问；台账\n",
    [],
    [],
    may=[(Q, ["先看后问", "台账"], "写出工具", ())],
)

for behind in ("答案：A B", "答案：AB", "答案：A、B", "答案：A；B", "【答案】AB"):
    case(f"two answers behind the second: {behind}", f"{TWO}{behind}\n", [])

for behind in (
    "答案：ABC",
    "参考答案\nABC",
    "参考答案：\nA\nB\nC",
    "答案\nA B C",
    "答案：BAC",
    "正确答案\nA\n\nB\n\nC",
    "ABC",
    "A\nB\nC",
    "参考答案 A B C",
):
    case(f"three answers behind the third: {behind}", f"{THREE}{behind}\n", [])

case(
    "unnumbered, one unanswered then a list",
    """谁发货？
A. 物流
B. 店主

谁收货？
A. 物流
B. 店主
答案：AB
""",
    [],
    [],
    may=[],
)

case(
    "inline and key disagree",
    """1、谁发货（A）
A、物流 B、店主
2、谁收货（B）
A、物流 B、店主
参考答案：1.A 2.A
""",
    [],
    ["谁收货"],
    may=[(S, [0], "谁发货", None)],
)

case(
    "explanation paragraphs numbered",
    """1、谁发货？
A、物流
B、店主
答案：A
解析：1、物流有车。
2、店主没有车。
2、谁收货？
A、物流
B、店主
答案：B
""",
    [],
    [],
    may=[(S, [0], "谁发货", None), (S, [1], "谁收货", None)],
)

case(
    "stems lost: options only",
    """1、
A、物流
B、店主
答案：A
2、谁收货？
A、物流
B、店主
答案：B
""",
    [(S, [1], "谁收货", ("物流", "店主"))],
    [],
)

case(
    "one line all with spaces no answers marks but (A)",
    "1、谁发货（A） A、物流 B、店主 C、邻居 2、谁收货（B） A、物流 B、店主 C、邻居",
    [],
    [],
    may=[(S, [0], "谁发货", ("物流", "店主", "邻居")), (S, [1], "谁收货", ("物流", "店主", "邻居"))],
)

case(
    "answer lower-case abd, mixed",
    """多选题
1、哪些要带？
A、台账
B、价签
C、礼品
D、宣传单
答案：abd
2、哪些要看？
A、柜台
B、库存
C、天空
答案：a,B
""",
    [],
    [],
    may=[(M, [0, 1, 3], "哪些要带", None), (M, [0, 1], "哪些要看", None)],
)

case(
    "trailing garbage after answer letters",
    """1、谁发货？
A、物流
B、店主
答案：A（见第3页）
2、谁收货？
A、物流
B、店主
答案：B。
3、谁对账？
A、物流
B、店主
答案：A或B
""",
    [(S, [1], "谁收货", None)],
    ["谁对账"],
    may=[(S, [0], "谁发货", None)],
)

case(
    "judge correction answers",
    """判断题
1、一箱是200条。（×）（应为250条）
2、一条是10包。（√）
""",
    [(T, True, "一条是10包", ())],
    [],
    may=[(T, False, "一箱是200条", ())],
)

case(
    "numbers jump & repeat, unsure key",
    """1、谁发货？
A、物流 B、店主
3、谁收货？
A、物流 B、店主
4、谁对账？
A、物流 B、店主
答案：1-3 ABA
""",
    [],
    [],
    may=[
        (S, [0], "谁发货", None),
    ],
)
