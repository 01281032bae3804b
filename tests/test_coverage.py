"""Every fact of the register is taught, assessed, or left out with a reason."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from coursekit.cli import run
from coursekit.coverage import OUT_OF_SCOPE, coverage, summary
from coursekit.errors import ContentError


def test_all_308_facts_are_accounted_for() -> None:
    counts = summary(coverage())

    assert counts["facts"] == 308
    assert counts["unaccounted"] == []


def test_the_command_writes_the_whole_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "覆盖表.csv"

    assert run(["coverage", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"] == 308
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["事实"] for row in rows if row["课"] and "03_figures" in row["课"]]
    assert all(row["课"] or row["练习与案例"] or row["题"] or row["不用的原因"] for row in rows)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[left_out]", "读不了"),
        ('[[left_out]]\nreason = "x"\nfacts = ["S0-999"]', "S0-999 不在事实登记表里"),
        ('[[left_out]]\nfacts = ["S0-001"]', "S0-001 没有写原因"),
    ],
)
def test_a_broken_list_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / OUT_OF_SCOPE).write_text(text, "utf-8")

    with pytest.raises(ContentError, match=said):
        coverage(tmp_path)
