"""Chooses what a learner's wheel carries: an allow-list, so that a new secret stays out by default."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Built lessons and released exercises; never `exercise.py`, `key.py`, test banks, cases' answers.
LEARNER_FILES = (
    "notebooks/*.ipynb",
    "notebooks/reports/*.py",
    "assignments/syllabus.toml",
    "assignments/exercises/*/*.ipynb",
    "assignments/exercises/*/form.yaml",
    "assignments/cases/*/*.ipynb",
    "assignments/cases/*/form.yaml",
    "assignments/cases/*/*.svg",
    "assignments/quiz_banks/practice/*.yaml",
    "assignments/quiz_banks/schema.json",
    "assignments/policy/*.toml",
    "datasets/*.csv",
    "datasets/*.toml",
)


def learner_files(root: Path) -> dict[str, str]:
    """Files of the checkout `root` that learners receive, mapped to their place in the wheel."""
    found = sorted({path for pattern in LEARNER_FILES for path in root.glob(pattern)})
    return {str(path): f"coursekit/content/{path.relative_to(root).as_posix()}" for path in found}


class WheelContent(BuildHookInterface):  # type: ignore[misc]
    """Adds the learner's content to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Editable installs read the checkout itself and need no copy."""
        if version == "standard":
            build_data["force_include"].update(learner_files(Path(self.root)))
