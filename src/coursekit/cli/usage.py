"""What click says about a command written wrongly, in Chinese."""

from __future__ import annotations

import re

_REASONS = (
    (r".*valid integer.*", "应当是整数"),
    (r".*valid float.*|.*valid number.*", "应当是数字"),
    (r".*greater than or equal to (\S+)", r"应当不小于 \1"),
    (r".*less than or equal to (\S+)", r"应当不大于 \1"),
    (r".*(?:Path|File|Directory) '(.*)' does not exist\.?", r"没有 \1"),
)
_SENTENCES = (
    (
        r"No such option: (\S+?)\.?(?:\s*\((?:Possible options?|Did you mean)[: ]*(.+?)\??\))?",
        "没有 {0} 这个选项",
        "，是不是 {1}",
    ),
    (
        r"No such command '(.+?)'\.?(?:\s*\(?Did you mean[: ]*(.+?)\??\)?)?",
        "没有 {0} 这个命令",
        "，是不是 {1}",
    ),
    (r"Missing (?:argument|option|parameter) '(.+?)'\.?", "还缺 {0}", ""),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", "多写了 {0}", ""),
    (r"Option '(.+?)' requires (?:an argument|\d+ arguments)\.?", "{0} 后面要写上内容", ""),
    (r"Option '(.+?)' does not take a value\.?", "{0} 后面不用写内容", ""),
)


def in_chinese(message: str) -> str:
    """The message of a click error in Chinese; one that is not known stays as it is."""
    text = " ".join(message.split())
    for pattern, shown, more in _SENTENCES:
        found = re.fullmatch(pattern, text)
        if found is not None:
            groups = [(group or "").replace("'", "") for group in found.groups()]
            return shown.format(*groups) + (more.format(*groups) if more and groups[1] else "")
    found = re.fullmatch(r"Invalid value for '?(.+?)'?: (.+)", text)
    if found is None:
        return text.removesuffix(".")
    reason = found[2]
    for pattern, shown in _REASONS:
        reason = re.sub(f"^(?:{pattern})$", shown, reason)
    return f"{found[1]} 的值不对，{reason}"
