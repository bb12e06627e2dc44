"""`dragoman show`: lists of a case's documents, events, statements, actors, times and places."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli.cases import (
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Since,
    Source,
    Until,
    open_case,
    table_limit,
    write,
)

HELP = "List a case's documents, events, statements, actors, times or places."


class What(StrEnum):
    """The lists of a case."""

    DOCUMENTS = "documents"
    EVENTS = "events"
    STATEMENTS = "statements"
    ACTORS = "actors"
    TIMES = "times"
    PLACES = "places"


_COLUMNS = {
    What.DOCUMENTS: ("number", "published", "source", "title", "events", "statements", "copy_of"),
    What.EVENTS: ("number", "day", "type", "status", "who", "whom", "document", "passage"),
    What.STATEMENTS: ("number", "day", "speaker", "kind", "document", "passage"),
    What.ACTORS: ("id", "name", "kind", "code", "documents"),
    What.TIMES: ("value", "type", "text", "document", "title"),
    What.PLACES: ("name", "country", "kind", "document", "title"),
}


def run(
    case: CaseArgument,
    what: Annotated[What, typer.Argument(help="What to list.")],
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who takes part: an id, a code or a name.")
    ] = None,
    with_: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="And who else takes part.")
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPES", help="PLOVER types: ASSAULT,THREATEN.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUSES", help="happened, planned, possible, …")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KINDS", help="Kinds of documents, statements, actors.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who says it, or on whose word it stands.")
    ] = None,
    since: Since = None,
    until: Until = None,
    place: Annotated[
        str | None, typer.Option(metavar="NAME", help="A place's name or a country's code.")
    ] = None,
    source: Source = None,
    document: Annotated[
        str | None, typer.Option(metavar="DOC", help="Only of this document: number, id, address.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words that occur; "in quotes" together.')
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(metavar="DECISION", help="accepted, corrected, rejected, or none as yet."),
    ] = None,
    as_known_at: AsKnownAt = None,
    sort: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Sort by it; -COLUMN: largest first.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="No more rows than this.")] = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter

    limit = table_limit(form, limit)
    with open_case(case) as opened:
        wanted = Filter(
            actor=actor,
            with_=with_,
            type=_list(type_),
            status=_list(status),
            kind=_list(kind),
            speaker=speaker,
            since=since,
            until=until,
            place=place,
            source=source,
            document=opened.find_document(document, as_known_at=as_known_at) if document else None,
            text=text,
            decision=decision,
            as_known_at=as_known_at,
            sort=sort,
            limit=limit,
        )
        write(getattr(opened, what.value)(wanted), form, _COLUMNS[what], limit)


def _list(words: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (words or "").split(",") if word.strip())
