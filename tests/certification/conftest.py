"""What the certification tests share: the shipped policy, a register on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coursekit import resources
from coursekit.certification.policy import LevelPolicy, load_policy
from coursekit.certification.register import Register
from tests.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures


@pytest.fixture(scope="session")
def policy() -> LevelPolicy:
    """The shipped level policy."""
    return load_policy(resources.policy("levels"))


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a new register, on each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'levels.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    """A new register, on each database in turn."""
    with Register(register_url) as book:
        yield book


@pytest.fixture
def sqlite_register(tmp_path: Path) -> Iterator[Register]:
    """A new register on SQLite, where the database does not matter."""
    with Register(tmp_path / "levels.db") as book:
        yield book
