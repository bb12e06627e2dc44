"""The PLOVER class between two marked mentions: for those who bring their own lists of actors.

The marked phrases take the place of the cast; everything else is coded as usual. Where no frame
joins the two, the event that stands nearest to both decides, with less confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.drafts import Draft
from dragoman.coding.events import draft_events
from dragoman.coding.folding import folded_type
from dragoman.coding.frames import FrameIndex
from dragoman.coding.participants import CastLike
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Actor, Status

if TYPE_CHECKING:
    from dragoman.coding.statements import Said

SOURCE, TARGET = "source", "target"
_MARKED = {
    SOURCE: Actor(id=SOURCE, name=SOURCE, kind="state", sectors=("GOV",)),
    TARGET: Actor(id=TARGET, name=TARGET, kind="state", sectors=("GOV",)),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What the source does to the target; `type` is None where nothing is told."""

    type: str | None
    confidence: float
    reason: str


class MarkedCast:
    """A cast in which two marked phrases stand for the two actors."""

    def __init__(
        self, analysis: Analysis, cast: CastLike, source: tuple[int, int], target: tuple[int, int]
    ) -> None:
        self._cast = cast
        self._at: dict[int, str] = {}
        self.alias: dict[str, str] = {}  # whom pronouns outside the spans may stand for
        self._inside: dict[int, str] = {}
        for name, span in ((SOURCE, source), (TARGET, target)):
            tokens = tokens_of(analysis, span)
            for token in tokens:
                self._inside[token] = name
                if analysis.heads[token] not in tokens or analysis.heads[token] == ROOT:
                    self._at[token] = name
                    known = cast.at(token)
                    if known is not None:
                        self.alias.setdefault(known, name)

    @property
    def actors(self) -> Sequence[Actor]:
        return (*_MARKED.values(), *self._cast.actors)

    def at(self, token: int) -> str | None:
        if token in self._inside:
            return self._at.get(token)
        known = self._cast.at(token)
        return None if known is None else self.alias.get(known, known)

    def modifier(self, token: int) -> str | None:
        return None if token in self._inside else self._cast.modifier(token)

    def actor(self, id: str) -> Actor:
        return _MARKED.get(id) or self._cast.actor(id)


def tokens_of(analysis: Analysis, span: tuple[int, int]) -> range:
    """The tokens that lie in a span of characters."""
    starts, ends = analysis.tokens.starts, analysis.tokens.ends
    inside = [t for t in range(len(starts)) if starts[t] < span[1] and ends[t] > span[0]]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def relation_in(
    analysis: Analysis,
    cast: CastLike,
    source: tuple[int, int],
    target: tuple[int, int],
    *,
    said: Sequence[Said] = (),
    frames: FrameIndex | None = None,
) -> Relation:
    """The class between the marked mentions of an analysed text, with its statements if known."""
    marked = MarkedCast(analysis, cast, source, target)
    said = [
        replace(s, speaker=marked.alias.get(s.speaker, s.speaker)) if s.speaker else s for s in said
    ]
    drafts = draft_events(analysis, marked, said, (), (), date=None, frames=frames)
    spans = tokens_of(analysis, source), tokens_of(analysis, target)
    best = max(drafts, key=lambda draft: _fit(analysis, draft, spans), default=None)
    if best is None:
        return Relation(None, 0.0, "no frame fits")
    joined = _joined(best)
    confidence = round(best.confidence * (0.4 + 0.3 * joined), 2)
    return Relation(folded_type(best.type, _status(best)), confidence, best.method)


def _status(draft: Draft) -> Status:
    """Only what is told in the future folds: a purpose or an order shows what kind of act it is."""
    future = any(clue.kind in ("future", "is to", "going to") for clue in draft.reading.clues)
    return "planned" if draft.status == "planned" and future else "happened"


def _joined(draft: Draft) -> int:
    ids = (*draft.roles.actor_ids, *draft.roles.recipient_ids)
    return (SOURCE in ids) + (TARGET in ids)


def _fit(
    analysis: Analysis, draft: Draft, spans: tuple[range, range]
) -> tuple[int, int, int, int, float]:
    """How well an event joins the two: both in their roles, both at all, near, outermost."""
    in_role = (SOURCE in draft.roles.actor_ids) * 2 + (TARGET in draft.roles.recipient_ids)
    if draft.act.candidate.frame.mutual:
        in_role = 3 * (_joined(draft) == 2)
    head = draft.act.candidate.head
    between = int(any(min(s) <= head <= max(t) or min(t) <= head <= max(s)
                      for s in spans[:1] for t in spans[1:] if s and t))  # fmt: skip
    return in_role, _joined(draft), -draft.rank, between, draft.confidence
