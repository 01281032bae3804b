"""What gives an item away, or makes it unfair, unsourced or unlawful: one small check per rule.

Faults stop a bank; hints ask the author to look. Each check says what to change, in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coursekit.domain import facts
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import CoursekitError
from coursekit.quiz import formula
from coursekit.quiz.items import Blank, ChoiceBase, Item, Multiple, Short, Single, TrueFalse, squeeze
from coursekit.quiz.reading import Interval, interval, rewarded_texts
from coursekit.quiz.templates import instantiate
from coursekit.quiz.textnorm import loose

SEEDS = tuple(f"lint-{n}" for n in range(24))


@dataclass(frozen=True)
class Finding:
    """One thing to mend (or to look at, if `hint`) in one item."""

    item: str
    rule: str
    text: str
    hint: bool = False


Check = Callable[[Item, Policy], Iterator[Finding]]

# What must never be the right thing to do (REG): the act, unless a denial stands before it.
_ACTS = {
    "REG-1": r"低焦(油)?(就是|更|等于)?(健康|低害|低危害|安全)|危害(更)?(小|低)",
    "REG-2": r"(户外|门外|店外|门口|路边).{0,6}(广告|海报|POP|展示架)|试吸|品吸",
    "REG-3": r"(借|用|占)(别|其他|旁边|邻).{0,6}(订货日|订单|计划)|(代|替)(他|别).{0,3}订货",
    "REG-4": r"(代|替|帮)(他|她|客户|店主)?.{0,4}(存款|存钱|垫(款|上|付)|保管现金)",
    "REG-5": r"送(礼|购物卡|红包|烟酒)|请(他|客户|店主)?吃(饭|一顿)|收(下)?(礼|红包)",
    "REG-6": r"(替|给|帮)?(客户|他|店主)?核定(销量|订货量)",
    "REG-7": r"(下达|分解|考核)(给)?(客户经理|一线|个人).{0,6}(销量|结构)(任务|指标)",
    "REG-8": r"强制(上柜|进货|要求)|压货|搭配(销售|供应)|必须(订|进)(新品|滞销)",
    "REG-9": r"(未成年|学生|中学|小学).{0,8}(促销|宣传|推介)",
}
_DENIAL = r"不|禁止|严禁|拒绝|避免|杜绝|没有|别|防止|当心|违规|风险|红线|纠正|制止|举报"
_RISKY_STEM = r"违反|违规|红线|风险|禁止|不允许|不能做|不该|不应|当心|合规|踩线|错在|有问题"

# What the sources leave open: nobody can know the answer (INC).
_GAPS = (
    ("INC-13", r"第四(个|项|种|方面)?.{0,4}(分析|方面)"),
    ("INC-28", r"三个始终.{0,6}(是|指|包括|内容|哪)"),
    ("INC-16", r"190\s*户.{0,20}(各|分别).{0,6}多少"),
    ("INC-52", r"泰山微课.{0,12}(多少|至少|平均)"),
    ("INC-26", r"附表\s*[12一二].{0,8}(内容|项目|栏)"),
)
_NEGATIVE = r"不正确|不属于|不包括|不符合|不恰当|不合适|错误的是|不对的|除.{1,12}(以)?外|哪.{0,6}(不是|不能|不应|不该)"
_ABSOLUTE = r"所有|一定|绝对|从来|永远|任何(?!.{0,6}(不得|都不))"


def lint_item(item: Item, rules: Policy | None = None) -> list[Finding]:
    """Every finding of one item.

    Parameters
    ----------
    item : Item
        As read from a bank; templates are tried with several seeds.
    rules : Policy, optional
        Limits from `bank.toml`.
    """
    rules = rules or policies.load("bank")
    found = [finding for check in (*_WRITTEN, _template) for finding in check(item, rules)]
    for one in _concrete(item):
        found += [finding for check in _SHOWN for finding in check(one, rules)]
    return list(dict.fromkeys(found))


def _concrete(item: Item) -> list[Item]:
    if getattr(item, "template", None) is None:
        return [item]
    try:
        return [instantiate(item, SEEDS[0])]
    except CoursekitError:
        return []


def _reasons(item: Item, _: Policy) -> Iterator[Finding]:
    if isinstance(item, ChoiceBase):
        for n, option in enumerate(item.options, 1):
            if not option.correct and not option.why.strip():
                yield Finding(item.id, "why", f"第 {n} 个选项没有写 why（选它的人怎么想）")
    template = getattr(item, "template", None)
    if template is not None:
        for n, wrong in enumerate(template.distractors, 1):
            if not wrong.why.strip():
                yield Finding(item.id, "why", f"第 {n} 个错误公式没有写 why")
    if isinstance(item, TrueFalse) and not item.why.strip():
        yield Finding(item.id, "why", "判断题没有写 why（判错的人怎么想）")
    if not item.explanation.strip():
        yield Finding(item.id, "explanation", "没有写 explanation（解析）")


def _sources(item: Item, _: Policy) -> Iterator[Finding]:
    if not item.facts and not item.owner.startswith("本课程"):
        yield Finding(item.id, "facts", "没有写 facts（依据哪几条事实）")
    known = []
    for name in item.facts:
        try:
            known.append(facts.get(name))
        except CoursekitError:
            yield Finding(item.id, "facts", f"事实库里没有 {name}")
    other = [fact for fact in known if fact.status == "other_industry"]
    if known and len(other) == len(known) and item.scope != "other_industry":
        yield Finding(
            item.id, "scope", f"{other[0].id} 是{other[0].industry}的规定，scope 应当写 other_industry"
        )
    if item.scope == "other_industry" and not re.search(
        r"石油|石化|银行|电信|移动|别的行业|其他行业", item.stem
    ):
        yield Finding(item.id, "scope", "别的行业的规定，题干里要说出是哪个行业")


def _compliance(item: Item, _: Policy) -> Iterator[Finding]:
    stem_is_about_risk = bool(item.risk) and re.search(_RISKY_STEM, item.stem)
    for text in rewarded_texts(item):
        for risk, act in _ACTS.items():
            hit = re.search(act, text)
            if hit and not re.search(_DENIAL, text[: hit.start()][-10:]) and not stem_is_about_risk:
                yield Finding(item.id, "risk", f"把“{hit.group(0)}”当成了正确做法({risk})")


def _gaps(item: Item, _: Policy) -> Iterator[Finding]:
    if "S1-036" in item.facts:
        yield Finding(item.id, "gap", "S1-036 在原文里没有答案，不能出题(INC-52)")
    for gap, pattern in _GAPS:
        if re.search(pattern, item.stem):
            yield Finding(item.id, "gap", f"问的是原文没有写全的内容({gap})")


def _negative(item: Item, _: Policy) -> Iterator[Finding]:
    if isinstance(item, TrueFalse | Short):
        return
    plain = re.sub(r"\*\*.+?\*\*", "", item.stem)
    sentences = [part for part in re.split(r"[。;;]", plain) if part.strip()]
    if sentences and re.search(_NEGATIVE, sentences[-1]):
        yield Finding(item.id, "negative", "问句里有否定词，没有加粗：写成 **不**，或者改成正面问")


def _catch_all(item: Item, _: Policy) -> Iterator[Finding]:
    if isinstance(item, ChoiceBase):
        for option in item.options:
            if re.search(r"以上|上述(都|各)|都(对|不对|正确|不正确)$|^[A-E]\s*[和与、]\s*[A-E]", option.text):
                yield Finding(item.id, "catch_all", f"选项“{option.text}”是“以上都对”一类的说法")


def _absolute(item: Item, _: Policy) -> Iterator[Finding]:
    if isinstance(item, TrueFalse) and not item.answer:
        hit = re.search(_ABSOLUTE, item.stem)
        if hit:
            yield Finding(item.id, "absolute", f"判断题里的“{hit.group(0)}”容易让人猜到是错的", hint=True)


def _longest(item: Item, rules: Policy) -> Iterator[Finding]:
    if not isinstance(item, Single) or not item.options:
        return
    right, others = _lengths(item)
    mean = sum(others) / len(others)
    ratio, extra = rules.number("lint.longest_ratio"), rules.number("lint.longest_extra")
    if right > max(others) and right >= mean * ratio and right - mean >= extra:
        text = f"正确选项 {right} 字，其余平均 {mean:.0f} 字，一眼看得出：改短，或把别的写完整"
        yield Finding(item.id, "longest", text)


def _lengths(item: Single) -> tuple[int, list[int]]:
    lengths = [len(squeeze(option.text)) for option in item.options]
    right = item.correct[0]
    return lengths[right], lengths[:right] + lengths[right + 1 :]


def is_longest(item: Item) -> bool | None:
    """Whether the key is the only longest option; None where that cannot be asked."""
    if not isinstance(item, Single) or not item.options:
        return None
    right, others = _lengths(item)
    return right > max(others)


def _repeats(item: Item, rules: Policy) -> Iterator[Finding]:
    if not isinstance(item, Single) or not item.options:
        return
    size = int(rules.number("lint.repeat_chars"))
    key = item.options[item.correct[0]].text
    others = "\n".join(option.text for option in item.options if not option.correct)
    for start in range(len(key) - size + 1):
        part = key[start : start + size]
        words = re.fullmatch(r"[\u4e00-\u9fffA-Za-z]+", part)
        if words and part in item.stem and part not in others:
            yield Finding(item.id, "repeat", f"“{part}”在题干里，选项里只有正确的有，等于提示")
            return


def _numbers(item: Item, _: Policy) -> Iterator[Finding]:
    if not isinstance(item, Single | Multiple) or not item.options:
        return
    parsed: list[tuple[str, Interval]] = []
    for option in item.options:
        found = interval(option.text)
        if found is not None:
            parsed.append((option.text, found))
    if len(parsed) < len(item.options):
        return
    for i, (one, a) in enumerate(parsed):
        for other, b in parsed[i + 1 :]:
            if a.unit == b.unit and a.overlaps(b):
                yield Finding(item.id, "overlap", f"选项“{one}”与“{other}”的范围重叠")
    lows = [found.low for _, found in parsed]
    if (
        item.order == "shuffle"
        and lows != sorted(lows, key=float)
        and lows != sorted(lows, key=float, reverse=True)
    ):
        yield Finding(item.id, "order", "数字选项请按大小排，并写 order: keep", hint=True)


def _template(item: Item, _: Policy) -> Iterator[Finding]:
    template = getattr(item, "template", None)
    if template is None:
        return
    texts = " ".join((item.stem, item.explanation))
    used = {
        name
        for text in (template.answer, *template.derived.values(), *template.where)
        for name in formula.names(text)
    }
    used |= {name for wrong in template.distractors for name in formula.names(wrong.value)}
    used |= set(re.findall(r"\{([a-z_][a-z0-9_]*)", texts))
    for name in template.params:
        if name not in used:
            yield Finding(item.id, "template", f"参数 {name} 没有用到")
    stem_names = set(re.findall(r"\{([a-z_][a-z0-9_]*)", item.stem))
    shown = stem_names | {
        n for d in stem_names & set(template.derived) for n in formula.names(template.derived[d])
    }
    for name in formula.names(template.answer) & set(template.params):
        if name not in shown:
            yield Finding(item.id, "template", f"题干里没有给出参数 {name}，学员算不了")
    failed = []
    for seed in SEEDS:
        try:
            one = instantiate(item, seed)
        except CoursekitError as error:
            failed.append(str(error).splitlines()[-1])
            continue
        if isinstance(one, Blank) and not one.blanks[0].accept[0]:
            failed.append("答案是空的")
    if failed:
        yield Finding(item.id, "template", f"{len(failed)}/{len(SEEDS)} 次生成不出题：{failed[0]}")


def _source_in_stem(item: Item, _: Policy) -> Iterator[Finding]:
    """A company's rule is asked as that company's."""
    if item.scope == "national" or item.owner.startswith("本课程") or item.level in ("N", "E"):
        return
    if getattr(item, "template", None) is not None or isinstance(item, Blank):
        return
    named = str(item.year or "") in item.stem if item.year else False
    if not named and not re.search(
        r"某|公司|那[一位份篇家]|案例|文章|办法|规定|职责|原文|标准|通知|方案|文件|总结|预案|口径", item.stem
    ):
        yield Finding(item.id, "owner", f"题干没有说是谁家的规定({item.owner})", hint=True)


def _model_answer(item: Item, _: Policy) -> Iterator[Finding]:
    """The answer shown as a model earns every phrase it is marked by."""
    if isinstance(item, Short) and item.model_answer:
        text = loose(item.model_answer)
        for phrase in item.phrases:
            if not any(loose(word) in text for word in phrase.any if loose(word)):
                yield Finding(item.id, "model_answer", f"参考答案里没有写到要点“{phrase.name}”的任何一个词")


def _phrases(item: Item, _: Policy) -> Iterator[Finding]:
    """A key phrase is one word or turn, and not one that whoever copies the stem has written."""
    if not isinstance(item, Short):
        return
    stem = loose(item.stem)
    for phrase in item.phrases:
        for word in phrase.any:
            if re.search(r"[，；;]|,(?!\d{3})", word):
                yield Finding(
                    item.id,
                    "phrase",
                    f"要点“{phrase.name}”的“{word}”里有逗号：两个词要分开写成两项",
                    hint=True,
                )
            if loose(word) and loose(word) in stem:
                yield Finding(
                    item.id, "phrase", f"要点“{phrase.name}”的“{word}”在题干里，照抄题干也得分", hint=True
                )


_WRITTEN: tuple[Check, ...] = (
    _model_answer,
    _phrases,
    _reasons,
    _sources,
    _compliance,
    _gaps,
    _negative,
    _catch_all,
    _absolute,
    _source_in_stem,
)
_SHOWN: tuple[Check, ...] = (_longest, _repeats, _numbers)
