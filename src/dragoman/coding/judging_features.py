"""What the judge looks at: plain facts of a telling, and the encoder's vectors of its words.

A fact is a short text (`frame=call-for`, `actor=state`); the judge has a weight for each that it
met in training and none for others. The vectors are those of the trigger, of the word that stands
for the whole in its sentence, of who acts, of who is acted on, and the mean of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from dragoman.coding.clauses import Clauses
from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import CastLike, Filler, is_political
from dragoman.language.analysis import Analysis
from dragoman.records import Actor

Floats = npt.NDArray[np.float32]
WIDTH = 384  # of one vector of the encoder
PARTS = ("trigger", "carrier", "actor", "recipient", "sentence")
_BUCKETS = ("0", "1", "2", "3")


class Page:
    """One document as the judge sees it; what holds for the whole of it is counted once."""

    def __init__(self, clauses: Clauses, cast: CastLike) -> None:
        self.clauses = clauses
        self.analysis: Analysis = clauses.analysis
        self.cast = cast
        self._political = {actor.id: is_political(cast.actor(actor.id)) for actor in cast.actors}
        self._sentences: dict[int, tuple[Floats, tuple[str, ...]]] = {}
        states = sum(actor.kind == "state" for actor in cast.actors)
        share = sum(self._political.values()) / max(1, len(self._political))
        self.facts = (f"states={_bucket(states)}", f"political share={int(share * 4)}")

    def political(self, id: str) -> bool:
        known = self._political.get(id)
        return is_political(self.cast.actor(id)) if known is None else known

    def sentence(self, number: int) -> tuple[Floats, tuple[str, ...]]:
        """The mean vector of a sentence, and the facts that all its tellings share."""
        known = self._sentences.get(number)
        if known is None:
            bounds = self.analysis.tokens.bounds
            first, last = bounds[number], bounds[number + 1]
            assert self.analysis.vectors is not None
            mean = self.analysis.vectors[first:last].mean(axis=0)
            known = mean, tuple(self._of_sentence(first, last))
            self._sentences[number] = known
        return known

    def _of_sentence(self, first: int, last: int) -> Iterator[str]:
        yield f"sentence length={min(last - first, 79) // 20}"
        if last - first < 12 and "AUX" not in self.analysis.upos[first:last]:
            yield "short sentence"
        actors = {self.cast.at(token) for token in range(first, last)} - {None}
        political = sum(self.political(id) for id in actors if id is not None)
        yield f"political in sentence={_bucket(political)}"


def facts_of(page: Page, draft: Draft) -> list[str]:
    """All facts of one telling, in a fixed order."""
    candidate = draft.act.candidate
    clauses, frame = page.clauses, candidate.frame
    lemma = clauses.lemmas[candidate.head]
    facts = [
        f"type={draft.type}",
        f"frame={frame.name}",
        f"word={lemma}",
        f"part={candidate.part}",
        f"word and part={lemma}:{candidate.part}",
        f"status={draft.status}",
        f"type and status={draft.type}:{draft.status}",
        f"rank={_bucket(draft.rank)}",
        f"asked={frame.weight // 2 if frame.weight < 10 else 5}",
        f"asked and type={draft.type}:{min(frame.weight, 4) // 2}",
    ]
    if draft.mode:
        facts.append(f"mode={draft.type}.{draft.mode}")
    facts += _of_shape(page, draft)
    facts += _of_roles(page, draft)
    facts += [f"clue={clue.kind}" for clue in draft.reading.clues]
    facts += page.facts
    facts += page.sentence(draft.sentence)[1]
    return list(dict.fromkeys(facts))


def _of_shape(page: Page, draft: Draft) -> Iterator[str]:
    candidate, clauses = draft.act.candidate, page.clauses
    deprel = clauses.deprels[candidate.top].partition(":")[0]
    yield f"relation={deprel}"
    yield f"relation and part={deprel}:{candidate.part}"
    if candidate.support is not None:
        yield f"carried by={clauses.lemmas[candidate.support]}"
        yield "carried"
    if candidate.passive:
        yield "passive"
    if draft.background:
        yield "background"
    if draft.act.refused:
        yield "refused"
    if draft.act.deeds:
        yield "over a deed"
        yield f"over a deed and type={draft.type}"
    if draft.statement is not None:
        yield "in a statement"
    if draft.when is not None:
        yield "dated"
    if draft.size:
        yield "counted"
    objects = clauses.objects(candidate.head) if candidate.part == "verb" else []
    for token in objects[:1]:
        yield f"object={clauses.lemmas[token]}"
        yield f"object tag={clauses.upos[token]}"
    if candidate.part == "verb" and not objects:
        yield "no object"
    above = clauses.heads[candidate.top]
    if above >= 0:
        yield f"under={clauses.lemmas[above]}"
    if candidate.part == "noun":
        determiners = [c for c in clauses.children[candidate.head] if clauses.deprels[c] == "det"]
        yield f"determiner={clauses.lemmas[determiners[0]] if determiners else 'none'}"


def _of_roles(page: Page, draft: Draft) -> Iterator[str]:
    sides = (("actor", draft.roles.actors), ("recipient", draft.roles.recipients))
    political = []
    for name, fillers in sides:
        yield f"{name}s={_bucket(len(fillers))}"
        yield f"{name}s and type={draft.type}:{min(len(fillers), 2)}"
        seen = [page.political(filler.actor) for filler in fillers]
        political.append(any(seen))
        if fillers:
            yield f"political {name}={any(seen)}"
            yield from _of_filler(page, name, fillers[0])
    yield f"both political={political[0] and political[1]}"
    if any(political):
        yield f"political and type={draft.type}"
    codes = [{page.cast.actor(f.actor).code for f in fillers} - {None} for _, fillers in sides]
    if codes[0] and codes[0] & codes[1]:
        yield "one state on both sides"
    elif codes[0] and codes[1]:
        yield "two states"
        yield f"two states and type={draft.type}"
    if draft.act.candidate.frame.mutual and len(codes[0]) > 1:
        yield "two states"


def _of_filler(page: Page, name: str, filler: Filler) -> Iterator[str]:
    actor: Actor = page.cast.actor(filler.actor)
    yield f"{name}={actor.kind}"
    yield f"{name} from={actor.basis}"
    yield f"{name} coded={actor.code is not None}"
    yield f"{name} sector={actor.sectors[0] if actor.sectors else 'none'}"
    yield f"{name} slot={filler.slot.rpartition('.')[2]}"
    yield f"{name} tag={page.clauses.upos[filler.token]}"


def vectors_of(page: Page, draft: Draft) -> Floats:
    """The vectors of a telling, side by side: 5 × 384; zero where a part is not there."""
    vectors = page.analysis.vectors
    assert vectors is not None
    candidate = draft.act.candidate
    rows = (
        vectors[candidate.head],
        vectors[candidate.top],
        _mean(vectors, [f.token for f in draft.roles.actors]),
        _mean(vectors, [f.token for f in draft.roles.recipients]),
        page.sentence(draft.sentence)[0],
    )
    return np.concatenate(rows)


def _mean(vectors: Floats, tokens: Sequence[int]) -> Floats:
    if not tokens:
        return np.zeros(WIDTH, dtype=np.float32)
    found: Floats = vectors[list(tokens)].mean(axis=0)
    return found


def _bucket(count: int) -> str:
    return _BUCKETS[count] if count < len(_BUCKETS) else "more"
