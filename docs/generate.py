"""Writes anew what the docs take from the code: docs/cli.md, and the reading shown in README.md.

Run by `make docs`; tests/test_docs.py holds the files to the code.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console

from dragoman.cli import app
from dragoman.records import Input
from dragoman.settings import CONFIG_VARIABLE, table

REPOSITORY: Final = Path(__file__).resolve().parents[1]
WIDTH: Final = 96
SHOWN: Final = ("aegean-06", "2017-09-11")  # the example that the README shows
BEGIN, END = "<!-- reading: begin -->", "<!-- reading: end -->"


def command_reference() -> str:
    """docs/cli.md: every command with its arguments and options, and the table of settings."""
    root: Any = typer.main.get_command(app)
    parts = ["# The command line", "*Written by `make docs` from the code; do not edit.*"]
    parts += _commands(root, "dragoman")
    parts += ["## Exit codes", _exit_codes(), "## Settings", _settings()]
    return "\n\n".join(parts) + "\n"


def _commands(command: Any, path: str) -> list[str]:
    """A command and those inside it. Only names and help are used: they are ours, while the layout
    of `--help` changes with the library that draws it."""
    parts = [f"## {path}", " ".join((command.help or "").split())]
    rows = [row for parameter in command.params if (row := _row(parameter))]
    if rows:
        parts.append("\n".join(["| argument or option | meaning |", "|---|---|", *rows]))
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        parts += _commands(inner, f"{path} {name}")
    return [part for part in parts if part]


def _row(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        names = parameter.metavar or parameter.name.upper()
    else:
        takes_value = not (parameter.is_flag or parameter.count)
        value = f" {parameter.metavar or 'TEXT'}" if takes_value else ""
        names = ", ".join(parameter.opts) + value
        if parameter.secondary_opts:
            names += " / " + ", ".join(parameter.secondary_opts)
    words = " ".join((parameter.help or "").split()).replace("|", "\\|")
    return f"| `{names}` | {words} |"


def _exit_codes() -> str:
    return "\n".join(
        (
            "| code | meaning |",
            "|---|---|",
            "| 0 | everything was done |",
            "| 2 | the call or a setting is wrong |",
            "| 3 | some documents could not be read; each is named on stderr, the others were |",
            "| 4 | a data file, of the package or of the user, is missing or broken |",
            "| 5 | an optional part is not installed |",
            "| 70 | a fault of dragoman itself; `dragoman --debug …` shows where |",
            "| 130 | stopped by the user |",
        )
    )


def _settings() -> str:
    lines = [
        "From the option or call, else the environment, else a TOML file (`--config FILE`, or "
        f"the one that `{CONFIG_VARIABLE}` names, or `settings.toml` in the user's folder of "
        "settings), else the default. `dragoman settings` shows what holds.",
        "",
        "| setting | environment | default | unit | meaning |",
        "|---|---|---|---|---|",
    ]
    for row in table():
        default = (
            ", ".join(row.default) or "none" if isinstance(row.default, tuple) else row.default
        )
        choices = f" One of: {', '.join(row.choices)}." if row.choices else ""
        lines.append(
            f"| `{row.name}` | `{row.variable}` | {default} | {row.unit} | {row.help}{choices} |"
        )
    return "\n".join(lines)


def readme_reading() -> str:
    """The reading that the README shows, as a terminal of 96 columns would."""
    from dragoman.reader import Reader
    from dragoman.settings import Settings
    from dragoman.show import print_reading

    name, date = SHOWN
    text = (REPOSITORY / "examples" / f"{name}.txt").read_text(encoding="utf-8")
    reading = Reader(Settings()).read(Input(text=text), date=date, title="Izmir talks called off")
    console = Console(file=io.StringIO(), width=WIDTH)
    print_reading(reading, console, parts=("events", "statements"))
    assert isinstance(console.file, io.StringIO)
    lines = (line.rstrip() for line in console.file.getvalue().splitlines())
    return "\n".join(lines).strip()


def main() -> None:
    (REPOSITORY / "docs" / "cli.md").write_text(command_reference(), encoding="utf-8")
    readme = REPOSITORY / "README.md"
    shown = f"{BEGIN}\n```text\n{readme_reading()}\n```\n{END}"
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    words = readme.read_text(encoding="utf-8")
    readme.write_text(pattern.sub(lambda _: shown, words), encoding="utf-8")


if __name__ == "__main__":
    main()
