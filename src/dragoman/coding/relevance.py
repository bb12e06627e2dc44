"""Sentences that tell no politics, whatever words of conflict they use: sport, and questions."""

from __future__ import annotations

from dragoman.coding.clauses import Clauses

# How a reporter's turn begins in the transcript of a briefing.
_ASKED = frozenset({"Q", "Q.", "Q:", "QUESTION", "QUESTION:", "Question:"})
_ENOUGH = 2  # one such word may stand anywhere; two make it sport


def _public(clauses: Clauses, sentence: int) -> bool:
    """Does the sentence speak of those who govern? Then it is not about sport alone."""
    bounds = clauses.analysis.tokens.bounds
    words = clauses.lemmas[bounds[sentence] : bounds[sentence + 1]]
    return not clauses.lexicon.public.isdisjoint(words)


def irrelevant_sentences(clauses: Clauses) -> frozenset[int]:
    """The numbers of the sentences that are about sport, or in which reporters ask."""
    return _of_sport(clauses) | _of_questions(clauses)


def _of_questions(clauses: Clauses) -> frozenset[int]:
    """The turns of those who ask in a transcript: what a question takes for granted, none tells.

    A turn is a paragraph that begins with "Q"; a text with one such turn alone is no transcript.
    """
    bounds, paragraphs = clauses.analysis.tokens.bounds, clauses.analysis.tokens.paragraphs
    asked: dict[int, list[int]] = {}
    current: int | None = None
    for sentence in range(len(bounds) - 1):
        begins = sentence == 0 or paragraphs[sentence] != paragraphs[sentence - 1]
        if begins:
            current = paragraphs[sentence] if clauses.words[bounds[sentence]] in _ASKED else None
        if current is not None:
            asked.setdefault(current, []).append(sentence)
    if len(asked) < _ENOUGH:
        return frozenset()
    return frozenset(sentence for turn in asked.values() for sentence in turn)


def _of_sport(clauses: Clauses) -> frozenset[int]:
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
