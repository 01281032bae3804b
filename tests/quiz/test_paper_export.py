"""Files of a drawn form: no key on the learner's side, own order per learner, marked by the key of that order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.quiz.bank_of_many import many

from coursekit.errors import ContentError, InputError
from coursekit.quiz.answers import seal_of
from coursekit.quiz.drawing import Draw, draw
from coursekit.quiz.items import Item
from coursekit.quiz.markfiles import mark_files
from coursekit.quiz.marking import mark_answers
from coursekit.quiz.own_paper import open_paper, own_key, own_sheet
from coursekit.quiz.paper import Blueprint, Quota, Section
from coursekit.quiz.paper_export import FormFiles, key, sheet, write_form
from coursekit.quiz.sitting import load_sheet

SMALL = Blueprint(
    "demo", "样卷", 20, "test",
    (Section("一、单选题", "single", 4, 1), Section("二、多选题", "multiple", 2, 2), Section("三、判断题", "true_false", 2, 1),
     Section("四、填空题", "blank", 1, 1), Section("五、简答题", "short", 1, 5)),
    (Quota("C1", frozenset({("C1", level) for level in "RANE"}), 5),), 0.5,
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> Draw:
    """Two small forms with every type."""
    return draw(
        SMALL, many(dict.fromkeys(("single", "multiple", "true_false", "blank", "short"), 2)), "t1", 2
    )


@pytest.fixture(scope="module")
def files(drawn: Draw, tmp_path_factory: pytest.TempPathFactory) -> FormFiles:
    return write_form(drawn, drawn.forms[0], tmp_path_factory.mktemp("papers"))


def test_what_learners_get_holds_no_key(drawn: Draw, files: FormFiles) -> None:
    """Neither rule nor explanation, source, difficulty or right mark is in the folder or on the printed page."""
    shown = [path.read_text("utf-8") for path in files.assignment.iterdir()] + [
        files.print_html.read_text("utf-8")
    ]

    for word in (
        "rule",
        "accept",
        "correct",
        "phrases",
        "见课文",
        "记混了",
        "difficulty",
        "先登记",
        "某县城区营销部",
    ):
        assert not any(word in text for text in shown), word


def test_the_sheet_is_one_the_widget_takes(files: FormFiles) -> None:
    found = load_sheet(files.assignment / "paper.json")

    assert (len(found.items), found.minutes) == (10, 20)


def test_graded_cells_are_tasks_so_that_stock_nbgrader_leaves_them_open(files: FormFiles) -> None:
    book = json.loads((files.assignment / f"{files.paper}.ipynb").read_text("utf-8"))

    cells = [cell["metadata"]["nbgrader"] for cell in book["cells"]]
    assert sum(cell.get("points", 0) for cell in cells if cell["task"]) == SMALL.points
    assert not any(cell["grade"] or cell["solution"] for cell in cells)


def test_every_item_of_the_key_names_a_graded_cell(files: FormFiles) -> None:
    book = json.loads((files.assignment / f"{files.paper}.ipynb").read_text("utf-8"))
    content = json.loads(files.key.read_text("utf-8"))
    points: dict[str, float] = {}
    for item in content["items"]:
        points[item["cell"]] = points.get(item["cell"], 0) + item["points"]

    tasks = [cell["metadata"]["nbgrader"] for cell in book["cells"] if cell["metadata"]["nbgrader"]["task"]]
    assert points == {task["grade_id"]: task["points"] for task in tasks}


def test_each_learner_has_an_own_order_and_the_key_follows(drawn: Draw) -> None:
    """Whoever chooses the right texts gets full marks for them, whatever letters they stood behind."""
    base, base_key = sheet(drawn, drawn.forms[0]), key(drawn, drawn.forms[0])
    right = {e["id"]: e["rule"] for e in base_key["items"]}
    texts = {item["id"]: item.get("options", []) for item in base["items"]}
    seen = set()
    for learner in ("kh0001", "kh0002", "kh0003"):
        mine = own_sheet(base, set(base_key["keep"]), learner)
        seen.add(tuple((i["id"], *i.get("options", ())) for i in mine["items"]))
        answers = {
            item["id"]: right_answer(item, right[item["id"]], texts[item["id"]]) for item in mine["items"]
        }

        marked = mark_answers(own_key(base_key, learner), {"answers": answers})

        points = {mark.item: mark.points for mark in marked.marks} if hasattr(marked.marks[0], "item") else {}
        total = sum(points.values()) if points else sum(mark.points for mark in marked.marks)
        assert total >= SMALL.points - 5  # the short answer is proposed to the trainer
        assert [i["section"] for i in mine["items"]] == [i["section"] for i in base["items"]]
    assert len(seen) == 3


def right_answer(item: dict, rule: dict, texts: list[str]) -> object:
    """What a learner who knows it puts down on the own sheet."""
    if rule["type"] == "choice":
        return "ABCDEFGH"[item["options"].index(texts["ABCDEFGH".index(rule["value"])])]
    if rule["type"] == "multiple":
        return ["ABCDEFGH"[item["options"].index(texts["ABCDEFGH".index(v)])] for v in rule["value"]]
    if rule["type"] == "true_false":
        return rule["value"]
    return ["4"] if rule["type"] == "blank" else "先登记"


def test_options_that_keep_their_order_are_not_shuffled(drawn: Draw) -> None:
    base = sheet(drawn, drawn.forms[0])
    ids = {item["id"] for item in base["items"]}

    mine = own_sheet(base, ids, "kh0009")

    assert {i["id"]: i.get("options") for i in mine["items"]} == {
        i["id"]: i.get("options") for i in base["items"]
    }


def test_opening_writes_the_own_sheet_once(files: FormFiles, tmp_path: Path) -> None:
    folder = tmp_path / files.paper
    folder.mkdir()
    for path in files.assignment.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "learner.json").write_text('{"learner": "kh0007", "name": "小林"}', encoding="utf-8")

    widget = open_paper(folder)

    assert len(load_sheet(folder / "paper_kh0007.json").items) == 10
    widget.close()


def sat(folder: Path, files: FormFiles, spoil: dict[str, str], at_start: bool) -> tuple[str, ...]:
    """Flags of a paper sat in `folder`, its files changed before the start or after the first answer."""
    for path in files.assignment.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "learner.json").write_text('{"learner": "kh0007", "name": "小林"}', encoding="utf-8")

    def change() -> None:
        for name, text in spoil.items():
            (folder / name).write_text(text, encoding="utf-8")

    if at_start:
        change()
    names = [item["id"] for item in json.loads(files.key.read_text("utf-8"))["items"]][:2]
    for round_, name in enumerate(names):
        if round_ == 1:
            change()
        widget = open_paper(folder)
        for message in ({"kind": "start", "id": ""}, {"kind": "answer", "id": name, "response": "A"}):
            widget.session.handle(message)
        widget.close()
    answers = json.loads((folder / "answers.json").read_text("utf-8")) | {"assignment": files.paper}
    answers["seal"] = seal_of(answers)
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    report = mark_files(files.key, [folder / "answers.json"])
    assert report.unread == {}
    return next(iter(report.sittings.values()))[1].flags


@pytest.mark.parametrize("at_start", [True, False])
@pytest.mark.parametrize("name", ["order.json", "paper.json", ""])
def test_a_paper_that_was_shown_otherwise_is_flagged(
    name: str, at_start: bool, files: FormFiles, tmp_path: Path
) -> None:
    """A keep list or options changed by hand turn the letters: before the start or between two answers, it is told."""
    spoil = {}
    if name:
        content = json.loads((files.assignment / name).read_text("utf-8"))
        if name == "order.json":
            content["keep"] = [item["id"] for item in json.loads(files.key.read_text("utf-8"))["items"]]
        else:
            content["items"][0]["options"].reverse()
        spoil[name] = json.dumps(content, ensure_ascii=False)

    flags = sat(tmp_path, files, spoil, at_start)

    assert [("order.json 被改过" in flag) for flag in flags] == [True] * bool(name)


def test_a_key_without_the_note_of_what_was_shown_still_marks(files: FormFiles) -> None:
    """Keys drawn by an earlier version carry none; nothing is flagged for it."""
    old = {k: v for k, v in json.loads(files.key.read_text("utf-8")).items() if k != "shown"}
    answers = {"learner": "kh0001", "answers": {}, "paper": {"shown": "0" * 16}}
    answers["seal"] = seal_of(answers)

    assert mark_answers(own_key(old, "kh0001"), answers).flags == ()


@pytest.mark.parametrize(
    ("change", "word"), [({"items": []}, "应当有 items"), ({"keep": "T"}, "keep 应当是一列题号")]
)
def test_a_faulty_key_stops_the_marking_whatever_the_answers(
    change: dict[str, Any], word: str, files: FormFiles, tmp_path: Path
) -> None:
    """The fault is the key's, so it is not told as unreadable answers of each learner."""
    key_path, answers = tmp_path / "key.json", tmp_path / "answers.json"
    key_path.write_text(json.dumps(json.loads(files.key.read_text("utf-8")) | change), encoding="utf-8")
    answers.write_text('{"learner": "kh0001", "answers": {}}', encoding="utf-8")

    with pytest.raises(ContentError, match=word):
        mark_files(key_path, [answers])


