"""The `coursekit` command: parse, call one library function, print, return an exit code.

Exit codes: 0 done, 1 done but something needs a person, 2 wrong use or bad input, 3 the kit failed.
"""

from __future__ import annotations

import importlib
import io
import os
import stat
import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from coursekit import __version__
from coursekit.cli.output import fail, stderr
from coursekit.cli.usage import in_chinese
from coursekit.errors import CoursekitError, InputError, from_system
from coursekit.resources import CONTENT_VARIABLE

# Module -> name of its sub-command group, or None when its commands stand at the top.
GROUPS: dict[str, str | None] = {
    "learner": None,
    "author": None,
    "trainer": None,
    "quiz": "quiz",
    "levels": "levels",
    "report": "report",
    "doctor": None,
    "demo": None,
}
# Wrong use, whichever click this typer builds on (newer ones carry their own): BadParameter, UsageError, …
USAGE_ERRORS: tuple[Any, ...] = tuple(
    kind for kind in typer.BadParameter.__mro__ if hasattr(kind, "format_message")
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"coursekit {__version__}")
        raise typer.Exit


def _root(
    content: Path | None = typer.Option(None, "--content", help="课程内容所在的文件夹（默认用自带的）。"),
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="显示版本。"),
) -> None:
    """客户经理培训与考核工具。"""
    if content is not None:
        os.environ[CONTENT_VARIABLE] = str(content)


def build_app() -> typer.Typer:
    """The command tree, gathered from one module per group."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)
    app.callback()(_root)
    for module_name, group in GROUPS.items():
        module = importlib.import_module(f"coursekit.cli.{module_name}")
        if group is None:
            app.registered_commands.extend(module.app.registered_commands)
            app.registered_groups.extend(module.app.registered_groups)
        else:
            app.add_typer(module.app, name=group)
    return app


def _refuse_pipes(args: list[str]) -> None:
    """Refuse what is neither file nor folder where a command could read it: a pipe would be waited for forever."""
    for arg in args:
        for text in {arg, arg.partition("=")[2]} - {"", os.devnull}:
            try:
                mode = Path(text).stat().st_mode
            except (OSError, ValueError):
                continue  # not there, or no path at all: the command says so
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise InputError(text, "文件或文件夹", "管道或设备", "请先把内容存成文件，再用那个文件。")


def run(args: list[str]) -> int:
    """Run the command line `args` and give back its exit code."""
    as_json = "--json" in args
    try:
        _refuse_pipes(args)
        result = build_app()(args=args, standalone_mode=False, prog_name="coursekit")
    except CoursekitError as error:
        return fail(str(error), as_json, error.exit_code)
    except USAGE_ERRORS as error:
        return fail(f"命令写得不对：{in_chinese(error.format_message())}。加 --help 看用法。", as_json, 2)
    except (typer.Abort, KeyboardInterrupt):
        return fail("已中断。已经完成的都保存了，再运行一次同样的命令会接着做。", as_json, 1)
    except Exception as error:
        refused = from_system(error)
        if refused is not None:
            return fail(str(refused), as_json, refused.exit_code)
        stderr.print(escape(traceback.format_exc()), highlight=False)
        return fail(f"程序自己出了错：{error!r}。请把上面的文字发给维护的人。", as_json, 3)
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of the installed command; a file name no encoding has is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
