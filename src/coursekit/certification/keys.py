"""The issuer's signing keys: made here, kept out of the repository, rotated without losing old certificates.

A key folder holds `issuer.json` (who issues, which key signs now), one private key a file
(`<kid>.private.json`, readable by its owner alone) and `trusted.json`, the public part that verifiers
pin: every key that ever signed, so that certificates signed before a rotation stay valid.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from coursekit.errors import InputError

KEYS_VARIABLE = "COURSEKIT_KEYS"
BITS = 3072
_ISSUER, _TRUSTED = "issuer.json", "trusted.json"


@dataclass(frozen=True)
class Issuer:
    """Who issues.

    Parameters
    ----------
    id, name : str
        An IRI (the company's site, or a generated urn) and the company's name.
    status_list : str
        IRI of the status list that credentials point at.
    """

    id: str
    name: str
    status_list: str


@dataclass(frozen=True)
class Signer:
    """An issuer with the key that signs now."""

    issuer: Issuer
    key_id: str
    key: RSAKey


@dataclass(frozen=True)
class TrustedIssuer:
    """What a verifier pins: an issuer and its public keys by key id."""

    issuer: Issuer
    keys: Mapping[str, RSAKey]


def default_folder() -> Path:
    """Key folder: the environment variable, else one in the user's home."""
    given = os.environ.get(KEYS_VARIABLE)
    return Path(given).expanduser() if given else Path.home() / ".coursekit" / "keys"


def _refuse_checkout(folder: Path) -> None:
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            todo = "换一个文件夹，例如用户目录下的 .coursekit/keys。"
            raise InputError(str(folder), "代码库以外的文件夹", f"在代码库 {parent} 里面", todo)


def create(folder: Path, name: str, issuer_id: str = "", status_list: str = "") -> Signer:
    """Make an issuer with its first key.

    Raises
    ------
    InputError
        If the folder holds an issuer already, lies inside a code repository, or an id is no IRI.
    """
    folder = folder.expanduser().resolve()
    _refuse_checkout(folder)
    if (folder / _ISSUER).exists():
        raise InputError(str(folder), "还没有密钥的文件夹", "已经有了", "要换新密钥，加 --rotate。")
    for text in (issuer_id, status_list):
        if text and not text.startswith(("https://", "http://", "urn:", "did:")):
            raise InputError("签发单位的网址", "https:// 或 urn: 开头", text)
    issuer = Issuer(issuer_id or f"urn:uuid:{uuid.uuid4()}", name, status_list or f"urn:uuid:{uuid.uuid4()}")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _add_key(folder, issuer, {})


def rotate(folder: Path) -> Signer:
    """Make a new signing key; what older keys signed stays valid."""
    signer = load_signer(folder)
    known = load_trusted(folder.expanduser().resolve() / _TRUSTED).keys
    return _add_key(folder.expanduser().resolve(), signer.issuer, known)


def _add_key(folder: Path, issuer: Issuer, known: Mapping[str, RSAKey]) -> Signer:
    key = RSAKey.generate_key(BITS, private=True)
    key_id = key.thumbprint()
    _write(folder / f"{key_id}.private.json", dict(key.as_dict(private=True)), private=True)
    public = {**known, key_id: key}
    trusted = {
        "issuer": vars(issuer),
        "keys": [{**public[kid].as_dict(private=False), "kid": kid} for kid in public],
    }
    _write(folder / _TRUSTED, trusted)
    _write(folder / _ISSUER, {**vars(issuer), "signs_with": key_id})  # last: the new key counts from here
    return Signer(issuer, key_id, key)


def _write(path: Path, content: dict[str, Any], *, private: bool = False) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    mode = 0o600 if private else 0o644
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _read(path: Path, what: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError(str(path), what, "没有这个文件", "先运行 coursekit levels keys。") from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(str(path), what, "读不出来") from error
    if not isinstance(content, dict):
        raise InputError(str(path), what, "不是一份 JSON 对象")
    return content


def load_signer(folder: Path) -> Signer:
    """Issuer and present signing key from a key folder.

    Raises
    ------
    InputError
        If there is no issuer or its key cannot be read.
    """
    folder = folder.expanduser().resolve()
    content = _read(folder / _ISSUER, "签发单位的设置")
    try:
        issuer = Issuer(content["id"], content["name"], content["status_list"])
        key_id = str(content["signs_with"])
        key = RSAKey.import_key(_read(folder / f"{key_id}.private.json", "签发用的私钥"))
    except (KeyError, TypeError, ValueError, JoseError) as error:
        raise InputError(str(folder), "完整的密钥文件夹", "缺内容或被改过") from error
    if key.thumbprint() != key_id:
        raise InputError(str(folder), f"编号 {key_id} 的私钥", "另一把钥匙")
    return Signer(issuer, key_id, key)


def load_trusted(path: Path) -> TrustedIssuer:
    """Pinned issuer and public keys from `trusted.json` (the file, or the folder that holds it).

    Raises
    ------
    InputError
        If it cannot be read, or a key's id is not its thumbprint.
    """
    path = path.expanduser()
    if path.is_dir():
        path = path / _TRUSTED
    content = _read(path, "签发单位的公钥文件 trusted.json")
    try:
        who = content["issuer"]
        issuer = Issuer(str(who["id"]), str(who["name"]), str(who["status_list"]))
        keys: dict[str, RSAKey] = {}
        for entry in content["keys"]:
            public = {name: entry[name] for name in ("kty", "n", "e")}
            key = RSAKey.import_key(public)
            if key.thumbprint() != entry["kid"]:
                raise InputError(str(path), f"编号 {entry['kid']} 的公钥", "编号与内容不符")
            keys[str(entry["kid"])] = key
    except (KeyError, TypeError, ValueError, JoseError) as error:
        raise InputError(str(path), "签发单位的公钥文件 trusted.json", "缺内容或被改过") from error
    return TrustedIssuer(issuer, keys)
