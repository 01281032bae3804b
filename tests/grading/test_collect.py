"""Collecting: nothing lost, nothing overwritten in silence, one bad file never stops the rest."""

from __future__ import annotations

import errno
import io
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from tests.grading.handins import IDS, SLUG, answers, bare_course, learner, notebook, zipped

from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.arrivals import records
from coursekit.grading.collect import collect

ON_TIME = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai, due 18:00


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one assignment and three learners."""
    return bare_course(tmp_path / "course")


def sent(folder: Path, name: str, data: bytes, hours: float = 0) -> Path:
    """A file as it reached the trainer, `hours` after ON_TIME."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    when = ON_TIME.timestamp() + hours * 3600
    os.utime(path, (when, when))
    return path


def hand_in(student: str, source: str = "x = 1") -> bytes:
    """A zip as the workspace makes it."""
    return zipped({
        "learner.json": learner(student), f"{SLUG}/{SLUG}.ipynb": notebook(*IDS, source=source),
        f"{SLUG}/answers.json": answers(student, rate=0.9),
    })  # fmt: skip


def statuses(course: Path, *paths: Path) -> list[tuple[str, str | None]]:
    """Status and student of each item of one run."""
    return [(item.status, item.student) for item in collect(course, SLUG, paths).items]


def test_a_zip_lands_where_nbgrader_looks(course: Path, tmp_path: Path) -> None:
    report = collect(course, SLUG, [sent(tmp_path / "in", "a.zip", hand_in("kh0001"))])

    folder = course / "submitted" / "kh0001" / SLUG
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{SLUG}.ipynb",
        "answers.json",
        "learner.json",
        "timestamp.txt",
    ]
    assert CourseDirectory(root=str(course)).get_existing_timestamp(str(folder)) == ON_TIME.replace(
        tzinfo=None
    )
    assert json.loads((folder / "learner.json").read_text("utf-8")) == {"learner": "kh0001", "name": "张三"}
    assert report.missing == ("kh0002", "kh0003")
    assert records(course, SLUG)["kh0001"]["seconds_late"] == 0


def test_learner_json_is_written_from_the_id_found(course: Path, tmp_path: Path) -> None:
    """A hand-in under another's answers.json is flagged and kept under the id of its own."""
    data = zipped({f"{SLUG}.ipynb": notebook(*IDS), "answers.json": answers("kh0003", rate=1)})

    report = collect(course, SLUG, [sent(tmp_path / "in", "李四.zip", data)])

    folder = course / "submitted" / "kh0002" / SLUG
    assert report.items[0].flags == ("answers_of_another",)
    assert json.loads((folder / "learner.json").read_text("utf-8"))["learner"] == "kh0002"
    assert json.loads((folder / "answers.json").read_text("utf-8"))["learner"] == "kh0002"


