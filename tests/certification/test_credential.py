"""The credential: what it says, who accepts it, and every way in which it may be refused."""

from __future__ import annotations

import base64
import json
import os
import tarfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from joserfc import jws
from joserfc.jwk import RSAKey
from openbadgeslib.ob3 import (
    Achievement,
    Issuer,
    OB3Signer,
    OB3VerificationError,
    OB3Verifier,
    OpenBadgeCredential,
)
from openbadgeslib.ob3.status import check_credential_status

from coursekit.certification import keys
from coursekit.certification.credential import SCHEMA, Grant, credential_id, issue, payload, subject_id
from coursekit.certification.keys import Signer, TrustedIssuer
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.status import build
from coursekit.certification.terms import Term
from coursekit.certification.tokens import sign
from coursekit.certification.verify import verify

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("keys")
    keys.create(place, "示范公司", "https://example.com", "https://example.com/status.jwt")
    return place


@pytest.fixture(scope="module")
def signer(folder: Path) -> Signer:
    return keys.load_signer(folder)


@pytest.fixture(scope="module")
def trusted(folder: Path) -> TrustedIssuer:
    return keys.load_trusted(folder)


@pytest.fixture(scope="module")
def grant() -> Grant:
    term = Term("event-1", "p-0011223344556677", "senior", date(2026, 5, 1), date(2029, 4, 30))
    return Grant(term, "ab" * 32, "cd" * 32, 7)


@pytest.fixture(scope="module")
def token(policy: LevelPolicy, signer: Signer, grant: Grant) -> str:
    return issue(policy, signer, grant, credential_id("event-1", 1))


@pytest.fixture(scope="module")
def status(signer: Signer) -> str:
    return build(signer, [], 8, NOW)


def pem(key: RSAKey) -> bytes:
    return key.as_pem(private=False)


