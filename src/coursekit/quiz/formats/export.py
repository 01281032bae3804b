"""Bank items in the formats of other tools: what each can carry, and what it has to leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from coursekit.errors import InputError
from coursekit.quiz.formats import aiken, gift, moodle_xml, qti, sheet_write, survey_input
from coursekit.quiz.formats.model import Answer, ImportedItem
from coursekit.quiz.items import Blank, Item, Multiple, Single, TrueFalse
from coursekit.quiz.templates import instantiate

Written = tuple[bytes, list[ImportedItem]]


def _encoded(
    write: Callable[[Iterable[ImportedItem]], tuple[str, list[ImportedItem]]],
) -> Callable[..., Written]:
    def run(items: Iterable[ImportedItem]) -> Written:
        text, left = write(items)
        return text.encode("utf-8"), left

    return run


def _xlsx(items: Iterable[ImportedItem]) -> Written:
    return sheet_write.write_xlsx(items), []


FORMATS: dict[str, tuple[str, Callable[[Iterable[ImportedItem]], Written]]] = {
    "xlsx": (".xlsx", _xlsx),
    "gift": (".gift.txt", _encoded(gift.write)),
    "moodle": (".xml", _encoded(moodle_xml.write)),
    "aiken": (".aiken.txt", _encoded(aiken.write)),
    "qti": (".zip", qti.write),
    "survey": (".txt", _encoded(survey_input.write)),
}


def neutral(item: Item, seed: str = "export") -> ImportedItem:
    """A bank item in the exchange form; generated numbers are drawn with `seed`."""
    concrete = instantiate(item, seed)
    options: tuple[str, ...] = ()
    tolerance: tuple[float, ...] = ()
    answer: Answer
    if isinstance(concrete, Single | Multiple):
        options, answer = tuple(option.text for option in concrete.options), list(concrete.correct)
    elif isinstance(concrete, TrueFalse):
        answer = concrete.answer
    elif isinstance(concrete, Blank):
        answer = [list(blank.accept) for blank in concrete.blanks]
        if any(blank.tolerance for blank in concrete.blanks):
            tolerance = tuple(blank.tolerance for blank in concrete.blanks)
    else:
        answer = [" / ".join(phrase.any) for phrase in concrete.phrases]
    return ImportedItem(
        concrete.type, concrete.stem, options, answer, 0, concrete.explanation, concrete.id, tolerance
    )


def export(items: Sequence[Item], form: str) -> Written:
    """The bytes of a file in `form`, and the items it cannot carry.

    Raises
    ------
    InputError
        If there is no such form.
    """
    if form not in FORMATS:
        raise InputError("--to", "、".join(FORMATS), form)
    return FORMATS[form][1]([neutral(item) for item in items])
