"""Banks: every fault with file and line, nothing guessed, nothing crashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quiz import sample

from coursekit import cli
from coursekit.errors import ContentError, CoursekitError, InputError
from coursekit.quiz.bank import bank_paths, load_bank, load_banks, parse_item
from coursekit.quiz.check import check_banks
from coursekit.quiz.schema import bank_schema, schema_path, schema_text


def write(path: Path, items: list[dict[str, Any]], **head: Any) -> Path:
    content = {"bank": "sample", "kind": "practice", "items": items} | head
    content = json.loads(json.dumps(content))  # nothing shared, so that YAML needs no aliases
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(ContentError) as caught:
        load_bank(path)
    return caught.value.faults


def test_the_five_types_and_a_template_load(tmp_path: Path) -> None:
    bank = load_bank(write(tmp_path / "b.yaml", list(sample.ALL)))
    assert [item.type for item in bank.items] == [
        "single",
        "multiple",
        "true_false",
        "blank",
        "short",
        "single",
    ]


def test_every_fault_of_a_file_comes_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(
        "bank: sample\nkind: practice\nitems:\n"
        "  - id: P-C3-001\n    type: true_false\n    area: C3\n    lesson: 04_stars\n    level: Q\n"
        "    difficulty: 9\n    importance: X\n    scope: company\n    owner: 某公司\n    status: current\n"
        "    stem: 308\n    anser: true\n"
        "  - id: P-C3-002\n    type: essay\n",
        encoding="utf-8",
    )
    found = "\n".join(faults(path))
    for line, word in (
        (8, "level"),
        (9, "difficulty"),
        (14, "stem"),
        (15, "不认识的字段 anser"),
        (4, "缺少字段 answer"),
    ):
        assert any(f"b.yaml:{line} P-C3-001" in fault and word in fault for fault in found.split("\n")), (
            line,
            word,
        )
    assert "b.yaml:16 第 2 题 type" in found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"options": sample.SINGLE["options"][:2]}, "至少 3 个选项"),
        ({"options": [o | {"correct": True} for o in sample.SINGLE["options"]]}, "恰有 1 个正确选项"),
        ({"options": [*sample.SINGLE["options"], sample.SINGLE["options"][0]]}, "两个选项一样"),
        ({"area": "C4"}, "不一致"),
        ({"id": "T-C3-001"}, "应当以 P- 开头"),
        ({"stem": ""}, "不能是空的"),
        ({"facts": ["S9-001"]}, "写法不对"),
        ({"difficulty": "2"}, "整数"),
        ({"year": 12}, "1980"),
    ],
)
def test_a_faulty_item_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    found = faults(write(tmp_path / "b.yaml", [sample.SINGLE | change]))
    assert any(message in fault for fault in found)


def test_ids_are_used_once_in_a_file_and_over_files(tmp_path: Path) -> None:
    assert "编号重复" in faults(write(tmp_path / "a.yaml", [sample.SINGLE, sample.SINGLE]))[0]
    paths = [write(tmp_path / f"{n}.yaml", [sample.SINGLE]) for n in "bc"]
    with pytest.raises(ContentError, match="编号重复"):
        load_banks(paths)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "空文件"),
        (b"  \n\n", "空文件"),
        (b"# only a comment\n", "注释"),
        ("bank: 客户\n".encode("gbk"), "GBK 编码"),
        ("bank: 客户\n".encode("utf-16"), "UTF-16"),
        (b"bank: \x00\x01", "二进制"),
        (b"bank: a\n  kind: b\n", "读不懂的写法"),
        (b"bank: 'abc\n", "断了"),
        (b"bank: a\n\tkind: b\n", "Tab"),
        (b"bank: &x [1]\nkind: *y\n", "引用"),
        (b"bank: &x [1]\nkind: *x\n", "引用"),
        (b"a: 1\n---\nb: 2\n", "几份文档"),
        (b"a: 1\na: 2\n", "写了两次"),
        (b"a: !!python/object:os.system {}\n", "标记"),
        (b"[" * 5000, "嵌套太深"),
        ("items: [{text: 真的吗?, ok: 1}]\n".encode(), "花括号"),
        (b"x" * 4_000_001, "MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_unreadable_file_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        load_bank(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_wrong_head_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="读不了"):
        load_bank(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_text("- 1\n", encoding="utf-8")
    assert "开头应当是" in faults(tmp_path / "b.yaml")[0]
    found = faults(write(tmp_path / "c.yaml", [], kind="exam", owner="x", bank="A B"))
    assert len(found) == 4


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_item_is_refused_or_still_an_item(data: st.DataObject) -> None:
    raw = dict(data.draw(st.sampled_from(sample.ALL)))
    field = data.draw(st.sampled_from(sorted(raw)))
    if data.draw(st.booleans()):
        del raw[field]
    else:
        raw[field] = data.draw(plain)
    try:
        item = parse_item(raw)
    except ValueError:
        return
    assert parse_item(item.model_dump(exclude_unset=True)) == item


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("wild") / "b.yaml"
    path.write_bytes(content)
    with pytest.raises(CoursekitError):
        load_bank(path)


def test_the_published_schema_is_the_one_of_the_code_and_takes_the_shipped_banks() -> None:
    assert schema_path().read_text(encoding="utf-8") == schema_text()
    validator = jsonschema.Draft202012Validator(bank_schema())
    for path in bank_paths():
        assert list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


def test_the_shipped_banks_have_no_faults() -> None:
    report = check_banks()
    assert report.faults == ()
    assert report.total >= 60


def test_the_command_prints_faults_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "b.yaml", [sample.SINGLE | {"id": "P-C3-990", "explanation": ""}])
    assert cli.run(["quiz", "check", str(path), "--json"]) == 2
    content = json.loads(capsys.readouterr().out)
    assert content["faults"] == [f"{path}:4 P-C3-990 没有写 explanation（解析）"]
    assert (
        cli.run(["quiz", "check", str(write(tmp_path / "c.yaml", [sample.BLANK | {"id": "P-C3-991"}]))]) == 0
    )


def test_an_own_bank_only_gets_hints(tmp_path: Path) -> None:
    bare = sample.SINGLE | {"id": "U-C3-001", "explanation": "", "facts": []}
    report = check_banks([write(tmp_path / "b.yaml", [bare], kind="own")])
    assert report.faults == ()
    assert len(report.hints) >= 2


def test_the_schema_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["quiz", "schema", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "coursekit 题库文件"
