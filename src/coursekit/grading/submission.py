"""Finds the hand-ins of one assignment in what was sent, and whose they are. Pure: bytes in, records out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from coursekit.errors import InputError
from coursekit.grading.answers import Answers, read_answers
from coursekit.grading.roster import Roster

LEARNER_FILE = "learner.json"
ANSWERS_FILE = "answers.json"
TIMESTAMP_FILE = "timestamp.txt"
_OURS = frozenset({LEARNER_FILE, ANSWERS_FILE, TIMESTAMP_FILE})
_KEPT = (".csv", ".tsv", ".txt", ".md", ".json", ".xlsx", ".xls", ".png", ".jpg", ".jpeg", ".svg", ".pdf")
_MAX_NAME = 200
_MAX_PART = 255  # bytes of one name on most disks
_MAX_FILES = 200


@dataclass(frozen=True)
class Assignment:
    """What tells the notebook of an assignment: its name and the grade ids in it."""

    name: str
    grade_ids: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    @property
    def notebook(self) -> str:
        """File name of the notebook as released."""
        return f"{self.name}.ipynb"


@dataclass(frozen=True)
class HandIn:
    """One hand-in found in a bundle.

    `place` is the notebook's path inside the bundle; `claim` the id in its learner.json, `claims` all ids
    in those at or above it; `packed` the
    time its timestamp.txt claims (the learner's clock, nothing to rely on); `flags` are
    short codes for what a person should know, `notes` the same in words.
    """

    place: str
    notebook: bytes
    readable: bool
    files: Mapping[str, bytes] = field(default_factory=dict)
    claim: str | None = None
    claims: tuple[str, ...] = ()
    answers: Answers | None = None
    packed: datetime | None = None
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def grade_ids(notebook: bytes) -> frozenset[str] | None:
    """Grade ids of a notebook, or None when it cannot be read as one."""
    try:
        content = json.loads(notebook.decode("utf-8-sig"))
        cells = content["cells"]
        marks = [cell.get("metadata", {}).get("nbgrader", {}) for cell in cells]
        return frozenset(str(mark["grade_id"]) for mark in marks if "grade_id" in mark)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def find_hand_ins(files: Mapping[str, bytes], assignment: Assignment) -> list[HandIn]:
    """Hand-ins of `assignment` among the files of one bundle, in the order of their places.

    Raises
    ------
    InputError
        If no file is a notebook of this assignment; the message names what was there instead.
    """
    notebooks = [name for name in sorted(files) if name.lower().endswith(".ipynb")]
    matches = {
        name: fit for name in notebooks if (fit := _fit(name, files[name], assignment, len(notebooks)))
    }
    if not matches:
        raise _nothing_found(files, notebooks, assignment)
    found = []
    for folder in sorted({str(PurePosixPath(name).parent) for name in matches}):
        here = [name for name in matches if str(PurePosixPath(name).parent) == folder]
        if len(here) > 1 and _inside(folder, LEARNER_FILE) in files:
            here = _preferred(here, files, matches)
        found += [_hand_in(name, files, assignment, len(here) == 1) for name in here]
    return found


def settle_copies(hand_ins: list[HandIn], assignment: Assignment) -> HandIn:
    """The one to keep of several hand-ins of one learner out of one bundle.

    Raises
    ------
    InputError
        If they differ and none carries the released file name.
    """
    different = {item.notebook: item for item in reversed(hand_ins)}
    exact = [item for item in different.values() if PurePosixPath(item.place).name == assignment.notebook]
    if len(different) == 1:
        return next(iter(different.values()))
    if len(exact) == 1:
        note = f"同时还有 {len(different) - 1} 份名字不同的副本，收的是 {assignment.notebook}"
        return replace(exact[0], notes=(*exact[0].notes, note))
    places = "、".join(item.place for item in hand_ins)
    raise InputError(
        places, "每人一份 notebook", f"{len(different)} 份内容不同的", "请问学员交哪一份，只发那一份。"
    )


def identify(hand_in: HandIn, bundle_name: str, roster: Roster) -> tuple[str, str]:
    """Whose hand-in this is, and what told so (`learner.json`, `编号`, `姓名`).

    Raises
    ------
    InputError
        If nothing tells, two things contradict each other, or the id is not on the list.
    """
    text = f"{bundle_name} / {hand_in.place}"
    ids, named = roster.ids_in(text), roster.named_in(text)
    if len(hand_in.claims) > 1:
        raise InputError(text, "一份作业里的 learner.json 是同一个人", f"有 {'、'.join(hand_in.claims)}",
                         "请问清楚是谁的，再用 --student 指定编号收这一份。")  # fmt: skip
    if hand_in.claim is not None:
        student = roster.canonical(hand_in.claim)
        if student is None:
            raise InputError(text, "名单里的学员编号", f"learner.json 写的是 {hand_in.claim!r}",
                             "确认是本班学员后，把编号加进 roster.csv 再收一次。")  # fmt: skip
        outside = roster.ids_in(bundle_name) | roster.named_in(bundle_name)
        other = (outside or ids | named) - {student}
        if other and student not in (outside or ids | named):
            raise InputError(text, "文件名与 learner.json 是同一个人",
                             f"文件名指 {'、'.join(sorted(other))},learner.json 写 {student}",
                             "请问清楚是谁的，再用 --student 指定编号收这一份。")  # fmt: skip
        return student, "learner.json"
    for hits, how in ((ids, "编号"), (named, "姓名")):
        if len(hits) == 1:
            return next(iter(hits)), how
        if hits:
            raise InputError(
                text, f"一个学员的{how}", f"对得上的有 {'、'.join(sorted(hits))}", "请用 --student 指定编号。"
            )
    raise InputError(
        text,
        "learner.json，或文件名里的编号、姓名",
        "三样都没有",
        "问清是谁的，再用 --student 指定编号收这一份。",
    )


def _fit(name: str, data: bytes, assignment: Assignment, notebooks: int) -> int:
    """How well a notebook fits: 0 not at all, 1 by name only, 2 by content, 3 by name and content."""
    stem = PurePosixPath(name).stem.casefold()
    named = 1 if assignment.name.casefold() in stem else 0
    ids = grade_ids(data)
    if ids is None:  # broken: only its name, or its being alone, speaks for it
        other = re.match(r"\d\d_[a-z]", stem) and not named
        return named or (1 if notebooks == 1 and not other else 0)
    if assignment.grade_ids and len(ids & assignment.grade_ids) * 2 >= len(assignment.grade_ids):
        return 2 + named
    return 0 if ids and assignment.grade_ids and not ids & assignment.grade_ids else named


def _preferred(names: list[str], files: Mapping[str, bytes], fits: Mapping[str, int]) -> list[str]:
    """In a folder of one learner, the copies that fit best; one of each content."""
    best = max(fits[name] for name in names)
    unique = {files[name]: name for name in reversed(names) if fits[name] == best}
    return sorted(unique.values())


def _inside(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def _nothing_found(files: Mapping[str, bytes], notebooks: list[str], assignment: Assignment) -> InputError:
    if notebooks:
        got = "、".join(PurePosixPath(name).name for name in notebooks[:3])
        return InputError("交来的内容", f"{assignment.name} 的 notebook", got, "请看是不是交错了作业。")
    got = f"{len(files)} 个别的文件" if files else "空的"
    return InputError(
        "交来的内容", f"{assignment.name} 的 notebook(.ipynb)", got, "请学员把作业文件夹整个交来。"
    )


def _claims(folder: str, files: Mapping[str, bytes]) -> list[str | None]:
    """Ids in the learner.json at and above a folder, the nearest first; None for one that cannot be read."""
    path = PurePosixPath(folder)
    found = (files.get(_inside(str(level), LEARNER_FILE)) for level in (path, *path.parents))
    return [_claimed(data) for data in found if data is not None and len(data) <= 4096]


def _claimed(data: bytes) -> str | None:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    learner = content.get("learner") if isinstance(content, dict) else None
    return learner.strip() if isinstance(learner, str) and learner.strip() else None


def _packed(data: bytes | None) -> datetime | None:
    if data is None or len(data) > 200:
        return None
    try:
        return datetime.fromisoformat(data.decode().strip().removesuffix(" UTC")).replace(tzinfo=UTC)
    except ValueError:
        return None


def _hand_in(name: str, files: Mapping[str, bytes], assignment: Assignment, alone: bool) -> HandIn:
    folder = str(PurePosixPath(name).parent)
    notes: list[str] = []
    flags: list[str] = []
    ids = grade_ids(files[name])
    if ids is None:
        flags.append("unreadable_notebook")
        notes.append("notebook 读不懂，原样收下，不会判成零分")
    elif assignment.grade_ids and not ids >= assignment.grade_ids:
        flags.append("missing_cells")
        notes.append(f"少了 {len(assignment.grade_ids - ids)} 个作业格子")
    extra = _extra_files(folder, files, assignment, notes) if alone else {}
    answers = None
    data = files.get(_inside(folder, ANSWERS_FILE)) if alone else None
    if data is not None:
        try:
            answers = read_answers(data)
        except InputError as error:
            flags.append("unreadable_answers")
            notes.append(str(error))
    if answers and answers.notes:
        flags.append("answers_left_out")
        notes.extend(answers.notes[:5])
    if answers and answers.assignment not in ("", assignment.name):
        flags.append("unreadable_answers")
        notes.append(f"answers.json 是作业 {answers.assignment} 的，没有收")
        answers = None
    claims = _claims(folder, files)
    return HandIn(
        name,
        files[name],
        ids is not None,
        extra,
        next(iter(claims), None),
        tuple(dict.fromkeys(claim.casefold() for claim in claims if claim)),
        answers,
        _packed(files.get(_inside(folder, TIMESTAMP_FILE))) if alone else None,
        tuple(flags),
        tuple(notes),
    )


def _extra_files(
    folder: str, files: Mapping[str, bytes], assignment: Assignment, notes: list[str]
) -> dict[str, bytes]:
    """Files beside the notebook that grading may need: data and pictures, no programs."""
    prefix = "" if folder == "." else folder + "/"
    nested = {str(PurePosixPath(name).parent) for name in files if name.lower().endswith(".ipynb")} - {folder}
    chosen: dict[str, bytes] = {}
    left_out = 0
    for name in sorted(files):
        relative = name.removeprefix(prefix)
        parent = str(PurePosixPath(name).parent)
        if not name.startswith(prefix) or _under(parent, nested) or PurePosixPath(name).name in _OURS:
            continue
        if relative.lower().endswith(".ipynb"):
            continue
        wanted = relative in assignment.keep or relative.lower().endswith(_KEPT)
        if wanted and _can_be_kept(relative, chosen, assignment) and len(chosen) < _MAX_FILES:
            chosen[relative] = files[name]
        else:
            left_out += 1
    if left_out:
        notes.append(f"另有 {left_out} 个用不着的文件没有收")
    return chosen


def _can_be_kept(relative: str, chosen: Mapping[str, bytes], assignment: Assignment) -> bool:
    """Whether a file of that name can lie beside the others: short enough, and below no file."""
    parts = PurePosixPath(relative).parts
    above = {"/".join(parts[:count]) for count in range(1, len(parts))}
    taken = above & {*chosen, *_OURS, assignment.notebook}
    return len(relative) <= _MAX_NAME and not taken and all(_bytes(part) <= _MAX_PART for part in parts)


def _bytes(name: str) -> int:
    return len(name.encode("utf-8", "surrogatepass"))


def _under(folder: str, nested: Iterable[str]) -> bool:
    return any(folder == other or folder.startswith(other + "/") for other in nested)
