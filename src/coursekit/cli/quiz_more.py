"""Commands of the group `quiz` that move banks in and out, draw papers and analyse sittings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from coursekit.cli.output import emit, say

app = typer.Typer()

JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")


@app.command("import")
def import_(
    file: Path = typer.Argument(..., help="题库文件：文本、Word(.docx)、Excel(.xlsx)、CSV、GIFT、Aiken。"),
    out: Path | None = typer.Option(None, "--out", help="把认得准的题存成 Excel，补全后再入库。"),
    as_json: bool = JSON,
) -> int:
    """读入别处的题库：认得准的收下，认不准的列出行号、原因和原文。

    例：coursekit quiz import 题库.docx --out 题库.xlsx
    """
    from coursekit.quiz.formats import detect, sheet_write

    result = detect.import_file(file)
    if out is not None:
        out.write_bytes(sheet_write.write_xlsx(result.items))

    def human() -> None:
        say(f"收下 {len(result.items)} 题，退回 {len(result.rejects)} 处。")
        if not result.items and not result.rejects:
            say("  没有看到题：请核对是不是题库文件，文字有没有乱码。")
        for item in result.items:
            say(
                f"  第 {item.line} 行 {item.stem.splitlines()[0][:40]}"
                + (f"({item.note})" if item.note else "")
            )
        for reject in result.rejects:
            say(
                f"  退回 第 {reject.line} 行：{reject.reason}：{reject.text.splitlines()[0][:40] if reject.text else ''}"
            )
        if out is not None:
            say(f"已存到 {out}")

    emit(result.as_json(), as_json, human)
    doubtful = result.rejects or not result.items or any(item.note for item in result.items)
    return 1 if doubtful else 0


@app.command()
def analyse(
    scores: Path = typer.Argument(..., help="成绩表 CSV：一行一人，一列一题，对写 1，错写 0。"),
    model: str = typer.Option("ctt", "--model", help="ctt（经典统计）、1pl 或 2pl（能力模型）。"),
    people: Path | None = typer.Option(
        None, "--people", help="另存一张表：每人答对几题；算了能力模型的，还有能力和标准误。"
    ),
    as_json: bool = JSON,
) -> int:
    """一场考试之后看题：难度、区分度、信度，人数够了再算能力模型。

    例：coursekit quiz analyse 成绩.csv --model 2pl
    """
    from coursekit.quiz import item_report

    report = item_report.analyse(scores, model)
    if people is not None:
        _write_people(item_report.people(scores, report.fit), people)

    def human() -> None:
        for line in report.lines():
            say(line)

    emit(report.as_json(), as_json, human)
    return 1 if report.refused else 0


def _write_people(rows: list[dict[str, Any]], path: Path) -> None:
    import csv
    import io

    from coursekit.quiz.answers import write_atomic

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["学员", "答对几题", "能力", "标准误"])
    writer.writerows([row["taker"], row["right"], row["ability"], row["se"]] for row in rows)
    write_atomic(path, "\ufeff" + text.getvalue())


@app.command()
def draw(
    blueprint: str = typer.Argument("junior", help="蓝图：junior、intermediate、senior，或一个 TOML 文件。"),
    seed: str = typer.Option(..., "--seed", help="种子：同一个种子、同一个题库，抽出同样的卷。"),
    forms: int = typer.Option(1, "--forms", min=1, max=26, help="平行卷的份数。"),
    out: Path = typer.Option(
        Path("papers"), "--out", help="写到哪个文件夹；写进课程文件夹，就成为这门课的作业。"
    ),
    bank: list[Path] = typer.Option([], "--bank", help="题库文件；不写就用自带的题库。"),
    as_json: bool = JSON,
) -> int:
    """按蓝图抽一份卷或几份平行卷：作业文件夹、打印卷和答题卡、培训师的答案。

    例：coursekit quiz draw junior --seed 2024-06 --forms 2 --out 春季班
    """
    from coursekit.domain import policy
    from coursekit.quiz import bank as banks
    from coursekit.quiz import drawing, lint_pairs, paper, paper_export

    plan = paper.load_blueprint(paper.blueprint_path(blueprint))
    paths = list(bank) or banks.bank_paths(plan.bank)
    items = [item for file in banks.load_banks(paths) for item in file.items]
    drawn = drawing.draw(plan, items, seed, forms)
    written = [paper_export.write_form(drawn, form, out) for form in drawn.forms]
    balance = drawn.balance()
    rules = policy.load("bank")
    hints = {form.name: list(lint_pairs.giveaways(form.items, rules)) for form in drawn.forms}
    in_course = _into_course(out, [files.paper for files in written])

    def human() -> None:
        for form, files in zip(drawn.forms, written, strict=True):
            say(f"{form.name} 卷 {len(form.items)} 题，平均难度 {drawn.difficulty(form):.2f}")
            say(f"  作业 {files.assignment}")
            say(f"  打印 {files.print_pdf}")
            say(f"  答案（只给培训师） {files.key_html}")
            for hint in hints[form.name]:
                say(f"  提示 {hint.item} {hint.text}")
        say(
            f"难度相差 {balance['difficulty_gap']:.2f}；最多重复 {balance['largest_overlap']:.0%} 的题"
            f"（许可 {balance['allowed_overlap']:.0%}）。"
        )
        if in_course:
            say(f"已放进课程 {out}：发给学员的在 release 文件夹，收、批、反馈与练习一样，答案在 key 文件夹。")

    payload = {
        "paper": plan.id,
        "seed": seed,
        "forms": [
            {
                "name": form.name,
                "id": files.paper,
                "items": [item.id for item in form.items],
                "assignment": str(files.assignment),
                "print": str(files.print_pdf),
                "key": str(files.key),
                "hints": [f"{hint.item} {hint.text}" for hint in hints[form.name]],
            }
            for form, files in zip(drawn.forms, written, strict=True)
        ],
        "balance": balance,
        "in_course": in_course,
    }
    emit(payload, as_json, human)
    return 0


def _into_course(folder: Path, names: list[str]) -> bool:
    """Release papers written into a course folder of ours, so that its gradebook knows them."""
    from coursekit.grading.settings import is_ours

    if not is_ours(folder):
        return False
    from coursekit.grading.new_course import release, sync_gradebook

    release(folder, names)
    sync_gradebook(folder, force=True)
    return True


@app.command()
def export(
    banks: list[Path] = typer.Argument(..., help="题库文件（YAML）。"),
    to: str = typer.Option(
        ..., "--to", help="xlsx、gift、moodle、aiken、qti、survey（问卷工具批量录入的文本）。"
    ),
    out: Path | None = typer.Option(None, "--out", help="写到哪个文件；不写就放在题库旁边。"),
    as_json: bool = JSON,
) -> int:
    """把题库转成别的工具能读的文件；装不下的题列出来。

    例：coursekit quiz export 题库.yaml --to gift
    """
    from coursekit.quiz import bank
    from coursekit.quiz.answers import write_atomic
    from coursekit.quiz.formats import export as exporting

    items = [item for file in bank.load_banks(list(banks)) for item in file.items]
    data, left = exporting.export(items, to)
    path = out or banks[0].with_suffix(exporting.FORMATS[to][0])
    if to in ("xlsx", "qti"):
        aside = path.with_name(path.name + ".part")
        aside.write_bytes(data)
        aside.replace(path)
    else:
        write_atomic(path, data.decode("utf-8"))
    payload = {
        "file": str(path),
        "written": len(items) - len(left),
        "left": [{"id": item.note, "type": item.type, "stem": item.stem} for item in left],
    }

    def human() -> None:
        say(f"已写入 {path}:{len(items) - len(left)} 题。")
        for item in left:
            say(f"  这种格式装不下 {item.note} {item.stem.splitlines()[0][:40]}")

    emit(payload, as_json, human)
    return 1 if left else 0
