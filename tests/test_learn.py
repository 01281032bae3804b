"""The facade of notebooks: where a notebook lies decides what it gets."""

import json
import zipfile
from datetime import UTC, datetime

import numpy as np
import pytest

from coursekit import learn, resources
from coursekit.course import hand_in as packing
from coursekit.course import learner, workspace
from coursekit.domain import datasets
from coursekit.errors import InputError

NOW = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A workspace of the shipped content, opened at its top."""
    workspace.refresh(tmp_path, resources.content_root())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def exercise(place, monkeypatch):
    """The folder of exercise 03, somebody signed in."""
    workspace.sign_in(place, learner.learner("kh0001", "陈明"))
    folder = place / "练习" / "03_figures"
    monkeypatch.chdir(folder)
    return folder


def test_an_exercise_shows_the_learners_own_table(exercise):
    own = learn.load("customers_raw")

    assert own.equals(datasets.load("customers_raw", "kh0001"))
    assert not own.equals(datasets.load("customers_raw"))


def test_an_id_in_other_letters_is_the_same_person():
    """The roster may say KH0001 where the learner typed kh0001: the table must not change."""
    assert datasets.load("customers_raw", "KH0001").equals(datasets.load("customers_raw", "kh0001"))


def test_numbers_are_shown_as_a_person_writes_them(place):
    before = np.get_printoptions()["legacy"]
    try:
        learn.setup()
        shown = f"{[np.int64(278), np.float64(90.26)]}"
    finally:
        np.set_printoptions(legacy=before)

    assert shown == "[278, 90.26]"


def test_a_lesson_shows_the_shipped_table(place):
    workspace.sign_in(place, learner.learner("kh0001"))

    assert learn.load("customers").equals(datasets.load("customers"))


def test_an_exercise_asks_who_is_learning_first(place, monkeypatch):
    monkeypatch.chdir(place / "练习" / "03_figures")

    with pytest.raises(InputError, match="先填工号和姓名"):
        learn.load("customers_raw")


def test_a_folder_with_an_id_alone_is_enough_for_the_trainers_side(tmp_path, monkeypatch):
    """Collected hand-ins lie outside of any workspace."""
    learner.write(tmp_path, learner.learner("kh0002"))
    monkeypatch.chdir(tmp_path)

    assert learn.load("customers_raw").equals(datasets.load("customers_raw", "kh0002"))


def test_a_form_field_is_kept_at_once(exercise):
    field = learn.form("coverage")
    field.session.handle({"kind": "answer", "id": "coverage", "response": "90.26"})

    kept = json.loads((exercise / "answers.json").read_text("utf-8"))

    assert kept["answers"]["coverage"]["value"] == "90.26"
    assert kept["assignment"] == "03_figures"
    assert kept["learner"] == "kh0001"


def test_a_self_check_stays_short(place):
    assert 5 <= len(learn.questions("04_stars")) <= 10
    assert len(learn.selfcheck("04_stars").session.items) == len(learn.questions("04_stars"))


def test_a_fact_tells_whose_it_is():
    shown = learn.fact("S2-001").data

    assert "原文未注年份" in shown
    assert "<details>" in shown


def test_the_contents_link_what_is_there(place):
    shown = learn.contents().data

    assert "href='练习/03_figures/03_figures.ipynb'" in shown
    assert "href='案例/K12_typhoon/K12_typhoon.ipynb'" in shown
    assert "href='practice.ipynb'" in shown
    assert "18_terminals" not in shown or (place / "课程" / "18_terminals.ipynb").is_file()


def press(box, *values):
    *fields, button, said = box.children
    for field, value in zip(fields, values, strict=True):
        field.value = value
    button.click()
    return said


def test_signing_in_writes_every_folder(place):
    said = press(learn.sign_in(), "kh0007", "周芳")

    assert "已记下：kh0007 周芳" in said.value
    assert learner.read(place / "练习" / "03_figures") == learner.Learner("kh0007", "周芳")


def test_a_wrong_id_is_explained_and_nothing_is_written(place):
    said = press(learn.sign_in(), "客户经理", "周芳")

    assert "应当是字母或数字开头" in said.value
    assert learner.read(place) is None


def test_outside_of_a_workspace_signing_in_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert "coursekit start" in learn.sign_in().value


def test_handing_in_packs_notebook_answers_and_id(exercise, place):
    (exercise / "notes.txt").write_text("mine", encoding="utf-8")
    learn.form("difference").session.handle({"kind": "answer", "id": "difference", "response": "2"})

    said = learn.hand_in("03_figures").data

    assert "交作业_kh0001_03_figures.zip" in said
    assert "一格都没有答" not in said
    with zipfile.ZipFile(place / "交作业_kh0001_03_figures.zip") as archive:
        assert sorted(archive.namelist()) == [
            f"03_figures/{name}"
            for name in ("03_figures.ipynb", "answers.json", "learner.json", "timestamp.txt")
        ]


def test_an_untouched_exercise_is_packed_with_a_warning(exercise):
    assert "一格都没有答" in learn.hand_in().data


def test_the_same_again_is_not_packed_again_and_a_change_is_announced(exercise, place):
    first = packing.pack(exercise, place, NOW)
    again = packing.pack(exercise, place, NOW.replace(day=2))
    notebook = exercise / "03_figures.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("在这里作答", "total = 1"), encoding="utf-8")
    later = packing.pack(exercise, place, NOW.replace(day=3))

    assert [done.state for done in (first, again, later)] == ["new", "identical", "replaced"]
    with zipfile.ZipFile(later.path) as archive:
        assert archive.read("03_figures/timestamp.txt") == b"2024-07-03 09:30:00 UTC\n"


def test_half_a_notebook_is_not_packed_and_the_place_is_told(exercise, place):
    notebook = exercise / "03_figures.ipynb"
    notebook.write_text('{"cells": [\n {"source": "ab', encoding="utf-8")

    with pytest.raises(InputError, match=r"看到的是到第 2 行就断了.*先存盘"):
        packing.pack(exercise, place, NOW)
    assert not list(place.glob("*.zip"))


def test_a_damaged_pack_is_replaced(exercise, place):
    (place / "交作业_kh0001_03_figures.zip").write_bytes(b"PK half")

    assert packing.pack(exercise, place, NOW).state == "replaced"


def test_the_button_packs_only_when_pressed(exercise, place):
    box = learn.hand_in_button()

    assert not list(place.glob("*.zip"))
    button(box, "打包交作业").click()
    assert [path.name for path in place.glob("*.zip")] == ["交作业_kh0001_03_figures.zip"]


def button(box, text):
    return next(one for one in box.children if getattr(one, "description", "") == text)


def change(exercise):
    """Something else in the answers."""
    notebook = exercise / "03_figures.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("在这里作答", "total = 1"), encoding="utf-8")


def test_a_changed_hand_in_is_not_replaced_before_the_learner_agreed(exercise, place):
    pack = place / "交作业_kh0001_03_figures.zip"
    box = learn.hand_in_button()
    button(box, "打包交作业").click()
    first = pack.read_bytes()
    change(exercise)

    button(box, "打包交作业").click()
    assert pack.read_bytes() == first
    assert button(box, "换掉上次的包").layout.display == ""

    button(box, "换掉上次的包").click()
    assert pack.read_bytes() != first
    assert button(box, "换掉上次的包").layout.display == "none"


def test_by_name_the_learner_is_warned_first_too(exercise):
    learn.hand_in()
    assert "没有重打，不用再发" in learn.hand_in().data
    change(exercise)

    assert "还没有动它" in learn.hand_in().data
    assert "上次打的包已被替换" in learn.hand_in(again=True).data


def due_file(place, name="due.json", **times):
    text = json.dumps({"schema": 1, "title": "春季班", "due": times})
    (place / name).write_text(text, encoding="utf-8")


PAST, FUTURE = "2024-03-09T18:00:00+08:00", "2124-03-09T18:00:00+08:00"


def test_the_due_date_stands_on_the_welcome_page_and_at_the_hand_in_button(exercise, place, monkeypatch):
    due_file(place, **{"03_figures": FUTURE})

    assert "截止时间 2124-03-09 18:00，还有" in learn.hand_in_button().children[0].value
    monkeypatch.chdir(place)
    assert "2124-03-09 18:00" in learn.contents().data


def test_nobody_said_when_then_nothing_is_shown(exercise, place):
    assert learn.hand_in_button().children[0].value == ""
    assert "截止时间" not in learn.contents().data


def test_an_extension_of_ones_own_goes_before_the_date_of_all(exercise, place):
    due_file(place, **{"03_figures": PAST})
    due_file(place, "due_kh0001.json", **{"03_figures": FUTURE})
    due_file(place, "due_kh0002.json", **{"03_figures": PAST})

    assert "还有" in learn.hand_in_button().children[0].value


def test_a_late_pack_that_would_replace_one_in_time_says_so(exercise, place):
    packing.pack(exercise, place, datetime(2024, 3, 1, tzinfo=UTC))
    due_file(place, **{"03_figures": PAST})
    change(exercise)

    said = learn.hand_in().data

    assert "现在才发出去算迟交" in said
    assert "上次的包是截止以前打的" in said


def test_the_line_in_a_released_notebook_is_known_and_does_not_count_as_an_answer(exercise, place):
    path = exercise / "03_figures.ipynb"
    content = json.loads(path.read_text("utf-8"))
    meta = {"coursekit": {"due": FUTURE}}
    content["cells"].insert(1, {"cell_type": "markdown", "id": "due", "metadata": meta, "source": "截止"})
    path.write_text(json.dumps(content), "utf-8")

    assert "2124-03-09 18:00" in learn.hand_in_button().children[0].value
    assert "一格都没有答" in learn.hand_in().data


def test_a_broken_file_of_due_dates_is_as_none(exercise, place):
    (place / "due.json").write_text("[]", "utf-8")

    assert learn.hand_in_button().children[0].value == ""


def test_an_unknown_exercise_is_named_with_the_known_ones(place):
    with pytest.raises(InputError, match=r"练习的名字.*03_figures.*'99_none'"):
        learn.hand_in("99_none")


def test_handing_in_needs_an_id(place):
    with pytest.raises(InputError, match="先填工号和姓名"):
        learn.hand_in("03_figures")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"cells": 1}', b"\xff"])
def test_half_a_notebook_is_not_packed(exercise, place, data):
    """JupyterLab empties a file before it writes it anew; packing may fall into that moment."""
    (exercise / "03_figures.ipynb").write_bytes(data)

    with pytest.raises(InputError, match="先存盘"):
        packing.pack(exercise, place, NOW)
    assert not list(place.glob("*.zip"))


def test_a_folder_without_notebook_is_named(tmp_path):
    with pytest.raises(InputError, match=r"练习文件夹，里面有 .*\.ipynb"):
        packing.pack(tmp_path, tmp_path, NOW)
