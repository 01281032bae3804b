"""The published JSON Schema of a bank file, so that editors and other tools can check banks too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coursekit import resources
from coursekit.quiz.items import Bank


def bank_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a bank file."""
    schema = Bank.model_json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coursekit 题库文件",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as the file holds it."""
    return json.dumps(bank_schema(), ensure_ascii=False, indent=2) + "\n"


def schema_path() -> Path:
    """Where the schema is published."""
    return resources.assignments() / "quiz_banks" / "schema.json"