def body(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def test_a_fresh_credential_is_valid(token: str, trusted: TrustedIssuer, status: str) -> None:
    verdict = verify(token, trusted, status, NOW)

    assert (verdict.outcome, verdict.reason) == ("valid", "高级客户经理，有效到 2029-04-30")


def test_it_names_nobody_and_says_what_it_is(token: str) -> None:
    text = json.dumps(body(token), ensure_ascii=False)

    assert "p-0011223344556677" not in text
    assert "不是国家职业技能等级证书" in text
    assert body(token)["sub"] == subject_id("p-0011223344556677")


@pytest.fixture(scope="module")
def published() -> jsonschema.Draft201909Validator:
    """The published schema of Open Badges 3.0, out of the source package that carries it."""
    name = f"openbadgeslib-{version('openbadgeslib')}"
    source = ROOT / ".venv" / "sources" / f"{name}.tar.gz"
    if not source.is_file() and os.environ.get("CI") != "true":
        pytest.skip("没有 openbadgeslib 的源码包：运行一次 scripts/test 就有")
    with tarfile.open(source) as archive:
        file = archive.extractfile(
            f"{name}/tests/fixtures/ob_schemas/ob_v3p0_achievementcredential_schema.json"
        )
        assert file is not None
        schema = json.load(file)
    assert schema["$id"] == SCHEMA["id"], "the one our credentials name"
    return jsonschema.Draft201909Validator(schema, format_checker=jsonschema.FormatChecker())


def test_it_has_the_published_form_of_open_badges_3(
    token: str, published: jsonschema.Draft201909Validator
) -> None:
    published.validate(body(token))


def without(content: dict[str, Any], *path: str) -> dict[str, Any]:
    """`content` without the member at the end of `path`."""
    first, *rest = path
    if not rest:
        return {name: value for name, value in content.items() if name != first}
    return {**content, first: without(content[first], *rest)}


@pytest.mark.parametrize(
    "path",
    [
        ("@context",), ("id",), ("type",), ("issuer",), ("validFrom",), ("credentialSubject",), ("issuer", "id"),
        ("credentialSubject", "type"), ("credentialSubject", "achievement", "criteria"), ("credentialStatus", "type"),
    ],
)  # fmt: skip
def test_the_published_form_misses_what_is_taken_away(
    token: str, published: jsonschema.Draft201909Validator, path: tuple[str, ...]
) -> None:
    """So that a schema which accepts everything would be noticed."""
    assert not published.is_valid(without(body(token), *path))


def test_another_implementation_accepts_it(token: str, trusted: TrustedIssuer) -> None:
    key = next(iter(trusted.keys.values()))

    seen = OB3Verifier(pem(key)).verify(token)

    assert seen.achievement.name == "高级客户经理"
    assert seen.issuer.id == "https://example.com"


def test_another_implementation_reads_the_status_list(
    signer: Signer, trusted: TrustedIssuer, token: str
) -> None:
    """Revoked in our list means revoked for it, and not revoked means accepted."""
    key = next(iter(trusted.keys.values()))
    seen = OB3Verifier(pem(key)).verify(token)
    now = datetime.now(UTC)
    for revoked, accepted in ([], True), ([7], False):
        listed = build(signer, revoked, 8, now).encode()

        def fetch(*_given: object, content: bytes = listed, **_more: object) -> bytes:
            return content

        if accepted:
            check_credential_status(seen, download=fetch, verify_list=True, list_pubkey_pem=pem(key))
        else:
            with pytest.raises(OB3VerificationError):
                check_credential_status(seen, download=fetch, verify_list=True, list_pubkey_pem=pem(key))


def foreign(signer_key: RSAKey, issuer: str, expires: datetime) -> str:
    made = OpenBadgeCredential(
        issuer=Issuer(id=issuer, name="别的单位"),
        recipient_id="urn:uuid:00000000-0000-4000-8000-000000000001",
        achievement=Achievement(
            id="urn:uuid:00000000-0000-4000-8000-000000000002",
            name="高级客户经理",
            description="别的单位的认定",
            criteria_narrative="考试",
        ),
        issuance_date=datetime(2026, 5, 1, tzinfo=UTC),
        expiration_date=expires,
    )
    return str(OB3Signer(signer_key.as_pem(private=True)).sign(made))


def test_another_implementations_credential_by_a_stranger_is_refused(
    trusted: TrustedIssuer, status: str
) -> None:
    stranger = RSAKey.generate_key(2048, private=True)

    verdict = verify(foreign(stranger, "https://example.com", NOW + timedelta(days=90)), trusted, status, NOW)

    assert verdict.outcome == "unknown issuer"


def test_another_implementations_credential_by_our_key_needs_a_place_in_the_status_list(
    signer: Signer, trusted: TrustedIssuer, status: str
) -> None:
    """It carries no key id and no status entry: signed by the pinned key or not, it is not accepted."""
    made = foreign(signer.key, "https://example.com", NOW + timedelta(days=90))

    assert verify(made, trusted, status, NOW).outcome in ("unknown issuer", "altered")


def test_another_implementations_form_is_accepted_once_it_carries_what_we_ask_for(
    policy: LevelPolicy, signer: Signer, trusted: TrustedIssuer, status: str, token: str
) -> None:
    """Its payload with our context, key id and status entry, signed again, is valid for us."""
    theirs = body(foreign(signer.key, "https://example.com", datetime(2029, 4, 30, 23, 59, 59, tzinfo=UTC)))
    ours = body(token)
    mixed = {**theirs, "@context": ours["@context"], "credentialStatus": ours["credentialStatus"]}

    assert verify(sign(signer, mixed), trusted, status, NOW).outcome == "valid"


def test_every_changed_byte_of_the_credential_is_found(
    token: str, trusted: TrustedIssuer, status: str
) -> None:
    for place in range(len(token)):
        for other in ("A" if token[place] != "A" else "B", "."):
            if token[place] == other:
                continue
            changed = token[:place] + other + token[place + 1 :]

            outcome = verify(changed, trusted, status, NOW).outcome

            assert outcome in ("altered", "unknown issuer"), (place, token[place], other)


def test_every_changed_byte_of_the_status_list_is_found(
    token: str, trusted: TrustedIssuer, status: str
) -> None:
    for place in range(len(status)):
        changed = status[:place] + ("A" if status[place] != "A" else "B") + status[place + 1 :]

        assert verify(token, trusted, changed, NOW).outcome in ("altered", "unknown issuer"), place


def test_the_unused_bits_of_the_last_character_count_too(
    token: str, trusted: TrustedIssuer, status: str
) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for letter in letters.replace(token[-1], ""):
        assert verify(token[:-1] + letter, trusted, status, NOW).outcome == "altered"


@pytest.mark.parametrize("extra", [" ", "\n\n", "=", "\x00", ".", "A"])
def test_nothing_may_be_added(token: str, trusted: TrustedIssuer, status: str, extra: str) -> None:
    assert verify(token + "\n", trusted, status, NOW).outcome == "valid"
    assert verify(token + extra, trusted, status, NOW).outcome == "altered"
    assert verify(extra + token, trusted, status, NOW).outcome == "altered"


CHANGES: dict[str, Any] = {
    "nbf": 1,
    "exp": 4_000_000_000,
    "jti": "urn:uuid:00000000-0000-4000-8000-000000000009",
    "sub": "urn:uuid:00000000-0000-4000-8000-000000000009",
    "id": "urn:uuid:00000000-0000-4000-8000-000000000009",
    "validFrom": "2020-01-01T00:00:00Z",
    "validUntil": "2039-04-30T23:59:59Z",
    "type": ["VerifiableCredential"],
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "credentialStatus": None,
    "credentialSubject": {"id": "x"},
}


@pytest.mark.parametrize("claim", CHANGES)
def test_claims_that_do_not_match_the_body_are_found_even_when_signed(
    claim: str, signer: Signer, trusted: TrustedIssuer, token: str, status: str
) -> None:
    """Not the signature but the checks of the pairs must find these: they are signed by the right key."""
    changed = {**body(token), claim: CHANGES[claim]}
    without = {name: value for name, value in body(token).items() if name != claim}

    assert verify(sign(signer, changed), trusted, status, NOW).outcome == "altered"
    assert verify(sign(signer, without), trusted, status, NOW).outcome == "altered"


@pytest.mark.parametrize("claim", ["iss", "issuer"])
def test_another_issuer_under_our_key_is_unknown(
    claim: str, signer: Signer, trusted: TrustedIssuer, token: str, status: str
) -> None:
    other = {"iss": "https://example.org", "issuer": {"id": "https://example.org", "type": ["Profile"]}}
    changed = {**body(token), claim: other[claim]}

    assert verify(sign(signer, changed), trusted, status, NOW).outcome == "unknown issuer"


def test_a_key_inside_the_token_proves_nothing(token: str, trusted: TrustedIssuer, status: str) -> None:
    """An attacker signs with a key of their own and puts it into the header, under our key id."""
    attacker = RSAKey.generate_key(2048, private=True)
    ours = next(iter(trusted.keys))
    header = {"alg": "RS256", "typ": "JWT", "kid": ours, "jwk": attacker.as_dict(private=False)}
    forged = jws.serialize_compact(header, json.dumps(body(token)), attacker, algorithms=["RS256"])
    bare = jws.serialize_compact(
        {"alg": "RS256", "kid": ours}, json.dumps(body(token)), attacker, algorithms=["RS256"]
    )

    assert verify(forged, trusted, status, NOW).outcome == "altered"
    assert verify(bare, trusted, status, NOW).outcome == "altered"


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"alg": "RS512"}, {}])
def test_only_rs256_is_taken(header: dict[str, str], token: str, trusted: TrustedIssuer, status: str) -> None:
    ours = next(iter(trusted.keys))
    first = base64.urlsafe_b64encode(json.dumps({**header, "kid": ours}).encode()).decode().rstrip("=")
    middle, last = token.split(".")[1:]

    assert verify(f"{first}.{middle}.{last}", trusted, status, NOW).outcome == "altered"


