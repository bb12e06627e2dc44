"""Arguments and options that commands on a case have in common, and lists within one option."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from dragoman.errors import UsageError


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A case: a file, or postgresql://host/database.")
]
AsKnownAt = Annotated[
    str | None,
    typer.Option(
        "--as-known-at",
        metavar="MOMENT",
        help="What the case held then: 2022-02-06T12:00 (UTC), or with a zone.",
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")]
Source = Annotated[str | None, typer.Option(metavar="NAME", help="Only of this publisher.")]
Actor = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who takes part: an id, a code or a name.")
]
With = Annotated[
    str | None, typer.Option("--with", metavar="NAME", help="And who else takes part.")
]
Types = Annotated[
    str | None, typer.Option("--type", metavar="TYPES", help="PLOVER types: ASSAULT,THREATEN.")
]
Statuses = Annotated[
    str | None, typer.Option(metavar="STATUSES", help="happened, planned, possible, cancelled, …")
]
Place = Annotated[
    str | None, typer.Option(metavar="NAME", help="A place's name or a country's code.")
]
Words = Annotated[
    str | None, typer.Option(metavar="WORDS", help='Words that occur; "in quotes" together.')
]
Least = Annotated[
    int, typer.Option("--sources", metavar="N", min=1, help="Told by N sources at least.")
]
Tier = Annotated[
    str | None,
    typer.Option(
        "--tier",
        metavar="TIER",
        help="Only what sources of this tier tell: agency, state-media, official, paper.",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Sort by it; -COLUMN: largest or newest first."),
]
Limit = Annotated[int | None, typer.Option(min=0, help="No more rows than this.")]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="How to write; by default a table at a terminal, else jsonl."),
]


def chosen(
    name: str, words: str | None, there: Iterable[str], *, upper: bool = False
) -> tuple[str, ...]:
    """What an option with commas asks for, each one of those that there are; else UsageError."""
    known, asked = tuple(there), listed(words, upper=upper)
    unknown = [word for word in asked if word not in known]
    if unknown:
        raise UsageError(f"there is no {name} {', '.join(unknown)}; there are: {', '.join(known)}.")
    return asked


def many(count: int, one: str) -> str:
    """“1 row”, “2,000 rows”."""
    return f"{count:,} {one if count == 1 else one + 's'}"


def listed(words: str | None, *, upper: bool = False) -> tuple[str, ...]:
    """What an option with commas in it asks for: `"happened, planned"` → both."""
    found = (word.strip() for word in (words or "").split(","))
    return tuple(word.upper() if upper else word for word in found if word)
