"""Open the register's database: SQLite by default, PostgreSQL by URL; bring its schema up to date."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool, StaticPool

from coursekit.errors import InputError, MissingToolError

REGISTER_VARIABLE = "COURSEKIT_REGISTER"
DEFAULT_FILE = "levels.db"
_NEWEST = "0003"
_VERSION = re.compile(r"0*[1-9][0-9]*")
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_AT_ONCE = 1000
_LOCK = 2934_0155  # any number: who migrates holds it


def address(given: str | Path | None = None) -> str:
    """URL of the register: `given`, else the environment variable, else a file in this folder."""
    text_form = str(given or os.environ.get(REGISTER_VARIABLE) or DEFAULT_FILE)
    if "://" in text_form:
        return text_form
    return f"sqlite:///{Path(text_form).expanduser().resolve()}"


def shown(url: str) -> str:
    """The address for people, its password hidden."""
    return make_url(url).render_as_string(hide_password=True)


def open_engine(url: str) -> Engine:
    """Engine on `url` with the settings the register relies on.

    Raises
    ------
    InputError
        If the address cannot be understood.
    MissingToolError
        If the PostgreSQL driver is not installed.
    """
    try:
        if make_url(url).get_backend_name() == "sqlite":
            engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 60})
            event.listen(engine, "connect", _sqlite_settings)
            event.listen(engine, "begin", _sqlite_begin)
            return engine
        return create_engine(url, pool_size=2, max_overflow=4, isolation_level="READ COMMITTED")
    except ArgumentError as error:
        raise InputError(url, "文件名，或 postgresql+psycopg://… 这样的地址", str(error)) from error
    except ModuleNotFoundError as error:
        raise MissingToolError("psycopg", "请装：pip install 'coursekit[postgres]'。") from error


def _sqlite_settings(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=60000")
    cursor.execute("PRAGMA secure_delete=ON")  # an erased name must not stay in free pages
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    writes = connection.get_execution_options().get("coursekit_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


RESTORE = "检查磁盘和权限；文件坏了就换上最近的备份，再运行 coursekit levels audit。"
_BUSY = "被别的程序占着"
_WAIT = "多半是别人正在登记，等他做完再试一次；库没有坏，不要换备份。"


class ConflictError(InputError):
    """Somebody else wrote the same thing in the meantime."""


class DamagedError(InputError):
    """The database cannot be read or written: damaged, read-only, full, or gone."""


@contextmanager
def _named(engine: Engine) -> Iterator[None]:
    """A refusal of the database says which one, and why."""
    try:
        yield
    except IntegrityError as error:
        todo = "请重新看一遍再做。"
        raise ConflictError(_place(engine), "没有别人同时写同一条", _reason(error), todo) from error
    except DBAPIError as error:
        raise _refusal(engine, _reason(error)) from error
    except sqlite3.Error as error:
        raise _refusal(engine, _REASONS.get(str(error), str(error))) from error
    except UnicodeDecodeError as error:  # SQLite quotes the damaged text in its own message
        raise DamagedError(_place(engine), "完好、能读写的等级登记库", "文件坏了", RESTORE) from error


def _refusal(engine: Engine, reason: str) -> DamagedError:
    todo = _WAIT if reason == _BUSY else RESTORE
    return DamagedError(_place(engine), "完好、能读写的等级登记库", reason, todo)


_REASONS = {
    "file is not a database": "不是数据库文件",
    "database disk image is malformed": "文件坏了",
    "unable to open database file": "打不开",
    "attempt to write a readonly database": "只能读，不能写",
    "database or disk is full": "磁盘满了",
    "database is locked": _BUSY,
    "disk I/O error": "磁盘读写出错",
}


def _reason(error: DBAPIError) -> str:
    lines = str(error.orig or error).strip().splitlines()
    reason = lines[0] if lines else type(error).__name__
    return _REASONS.get(reason, reason)


def _place(engine: Engine) -> str:
    """The file, or the address with its password hidden."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return engine.url.database
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that will write: on SQLite it takes the write lock at once."""
    options: dict[str, Any] = {"coursekit_write": True}
    with _named(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one unchanging state of the register."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with _named(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def steady(engine: Engine) -> Iterator[Connection]:
    """As `reading`, for what takes minutes: on SQLite from a copy, so that nobody who writes has to wait.

    The copy stands in a nameless temporary database, which goes when the block ends.
    """
    if engine.dialect.name != "sqlite":
        with reading(engine) as connection:
            yield connection
        return
    with _named(engine), closing(sqlite3.connect("", check_same_thread=False)) as copy:
        source = engine.raw_connection()
        try:
            kept: Any = source.driver_connection
            kept.backup(copy)
        finally:
            source.close()
        other = create_engine(engine.url, creator=lambda: copy, poolclass=StaticPool)
        with other.connect() as connection:
            yield connection


def rewrite(engine: Engine) -> None:
    """Write the whole file anew: a page that was split may keep a copy of what was erased since."""
    if engine.dialect.name == "sqlite":
        with _named(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")


def stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """Rows of `query` without holding them in memory; the cursor is closed however reading ends.

    Raises
    ------
    DamagedError
        If what is stored is not what its column holds, such as a date that is none.
    """
    try:
        rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        try:
            known: set[tuple[type, ...]] = set()
            for row in rows:
                shape = tuple(map(type, row))
                if shape not in known:
                    _check_types(query, shape)
                    known.add(shape)
                yield row
        finally:
            # a reader that broke off may be cleared away after its connection, which SQLite minds
            if not (connection.closed and connection.engine.dialect.name == "sqlite"):
                rows.close()
    except (ValueError, TypeError) as error:
        raise DamagedError(_place(connection.engine), "读得出来的内容", str(error), RESTORE) from error


def _check_types(query: Select[Any], shape: tuple[type, ...]) -> None:
    """SQLite gives back whatever type a damaged row claims to hold."""
    for column, found in zip(query.selected_columns, shape, strict=True):
        expected = column.type.python_type
        if found is type(None) and getattr(column, "nullable", True):
            continue
        if not (found is expected or (expected is float and found is int)):
            raise ValueError(f"{column.name} 一栏不是该有的类型")


def file_digest(connection: Connection) -> str:
    """SHA-256 of the whole file, hex; empty when the register is no single file that holds still.

    The open transaction has read something: nobody writes to the file meanwhile.
    """
    if connection.dialect.name != "sqlite":
        return ""
    if connection.exec_driver_sql("PRAGMA journal_mode").scalar() not in ("delete", "truncate", "persist"):
        return ""
    place = connection.exec_driver_sql("PRAGMA database_list").first()
    if place is None or not place[2]:
        return ""
    with Path(place[2]).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def upgrade(engine: Engine, *, create: bool = True) -> None:
    """Bring the schema to the newest version; safe when two clerks open a new register at once.

    Parameters
    ----------
    create : bool
        Whether an empty database becomes a register.

    Raises
    ------
    InputError
        If the database cannot be reached, is no register (nothing is written to it then), or was written
        by a newer version of the kit.
    """
    where = _place(engine)
    try:
        with reading(engine) as connection:
            found = _version(connection)
            tables = set(inspect(connection).get_table_names())
        if found is not None and not tables >= {"events", "head", "people"}:
            tables, found = tables | {"alembic_version"}, None
        if found is not None and not _VERSION.fullmatch(found):
            raise InputError(where, "等级登记库", f"版本号是 {found}", RESTORE)
        if found is not None and found > _NEWEST:
            expected, todo = f"版本不超过 {_NEWEST} 的等级登记库", "先更新程序。"
            raise InputError(where, expected, f"版本 {found}", todo)
        if found == _NEWEST:
            return
        if found is None and (tables or not create):
            got = "别的程序的数据库" if tables else "空的数据库，里面还没有登记库"
            raise InputError(where, "等级登记库", got, "检查路径或地址；新的登记库由 levels roster 建。")
        _migrate(engine)
    except DamagedError as error:
        raise InputError(error.where, "能打开的等级登记库", error.got, "检查路径、地址和权限。") from error


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
