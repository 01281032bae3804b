"""Moodle XML: the form in which Moodle keeps everything, several blanks and weights included."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from coursekit.quiz.formats.marks import EMPTY_BLANK, half
from coursekit.quiz.formats.model import Answer, Doubt, ImportedItem, ImportResult, Reject, check_item

_CLOZE = re.compile(r"\{\d*:(?:SHORTANSWER|SA):((?:[^}\\]|\\.)*)\}")
_TAGS = re.compile(r"<[^<>]+>")


def looks_like(text: str) -> bool:
    """Whether the text is a Moodle `<quiz>`."""
    return bool(re.match(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)?<quiz\b", text, re.DOTALL))


def read(text: str) -> ImportResult:
    """Items of a Moodle XML file; a broken file is one reject."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return ImportResult("moodle", (), (Reject(1, "文件里有外部实体定义，不读", text[:200]),))
    try:
        root = ElementTree.fromstring(text.strip())  # noqa: S314 - entity definitions are refused above
    except ElementTree.ParseError as error:
        return ImportResult("moodle", (), (Reject(error.position[0], "XML 不完整", text[:200]),))
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    places = [text.count("\n", 0, m.start()) + 1 for m in re.finditer(r"<question\b", text)]
    for place, node in zip(places, root.iter("question"), strict=False):
        if node.get("type") == "category":
            continue
        try:
            items.append(check_item(_item(place, node)))
        except Doubt as doubt:
            rejects.append(Reject(place, doubt.reason, _plain(node.findtext("questiontext/text"))[:500]))
    return ImportResult("moodle", tuple(items), tuple(rejects))


def _plain(text: str | None) -> str:
    shown = re.sub(r"<br\s*/?>|</p>\s*<p[^>]*>", "\n", text or "")
    return html.unescape(_TAGS.sub("", shown)).strip()


def _item(line: int, node: ElementTree.Element) -> ImportedItem:
    kind = node.get("type", "")
    stem = _plain(node.findtext("questiontext/text"))
    explanation = _plain(node.findtext("generalfeedback/text"))
    answers = [(_plain(a.findtext("text")), float(a.get("fraction") or 0), a) for a in node.findall("answer")]
    right = [i for i, (_, fraction, _) in enumerate(answers) if fraction > 0]
    texts = tuple(text for text, _, _ in answers)
    if kind == "multichoice":
        single = (node.findtext("single") or "true").strip() in ("true", "1")
        if single and any(0 < answers[i][1] < 100 for i in right):
            raise Doubt("有只给部分分的答案，不能确定算不算对")
        return ImportedItem("single" if single else "multiple", stem, texts, right, line, explanation)
    if kind == "truefalse":
        if len(right) != 1 or texts[right[0]].lower() not in ("true", "false"):
            raise Doubt("判断题的答案不是对或错")
        return ImportedItem("true_false", stem, (), texts[right[0]].lower() == "true", line, explanation)
    if kind in ("shortanswer", "numerical"):
        if any(answers[i][1] < 100 for i in right):
            raise Doubt("有只给部分分的答案，不能确定算不算对")
        tolerance = tuple(
            float(a.findtext("tolerance") or 0) for i, (_, _, a) in enumerate(answers) if i in right
        )
        kept = (tolerance[0],) if kind == "numerical" and tolerance and tolerance[0] else ()
        return ImportedItem("blank", stem, (), [[texts[i] for i in right]], line, explanation, tolerance=kept)
    if kind == "cloze":
        return _cloze(line, stem, explanation)
    if kind == "essay":
        phrases = [part for part in _plain(node.findtext("graderinfo/text")).split("\n") if part.strip()]
        return ImportedItem("short", stem, (), phrases, line, explanation)
    raise Doubt(f"题型 {kind} 不能导入")


def _cloze(line: int, stem: str, explanation: str) -> ImportedItem:
    blanks: Answer = [
        [
            re.sub(r"\\(.)", r"\1", part).lstrip("=").removeprefix("%100%")
            for part in re.split(r"(?<!\\)~", match)
        ]
        for match in _CLOZE.findall(stem)
    ]
    bare = _CLOZE.sub("____", stem)
    if not blanks or re.search(r"\{\d*:[A-Z]+:", bare):
        raise Doubt("填空里有看不懂的部分")
    return ImportedItem("blank", bare, (), blanks, line, explanation)


def write(items: Iterable[ImportedItem]) -> tuple[str, list[ImportedItem]]:
    """Moodle XML of all items; every type can be carried."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for number, item in enumerate(items, start=1):
        parts.append(_question(number, item))
    return "\n".join([*parts, "</quiz>"]) + "\n", []


def _text(tag: str, text: str, more: str = "") -> str:
    body = escape(html.escape(text, quote=False).replace("\n", "<br>"))
    return f"<{tag}{more}><text>{body}</text></{tag}>"


def _question(number: int, item: ImportedItem) -> str:
    kind, stem, body = _body(item)
    return "\n".join(
        [
            f'<question type="{kind}">',
            f"<name><text>{number:03d}</text></name>",
            _text("questiontext", stem, ' format="html"'),
            _text("generalfeedback", item.explanation, ' format="html"'),
            *body,
            "</question>",
        ]
    )


def _body(item: ImportedItem) -> tuple[str, str, list[str]]:
    answer = item.answer
    if isinstance(answer, bool):
        rows = [
            f'<answer fraction="{100 if answer else 0}"><text>true</text></answer>',
            f'<answer fraction="{0 if answer else 100}"><text>false</text></answer>',
        ]
        return "truefalse", item.stem, rows
    if item.type in ("single", "multiple"):
        share, wrong = (100.0, 0.0) if item.type == "single" else (100 / len(answer), -100.0)
        rows = [
            f"<single>{'true' if item.type == 'single' else 'false'}</single>",
            "<shuffleanswers>true</shuffleanswers>",
        ]
        rows += [
            _text("answer", option, f' fraction="{share if i in answer else wrong:.5f}" format="html"')
            for i, option in enumerate(item.options)
        ]
        return "multichoice", item.stem, rows
    if item.type == "short":
        return "essay", item.stem, [_text("graderinfo", "\n".join(map(str, answer)), ' format="html"')]
    blanks = [blank for blank in answer if isinstance(blank, list)]
    if len(blanks) == 1:
        kind = "numerical" if item.tolerance else "shortanswer"
        extra = f"<tolerance>{item.tolerance[0]:.10g}</tolerance>" if item.tolerance else ""
        return kind, item.stem, [
            f'<answer fraction="100" format="plain_text"><text>{escape(text)}</text>{extra}</answer>' for text in blanks[0]
        ]  # fmt: skip
    return "cloze", _filled(item.stem, blanks), []


def _filled(stem: str, blanks: list[list[str]]) -> str:
    """The stem with each empty blank turned into a cloze field; what has no blank in it goes behind."""
    fields = [
        "{1:SHORTANSWER:" + "~".join("=" + re.sub(r"([}~\\#=])", r"\\\1", text) for text in accepted) + "}"
        for accepted in blanks
    ]
    out, begin = "", 0
    for match in EMPTY_BLANK.finditer(half(stem)):
        if not fields:
            break
        out += stem[begin : match.start()] + fields.pop(0)
        begin = match.end()
    return out + stem[begin:] + "".join(fields)
