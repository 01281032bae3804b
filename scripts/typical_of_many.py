"""Tries the typical wrong answers of the exercises in the tables of many learners: points must be the same in all.

    python scripts/typical_of_many.py [--learners 12] [--exercises 05_cooperation,07_capacity]

The tests try them for one learner; here a wrong answer shows that happens to be right, or costs more, where a
table lacks the case it is about. Also tells where a wrong number that people give equals the key. One process;
about 20 seconds a learner for all exercises.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from coursekit import resources
from coursekit.course import build
from coursekit.grading.forms import rules_for

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import typical

LUCKY = {("10_warnings", "upside_down")}  # the page prints both numbers; they may be the same


def main() -> int:
    """Name every deviation; 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=12)
    parser.add_argument("--exercises", default="")
    asked = parser.parse_args()
    folders = {folder.name: folder for folder in build.exercise_folders(resources.content_root())}
    names = asked.exercises.split(",") if asked.exercises else [name for name in folders if name[0] != "K"]
    os.environ["MPLBACKEND"] = "agg"
    warnings.simplefilter("ignore")
    found = 0
    for name in names:
        for number in range(1, asked.learners + 1):
            for line in deviations(folders[name], f"kh{number:04}"):
                found += 1
                print(f"{name} kh{number:04}: {line}", flush=True)
    print(f"{len(names)} exercises, {asked.learners} learners: {found} deviations")
    return 1 if found else 0


def deviations(folder: Path, who: str) -> Iterator[str]:
    """What differs from `about.toml` for one learner, and numbers of `key.py` that are wrong and right at once."""
    typical.WHO = who
    typical.key.cache_clear()
    code, fields = typical.wrongs(folder).CODE, typical.fields(folder)
    with (
        tempfile.TemporaryDirectory() as desk,
        contextlib.chdir(desk),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        on = typical.bench(folder, Path(desk))
        stated = {one["id"]: one for one in build.about(folder)["typical"]}
        tried = {
            name: typical.try_code(on, *code[name]) if name in code else typical.try_field(on, *fields[name])
            for name in stated
        }
    for name, one in stated.items():
        if tried[name].loses != one["loses"]:
            yield f"{name} loses {tried[name].loses}, stated is {one['loses']}"
        missing = [words for words in one["said"] if words not in tried[name].page]
        if missing:
            yield f"{name} is not told {missing}"
    for field, rule in rules_for(folder, who).items():
        for known in rule.get("known", []) if rule["type"] == "number" else []:
            whole = known["value"] == round(known["value"]) or known.get("tolerance")
            near = abs(known["value"] - rule["value"]) <= rule.get("tolerance", 0)
            if near and whole and (folder.name, field) not in LUCKY:
                yield f"{field}: {known['value']} is right ({known['note']})"


if __name__ == "__main__":
    sys.exit(main())
