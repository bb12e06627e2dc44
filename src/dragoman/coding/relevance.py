"""Sentences that tell no politics, whatever words of conflict they use: sport above all."""

from __future__ import annotations

from dragoman.coding.clauses import Clauses

_ENOUGH = 2  # one such word may stand anywhere; two make it sport


def _public(clauses: Clauses, sentence: int) -> bool:
    """Does the sentence speak of those who govern? Then it is not about sport alone."""
    bounds = clauses.analysis.tokens.bounds
    words = clauses.lemmas[bounds[sentence] : bounds[sentence + 1]]
    return not clauses.lexicon.public.isdisjoint(words)


def irrelevant_sentences(clauses: Clauses) -> frozenset[int]:
    """The numbers of the sentences that are about sport."""
    sport = clauses.lexicon.sport
    bounds = clauses.analysis.tokens.bounds
    sentence_of = clauses.analysis.sentence_of
    hits: dict[int, set[str]] = {}
    for token, lemma in enumerate(clauses.lemmas):
        if lemma in sport:
            hits.setdefault(sentence_of[token], set()).add(lemma)
    if not hits:
        return frozenset()
    found = {
        sentence
        for sentence, words in hits.items()
        if len(words) >= _ENOUGH and not _public(clauses, sentence)
    }
    if len(found) * 2 > len(bounds) - 1:  # a report on sport: what touches it is sport as well
        found |= set(hits)
    return frozenset(found)
