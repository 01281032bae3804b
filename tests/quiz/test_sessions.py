"""Sessions behind the widget: no key in the view, every answer kept at once, no message breaks them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quiz import sample

from coursekit import cli
from coursekit.errors import ContentError, InputError
from coursekit.quiz.answers import AnswerFile, find_learner, seal_of
from coursekit.quiz.form import Form, load_form
from coursekit.quiz.marking import mark_answers
from coursekit.quiz.own_paper import own_sheet
from coursekit.quiz.present import public_view, rule_of
from coursekit.quiz.sessions import FormEntry, SelfCheck
from coursekit.quiz.sitting import PaperSitting, Sheet, load_sheet
from coursekit.quiz.widget import QuizWidget, field, selfcheck

FORM = Form.model_validate(
    {
        "fields": [
            {"id": "coverage", "type": "number", "prompt": "覆盖率", "unit": "%", "points": 2},
            {
                "id": "who",
                "type": "multiple",
                "prompt": "报给谁",
                "options": ["市场经理", "专卖"],
                "points": 1,
            },
        ]
    }
)


def say(session: Any, kind: str, name: str = "", **rest: Any) -> dict[str, Any]:
    session.handle({"kind": kind, "id": name, "n": 3, **rest})
    state = session.state()
    json.dumps(state)
    return state


def test_a_self_check_shows_no_key_reason_or_source() -> None:
    view = json.dumps(SelfCheck(sample.items(), "kh0001").view(), ensure_ascii=False)
    for item in sample.ALL:
        assert item["explanation"][:8] not in view
    for secret in ("correct", "以为大户", "90.26", "季初的数", "S2-004"):
        assert secret not in view


def test_a_wrong_click_gives_the_reason_and_the_way_to_the_solution() -> None:
    check = SelfCheck(sample.items(), "kh0001")
    shown = next(i for i in check.view()["items"] if i["id"] == "P-C3-001")["options"]
    wrong = "ABCD"[shown.index("改成电话，不再上门")]
    told = say(check, "answer", "P-C3-001", response=wrong)["items"]["P-C3-001"]["feedback"]
    assert told["state"] == "wrong"
    assert "以为大户自己会打理" in told["notes"][0]["text"]
    assert "explanation" not in told
    told = say(check, "reveal", "P-C3-001")["items"]["P-C3-001"]["feedback"]
    assert told["answer"].endswith("增加次数，多停留")
    assert told["explanation"]
    assert "S2-004" in told["source"]


def test_the_first_answer_is_what_the_progress_counts() -> None:
    check = SelfCheck(sample.items(), "kh0001")
    say(check, "answer", "P-C3-003", response=True)
    assert "做了 1 / 6 题，第一次就对的 0 题" in say(check, "answer", "P-C3-003", response=False)["progress"]


messages = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["answer", "reveal", "flag", "go", "start", "finish", "time_up", "", None]),
        "id": st.sampled_from(["P-C3-001", "P-C3-004", "P-C3-005", "", "x", None, 3]),
    },
    optional={
        "n": st.none() | st.integers() | st.text(max_size=3),
        "response": st.none()
        | st.booleans()
        | st.text(max_size=20)
        | st.lists(st.text(max_size=4) | st.integers(), max_size=4)
        | st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
        "index": st.none() | st.integers(-3, 20) | st.text(max_size=2),
        "on": st.none() | st.booleans(),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(messages, max_size=6))
def test_no_message_breaks_a_session(
    tmp_path_factory: pytest.TempPathFactory, sent: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("wild")
    sessions = [
        SelfCheck(sample.items(), "kh0001"),
        FormEntry(FORM.fields[0], AnswerFile(folder / "a.json", "x", "kh0001")),
        PaperSitting(sheet(), AnswerFile(folder / "b.json", "paper", "kh0001")),
    ]
    for session in sessions:
        for message in sent:
            session.handle(message)
        json.dumps(session.state())


def test_a_field_is_kept_at_once_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "03_figures" / "answers.json"
    path.parent.mkdir()
    (path.parent / "learner.json").write_text('{"learner": "kh0001", "name": "陈明"}', encoding="utf-8")
    widget = field(FORM.fields[0], path)
    widget._receive(None, {"kind": "answer", "id": "coverage", "n": 1, "response": "90.26"}, None)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert (content["assignment"], content["learner"]) == ("03_figures", "kh0001")
    assert content["answers"]["coverage"]["value"] == "90.26"
    assert content["seal"] == seal_of(content)
    assert widget.state["items"]["coverage"]["saved"]
    assert field(FORM.fields[0], path).state["items"]["coverage"]["response"] == "90.26"


def test_two_fields_share_one_file(tmp_path: Path) -> None:
    file = AnswerFile(tmp_path / "answers.json", "x", "kh0001")
    say(FormEntry(FORM.fields[0], file), "answer", "coverage", response="1")
    say(FormEntry(FORM.fields[1], file), "answer", "who", response=["A"])
    assert file.values() == {"coverage": "1", "who": ["A"]}


def test_what_is_no_number_is_kept_and_said(tmp_path: Path) -> None:
    entry = FormEntry(FORM.fields[0], AnswerFile(tmp_path / "answers.json", "x", "kh0001"))
    state = say(entry, "answer", "coverage", response="九成")
    assert "读不成一个数" in state["items"]["coverage"]["alarm"]
    assert entry.file.values() == {"coverage": "九成"}


@pytest.mark.parametrize(
    "content", [b'{"schema": 1, "answ', b"", b"\xff\xfe\x00", b"[1, 2]", b'{"answers": 3}']
)
def test_a_damaged_file_is_set_aside_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    entry = FormEntry(FORM.fields[0], AnswerFile(path, "x", "kh0001"))
    assert "另存为" in entry.state()["items"]["coverage"]["alarm"]
    say(entry, "answer", "coverage", response="90")
    assert (tmp_path / "answers.damaged-1.json").read_bytes() == content
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["coverage"]["value"] == "90"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    entry = FormEntry(FORM.fields[0], AnswerFile(tmp_path / "file" / "answers.json", "x", "kh0001"))
    assert "没有保存" in say(entry, "answer", "coverage", response="90")["items"]["coverage"]["alarm"]


def test_the_learner_is_looked_for_upwards(tmp_path: Path) -> None:
    (tmp_path / "learner.json").write_text('{"learner": "kh0007"}', encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "learner.json").write_text("broken", encoding="utf-8")
    assert find_learner(tmp_path / "a" / "b")["learner"] == "kh0007"


def test_form_faults_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(
        "fields:\n  - id: a\n    type: choice\n    prompt: 问\n    points: 1\n  - id: B\n    type: number\n    prompt: 问\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as caught:
        load_form(path)
    found = "\n".join(caught.value.faults)
    assert "form.yaml:2 fields.1 选择类的格子至少写 2 个 options" in found
    assert "form.yaml:6" in found
    with pytest.raises(ContentError, match="没有格子 nope"):
        FORM.field("nope")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def sheet() -> Sheet:
    items = [
        {k: v for k, v in public_view(i).items() if k != "type_name"} | {"points": 2}
        for i in sample.items()[:5]
    ]
    return Sheet.model_validate({"paper": "trial", "title": "小测", "minutes": 30, "items": items})


def sitting(folder: Path, clock: Clock) -> PaperSitting:
    return PaperSitting(sheet(), AnswerFile(folder / "answers.json", "trial", "kh0001", clock))


def test_nothing_is_taken_before_the_start_or_after_the_end(tmp_path: Path) -> None:
    clock = Clock()
    paper = sitting(tmp_path, clock)
    assert say(paper, "answer", "P-C3-001", response="A")["waiting"]
    assert not (tmp_path / "answers.json").exists()
    say(paper, "start")
    say(paper, "answer", "P-C3-001", response="A")
    clock.now += timedelta(minutes=31)
    state = say(paper, "answer", "P-C3-002", response=["A"])
    assert state["closed"]
    assert "时间到" in state["result"]
    assert paper.file.values() == {"P-C3-001": "A"}


def test_a_sitting_goes_on_where_it_was_left_and_is_marked_without_flags(tmp_path: Path) -> None:
    clock = Clock()
    first = sitting(tmp_path, clock)
    say(first, "start")
    say(first, "answer", "P-C3-001", response="A")
    say(first, "flag", "P-C3-002", on=True)
    say(first, "go", index=2)
    clock.now += timedelta(minutes=10)
    again = sitting(tmp_path, clock)
    state = again.state()
    assert state["items"]["P-C3-001"]["response"] == "A"
    assert state["items"]["P-C3-002"]["flag"]
    assert (state["current"], state["remaining"]) == (2, 1200)
    say(again, "start")
    assert again.state()["remaining"] == 1200
    say(again, "answer", "P-C3-004", response=["90.26%"])
    assert "答了 2 / 5 题" in say(again, "finish")["result"]
    key = {
        "paper": "trial",
        "learner": "kh0001",
        "minutes": 30,
        "items": [{"id": i.id, "points": 2, "rule": rule_of(i)} for i in sample.items()[:5]],
    }
    marked = mark_answers(key, again.file.read())
    assert (marked.points, marked.flags) == (4, ())


def test_a_clock_set_back_gives_no_extra_time(tmp_path: Path) -> None:
    clock = Clock()
    paper = sitting(tmp_path, clock)
    say(paper, "start")
    clock.now -= timedelta(hours=5)
    assert paper.state()["remaining"] == 1800


def test_a_sheet_is_read_from_its_file_and_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "paper.json"
    path.write_text(sheet().model_dump_json(), encoding="utf-8")
    assert load_sheet(path) == sheet()
    path.write_text('{"paper": "x", "title": "y", "minutes": 0, "items": []}', encoding="utf-8")
    with pytest.raises(ContentError, match="minutes"):
        load_sheet(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        load_sheet(path)


def test_a_widget_sends_its_state_after_each_message() -> None:
    widget = selfcheck(sample.items(), "kh0001")
    assert isinstance(widget, QuizWidget)
    widget._receive(None, {"kind": "answer", "id": "P-C3-003", "n": 1, "response": False}, None)
    assert widget.state["items"]["P-C3-003"]["feedback"]["state"] == "right"
    widget._receive(None, "nonsense", None)


def test_the_mark_command_goes_on_past_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    paper = sitting(tmp_path, clock)
    say(paper, "start")
    say(paper, "answer", "P-C3-001", response="A")
    items = [{"id": i.id, "points": 2, "rule": rule_of(i)} for i in sample.items()[:4]]
    key, bad, twin = tmp_path / "key.json", tmp_path / "bad.json", tmp_path / "twin.json"
    key.write_text(json.dumps({"paper": "trial", "minutes": 30, "items": items}), encoding="utf-8")
    bad.write_text("{", encoding="utf-8")
    answers = tmp_path / "answers.json"
    assert cli.run(["quiz", "mark", str(key), str(answers), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sittings"][0]["points"] == 2
    twin.write_bytes(answers.read_bytes())
    assert cli.run(["quiz", "mark", str(key), str(answers), str(bad), str(twin), "--json"]) == 1
    content = json.loads(capsys.readouterr().out)
    assert [entry["file"] for entry in content["unread"]] == [str(bad)]
    assert "完全相同" in content["sittings"][1]["flags"][0]
    assert cli.run(["quiz", "mark", str(bad), str(answers), "--json"]) == 2


def test_the_practice_command_asks_for_a_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["quiz", "practice", str(tmp_path), "--json"]) == 2
    assert "练习" in json.loads(capsys.readouterr().out)["error"]


def test_a_drawn_key_is_turned_for_each_learner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = sample.items()[:2]
    entries = [{"id": i.id, "points": 2, "rule": rule_of(i)} for i in items]
    key = tmp_path / "key.json"
    key.write_text(
        json.dumps({"paper": "trial", "minutes": 30, "keep": [], "items": entries}), encoding="utf-8"
    )
    whole = {
        "paper": "trial",
        "title": "小测",
        "minutes": 30,
        "items": [public_view(i) | {"points": 2} for i in items],
    }
    files = []
    for learner in ("kh0001", "kh0002", "kh0003"):
        own = own_sheet(whole, set(), learner)
        for item in own["items"]:
            item.pop("type_name")
        paper = PaperSitting(
            Sheet.model_validate(own), AnswerFile(tmp_path / f"{learner}.json", "trial", learner)
        )
        say(paper, "start")
        texts = next(i["options"] for i in own["items"] if i["id"] == "P-C3-001")
        say(paper, "answer", "P-C3-001", response="ABCD"[texts.index("增加次数，多停留")])
        files.append(str(tmp_path / f"{learner}.json"))
    assert cli.run(["quiz", "mark", str(key), *files, "--json"]) == 0
    assert [one["points"] for one in json.loads(capsys.readouterr().out)["sittings"]] == [2, 2, 2]


def test_after_a_corrected_key_the_changes_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = sitting(tmp_path, Clock())
    say(paper, "start")
    say(paper, "answer", "P-C3-001", response="B")
    say(paper, "answer", "P-C3-003", response=False)
    entries = [{"id": i.id, "points": 2, "rule": rule_of(i)} for i in sample.items()[:3]]
    key, before = tmp_path / "key.json", tmp_path / "before.json"
    key.write_text(json.dumps({"paper": "trial", "minutes": 30, "items": entries}), encoding="utf-8")
    assert cli.run(["quiz", "mark", str(key), str(tmp_path / "answers.json"), "--json"]) == 0
    before.write_text(capsys.readouterr().out, encoding="utf-8")
    entries[0]["rule"] = {"type": "choice", "value": "B", "options": 4}
    key.write_text(json.dumps({"paper": "trial", "minutes": 30, "items": entries}), encoding="utf-8")
    again = ["quiz", "mark", str(key), str(tmp_path / "answers.json"), "--before", str(before)]
    assert cli.run([*again, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == [
        {"learner": "kh0001", "id": "P-C3-001", "before": 0, "after": 2}
    ]
    assert cli.run(again) == 0
    assert "改判 kh0001 P-C3-001：0 分 改为 2 分" in capsys.readouterr().out
