"""Contexts: the fields that an event belongs to: from its frame, its sentence, who takes part, and
what the document is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from dragoman.coding.clauses import Clauses
from dragoman.ontology import load_ontology
from dragoman.records import Actor

_MOST = 4  # more contexts than this say little
_OFTEN = 4  # words of a context that make it one of the document's
_AMONG_STATES = frozenset({"CONSULT", "AGREE", "SUPPORT"})
_COMMON = frozenset({"diplomatic"})  # says little of what an event is about
_FORCE = frozenset({"ASSAULT", "MOBILIZE"})
_NO_ARMY = frozenset({"crowd-control", "police", "targeted", "sexual", "beat", "primitive"})
_ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "PRE"})
# What a document is about is passed on to events of these types when nothing nearer is told.
_PASSED_ON: Mapping[str, frozenset[str]] = {
    "military": frozenset({"ASSAULT", "MOBILIZE", "RETREAT", "AID", "THREATEN", "AGREE"}),
    "economic": frozenset({"SANCTION", "COOPERATE", "AGREE", "CONSULT", "REQUEST", "THREATEN",
                           "COERCE", "ACCUSE", "REJECT", "SUPPORT"}),
    "terrorism": frozenset({"ASSAULT", "COERCE", "ACCUSE", "REQUEST", "SANCTION", "AGREE"}),
    "legal": frozenset({"ACCUSE", "COERCE", "SANCTION", "CONSULT", "REJECT"}),
    "cbrn": frozenset({"REQUEST", "REJECT", "AGREE", "CONSULT", "ACCUSE", "SANCTION"}),
    "repression": frozenset({"PROTEST", "COERCE", "ASSAULT"}),
    "election": frozenset({"ACCUSE", "SUPPORT", "REQUEST", "REJECT", "PROTEST"}),
    "environment": frozenset({"REQUEST", "ACCUSE", "AGREE", "CONSULT"}),
}  # fmt: skip


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


@cache
def _beginnings() -> frozenset[str]:
    """Every word that is or begins one of a context."""
    single, phrases = _by_word()
    return frozenset((*single, *phrases))


def contexts_of_sentence(clauses: Clauses, sentence: int) -> tuple[str, ...]:
    """The contexts that the words of a sentence speak of, the strongest first."""
    bounds = clauses.analysis.tokens.bounds
    return _ordered(_counts(clauses, bounds[sentence], bounds[sentence + 1]))


def contexts_of_document(clauses: Clauses) -> tuple[str, ...]:
    """Those that the whole document speaks of often, the strongest first."""
    counts = _counts(clauses, 0, len(clauses.lemmas))
    return _ordered({name: count for name, count in counts.items() if count >= _OFTEN})


def _counts(clauses: Clauses, first: int, last: int) -> dict[str, int]:
    single, phrases = _by_word()
    begins = _beginnings()
    lemmas, words = clauses.lemmas, clauses.words
    counts: dict[str, int] = {}
    for token in range(first, last):
        lemma, word = lemmas[token].lower(), words[token].lower()
        if lemma not in begins and word not in begins:
            continue
        for context in single.get(lemma) or single.get(word, ()):
            counts[context] = counts.get(context, 0) + 1
        for parts, context in (*phrases.get(lemma, ()), *phrases.get(word, ())):
            if all(
                token + step < last
                and part in (lemmas[token + step].lower(), words[token + step].lower())
                for step, part in enumerate(parts)
            ):
                counts[context] = counts.get(context, 0) + 1
                break
    return counts


def _ordered(counts: Mapping[str, int]) -> tuple[str, ...]:
    order = {name: place for place, name in enumerate(load_ontology().contexts)}
    return tuple(sorted(counts, key=lambda context: (-counts[context], order[context])))


def contexts_of(
    frame_contexts: Sequence[str],
    sentence_contexts: Sequence[str],
    *,
    type: str = "",
    mode: str | None = None,
    actors: Sequence[Actor] = (),
    document_contexts: Sequence[str] = (),
) -> tuple[str, ...]:
    """Those of the frame first, then what kind of event it is and between whom, then those of the
    sentence; where there is none at all, the one that the document is about."""
    found = dict.fromkeys((*frame_contexts, *_by_kind(type, mode, actors), *sentence_contexts))
    if found.keys() <= _COMMON:
        for context in document_contexts:
            if type in _PASSED_ON.get(context, ()):
                return tuple(dict.fromkeys((*found, context)))
    return tuple(found)[:_MOST]


def _by_kind(type: str, mode: str | None, actors: Sequence[Actor]) -> list[str]:
    """What follows from the type and who takes part: force by armies, talks between states."""
    found = []
    armed = any(a.kind in ("state", "armed-group") or _ARMED & set(a.sectors) for a in actors)
    if type in _FORCE and mode not in _NO_ARMY and armed:
        found.append("military")
    codes = {actor.code for actor in actors if actor.code}
    if type in _AMONG_STATES and len(codes) > 1:
        found.append("diplomatic")
    if any(_is_terror(actor) for actor in actors):
        found.append("terrorism")
    return found


def _is_terror(actor: Actor) -> bool:
    """Groups that the list of the context names."""
    words = load_ontology().contexts["terrorism"]
    return actor.kind == "armed-group" and actor.id.replace("-", "_") in words
