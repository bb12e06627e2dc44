"""`dragoman review`: people accept, reject or correct events and statements; they win.

With numbers it decides at once; without, at a terminal, it shows what is undecided one by one.
"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument
from dragoman.errors import DragomanError, UsageError

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.case.reviewing import Part

HELP = "Accept, reject or correct events and statements; export what was decided as gold."


def run(
    case: CaseArgument,
    accept: Annotated[
        list[int] | None, typer.Option(metavar="N", help="Accept this one; may be repeated.")
    ] = None,
    reject: Annotated[
        list[int] | None, typer.Option(metavar="N", help="Reject this one; may be repeated.")
    ] = None,
    correct: Annotated[
        int | None, typer.Option(metavar="N", help="Correct this one, with --set.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="type, mode, status, background, actors, recipients (ids by commas); of a "
            "statement kind, hedged, quoted.",
        ),
    ] = None,
    statements: Annotated[
        bool, typer.Option("--statements", help="The numbers are of statements, not events.")
    ] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")] = None,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what was decided as gold, a document a line."),
    ] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="One by one: only with this actor.")
    ] = None,
) -> None:
    from dragoman.case.reviewing import Verdict, review

    part: Part = "statement" if statements else "event"
    reviewer = by or getpass.getuser()
    with open_case(case) as opened:
        if export is not None:
            typer.echo(f"{_export(opened, export):,} documents in {export}")
            return
        asked = False
        for decision, numbers in (("accepted", accept), ("rejected", reject)):
            for number in numbers or ():
                verdict = Verdict(decision=decision, reviewer=reviewer, note=note)  # type: ignore[arg-type]
                review(opened, part, number, verdict)
                typer.echo(f"{part} {number} {decision}")
                asked = True
        if correct is not None:
            fields = _fields(changes or [])
            verdict = Verdict(decision="corrected", reviewer=reviewer, changes=fields, note=note)
            standing = review(opened, part, correct, verdict)
            typer.echo(f"{part} {correct} corrected; it is now {part} {standing}")
            asked = True
        if asked:
            return
        if not sys.stdin.isatty():
            raise UsageError("name what to decide: --accept N, --reject N, or --correct N --set …")
        _one_by_one(opened, part, reviewer, actor)


def _export(case: Case, path: Path) -> int:
    import orjson

    from dragoman.case.reviewing import gold

    count = 0
    with path.open("wb") as file:
        for row in gold(case):
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def _fields(changes: list[str]) -> dict[str, Any]:
    """`--set type=ACCUSE --set actors=RUS,UKR` as fields of a record."""
    fields: dict[str, Any] = {}
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise UsageError(f"{change!r} is no change; write it as FIELD=VALUE.")
        if name in ("actors", "recipients"):
            fields[name] = [part.strip() for part in value.split(",") if part.strip()]
        elif name in ("background", "hedged", "quoted"):
            if value not in ("yes", "no"):
                raise UsageError(f"{name} is yes or no, not {value!r}.")
            fields[name] = value == "yes"
        else:
            fields[name] = value or None
    return fields


def _one_by_one(case: Case, part: Part, reviewer: str, actor: str | None) -> None:
    """Show what is undecided and ask; an empty answer goes on, q ends."""
    from dragoman.case.reviewing import Verdict, review

    rows: list[Any] = list(
        case.events(decision="none", actor=actor)
        if part == "event"
        else case.statements(decision="none", speaker=actor)
    )
    for row in rows:
        typer.echo(_described(row))
        answer = typer.prompt("a accept, r reject, c correct, Enter next, q quit", default="")
        try:
            if answer == "q":
                return
            if answer in ("a", "r"):
                decision = "accepted" if answer == "a" else "rejected"
                review(case, part, row.number, Verdict(decision=decision, reviewer=reviewer))  # type: ignore[arg-type]
            elif answer == "c":
                fields = _fields(typer.prompt("FIELD=VALUE …").split())
                verdict = Verdict(decision="corrected", reviewer=reviewer, changes=fields)
                review(case, part, row.number, verdict)
        except DragomanError as error:
            typer.echo(str(error), err=True)


def _described(row: Any) -> str:
    line = "".join(c if c.isprintable() else " " for c in row.passage)
    if hasattr(row, "who"):
        told = f"{row.type} {row.mode or ''} {row.status}: {row.who or '–'} → {row.whom or '–'}"
    else:
        told = f"{row.kind}: {row.speaker or 'no one named'}"
    return f"\n{row.number}  {row.day or 'undated'}  {told}  (document {row.document})\n  {line}"
