"""Who is learning: `learner.json` in the workspace and in every assignment folder.

The id decides which variant of the data an exercise uses; the trainer's side never trusts it and
writes its own when a hand-in is collected.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from coursekit.course.files import write_whole
from coursekit.errors import InputError

LEARNER_FILE = "learner.json"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True)
class Learner:
    """A learner as the kit knows one: an id of the employer and a name."""

    id: str
    name: str = ""


def learner(id: str, name: str = "") -> Learner:
    """A learner from what a person typed; full-width letters and digits become plain ones.

    Raises
    ------
    InputError
        If the id is empty or holds more than letters, digits, `.`, `-` and `_`, or the name is too long.
    """
    plain = unicodedata.normalize("NFKC", id).strip()
    if not _ID.fullmatch(plain):
        raise InputError(
            "工号", "字母或数字开头，只用字母、数字、点、横线，最多 40 个", repr(id) if plain else "空的"
        )
    called = " ".join(unicodedata.normalize("NFC", name).split())
    if len(called) > 40:
        raise InputError("姓名", "最多 40 个字", f"{len(called)} 个字")
    return Learner(plain, called)


def read(folder: Path) -> Learner | None:
    """The learner noted in `folder`, None when nobody is.

    Raises
    ------
    InputError
        If the file is there but is not what the kit writes.
    """
    path = folder / LEARNER_FILE
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return learner(content["learner"], content.get("name", ""))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _broken(path) from error
    except InputError as error:
        raise _broken(path) from error


def write(folder: Path, who: Learner) -> Path:
    """Note `who` in `folder`."""
    path = folder / LEARNER_FILE
    text = json.dumps({"learner": who.id, "name": who.name}, ensure_ascii=False, indent=1)
    write_whole(path, (text + "\n").encode())
    return path


def _broken(path: Path) -> InputError:
    return InputError(
        str(path), '{"learner": "工号", "name": "姓名"}', "别的内容", "请在欢迎页重新填工号和姓名。"
    )
