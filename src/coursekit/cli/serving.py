"""Serve a page until the user stops it: what the commands `console` and `levels page` share."""

from __future__ import annotations

import signal
import webbrowser
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coursekit.cli.output import emit, say

if TYPE_CHECKING:
    from coursekit.console.serve import Page


def serve_page(
    page: Page, port: int | None, payload: Mapping[str, object], *, browser: bool, as_json: bool
) -> int:
    """Serve `page`, say where, and wait for Ctrl+C or a polite end.

    Parameters
    ----------
    payload : mapping
        What `--json` says besides the address.
    """
    from coursekit.console.serve import running

    def ended(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, ended)
    try:
        with running(page, port) as served:

            def human() -> None:
                for line in (
                    f"{page.name}地址（只有这台电脑能打开）：",
                    served.url,
                    "用完以后，在这个窗口按 Ctrl+C 关闭。",
                ):
                    say(line)

            emit({**payload, "url": served.url}, as_json, human)
            if browser:
                webbrowser.open(served.url)
            try:
                served.wait()
            except KeyboardInterrupt:
                if not as_json:
                    say("已关闭。")
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0
