"""Commands of the group `author`: build the content and check it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from coursekit.cli.output import emit, say

app = typer.Typer(no_args_is_help=True)
JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")


@app.command()
def build(
    check: bool = typer.Option(False, "--check", help="只比对，不写文件；有一个字节不同就算失败。"),
    strict: bool = typer.Option(
        False, "--strict", help="再把每个练习的标准答案按严格模式批一遍，不得满分的指出来（约一两分钟）。"
    ),
    as_json: bool = JSON,
) -> int:
    """由源文件生成课程和练习的笔记本。例：coursekit build --check"""
    from coursekit import resources
    from coursekit.course import build as content
    from coursekit.course.checks import form_faults, known_facts, unknown_facts
    from coursekit.errors import ContentError

    root = resources.content_root()
    plan = content.plan(root)
    faults = [*plan.faults, *form_faults(root)]
    if check:
        faults += unknown_facts(root, known_facts(root))
    if strict:
        faults += _strict_faults(content.exercise_folders(root))
    extra = content.orphans(root, plan.targets)
    faults += [f"{content.short(path, root)}：没有源文件，应当删去或补上同名的 .py" for path in extra]
    changed = content.stale(plan.built) if check else content.write(plan.built)
    if faults:
        raise ContentError(str(root), faults)
    names = [content.short(path, root) for path in changed]
    payload = {"notebooks": len(plan.built), "changed": names, "checked": check}

    def human() -> None:
        for name in names:
            say(f"{'与源文件不一致' if check else '已生成'}  {name}")
        if check and names:
            say(f"{len(names)} 个笔记本与源文件不一致，请运行 coursekit build 后一起提交。")
        else:
            say(
                f"共 {len(plan.built)} 个笔记本，{'全部与源文件一致' if check else f'更新 {len(names)} 个'}。"
            )

    emit(payload, as_json, human)
    return 2 if check and names else 0


def _strict_faults(folders: list[Path]) -> list[str]:
    """What of the exercises cannot be graded in strict mode, each with its folder."""
    from coursekit.course.build import source_notebook
    from coursekit.errors import ContentError, InputError
    from coursekit.grading.strict import strict_checks

    sources: dict[str, tuple[dict[str, Any], Path | None]] = {}
    for folder in folders:
        try:
            sources[folder.name] = (source_notebook(folder), folder)
        except (ContentError, InputError):
            continue  # a source that cannot be read is reported by the build itself
    found = strict_checks(sources) if sources else {}
    return [f"{name}：不能按严格模式批改：{fault}" for name, faults in found.items() for fault in faults]


@app.command()
def datasets(
    check: bool = typer.Option(False, "--check", help="只比对：重新生成后逐字节比较，不写文件。"),
    as_json: bool = JSON,
) -> int:
    """由种子重新生成课程数据表。例：coursekit datasets --check"""
    from coursekit.domain import datasets as tables

    faults = tables.check() if check else []
    written = [] if check else [path.name for path in tables.write()]

    def human() -> None:
        for fault in faults:
            say(fault)
        if not faults:
            say(
                "数据表全部与生成程序一致。"
                if check
                else f"已写 {len(written)} 张表，目录里的 SHA-256 也更新了。"
            )

    emit({"faults": faults, "written": written, "checked": check}, as_json, human)
    return 2 if faults else 0


@app.command()
def book(
    folder: Path = typer.Argument(Path("book"), help="放网页的文件夹。"),
    as_json: bool = JSON,
) -> int:
    """把全部课文跑一遍，写成只读的网页（手机能看，不连外网）。例：coursekit book 课文网页"""
    from coursekit import book as pages

    written = pages.write_book(folder)
    index = folder / "index.html"

    def human() -> None:
        say(f"写了 {len(written)} 页，从这里看起：{index}")

    emit({"pages": [str(path) for path in written], "index": str(index)}, as_json, human)
    return 0


@app.command()
def coverage(
    out: Path | None = typer.Option(None, "--out", help="把整张表写成 CSV（表格软件能打开）。"),
    as_json: bool = JSON,
) -> int:
    """每条事实在哪里教、在哪里考，或者为什么没用。例：coursekit coverage --out 覆盖表.csv"""
    from coursekit.coverage import coverage as look
    from coursekit.coverage import summary, write_table

    uses = look()
    if out is not None:
        write_table(uses, out)
    counts = summary(uses)

    def human() -> None:
        done = counts["facts"] - len(counts["unaccounted"])
        say(
            f"{counts['facts']} 条事实，{done} 条有着落："
            f"课里讲 {counts['taught']}，练习用 {counts['exercised']}，题里问 {counts['asked']}，"
            f"不用的 {counts['left_out']}（都写了原因）。"
        )
        for fact in counts["unaccounted"]:
            say(f"没有着落：{fact}")

    emit(counts, as_json, human)
    return 2 if counts["unaccounted"] else 0
