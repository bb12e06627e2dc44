"""What the directory knows of an actor: entities, the offices they held, the terms they go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.records import Kind, Record

Gender = Literal["male", "female"]
Via = Literal["name", "capital", "demonym", "people", "institution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Record):
    """An office that a person held; dates are ISO (a year or a month where no more is known).

    `office` is the class (`foreign-minister`), `title` the words. `body` is the id of the state or
    organisation whose office it is, `code` its code. An `end` of None is open; `seen` is then the
    last day on which a source vouches for it.
    """

    title: str
    office: str
    code: str | None
    body: str
    sector: str
    start: str | None = None
    end: str | None = None
    seen: str | None = None
    source: str = ""
    holder: str = ""

    def held_on(self, date: str) -> bool:
        """Whether the office was held on a day (ISO), as far as the dates tell."""
        if self.start is not None and self.start > date[: len(self.start)]:
            return False
        return self.end is None or self.end >= date[: len(self.end)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """One actor of the directory."""

    id: str
    name: str
    kind: Kind
    code: str | None = None
    sectors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    wikidata: str | None = None
    part_of: str | None = None
    members: tuple[str, ...] = ()
    gender: Gender | None = None
    born: str | None = None
    died: str | None = None
    until: str | None = None
    offices: tuple[Office, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Holding(Record):
    """A person in an office."""

    id: str
    name: str
    office: Office


@dataclass(frozen=True, slots=True)
class DemonymEntry(Record):
    """A word for what belongs to a state or people; `state` is the id of that state or people."""

    state: str
    adjective: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Match(Record):
    """A term of the directory found in a text: how many tokens, which entities, as what."""

    length: int
    ids: tuple[str, ...]
    via: Via
