"""`coursekit start` makes and refreshes the learner's folder; `coursekit datasets` checks the tables."""

import json

import pytest

from coursekit import cli
from coursekit.course import learner


def start(capsys, *words):
    code = cli.run(["start", *map(str, words), "--no-lab", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_folder_is_made_and_the_learner_noted(tmp_path, capsys):
    code, said = start(capsys, tmp_path / "学习", "--learner", "kh0001", "--name", "陈明")

    assert code == 0
    assert "00_welcome.ipynb" in said["added"]
    assert said["learner"] == "kh0001"
    assert learner.read(tmp_path / "学习" / "练习" / "03_figures") == learner.Learner("kh0001", "陈明")


def test_the_second_time_nothing_changes_and_the_learner_is_remembered(tmp_path, capsys):
    start(capsys, tmp_path, "--learner", "kh0001")

    code, said = start(capsys, tmp_path)

    assert code == 0
    assert said["added"] == said["updated"] == said["beside"] == []
    assert said["learner"] == "kh0001"


def test_what_a_learner_wrote_survives(tmp_path, capsys):
    start(capsys, tmp_path)
    page = tmp_path / "00_welcome.ipynb"
    page.write_text(page.read_text("utf-8").replace("59 + 78", "60 + 78"), encoding="utf-8")
    mine = page.read_bytes()

    code, said = start(capsys, tmp_path)

    assert code == 0
    assert said["kept"] == ["00_welcome.ipynb"]
    assert page.read_bytes() == mine


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--learner", "陈明"], "应当是字母或数字开头"),
        (["--name", "陈明"], "应当是字母或数字开头"),
        (["--learner", "k" * 50], "最多 40 个"),
    ],
)
def test_a_wrong_id_is_explained_and_nothing_is_made(tmp_path, capsys, words, told):
    code, said = start(capsys, tmp_path / "new", *words)

    assert code == 2
    assert told in said["error"]
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_is_named(tmp_path, capsys):
    (tmp_path / "taken").write_text("x", encoding="utf-8")

    code, said = start(capsys, tmp_path / "taken")

    assert code == 2
    assert "应当是一个文件夹" in said["error"]


def test_a_broken_learner_file_is_named(tmp_path, capsys):
    start(capsys, tmp_path)
    (tmp_path / "learner.json").write_text("{", encoding="utf-8")

    code, said = start(capsys, tmp_path)

    assert code == 2
    assert "learner.json" in said["error"]


def test_people_read_where_the_folder_is(tmp_path, capsys):
    assert cli.run(["start", str(tmp_path), "--no-lab"]) == 0

    assert str(tmp_path) in capsys.readouterr().out


def test_the_shipped_tables_are_those_of_their_generators(capsys):
    assert cli.run(["datasets", "--check", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["faults"] == []
