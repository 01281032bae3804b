"""`coursekit doctor`: what is installed, what is missing, what to type."""

from __future__ import annotations

import typer
from rich.markup import escape

from coursekit.cli.output import emit, say, stdout

app = typer.Typer(no_args_is_help=True)


@app.command(help="检查这台机器：装了什么，缺什么，该输入什么。例：coursekit doctor")
def doctor(as_json: bool = typer.Option(False, "--json", help="只输出一个 JSON 对象。")) -> int:
    """Check the machine; 0 when everything required is there, 1 when a part is missing."""
    from coursekit.checkup import checkup

    checks = checkup()

    def show() -> None:
        for check in checks:
            sign = (
                "[green]有[/green]"
                if check.ok
                else ("[red]缺[/red]" if check.required else "[yellow]无[/yellow]")
            )
            stdout.print(f"{sign}  {escape(f'{check.name:<14} {check.detail}')}", highlight=False)
            if not check.ok:
                say(f"    {check.todo}")

    emit({"checks": [check.as_dict() for check in checks]}, as_json, show)
    return int(any(check.required and not check.ok for check in checks))
