"""What a brief is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Record):
    """One line: its day, its mark (a status, an outcome), its head (who, what), its text, and the
    numbers of the references that it rests on. `sources` counts independent sources."""

    day: str | None
    mark: str | None
    head: str
    text: str
    references: tuple[int, ...]
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A document that lines rest on."""

    number: int
    title: str
    publisher: str
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Record):
    """A heading with its lines, said in one sentence; `left_out` counts lines that found no room.

    `chart` is a Vega-Lite spec (empty: none) and `note` what must be read with it.
    """

    title: str
    lead: str
    lines: tuple[Line, ...] = ()
    left_out: int = 0
    chart: Mapping[str, Any] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(Record):
    """A brief of a case from `since` to `until` (ISO days)."""

    title: str
    since: str
    until: str
    summary: str
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    made_by: str
