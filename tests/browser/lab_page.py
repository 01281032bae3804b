"""One page of a real JupyterLab in a real Chromium, and what went over its wire."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from coursekit.course.server import free_port

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 90_000  # a cold start on two busy cores [ms]
_READY = """() => {
  const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
  const kernel = context?.session?.kernel;
  return Boolean(kernel) && kernel.status === 'idle' && kernel.connectionStatus === 'connected';
}"""
_DONE = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets.filter((c) => c.model.type === 'code');
  return cells.every((c) => c.model.executionState !== 'running' && (c.model.executionCount || !c.model.sharedModel.source.trim()));
}"""


def own_port() -> int:
    """A free port that no other worker of the tests looks at: two that look at once would find the same one."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return free_port(None, 8888 + 100 * worker)


class LabPage:
    """Opens pages of one workspace; keeps the hosts asked, the frames received and the faults told."""

    def __init__(self, browser: Any, url: str) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
        self.page.set_default_timeout(PATIENCE)
        self.hosts: set[str] = set()
        self.faults: list[str] = []
        self.received: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        self.url = url

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")):
            self.hosts.add(request.url.split("/")[2].split(":")[0])

    def _frame(self, payload: str | bytes) -> None:
        self.received.append(payload if isinstance(payload, str) else payload.decode("utf-8", "replace"))

    def open(self, path: str = "") -> Any:
        """Open a page of the workspace (the welcome page by default) and wait for its kernel."""
        address = self.url.replace("00_welcome.ipynb", quote(path)) if path else self.url
        self.page.goto(f"{address}&reset")  # without the tabs an earlier test left open
        self.ready()
        return self.page

    def ready(self) -> None:
        """Wait until the page stands and its kernel waits for work."""
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        self.page.wait_for_function(_READY)

    def run_all(self) -> None:
        """Press the button that runs everything and wait until every code cell has run."""
        self.page.get_by_role("button", name="全部运行").first.click()
        self.page.wait_for_function(_DONE)
        self.page.wait_for_function(_READY)

    def complaints(self) -> list[str]:
        """Errors and warnings that cells gave (both are shown under one type)."""
        kinds = ("error", "stderr")
        outputs = self.page.locator(
            ",".join(f"[data-mime-type='application/vnd.jupyter.{k}']" for k in kinds)
        )
        return [output.inner_text() for output in outputs.all()]
