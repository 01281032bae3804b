"""Every table of the course comes back from an export with Chinese headers and Chinese codes."""

import pandas as pd
import pytest

from coursekit.domain import catalogue, datasets


def export(name, variant=None):
    """The table as a system would export it: labels with units, codes spelled out, yes and no."""
    table, frame = catalogue.table(name), datasets.load(name, variant).head(400)
    for column in table.columns:
        values = frame[column.name]
        if column.type == "bool":
            frame[column.name] = values.map({True: "是", False: "否"})
        elif column.codes:
            frame[column.name] = values.astype("string").map(lambda v, c=column: c.codes.get(v, v))
    return frame.rename(columns=table.labels)


@pytest.mark.parametrize("name", datasets.names())
def test_a_gbk_export_comes_back_as_the_table(tmp_path, name):
    export(name).to_csv(tmp_path / "导出.csv", index=False, encoding="gb18030")
    pd.testing.assert_frame_equal(
        datasets.read_own(tmp_path / "导出.csv", name), datasets.load(name).head(400), check_dtype=False
    )


@pytest.mark.parametrize("name", ["customers", "customers_raw", "visits", "shop_ledger"])
def test_an_excel_export_comes_back_as_the_table(tmp_path, name):
    export(name).to_excel(tmp_path / "导出.xlsx", index=False)
    pd.testing.assert_frame_equal(
        datasets.read_own(tmp_path / "导出.xlsx", name), datasets.load(name).head(400), check_dtype=False
    )
