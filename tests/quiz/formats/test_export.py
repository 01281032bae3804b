"""Exports come back through our importer, and GIFT is read by a parser we did not write."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from tests.quiz.formats.dialects import MARKED, items
from tests.quiz.sample import MULTIPLE, SINGLE, TRUE_FALSE

from coursekit import cli
from coursekit.errors import InputError
from coursekit.quiz.bank import parse_item
from coursekit.quiz.formats import gift, moodle_xml, qti, sheet_write, survey_input
from coursekit.quiz.formats.detect import import_bytes
from coursekit.quiz.formats.export import FORMATS, export, neutral
from coursekit.quiz.formats.model import ImportedItem

QUICK = settings(max_examples=25, deadline=None)
TRICKY = [
    ImportedItem(
        "single", "算式 {a=b} ~ 1:2 # 哪个对?\n第二行", ("x = 1", "~y", "#z\\", "{w}"), [2], 0, "见 a:b = c。"
    ),
    ImportedItem("multiple", "<b>标签</b> & 引号 \" '", ("a<b", "a&b", "]]>"), [0, 2], 0),
    ImportedItem("true_false", "1 < 2 & 2 > 1", (), True, 0),
    ImportedItem("blank", "一件是____条。", (), [["50", "五十"]], 0),
]


def essence(item: ImportedItem) -> tuple[object, ...]:
    return (item.type, item.stem, item.options, str(item.answer), item.tolerance)


@QUICK
@given(bank=items())
def test_excel_moodle_and_qti_carry_every_type(bank: list[ImportedItem]) -> None:
    for data in (
        sheet_write.write_xlsx(bank),
        moodle_xml.write(bank)[0].encode(),
        qti.write(bank)[0],
    ):
        found = import_bytes(data, "题库")

        assert found.rejects == ()
        assert [essence(item) for item in found.items] == [essence(item) for item in bank]


@QUICK
@given(bank=items((*MARKED, "blank")))
def test_gift_carries_all_but_several_blanks(bank: list[ImportedItem]) -> None:
    text, left = gift.write(bank)

    found = import_bytes((text or "//").encode(), "题库") if text else None

    assert all(item.type == "blank" and len(item.answer) > 1 for item in left)
    kept = [item for item in bank if item not in left]
    assert [essence(item) for item in (found.items if found else ())] == [essence(item) for item in kept]


@pytest.mark.parametrize("write", [gift.write, moodle_xml.write, qti.write])
def test_marks_of_the_format_inside_texts_are_escaped(write: object) -> None:
    data = write(TRICKY)[0]  # type: ignore[operator]

    found = import_bytes(data if isinstance(data, bytes) else data.encode(), "题库")

    assert [essence(item) for item in found.items] == [essence(item) for item in TRICKY]


@QUICK
@given(bank=items(MARKED))
def test_survey_text_comes_back(bank: list[ImportedItem]) -> None:
    text, left = survey_input.write(bank)

    assert left == []
    assert [i.answer for i in import_bytes(text.encode(), "题库").items] == [i.answer for i in bank]


def test_what_a_format_cannot_carry_is_left_out_and_named() -> None:
    short = ImportedItem("short", "简述。", (), ["先登记"], 0)
    imitating = ImportedItem("single", "A类(A)与B类(B)中,应选()?", ("甲", "乙"), [0], 0)

    assert gift.write([short])[1] == [short]
    assert survey_input.write([short, imitating])[1][0] == short


def test_tolerance_travels_with_gift_and_moodle() -> None:
    item = ImportedItem("blank", "覆盖率是多少?____", (), [["0.9026"]], 0, tolerance=(0.0005,))

    for data in (gift.write([item])[0], moodle_xml.write([item])[0]):
        found = import_bytes(data.encode(), "题库").items[0]
        assert (found.answer, found.tolerance) == ([["0.9026"]], (0.0005,))
    assert qti.write([item])[1] == [item]


def test_qti_package_is_whole_and_well_formed() -> None:
    """Every file of the manifest is there; the schema itself is on no package registry, so it is not checked."""
    with zipfile.ZipFile(io.BytesIO(qti.write(TRICKY)[0])) as archive:
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))  # noqa: S314 - our own file
        named = [f.get("href") for f in manifest.iter("{http://www.imsglobal.org/xsd/imscp_v1p1}file")]
        assert sorted(named) == sorted(n for n in archive.namelist() if n != "imsmanifest.xml")
        for name in named:
            root = ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own file
            assert root.tag.endswith("assessmentItem")


def test_exports_are_the_same_bytes_each_time() -> None:
    bank = [parse_item(SINGLE), parse_item(MULTIPLE), parse_item(TRUE_FALSE)]

    for form in set(FORMATS) - {"xlsx"}:
        assert export(bank, form)[0] == export(bank, form)[0]


def test_bank_items_become_neutral_ones() -> None:
    found = neutral(parse_item(MULTIPLE))

    assert (found.type, found.answer, len(found.options)) == ("multiple", [0, 1], 4)


def test_unknown_form_is_named() -> None:
    with pytest.raises(InputError, match="word"):
        export([parse_item(SINGLE)], "word")


def test_command_writes_beside_the_bank_and_names_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    path = tmp_path / "b.yaml"
    bank = {"bank": "b", "kind": "practice", "items": [SINGLE, TRUE_FALSE]}
    path.write_text(json.dumps(bank, ensure_ascii=False), encoding="utf-8")

    code = cli.run(["quiz", "export", str(path), "--to", "aiken", "--json"])

    payload = json.loads(capsys.readouterr().out)
    assert (code, payload["written"], [left["type"] for left in payload["left"]]) == (1, 1, ["true_false"])
    assert "ANSWER: A" in Path(payload["file"]).read_text("utf-8")


def gift_parser() -> Path:
    """Folder with npm's `gift-pegjs`, installed once into the machine's temporary folder."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("npm and node are needed to check GIFT")
        pytest.skip("no npm: GIFT is not checked by a foreign parser")
    folder = Path(tempfile.gettempdir()) / "coursekit-gift-pegjs-1.0.2"
    if not (folder / "node_modules" / "gift-pegjs" / "package.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            str(folder),
            "gift-pegjs",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode != 0:
            if os.environ.get("CI") == "true":
                pytest.fail(f"npm could not install gift-pegjs: {done.stderr[-300:]}")
            pytest.skip("npm could not install gift-pegjs: GIFT is not checked by a foreign parser")
    return folder


_READ = """
import { parse } from "gift-pegjs";
import { readFileSync } from "node:fs";
process.stdout.write(JSON.stringify(parse(readFileSync(0, "utf8"))));
"""


def test_gift_is_read_by_a_foreign_parser() -> None:
    """npm's gift-pegjs finds the same types, right options, and texts."""
    folder = gift_parser()
    script = folder / "read.mjs"
    script.write_text(_READ, encoding="utf-8")
    text = gift.write(TRICKY)[0]

    done = subprocess.run(
        ["node", str(script)],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-500:]
    found = json.loads(done.stdout)
    assert [q["type"] for q in found] == ["MC", "MC", "TF", "Short"]
    assert [c["isCorrect"] for c in found[0]["choices"]] == [False, False, True, False]
    assert [c["text"]["text"] for c in found[0]["choices"]] == list(TRICKY[0].options)
    assert [c["weight"] > 0 for c in found[1]["choices"]] == [True, False, True]
    assert found[2]["isTrue"] is True
    assert [c["text"]["text"] for c in found[3]["choices"]] == ["50", "五十"]
