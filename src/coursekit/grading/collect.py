"""Takes hand-ins as people send them into a course: `submitted/`, versions kept, quarantine with reasons."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError, unreadable
from coursekit.grading import quarantine, store
from coursekit.grading.again import allowed
from coursekit.grading.collected import CollectItem, CollectReport
from coursekit.grading.roster import Roster
from coursekit.grading.settings import Settings, nbgrader_time, parse_time, read_cohort
from coursekit.grading.submission import (
    ANSWERS_FILE,
    LEARNER_FILE,
    Assignment,
    HandIn,
    find_hand_ins,
    grade_ids,
    identify,
    settle_copies,
)
from coursekit.grading.unpack import Bundle, is_junk, unpack
from coursekit.quiz.answers import seal_of

_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.EMFILE})


@dataclass(frozen=True)
class _Cohort:
    """What stays the same during one run."""

    course: Path
    assignment: Assignment
    settings: Settings
    roster: Roster
    student: str | None = None
    time: str = "arrived"

    def private(self, *parts: str) -> Path:
        return self.course.joinpath(store.PRIVATE, *parts)


@dataclass(frozen=True)
class _Arrival:
    """One identified hand-in, ready to be stored."""

    path: Path
    student: str
    how: str
    received: datetime
    hand_in: HandIn

    @property
    def file(self) -> str:
        """Name of what was sent."""
        return self.path.name


def collect(
    course: Path, assignment: str, files: Sequence[Path], *, student: str | None = None, time: str = "arrived"
) -> CollectReport:
    """Take `files` (zips, notebooks, folders of them) into `submitted/` of a course.

    Parameters
    ----------
    course : Path
        A course folder.
    assignment : str
        Name of an assignment of that course.
    files : sequence of Path
        As people sent them.
    student : str, optional
        Id to take for everything in `files`, where the trainer knows better.
    time : str
        When hand-ins count as handed in: `arrived` (time of the file on this machine), `packed` (what
        the learner's machine wrote, where the trainer trusts it), or a time such as `2026-03-09 18:00`.

    Raises
    ------
    InputError
        If the course or the assignment does not exist, or a file of the list is not there. A hand-in
        that cannot be taken never raises: it is quarantined, and the rest goes on.
    """
    settings, roster = read_cohort(course)
    if time not in ("arrived", "packed"):
        time = parse_time(time, settings.timezone, "--time").isoformat()
    cohort = _Cohort(course, _assignment(course, assignment), settings, roster, student, time)
    if student is not None and roster.canonical(student) is None:
        raise InputError("--student", "名单里的学员编号", repr(student), "名单是 roster.csv。")
    missing = [path for path in files if not path.exists() and not path.is_symlink()]
    if missing:
        raise InputError("、".join(map(str, missing[:3])), "要收的文件", "没有这个文件")
    store.mend(cohort.private("incoming"))
    items: list[CollectItem] = []
    arrivals: list[_Arrival] = []
    for path in _expand(files, cohort.assignment):
        try:
            arrived, refused = _open(path, cohort)
        except InputError as error:
            arrived, refused = [], [_quarantine(path, path.name, str(error), cohort)]
        except Exception as error:  # a file made to break a reader stops nobody else's
            arrived, refused = [], [_quarantine(path, path.name, _unforeseen(error), cohort)]
        arrivals += arrived
        items += refused
    for arrival in sorted(arrivals, key=lambda item: (item.received, item.file)):
        try:
            items.append(_store(arrival, cohort))
        except Exception as error:
            label = f"{arrival.file}/{arrival.hand_in.place}"
            items.append(_quarantine(arrival.path, label, _unforeseen(error), cohort))
    report = CollectReport(
        assignment, tuple(items), _missing(cohort), str(cohort.private("quarantine", assignment))
    )
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    store.write_json(cohort.private("collect_log", assignment, f"{stamp}.json"), report.as_json())
    return report


def _unforeseen(error: Exception) -> str:
    """Why one file could not be taken; raises what is wrong with this machine's disk instead."""
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        raise error
    return (
        f"收不了：{unreadable(error)}（{type(error).__name__}）。请看是不是故意改过的文件，再请学员重新交。"
    )


def _assignment(course: Path, name: str) -> Assignment:
    source = course / "source" / name / f"{name}.ipynb"
    if not re.fullmatch(r"[\w.-]+", name) or not source.is_file():
        known = "、".join(sorted(path.name for path in (course / "source").iterdir() if path.is_dir()))
        raise InputError(name, f"这门课的作业名（{known}）", "没有这个作业")
    beside = {
        path.relative_to(source.parent).as_posix() for path in source.parent.rglob("*") if path.is_file()
    }
    return Assignment(name, grade_ids(source.read_bytes()) or frozenset(), frozenset(beside - {source.name}))


def _expand(files: Iterable[Path], assignment: Assignment) -> Iterator[Path]:
    """Folders that hold many people's files give one path a file; a learner's own folder stays whole."""
    own = (LEARNER_FILE, ANSWERS_FILE, assignment.notebook)
    for path in files:
        if path.is_symlink() or not path.is_dir() or any((path / name).is_file() for name in own):
            yield path
        else:
            yield from sorted(entry for entry in path.iterdir() if not is_junk(entry.name))


def _open(path: Path, cohort: _Cohort) -> tuple[list[_Arrival], list[CollectItem]]:
    bundle = unpack(path)
    refused = [_quarantine(path, f"{path.name}/{name}", reason, cohort) for name, reason in bundle.refused]
    try:
        hand_ins = find_hand_ins(bundle.files, cohort.assignment)
    except InputError:
        if refused:
            return [], refused
        raise
    groups: dict[str, list[tuple[HandIn, str]]] = {}
    for hand_in in hand_ins:
        try:
            who, how = (
                (cohort.student, "指定") if cohort.student else identify(hand_in, path.name, cohort.roster)
            )
        except InputError as error:
            refused.append(_quarantine(path, f"{path.name}/{hand_in.place}", str(error), cohort))
        else:
            groups.setdefault(who, []).append((hand_in, how))
    arrivals = []
    for student, found in groups.items():
        try:
            chosen = settle_copies([hand_in for hand_in, _ in found], cohort.assignment)
        except InputError as error:
            refused.append(_quarantine(path, path.name, str(error), cohort))
            continue
        chosen = replace(chosen, notes=(*chosen.notes, *bundle.notes[:5]))
        arrivals.append(_Arrival(path, student, found[0][1], _received(chosen, bundle, cohort.time), chosen))
    return arrivals, refused


def _received(hand_in: HandIn, bundle: Bundle, time: str) -> datetime:
    arrived = datetime.fromtimestamp(bundle.times[hand_in.place], UTC)
    if time == "arrived":
        return arrived
    if time == "packed":
        return min(arrived, hand_in.packed or arrived)
    return datetime.fromisoformat(time)


def _content(arrival: _Arrival, cohort: _Cohort) -> dict[str, bytes]:
    """The folder to store: the learner's files, and what we write ourselves."""
    files = dict(arrival.hand_in.files)
    files[cohort.assignment.notebook] = arrival.hand_in.notebook
    answers = arrival.hand_in.answers
    if answers is not None:
        content = {
            **answers.as_json(), "learner": arrival.student, "assignment": cohort.assignment.name,
        }  # fmt: skip
        if answers.paper and not answers.edited:
            content["seal"] = seal_of(content)
        files[ANSWERS_FILE] = _json(content)
    return files


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _store(arrival: _Arrival, cohort: _Cohort) -> CollectItem:
    name, student = cohort.assignment.name, arrival.student
    files = _content(arrival, cohort)
    identity = store.digest(files)
    late = cohort.settings.seconds_late(name, student, arrival.received)
    flags, notes = _remarks(arrival, late)
    item = CollectItem(arrival.file, "stored", student, "", late, flags, notes, arrival.how)
    record_path = cohort.private("collected", name, f"{student}.json")
    target = cohort.course / "submitted" / student / name
    old = store.read_json(record_path) if target.is_dir() else None
    same = bool(old and old.get("digest") == identity)
    if same and (cohort.time == "arrived" or (old or {}).get("received") == arrival.received.isoformat()):
        return replace(item, status="identical")
    record = {
        "student": student, "assignment": name, "digest": identity, "file": arrival.file,
        "received": arrival.received.isoformat(), "seconds_late": late, "flags": list(flags),
        "notes": list(notes), "identified_by": arrival.how,
    }  # fmt: skip
    files |= {
        LEARNER_FILE: _json({"learner": student, "name": cohort.roster.name_of(student)}),
        "timestamp.txt": (nbgrader_time(arrival.received) + "\n").encode(),
    }
    if same:  # the trainer says when it was handed in
        store.write_bytes(target / "timestamp.txt", files["timestamp.txt"])
        store.write_json(record_path, record)
        return replace(item, status="retimed")
    status = _decide(arrival, old, target.is_dir(), cohort)
    if status in ("older", "apart", "quarantined"):
        label = "broken" if status == "quarantined" else status
        kept = cohort.private("versions", name, student, f"{_stamp(arrival.received)}-{identity[:8]}-{label}")
        if not kept.exists():
            store.put_folder(files, kept, cohort.private("incoming"), None)
            store.write_json(kept.with_suffix(".json"), record)
        reason = "已收的一份读得懂，这一份读不懂，没有替换" if status == "quarantined" else ""
        return replace(item, status=status, reason=reason)
    keep = cohort.private("versions", name, student, _version_name(old, target)) if target.is_dir() else None
    if keep is not None and old:
        store.write_json(keep.with_suffix(".json"), old)
    store.put_folder(files, target, cohort.private("incoming"), keep)
    store.write_json(record_path, record)
    taken = (arrival.file, f"{arrival.file}/{arrival.hand_in.place}")
    quarantine.forget(cohort.private("quarantine", cohort.assignment.name), taken)
    return replace(item, status=status)


def _remarks(arrival: _Arrival, late: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    flags, notes = list(arrival.hand_in.flags), list(arrival.hand_in.notes)
    answers = arrival.hand_in.answers
    if answers and answers.learner.casefold() not in ("", arrival.student.casefold()):
        flags.append("answers_of_another")
        notes.append(f"answers.json 里写的学员是 {answers.learner}")
    if answers and answers.edited:
        flags.append("answers_edited")
        notes.append("answers.json 在答题页之外被改过")
    if late > 0:
        flags.append("late")
        packed = arrival.hand_in.packed
        if packed and packed < arrival.received:
            notes.append(
                f"学员电脑记的打包时间是 {packed:%Y-%m-%d %H:%M}(UTC)，相信它就加 --time packed 再收一次"
            )
    return tuple(flags), tuple(notes)


def _decide(arrival: _Arrival, old: dict[str, Any] | None, present: bool, cohort: _Cohort) -> str:
    """Where a hand-in goes that is not the same as the stored one. Reads two records, changes nothing."""
    if not present:
        return "stored"
    if not arrival.hand_in.readable and "unreadable_notebook" not in (old or {}).get("flags", []):
        return "quarantined"
    if old and arrival.received < datetime.fromisoformat(old["received"]):
        return "older"
    returned = cohort.private("returned", cohort.assignment.name, f"{arrival.student}.json").is_file()
    if returned and cohort.settings.after_feedback == "first":
        return "replaced" if arrival.student in allowed(cohort.course, cohort.assignment.name) else "apart"
    return "replaced"


def _version_name(old: dict[str, Any] | None, target: Path) -> str:
    if old:
        return f"{_stamp(datetime.fromisoformat(old['received']))}-{str(old['digest'])[:8]}"
    return f"{_stamp(datetime.fromtimestamp(target.stat().st_mtime, UTC))}-unknown"


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _missing(cohort: _Cohort) -> tuple[str, ...]:
    """Learners of the list who have handed in nothing."""
    there = cohort.course / "submitted"
    return tuple(
        sorted(key for key in cohort.roster.people if not (there / key / cohort.assignment.name).is_dir())
    )


def _quarantine(path: Path, label: str, reason: str, cohort: _Cohort) -> CollectItem:
    quarantine.keep(cohort.private("quarantine", cohort.assignment.name), path, label, reason)
    return CollectItem(label, "quarantined", None, reason)
