"""Practice loses nothing: a journal that cannot be written is said, a mock paper outlives a new bank."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.quiz.test_practice import Clock, bank, letter_of, send

from coursekit.errors import InputError
from coursekit.quiz import journal as journals
from coursekit.quiz.journal import Journal
from coursekit.quiz.practice import Practice
from coursekit.quiz.practice_page import PracticePage

RIGHT = "增加次数，多停留"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "WAIT", 0.0)


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return Practice(tmp_path, bank(), "kh0001", clock=Clock(), fuzz=False)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another page that is writing, and does not end."""
    db = sqlite3.connect(path)
    db.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        db.rollback()
        db.close()


def test_a_journal_in_use_is_not_called_broken(practice: Practice) -> None:
    """Nobody is told to put a good journal aside."""
    with locked(practice.journal.path), pytest.raises(InputError) as caught:
        Journal(practice.journal.path)

    assert "别的页面正在写" in str(caught.value)
    assert "改名放到一边" not in str(caught.value)


def test_an_answer_that_could_not_be_kept_is_said_and_can_be_given_again(practice: Practice) -> None:
    page = PracticePage(practice)
    send(page, "daily")
    first = page.view()["items"][0]["id"]
    letter = letter_of(page.view(), first, RIGHT)

    with locked(practice.journal.path):
        page.handle({"kind": "answer", "id": first, "response": letter})
    said = page.state()["items"][first]

    assert "没有保存" in said["alarm"]
    assert "feedback" not in said
    assert practice.journal.answers() == []
    state = send(page, "answer", first, response=letter)
    assert "alarm" not in state["items"][first]
    assert [(a.item, a.right) for a in practice.journal.answers()] == [(first, True)]


def test_a_mock_paper_is_kept_whole_or_not_at_all(practice: Practice) -> None:
    """The end of a paper that could not be kept is said; with the next click all its answers are kept."""
    page = PracticePage(practice)
    send(page, "mock")
    send(page, "start")
    names = [item["id"] for item in page.view()["items"][:3]]
    for name in names:
        send(page, "answer", name, response="A")

    with locked(practice.journal.path):
        page.handle({"kind": "finish", "id": ""})
    assert "没有保存" in page.state()["result"]
    assert practice.journal.answers() == []
    send(page, "go", "", index=1)

    assert sorted(answer.item for answer in practice.journal.answers()) == sorted(names)
    send(page, "go", "", index=2)
    assert len(practice.journal.answers()) == 3


def test_a_mock_paper_that_was_begun_keeps_its_items_when_the_bank_grows(practice: Practice) -> None:
    page = PracticePage(practice)
    send(page, "mock")
    send(page, "start")
    asked = [item["id"] for item in page.view()["items"]]
    grown = replace(practice, items=bank(60))

    again = PracticePage(grown)
    send(again, "mock")

    assert [item["id"] for item in again.view()["items"]] == asked
    assert again.view()["title"] == "模拟卷 1"


def test_a_mock_paper_whose_items_were_rewritten_is_left_for_a_new_one(practice: Practice) -> None:
    """Letters given to other options would mark wrongly."""
    page = PracticePage(practice)
    send(page, "mock")
    send(page, "start")

    again = PracticePage(replace(practice, items=bank(revision=2)))
    send(again, "mock")

    assert again.view()["title"] == "模拟卷 2"
