"""JupyterLab's settings are those a beginner needs, and stay inside the workspace."""

import contextlib
import json
import socket
from pathlib import Path

import pytest

from coursekit.course import lab, server
from coursekit.errors import CoursekitError, InputError


def test_settings_speak_chinese_and_ask_no_other_host(tmp_path):
    config = json.loads(lab.write_settings(tmp_path).read_text("utf-8"))
    overrides = json.loads((tmp_path / ".coursekit/lab/settings/overrides.json").read_text("utf-8"))

    assert overrides["@jupyterlab/translation-extension:plugin"] == {"locale": "zh_CN"}
    assert config["LabApp"]["news_url"] is None
    assert config["LabApp"]["check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    assert config["ServerApp"]["ip"] == "127.0.0.1"


def test_every_overridden_setting_exists_in_this_jupyterlab():
    """A setting under a wrong name is silently ignored by JupyterLab, so names are checked here."""
    from jupyterlab.commands import get_app_dir

    for plugin, values in lab.OVERRIDES.items():
        package, name = plugin.split(":")
        schema = json.loads((Path(get_app_dir()) / "schemas" / package / f"{name}.json").read_text("utf-8"))
        assert set(values) <= set(schema["properties"]), plugin


def test_the_token_travels_by_environment_only(tmp_path):
    assert not [word for word in lab.command(Path("w"), 8888) if "token" in word.lower()]
    assert lab.environment(tmp_path, "abc", {})["JUPYTER_TOKEN"] == "abc"


def test_a_persons_own_jupyter_settings_do_not_show(tmp_path):
    given = {"JUPYTER_CONFIG_DIR": "/home/me/.jupyter", "PATH": "/bin"}

    made = lab.environment(tmp_path, "abc", given)

    assert made["PATH"] == "/bin"
    assert made["JUPYTER_CONFIG_DIR"].startswith(str(tmp_path))


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        with pytest.raises(InputError, match=f"端口 {port}.应当是空着的端口"):
            server.free_port(port)
        assert server.free_port(None, first=port) != port


def test_a_port_just_left_is_free_again():
    """Who stops the course and starts it again within a minute keeps the address."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listening.accept()[0].close()  # who closes first keeps the port for a while

        with pytest.raises(InputError):
            server.free_port(port)
    assert server.free_port(port) == port


def test_a_port_taken_in_between_is_left_to_whom_took_it(tmp_path, monkeypatch):
    """Two that look in the same second find the same port free; the second one's server then ends."""
    tried: list[int] = []

    def on_port(port: int) -> server.Service:
        if not tried:
            other.bind(("127.0.0.1", port))
        tried.append(port)
        return server.Service("x", [], tmp_path, {}, tmp_path / "log", port, "t", server.Probe("/"))

    @contextlib.contextmanager
    def started(service: server.Service):
        if len(tried) == 1:
            raise CoursekitError("ended")
        yield "process"

    monkeypatch.setattr(server, "_started", started)
    with socket.socket() as other, server.serving(on_port, None, 8990) as (service, process):
        assert process == "process"
        assert service.port == tried[1] > tried[0]


def test_an_end_for_another_reason_is_told_at_once(tmp_path, monkeypatch):
    tried: list[int] = []

    def on_port(port: int) -> server.Service:
        tried.append(port)
        return server.Service("x", [], tmp_path, {}, tmp_path / "log", port, "t", server.Probe("/"))

    monkeypatch.setattr(server, "_started", lambda service: _ended())
    with pytest.raises(CoursekitError, match="ended"), server.serving(on_port, None, 8990):
        pass
    assert len(tried) == 1


@contextlib.contextmanager
def _ended():
    raise CoursekitError("ended")
    yield


def test_a_server_that_ends_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "command", lambda workspace, port: ["python3", "-c", "print('no such thing')"])

    with pytest.raises(CoursekitError, match="no such thing"), server.running(tmp_path):
        pass