def test_one_bad_file_never_stops_the_batch(course: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    sent(inbox, "kh0001.zip", hand_in("kh0001"))
    sent(inbox, "bad.zip", zipped({"../../evil.ipynb": b"{}"}))
    sent(inbox, "cut.zip", hand_in("kh0002")[:200])
    sent(inbox, "作业3 王五(2).ipynb", notebook(*IDS))
    sent(inbox, ".DS_Store", b"x")
    sent(inbox, "通知.pdf", b"%PDF")

    report = collect(course, SLUG, [inbox])

    assert [(i.status, i.student) for i in report.items if i.student] == [
        ("stored", "kh0001"),
        ("stored", "kh0003"),
    ]
    quarantined = {i.file for i in report.items if i.status == "quarantined"}
    assert quarantined == {"bad.zip", "cut.zip", "通知.pdf"}
    assert all(i.reason for i in report.items if i.status == "quarantined")
    assert len(list(Path(report.quarantine).glob("*.reason.json"))) == 3
    assert report.needs_person
    assert not list(tmp_path.rglob("evil*"))


def test_late_is_counted_from_the_due_date_and_the_extension(course: Path, tmp_path: Path) -> None:
    with (course / "coursekit.toml").open("a", encoding="utf-8") as stream:
        stream.write('[extensions."03_figures"]\nkh0002 = "2026-03-03 18:00"\n')
    inbox = tmp_path / "in"
    for student in ("kh0001", "kh0002"):
        sent(inbox, f"{student}.zip", hand_in(student), hours=3)

    report = collect(course, SLUG, [inbox])

    assert {i.student: (i.seconds_late, i.flags) for i in report.items} == {
        "kh0001": (7200, ("late",)), "kh0002": (0, ()),
    }  # fmt: skip


def test_the_learners_clock_counts_only_when_the_trainer_says_so(course: Path, tmp_path: Path) -> None:
    data = zipped(
        {f"{SLUG}/{SLUG}.ipynb": notebook(*IDS), f"{SLUG}/timestamp.txt": b"2026-03-02 08:00:00 UTC\n"}
    )
    path = sent(tmp_path / "in", "kh0001.zip", data, hours=24)

    first = collect(course, SLUG, [path]).items[0]
    trusted = collect(course, SLUG, [path], time="packed").items[0]
    given = collect(course, SLUG, [path], time="2026-03-02 19:00").items[0]

    assert (first.flags, "--time packed" in first.notes[0]) == (("late",), True)
    assert (trusted.status, trusted.seconds_late) == ("retimed", 0)
    assert given.seconds_late == 3600
    assert records(course, SLUG)["kh0001"]["seconds_late"] == 3600


def test_the_same_again_changes_nothing(course: Path, tmp_path: Path) -> None:
    path = sent(tmp_path / "in", "a.zip", hand_in("kh0001"))
    collect(course, SLUG, [path])
    before = {p: p.stat().st_mtime_ns for p in (course / "submitted").rglob("*")}

    assert statuses(course, path) == [("identical", "kh0001")]
    assert {p: p.stat().st_mtime_ns for p in (course / "submitted").rglob("*")} == before


def test_a_newer_one_replaces_and_the_older_is_kept(course: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    first = sent(inbox, "1.zip", hand_in("kh0001", "first"))
    second = sent(inbox, "2.zip", hand_in("kh0001", "second"), hours=0.5)

    assert statuses(course, first) == [("stored", "kh0001")]
    assert statuses(course, second) == [("replaced", "kh0001")]
    assert statuses(course, first) == [("older", "kh0001")]

    now = course / "submitted" / "kh0001" / SLUG / f"{SLUG}.ipynb"
    kept = list((course / ".coursekit" / "versions" / SLUG / "kh0001").glob(f"*/{SLUG}.ipynb"))
    assert b"second" in now.read_bytes()
    assert all(b"first" in path.read_bytes() for path in kept)
    assert kept


def test_a_broken_one_never_replaces_a_good_one(course: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    good = sent(inbox, "kh0001.zip", hand_in("kh0001"))
    broken = sent(inbox, "kh0001.ipynb", b"{", hours=1)

    assert statuses(course, good) == [("stored", "kh0001")]
    assert statuses(course, broken) == [("quarantined", "kh0001")]
    assert (course / "submitted" / "kh0001" / SLUG / f"{SLUG}.ipynb").read_bytes() != b"{"


def test_a_broken_one_alone_is_stored_so_that_its_row_is_seen(course: Path, tmp_path: Path) -> None:
    report = collect(course, SLUG, [sent(tmp_path / "in", "kh0001 03_figures.ipynb", b'{"cells": [')])

    assert report.items[0].status == "stored"
    assert report.items[0].flags == ("unreadable_notebook",)
    assert records(course, SLUG)["kh0001"]["flags"] == ["unreadable_notebook"]


def test_after_feedback_the_first_counts_unless_the_policy_says_otherwise(
    course: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "in"
    collect(course, SLUG, [sent(inbox, "1.zip", hand_in("kh0001", "one"))])
    store.write_json(course / ".coursekit" / "returned" / SLUG / "kh0001.json", {"student": "kh0001"})
    second = sent(inbox, "2.zip", hand_in("kh0001", "two"), hours=1)

    assert statuses(course, second) == [("apart", "kh0001")]

    settings = course / "coursekit.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[due]", 'after_feedback = "last"\n[due]'), "utf-8"
    )
    assert statuses(course, second) == [("replaced", "kh0001")]


def test_the_trainer_can_say_whose_it_is_and_the_quarantine_clears(course: Path, tmp_path: Path) -> None:
    path = sent(tmp_path / "in", "作业.ipynb", notebook(*IDS))
    assert statuses(course, path) == [("quarantined", None)]

    report = collect(course, SLUG, [path], student="kh0002")

    assert report.items[0].status == "stored"
    assert not list(Path(report.quarantine).iterdir())


def test_a_file_the_disk_will_not_give_is_named_and_the_rest_goes_on(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a failing USB stick: reading stops with an input/output error."""
    good, bad = (
        sent(tmp_path / "in", "1.zip", hand_in("kh0001")),
        sent(tmp_path / "in", "2.zip", hand_in("kh0002")),
    )
    whole = Path.read_bytes

    def read(path: Path) -> bytes:
        if path == bad:
            raise OSError(errno.EIO, "Input/output error")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read)

    report = collect(course, SLUG, [bad, good])

    assert sorted((item.status, item.student) for item in report.items) == [
        ("quarantined", None),
        ("stored", "kh0001"),
    ]
    assert "能读的文件" in next(item.reason for item in report.items if item.status == "quarantined")


def test_a_stop_between_the_two_renames_is_mended(course: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    collect(course, SLUG, [sent(inbox, "1.zip", hand_in("kh0001", "one"))])
    target = course / "submitted" / "kh0001" / SLUG
    scratch = course / ".coursekit" / "incoming"
    staged, old = scratch / "abc", course / ".coursekit" / "versions" / SLUG / "kh0001" / "v1"
    staged.mkdir(parents=True)
    (staged / f"{SLUG}.ipynb").write_text("new")
    old.parent.mkdir(parents=True)
    store.write_json(scratch / "abc.json", {"staged": str(staged), "target": str(target), "old": str(old)})
    target.rename(old)  # and here the machine stopped

    store.mend(scratch)

    assert (target / f"{SLUG}.ipynb").read_text() == "new"
    assert old.is_dir()
    assert not list(scratch.iterdir())


@pytest.mark.parametrize(
    ("assignment", "files", "word"),
    [("99_none", [], "没有这个作业"), ("../x", [], "没有这个作业"), (SLUG, ["gone.zip"], "没有这个文件")],
)
def test_wrong_use_is_said(course: Path, assignment: str, files: list[str], word: str) -> None:
    with pytest.raises(InputError, match=word):
        collect(course, assignment, [Path(name) for name in files])


def test_a_folder_that_is_no_course_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="coursekit course new"):
        collect(tmp_path, SLUG, [])


def test_a_gbk_roster_from_excel_is_read(tmp_path: Path) -> None:
    course = bare_course(tmp_path / "course")
    (course / "roster.csv").write_bytes("学员编号,姓名\nkh0007,赵六\n".encode("gb18030"))

    report = collect(course, SLUG, [sent(tmp_path / "in", "赵六 作业3.ipynb", notebook(*IDS))])

    assert report.items[0].student == "kh0007"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("姓名\n张三\n", "学员编号"),
        ("学员编号\nkh0001\nkh0001\n", "又出现一次"),
        ("学员编号\n../x\n", "字母、数字"),
    ],
)
def test_a_faulty_roster_is_named_by_line(tmp_path: Path, text: str, word: str) -> None:
    course = bare_course(tmp_path / "course", text)
    with pytest.raises(InputError, match=word):
        collect(course, SLUG, [])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[course", "TOML"),
        ('[course]\nmode = "lax"', "course.mode"),
        ('[due]\n"03_figures" = "soon"', "due.03_figures"),
        ('[course]\ntimezone = "Mars/X"', "时区"),
    ],
)
def test_faulty_settings_are_named(course: Path, text: str, word: str) -> None:
    (course / "coursekit.toml").write_text(text, "utf-8")
    with pytest.raises(InputError, match=word):
        collect(course, SLUG, [])


def _lzma_broken() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(f"{SLUG}/{SLUG}.ipynb", notebook(*IDS))
    data = bytearray(out.getvalue())
    start = data.find(b".ipynb") + 30
    data[start : start + 30] = b"\xff" * 30
    return bytes(data)


def _with(**more: bytes) -> bytes:
    files = {"learner.json": learner("kh0002"), f"{SLUG}/{SLUG}.ipynb": notebook(*IDS)}
    return zipped(files | {f"{SLUG}/{name}": data for name, data in more.items()})


def _half_character(**more: object) -> bytes:
    content = {"schema": 1, "assignment": SLUG, "learner": "kh0002", "answers": {}, **more}
    return _with(**{"answers.json": json.dumps(content).encode()})


HALF = "\ud800"
MADE_TO_STOP_IT = {
    "half a character in an answer": _half_character(answers={"rate": {"value": HALF}}),
    "in a choice": _half_character(answers={"rate": {"value": [HALF]}}),
    "in a field": _half_character(answers={HALF: {"value": 1}}),
    "in a bad field": _half_character(answers={HALF: 1}),
    "in the learner": _half_character(learner=HALF),
    "in the assignment": _half_character(assignment=HALF),
    "in the paper": _half_character(paper={"id": HALF}),
    "a name too long for the disk": _with(**{"数" * 150 + ".csv": b"1"}),
    "a file that is a folder": _with(**{"a.csv": b"1", "a.csv/b.csv": b"1"}),
    "a folder named as ours": _with(**{"timestamp.txt/b.csv": b"1"}),
    "a folder named as the notebook": _with(**{f"{SLUG}.ipynb/b.csv": b"1"}),
    "broken lzma": _lzma_broken(),
}


@pytest.mark.parametrize("name", MADE_TO_STOP_IT)
def test_a_file_made_to_stop_collecting_stops_nobody(name: str, course: Path, tmp_path: Path) -> None:
    """Each of these ended the whole run with an error, those before it stored and those after it not."""
    files = [
        sent(tmp_path / "in", "1.zip", hand_in("kh0001")),
        sent(tmp_path / "in", "2.zip", MADE_TO_STOP_IT[name]),
        sent(tmp_path / "in", "3.zip", hand_in("kh0003")),
    ]

    found = {item.file: item for item in collect(course, SLUG, files).items}

    assert [found[name].status for name in ("1.zip", "3.zip")] == ["stored", "stored"]
    assert found["2.zip"].status in ("stored", "quarantined")


def test_a_file_whose_name_is_no_text_stops_nobody(course: Path, tmp_path: Path) -> None:
    good = sent(tmp_path / "in", "1.zip", hand_in("kh0001"))
    strange = sent(tmp_path / "in", os.fsdecode(b"\xff.zip"), hand_in("kh0002"))

    assert statuses(course, strange, good) == [("stored", "kh0001"), ("stored", "kh0002")]


def test_a_full_disk_is_no_fault_of_a_hand_in(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "put_folder", full)
    with pytest.raises(OSError, match="No space"):
        collect(course, SLUG, [sent(tmp_path / "in", "1.zip", hand_in("kh0001"))])


@pytest.mark.parametrize("file", ["mine.zip", "kh0002.zip"])
@pytest.mark.parametrize("folder", ["x", "kh0001"])
def test_nobody_replaces_the_hand_in_of_another_from_inside_their_own(
    file: str, folder: str, course: Path, tmp_path: Path
) -> None:
    honest = sent(tmp_path / "in", "1.zip", hand_in("kh0001", "honest"))
    mine = zipped({
        "learner.json": learner("kh0002"), f"{SLUG}/{SLUG}.ipynb": notebook(*IDS),
        f"{folder}/learner.json": learner("kh0001"), f"{folder}/{SLUG}.ipynb": notebook(*IDS, source="evil"),
    })  # fmt: skip

    found = collect(course, SLUG, [honest, sent(tmp_path / "in", file, mine, hours=0.5)])

    assert [(item.status, item.student) for item in found.items if item.file != "1.zip"] == [
        ("quarantined", None), ("stored", "kh0002"),
    ]  # fmt: skip
    assert "honest" in (course / "submitted" / "kh0001" / SLUG / f"{SLUG}.ipynb").read_text("utf-8")


def test_the_name_of_a_bundle_speaks_before_a_folder_inside(course: Path, tmp_path: Path) -> None:
    """`kh0002.zip` with a folder `kh0001` in it was taken for kh0001's."""
    data = zipped({"kh0001/learner.json": learner("kh0001"), f"kh0001/{SLUG}.ipynb": notebook(*IDS)})
    assert statuses(course, sent(tmp_path / "in", "kh0002.zip", data)) == [("quarantined", None)]