def test_it_expires_at_the_end_of_its_last_day(token: str, trusted: TrustedIssuer, signer: Signer) -> None:
    last = datetime(2029, 4, 30, 23, 59, tzinfo=UTC)
    listed = build(signer, [], 8, last)

    assert verify(token, trusted, listed, last).outcome == "valid"
    assert verify(token, trusted, listed, last + timedelta(minutes=2)).outcome == "expired"


def test_before_its_first_day_it_is_not_yet_valid(token: str, trusted: TrustedIssuer, status: str) -> None:
    assert verify(token, trusted, status, datetime(2026, 4, 30, tzinfo=UTC)).outcome == "not yet valid"


def test_revoked_is_revoked_however_old_the_list(token: str, trusted: TrustedIssuer, signer: Signer) -> None:
    listed = build(signer, [7], 8, NOW)

    assert verify(token, trusted, listed, NOW).outcome == "revoked"
    assert verify(token, trusted, listed, NOW + timedelta(days=400)).outcome == "revoked"


@pytest.mark.parametrize(("age", "outcome"), [(30, "valid"), (31, "status older than 30 days"), (-3, "status older than 30 days")])  # fmt: skip
def test_an_old_list_is_named_with_the_limit(
    age: int, outcome: str, token: str, trusted: TrustedIssuer, signer: Signer
) -> None:
    listed = build(signer, [], 8, NOW - timedelta(days=age))

    assert verify(token, trusted, listed, NOW, days=30).outcome == outcome


