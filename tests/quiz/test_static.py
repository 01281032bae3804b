"""The widget's front end: readable colours in both themes, no host but the kernel, no key words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursekit.quiz import widget

STATIC = Path(widget.__file__).parent / "static"
CSS = (STATIC / "quiz.css").read_text(encoding="utf-8")
JS = (STATIC / "quiz.js").read_text(encoding="utf-8")
THEMES = {
    "light": {"paper": "#ffffff", "band": "#eeeeee", "text": "#1f1f1f"},
    "dark": {"paper": "#111111", "band": "#424242", "text": "#e0e0e0"},
}
PAIRS = (
    ("text", "paper"), ("soft", "paper"), ("soft", "right-band"), ("soft", "wrong-band"), ("right", "right-band"),
    ("wrong", "wrong-band"), ("wrong", "paper"), ("warn", "warn-band"), ("blue", "paper"), ("text", "right-band"),
    ("text", "wrong-band"), ("soft", "band"),
)  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    """Colours by name: JupyterLab's own, then ours of the theme."""
    found = dict(THEMES[theme])
    light, dark = CSS.split('[data-jp-theme-light="false"]')[:2]
    for block in (light, dark) if theme == "dark" else (light,):
        rule = block[block.index("{") : block.index("}")]
        found |= dict(re.findall(r"--ck-([a-z-]+): (#[0-9a-f]{6});", rule))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_text_stands_out_from_its_ground(theme: str, pair: tuple[str, str]) -> None:
    found = colours(theme)
    one, other = sorted((luminance(found[name]) for name in pair), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_can_be_seen(theme: str) -> None:
    found = colours(theme)
    one, other = sorted((luminance(found[name]) for name in ("line", "paper")), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 3


def test_the_front_end_reaches_for_nothing_and_writes_no_markup() -> None:
    assert not re.search(r"https?:|import |fetch|innerHTML|eval", JS)
    assert "http" not in CSS
