"""More machines: hand-ins run by the workers of a dask.distributed scheduler, marks written here.

A worker gets everything as JSON (the instructor's cells, files and the hand-in as base64) and returns JSON;
it needs this package, not the course. Each worker process keeps one warm process of its own. A task may
run twice after a worker dies; the one writer keeps one result per hand-in, so no row is lost or doubled.
"""

from __future__ import annotations

import atexit
import base64
import json
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coursekit.errors import MissingToolError
from coursekit.grading import sandbox
from coursekit.grading.course import AssignmentSource, NotebookSource, SourceCell
from coursekit.grading.marks import CellOutcome
from coursekit.grading.options import Limits
from coursekit.grading.records import Flag
from coursekit.grading.runners import Ran, Runner, Staged
from coursekit.grading.submitted import read_bytes, regular_files

_lock = threading.Lock()
_warm: dict[str, Runner] = {}


class ClusterRunner:
    """Sends rebuilt notebooks to a scheduler; strict mode only.

    Parameters
    ----------
    address : str
        Of the scheduler, `tcp://host:port`.
    limits, source, allow_unsealed
        As for a local run; a worker without bubblewrap refuses unless `allow_unsealed`.

    Raises
    ------
    MissingToolError
        If dask.distributed is not installed or no scheduler answers.
    """

    sealed = True
    base: Path | None = None

    def __init__(self, address: str, limits: Limits, source: AssignmentSource, allow_unsealed: bool) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise MissingToolError("dask.distributed", "请运行 pip install 'coursekit[cluster]'。") from None
        try:
            self._client = Client(address, timeout="20s", set_as_default=False)
        except OSError as error:
            raise MissingToolError(f"dask 调度器 {address}", f"没有应答：{error}") from None
        self._common = {
            "limits": asdict(limits),
            "source": [asdict(notebook) for notebook in source.notebooks],
            "name": source.name,
            "allow_unsealed": allow_unsealed,
        }

    def run(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        """Run `notebook` on some worker; a worker that dies costs a retry."""
        job = {
            **self._common,
            "notebook": notebook,
            "which": source.name,
            "learner": _packed(staged.learner),
            "trusted": _packed(staged.trusted),
        }
        text = json.dumps(job)
        future = self._client.submit(run_job, text, pure=False, retries=2)
        answer = json.loads(future.result())
        outcomes = {gid: CellOutcome(**outcome) for gid, outcome in answer["outcomes"].items()}
        flags = tuple(Flag(**flag) for flag in answer["flags"])
        return Ran(answer["notebook"], outcomes, flags)

    def ready(self) -> None:
        """The scheduler answered already."""

    def close(self) -> None:
        """Leave the cluster; it stays up."""
        self._client.close()


def run_job(text: str) -> str:
    """Run one hand-in on a worker: JSON in, JSON out."""
    job = json.loads(text)
    runner = _runner(job)
    source = next(nb for nb in _sources(job["source"]) if nb.name == job["which"])
    with tempfile.TemporaryDirectory(prefix="c-", dir=runner.base, ignore_cleanup_errors=True) as temporary:
        staged = Staged(Path(temporary) / "learner", Path(temporary) / "trusted")
        for folder, files in ((staged.learner, job["learner"]), (staged.trusted, job["trusted"])):
            _unpack(folder, files)
        ran = runner.run(source, job["notebook"], staged)
    outcomes = {gid: asdict(outcome) for gid, outcome in ran.outcomes.items()}
    flags = [asdict(flag) for flag in ran.flags]
    return json.dumps({"notebook": ran.notebook, "outcomes": outcomes, "flags": flags})


def _runner(job: dict[str, Any]) -> Runner:
    """This worker process's warm process for the exercise, started on first use."""
    from coursekit.grading.sealed import StrictRunner

    key = json.dumps([job["name"], job["source"], job["limits"]], sort_keys=True)
    with _lock:
        if key not in _warm:
            for old in _warm.values():
                old.close()
            _warm.clear()
            source = AssignmentSource(job["name"], Path(), tuple(_sources(job["source"])))
            sealed = sandbox.require(job["allow_unsealed"])
            _warm[key] = StrictRunner(sealed, Limits(**job["limits"]), source)
            atexit.register(_warm[key].close)
        return _warm[key]


def _sources(data: list[dict[str, Any]]) -> Iterator[NotebookSource]:
    for notebook in data:
        cells = tuple(SourceCell(**cell) for cell in notebook["cells"])
        yield NotebookSource(notebook["name"], cells, notebook["metadata"])


def _packed(folder: Path) -> dict[str, str]:
    return {f.name: base64.b64encode(read_bytes(f.path)).decode() for f in regular_files(folder)}


def _unpack(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir()
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(base64.b64decode(content))
