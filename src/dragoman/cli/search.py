"""`dragoman search`: statements and documents in which words stand."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import open_case, table_limit, write
from dragoman.cli.options import AsKnownAt, CaseArgument, FormatOption, Since, Source, Until

HELP = 'Search a case: words that all occur, "in quotes" together, -not, one OR other.'


def run(
    case: CaseArgument,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What to look for.")],
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only in what this speaker says.")
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    as_known_at: AsKnownAt = None,
    limit: Annotated[int, typer.Option(min=1, help="No more hits than this.")] = 20,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter

    wanted = Filter(
        speaker=speaker,
        since=since,
        until=until,
        source=source,
        as_known_at=as_known_at,
        limit=table_limit(form, limit),
    )
    with open_case(case) as opened:
        columns = ("document", "day", "part", "speaker", "passage", "source")
        write(opened.search(words, wanted), form, columns, limit)
