"""The PLOVER class between two marked mentions: for those who bring their own lists of actors.

The marked phrases take the place of the cast; frames propose as usual. A linear model over plain
facts decides: which classes the frames give that stand nearest to the two, and the words around
and between them (training/relation.py). It confirms the frame's class or gives another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.drafts import Draft
from dragoman.coding.events import proposed_events
from dragoman.coding.fillers import CastLike
from dragoman.coding.frames import FrameIndex
from dragoman.coding.judging.judge import shipped_names
from dragoman.coding.relation_features import (
    SOURCE,
    TARGET,
    fit,
    joined,
    relation_facts,
    type_in_relation,
)
from dragoman.coding.relation_model import YIELD, shipped_pair_model
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Actor

if TYPE_CHECKING:
    from dragoman.coding.statements import Said

_YIELDING = ("CONCEDE", "RETREAT")
_LEAST_WITHOUT_FRAME = 0.4
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


def pair_facts(
    analysis: Analysis,
    cast: CastLike,
    source: tuple[int, int],
    target: tuple[int, int],
    *,
    said: Sequence[Said] = (),
    frames: FrameIndex | None = None,
) -> tuple[list[Draft], list[str]]:
    """What frames propose with the two marked phrases as actors, the best fit first; the facts."""
    marked = MarkedCast(analysis, cast, source, target)
    said = [
        replace(s, speaker=marked.alias.get(s.speaker, s.speaker)) if s.speaker else s for s in said
    ]
    page, drafts = proposed_events(analysis, marked, said, (), (), date=None, frames=frames)
    spans = tokens_of(analysis, source), tokens_of(analysis, target)
    drafts = sorted(drafts, key=lambda draft: fit(draft, spans), reverse=True)
    return drafts, relation_facts(page.clauses, drafts, spans)


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
    drafts, facts = pair_facts(analysis, cast, source, target, said=said, frames=frames)
    best = drafts[0] if drafts else None
    if best is not None and best.act.candidate.frame.name not in shipped_names():
        return Relation(type_in_relation(best), best.confidence, best.method)  # a user's own
    found, probability, reasons = shipped_pair_model().decide(facts)
    if (best is None or not joined(best)) and probability < _LEAST_WITHOUT_FRAME:
        return Relation(None, 0.0, "no frame joins the two, and the words tell no class")
    proposed = None if best is None else type_in_relation(best)
    if found == YIELD:
        found = proposed if proposed in _YIELDING else "CONCEDE"
    said_by = f"{best.method}" if best is not None and proposed == found else "classifier"
    return Relation(found, probability, "; ".join((said_by, *reasons)))
