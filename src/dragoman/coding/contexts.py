"""Contexts: the fields that an event belongs to, from its frame and the words of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dragoman.coding.clauses import Clauses
from dragoman.ontology import load_ontology

_MOST = 4  # more contexts than this say little


@cache
def _by_word() -> tuple[dict[str, tuple[str, ...]], dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Single words to contexts, and the first words of phrases to phrase and context."""
    single: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for context, words in load_ontology().contexts.items():
        for word in words:
            parts = tuple(word.split("_"))
            if len(parts) == 1:
                single.setdefault(word, []).append(context)
            else:
                phrases.setdefault(parts[0], []).append((parts, context))
    return {word: tuple(contexts) for word, contexts in single.items()}, phrases


def contexts_of_sentence(clauses: Clauses, sentence: int) -> tuple[str, ...]:
    """The contexts that the words of a sentence speak of, the strongest first."""
    single, phrases = _by_word()
    bounds = clauses.analysis.tokens.bounds
    lemmas = clauses.lemmas
    counts: dict[str, int] = {}
    for token in range(bounds[sentence], bounds[sentence + 1]):
        lemma = lemmas[token]
        for context in single.get(lemma, ()):
            counts[context] = counts.get(context, 0) + 1
        for parts, context in phrases.get(lemma, ()):
            if tuple(lemmas[token : token + len(parts)]) == parts:
                counts[context] = counts.get(context, 0) + 1
    order = {name: place for place, name in enumerate(load_ontology().contexts)}
    return tuple(sorted(counts, key=lambda context: (-counts[context], order[context])))


def contexts_of(frame_contexts: Sequence[str], sentence_contexts: Sequence[str]) -> tuple[str, ...]:
    """Those of the frame first, then those of the sentence."""
    return tuple(dict.fromkeys((*frame_contexts, *sentence_contexts)))[:_MOST]
