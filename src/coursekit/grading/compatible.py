"""Grade a hand-in exactly as nbgrader does, with our kernels and without touching the gradebook.

nbgrader's own preprocessors do the work in nbgrader's order, those of its configuration included; only
the two that read the gradebook and the two that write it are replaced by their counterparts on a
snapshot.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.grading.course import AssignmentSource, NotebookSource
from coursekit.grading.flags_code import code_flags
from coursekit.grading.flags_library import library_flags
from coursekit.grading.handin import MOST_INSTRUCTOR_BYTES, HandIn, all_not_run, too_many_bytes
from coursekit.grading.kernels import WarmProcess
from coursekit.grading.options import Limits
from coursekit.grading.preload import imports_of
from coursekit.grading.records import Flag
from coursekit.grading.runners import Ran, Staged
from coursekit.grading.slots import Slots
from coursekit.grading.submitted import UnreadableError, read_notebook

if TYPE_CHECKING:
    from coursekit.grading.execute import Execute


class CompatibleRunner:
    """Who runs the cells of hand-ins graded nbgrader's way: here, or on a cluster."""

    base: Path | None = None

    @property
    def sealed(self) -> bool:
        """Whether cells run sealed."""
        raise NotImplementedError

    def execute(self, config: Any) -> Execute:
        """The step of one hand-in that runs its cells."""
        raise NotImplementedError

    def run(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        """Not used: nbgrader's preprocessors drive the run themselves."""
        raise NotImplementedError

    def ready(self) -> None:
        """Wait until cells can be run."""

    def close(self) -> None:
        """End every process it started."""


class LocalCompatible(CompatibleRunner):
    """Cells run in forks of one warm process of this machine."""

    def __init__(self, sealed: bool, limits: Limits, source: AssignmentSource) -> None:
        self._sealed = sealed
        self._warm = WarmProcess(sealed, limits, imports_of(source))
        self._slots = Slots()

    @property
    def sealed(self) -> bool:
        """Whether the warm process is."""
        return self._sealed

    def execute(self, config: Any) -> Execute:
        """Forks of the warm process run the cells."""
        from coursekit.grading.execute import Execute

        return Execute(config=config, warm=self._warm, slots=self._slots, canaries=True)

    def ready(self) -> None:
        """Wait until the warm process can fork."""
        self._warm.ready()

    def close(self) -> None:
        """End the warm process."""
        self._warm.close()


class CompatibleHandIn(HandIn):
    """One hand-in, nbgrader's way."""

    def _run_all(self) -> None:
        from nbgrader.utils import find_all_files

        runner = self.runner
        assert isinstance(runner, CompatibleRunner)  # noqa: S101 - chosen together in engine
        target = self.course.path("autograded", self.student, self.source.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{target.name}.", dir=target.parent, ignore_cleanup_errors=True
        ) as temporary:
            build = Path(temporary) / "build"
            build.mkdir()
            for origin, most in (
                (self.folder, self.limits.disk_mb << 19),
                (self.source.folder, MOST_INSTRUCTOR_BYTES),
            ):
                ignore = [*self.course.dirs.ignore, "*.ipynb"]
                left = most
                for name in find_all_files(str(origin), ignore) if origin.is_dir() else ():
                    left -= Path(name).lstat().st_size
                    if left < 0:
                        self.graded.flags.append(too_many_bytes(self.limits))
                        break
                    _copy(Path(name), build / Path(name).relative_to(origin))
            for notebook in self.source.notebooks:
                self._convert(notebook, build, runner)
            for path in build.rglob("*"):
                if path.is_file() and not path.is_symlink():
                    path.chmod(0o444)
            if any(build.glob("*.ipynb")):
                shutil.rmtree(target, ignore_errors=True)
                build.replace(target)

    def _convert(self, source: NotebookSource, build: Path, runner: CompatibleRunner) -> None:
        path = self.folder / f"{source.name}.ipynb"
        try:
            submitted = read_notebook(path, self.limits.notebook_mb)
        except UnreadableError as error:
            self.graded.flags.append(Flag("unreadable", path.name, str(error)))
            self.graded.marks[source.name] = all_not_run(source, str(error))
            return
        self.graded.flags.extend((*code_flags(source, submitted), *library_flags(source, submitted)))
        try:
            self._through_nbgrader(source, path, build, runner)
        except Exception as error:
            reason = f"nbgrader 没能处理：{type(error).__name__}: {str(error).splitlines()[0][:150] if str(error) else ''}"
            self.graded.flags.append(Flag("failed", path.name, reason))
            self.graded.marks[source.name] = all_not_run(source, reason)
            (build / path.name).unlink(missing_ok=True)

    def _through_nbgrader(
        self, source: NotebookSource, path: Path, build: Path, runner: CompatibleRunner
    ) -> None:
        from nbconvert.exporters import NotebookExporter
        from nbgrader import preprocessors as stock
        from nbgrader.converters.autograde import Autograde

        from coursekit.grading import snapshot
        from coursekit.grading.execute import Execute

        converter = Autograde(coursedir=self.course.dirs, config=self.course.config)
        config = converter.config
        exporters = [NotebookExporter(config=config) for _ in range(2)]
        keep = snapshot.KeepGrades(config=config)
        execute = runner.execute(config)
        replaced: dict[Any, Any] = {
            stock.OverwriteCells: lambda: snapshot.SnapshotOverwriteCells(
                snapshot.Snapshot(source), config=config
            ),
            stock.OverwriteKernelspec: lambda: snapshot.SnapshotOverwriteKernelspec(source, config=config),
            stock.Execute: lambda: execute,
            Execute: lambda: execute,  # where a configuration names the drop-in
            stock.SaveAutoGrades: lambda: keep,
            stock.AssignLatePenalties: lambda: None,
        }
        resources = {
            "unique_key": source.name,
            "output_files_dir": f"{source.name}_files",
            "nbgrader": {
                "student": self.student,
                "assignment": self.source.name,
                "notebook": source.name,
                "db_url": "",
            },
        }
        built = build / f"{source.name}.ipynb"
        steps = (converter.sanitize_preprocessors, converter.autograde_preprocessors)
        for exporter, classes, origin in zip(exporters, steps, (path, built), strict=True):
            exporter._preprocessors = []
            for kind in classes:
                made = replaced[kind]() if kind in replaced else kind
                if made is not None:
                    exporter.register_preprocessor(made)
            text, _ = exporter.from_filename(str(origin), resources=dict(resources))
            built.write_text(text, encoding="utf-8")
        self.graded.flags.extend(execute.flags)
        self.graded.marks[source.name] = dict(keep.marks)
        self.graded.unanswered[source.name] = frozenset(keep.unanswered)


def _copy(origin: Path, target: Path) -> None:
    if origin.is_symlink() or not origin.is_file() or origin.stat().st_nlink > 1:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(origin, target)
