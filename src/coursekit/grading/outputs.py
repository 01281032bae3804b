"""Outputs of a hand-in's cells are hostile too: only what has the shape of an output is kept."""

from __future__ import annotations

import json
import re
from typing import Any

Output = dict[str, Any]
MOST_TEXT, MOST_LINES, MOST_OUTPUTS = 200_000, 100, 400
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*+")
WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")


def clean(found: Any, most_bytes: int) -> list[Output]:
    """Keep well-formed outputs up to `most_bytes` of JSON, drop the rest with a note."""
    kept: list[Output] = []
    size = 0
    for output in (found if isinstance(found, list) else [])[:MOST_OUTPUTS]:
        try:
            good = _clean_one(output)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            good = None
        if good is None:
            kept.append(_note("[一个输出的格式不对，没有保留]"))
            continue
        size += len(json.dumps(good))
        if size > most_bytes:
            kept.append(_note("[输出太多，后面的没有保留]"))
            break
        kept.append(good)
    return kept


def _note(text: str) -> Output:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _clean_one(output: Any) -> Output | None:
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output["text"], MOST_TEXT)}
    if kind == "error":
        trace = [_text(line, 20_000) for line in output["traceback"][:MOST_LINES]]
        ename, evalue = _text(output["ename"], 200), _text(output["evalue"], 5000)
        return {"output_type": kind, "ename": ename, "evalue": evalue, "traceback": trace}
    if kind not in ("display_data", "execute_result"):
        return None
    good: Output = {"output_type": kind, "data": _bundle(output["data"]), "metadata": {}}
    metadata = output.get("metadata")
    if isinstance(metadata, dict):
        good["metadata"] = {
            k: v
            for k, v in metadata.items()
            if isinstance(v, dict) and _is_plain(v) and len(json.dumps(v)) < 2000
        }
    if kind == "execute_result":
        count = output.get("execution_count")
        good["execution_count"] = count if type(count) is int else None
    return good


def _is_plain(sizes: dict[str, Any]) -> bool:
    """Width and height of a picture are numbers, or they would write into the page."""
    return all(type(sizes.get(name, 0)) in (int, float) for name in ("width", "height"))


def _bundle(data: Any) -> dict[str, Any]:
    good: dict[str, Any] = {}
    for mime, value in list(data.items())[:20]:
        if not isinstance(mime, str) or len(mime) > 120:
            continue
        if mime in PICTURES and not (isinstance(value, str) and BASE64.fullmatch(value)):
            continue  # it goes into an attribute of a page
        if mime == WIDGET and not (isinstance(value, dict) and isinstance(value.get("model_id"), str)):
            continue  # a page looks for its number
        if isinstance(value, str):
            good[mime] = value.encode("utf-8", "replace").decode()
        elif mime.endswith("json") and isinstance(value, dict | list):
            good[mime] = value
    return good


def _text(value: Any, most: int) -> str:
    if isinstance(value, list):
        value = "".join(str(part) for part in value)
    return str(value)[:most].encode("utf-8", "replace").decode()


def error_output(ename: str, evalue: str) -> Output:
    """An error of the machinery, as an output people see."""
    return {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": [f"{ename}: {evalue}"]}
