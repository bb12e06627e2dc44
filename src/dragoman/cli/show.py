"""`dragoman show`: lists of a case's documents, events, statements, actors, times and places."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli.cases import open_case, table_limit, write
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Limit,
    Place,
    Since,
    Source,
    Statuses,
    Types,
    Until,
    With,
    Words,
    listed,
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
    actor: Actor = None,
    with_: With = None,
    type_: Types = None,
    status: Statuses = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KINDS", help="Kinds of documents, statements, actors.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who says it, or on whose word it stands.")
    ] = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    source: Source = None,
    document: Annotated[
        str | None, typer.Option(metavar="DOC", help="Only of this document: number, id, address.")
    ] = None,
    text: Words = None,
    decision: Annotated[
        str | None,
        typer.Option(metavar="DECISION", help="accepted, corrected, rejected, or none as yet."),
    ] = None,
    as_known_at: AsKnownAt = None,
    sort: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Sort by it; -COLUMN: largest first.")
    ] = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter

    limit = table_limit(form, limit)
    with open_case(case) as opened:
        wanted = Filter(
            actor=actor,
            with_=with_,
            type=listed(type_, upper=True),
            status=listed(status),
            kind=listed(kind),
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
