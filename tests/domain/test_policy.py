"""Policies: values with unit and source; a province's file replaces values and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursekit import resources
from coursekit.domain import facts, policy
from coursekit.errors import ContentError, DomainError

GOOD = '[a]\nstay = { value = 20, unit = "分钟", source = "S2-004", min = 1, max = 60 }\n'


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with one policy `demo`."""
    for name in ("notebooks", "datasets", "assignments/policy"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "assignments/policy/demo.toml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv("COURSEKIT_CONTENT", str(tmp_path))
    monkeypatch.delenv(policy.OVERRIDE_VARIABLE, raising=False)
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_value_unit_source_and_section_are_read(kit: Path) -> None:
    loaded = policy.load("demo")
    assert loaded["a.stay"] == 20
    assert loaded.entry("a.stay").unit == "分钟"
    assert loaded.entry("a.stay").source == "S2-004"
    assert loaded.section("a") == {"stay": 20}
    assert loaded.facts() == {"S2-004"}
    assert loaded.number("a.stay") == 20.0


def test_a_changed_file_is_read_again(kit: Path) -> None:
    assert policy.load("demo")["a.stay"] == 20
    (kit / "assignments/policy/demo.toml").write_text(GOOD.replace("20", "25 "), encoding="utf-8")
    assert policy.load("demo")["a.stay"] == 25


@pytest.mark.parametrize("key", ["a", "stay", "a.stay.value", ""])
def test_an_unknown_key_names_the_known_ones(kit: Path, key: str) -> None:
    with pytest.raises(DomainError, match=r"a\.stay"):
        policy.load("demo")[key]


def test_an_unknown_policy_names_its_file(kit: Path) -> None:
    with pytest.raises(DomainError, match=r"nothing\.toml"):
        policy.load("nothing")


def test_a_province_replaces_a_value_by_argument_or_folder(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write(kit, '[a]\nstay = { value = 30, source = "employer", note = "本省 2024 年办法" }\n')
    assert policy.load("demo", own)["a.stay"] == 30
    own.rename(kit / "demo.toml")
    monkeypatch.setenv(policy.OVERRIDE_VARIABLE, str(kit))
    assert policy.load("demo")["a.stay"] == 30
    assert policy.load("demo").entry("a.stay").unit == "分钟"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("stay = 30", "value = "),
        ('stay = { value = 99, source = "employer", note = "x" }', "1 到 60"),
        ('stay = { value = nan, source = "employer", note = "x" }', "1 到 60"),
        ('stay = { value = "30", source = "employer", note = "x" }', "同一种类"),
        ('stay = { value = true, source = "employer", note = "x" }', "同一种类"),
        ('stay = { value = 30, unit = "小时", source = "employer", note = "x" }', "单位应当是分钟"),
        ("stay = { value = 30 }", "source"),
        ('stay = { value = 30, source = "S9-001" }', "source"),
        ('stay = { value = 30, source = "employer" }', "note"),
        ('stay = { value = 30, source = "S2-004", sauce = 1 }', "sauce"),
        ('stai = { value = 30, source = "S2-004" }', "没有这一项"),
        ('stay = { value = 30, source = "S2-004", max = 999 }', "不能改，看到的是 1 到 999"),
        ('stay = { value = 30, source = "S2-004", min = "1" }', "不能改，看到的是 1 到 60"),
        ("stay = { value = 30, source = 5 }", "source 要写事实编号"),
        ("stay = { value = 30, source = [[1]] }", "source 要写事实编号"),
        ("stay = { value = 1" + "0" * 400 + ', source = "S2-004" }', "1 到 60"),
    ],
)
def test_a_fault_in_a_provinces_file_is_told(kit: Path, line: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        policy.load("demo", write(kit, f"[a]\n{line}\n"))


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("customers", "abc__cuts", ["0.8", 0.95]),
        ("customers", "abc__cuts", []),
        ("stars", "fujian_2014__volume", [[15], [0, 3]]),
        ("stars", "petroleum__tons", [["三星", 3000]]),
        ("packages", "services__large", [["营销"]]),
        ("service", "emergency__weather__few", {"name": "x"}),
        ("supply", "points__per_carton", {"1": 5}),
    ],
)
def test_a_value_of_another_shape_is_told(name: str, key: str, value: object) -> None:
    with pytest.raises(ContentError, match="同一种类"):
        policy.load(name).replace(**{key: value})


def test_all_faults_of_a_file_are_told_at_once(kit: Path) -> None:
    bad = '[a]\none = { value = 1, source = "typical" }\ntwo = 3\n'
    (kit / "assignments/policy/demo.toml").write_text(bad, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        policy.load("demo")
    assert len(caught.value.faults) == 3
    assert any("a.one" in fault and "unit" in fault for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("change", "told"),
    [(("min = 1", 'min = "1"'), "min 和 max 要写数"), (("[a]", "meta = 5\n[a]"), "写成一节")],
)
def test_a_fault_of_our_own_file_is_told(kit: Path, change: tuple[str, str], told: str) -> None:
    (kit / "assignments/policy/demo.toml").write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        policy.load("demo")


def test_a_number_beyond_any_of_the_trade_is_none() -> None:
    with pytest.raises(ContentError, match=r"1 到 1000000000000 之间，看到的是 1e\+300"):
        policy.load("units").replace(sticks__pack=1e300)


def test_a_part_of_a_visit_is_none(kit: Path) -> None:
    loaded = policy.load("demo").replace(a__stay=22.5)
    assert loaded.number("a.stay") == 22.5
    assert policy.load("demo").whole("a.stay") == 20
    with pytest.raises(DomainError, match=r"政策 demo 的 a\.stay：应当是整数，看到的是22\.5"):
        loaded.whole("a.stay")


@pytest.mark.parametrize("text", ["[a\n", "a = 1\n[a]\n"])
def test_a_broken_file_is_told_with_its_name(kit: Path, text: str) -> None:
    with pytest.raises(ContentError, match=r"own\.toml"):
        policy.load("demo", write(kit, text))


def test_a_file_in_another_encoding_is_told(kit: Path) -> None:
    path = kit / "own.toml"
    path.write_bytes("[a]\nstay = { value = 1, unit = '分钟' }".encode("gbk"))
    with pytest.raises(ContentError, match="UTF-8"):
        policy.load("demo", path)


def test_replace_keeps_the_checks(kit: Path) -> None:
    loaded = policy.load("demo")
    assert loaded.replace(a__stay=45)["a.stay"] == 45
    assert loaded["a.stay"] == 20
    with pytest.raises(ContentError, match="1 到 60"):
        loaded.replace(a__stay=0)


# levels keeps its own form and is checked by its owner
OURS = [name for name in policy.names() if name != "levels"]


@pytest.mark.parametrize("name", OURS)
def test_every_shipped_policy_loads(name: str) -> None:
    loaded = policy.load(name)
    assert loaded.entries
    assert loaded.title != name, "give it a Chinese title in [meta]"


def test_every_policy_cites_facts_that_exist() -> None:
    for name in OURS:
        for fact in policy.load(name).facts():
            assert facts.get(fact).id == fact, f"{name} cites {fact}"


def test_the_readme_names_every_policy_and_no_other() -> None:
    text = (resources.policy("README").parent / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)\.toml`", text, re.MULTILINE))
    assert named == set(policy.names()), "give a new policy its row in assignments/policy/README.md"


def test_a_policy_can_be_shown_as_a_table(kit: Path) -> None:
    assert policy.load("demo").describe().to_dict("records") == [
        {"key": "a.stay", "value": 20, "unit": "分钟", "source": "S2-004", "note": ""}
    ]