def test_without_a_list_nothing_is_called_valid(token: str, trusted: TrustedIssuer) -> None:
    verdict = verify(token, trusted, None, NOW)

    assert (verdict.outcome, verdict.reason) == (
        "status older than 30 days",
        "没有状态表，不知道有没有被收回",
    )


@pytest.mark.parametrize(("seconds", "outcome"), [(0, "valid"), (-1, "status older than 30 days")])
def test_a_list_from_before_the_certificate_says_nothing_about_it(
    seconds: int, outcome: str, policy: LevelPolicy, signer: Signer, trusted: TrustedIssuer, grant: Grant
) -> None:
    """Its place in that list was not taken yet: a bit that is not set means nothing."""
    made = issue(policy, signer, replace(grant, issued=NOW), "urn:uuid:1")

    verdict = verify(made, trusted, build(signer, [], 7, NOW + timedelta(seconds=seconds)), NOW)

    assert verdict.outcome == outcome
    assert outcome == "valid" or "表里查不到它" in verdict.reason


def test_a_certificate_that_does_not_say_when_it_was_signed_was_not_there_before_its_first_day(
    token: str, trusted: TrustedIssuer, signer: Signer
) -> None:
    assert "iat" not in body(token)
    for listed, outcome in (
        (datetime(2026, 5, 1, tzinfo=UTC), "valid"),
        (datetime(2026, 4, 30, 23, tzinfo=UTC), "status older than 60 days"),
    ):
        assert verify(token, trusted, build(signer, [], 8, listed), NOW, days=60).outcome == outcome


@pytest.mark.parametrize("moment", [True, "2026-06-01", 1.5, -1, 10**12, None])
def test_a_signing_time_that_is_none_is_refused(
    moment: object, token: str, signer: Signer, trusted: TrustedIssuer, status: str
) -> None:
    assert verify(sign(signer, {**body(token), "iat": moment}), trusted, status, NOW).outcome == "altered"


def test_a_list_of_somebody_else_is_refused(token: str, trusted: TrustedIssuer, signer: Signer) -> None:
    other = replace(signer, issuer=replace(signer.issuer, id="https://example.org"))

    assert verify(token, trusted, build(other, [], 8, NOW), NOW).outcome == "altered"


def test_an_older_list_dated_anew_is_refused(token: str, trusted: TrustedIssuer, signer: Signer) -> None:
    """The date counts twice, in `validFrom` and in `nbf`; both are signed and must agree."""
    content = body(build(signer, [], 8, NOW - timedelta(days=300)))
    content["validFrom"] = "2026-06-01T00:00:00Z"

    assert verify(token, trusted, sign(signer, content), NOW).outcome == "altered"


def test_a_rotated_key_leaves_old_certificates_valid(
    policy: LevelPolicy, grant: Grant, tmp_path: Path
) -> None:
    old = keys.create(tmp_path / "k", "示范公司")
    before = issue(policy, old, grant, credential_id("event-1", 1))
    new = keys.rotate(tmp_path / "k")
    after = issue(policy, new, replace(grant, index=8), credential_id("event-1", 2))
    trusted = keys.load_trusted(tmp_path / "k")
    listed = build(new, [], 9, NOW)

    assert old.key_id != new.key_id
    assert verify(before, trusted, listed, NOW).outcome == "valid"
    assert verify(after, trusted, listed, NOW).outcome == "valid"
    only_old = TrustedIssuer(trusted.issuer, {old.key_id: trusted.keys[old.key_id]})
    assert verify(after, only_old, listed, NOW).outcome == "unknown issuer"


def test_the_payload_is_the_same_for_the_same_grant(
    policy: LevelPolicy, signer: Signer, grant: Grant
) -> None:
    first, second = (payload(policy, signer.issuer, grant, "urn:uuid:1") for _ in range(2))

    assert first == second
