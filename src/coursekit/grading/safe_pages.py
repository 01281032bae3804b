"""What formgrader shows of a hand-in runs nothing in the trainer's browser.

nbgrader puts a learner's text and outputs into its page as they are; a script in them would act with the
trainer's rights, and could mark itself. Here only harmless tags and attributes are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]
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
ATTRIBUTES = {
    "*": ["align", "class", "id", "style", "title", "valign"],
    "a": ["href"],
    "img": ["alt", "height", "src", "width"],
    "table": ["border"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan"],
    "details": ["open"],
}
PROTOCOLS = frozenset({"http", "https", "mailto", "data", "attachment"})


def clean_html(text: Any) -> str:
    """Keep harmless HTML and drop the rest."""
    found = text.decode() if isinstance(text, bytes) else str(text)
    styles = CSSSanitizer()
    return str(bleach.clean(found, TAGS, ATTRIBUTES, protocols=PROTOCOLS, strip=True, css_sanitizer=styles))


class SafePages(HTMLExporter):
    """nbconvert's exporter with its own cleaning on, ours in place of its filters."""

    sanitize_html = Bool(True)

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
