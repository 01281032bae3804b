"""What pydantic found, said in Chinese: field, what is expected, what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_EXPECTED = {
    "string_type": "文字（数字和 yes、no 也要加引号）",
    "int_type": "整数",
    "int_from_float": "整数",
    "float_type": "数字",
    "bool_type": "true 或 false",
    "list_type": "一列（每行以 - 开头）",
    "dict_type": "一组字段",
    "model_type": "一组字段",
    "none_required": "空",
}


def chinese(fault: Mapping[str, Any]) -> str:
    """One line for one pydantic error, without the file and line."""
    field = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in fault["loc"])
    kind, context = str(fault["type"]), fault.get("ctx") or {}
    got = _shown(fault.get("input"))
    if kind == "missing":
        return f"缺少字段 {field}"
    if kind == "extra_forbidden":
        torn = fault.get("input") is None
        return f"不认识的字段 {field}" + ("（写在花括号里的文字有逗号，要加引号）" if torn else "")
    if kind == "value_error":
        return f"{field + ' ' if field else ''}{context.get('error', fault['msg'])}"
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return f"{field} 应当是 {expected} 之一，看到的是 {got}"
    if kind == "string_pattern_mismatch":
        return f"{field} 的写法不对：{got}（格式 {context.get('pattern', '')}）"
    if kind in ("string_too_short", "too_short"):
        return (
            f"{field} 不能是空的"
            if context.get("min_length") == 1
            else f"{field} 至少 {context.get('min_length')} 项"
        )
    if kind in ("string_too_long", "too_long"):
        return f"{field} 太长，最多 {context.get('max_length')}"
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        sign = {"greater_than_equal": "≥", "less_than_equal": "≤", "greater_than": ">", "less_than": "<"}[
            kind
        ]
        limit = next(iter(context.values()), "")
        return f"{field} 应当 {sign} {limit}，看到的是 {got}"
    expected = _EXPECTED.get(kind, str(fault["msg"]))
    return f"{field} 应当是{expected}，看到的是 {got}"


def _shown(value: object) -> str:
    if value is None:
        return "空"
    if isinstance(value, dict):
        return "一组字段"
    if isinstance(value, list):
        return "一列"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 30 else text[:30] + "…"
