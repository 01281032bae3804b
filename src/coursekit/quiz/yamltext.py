"""YAML as authors write it: plain data plus the line on which each value stands.

Every way in which a file can be broken becomes one clear Chinese line. Anchors and aliases are refused
(a short file could grow without bound), and so are keys written twice (the first would be lost silently).
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coursekit.errors import InputError

MAX_BYTES = 4_000_000
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlText:
    """Plain data of one file and where each value stands.

    Parameters
    ----------
    data : object
        Mappings, lists, strings, numbers, booleans, None.
    lines : dict
        Path of keys and indexes -> line, counted from 1.
    """

    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """Line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    """Safe scalars, without dates (a date in a text stays a text) and without aliases.

    The pure Python loader: libyaml's crashes the process on deep nesting.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse `*name`: a short file could stand for an endless one."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "undefined alias", _mark(self))
        return super().compose_node(parent, index)


_RESOLVERS = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.yaml_implicit_resolvers = _RESOLVERS
_ALIAS = re.compile(r"(?:^|[\s:\[,{-])[&*][^\s*]", re.MULTILINE)
_DEEPEST = 40


def _fast_loader(text: str) -> Any:
    """libyaml's loader, several times as fast, where it is there and neither depth nor an alias can hurt it."""
    base = getattr(yaml, "CSafeLoader", None)
    if base is None or _ALIAS.search(text) or re.search(rf"^ {{{_DEEPEST}}}", text, re.MULTILINE):
        return None
    depth = 0
    for mark in re.findall(r"[\[\]{}]", text):
        depth += 1 if mark in "[{" else -1
        if depth > _DEEPEST:
            return None
    loader = base(text)
    loader.yaml_implicit_resolvers = _RESOLVERS
    return loader


def _mark(loader: Any) -> Any:
    return loader.peek_event().start_mark


def read_text(path: Path) -> str:
    """Text of a UTF-8 file, with everything else refused by name.

    Raises
    ------
    InputError
        If the file is missing, too large, empty, binary or in another encoding.
    """
    where = str(path)
    try:
        info = path.stat()
        size = info.st_size
        if not stat.S_ISREG(info.st_mode) and not stat.S_ISDIR(info.st_mode):
            raise InputError(where, "文件", "管道或设备", "请先把内容存成文件。")
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise InputError(where, "可以读的文件", f"读不了({error.strerror})", "请检查文件名和权限。") from None
    if size > MAX_BYTES:
        raise InputError(
            where,
            f"不超过 {MAX_BYTES // 1_000_000} MB 的文本文件",
            f"{size / 1e6:.1f} MB",
            "请拆成几个文件。",
        )
    if not raw.strip():
        raise InputError(where, "有内容的文件", "空文件", "请检查是不是没有保存。")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(where, "UTF-8 编码的文本", "UTF-16 编码", "请另存为 UTF-8。")
    if b"\x00" in raw:
        raise InputError(where, "文本文件", "二进制文件", "请检查是不是选错了文件。")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        got = "GBK 编码" if _is_gbk(raw) else "不是 UTF-8 的字节"
        raise InputError(f"{where}:{line}", "UTF-8 编码的文本", got, "请用编辑器另存为 UTF-8。") from None


def read_yaml(path: Path, fast: bool = False) -> YamlText:
    """Data of a YAML file with the line of every value; `fast` for files that were checked before.

    Raises
    ------
    InputError
        If the file cannot be read as one YAML document; the message names the line.
    """
    return parse_yaml(read_text(path), str(path), fast)


def parse_yaml(text: str, where: str, fast: bool = False) -> YamlText:
    """Data of a YAML text; `where` names its file in messages."""
    loader = None
    try:
        loader = (_fast_loader(text) if fast else None) or _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise InputError(where, "有内容的 YAML", "只有注释或空行")
        lines: dict[Path_, int] = {}
        return YamlText(_plain(loader, node, (), lines, where), lines)
    except yaml.MarkedYAMLError as error:
        raise InputError(f"{where}:{_line(error)}", "完整的 YAML", _reason(error), _HINT) from None
    except yaml.YAMLError as error:
        raise InputError(
            where, "完整的 YAML", f"有不能出现的字符({str(error).splitlines()[0]})", _HINT
        ) from None
    except RecursionError:
        raise InputError(where, "层次正常的 YAML", "嵌套太深", "请检查括号和缩进。") from None
    finally:
        if loader is not None:
            loader.dispose()


_HINT = "请检查这一行和上一行的缩进、冒号、引号。"


def _plain(loader: Any, node: yaml.Node, path: Path_, lines: dict[Path_, int], where: str) -> Any:
    line = node.start_mark.line + 1
    lines[path] = line
    if node.tag not in _TAGS:
        raise InputError(
            f"{where}:{line}", "普通的文字、数字或 true/false", f"标记 {node.tag}", "请去掉这个标记。"
        )
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError(f"{where}:{key_line}", "一个字段名", "一串内容", _HINT)
            key = key_node.value
            if key in mapping:
                raise InputError(f"{where}:{key_line}", "每个字段只写一次", f"{key} 写了两次", "请删去一个。")
            mapping[key] = _plain(loader, value_node, (*path, key), lines, where)
            lines[(*path, key)] = key_line
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, child, (*path, i), lines, where) for i, child in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError:
        raise InputError(
            f"{where}:{line}", "数字", f"读不成数字的 {node.value[:20]}", "文字请加引号。"
        ) from None


_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")}


def _line(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def _reason(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "undefined alias" in problem:
        return "用了 *引用（这里不支持，把内容写全；文字以 * 开头时加引号）"
    if "expected a single document" in (error.context or ""):
        return "一个文件里有几份文档(---)"
    if "found unexpected end of stream" in problem or "<stream end>" in problem:
        return "文件在这里断了"
    if "tab" in problem or "'\\t'" in problem:
        return "用了 Tab 键缩进"
    if "but got '?'" in problem or "but got ':'" in problem or "flow mapping" in (error.context or ""):
        return "花括号里读不懂的写法（文字里有逗号、问号、冒号时要加引号）"
    return f"读不懂的写法({problem})"


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
