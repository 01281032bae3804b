"""JupyterLab as a beginner needs it: in Chinese, quiet, closed to the outside, without clutter.

Everything is kept inside the workspace, so that a person's own Jupyter settings neither show here
nor are touched.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coursekit.course.files import write_whole
from coursekit.course.workspace import KIT_FOLDER, WELCOME

LAB = "@jupyterlab"
# Front-end parts a learner has no use for, or that would ask another host. (The property inspector stays:
# without it JupyterLab 4.6 leaves its empty column on the page.)
DISABLED = (
    "@jupyter/nbgrader",  # Create Assignment panel, formgrader, course lists: the trainer's tools
    "@jupyter-notebook/lab-extension",  # the switch to another look of the same page
    "@voila-dashboards/jupyterlab-preview",
    "jupyterlab-jupytext",
    f"{LAB}/apputils-extension:announcements",
    f"{LAB}/cell-toolbar-extension",
    f"{LAB}/celltags-extension",
    f"{LAB}/console-extension",
    f"{LAB}/debugger-extension",
    f"{LAB}/extensionmanager-extension",
    f"{LAB}/fileeditor-extension:language-server",
    f"{LAB}/help-extension:jupyter-forum",
    f"{LAB}/help-extension:resources",
    f"{LAB}/inspector-extension:consoles",
    f"{LAB}/logconsole-extension",
    f"{LAB}/lsp-extension",
    f"{LAB}/mainmenu-extension:recents",
    f"{LAB}/metadataform-extension",
    f"{LAB}/notebook-extension:code-console",
    f"{LAB}/notebook-extension:language-server",
    f"{LAB}/notebook-extension:metadata-editor",
    f"{LAB}/notebook-extension:tools",
    f"{LAB}/notebook-extension:trust-status",
    f"{LAB}/notebook-extension:update-raw-mimetype",
    f"{LAB}/pluginmanager-extension",
    f"{LAB}/services-extension:content-provider-warning",
    f"{LAB}/terminal-extension",
    f"{LAB}/tooltip-extension:consoles",
    f"{LAB}/workspaces-extension:indicator",
)
_HIDDEN_BUTTONS = ("cut", "copy", "paste", "cellType", "restart", "restart-and-run", "kernelName")
OVERRIDES: dict[str, Any] = {
    f"{LAB}/translation-extension:plugin": {"locale": "zh_CN"},
    f"{LAB}/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": False,
    },
    # One message after another: pyplot, and what a widget keeps, must not be used by two threads at once.
    f"{LAB}/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    f"{LAB}/apputils-extension:themes": {"theme": "JupyterLab Light"},
    f"{LAB}/docmanager-extension:plugin": {"autosave": True, "autosaveInterval": 15},
    f"{LAB}/filebrowser-extension:browser": {"singleClickNavigation": True, "showLastModifiedColumn": False},
    f"{LAB}/notebook-extension:tracker": {
        "codeCellConfig": {"lineNumbers": False, "lineWrap": True},
        "windowingMode": "none",  # every cell is on the page: search, screen readers and printing see it
        "scrollPastEnd": False,
        "kernelShutdown": True,
    },
    f"{LAB}/notebook-extension:panel": {
        "toolbar": [
            *({"name": name, "disabled": True} for name in _HIDDEN_BUTTONS),
            {
                "name": "run",
                "command": "notebook:run-cell-and-select-next",
                "label": "运行这一格",
                "rank": 30,
            },
            {"name": "run-all", "command": "notebook:run-all-cells", "label": "全部运行", "rank": 31},
            {"name": "again", "command": "notebook:restart-run-all", "label": "重来一遍", "rank": 33},
        ]
    },
    f"{LAB}/statusbar-extension:plugin": {"visible": False},
}
# Files the kit keeps for itself in a learner's folders; the list of files is shorter without them.
_HIDDEN_FILES = ("__pycache__", "*.part", ".DS_Store", "answers.json", "form.yaml", "learner.json")
_SERVER_EXTENSIONS_OFF = (
    "jupyter_lsp",
    "jupyter_server_terminals",
    "jupyterlab_jupytext",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "voila.server_extension",
)


def server_config(workspace: Path) -> dict[str, Any]:
    """Settings of the server that shows `workspace`, to this machine only."""
    kit = workspace / KIT_FOLDER
    return {
        "ServerApp": {
            "root_dir": str(workspace),
            "ip": "127.0.0.1",
            "port_retries": 0,
            "open_browser": False,
            "allow_root": True,  # in containers there is only root; the server is for this machine only
            "answer_yes": True,
            "quit_button": True,
            "terminals_enabled": False,
            "jpserver_extensions": {**dict.fromkeys(_SERVER_EXTENSIONS_OFF, False), "jupyterlab": True},
        },
        "LabApp": {
            "app_settings_dir": str(kit / "lab" / "settings"),
            "user_settings_dir": str(kit / "lab" / "user-settings"),
            "workspaces_dir": str(kit / "lab" / "workspaces"),
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "expose_app_in_browser": True,  # so that packing a hand-in can save the open page first
        },
        "FileContentsManager": {"delete_to_trash": False, "hide_globs": list(_HIDDEN_FILES)},
    }


def write_settings(workspace: Path) -> Path:
    """Write the settings into the workspace; give back the server's configuration file."""
    settings = workspace / KIT_FOLDER / "lab" / "settings"
    _write_json(settings / "overrides.json", OVERRIDES)
    _write_json(settings / "page_config.json", {"disabledExtensions": dict.fromkeys(DISABLED, True)})
    config = workspace / KIT_FOLDER / "jupyter" / "jupyter_server_config.json"
    _write_json(config, server_config(workspace))
    return config


def command(workspace: Path, port: int) -> list[str]:
    """Command line of the server on `port`; the token travels by environment, not by `ps`."""
    config = workspace / KIT_FOLDER / "jupyter" / "jupyter_server_config.json"
    return [sys.executable, "-m", "jupyterlab", f"--config={config}", f"--ServerApp.port={port}"]


def environment(workspace: Path, token: str, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Environment of the server: its own Jupyter folders, this Python's kernel first."""
    jupyter = workspace / KIT_FOLDER / "jupyter"
    return {
        **given,
        "JUPYTER_CONFIG_DIR": str(jupyter),
        "JUPYTER_DATA_DIR": str(jupyter / "data"),
        "JUPYTER_RUNTIME_DIR": str(jupyter / "runtime"),
        "IPYTHONDIR": str(jupyter / "ipython"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_TOKEN": token,
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore:::debugpy",
    }


def welcome_url(port: int, token: str) -> str:
    """Address of the welcome page [URL]."""
    return f"http://127.0.0.1:{port}/lab/tree/{quote(WELCOME)}?token={quote(token)}"


def _write_json(path: Path, content: dict[str, Any]) -> None:
    write_whole(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
