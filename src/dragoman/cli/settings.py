"""`dragoman settings`: the table of settings and the values of this run."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

HELP = "List the settings: name, value, default, unit, meaning."


def run(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    from dragoman import settings
    from dragoman.cli.main import settings_of

    current = settings_of(context)
    if as_json:
        values = {row.name: _told(row, getattr(current, row.name)) for row in settings.table()}
        sys.stdout.write(json.dumps(values, indent=2) + "\n")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("setting", "value", "unit", "meaning"):
        table.add_column(heading)
    for row in settings.table():
        value = _told(row, getattr(current, row.name))
        table.add_row(row.name, _shown(value, row.default), row.unit, _meaning(row))
    console = Console()
    console.print(table)
    console.print(
        f"Set by environment (for example {settings.table()[0].variable}), by --config FILE or in "
        f"{settings.user_config()}.",
        style="dim",
        highlight=False,
    )


def _told(row: Any, value: Any) -> Any:
    """The value; of a password only that there is one."""
    return "…" if row.name.endswith("_password") and value else value


def _shown(value: Any, default: Any) -> str:
    words = ", ".join(value) or "none" if isinstance(value, tuple) else str(value)
    return words if value == default else f"[bold]{words}[/bold] (default {default})"


def _meaning(row: Any) -> str:
    help: str = row.help
    return help + (f" One of: {', '.join(row.choices)}." if row.choices else "")
