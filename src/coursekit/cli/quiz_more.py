"""Commands of the group `quiz` that move banks in and out, draw papers and analyse sittings."""

from __future__ import annotations

from pathlib import Path

import typer

from coursekit.cli.output import emit, stdout

app = typer.Typer()

JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")


def _say(text: str) -> None:
    stdout.print(text, markup=False, highlight=False, soft_wrap=True)


@app.command("import")
def import_(
    file: Path = typer.Argument(..., help="题库文件:文本、Word(.docx)、Excel(.xlsx)、CSV、GIFT、Aiken。"),
    out: Path | None = typer.Option(None, "--out", help="把认得准的题存成 Excel,补全后再入库。"),
    as_json: bool = JSON,
) -> int:
    """读入别处的题库:认得准的收下,认不准的列出行号、原因和原文。

    例:coursekit quiz import 题库.docx --out 题库.xlsx
    """
    from coursekit.quiz.formats import detect, sheet_write

    result = detect.import_file(file)
    if out is not None:
        out.write_bytes(sheet_write.write_xlsx(result.items))

    def human() -> None:
        _say(f"收下 {len(result.items)} 题,退回 {len(result.rejects)} 处。")
        for item in result.items:
            _say(
                f"  第 {item.line} 行 {item.stem.splitlines()[0][:40]}"
                + (f"({item.note})" if item.note else "")
            )
        for reject in result.rejects:
            _say(
                f"  退回 第 {reject.line} 行:{reject.reason}:{reject.text.splitlines()[0][:40] if reject.text else ''}"
            )
        if out is not None:
            _say(f"已存到 {out}")

    emit(result.as_json(), as_json, human)
    return 1 if result.rejects or any(item.note for item in result.items) else 0


@app.command()
def analyse(
    scores: Path = typer.Argument(..., help="成绩表 CSV:一行一人,一列一题,对写 1,错写 0。"),
    model: str = typer.Option("ctt", "--model", help="ctt(经典统计)、1pl 或 2pl(能力模型)。"),
    as_json: bool = JSON,
) -> int:
    """一场考试之后看题:难度、区分度、信度,人数够了再算能力模型。

    例:coursekit quiz analyse 成绩.csv --model 2pl
    """
    from coursekit.quiz import item_report

    report = item_report.analyse(scores, model)

    def human() -> None:
        for line in report.lines():
            _say(line)

    emit(report.as_json(), as_json, human)
    return 1 if report.refused else 0
