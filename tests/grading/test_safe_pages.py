"""A hand-in's text and outputs run nothing in the browser of the trainer who looks at it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from coursekit.grading.outputs import clean
from coursekit.grading.safe_pages import SafePages, clean_html

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>a</a>"
RUNS = re.compile(
    r"<script>alert|<[^>]+onerror|<[^>]+onload|<[^>]+href=.javascript|text/javascript\">\s*var element"
)


def page(*cells: Any) -> str:
    return page_of(new_notebook(cells=list(cells)))


def page_of(notebook: Any) -> str:
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = dict.fromkeys(("assignment_id", "notebook_id", "submission_id", "base_url", "student"), "x")
    resources |= dict.fromkeys(("last_name", "first_name", "notebook_path"), "x")
    made, _ = SafePages(config=config).from_notebook_node(
        notebook, resources={**resources, "index": 0, "total": 1}
    )
    return str(made)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "mime",
    ["text/html", "text/markdown", "text/latex", "image/svg+xml", "application/javascript", "text/plain"],
)
def test_no_output_brings_a_script_into_the_page(mime: str) -> None:
    text = "alert(1)" if mime == "application/javascript" else SCRIPT
    text = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>" if "svg" in mime else text
    output = new_output("display_data", {mime: text})
    assert not RUNS.search(page(new_code_cell("x", outputs=[output])))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("make", [new_markdown_cell, new_raw_cell])
def test_no_text_brings_a_script_into_the_page(make: Any) -> None:
    assert not RUNS.search(page(make(f"一句话 {SCRIPT}\n\n| a |\n|---|\n| {SCRIPT} |")))


@pytest.mark.filterwarnings("ignore")
def test_tables_folds_and_pictures_stay() -> None:
    table = (
        "<table border='1'><thead><tr><th>星级</th></tr></thead><tbody><tr><td>五星</td></tr></tbody></table>"
    )
    outputs = [
        new_output("display_data", {"text/html": table}),
        new_output("display_data", {"image/png": "aGk="}),
    ]
    shown = page(
        new_markdown_cell("<details><summary>题</summary>正文</details>"), new_code_cell("x", outputs=outputs)
    )
    for wanted in ("<thead><tr><th>星级</th>", "<td>五星</td>", "<summary>题</summary>", "base64,aGk="):
        assert wanted in shown


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "source", ["http://a.example/x.png", "//a.example/x.png", "https://a.example/x?who=t"]
)
def test_a_picture_elsewhere_is_not_fetched(source: str) -> None:
    """Whoever serves it would learn when and where the trainer looks at the hand-in."""
    html = new_output("display_data", {"text/html": f"<img src='{source}' alt='图'>"})
    shown = page(new_markdown_cell(f"![图]({source})"), new_code_cell("x", outputs=[html]))
    assert "a.example" not in re.sub(r"<textarea.*?</textarea>", "", shown)
    assert shown.count('alt="图"') == 2


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("attachments", [None, {"a.png": {}}])
def test_a_picture_that_is_not_there_does_not_break_the_page(attachments: Any) -> None:
    """A text cell copied from another notebook leaves its pictures behind; the page came back as an error."""
    cell = new_markdown_cell("看图：![销量](attachment:a.png)，再看第二题。")
    if attachments is not None:
        cell["attachments"] = attachments
    shown = page(cell)
    assert "再看第二题" in shown
    assert "销量" in shown


@pytest.mark.filterwarnings("ignore")
def test_the_page_asks_no_other_host_and_keeps_the_keyboard() -> None:
    """formgrader's page stops at `MathJax is not defined` where there is no network."""
    shown = page(new_markdown_cell("一句话"))

    assert not re.findall(r"""(?:src|href)=["']https?://[^"']*""", shown)
    assert "Startup: {signal" in shown
    assert shown.index("window.MathJax = ") < shown.index("init_mathjax()")
    assert "#notebook td" in shown[: shown.index("</head>")]


def test_the_style_sheet_of_a_table_is_not_shown_as_text() -> None:
    frame = "<div><style scoped>.dataframe { color: red }</style><table><tr><td>1</td></tr></table></div>"

    assert clean_html(frame) == "<div><table><tbody><tr><td>1</td></tr></tbody></table></div>"
    assert clean_html("1 <STYLE>a</style > 2<style>b</style>3<style>c") in ("1 a 23c", "1 3c")


def test_a_style_stays_and_one_that_loads_goes() -> None:
    kept = clean_html('<p style="color: red; background: url(https://x)">1</p>')
    assert "color: red" in kept
    assert "url" not in kept


@pytest.mark.parametrize("size", ["1' onload='alert(1)", {"a": 1}, [1], True])
def test_a_picture_cannot_write_into_its_tag(size: object) -> None:
    output = {"output_type": "display_data", "data": {"image/png": 'x" onerror="alert(1)'}, "metadata": {}}
    assert clean([output], 10_000)[0]["data"] == {}
    output = {
        "output_type": "display_data",
        "data": {"image/png": "aGk=\n"},
        "metadata": {"image/png": {"width": size}},
    }
    assert clean([output], 10_000)[0] == {**output, "metadata": {}}


@pytest.mark.parametrize("data", [5, None, "x", [1]])
def test_an_output_that_holds_no_data_costs_only_itself(data: object) -> None:
    """It ended the whole hand-in: everything not run."""
    fine = {"output_type": "stream", "name": "stdout", "text": "6"}
    kept = clean([{"output_type": "display_data", "data": data}, 7, None, "x", fine], 10_000)
    assert [one["text"] for one in kept] == ["[一个输出的格式不对，没有保留]"] * 4 + ["6"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("view", ["x", ["x"], {"a": 1}, {"model_id": ["x"]}, {"model_id": "x"}])
def test_a_widget_that_is_none_does_not_break_the_page(view: Any) -> None:
    """Any display of this type without its number made an error of the trainer's page."""
    data = {"application/vnd.jupyter.widget-view+json": view, "text/plain": "shown"}
    outputs = clean([{"output_type": "display_data", "data": data}], 10_000)
    assert "shown" in page(new_code_cell("x", outputs=[from_dict(one) for one in outputs]))


@pytest.mark.filterwarnings("ignore")
def test_no_metadata_of_a_hand_in_gets_into_the_page() -> None:
    """Compatible mode keeps nbgrader's way: a tag with a quote broke out of its attribute."""
    cell = new_code_cell("x", metadata={"tags": ["a' onmouseover='alert(1)"], "nbgrader": {"grade": False}})
    notebook = new_notebook(
        cells=[cell], metadata={"language_info": {"name": "python", "pygments_lexer": "a' onclick='b"}}
    )
    shown = page_of(notebook)
    assert "onmouseover" not in shown
    assert "onclick='b" not in shown
    assert cell.metadata["tags"] == ["a' onmouseover='alert(1)"], "the notebook itself stays as it is"
