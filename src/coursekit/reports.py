"""Runs a report notebook and gives one HTML file that needs nothing else: no code shown, no network."""

from __future__ import annotations

import base64
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit import resources
from coursekit.errors import CoursekitError, InputError
from coursekit.grading.store import write_bytes

_EXTERNAL = re.compile(r"""<(?:script|link)\b|(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
_INPUT_ERRORS = frozenset({"InputError", "DomainError", "ContentError", "MissingToolError"})
_SECONDS = 300


class ReportError(CoursekitError):
    """A report notebook stopped; input faults keep the exit code they have elsewhere."""

    def __init__(self, name: str, kind: str, message: str) -> None:
        self.exit_code = 2 if kind in _INPUT_ERRORS else 3
        super().__init__(message if kind in _INPUT_ERRORS else f"报告 {name} 没有做完：{kind}: {message}")


@dataclass(frozen=True)
class Report:
    """What `make` takes: which notebook, with what, where to."""

    name: str
    parameters: Mapping[str, Any]
    out: Path


def names() -> list[str]:
    """Names of the reports there are."""
    return sorted(path.stem for path in (resources.notebooks() / "reports").glob("*.py"))


def run(name: str, parameters: Mapping[str, Any], out: Path) -> Path:
    """Run the report `name` and write it to `out`.

    Parameters
    ----------
    name : str
        A file in `notebooks/reports/`, without suffix.
    parameters : mapping
        Values for its `parameters` cell; paths become absolute.
    out : Path
        The HTML file.

    Raises
    ------
    InputError
        If there is no such report.
    ReportError
        If the notebook raised, with its message.
    """
    source = resources.notebooks() / "reports" / f"{name}.py"
    if not re.fullmatch(r"[a-z_]+", name) or not source.is_file():
        raise InputError(name, "报告名：" + "、".join(names()), "没有这个报告")
    notebook = _execute(source, {key: _plain(value) for key, value in parameters.items()}, name)
    html = page(notebook)
    if found := _EXTERNAL.search(html):
        raise ReportError(
            name, "Network", f"页面里有到别处去的链接：{html[found.start() : found.start() + 80]}"
        )
    write_bytes(out, html.encode())
    return out


def page(notebook: Any) -> str:
    """The page of an executed notebook: its texts, tables and pictures in order, under one style."""
    from jinja2 import Environment, PackageLoader

    parts = [part for cell in notebook.cells for part in _parts(cell)]
    titles = re.findall(r"<h1[^>]*>(.*?)</h1>", "\n".join(parts), re.DOTALL)
    title = re.sub(r"<[^>]+>|¶", "", titles[0]).strip() if titles else "报告"
    environment = Environment(loader=PackageLoader("coursekit", "report_template"), autoescape=True)
    return environment.get_template("report.html.j2").render(title=title, parts=parts)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value.resolve())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _execute(source: Path, parameters: Mapping[str, Any], name: str) -> Any:
    import jupytext
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    notebook = jupytext.read(source, fmt="py:percent")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory(prefix="coursekit-report-") as folder:
        given, done = Path(folder) / f"{name}.ipynb", Path(folder) / "done.ipynb"
        jupytext.write(notebook, given)
        sockets = {} if os.name == "nt" else {"transport": "ipc", "ip": f"{folder}/kernel"}
        quiet = {"extra_arguments": ["--IPKernelApp.log_level=50"]}  # it reports its own shutdown
        # over TCP two kernels may choose the same port
        config = Config({"KernelManager": sockets, "NotebookClient": quiet})
        try:
            return papermill.execute_notebook(
                str(given),
                str(done),
                parameters=dict(parameters),
                progress_bar=False,
                log_output=False,
                execution_timeout=_SECONDS,
                request_save_on_cell_execute=False,
                kernel_name="python3",
                config=config,
            )
        except PapermillExecutionError as error:
            kind = str(error.ename).rpartition(".")[2]
            raise ReportError(name, kind, str(error.evalue)) from error
        finally:
            _close_own_loop()


def _close_own_loop() -> None:
    """Beside the main thread nobody else closes the event loop that running a notebook opened."""
    from jupyter_core.utils import ensure_event_loop

    if threading.current_thread() is not threading.main_thread():
        ensure_event_loop().close()


def _parts(cell: Any) -> Iterable[str]:
    if cell.cell_type == "markdown":
        yield _markdown(cell.source)
    for output in cell.get("outputs", []) if cell.cell_type == "code" else []:
        data = output.get("data", {})
        if "text/html" in data:
            yield f'<div class="scroll">{data["text/html"]}</div>'
        elif "text/markdown" in data:
            yield _markdown(data["text/markdown"])
        elif "image/svg+xml" in data:
            yield f"<figure>{_inline_svg(data['image/svg+xml'])}</figure>"
        elif "image/png" in data:
            picture = base64.b64decode(data["image/png"])
            width = int.from_bytes(picture[16:20], "big")  # the header of a PNG says how wide it is
            code = base64.b64encode(picture).decode()
            yield f'<figure><img alt="图" style="--w: {width}px" src="data:image/png;base64,{code}"></figure>'


def _inline_svg(text: str) -> str:
    return text[max(0, text.find("<svg")) :]


def _markdown(text: str) -> str:
    from nbconvert.filters import markdown2html_mistune

    html = str(markdown2html_mistune(text))
    plain = re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", html)
    return re.sub(r"&#(\d+);", _letter, plain)


def _letter(match: re.Match[str]) -> str:
    """nbconvert writes Chinese headings as numbers; markup stays as it is."""
    code = int(match.group(1))
    return chr(code) if code > 127 else match.group(0)
