"""What the workers of a cluster do: whole hand-ins in strict mode, cells of nbgrader's Execute in compatible mode."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import nbformat
from nbclient.exceptions import DeadKernelError

from coursekit.grading.cluster import Cluster, Job, notebooks, packed, unpack, warm_runner
from coursekit.grading.compatible import CompatibleRunner, LocalCompatible
from coursekit.grading.course import NotebookSource
from coursekit.grading.execute import Execute, keep_new
from coursekit.grading.marks import CellOutcome, Ended
from coursekit.grading.outputs import MOST_OUTPUTS, clean
from coursekit.grading.records import Flag
from coursekit.grading.runners import Ran, Staged
from coursekit.grading.sealed import StrictRunner

TOLD = (
    "timeout",
    "interrupt_on_timeout",
    "error_on_timeout",
    "record_timing",
    "skip_cells_with_tag",
    "canaries",
)
"""What a configuration says of `Execute` that its cells depend on."""
MOST_NOTES = 8
"""What the kit itself may say below the outputs of a cell."""


class ClusterRunner:
    """Strict mode: rebuilt notebooks go to the workers, outcomes come back."""

    base: Path | None = None

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    @property
    def sealed(self) -> bool:
        """Whether every run so far was."""
        return self._cluster.sealed

    def run(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        """Run `notebook` on some worker."""
        answer = self._cluster.ask(
            run_strict,
            {
                "notebook": notebook,
                "which": source.name,
                "learner": packed(staged.learner),
                "trusted": packed(staged.trusted),
            },
        )
        outcomes = {gid: _outcome(found) for gid, found in answer["outcomes"].items()}
        return Ran(_with_outputs(notebook, answer, self._cluster.output_bytes), outcomes, _flags(answer))

    def ready(self) -> None:
        """The scheduler answered already."""

    def close(self) -> None:
        """Leave the cluster."""
        self._cluster.close()


class ClusterCompatible(CompatibleRunner):
    """Compatible mode: nbgrader's steps run here, only the cells of a hand-in on a worker."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    @property
    def sealed(self) -> bool:
        """Whether every run so far was."""
        return self._cluster.sealed

    def execute(self, config: Any) -> Execute:
        """The step that runs cells, on some worker."""
        return _RemoteExecute(self._cluster, config=config, canaries=True)

    def close(self) -> None:
        """Leave the cluster."""
        self._cluster.close()


class _RemoteExecute(Execute):
    def __init__(self, cluster: Cluster, **options: Any) -> None:
        super().__init__(**options)
        self._cluster = cluster

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Execute `nb` on some worker; new files its cells wrote come back."""
        place = Path(resources.get("metadata", {}).get("path") or ".")
        told = {name: getattr(self, name) for name in TOLD}
        answer = self._cluster.ask(run_cells, {"notebook": nb, "settings": told, "files": packed(place)})
        self.flags += _flags(answer)
        if answer["dead"]:
            raise DeadKernelError(answer["dead"])
        keep_new(answer["files"], place)
        return nbformat.from_dict(answer["notebook"]), resources


def _flags(answer: Job) -> tuple[Flag, ...]:
    """Flags of an answer; ValueError if they are none."""
    for flag in answer["flags"]:
        _need(type(flag) is dict and all(type(text) is str for text in flag.values()))
    return tuple(Flag(**flag) for flag in answer["flags"])


def _outcome(found: Any) -> CellOutcome:
    _need(type(found) is dict and found["ended"] in get_args(Ended))
    _need(all(type(text) is str for name, text in found.items() if (name, text) != ("value", None)))
    return CellOutcome(**found)


def _with_outputs(notebook: dict[str, Any], answer: Job, most_bytes: int) -> dict[str, Any]:
    """The notebook that was sent, with the outputs that came back; another notebook is no answer."""
    sent, told = notebook["cells"], answer["notebook"]["cells"]
    _need([cell["source"] for cell in sent] == [cell["source"] for cell in told])
    cells = []
    for mine, theirs in zip(sent, told, strict=True):
        cells.append(dict(mine))
        if mine["cell_type"] == "code":
            found, count = theirs["outputs"], theirs["execution_count"]
            _need(type(found) is list and (count is None or type(count) is int))
            kept, notes = found[:MOST_OUTPUTS], found[MOST_OUTPUTS : MOST_OUTPUTS + MOST_NOTES]
            cells[-1]["outputs"] = clean(kept, 2 * most_bytes) + clean(notes, most_bytes)
            cells[-1]["execution_count"] = count
    return {**notebook, "cells": cells}


def _need(condition: object) -> None:
    """Refuse an answer: the hand-in was not run, and the others go on."""
    if not condition:
        raise ValueError("别的机器的回答不合规定")


def run_strict(text: str) -> str:
    """Run one hand-in on a worker: JSON in, JSON out."""
    job: Job = json.loads(text)
    runner = warm_runner(job, StrictRunner)
    source = next(notebook for notebook in notebooks(job) if notebook.name == job["which"])
    with tempfile.TemporaryDirectory(prefix="c-", dir=runner.base, ignore_cleanup_errors=True) as temporary:
        staged = Staged(Path(temporary) / "learner", Path(temporary) / "trusted")
        unpack(staged.learner, job["learner"])
        unpack(staged.trusted, job["trusted"])
        ran = runner.run(source, job["notebook"], staged)
    outcomes = {gid: asdict(outcome) for gid, outcome in ran.outcomes.items()}
    flags = [asdict(flag) for flag in ran.flags]
    return json.dumps(
        {"notebook": ran.notebook, "outcomes": outcomes, "flags": flags, "sealed": runner.sealed}
    )


def run_cells(text: str) -> str:
    """Run the cells of one notebook on a worker as `Execute` does: JSON in, JSON out."""
    job: Job = json.loads(text)
    runner = warm_runner(job, LocalCompatible)
    assert isinstance(runner, LocalCompatible)  # noqa: S101 - what was asked for
    execute = runner.execute(None)
    for name, value in job["settings"].items():
        setattr(execute, name, value)
    notebook, dead = nbformat.from_dict(job["notebook"]), ""
    with tempfile.TemporaryDirectory(prefix="c-", ignore_cleanup_errors=True) as temporary:
        place = Path(temporary) / "files"
        unpack(place, job["files"])
        try:
            notebook, _ = execute.preprocess(notebook, {"metadata": {"path": str(place)}})
        except DeadKernelError as error:
            dead = str(error) or "Kernel died"
        made = {name: content for name, content in packed(place).items() if name not in job["files"]}
    flags = [asdict(flag) for flag in execute.flags]
    return json.dumps(
        {"notebook": notebook, "flags": flags, "files": made, "dead": dead, "sealed": runner.sealed}
    )
