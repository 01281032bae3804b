"""Chinese punctuation for Chinese text: `python scripts/fullwidth.py FILE…`, or with `--check` only look.

`--check` without a file looks at everything people read: lessons, exercises, cases, banks, policies, the
Chinese README. The code under `src` is not among them, because its patterns hold half-width marks on purpose.

Typed half-width marks (, : ; ? ! and brackets) beside Chinese become full-width ones in percent sources
(Markdown cells, comments, strings with Chinese), YAML, TOML and Markdown. Code, code spans, links, tags
and numbers such as 1,425.28 stay as they are; so do lists in brackets, sums, and text as a survey exports it.
"""

import io
import re
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ_BY_PEOPLE = (
    "notebooks/**/*.py",
    "assignments/**/*.py",
    "assignments/**/*.yaml",
    "assignments/**/*.toml",
    "datasets/*.toml",
    "README.zh-CN.md",
)
WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
CJK = r"\u3400-\u9fff\u3000-\u303f\uff01-\uff60“”‘’—…"
_PROTECTED = re.compile(
    r"```.*?```|`[^`\n]*`|<code>[^\n]*?</code>|<[^<>\n]*>|\]\([^()\n]*\)|\{[^{}\n]*\}"
    r"|\((?:正确答案)?\)"  # as a survey exports it
    r"|\[[^\[\]\n]*, [^\[\]\n]*\]",  # a list in YAML, TOML or a docstring
    re.DOTALL,
)
_SUM = re.compile(r"[+×÷=]")
_BRACKETS = re.compile(r"\(([^()\n]*)\)")
_QUOTES = re.compile(r"`[^`\n]*`|<code>[^\n]*?</code>|<[^<>\n]*>|\"([^\"\n]*)\"")
_HAN = re.compile(f"[{CJK}]")
_PATTERN = re.compile(r"[fF]?[rR][fF]?[\"']")  # a raw string is a pattern: its marks are no punctuation


def widen(text: str) -> str:
    """`text` with full-width marks where Chinese stands beside them."""
    parts, last = [], 0
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match.group())
        return f"\ue000{chr(0xE100 + len(hidden) - 1)}\ue001"

    text = _PROTECTED.sub(hide, text)
    text = _BRACKETS.sub(lambda m: f"（{m[1]}）" if _wide_inside(text, m) else m[0], text)
    for match in re.finditer(r"[,:;?!]", text):
        here = match.start()
        before, after = text[:here].rstrip("*")[-1:], text[here + 1 : here + 2]
        chinese = (
            _HAN.match(before)
            or (match[0] in ",;" and _HAN.match(after))
            or (before == "\ue001" and _HAN.match(after))
        )
        parts += [text[last:here], WIDE[match[0]] if chinese else match[0]]
        last = here + 1
    text = "".join([*parts, text[last:]])
    return re.sub("\ue000(.)\ue001", lambda m: hidden[ord(m[1]) - 0xE100], text)


def _quoted(match: re.Match[str]) -> str:
    return f"“{match[1]}”" if match[1] and _HAN.search(match[1]) else match[0]


def _wide_inside(text: str, match: re.Match[str]) -> bool:
    inside = match[1]
    return bool(_HAN.search(inside)) or (not _SUM.search(inside) and _beside(text, match))


def _beside(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return bool(_HAN.match(before) and (not after.strip() or _HAN.match(after) or after in ",:;?!"))


def widen_python(text: str) -> str:
    """Comments and strings of a Python file; Markdown cells of a percent source are comments."""
    lines = text.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(text).readline))):
        (row, left), (end, right) = token.start, token.end
        if token.type not in (tokenize.COMMENT, tokenize.STRING) or not _HAN.search(token.string):
            continue
        if token.type == tokenize.COMMENT and token.string.startswith(("# %%", "#     ")):  # code
            continue
        if _PATTERN.match(token.string):
            continue
        if token.type == tokenize.COMMENT:
            lines[row - 1] = lines[row - 1][:left] + _QUOTES.sub(_quoted, widen(token.string)) + "\n"
        elif row == end:
            lines[row - 1] = lines[row - 1][:left] + widen(token.string) + lines[row - 1][right:]
        else:
            for number in range(row, end - 1):
                lines[number] = widen(lines[number])
            lines[row - 1] = lines[row - 1][:left] + widen(lines[row - 1][left:])
            lines[end - 1] = widen(lines[end - 1][:right]) + lines[end - 1][right:]
    return "".join(lines)


def main(arguments: list[str]) -> int:
    """Rewrite the files, or with `--check` only name those that would change."""
    check = "--check" in arguments
    names = [word for word in arguments if word != "--check"]
    unknown = [word for word in names if word.startswith("-")]
    if unknown or not (names or check):
        print(
            f"usage: fullwidth.py FILE… | fullwidth.py --check [FILE…] (got {unknown or 'no file'})",
            file=sys.stderr,
        )
        return 2
    paths = [Path(name) for name in names] or sorted(
        p for pattern in READ_BY_PEOPLE for p in ROOT.glob(pattern)
    )
    changed = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        wide = widened(text, path.suffix)
        if wide != text:
            changed.append(path)
            if not check:
                path.write_text(wide, encoding="utf-8", newline="\n")
    for path in changed:
        print(path)
    return 1 if check and changed else 0


def widened(text: str, suffix: str) -> str:
    """`text` of a file whose name ends in `suffix`, with full-width marks."""
    if suffix == ".py":
        return widen_python(text)
    return "".join(map(widen, text.splitlines(keepends=True)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
