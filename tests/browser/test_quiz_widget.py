"""The quiz widget in a real Chromium on a real JupyterLab: keys stay in the kernel, nothing is lost."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.browser.lab_page import LabPage, own_port
from tests.quiz import sample

from coursekit.course import server
from coursekit.quiz.bank import parse_item
from coursekit.quiz.marking import mark_answers
from coursekit.quiz.present import public_view, rule_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]

CHECK = f"""\
import sys; sys.path.insert(0, {str(ROOT)!r})
from tests.quiz import sample
from coursekit.quiz import widget
widget.selfcheck(sample.items(), "kh0001")"""
FIELD = """\
from pathlib import Path
from coursekit.quiz import widget
from coursekit.quiz.form import load_form
widget.field(load_form(Path("form.yaml")).fields[0], Path("answers.json"))"""
PAPER = """\
from pathlib import Path
from coursekit.quiz import widget
widget.paper(Path("paper.json"), Path("answers.json"))"""
PRACTICE = """\
from coursekit.quiz import practice
practice.show(".", "kh0001")"""
FORM = """\
fields:
  - {id: coverage, type: number, prompt: 覆盖率是多少, unit: "%", points: 2}
"""


def ten_items() -> list[Any]:
    """A small paper: single, multiple, true/false and blank, numbered anew."""
    sources = [sample.SINGLE, sample.MULTIPLE, sample.TRUE_FALSE, sample.BLANK] * 3
    return [parse_item(one | {"id": f"T-C3-{n:03d}"}) for n, one in enumerate(sources[:10], 1)]


def write_notebook(path: Path, code: str) -> None:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cell = nbformat.v4.new_code_cell(code, id="quiz")
    notebook.cells = [cell]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab as learners get it, on a folder with a self-check, a form and a paper."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / ".coursekit").mkdir()
    write_notebook(folder / "check.ipynb", CHECK)
    write_notebook(folder / "form" / "form.ipynb", FIELD)
    (folder / "form" / "form.yaml").write_text(FORM, encoding="utf-8")
    write_notebook(folder / "practice" / "practice.ipynb", PRACTICE)
    write_notebook(folder / "paper" / "paper.ipynb", PAPER)
    items = [public_view(item) | {"points": 1} for item in ten_items()]
    for item in items:
        del item["type_name"]
    sheet = {"paper": "trial", "title": "十题小测", "minutes": 30, "items": items}
    (folder / "paper" / "paper.json").write_text(json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
    with server.running(folder, own_port()) as running:
        yield running.url, folder


@pytest.fixture
def page(browser: Any, served: tuple[str, Path]) -> Iterator[LabPage]:
    """A new page of that JupyterLab; it may ask nobody else and must run without a fault."""
    page = LabPage(browser, served[0])
    yield page
    assert page.faults == []
    assert page.hosts == {"127.0.0.1"}
    page.page.close()


def opened(page: LabPage, notebook: str) -> Any:
    """The quiz of a notebook, its cell run."""
    page.open(notebook)
    page.run_all()
    return the_quiz(page)


def the_quiz(page: LabPage) -> Any:
    quiz = page.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .ck-quiz").first
    quiz.wait_for()
    return quiz


def shot(quiz: Any, name: str) -> None:
    """Keep a picture for whoever looks, where COURSEKIT_SHOTS says."""
    folder = os.environ.get("COURSEKIT_SHOTS")
    if folder:
        quiz.screenshot(path=f"{folder}/{name}.png")


ORDERS = """async (source) => {
  const { default: quiz } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const item = { id: "P-C3-001", type: "single", stem: "题", options: ["甲", "乙"], letters: ["A", "B"] };
  const round = { view: { mode: "practice", layout: "one", items: [item] }, state: { items: {}, echo: {} } };
  const menu = { view: { mode: "practice", layout: "list", items: [] }, state: { items: {}, echo: {} } };
  const shown = [];
  for (const order of [["state", "view"], ["view", "state"]]) {
    let now = menu;
    const told = {};
    const model = { get: (name) => now[name], on: (name, f) => { told[name] = f; }, off() {}, send() {} };
    const el = document.createElement("div");
    const close = quiz.render({ model, el });
    now = round;
    for (const name of order) told[`change:${name}`]();
    shown.push(el.querySelectorAll(".ck-item").length);
    close();
  }
  return shown;
}"""


def test_a_new_round_shows_whichever_of_view_and_state_is_told_first(browser: Any) -> None:
    """The kernel packs both into one message in the order of a set: it differs from run to run."""
    bare = browser.new_page()
    source = (ROOT / "src/coursekit/quiz/static/quiz.js").read_text(encoding="utf-8")

    assert bare.evaluate(ORDERS, source) == [1, 1]
    bare.close()


def test_a_click_brings_its_reason_and_no_key_travels_before(page: LabPage) -> None:
    quiz = opened(page, "check.ipynb")
    page.page.wait_for_function("document.querySelectorAll('.ck-item').length === 6")
    wire = "".join(page.received)
    for secret in ("五星户多去", "把按配合度分的办法", "90.26%", "correct", "订货、送货都是"):
        assert secret not in wire
        assert json.dumps(secret).strip('"') not in wire
    item = quiz.locator("[data-item='P-C3-001']")
    item.get_by_role("button", name="减少次数").click()
    feedback = item.locator(".ck-feedback")
    feedback.get_by_text("把按配合度分的办法套到了星级上").wait_for()
    assert "S2-004" in feedback.inner_text()
    assert "五星户多去" not in feedback.inner_text()
    item.get_by_role("button", name="增加次数").click()
    feedback.get_by_text("五星户多去").wait_for()
    shot(quiz, "selfcheck")


def test_the_keyboard_alone_answers_and_moves_no_cell(page: LabPage) -> None:
    quiz = opened(page, "check.ipynb")
    item = quiz.locator("[data-item='P-C3-003']")
    item.get_by_role("button", name="对").first.focus()
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    item.locator(".ck-feedback[data-state='right']").wait_for()
    page.page.keyboard.press("b")  # in command mode this would add a cell
    assert (
        page.page.locator(".jp-Notebook .jp-CodeCell").count() <= 2
    )  # the cell and the one Shift+Enter made


def test_every_control_has_a_name(page: LabPage) -> None:
    quiz = opened(page, "check.ipynb")
    nameless = quiz.evaluate(
        """root => [...root.querySelectorAll('button, input, textarea, [role=group], [role=radiogroup]')].filter(n => {
            const by = n.getAttribute('aria-labelledby');
            return !(n.getAttribute('aria-label') || (by && document.getElementById(by)?.textContent)
                || n.closest('label')?.textContent.trim() || n.textContent.trim());
        }).map(n => n.outerHTML)"""
    )
    assert nameless == []


def test_nothing_sticks_out_on_a_phone(page: LabPage) -> None:
    quiz = opened(page, "check.ipynb")
    assert sticking_out(quiz) == []
    shot(quiz, "phone")


def sticking_out(quiz: Any) -> list[str]:
    """Classes of what is wider than a phone of 360 px leaves for the quiz."""
    quiz.evaluate("root => { root.style.width = '328px'; }")
    found = quiz.evaluate(
        "root => [...root.querySelectorAll('*')].filter(n => n.getBoundingClientRect().right > "
        "root.getBoundingClientRect().right + 1).map(n => n.className)"
    )
    return list(found)


def test_practice_drill_and_mock_paper_on_a_phone(page: LabPage) -> None:
    """Every round a learner can open fits, takes an answer and goes back to the menu."""
    quiz = opened(page, "practice/practice.ipynb")
    for name in ("一口清", "模拟卷", "按领域练"):
        assert sticking_out(quiz) == []
        quiz.get_by_role("button", name=name).click()
        if name == "按领域练":
            quiz.get_by_role("button", name="分类与星级").click()
        if name == "模拟卷":
            quiz.get_by_role("button", name="开始答题").click()
        quiz.locator(".ck-item").first.wait_for()
        if name == "一口清":
            box = quiz.locator(".ck-item").first.locator("input[type=text]").first
            box.fill("不记得")
            quiz.locator(".ck-item").first.get_by_role("button", name="看答案").click()
            quiz.locator(".ck-item").first.locator(".ck-feedback").get_by_text("线路").first.wait_for()
        assert sticking_out(quiz) == []
        shot(quiz, f"phone_{name}")
        quiz.get_by_role("button", name="回到练习首页").click()
        quiz.get_by_role("button", name="每日一练").wait_for()


def test_a_form_field_is_kept_as_typed(page: LabPage, served: tuple[str, Path]) -> None:
    quiz = opened(page, "form/form.ipynb")
    quiz.get_by_role("textbox").fill("90.26")
    quiz.get_by_role("textbox").blur()
    quiz.get_by_text("已保存").wait_for()
    content = json.loads((served[1] / "form" / "answers.json").read_text(encoding="utf-8"))
    assert content["answers"]["coverage"]["value"] == "90.26"
    shot(quiz, "form")


def choose(page: LabPage, quiz: Any, index: int, *letters: str) -> None:
    quiz.locator(".ck-cell").nth(index).click()
    item = quiz.locator(".ck-item").nth(index)
    for letter in letters:
        item.locator(".ck-option").nth("ABCD".index(letter)).click()
    item.get_by_text("已保存").wait_for()


def test_a_paper_survives_reload_and_restart_and_is_marked(page: LabPage, served: tuple[str, Path]) -> None:
    (served[1] / "paper" / "answers.json").unlink(missing_ok=True)
    quiz = opened(page, "paper/paper.ipynb")
    quiz.get_by_role("button", name="开始答题").click()
    choose(page, quiz, 0, "A")
    choose(page, quiz, 1, "A", "B")
    choose(page, quiz, 2, "A")
    quiz.locator(".ck-cell").nth(3).click()
    quiz.locator(".ck-item").nth(3).get_by_role("button", name="标记").click()
    quiz.get_by_text("标记 1 题").wait_for()
    shot(quiz, "paper")

    page.page.reload()
    page.ready()
    page.run_all()
    quiz = the_quiz(page)
    quiz.get_by_text("已答 3 / 10 题，标记 1 题").wait_for()
    before = quiz.element_handle()
    page.page.get_by_role("button", name="重来一遍").click()  # restarts the kernel, as a learner would
    page.page.get_by_role("dialog").get_by_role("button", name="确认重启内核").click()
    before.wait_for_element_state("hidden")
    page.ready()
    quiz = the_quiz(page)
    quiz.get_by_text("已答 3 / 10 题，标记 1 题").wait_for()

    quiz.locator(".ck-cell").nth(3).click()
    quiz.locator(".ck-item").nth(3).get_by_role("textbox").fill("90.26")
    quiz.locator(".ck-item").nth(3).get_by_role("textbox").blur()
    quiz.get_by_text("已答 4 / 10 题").wait_for()
    quiz.get_by_role("button", name="交卷").click()
    quiz.get_by_text("还有 6 题没有作答").wait_for()
    quiz.get_by_role("alertdialog").get_by_role("button", name="交卷").click()
    quiz.get_by_text("已交卷。答了 4 / 10 题").wait_for()
    shot(quiz, "paper_done")

    content = json.loads((served[1] / "paper" / "answers.json").read_text(encoding="utf-8"))
    items = [{"id": i.id, "points": 1, "rule": rule_of(i)} for i in ten_items()]
    sitting = mark_answers({"paper": "paper", "minutes": 30, "items": items}, content)
    assert sitting.flags == ()
    assert [mark.state for mark in sitting.marks[:4]] == ["right", "right", "wrong", "right"]
    assert sitting.points == 3


def test_a_restart_behind_the_page_is_told_and_loses_nothing(page: LabPage, served: tuple[str, Path]) -> None:
    """Another program restarts the kernel: the page says so, and a click into the void is kept until the cell runs."""
    (served[1] / "paper" / "answers.json").unlink(missing_ok=True)
    quiz = opened(page, "paper/paper.ipynb")
    quiz.get_by_role("button", name="开始答题").click()
    choose(page, quiz, 0, "A")
    restart_from_outside(served[0], "paper.ipynb")
    quiz.locator(".ck-cell").nth(2).click()
    quiz.locator(".ck-item").nth(2).locator(".ck-option").nth(1).click()
    quiz.get_by_text("这一题还没有保存").wait_for()
    quiz.get_by_role("alert").get_by_text("再运行一次").wait_for()
    shot(quiz, "lost")

    before = quiz.element_handle()
    page.run_all()
    before.wait_for_element_state("hidden")
    quiz = the_quiz(page)
    quiz.get_by_text("已答 2 / 10 题").wait_for()
    quiz.get_by_text("没有存上的 1 题已补交").wait_for()
    assert quiz.get_by_role("alert").is_hidden()
    shot(quiz, "back")
    content = json.loads((served[1] / "paper" / "answers.json").read_text(encoding="utf-8"))
    assert [entry["value"] for entry in content["answers"].values()] == ["A", False]


def restart_from_outside(url: str, notebook: str) -> None:
    """Restart a notebook's kernel by the server's own interface, as no page does."""
    token = url.split("token=")[1].split("&")[0]
    base = url.split("/lab")[0]

    def ask(path: str, method: str) -> Any:
        header = {"Authorization": f"token {token}"}
        request = urllib.request.Request(f"{base}/api/{path}", method=method, headers=header)  # noqa: S310
        with urllib.request.urlopen(request) as reply:  # noqa: S310
            return json.load(reply)

    [session] = [one for one in ask("sessions", "GET") if one["path"].endswith(notebook)]
    ask(f"kernels/{session['kernel']['id']}/restart", "POST")


def test_practice_counts_today_and_shows_its_doubt(page: LabPage) -> None:
    quiz = opened(page, "practice/practice.ipynb")
    quiz.get_by_text("做了 0 / 10 题").wait_for()
    quiz.get_by_role("button", name="每日一练").click()
    item = quiz.locator(".ck-item").first
    item.wait_for()
    if item.locator("textarea").count():
        item.locator("textarea").fill("季初")
    elif item.locator("button.ck-option").count():
        item.locator("button.ck-option").first.click()
    else:
        item.locator("input").first.fill("1") if item.locator("input[type=text]").count() else item.locator(
            "input"
        ).first.check()
    if item.get_by_role("button", name="交这一题").count():
        item.get_by_role("button", name="交这一题").click()
    item.locator(".ck-source").wait_for()
    quiz.get_by_role("button", name="回到练习首页").click()
    quiz.get_by_text("今天的每日一练：做了 1 / 10 题").wait_for()
    assert "看不出" in quiz.locator(".ck-bars").inner_text()
    shot(quiz, "practice")
