"""IMS QTI 2.1: a package of one XML file an item, with a manifest.

No package of PyPI or npm was found that carries the schema, so the files are checked by our own reader alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from coursekit.quiz.formats.model import Doubt, ImportedItem, ImportResult, Reject, check_item

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_RESPONSE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
_MAPPED = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"
_STAMP = (1980, 1, 1, 0, 0, 0)
_Q = f"{{{NAMESPACE}}}"


def write(items: Iterable[ImportedItem]) -> tuple[bytes, list[ImportedItem]]:
    """A QTI 2.1 content package, and the items it is not given (numbers with a tolerance)."""
    stream = io.BytesIO()
    names: list[str] = []
    left: list[ImportedItem] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            if item.tolerance:
                left.append(item)
                continue
            name = f"item{len(names) + 1:04d}"
            archive.writestr(zipfile.ZipInfo(f"{name}.xml", _STAMP), item_xml(name, item))
            names.append(name)
        archive.writestr(zipfile.ZipInfo("imsmanifest.xml", _STAMP), _manifest(names))
    return stream.getvalue(), left


def _manifest(names: list[str]) -> str:
    resources = "".join(
        f'<resource identifier="{name}" type="imsqti_item_xmlv2p1" href="{name}.xml"><file href="{name}.xml"/></resource>'
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="coursekit">'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>"
        f"<organizations/><resources>{resources}</resources></manifest>\n"
    )


def item_xml(name: str, item: ImportedItem) -> str:
    """One `assessmentItem`."""
    declarations, body, processing = _parts(item)
    feedback = ""
    outcome = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
    if item.explanation:
        outcome += '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
        feedback = (
            '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="EXPLAIN" showHide="hide">'
            f"{escape(item.explanation)}</modalFeedback>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentItem xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{_SCHEMA}" identifier="{name}" title={quoteattr(item.stem.split(chr(10))[0][:60])} '
        f'adaptive="false" timeDependent="false" xml:lang="zh-CN" label="{item.type}">'
        f"{declarations}{outcome}<itemBody>{body}</itemBody>{processing}{feedback}</assessmentItem>\n"
    )


def _parts(item: ImportedItem) -> tuple[str, str, str]:
    answer = item.answer
    if isinstance(answer, bool):
        return _choice("single", item.stem, ["正确", "错误"], [0 if answer else 1])
    if item.type in ("single", "multiple"):
        return _choice(item.type, item.stem, list(item.options), [int(str(i)) for i in answer])
    if item.type == "short":
        rubric = "".join(f"<p>{escape(str(phrase))}</p>" for phrase in answer)
        body = (
            f'<rubricBlock view="scorer">{rubric}</rubricBlock>'
            f'<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>{_lines(item.stem)}</prompt></extendedTextInteraction>'
        )
        return '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>', body, ""
    return _blanks(item.stem, [blank for blank in answer if isinstance(blank, list)])


def _lines(text: str) -> str:
    return "<br/>".join(escape(line) for line in text.split("\n"))


def _choice(kind: str, stem: str, options: list[str], right: list[int]) -> tuple[str, str, str]:
    values = "".join(f"<value>{chr(65 + i)}</value>" for i in right)
    declaration = (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{kind}" baseType="identifier">'
        f"<correctResponse>{values}</correctResponse></responseDeclaration>"
    )
    choices = "".join(
        f'<simpleChoice identifier="{chr(65 + i)}">{escape(text)}</simpleChoice>'
        for i, text in enumerate(options)
    )
    body = (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{1 if kind == "single" else 0}">'
        f"<prompt>{_lines(stem)}</prompt>{choices}</choiceInteraction>"
    )
    return declaration, body, f'<responseProcessing template="{_RESPONSE}"/>'


def _blanks(stem: str, blanks: list[list[str]]) -> tuple[str, str, str]:
    names = ["RESPONSE", *[f"RESPONSE{n}" for n in range(2, len(blanks) + 1)]]
    declarations = ""
    for name, accepted in zip(names, blanks, strict=True):
        entries = "".join(f'<mapEntry mapKey={quoteattr(text)} mappedValue="1"/>' for text in accepted)
        declarations += (
            f'<responseDeclaration identifier="{name}" cardinality="single" baseType="string">'
            f"<correctResponse><value>{escape(accepted[0])}</value></correctResponse>"
            f'<mapping defaultValue="0">{entries}</mapping></responseDeclaration>'
        )
    pieces = re.split(r"_{2,}", stem)
    inputs = [f'<textEntryInteraction responseIdentifier="{name}"/>' for name in names]
    text = _lines(pieces[0])
    for piece in pieces[1:]:
        text += (inputs.pop(0) if inputs else "____") + _lines(piece)
    text += "".join(inputs)
    processing = f'<responseProcessing template="{_MAPPED}"/>' if len(blanks) == 1 else _sum(names)
    return declarations, f"<p>{text}</p>", processing


def _sum(names: list[str]) -> str:
    terms = "".join(f'<mapResponse identifier="{name}"/>' for name in names)
    return f'<responseProcessing><setOutcomeValue identifier="SCORE"><sum>{terms}</sum></setOutcomeValue></responseProcessing>'


def read_package(archive: zipfile.ZipFile) -> ImportResult:
    """Items of a QTI 2.1 package; `line` is the place of the item in the package."""
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    names = sorted(n for n in archive.namelist() if n.endswith(".xml") and not n.endswith("imsmanifest.xml"))
    for number, name in enumerate(names, start=1):
        if archive.getinfo(name).file_size > 5_000_000:
            rejects.append(Reject(number, "这个文件太大", name))
            continue
        raw = archive.read(name)
        try:
            if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
                raise Doubt("文件里有外部实体定义，不读")
            node = ElementTree.fromstring(raw)  # noqa: S314 - entity definitions are refused above
            items.append(check_item(_read(number, node)))
        except ElementTree.ParseError:
            rejects.append(Reject(number, "XML 不完整", name))
        except Doubt as doubt:
            rejects.append(Reject(number, doubt.reason, name))
    return ImportResult("qti", tuple(items), tuple(rejects))


def _read(line: int, node: ElementTree.Element) -> ImportedItem:
    explanation = "".join(node.findtext(f"{_Q}modalFeedback") or "")
    choice = node.find(f".//{_Q}choiceInteraction")
    extended = node.find(f".//{_Q}extendedTextInteraction")
    if choice is not None:
        return _read_choice(line, node, choice, explanation)
    if extended is not None:
        phrases = [p.text or "" for p in node.findall(f".//{_Q}rubricBlock/{_Q}p")]
        return ImportedItem("short", _flat(extended.find(f"{_Q}prompt")), (), phrases, line, explanation)
    body = node.find(f".//{_Q}itemBody")
    entries = node.findall(f".//{_Q}textEntryInteraction")
    if body is None or not entries:
        raise Doubt("这种题型不能导入")
    blanks: list[list[str]] = []
    for entry in entries:
        found = node.find(f"{_Q}responseDeclaration[@identifier='{entry.get('responseIdentifier')}']")
        keys = [e.get("mapKey") or "" for e in found.findall(f".//{_Q}mapEntry")] if found is not None else []
        if not keys and found is not None:
            keys = [v.text or "" for v in found.findall(f".//{_Q}value")]
        blanks.append(keys)
    return ImportedItem("blank", _flat(body), (), blanks, line, explanation)


def _read_choice(
    line: int, node: ElementTree.Element, choice: ElementTree.Element, explanation: str
) -> ImportedItem:
    simple = choice.findall(f"{_Q}simpleChoice")
    ids = [each.get("identifier") for each in simple]
    right = [v.text for v in node.findall(f"{_Q}responseDeclaration/{_Q}correctResponse/{_Q}value")]
    if any(value not in ids for value in right):
        raise Doubt("答案不在选项里")
    stem, options = _flat(choice.find(f"{_Q}prompt")), tuple(_flat(each) for each in simple)
    indexes = [ids.index(value) for value in right]
    if node.get("label") == "true_false" and options == ("正确", "错误"):
        return ImportedItem("true_false", stem, (), indexes == [0], line, explanation)
    declared = node.find(f"{_Q}responseDeclaration")
    several = declared is not None and declared.get("cardinality") == "multiple"
    return ImportedItem(
        "multiple" if several else "single", stem, options, sorted(indexes), line, explanation
    )


def _flat(node: ElementTree.Element | None) -> str:
    """Text of an element, line breaks and blanks written out."""
    if node is None:
        return ""
    text = node.text or ""
    for child in node:
        name = child.tag.removeprefix(_Q)
        text += {"br": "\n", "textEntryInteraction": "____"}.get(name) or _flat(child)
        text += child.tail or ""
    return text.strip()
