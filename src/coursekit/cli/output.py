"""How commands speak: one JSON object or Chinese text on standard output, errors on standard error."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.markup import escape

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
stdout = Console()
stderr = Console(stderr=True)


def emit(payload: dict[str, Any], as_json: bool, human: Callable[[], None]) -> None:
    """Print `payload` as one JSON object, or let `human` print it for a person."""
    if as_json:
        _write(payload)
    else:
        human()


def shown(text: str) -> str:
    """Text that may quote a hand-in: what would move a terminal's cursor or turn the line around is replaced."""
    return _CONTROL.sub("\ufffd", text)


def say(text: str) -> None:
    """One line for a person."""
    stdout.print(shown(text), markup=False, highlight=False, soft_wrap=True)


def notice(text: str) -> None:
    """One line for a person beside the answer, also when the answer is JSON."""
    stderr.print(shown(text), markup=False, highlight=False, soft_wrap=True)


def fail(message: str, as_json: bool, code: int) -> int:
    """Report an error in the asked form and give back its exit code."""
    if as_json:
        _write({"error": message, "exit_code": code})
    stderr.print(f"[red]错误[/red] {escape(shown(message))}", soft_wrap=True, highlight=False, markup=True)
    return code


def _write(payload: dict[str, Any]) -> None:
    """One line of JSON; what the terminal's encoding has no sign for, or half a character, stands as its escape."""
    encoding = sys.stdout.encoding or "utf-8"
    text = json.dumps(payload, ensure_ascii=False, default=str)
    sys.stdout.write(text.encode(encoding, "json-escape").decode(encoding) + "\n")


def _as_escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error("json-escape", _as_escape)
