"""What HR does by hand and gives out: orders, certificates, privacy, ranking, xAPI."""

from __future__ import annotations

import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ralph.models.xapi.base.statements import BaseXapiStatement

from coursekit.certification import keys
from coursekit.certification.assessment import assess_all, record
from coursekit.certification.audit import audit
from coursekit.certification.certificate_page import Page, draw_certificate
from coursekit.certification.certificates import issue_certificate, revoked_places
from coursekit.certification.evidence import Evidence
from coursekit.certification.manual import Order, carry_out
from coursekit.certification.people import Person, add_people, change_people, find_person, read_people
from coursekit.certification.policy import LevelPolicy, parse_policy
from coursekit.certification.privacy import (
    access_notes,
    due_for_erasure,
    erase,
    trim_access_log,
    write_export,
)
from coursekit.certification.ranking import rank
from coursekit.certification.register import Register
from coursekit.certification.status import build
from coursekit.certification.verify import verify
from coursekit.certification.xapi import write_statements
from coursekit.errors import DomainError, InputError
from tests.certification.people import TODAY, full
from tests.certification.test_register import award

HR = ("hr01", "评定")


@pytest.fixture
def staffed(sqlite_register: Register) -> Register:
    """Two people: 甲某 holds junior, 乙某 holds nothing."""
    with sqlite_register.writing() as connection:
        add_people(
            connection,
            [
                Person("p-1", "0001", "甲某", "一部", "周培训师", "139", date(2015, 1, 1)),
                Person("p-2", "0002", "乙某", "二部", None, None, date(2015, 1, 1)),
            ],
        )
    sqlite_register.append([award("p-1")])
    return sqlite_register


def order(kind: str, day: date, reason: str = "按会议决定", who: str = "0001", **more: object) -> Order:
    return Order(kind, who, day, "hr02", reason, **more)  # type: ignore[arg-type]


