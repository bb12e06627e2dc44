"""Actors under construction: what the mentions read so far say of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.directory import Entity
from dragoman.actors.lexicon import Sort
from dragoman.records import Candidate, Form, Kind

_NON_STATES = frozenset(["IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"])


@dataclass(slots=True, eq=False)
class Chain:
    """One actor and its mentions; a worker's record, turned into an `Actor` at the end.

    `sort` says whether a pronoun would be he or she (person), they (group) or it (body);
    `within` is the body to which it belongs,
    `offices` are the classes of office that the text or the directory gives it, `nouns` the nouns
    by which the text has called it; `at_home` says that an untold country is
    the story's own, `assumed` that its code is but so concluded, `local` that the code of people
    of no told country is that of the place, `supposed` that every mention so far has been read as
    of the story's state.
    """

    number: int
    name: str
    kind: Kind
    sort: Sort
    code: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    gender: str | None = None
    plural: bool = False
    entity: Entity | None = None
    part_of: str | None = None
    within: Chain | None = None
    members: tuple[Chain, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    offices: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    names: list[tuple[str, ...]] = field(default_factory=list)
    mentions: list[tuple[int, int, int, Form]] = field(default_factory=list)
    at_home: bool = False
    assumed: bool = False
    local: bool = False
    supposed: bool = False
    last_seen: int = -1

    @property
    def state(self) -> str | None:
        """The code of the state that it is or belongs to."""
        return self.code if self.code and self.code not in _NON_STATES else None

    @property
    def is_of_story(self) -> bool:
        """Whether its state is told nowhere, and only concluded from what the text is about."""
        if self.code is None:
            return False
        return self.assumed or self.local or (self.supposed and not self.names)

    @property
    def id_of_entity(self) -> str | None:
        return self.entity.id if self.entity is not None else None


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention that a later one may refer to: of one chain, or of several named together."""

    chains: tuple[Chain, ...]
    first: int
    last: int
    head: int
    sentence: int
    role: str
    form: Form
