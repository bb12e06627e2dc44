"""What the judge looks at: the document, counted once, and the encoder's vectors of a telling.

The vectors are those of the trigger, of the word that stands for the whole in its sentence, of who
acts, of who is acted on, the mean of the sentence, of the word that governs the telling, of its
object, and the mean of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dragoman.coding.clauses import Clauses
from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import CastLike, is_political
from dragoman.language.analysis import Analysis

Floats = npt.NDArray[np.float32]
WIDTH = 384  # of one vector of the encoder
PARTS = ("trigger", "carrier", "actor", "recipient", "sentence", "governor", "object", "text")
_FEW = 5  # sentences of a text too short to tell what it is about
_BUCKETS = ("0", "1", "2", "3")
_MOST_BESIDE = 20  # tellings of one sentence that are looked at beside one of them


class Page:
    """One document as the judge sees it; what holds for the whole of it is counted once."""

    def __init__(self, clauses: Clauses, cast: CastLike, drafts: Sequence[Draft] = ()) -> None:
        self.clauses = clauses
        self.drafts = drafts
        self.types = Counter(draft.type for draft in drafts)
        self.analysis: Analysis = clauses.analysis
        self.cast = cast
        self._political = {actor.id: is_political(cast.actor(actor.id)) for actor in cast.actors}
        self._sentences: dict[int, tuple[Floats, tuple[str, ...]]] = {}
        states = sum(actor.kind == "state" for actor in cast.actors)
        share = sum(self._political.values()) / max(1, len(self._political))
        self.sentences = self.analysis.tokens.sentences_of_text
        self.partly = self.analysis.tokens.whole is not None
        self.is_short = self.sentences < _FEW
        told = (f"states={bucket(states)}", f"political share={int(share * 4)}")
        self.facts = () if self.is_short else told

    @cached_property
    def mean(self) -> Floats:
        """The mean vector of the text, of the words that were not read as they may be."""
        assert self.analysis.vectors is not None
        found: Floats = self.analysis.vectors.mean(axis=0)
        tokens = self.analysis.tokens
        if tokens.unread is not None:
            share = len(tokens.left_out) / (len(tokens.left_out) + len(tokens))
            found = found + np.float32(share) * (tokens.unread - found)
        return found

    @cached_property
    def _by_sentence(self) -> dict[int, list[Draft]]:
        found: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            found.setdefault(draft.sentence, []).append(draft)
        return found

    def beside(self, draft: Draft) -> list[Draft]:
        """The other tellings of its sentence, the first of them where they are many."""
        here = self._by_sentence.get(draft.sentence, [])[: _MOST_BESIDE + 1]
        return [other for other in here if other is not draft and other.number != draft.number]

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
        yield f"political in sentence={bucket(political)}"


def vectors_of(page: Page, draft: Draft) -> Floats:
    """The vectors of a telling, side by side: 8 × 384; zero where a part is not there."""
    vectors = page.analysis.vectors
    assert vectors is not None
    candidate = draft.act.candidate
    rows = (
        vectors[candidate.head],
        vectors[candidate.top],
        _mean(vectors, [f.token for f in draft.roles.actors]),
        _mean(vectors, [f.token for f in draft.roles.recipients]),
        page.sentence(draft.sentence)[0],
        governor(page, candidate.top),
        object_of(page, candidate.head),
        page.mean,
    )
    return np.concatenate(rows)


def governor(page: Page, top: int) -> Floats:
    return _vector(page, page.clauses.heads[top])


def _vector(page: Page, token: int) -> Floats:
    vectors = page.analysis.vectors
    if vectors is None or token < 0:
        return np.zeros(WIDTH, dtype=np.float32)
    return np.asarray(vectors[token], dtype=np.float32)


def object_of(page: Page, head: int) -> Floats:
    """The first object of the trigger, else the first phrase that hangs on it."""
    clauses = page.clauses
    for wanted in (("obj",), ("nsubj:pass",), ("ccomp", "xcomp"), ("nmod", "obl", "compound")):
        for child in clauses.children[head]:
            if clauses.deprels[child] in wanted:
                return _vector(page, child)
    return _vector(page, -1)


def _mean(vectors: Floats, tokens: Sequence[int]) -> Floats:
    if not tokens:
        return np.zeros(WIDTH, dtype=np.float32)
    found: Floats = vectors[list(tokens)].mean(axis=0)
    return found


def bucket(count: int) -> str:
    return _BUCKETS[count] if count < len(_BUCKETS) else "more"
