"""What a query asks for. One record for all kinds of rows; what a kind has not, it does not ask."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Record):
    """A selection of a case's rows.

    `actor` and `with_` take ids, codes or names; `since` and `until` days, months or years, both
    included; `place` a name or a country code; `text` words as full-text search takes them;
    `tier` is asked of merged events and of what is said: what sources of that tier alone tell;
    `numbers` are those of the rows themselves; `as_known_at` a moment. `sort` is a column, with a
    minus for the largest first; `after` goes on behind a row, by its value in that column and its
    number.
    """

    actor: str | None = None
    with_: str | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    source: str | None = None
    tier: str | None = None
    document: int | None = None
    numbers: tuple[int, ...] | None = None
    text: str | None = None
    background: bool | None = None
    min_confidence: float | None = None
    decision: str | None = None
    as_known_at: str | None = None
    sort: str | None = None
    after: tuple[str | int | float, int | str] | None = None
    limit: int | None = None
