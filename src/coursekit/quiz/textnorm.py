"""Typed answers made comparable: full and half width, Traditional and Simplified, punctuation, units.

Only the spelling is levelled; nothing is guessed about meaning.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

# Traditional characters that differ, each followed by its Simplified form: the common ones of the trade's
# vocabulary and of everyday text, not the whole of Unicode.
_PAIRS = (
    "個个們们來来時时間间對对說说話话這这為为學学會会過过還还與与並并從从後后東东車车門门問问開开關关見见觀观規规視视"
    "覽览親亲記记計计訂订訓训託托設设許许訪访評评詞词試试詢询該该詳详認认誌志語语誠诚誤误請请課课調调談谈論论諮咨證证"
    "識识譯译議议護护讀读變变讓让貝贝負负財财貢贡貧贫貨货販贩貫贯責责貯贮貴贵買买貸贷費费貼贴貿贸賀贺資资賓宾賞赏賠赔"
    "賢贤賣卖賤贱質质賬账購购贈赠贏赢趕赶趙赵趨趋跡迹踐践軍军軟软較较載载輔辅輕轻輛辆輝辉輪轮輸输轉转辦办農农連连進进"
    "運运達达違违遙遥遞递遠远適适遲迟選选遺遗鄉乡鄰邻醫医釋释針针釣钓鈔钞鈴铃鉛铅銀银銅铜銘铭銳锐銷销鋪铺錄录錢钱"
    "錯错鍋锅鍵键鎖锁鎮镇鏈链鏡镜鐘钟鐵铁鑑鉴長长閃闪閉闭閒闲闊阔隊队階阶際际陽阳陰阴陳陈陸陆險险隨随隱隐雙双雜杂雞鸡"
    "離离難难雲云電电靈灵靜静韓韩響响頁页頂顶項项順顺須须預预頑顽頓顿領领頭头頻频題题額额顏颜願愿類类顧顾顯显風风飛飞"
    "飯饭飲饮飾饰飽饱養养餐餐餘余館馆馬马馮冯駐驻駕驾騎骑騙骗驗验驚惊體体髮发鬆松鬥斗魚鱼鮮鲜鳥鸟麗丽麥麦黃黄點点黨党"
    "齊齐齡龄齒齿龍龙產产畫画異异當当療疗發发盜盗盡尽監监盤盘眾众睏困瞭了矯矫碼码確确礎础禮礼禍祸種种稱称穩稳穫获窮穷"
    "竄窜競竞筆笔節节範范築筑簡简簽签籌筹籃篮類类粵粤糧粮糾纠紀纪約约紅红紋纹納纳純纯紙纸級级紛纷細细終终組组結结"
    "絕绝給给統统絲丝經经綜综維维網网緊紧緒绪線线編编緩缓練练縣县縮缩總总績绩織织繞绕繳缴續续纖纤罰罚罷罢義义習习"
    "聖圣聞闻聯联聰聪聲声職职聽听肅肃脈脉腦脑腳脚膽胆臉脸臨临臺台舉举舊旧艦舰艱艰藝艺蘇苏蘭兰處处號号虧亏蟲虫補补裝装"
    "裡里製制複复襲袭訊讯佈布佔占併并侶侣係系俠侠倉仓個个倫伦偉伟側侧偵侦傑杰備备傳传債债傷伤傾倾僅仅僑侨僱雇價价儀仪"
    "億亿優优儲储兒儿兩两冊册凍冻凱凯別别刪删則则剛刚創创劃划劇剧劉刘劑剂動动務务勝胜勞劳勢势勵励勸劝區区協协單单卻却"
    "厭厌廠厂廣广庫库應应廳厅廢废張张強强彈弹彙汇彎弯後后徑径從从復复徵征愛爱憂忧態态慣惯慮虑慶庆憑凭憶忆懷怀懶懒"
    "戰战戲戏戶户據据擇择擔担擁拥擴扩擺摆攤摊攜携攝摄敗败敵敌數数斷断於于昇升晉晋曆历曬晒書书會会朧胧東东條条業业"
    "極极榮荣構构槍枪樂乐樓楼標标樣样樹树橋桥機机檔档檢检櫃柜欄栏權权歡欢歲岁歷历歸归殺杀殘残毀毁氣气決决沒没況况淚泪"
    "淨净淺浅減减測测湯汤準准溝沟溫温滅灭滿满漁渔漢汉漲涨漸渐潔洁潛潜潤润澤泽濟济濕湿濤涛瀏浏灣湾災灾無无煙烟煉炼煩烦"
    "熱热燈灯燒烧營营爐炉爭争爺爷爾尔牆墙牽牵狀状獨独獎奖獲获獻献玆兹現现環环瓊琼嗎吗嚴严嚮向員员圍围園园圓圆圖图團团"
    "國国執执堅坚報报場场塊块塗涂墊垫壓压壞坏壯壮壽寿夠够夢梦奧奥奪夺婦妇媽妈孫孙宮宫寫写寬宽審审實实寶宝將将專专尋寻"
    "導导對对層层屬属島岛嶺岭幣币幫帮幹干幾几庁厅攷考櫥橱啟启唸念喪丧喚唤喬乔嘗尝噴喷囑嘱堦阶塲场墳坟夾夹妝妆姦奸娛娱"
    "婁娄嬰婴孿孪寢寝尷尬嶄崭巖岩帥帅師师帳帐帶带慘惨慚惭慾欲憐怜憤愤憲宪懲惩懸悬懇恳戀恋扺抵挾挟捨舍掃扫掛挂採采揀拣"
    "揚扬換换揮挥損损搖摇搶抢摳抠撈捞撐撑撥拨撫抚撲扑擊击擋挡擠挤擬拟擾扰攔拦攬揽敘叙歐欧歎叹毆殴氈毡滯滞濫滥瀉泻灑洒"
    "煥焕犧牺猶犹獄狱獵猎璽玺畢毕癥症皺皱盃杯矽硅碩硕磚砖礙碍禦御稅税稈秆稜棱窩窝竊窃籤签糰团紐纽紹绍絡络綁绑綠绿綱纲"
    "緣缘緝缉締缔縱纵縫缝繪绘繫系罵骂羅罗羨羡翹翘聳耸腸肠膚肤膠胶艙舱艷艳莊庄華华萬万葉叶蒐搜蓋盖蔣蒋蕩荡薦荐藍蓝藥药"
    "蘋苹虛虚蝕蚀蠟蜡衆众術术衛卫衝冲裏里褲裤訴诉診诊註注詐诈詩诗誇夸誰谁諒谅諾诺謀谋謂谓謊谎謙谦謝谢謹谨譜谱譽誉讚赞"
    "豐丰貪贪賴赖賽赛贊赞贓赃躍跃蹟迹軌轨軸轴輯辑轟轰辭辞邁迈邊边郵邮鄭郑醜丑醬酱鈎钩鈕钮鉤钩鋁铝鋒锋鋼钢錶表鍛锻鎊镑"
    "鑒鉴鑰钥閱阅闖闯闡阐陣阵隻只霧雾韻韵頒颁頗颇頸颈顆颗餅饼餓饿駁驳驅驱鬧闹鳳凤鷹鹰鹽盐齋斋專专執执"
    "週周迴回檯台菸烟捲卷羣群暫暂儘尽鑽钻訣诀厲厉絡络賺赚虜虏"
)
TO_SIMPLIFIED = str.maketrans({a: b for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if ord(a) > 127})

_DROP = re.compile(r"[\s,.,。、;;:: “”\"'‘’「」『』《》<>()()\[\]【】·!!??_\-—~]+")
_NUMBER = re.compile(  # never gives back what it took: 5000 spaces would else keep it busy for a day
    r"([+-]?\d{1,100}+(?:\.\d{1,100}+)?+|[+-]?\.\d{1,100}+)\s*+(万|亿)?+\s*+(%|‰)?+\s*+(\D*+)"
)


def simplified(text: str) -> str:
    """Half width, lower case, Simplified."""
    return unicodedata.normalize("NFKC", text).translate(TO_SIMPLIFIED).lower()


def loose(text: str) -> str:
    """What two spellings of one answer share: no white space, no punctuation."""
    return _DROP.sub("", simplified(text))


def loose_same(one: str, other: str) -> bool:
    """Whether two texts are one answer, spelling apart; decimal points and signs do count."""
    a, b = (simplified(text).replace(" ", "").strip("。.,;、") for text in (one, other))
    return a == b or (not re.search(r"\d", a) and loose(a) == loose(b) != "")


def as_number(value: object, unit: str = "") -> Fraction | None:
    """A number out of what was typed, in `unit`; None when it is not one plain number.

    `90.26%` is 90.26 where the unit is `%`, otherwise 0.9026; `1.2万元` is 12000 where the unit is `元`.
    A unit other than `unit` makes it None: 9 件 are not 9 条.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return Fraction(str(value)) if abs(value) < 1e15 else None
    text = simplified(str(value)).strip().rstrip("。.")
    text = re.sub(r"^(约|大约|≈|=)", "", text.replace("−", "-"))
    text = re.sub(r"(?<=\d)[,\s](?=\d{3}(\D|$|\d*[,\s]))", "", text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits, scale, percent, tail = match.groups()
    number = Fraction(digits)
    unit = simplified(unit).strip()
    tail = tail.strip()
    whole = (scale or "") + tail
    if unit and whole == unit:
        return number
    number *= {"万": 10_000, "亿": 100_000_000}.get(scale or "", 1)
    if percent and unit != percent:
        number /= 100 if percent == "%" else 1000
    return number if tail in ("", unit) else None
