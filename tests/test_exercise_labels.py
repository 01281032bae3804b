"""What an exercise knows of planted tables is what the trainer's ledger says."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from coursekit import resources
from coursekit.domain import customers, datasets

EXERCISES = resources.assignments() / "exercises"


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{path.stem}_{path.parent.name}", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_diary_exercise_carries_the_duties_of_the_label_file():
    folder = EXERCISES / "01_duties"
    rows = csv.DictReader((folder / "duties.csv").read_text("utf-8").splitlines())
    digits = "".join(row["duty"] for row in sorted(rows, key=lambda row: row["slot"]))

    assert (folder / "exercise.py").read_text("utf-8").count(f'"{digits}"') == 2, "solution and hidden test"


@pytest.mark.parametrize("who", ["kh0001", "kh0417", "a7"])
def test_the_diary_key_finds_the_duty_of_every_line(who):
    folder = EXERCISES / "01_duties"

    found = module(folder / "key.py").duties(datasets.load("diary", who))

    assert found == list(module(folder / "planted.py").ledger(who)["duty"])


@pytest.mark.parametrize("who", ["kh0001", "kh0417", "a7"])
def test_every_planted_fault_that_a_table_can_show_is_in_the_report_the_file_exercise_marks_by(who):
    """A moved shop is left out: whether it shows depends on whose ground it moved to."""
    ledger = module(EXERCISES / "02_files" / "planted.py").ledger(who)
    report = customers.cleaning_report(datasets.load("customers_raw", who))
    planted = {
        (code, {"cust_id": "route"}.get(field, field))
        for code, field in zip(ledger["cust_id"], ledger["field"], strict=True)
        if field != "addr"
    }
    sure = report[report["kind"] == "错"]
    found = set(zip(sure["cust_id"], sure["field"], strict=True))

    assert planted <= found
    assert {field for _, field in found - planted} <= {"licence_no"}, "both lines of a doubled licence"
    assert set(report.loc[report["kind"] == "疑", "field"]) <= {"lon"}


@pytest.mark.parametrize("who", ["kh0001", "kh0417"])
def test_the_key_of_the_file_exercise_counts_the_planted_telephones(who):
    folder = EXERCISES / "02_files"
    ledger = module(folder / "planted.py").ledger(who)

    rules = module(folder / "key.py").answers({"customers_raw": datasets.load("customers_raw", who)})

    assert rules["phones"]["value"] == (ledger["field"] == "phone").sum()
