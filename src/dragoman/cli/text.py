"""`dragoman text`: a document's text, or the passage that tells an event or statement."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import AsKnownAt, CaseArgument
from dragoman.errors import UsageError

HELP = "Show a document's text, or the passage of an event or statement in it."
_AROUND = 300


def run(
    case: CaseArgument,
    document: Annotated[
        str, typer.Argument(metavar="DOC", help="A document's number, id, address or title.")
    ],
    event: Annotated[
        str | None, typer.Option(metavar="ID", help="Only the passage of this event: e3.")
    ] = None,
    statement: Annotated[
        str | None, typer.Option(metavar="ID", help="Only the passage of this statement: s1.")
    ] = None,
    as_known_at: AsKnownAt = None,
) -> None:
    with open_case(case) as opened:
        number = opened.find_document(document, as_known_at=as_known_at)
        text = opened.text(number)
        if event is None and statement is None:
            sys.stdout.write(text if text.endswith("\n") else text + "\n")
            return
        rows = (
            [
                (e.event, e.span_start, e.span_end)
                for e in opened.events(document=number, as_known_at=as_known_at)
            ]
            if event
            else [
                (s.statement, s.span_start, s.span_end)
                for s in opened.statements(document=number, as_known_at=as_known_at)
            ]
        )
    wanted = event or statement
    spans = {name: (start, end) for name, start, end in rows}
    if wanted not in spans:
        there = ", ".join(spans) or "none"
        raise UsageError(f"document {number} has no {wanted}; it has: {there}.")
    _passage(text, *spans[wanted])


def _passage(text: str, start: int, end: int) -> None:
    """The words in question, marked, with some of the text around them."""
    from rich.console import Console
    from rich.text import Text

    first = max(0, text.rfind(" ", 0, max(0, start - _AROUND)) + 1)
    last = text.find(" ", min(len(text), end + _AROUND))
    last = len(text) if last < 0 else last
    shown = Text(("… " if first else "") + text[first:start])
    # In a pipe there is no bold: brackets mark the words there.
    marked = text[start:end] if sys.stdout.isatty() else f"[{text[start:end]}]"
    shown.append(marked, style="bold reverse")
    shown.append(text[end:last] + (" …" if last < len(text) else ""))
    Console(soft_wrap=not sys.stdout.isatty()).print(shown, highlight=False)
