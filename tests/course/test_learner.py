"""The learner's id: plain, safe as a folder name, readable again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.course import learner
from coursekit.errors import InputError


@pytest.mark.parametrize(("typed", "id"), [("kh0001", "kh0001"), (" KH-01 ", "KH-01"), ("kh００１", "kh001")])
def test_full_width_and_spaces_are_forgiven(typed, id):
    assert learner.learner(typed).id == id


@pytest.mark.parametrize("typed", ["", "  ", "陈明", "../x", ".x", "a/b", "a b", "a" * 41, "kh\n1"])
def test_an_id_that_is_no_id_is_refused(typed):
    with pytest.raises(InputError, match="应当是字母或数字开头"):
        learner.learner(typed)


def test_a_long_name_is_refused():
    with pytest.raises(InputError, match="应当是最多 40 个字"):
        learner.learner("kh0001", "名" * 41)


def test_what_is_written_is_read_back(tmp_path):
    who = learner.learner("kh0001", "  陈  明 ")
    learner.write(tmp_path, who)

    assert learner.read(tmp_path) == learner.Learner("kh0001", "陈 明")


def test_nobody_signed_in(tmp_path):
    assert learner.read(tmp_path) is None


@given(st.binary(max_size=60))
def test_any_broken_file_is_named(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("learner")
    (folder / learner.LEARNER_FILE).write_bytes(data)

    with pytest.raises(InputError, match=r"learner\.json"):
        learner.read(folder)
