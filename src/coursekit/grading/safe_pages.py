"""What formgrader shows of a hand-in runs nothing in the trainer's browser.

nbgrader puts a learner's text and outputs into its page as they are; a script in them would act with the
trainer's rights, and could mark itself. Here only harmless tags and attributes are left. The page asks no other host
either: nbgrader's fetches MathJax, and without network its keyboard and its first field stay dead.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer  # type: ignore[import-untyped]
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook
from traitlets import Bool

TAGS = frozenset(
    bleach.ALLOWED_TAGS
    | {
        "br",
        "caption",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "hr",
        "img",
        "ins",
        "p",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "q", "s", "small", "span", "sub", "summary", "sup", "u"}
    | {"col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)


def _of_picture(tag: str, name: str, value: str) -> bool:
    """A picture is in the page itself: one fetched from elsewhere would tell when the trainer looks."""
    return name in ("alt", "height", "width") or (name == "src" and value.startswith("data:image/"))


ATTRIBUTES = {
    "*": ["align", "class", "id", "style", "title", "valign"],
    "a": ["href"],
    "img": _of_picture,
    "table": ["border"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan"],
    "details": ["open"],
}
PROTOCOLS = frozenset({"http", "https", "mailto", "data", "attachment"})


_MATHJAX = re.compile(r"""<script src="https?://[^"<>]*mathjax[^"<>]*">\s*</script>""", re.IGNORECASE)
# What formgrader's page calls of it: it waits for the end of the type-setting before it takes the keyboard.
_NO_MATHJAX = """<script>
window.MathJax = {Hub: {Config: function () {}, Queue: function () {}, Startup: {signal: {
  Interest: function (tell) { setTimeout(function () { tell("End"); }, 0); }}}}};
</script>"""
# Bootstrap leaves tables without a gap, nbgrader draws pictures in a red frame.
_STYLE = """<style>
#notebook td, #notebook th { padding: 2px 12px 2px 2px; text-align: left; vertical-align: top; }
#notebook img { border: 0; max-width: 100%; }
</style>"""
_CSS = (*ALLOWED_CSS_PROPERTIES, "padding")


def clean_html(text: Any) -> str:
    """Keep harmless HTML and drop the rest."""
    found = _without_style(text.decode() if isinstance(text, bytes) else str(text))
    styles = CSSSanitizer(allowed_css_properties=_CSS)
    return str(bleach.clean(found, TAGS, ATTRIBUTES, protocols=PROTOCOLS, strip=True, css_sanitizer=styles))


def _without_style(text: str) -> str:
    """Without style sheets (pandas sends one with every table), which would stand there as text."""
    small, kept, here = text.lower(), [], 0
    while (begin := small.find("<style", here)) >= 0 and (end := small.find("</style>", begin)) >= 0:
        kept.append(text[here:begin])
        here = end + len("</style>")
    return "".join([*kept, text[here:]])


class SafePages(HTMLExporter):
    """nbconvert's exporter with its own cleaning on, ours in place of its filters."""

    sanitize_html = Bool(True)

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """The page; it asks no other host, its tables can be read, no metadata of a hand-in stands in it."""
        shown = copy.deepcopy(nb)
        shown.metadata = type(shown.metadata)()
        for cell in shown.cells:
            cell.metadata = type(cell.metadata)({k: v for k, v in cell.metadata.items() if k == "nbgrader"})
        page, found = super().from_notebook_node(shown, resources, **kw)
        return _MATHJAX.sub(_NO_MATHJAX, page).replace("</head>", f"{_STYLE}</head>", 1), found

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """nbconvert's filters, those that make HTML of a hand-in's text cleaned."""

        @pass_context
        def clean_markdown(context: Any, source: str) -> str:
            try:
                return clean_html(self.markdown2html(context, source))
            except (InvalidNotebook, RuntimeError):  # a cell pasted from elsewhere without its pictures
                return clean_html(self.markdown2html(context, source.replace("attachment:", "")))

        yield from super().default_filters()
        yield "clean_html", clean_html
        yield "markdown2html", clean_markdown
