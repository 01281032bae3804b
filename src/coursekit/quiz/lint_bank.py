"""What only the whole bank shows: habits of the key, repeated items, test items that leaked into practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from coursekit.domain.policy import Policy
from coursekit.errors import CoursekitError
from coursekit.quiz.bank import BankFile
from coursekit.quiz.items import Item, Single, TrueFalse
from coursekit.quiz.lint import SEEDS, Finding, is_longest
from coursekit.quiz.templates import instantiate
from coursekit.quiz.textnorm import loose


def habits(banks: Sequence[BankFile], rules: Policy) -> list[Finding]:
    """Where the right answer stands, how long it is, how often it is true: over all items of a kind."""
    found: list[Finding] = []
    for kind in ("practice", "test"):
        items = [item for bank in banks if bank.bank.kind == kind for item in bank.items]
        found += _positions(kind, items, rules)
        found += _lengths(kind, items, rules)
        found += _truths(kind, items, rules)
    return found


def _positions(kind: str, items: Sequence[Item], rules: Policy) -> Iterator[Finding]:
    places: Counter[int] = Counter()
    for item in items:
        if isinstance(item, Single) and (item.order == "keep" or item.template is not None):
            places[_place(item)] += 1
    total = sum(places.values())
    if total < rules["lint.skew_from"]:
        return
    place, count = places.most_common(1)[0]
    if count / total > rules.number("lint.position_share"):
        text = f"{kind} 题库里不打乱的 {total} 道单选题，有 {count} 道答案在第 {place + 1} 个：调整错误选项，让位置散开"
        yield Finding("", "position", text)


def _place(item: Single) -> int:
    """Where the key stands most often."""
    if item.template is None:
        return item.correct[0]
    places: Counter[int] = Counter()
    for seed in SEEDS:
        try:
            one = instantiate(item, seed)
        except CoursekitError:
            continue
        assert isinstance(one, Single)  # noqa: S101
        places[one.correct[0]] += 1
    return places.most_common(1)[0][0] if places else 0


def _lengths(kind: str, items: Sequence[Item], rules: Policy) -> Iterator[Finding]:
    longest = [answer for item in items if (answer := is_longest(item)) is not None]
    if len(longest) >= rules["lint.skew_from"] and sum(longest) / len(longest) > rules.number(
        "lint.longest_share"
    ):
        text = f"{kind} 题库 {len(longest)} 道单选题里，正确选项最长的有 {sum(longest)} 道：挑长的也能蒙对"
        yield Finding("", "longest", text)


def _truths(kind: str, items: Sequence[Item], rules: Policy) -> Iterator[Finding]:
    answers = [item.answer for item in items if isinstance(item, TrueFalse)]
    low, high = rules["lint.true_share"]
    if len(answers) >= rules["lint.skew_from"] and not low <= sum(answers) / len(answers) <= high:
        text = f"{kind} 题库 {len(answers)} 道判断题里，答案为“对”的有 {sum(answers)} 道，偏得太多"
        yield Finding("", "truth", text)


def doubles(banks: Sequence[BankFile], rules: Policy) -> Iterator[Finding]:
    """Items that repeat another one, in the same bank or in another."""
    same, alike = rules.number("lint.same"), rules.number("lint.alike")
    entries = [(bank.bank.kind, item, _grams(item)) for bank in banks for item in bank.items]
    holders: dict[str, list[int]] = {}
    for index, (kind, item, grams) in enumerate(entries):
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(holders.get(gram, ()))
            holders.setdefault(gram, []).append(index)
        for other, common in shared.items():
            other_kind, other_item, other_grams = entries[other]
            likeness = common / (len(grams) + len(other_grams) - common)
            if likeness < alike:
                continue
            across = kind != other_kind
            text = f"与 {other_item.id} 有 {likeness:.0%} 相同" + (
                "，考试题不能出现在练习里" if across else ""
            )
            yield Finding(item.id, "double", text, hint=likeness < same)


def _grams(item: Item) -> set[str]:
    """Pieces of three characters of the stem and of the key."""
    key = " ".join(o.text for o in getattr(item, "options", ()) if o.correct)
    text = loose(item.stem) + loose(key)
    return {text[i : i + 3] for i in range(max(1, len(text) - 2))}
