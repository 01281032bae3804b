"""More machines: the connection to a dask.distributed scheduler, and what one of its workers keeps warm.

A worker gets everything as JSON (the instructor's cells, files and the hand-in as base64) and returns JSON;
it needs this package, not the course. Each worker process keeps one warm process of its own. A task may
run twice after a worker dies; the one writer keeps one result per hand-in, so no row is lost or doubled.
"""

from __future__ import annotations

import atexit
import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coursekit.errors import MissingToolError
from coursekit.grading import sandbox
from coursekit.grading.course import AssignmentSource, NotebookSource, SourceCell
from coursekit.grading.options import Limits
from coursekit.grading.runners import Runner, started
from coursekit.grading.submitted import read_bytes, regular_files

Job = dict[str, Any]
_lock = threading.Lock()
_warm: dict[str, Runner] = {}


class Cluster:
    """A scheduler that answers, and what every job for it says of the exercise.

    Parameters
    ----------
    address : str
        Of the scheduler, `tcp://host:port`.
    limits, source, allow_unsealed
        As for a local run; a worker without bubblewrap refuses unless `allow_unsealed`.

    Attributes
    ----------
    sealed : bool
        Whether every answer so far came from a sealed run.
    output_bytes : int
        Most that is kept of a cell's outputs [bytes].

    Raises
    ------
    MissingToolError
        If dask.distributed is not installed or no scheduler answers.
    """

    def __init__(self, address: str, limits: Limits, source: AssignmentSource, allow_unsealed: bool) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise MissingToolError("dask.distributed", "请运行 pip install 'coursekit[cluster]'。") from None
        try:
            self._client = Client(address, timeout="20s", set_as_default=False)
        except OSError as error:
            raise MissingToolError(f"dask 调度器 {address}", f"没有应答：{error}") from None
        self.sealed, self.output_bytes = True, int(limits.output_mb * 1e6)
        self._common = {
            "limits": asdict(limits),
            "source": [asdict(notebook) for notebook in source.notebooks],
            "name": source.name,
            "allow_unsealed": allow_unsealed,
        }

    def ask(self, work: Callable[[str], str], job: Job) -> Job:
        """The answer of some worker to `job`; a worker that dies costs a retry."""
        future = self._client.submit(work, json.dumps({**self._common, **job}), pure=False, retries=2)
        answer: Job = json.loads(future.result())
        self.sealed = self.sealed and answer["sealed"] is True
        return answer

    def close(self) -> None:
        """Leave the cluster; it stays up."""
        self._client.close()


def warm_runner(job: Job, make: Callable[[bool, Limits, AssignmentSource], Runner]) -> Runner:
    """This worker process's runner for the exercise of `job`, started on first use."""
    key = json.dumps([make.__qualname__, job["name"], job["source"], job["limits"]], sort_keys=True)
    with _lock:
        if key not in _warm:
            for old in _warm.values():
                old.close()
            _warm.clear()
            source = AssignmentSource(job["name"], Path(), tuple(notebooks(job)))
            waived = job["allow_unsealed"]
            first = make(sandbox.require(waived), Limits(**job["limits"]), source)
            _warm[key] = started(first, lambda: make(False, Limits(**job["limits"]), source), waived)
            atexit.register(_warm[key].close)
        return _warm[key]


def notebooks(job: Job) -> Iterator[NotebookSource]:
    """The instructor's notebooks, from a job."""
    for notebook in job["source"]:
        cells = tuple(SourceCell(**cell) for cell in notebook["cells"])
        yield NotebookSource(notebook["name"], cells, notebook["metadata"], notebook["given"])


def packed(folder: Path) -> dict[str, str]:
    """Regular files below `folder` as base64, by name."""
    return {f.name: base64.b64encode(read_bytes(f.path)).decode() for f in regular_files(folder)}


def unpack(folder: Path, files: dict[str, str]) -> None:
    """Lay `files` out in a new folder."""
    folder.mkdir()
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(base64.b64decode(content))
