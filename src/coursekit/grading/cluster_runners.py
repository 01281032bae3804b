"""What the workers of a cluster do: whole hand-ins in strict mode, cells of nbgrader's Execute in compatible mode."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError

from coursekit.grading.cluster import Cluster, Job, notebooks, packed, unpack, warm_runner
from coursekit.grading.compatible import CompatibleRunner, LocalCompatible
from coursekit.grading.course import NotebookSource
from coursekit.grading.execute import Execute, keep_new
from coursekit.grading.marks import CellOutcome
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
        outcomes = {gid: CellOutcome(**outcome) for gid, outcome in answer["outcomes"].items()}
        return Ran(answer["notebook"], outcomes, tuple(Flag(**flag) for flag in answer["flags"]))

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
        self.flags += [Flag(**flag) for flag in answer["flags"]]
        if answer["dead"]:
            raise DeadKernelError(answer["dead"])
        keep_new(answer["files"], place)
        return nbformat.from_dict(answer["notebook"]), resources


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
