"""Loading the course's tables: digests, types, variants."""

import dataclasses
import importlib

import pandas as pd
import pytest

from coursekit import resources
from coursekit.domain import catalogue, datasets
from coursekit.errors import InputError


def test_shipped_tables_regenerate_byte_identically():
    assert datasets.check() == []


@pytest.mark.parametrize("name", datasets.names())
def test_every_shipped_table_has_the_columns_and_rows_of_the_catalogue(name):
    frame, table = datasets.load(name), catalogue.table(name)
    assert list(frame.columns) == [column.name for column in table.columns]
    assert len(frame) == table.rows
    for column in table.columns:
        assert column.missing or not frame[column.name].isna().any(), column.name


@pytest.mark.parametrize("name", datasets.names())
def test_a_variant_is_repeatable_and_has_the_same_columns_and_types(name):
    shipped, mine = datasets.load(name), datasets.load(name, "kh0001")
    pd.testing.assert_frame_equal(mine, datasets.load(name, "kh0001"))
    assert list(mine.columns) == list(shipped.columns)
    kinds = {"int64": "int", "Int64": "int", "boolean": "bool"}
    assert [kinds.get(str(t), str(t)) for t in mine.dtypes] == [
        kinds.get(str(t), str(t)) for t in shipped.dtypes
    ]
    assert not mine.equals(shipped)
    assert not mine.equals(datasets.load(name, "kh0002"))


@pytest.mark.parametrize("name", datasets.names())
def test_a_generator_gives_rows_that_a_caller_may_change_without_effect_on_the_next(name):
    rows = importlib.import_module(f"coursekit.domain.generators.{name}").rows
    before = rows(None)
    before[0].clear()
    assert rows(None)[0]


def test_leading_zeros_stay():
    assert datasets.load("customers").licence_no.str.startswith("0").all()


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    for file in resources.datasets().iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "customers.csv").write_bytes((tmp_path / "customers.csv").read_bytes().replace(b"A", b"B", 1))
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path)
    with pytest.raises(InputError, match=r"customers.csv.*SHA-256.*内容被改过.*read_own"):
        datasets.load("customers")
    assert datasets.load("customers_raw").shape[0] == 310
    assert datasets.check() == ["customers.csv：与生成器的结果不是逐字节相同"]
    (tmp_path / "customers.csv").unlink()
    with pytest.raises(InputError, match="读不到这个文件"):
        datasets.load("customers")
    assert datasets.check() == ["customers.csv：没有这个文件"]


def test_an_unknown_table_is_named_with_those_there_are():
    with pytest.raises(InputError, match=r"数据表的名字.*customers_raw.*看到的是custmers"):
        datasets.load("custmers")


@pytest.mark.parametrize("wrong", ["", "../x", "a" * 65, "张 三", 7])
def test_a_learner_id_that_is_none_is_refused(wrong):
    with pytest.raises(InputError, match="学员编号"):
        datasets.load("customers", wrong)


def test_labels_carry_the_unit():
    assert datasets.labels("shop_ledger")["cost"] == "进价(元/条)"
    assert datasets.labels("customers")["route"] == "线路"


def test_a_digest_that_was_not_brought_up_to_date_is_told(monkeypatch):
    stale = dataclasses.replace(catalogue.table("sku"), sha256="0")
    monkeypatch.setattr(catalogue, "tables", lambda: {"sku": stale})
    assert datasets.check() == ["sku.csv:catalogue.toml 里的 SHA-256 没有更新"]
