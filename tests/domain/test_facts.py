"""The fact register is complete, ordered and points only at itself."""

import re

import pytest

from coursekit import resources
from coursekit.domain import facts
from coursekit.errors import ContentError, InputError

HEAD = "id,text,document,owner,year,industry,status\n"


def test_every_numbered_fact_is_there_in_order():
    expected = [f"S{s}-{n:03d}" for s, last in enumerate((164, 58, 37, 14, 35)) for n in range(1, last + 1)]
    expected += [f"INC-{n:02d}" for n in range(1, 55)] + [f"DER-{n:02d}" for n in range(1, 13)]
    expected += [f"REG-{n}" for n in range(1, 10)]
    assert [fact.id for fact in facts.all()] == expected


def test_no_fact_cites_one_that_is_not_there():
    known = {fact.id for fact in facts.all()}
    assert not {cited for fact in facts.all() for cited in fact.cites} - known
    assert facts.get("INC-01").cites == ("S2-001", "S2-002")


def test_figures_carry_over():
    for id, figure in {
        "S2-001": "308", "S2-002": "142", "S2-003": "278", "S0-056": "17,816", "DER-03": "90.26%",
        "S1-035": "98%", "S3-004": "18,016.95", "S4-025": "3,000 吨",
    }.items():  # fmt: skip
        assert figure in facts.get(id).text


def test_other_industries_are_marked_as_such():
    for fact in facts.all():
        assert (fact.industry == "烟草") == (fact.status != "other_industry"), fact.id


def test_texts_are_one_line_of_their_own():
    texts = [fact.text for fact in facts.all()]
    assert len(set(texts)) == len(texts)
    for fact in facts.all():
        assert 8 <= len(fact.text) <= 200, fact.id
        assert fact.text.endswith(("。", ")", ")")), fact.id
        assert not re.search(r"[!!\n]", fact.text), fact.id


def test_source_says_whose_rule_and_which_year():
    assert facts.get("S2-001").source == "某县城区营销部（原文未注年份）"
    assert facts.get("S0-154").source == "某市第一营销部（2011 年）"
    assert facts.get("DER-03").source == "本课程推算"
    assert facts.get("S4-006").status_label == "别的行业的规定"


def test_search_takes_every_word():
    assert [fact.id for fact in facts.search("紧俏 积分")] == ["S2-013", "S2-014"]
    assert "S2-008" in {fact.id for fact in facts.search("扣款")}
    assert facts.search("") == ()


def test_an_unknown_id_is_refused():
    with pytest.raises(InputError, match=r"事实编号.*S9-999"):
        facts.get("S9-999")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "第 1 行应当是 id,text"),
        (HEAD + "S2-001,甲\n", "第 2 行：应当有 7 格，有 2 格"),
        (HEAD + "X-1,甲,乙,丙,,烟草,current\n", "不合格式"),
        (HEAD + "S2-001,甲,乙,丙,,烟草,current\n" * 2, "第 3 行：编号 S2-001 出现过了"),
        (HEAD + "S2-001,,乙,丙,,烟草,current\n", "有空的"),
        (HEAD + "S2-001,甲,乙,丙,12,烟草,current\n", "不是四位数"),
        (HEAD + "S2-001,甲,乙,丙,,烟草,old\n", "应当是 current、employer"),
        (HEAD + 'S2-001,"甲', "不是完整的 UTF-8 CSV"),
        (b"\xff\xfe\x00", "不是完整的 UTF-8 CSV"),
    ],
)
def test_faults_of_the_register_are_named_by_line(tmp_path, monkeypatch, content, message):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "facts.csv").write_bytes(data)
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path)
    with pytest.raises(ContentError, match=message):
        facts.all()


def test_a_missing_register_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path)
    with pytest.raises(ContentError, match="读不到事实库"):
        facts.all()
