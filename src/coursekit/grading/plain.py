"""Run a notebook the ordinary way: a Jupyter kernel in a child process, no seal.

This is the fallback for systems without bubblewrap (and for other kernels than Python). The child
is its own session, killed whole when its time is up.

`python -m coursekit.grading.plain IN OUT` is the child: it reads a job as JSON and writes the
executed notebook as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from coursekit.grading.marks import CellOutcome
from coursekit.grading.options import Limits

TIMEOUT_NAME = "CellTimeoutError"


def run_plain(notebook: dict[str, Any], work: Path, limits: Limits) -> tuple[dict[str, Any], bool]:
    """Execute a notebook in `work`.

    Returns
    -------
    tuple of dict and bool
        The executed notebook and whether it came to its end; if not, it has the outputs of none of
        its cells.
    """
    inside, outside = work.parent / f"{work.name}.in.json", work.parent / f"{work.name}.out.json"
    job = {"notebook": notebook, "work": str(work), "timeout": max(1, round(limits.cell_seconds))}
    inside.write_text(json.dumps(job), encoding="utf-8")
    command = [sys.executable, "-m", "coursekit.grading.plain", str(inside), str(outside)]
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _until_it_ends(child, limits.total_seconds + 20)
    finally:
        _kill(child)
    try:
        executed = json.loads(outside.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return notebook, False
    finally:
        inside.unlink(missing_ok=True)
        outside.unlink(missing_ok=True)
    return executed, True


def _until_it_ends(child: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait, but leave it to be reaped: its number is not given to another group before its own is killed."""
    end = time.monotonic() + seconds
    if not hasattr(os, "waitid"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=seconds)
        return
    how = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while time.monotonic() < end and os.waitid(os.P_PID, child.pid, how) is None:
        time.sleep(0.05)


def _kill(child: subprocess.Popen[bytes]) -> None:
    try:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    except ProcessLookupError:
        pass
    child.wait()


def outcomes(notebook: dict[str, Any], finished: bool) -> dict[str, CellOutcome]:
    """Read what happened to every graded code cell out of an executed notebook."""
    found = {}
    for cell in notebook["cells"]:
        gid = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if gid is None or cell["cell_type"] != "code":
            continue
        found[gid] = outcome_of(gid, cell["outputs"]) if finished else CellOutcome(gid, "died")
    return found


def outcome_of(grade_id: str, outputs: list[dict[str, Any]]) -> CellOutcome:
    """Read what happened to one cell out of its outputs."""
    value = None
    for output in outputs:
        if output["output_type"] == "error":
            name = str(output["ename"])
            ended = "timeout" if name == TIMEOUT_NAME else "died" if name == "DeadKernelError" else "error"
            return CellOutcome(grade_id, ended, name, str(output["evalue"]))  # type: ignore[arg-type]
        if output["output_type"] == "execute_result":
            text = output["data"].get("text/plain", "")
            value = text if isinstance(text, str) else "".join(text)
    return CellOutcome(grade_id, "ok", value=value)


def _child(inside: str, outside: str) -> None:
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a child of its own: nothing of ours is hidden by it
        from nbgrader.preprocessors import Execute

        job = json.loads(Path(inside).read_text(encoding="utf-8"))
        nb = nbformat.from_dict(job["notebook"])
        execute = Execute(timeout=job["timeout"])
        nb, _ = execute.preprocess(nb, {"metadata": {"path": job["work"]}})
    part = Path(outside + ".part")
    part.write_text(json.dumps(nb), encoding="utf-8")
    part.replace(outside)


if __name__ == "__main__":
    _child(sys.argv[1], sys.argv[2])