def test_half_a_character_in_a_learner_id_is_marked_like_any_other(files: FormFiles, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"learner": "\\ud800", "answers": {}}', encoding="utf-8")

    assert mark_files(files.key, [path]).unread == {}


def test_a_torn_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"paper\.json"):
        open_paper(tmp_path)


def test_printed_papers_are_the_same_again_and_never_overwritten(drawn: Draw, tmp_path: Path) -> None:
    first = write_form(drawn, drawn.forms[0], tmp_path)
    pdf = first.print_pdf.read_bytes()
    write_form(drawn, drawn.forms[0], tmp_path)

    assert first.print_pdf.read_bytes() == pdf
    assert pdf.startswith(b"%PDF")
    assert len(pdf) < 3_000_000
    first.key.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="换一个输出文件夹"):
        write_form(drawn, drawn.forms[0], tmp_path)


def test_print_and_key_show_every_item(drawn: Draw, files: FormFiles) -> None:
    page, answers = files.print_html.read_text("utf-8"), files.key_html.read_text("utf-8")

    assert page.count("class='item'") == 10
    assert "答题卡" in page
    assert "http" not in page
    assert all(item.id in answers for item in drawn.forms[0].items)
    assert "相差" in answers


def items_of(bank: list[Item]) -> list[str]:
    return [item.id for item in bank]


def test_long_answers_have_no_slot_on_the_answer_sheet(files: FormFiles) -> None:
    page = files.print_html.read_text("utf-8")
    card = page[page.index("答题卡</h1>") :]

    assert "五、简答题：写在卷面上" in card
    assert "<div>9.</div>" in card
    assert "<div>10.</div>" not in card


def test_no_printed_line_begins_with_a_closing_mark(files: FormFiles) -> None:
    """Without this reportlab puts a full-width comma or question mark first on a line."""
    from reportlab.lib import textsplit

    text = "某" * 9 + "，" + "乙" * 5
    assert files.print_pdf.is_file()
    lines = textsplit.dumbSplit(text, [10.0] * len(text), [90.0])

    assert [line for _, line in lines][1][0] != "，"