# ── orders ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("reason", ["甲某连续迟到", "0001 调离", "电话 139 打不通"])
def test_a_reason_names_nobody(staffed: Register, policy: LevelPolicy, reason: str) -> None:
    with pytest.raises(InputError, match="不含姓名、工号、电话"):
        carry_out(staffed, policy, order("revoke", date(2026, 2, 1), reason))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (order("revoke", date(2026, 2, 1), ""), "有一项是空的"),
        (order("revoke", date(2026, 2, 1), who="0002"), "现在有等级"),
        (order("lapse", date(2025, 12, 1)), "不早于上一次变动"),
        (order("demote", date(2026, 2, 1)), "最低一级往下用 revoke"),
        (order("demote", date(2026, 2, 1), level="intermediate"), "低于 junior 的等级"),
        (order("correct", date(2026, 2, 1), target="没有的事件号", changes={"void": True}), "0 条对得上"),
        (order("correct", date(2026, 2, 1), target="ab", changes={"void": True}), "太短"),
        (order("correct", date(2026, 2, 1), changes={}), "空的"),
        (order("correct", date(2026, 2, 1), changes={"person": "p-2"}), "person"),
        (order("correct", date(2026, 2, 1), changes={"level": "一级"}), "看到的是一级"),
        (order("correct", date(2026, 2, 1), changes={"void": True}), "这个人更早的一次变动"),
        (order("appeal_opened", date(2026, 2, 1)), "被申诉的"),
        (order("appeal_decided", date(2026, 2, 1)), "一个未结的申诉"),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_is_refused_with_the_reason(
    staffed: Register, policy: LevelPolicy, made: Order, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        carry_out(staffed, policy, made)

    assert words in str(caught.value)
    assert len(list(staffed.events())) == 1


def test_a_correction_that_would_break_later_events_is_refused(
    staffed: Register, policy: LevelPolicy
) -> None:
    given = next(staffed.events())
    carry_out(staffed, policy, order("revoke", date(2026, 3, 1)))

    with pytest.raises(DomainError):
        carry_out(
            staffed, policy, order("correct", date(2026, 4, 1), target=given.event_id, changes={"void": True})
        )


def test_an_appeal_is_opened_once_and_decided_once(staffed: Register, policy: LevelPolicy) -> None:
    given = next(staffed.events())
    opened = carry_out(staffed, policy, order("appeal_opened", date(2026, 2, 1), target=given.event_id))
    with pytest.raises(DomainError, match="已有一个申诉在办"):
        carry_out(staffed, policy, order("appeal_opened", date(2026, 2, 2), target=given.event_id))
    with pytest.raises(DomainError, match="upheld"):
        carry_out(staffed, policy, order("appeal_decided", date(2026, 2, 3), target=opened.event_id, changes={"outcome": "?"}))  # fmt: skip

    carry_out(staffed, policy, order("appeal_decided", date(2026, 2, 3), target=opened.event_id, changes={"outcome": "rejected"}))  # fmt: skip

    assert staffed.state("p-1").appeals == {}
    with pytest.raises(DomainError, match="一个未结的申诉"):
        carry_out(staffed, policy, order("appeal_decided", date(2026, 2, 4), target=opened.event_id, changes={"outcome": "upheld"}))  # fmt: skip


# ── certificates ─────────────────────────────────────────────────────────────────────────────────


def test_the_same_term_has_one_certificate_and_a_new_term_another(
    staffed: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    signer = keys.create(tmp_path / "k", "示范公司")
    first = issue_certificate(staffed, policy, signer, "p-1", date(2026, 2, 1))
    again = issue_certificate(staffed, policy, keys.rotate(tmp_path / "k"), "p-1", date(2026, 2, 2))
    given = next(staffed.events())
    carry_out(staffed, policy, order("correct", date(2026, 3, 1), target=given.event_id, changes={"valid_until": "2027-06-30"}))  # fmt: skip
    corrected = issue_certificate(staffed, policy, signer, "p-1", date(2026, 3, 2))

    assert (first.new, again.new, corrected.new) == (True, False, True)
    assert first.token == again.token
    assert revoked_places(staffed) == ([first.status_index], 2)


@pytest.mark.parametrize("kind", ["revoke", "lapse"])
def test_a_level_that_ended_takes_its_certificate_back(
    staffed: Register, policy: LevelPolicy, tmp_path: Path, kind: str
) -> None:
    signer = keys.create(tmp_path / "k", "示范公司")
    trusted = keys.load_trusted(tmp_path / "k")
    issued = issue_certificate(staffed, policy, signer, "p-1", date(2026, 2, 1))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    before = build(signer, *revoked_places(staffed), now)
    carry_out(staffed, policy, order(kind, date(2026, 5, 1)))
    after = build(signer, *revoked_places(staffed), now)

    assert verify(issued.token, trusted, before, now).outcome == "valid"
    assert verify(issued.token, trusted, after, now).outcome == "revoked"


def test_a_renewed_level_keeps_the_old_certificate_to_its_end(
    staffed: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    signer = keys.create(tmp_path / "k", "示范公司")
    issue_certificate(staffed, policy, signer, "p-1", date(2026, 2, 1))
    staffed.append([award("p-1", date(2029, 1, 1), kind="renew")])
    second = issue_certificate(staffed, policy, signer, "p-1", date(2029, 2, 1))

    assert second.new
    assert revoked_places(staffed) == ([], 2)


def test_nobody_without_a_valid_level_gets_one(
    staffed: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    signer = keys.create(tmp_path / "k", "示范公司")

    for person, day in (("p-2", date(2026, 2, 1)), ("p-1", date(2029, 1, 1)), ("p-1", date(2025, 1, 1))):
        with pytest.raises(InputError, match="有有效的等级"):
            issue_certificate(staffed, policy, signer, person, day)


def page(name: str = "欧阳明月", level: str = "高级客户经理") -> Page:
    return Page(
        "示范公司", "客户经理等级办法", name, "城区一部", level, date(2026, 1, 1), date(2028, 12, 31), date(2026, 1, 1), "urn:uuid:1", "a.b.c"
    )  # fmt: skip


def test_the_page_is_a_pdf_that_comes_out_the_same(tmp_path: Path) -> None:
    first = draw_certificate(page(), tmp_path / "1.pdf").read_bytes()
    second = draw_certificate(page(), tmp_path / "2.pdf").read_bytes()

    assert first.startswith(b"%PDF-")
    assert first == second
    assert first != draw_certificate(page("丁某"), tmp_path / "3.pdf").read_bytes()


def test_a_very_long_name_still_fits(tmp_path: Path) -> None:
    draw_certificate(page("阿卜杜热西提·买买提明·古丽仙木·帕提古丽" * 3), tmp_path / "1.pdf")


def test_the_qr_code_names_the_credential() -> None:
    text = page().qr_text

    assert "id=urn:uuid:1" in text
    assert page().token_digest in text


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


def test_private_keys_are_their_owners_alone(tmp_path: Path) -> None:
    signer = keys.create(tmp_path / "k", "示范公司")
    private = tmp_path / "k" / f"{signer.key_id}.private.json"

    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert '"d"' not in (tmp_path / "k" / "trusted.json").read_text("utf-8")


def test_keys_are_not_made_inside_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    with pytest.raises(InputError, match="代码库以外的文件夹"):
        keys.create(tmp_path / "deep" / "keys", "示范公司")


def test_keys_are_not_overwritten(tmp_path: Path) -> None:
    keys.create(tmp_path / "k", "示范公司")

    with pytest.raises(InputError, match="--rotate"):
        keys.create(tmp_path / "k", "示范公司")


def test_a_swapped_key_is_noticed(tmp_path: Path) -> None:
    one, two = keys.create(tmp_path / "1", "甲公司"), keys.create(tmp_path / "2", "乙公司")
    (tmp_path / "1" / f"{one.key_id}.private.json").write_bytes(
        (tmp_path / "2" / f"{two.key_id}.private.json").read_bytes()
    )
    trusted = json.loads((tmp_path / "1" / "trusted.json").read_text("utf-8"))
    trusted["keys"][0]["n"] = json.loads((tmp_path / "2" / "trusted.json").read_text("utf-8"))["keys"][0]["n"]
    (tmp_path / "1" / "trusted.json").write_text(json.dumps(trusted), "utf-8")

    with pytest.raises(InputError, match="另一把钥匙"):
        keys.load_signer(tmp_path / "1")
    with pytest.raises(InputError, match="编号与内容不符"):
        keys.load_trusted(tmp_path / "1")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"issuer": {}, "keys": []}', "x"])
def test_a_broken_key_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "trusted.json").write_text(content, "utf-8")

    with pytest.raises(InputError, match=r"trusted\.json"):
        keys.load_trusted(tmp_path)


def test_a_missing_key_folder_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="coursekit levels keys"):
        keys.load_signer(tmp_path)


# ── privacy ──────────────────────────────────────────────────────────────────────────────────────


def test_a_name_is_erased_and_the_chain_still_holds(
    staffed: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    with staffed.reading() as connection:
        person = find_person(connection, "0001")
    erase(staffed, [person], TODAY, HR)

    content = (tmp_path / "levels.db").read_bytes()
    with staffed.reading() as connection:
        left = {one.person: one for one in read_people(connection)}["p-1"]
    assert (left.staff_id, left.name, left.contact, left.erased_on) == (None, None, None, TODAY)
    assert "甲某".encode() not in content, "nor do free pages keep it"
    assert audit(staffed).faults == ()
    assert staffed.state("p-1").held is not None
    assert assess_all(staffed, policy, (), TODAY)


def test_no_page_keeps_a_copy_of_who_was_erased(tmp_path: Path) -> None:
    """Rows that grew made pages split, and a split page keeps bytes of what moved away."""
    numbers = [number * 7919 % 300 for number in range(300)]
    everyone = [Person(f"p-{n:04d}", f"KH{n:06d}", f"某某{n:05d}号") for n in numbers]
    with Register(tmp_path / "levels.db") as register:
        with register.writing() as connection:
            add_people(connection, everyone)
        with register.writing() as connection:
            change_people(connection, {person.person: {"unit": "服务部" * 20} for person in everyone[::3]})
        erase(register, everyone, TODAY, HR)
        assert audit(register).faults == ()

    content = (tmp_path / "levels.db").read_bytes()
    words = [word for person in everyone for word in (person.name, person.staff_id) if word]
    assert [word for word in words if word.encode() in content] == []


def test_people_who_left_long_ago_are_due(staffed: Register, policy: LevelPolicy) -> None:
    with staffed.writing() as connection:
        add_people(
            connection,
            [
                Person("p-8", "0008", "丙某", status="left", left_on=date(2023, 6, 30)),
                Person("p-9", "0009", "丁某", status="left", left_on=date(2023, 7, 1)),
            ],
        )

    assert [person.staff_id for person in due_for_erasure(staffed, policy, date(2026, 6, 30))] == ["0008"]


def test_every_look_is_noted_and_notes_are_dropped_in_time(staffed: Register, policy: LevelPolicy) -> None:
    carry_out(staffed, policy, order("revoke", date(2026, 2, 1)))
    (note,) = access_notes(staffed, "p-1")

    assert (note["actor"], note["action"], note["purpose"]) == ("hr02", "revoke", "登记变动")
    assert trim_access_log(staffed, policy, date(2027, 1, 1)) == 0
    assert trim_access_log(staffed, policy, date(2040, 1, 1)) == 1


def test_an_export_names_nobody_and_cannot_be_joined_with_another(staffed: Register, tmp_path: Path) -> None:
    write_export(staffed, tmp_path / "1", b"one", TODAY)
    write_export(staffed, tmp_path / "2", b"two", TODAY)
    first, second = ((tmp_path / name).read_text("utf-8") for name in "12")

    assert json.loads(first)["level"] == "junior"
    for word in ("甲某", "0001", "p-1", "139", "一部", "2026-"):
        assert word not in first
    assert json.loads(first)["person"] != json.loads(second)["person"]


# ── xAPI ─────────────────────────────────────────────────────────────────────────────────────────


def test_statements_are_valid_for_an_independent_package(
    staffed: Register, policy: LevelPolicy, tmp_path: Path
) -> None:
    given = next(staffed.events())
    carry_out(staffed, policy, order("appeal_opened", date(2026, 2, 1), target=given.event_id))
    carry_out(staffed, policy, order("revoke", date(2026, 3, 1)))

    count = write_statements(policy, staffed, tmp_path / "x.jsonl", "https://example.com/levels")
    lines = (tmp_path / "x.jsonl").read_text("utf-8").splitlines()

    assert count == len(lines) == 3
    for line in lines:
        BaseXapiStatement.model_validate_json(line)
        assert "甲某" not in line
    assert write_statements(policy, staffed, tmp_path / "y.jsonl", "https://example.com", after=2) == 1
    assert write_statements(policy, staffed, tmp_path / "z.jsonl", "https://example.com/levels") == 3
    assert (tmp_path / "z.jsonl").read_text("utf-8").splitlines() == lines, (
        "same ids: sending twice harms nothing"
    )


# ── ranking ──────────────────────────────────────────────────────────────────────────────────────


def candidates(
    policy: LevelPolicy, register: Register, scores: list[tuple[float, float, float]]
) -> list[object]:
    pieces: list[Evidence] = []
    people = [Person(f"p-{n}", f"kh{n}", f"某{n}", post_since=date(2014, 1, 1)) for n in range(len(scores))]
    with register.writing() as connection:
        add_people(connection, people)
    for number, trio in enumerate(scores):
        pieces += full(policy, f"kh{number}", "senior", trio)
    return assess_all(register, policy, pieces, TODAY)  # type: ignore[return-value]


def test_places_go_by_the_stated_order(sqlite_register: Register, policy: LevelPolicy) -> None:
    """Equal totals are told apart by skill: 25 % theory against 45 % skill."""
    everyone = candidates(policy, sqlite_register, [(85, 80, 90), (76, 85, 90), (95, 90, 90), (10, 90, 90)])

    placed = rank(policy, "senior", everyone, 2)  # type: ignore[arg-type]

    assert [(one.person, one.place, one.outcome) for one in placed] == [("kh2", 1, "in"), ("kh1", 2, "in"), ("kh0", 3, "out")]  # fmt: skip
    assert placed[1].key[0] == placed[2].key[0]


def test_full_equals_across_the_last_place_are_left_to_a_person(
    sqlite_register: Register, policy: LevelPolicy
) -> None:
    everyone = candidates(policy, sqlite_register, [(90, 90, 90), (80, 80, 90), (80, 80, 90)])

    two = rank(policy, "senior", everyone, 2)  # type: ignore[arg-type]
    three = rank(policy, "senior", everyone, 3)  # type: ignore[arg-type]

    assert [one.outcome for one in two] == ["in", "tied", "tied"]
    assert [one.place for one in two] == [1, 2, 2]
    assert [one.outcome for one in three] == ["in", "in", "in"]


def test_without_a_number_of_vacancies_nobody_is_ranked(
    sqlite_register: Register, policy: LevelPolicy
) -> None:
    with pytest.raises(InputError, match="名额"):
        rank(policy, "senior", [], None)
    with pytest.raises(InputError, match="junior、intermediate、senior"):
        rank(policy, "chief", [], 1)


def test_by_rank_a_level_is_reached_but_not_given(sqlite_register: Register, policy: LevelPolicy) -> None:
    from coursekit import resources

    text = resources.policy("levels").read_text("utf-8")
    start = text.index("[levels.senior.promotion]")
    changed = text[start:].replace('value = "score"', 'value = "rank"', 1).replace("mode", 'vacancies = { value = 1, source = "employer" }\nmode', 1)  # fmt: skip
    by_rank = parse_policy(text[:start] + changed)

    (one,) = candidates(by_rank, sqlite_register, [(90, 90, 90)])

    assert one.decision.candidate_for == "senior"  # type: ignore[attr-defined]
    assert one.decision.action == "none"  # type: ignore[attr-defined]


def test_a_decision_is_recorded_once_however_often_it_is_sent(
    sqlite_register: Register, policy: LevelPolicy
) -> None:
    with sqlite_register.writing() as connection:
        add_people(connection, [Person("p-0", "kh0", "某", post_since=date(2025, 1, 1))])
    everyone = assess_all(sqlite_register, policy, full(policy, "kh0", "junior"), TODAY)
    first = record(sqlite_register, policy, everyone, HR)

    again = record(sqlite_register, policy, everyone, HR)

    assert [event.event_id for event in again] == [event.event_id for event in first]
    assert len(list(sqlite_register.events())) == 1
