"""Finds the points of a key in a text, and tells a text from a list of the key's words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from coursekit.quiz.rules import KeyPhrase, TextRule
from coursekit.quiz.textnorm import loose

_PART = re.compile(r"[,、:]+")


def hit(phrase: KeyPhrase, sentences: Sequence[str]) -> str | None:
    """What earns a point of the key: a word of it anywhere, or what one of its patterns found in a sentence.

    Parameters
    ----------
    phrase : KeyPhrase
        Words and patterns of the point.
    sentences : sequence of str
        The text, `loose`.
    """
    text = "".join(sentences)
    word = next((word for word in phrase.any if loose(word) and loose(word) in text), None)
    found = (re.search(pattern, one) for pattern in phrase.like for one in sentences)
    return word or next((match[0] for match in found if match and match[0]), None)


def bare_words(rule: TextRule, sentences: Sequence[str]) -> bool:
    """Whether half of the parts of a text or more are words of the key and nothing else."""
    words = {loose(word) for phrase in rule.phrases for word in phrase.any} - {""}
    parts = [part for sentence in sentences for part in map(loose, _PART.split(sentence)) if part]
    return 0 < len(parts) <= 2 * sum(_only(words, part) for part in parts)


def _only(words: Collection[str], part: str) -> bool:
    """Whether a part is made of these words alone."""
    for word in sorted(words, key=len, reverse=True):
        part = part.replace(word, "")
    return not part
