"""`dragoman events`: merged events; one of them in full with its reports and reasons."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import nobody, open_case, table_limit, write
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    Format,
    FormatOption,
    Least,
    Limit,
    Place,
    Since,
    Sort,
    Source,
    Statuses,
    Tier,
    Types,
    Until,
    With,
    Words,
    listed,
)

if TYPE_CHECKING:
    from dragoman.merging.records import Merged

HELP = "List merged events: many reports, one event; with an id, all that is known of one."
_COLUMNS = ("id", "day", "type", "mode", "status", "who", "whom", "sources", "documents", "passage")


def run(
    case: CaseArgument,
    event: Annotated[
        str | None,
        typer.Argument(
            metavar="[EVENT]", help="A merged event's id, or the number of one of its reports."
        ),
    ] = None,
    actor: Actor = None,
    with_: With = None,
    type_: Types = None,
    mode: Annotated[
        str | None, typer.Option(metavar="MODES", help="PLOVER modes: visit, ceasefire.")
    ] = None,
    status: Statuses = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    source: Source = None,
    tier: Tier = None,
    text: Words = None,
    history: Annotated[
        bool | None,
        typer.Option("--history/--no-history", help="Only, or without, what is told as history."),
    ] = None,
    least: Least = 1,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Only those on which reports differ.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="In JSON: whole events with all reports and reasons.")
    ] = False,
    as_known_at: AsKnownAt = None,
    sort: Sort = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter
    from dragoman.cli.analyses import in_order, rows_of
    from dragoman.merging.records import Merged
    from dragoman.merging.views import MergedRow, merged_rows

    with open_case(case) as opened:
        if event is not None:
            found = [opened.find_merged(event)]
        else:
            wanted = Filter(
                actor=actor,
                with_=with_,
                type=listed(type_, upper=True),
                status=listed(status),
                since=since,
                until=until,
                place=place,
                source=source,
                tier=tier,
                mode=listed(mode),
                background=history,
                text=text,
                as_known_at=as_known_at,
            )
            found = opened.merged(wanted)
            if not found:
                nobody(opened, actor, with_)
    found = [e for e in found if e.sources >= least and (e.conflicts or not conflicts)]
    rows = in_order(MergedRow, list(merged_rows(found)), sort)
    limit = table_limit(form, limit)
    rows = rows if limit is None else rows[:limit]
    table = form is Format.TABLE or (form is None and sys.stdout.isatty())
    if event is not None and table:
        for one in found:
            typer.echo(told(one))
        return
    if full and form in (None, Format.JSON, Format.JSONL):
        whole = {one.id: one for one in found}
        write(rows_of(Merged, [whole[row.id] for row in rows]), form or Format.JSONL, (), None)
        return
    write(rows_of(MergedRow, rows), form, _COLUMNS, limit)


def told(event: Merged) -> str:
    """All that is known of an event, for a terminal."""
    from dragoman.merging.views import (
        assumed_in_words,
        conflicts_in_words,
        life_in_words,
        names,
        reasons_in_words,
        shown,
    )

    lines = [
        f"{event.id}  {event.type} {event.mode or ''}".rstrip(),
        f"  who        {names(event.actors) or '–'}",
        f"  whom       {names(event.recipients) or '–'}",
        f"  when       {' to '.join(dict.fromkeys(filter(None, (event.start, event.end)))) or '–'}",
        f"  where      {', '.join(filter(None, (event.place, event.country))) or '–'}",
        f"  status     {event.status}{', history' if event.background else ''}",
        f"  sources    {event.sources} independent: {', '.join(event.witnesses)}; "
        f"{event.documents} documents",
    ]
    lines += [f"  assumed    {words}" for words in assumed_in_words(event)]
    if event.according_to:
        lines.append(f"  only on the word of {names(event.according_to)}")
    for name in event.agreed:
        value = event.told[name][0]
        lines.append(f"  agreed     {name}: {shown(value.value)} ({value.sources} sources)")
    lines += [f"  differ     {words}" for words in conflicts_in_words(event)]
    lines += [f"  life       {words}" for words in life_in_words(event)]
    for report in event.reports:
        day = (report.published or "no date")[:10]
        lines.append(
            f"  report     {report.id} {day} {report.source or ''} (number {report.number})"
        )
        lines.append(f"             {report.passage}")
    lines += [f"  because    {words}" for words in reasons_in_words(event)]
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)
