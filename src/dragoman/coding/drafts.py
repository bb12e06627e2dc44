"""One telling of one event: everything that is known of it before tellings are merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dragoman.coding.composition import Act
from dragoman.coding.fillers import Roles
from dragoman.coding.status import StatusReading
from dragoman.records import Level, Medium, Size, Span, Status, When, Where

_NO_SIZES: Mapping[str, Size] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One telling. `number` is that of its candidate, `deeds` those of the deeds inside it."""

    number: int
    act: Act
    type: str
    mode: str | None
    roles: Roles
    reading: StatusReading
    status: Status
    background: bool
    sentence: int
    trigger: tuple[Span, ...]
    rank: int
    when: When | None = None
    where: Where | None = None
    statement: int | None = None
    according_to: tuple[str, ...] = ()
    medium: Medium | None = None
    level: Level | None = None
    contexts: tuple[str, ...] = ()
    count: int | None = None
    size: Mapping[str, Size] = field(default_factory=lambda: _NO_SIZES)
    initiator: str | None = None
    topics: tuple[str, ...] = ()
    confidence: float = 0.5
    method: str = ""
    reasons: tuple[str, ...] = ()
    deeds: tuple[int, ...] = ()
    apart_from: int = -1  # the verb of what came before or after it: “after the talks they met”
    about: str = ""  # the head of what a speech act speaks of, where no frame knows it
