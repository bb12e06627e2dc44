"""Predicates that no frame fits but that join two political actors: what the judge may propose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dragoman.coding.drafts import Draft
from dragoman.coding.judging_features import WIDTH, Floats, Page

Predicate = tuple[int, tuple[int, ...], tuple[int, ...]]  # the verb, who acts, who is acted on
_LIGHT = frozenset(
    {"be", "have", "do", "say", "tell", "add", "make", "get", "go", "come", "see", "know", "think"}
)
_BEHIND = ("to", "with", "on", "against", "for", "from", "of", "in", "at", "over")


def open_predicates(page: Page, drafts: Iterable[Draft]) -> list[Predicate]:
    """Verbs outside every telling with an actor as subject and another one behind them."""
    taken = {token for draft in drafts for token in draft.act.candidate.trigger}
    clauses, found = page.clauses, []
    for token, tag in enumerate(clauses.upos):
        if tag != "VERB" or token in taken or clauses.lemmas[token] in _LIGHT:
            continue
        agent = clauses.agent(token)
        if agent is None:
            continue
        actors = _named(page, [agent])
        if not actors:
            continue
        behind = [*clauses.objects(token)]
        for preposition in _BEHIND:
            behind += clauses.under(token, preposition)
        own = {page.cast.at(actor) for actor in actors}
        others = [t for t in _named(page, behind) if page.cast.at(t) not in own]
        if others:
            found.append((token, tuple(actors), tuple(others)))
    return found


def _named(page: Page, tokens: Sequence[int]) -> list[int]:
    """Those of the phrases' heads that name a political actor."""
    found = []
    for token in tokens:
        for one in page.clauses.coordinated(token):
            id = page.cast.at(one)
            if id is not None and page.political(id):
                found.append(one)
    return list(dict.fromkeys(found))


def predicate_vectors(
    page: Page, token: int, actors: Sequence[int], recipients: Sequence[int]
) -> Floats:
    """The vectors of a predicate, in the order of those of a telling."""
    vectors = page.analysis.vectors
    assert vectors is not None
    empty = np.zeros(WIDTH, dtype=np.float32)
    return np.concatenate(
        (
            vectors[token],
            vectors[token],
            vectors[list(actors)].mean(axis=0) if actors else empty,
            vectors[list(recipients)].mean(axis=0) if recipients else empty,
            page.sentence(page.analysis.sentence_of[token])[0],
        )
    )
