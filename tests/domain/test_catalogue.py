"""The catalogue says of every table what a reader must know, and its faults are named."""

import importlib.util

import pytest

from coursekit import resources
from coursekit.domain import catalogue, facts
from coursekit.errors import ContentError, InputError


def test_every_table_has_a_generator_and_every_generator_a_table():
    folder = resources.content_root() / "src" / "coursekit" / "domain" / "generators"
    helpers = {"__init__", "draws", "assumed", "quiz_items"}
    assert {path.stem for path in folder.glob("*.py")} - helpers == set(catalogue.tables())


def test_the_tables_of_the_course_are_all_there():
    assert len(catalogue.tables()) == 18
    assert importlib.util.find_spec("coursekit.domain.generators.customers_raw")


@pytest.mark.parametrize("table", catalogue.tables().values(), ids=lambda table: table.name)
def test_a_table_has_title_source_and_labels_that_tell_columns_apart(table):
    assert table.title
    assert table.source
    labels = [column.label for column in table.columns]
    assert len(set(labels)) == len(labels)
    words = [word for column in table.columns for word in (column.label, *column.also)]
    assert len(set(words)) == len(words)
    assert set(table.key) <= {column.name for column in table.columns}


def test_sources_cite_facts_that_are_there():
    known = {fact.id for fact in facts.all()}
    for table in catalogue.tables().values():
        text = table.source + table.note + "".join(column.source for column in table.columns)
        cited = set(facts._CITED.findall(text))
        assert cited <= known, table.name


def test_an_unknown_column_is_named_with_those_there_are():
    with pytest.raises(InputError, match=r"表 sku.*wholesale.*看到的是price"):
        catalogue.table("sku").column("price")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[table", "不是完整的 TOML"),
        ("", "一张表也没有"),
        ("table = 5", "每张表应当写成一节"),
        ("[table]\na = 5", "每张表应当写成一节"),
        ('[table.a]\ntitle = "x"\nfile = "a.csv"\n', "没有 columns"),
        (
            '[table.a]\ntitle = "x"\nfile = "a.csv"\ncolumns = [{ name = "b", label = "b", type = "float" }]',
            "type",
        ),
        ('[table.a]\nname2 = "x"\ncolumns = [{ name = "b", label = "b", type = "int" }]', "table.a"),
    ],
)
def test_faults_of_the_catalogue_are_named(tmp_path, monkeypatch, text, message):
    (tmp_path / "catalogue.toml").write_text(text, "utf-8")
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path)
    with pytest.raises(ContentError, match=message):
        catalogue.tables()


def test_a_missing_catalogue_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path)
    with pytest.raises(ContentError, match="读不到数据表的目录"):
        catalogue.tables()


@pytest.mark.parametrize("table", catalogue.tables().values(), ids=lambda table: table.name)
def test_headers_of_an_own_export_tell_its_columns_apart(table):
    words = [word for column in table.own.columns for word in (column.label, *column.also)]
    assert len(set(words)) == len(words)
    assert {column.name for column in table.columns} <= {column.name for column in table.own.columns}


def test_a_column_that_is_not_there_cannot_be_left_out():
    with pytest.raises(ValueError, match="own_optional 里没有这样的列：weeks"):
        catalogue._own(catalogue.table("sales_week").columns, ["weeks"], [])
