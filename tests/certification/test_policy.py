"""A policy is read whole or refused with every fault at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursekit import resources
from coursekit.certification.indicators import refusal
from coursekit.certification.policy import LevelPolicy, load_policy, parse_policy
from coursekit.errors import ContentError, InputError

TEXT = resources.policy("levels").read_text("utf-8")


def test_the_shipped_policy_follows_the_proposal(policy: LevelPolicy) -> None:
    assert policy.ladder == ("junior", "intermediate", "senior")
    assert [policy.levels["senior"].weight(part) for part in ("theory", "skill", "performance")] == [
        25,
        45,
        30,
    ]
    assert [policy.levels[level].pass_mark("total") for level in policy.ladder] == [60, 70, 75]
    assert [policy.levels[level].validity_months.value for level in policy.ladder] == [24, 24, 36]


def test_every_value_has_a_source() -> None:
    values = re.findall(r"\{ value = [^}]*\}", TEXT)

    assert len(values) > 60
    assert all("source = " in value for value in values)


def test_the_digest_is_that_of_the_meaning(policy: LevelPolicy) -> None:
    rearranged = "# 别的注释\n" + TEXT.replace("value = 50,", "value=50,")

    assert parse_policy(rearranged).digest == policy.digest
    assert parse_policy(TEXT.replace("value = 75,", "value = 76,")).digest != policy.digest


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("theory = { value = 50,", "theory = { value = 51,", "合计应当是 100%，现在是 101%"),
        ("客我互动率", "卷烟销量同比", "293 号文件"),
        ("客我互动率", "一类烟占比", "结构指标"),
        ("客我互动率", "单箱结构", "293 号文件"),
        ('target = { value = 100, unit = "%"', 'target = { value = 100, unit = "箱"', "293 号文件"),
        ("rank = 3", "rank = 2", "rank 要从 1 起连着编"),
        ('value = "良好", source', 'value = "挺好", source', "「挺好」不在 appraisal.order 里"),
        ('mode = { value = "score", source = "typical", note', 'mode = { value = "rank", source = "typical", note', "要写 vacancies"),
        ('source = "S2-035"', 'source = "听说"', "出处写 S1-021 这样的编号"),
        ('family = "basic"', 'family = "sales"', "只能是"),
        ("value = 75,", "value = 175,", "不能大于 100"),
        ("value = 60,", "value = -1,", "不能小于 0"),
        ("value = 24,", "value = 24.5,", "要写整数"),
        ("value = 60,", "value = nan,", "要是有限的数"),
        ("[ranking]", "[rankings]", "不认识这一项"),
        ("onboarding = { value = true", "onboarding = { value = 1", "类型不对"),
        ("floor = { value = 50", "floor = { value = 100", "floor 与 target 不能相等"),
        ('title = { value = "初级客户经理", source = "S2-035" }', 'title = "初级客户经理"', "要写成 { value"),
        ("schema = 1", "schema = 2", "只能是 1"),
    ],
)  # fmt: skip
def test_a_fault_is_named(old: str, new: str, words: str) -> None:
    assert old in TEXT

    with pytest.raises(ContentError) as caught:
        parse_policy(TEXT.replace(old, new))

    assert words in str(caught.value)


def test_all_faults_come_at_once() -> None:
    broken = TEXT.replace("theory = { value = 50,", "theory = { value = 51,").replace("客我互动率", "销量")

    with pytest.raises(ContentError) as caught:
        parse_policy(broken)

    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"[[[", b"a = 1"])
def test_a_file_that_is_no_policy_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "levels.toml"
    path.write_bytes(data)

    with pytest.raises((InputError, ContentError)) as caught:
        load_policy(path)

    assert "levels.toml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="打不开"):
        load_policy(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "title",
    ["销量", "卷烟销售量", "总量同比", "订货量完成率", "单箱销售额", "一类烟比重", "高端烟占比", "结构提升率",
     "单条值", "销 量", "销售任务完成率", "ＳＡＬＥＳ", "sales volume", "二类烟同比", "户均条数"],
)  # fmt: skip
def test_volume_and_structure_are_refused_whatever_their_name(title: str) -> None:
    assert "293 号文件" in (refusal(title) or "")


@pytest.mark.parametrize(
    "title",
    ["客户基础信息维护到位率", "客户诉求处理率", "客户服务满意度", "客户经营毛利提升率", "现代终端系统应用达标率",
     "明码标价到位率", "客我互动率", "走访完成率", "知识结构测评", "品牌宣讲到位率"],
)  # fmt: skip
def test_the_indicators_of_practice_are_allowed(title: str) -> None:
    assert refusal(title) is None


def test_every_value_from_a_page_says_which(policy: LevelPolicy) -> None:
    """A fact id speaks for itself; a page does not."""

    def entries(value: object, where: str) -> Iterator[tuple[str, dict[str, str]]]:
        if isinstance(value, dict) and "source" in value:
            yield where, value
        elif isinstance(value, dict):
            for name, inner in value.items():
                yield from entries(inner, f"{where}.{name}")

    found = dict(entries(policy.model_dump(mode="json", by_alias=True), "levels"))

    assert len(found) > 60
    assert [where for where, one in found.items() if "page" in one["source"] and not one["note"]] == []


def test_every_fact_that_is_cited_is_there(policy: LevelPolicy) -> None:
    from coursekit.domain import facts

    cited = set(re.findall(r"\b(?:S\d-\d{3}|DER-\d+)\b", json.dumps(policy.content(), ensure_ascii=False)))

    assert cited
    for one in cited:
        assert facts.get(one).text
