"""Who may fill the roles of an event, and what a frame asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dragoman.records import Actor

if TYPE_CHECKING:
    from dragoman.coding.matching import Candidate


class CastLike(Protocol):
    """What coding asks of the cast (see dragoman.actors.cast)."""

    @property
    def actors(self) -> Sequence[Actor]:
        """All actors of the document."""

    def at(self, token: int) -> str | None:
        """The actor of the mention whose head is this token."""

    def modifier(self, token: int) -> str | None:
        """The state that a demonym or a possessive stands for."""

    def actor(self, id: str) -> Actor:
        """The actor with this id."""


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor in a slot, and the word that named it."""

    token: int
    actor: str
    slot: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who is acted on; the heads of the phrases are kept for numbers and reasons."""

    actors: tuple[Filler, ...] = ()
    recipients: tuple[Filler, ...] = ()

    @property
    def actor_ids(self) -> tuple[str, ...]:
        return _unique(filler.actor for filler in self.actors)

    @property
    def recipient_ids(self) -> tuple[str, ...]:
        return _unique(filler.actor for filler in self.recipients)


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def distinct(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    """Each actor once, in the order in which they were found."""
    seen: dict[str, Filler] = {}
    for filler in fillers:
        seen.setdefault(filler.actor, filler)
    return tuple(seen.values())


def missing(candidate: Candidate, roles: Roles) -> str | None:
    """What the frame requires and the text does not name; None where all is there."""
    requires = candidate.frame.requires
    if candidate.frame.mutual:
        enough = 2 if requires == "both" else 1
        if requires != "none" and len(roles.actors) + len(roles.recipients) < enough:
            return "participants"
        return None
    if requires in ("actor", "both") and not roles.actors:
        return "actor"
    if requires in ("recipient", "both") and not roles.recipients:
        return "recipient"
    if requires == "any" and not roles.actors and not roles.recipients:
        return "participants"
    return None


_POLITICAL_KINDS = frozenset({"state", "government", "igo", "bloc", "armed-group"})
_POLITICAL_SECTORS = frozenset(
    {"GOV", "MIL", "REB", "LEG", "JUD", "COP", "SPY", "PTY", "OPP", "PRM", "UAF", "PRE", "ELI"}
)


def is_political(actor: Actor) -> bool:
    """Does this actor make what it does politics?"""
    if actor.kind in _POLITICAL_KINDS or not _POLITICAL_SECTORS.isdisjoint(actor.sectors):
        return True
    return actor.code is not None
