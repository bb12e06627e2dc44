"""Which statement a denial, a confirmation or a reply answers."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.acts import Attributed
from dragoman.language.analysis import Analysis
from dragoman.records import StatementKind

_REPLIES = frozenset(
    ("reply", "respond", "retort", "counter", "answer", "confirm", "rebut", "refute", "contradict")
)
_DENIABLE = frozenset(("claim", "accusation", "assessment"))
_HEAVY = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_REACH = 60  # statements
_SENTENCES = 3  # in which an answer without common words may follow


def answered(
    acts: Sequence[Attributed],
    kinds: Sequence[StatementKind],
    speakers: Sequence[str | None],
    inside: Sequence[int | None],
    analysis: Analysis,
) -> list[int | None]:
    """For each statement the place of the one that it answers, or None."""
    words = [_content_words(act, analysis) for act in acts]
    found: list[int | None] = []
    for i, act in enumerate(acts):
        if kinds[i] == "denial" or act.lemma in _REPLIES:
            found.append(_best(i, acts, kinds, speakers, inside, words, analysis))
        else:
            found.append(None)
    return found


def _content_words(act: Attributed, analysis: Analysis) -> frozenset[str]:
    return frozenset(
        analysis.lemmas[t].lower()
        for first, last in act.content
        for t in range(first, last)
        if analysis.upos[t] in _HEAVY
    )


def _best(
    i: int,
    acts: Sequence[Attributed],
    kinds: Sequence[StatementKind],
    speakers: Sequence[str | None],
    inside: Sequence[int | None],
    words: Sequence[frozenset[str]],
    analysis: Analysis,
) -> int | None:
    """The nearest earlier statement of another speaker that shares most of the words."""
    best, best_score = None, 0.0
    here = analysis.sentence_of[acts[i].first]
    for j in range(i - 1, max(-1, i - _REACH), -1):
        if not _may_answer(i, j, acts, kinds, speakers, inside):
            continue
        near = here - analysis.sentence_of[acts[j].last - 1]
        shared = len(words[i] & words[j]) / max(1, min(len(words[i]), len(words[j])))
        score = shared + (0.35 if near <= 1 else 0.15 if near <= _SENTENCES else 0.0)
        if score > best_score and (shared >= 0.34 or near <= 1):
            best, best_score = j, score
    return best


def _may_answer(
    i: int,
    j: int,
    acts: Sequence[Attributed],
    kinds: Sequence[StatementKind],
    speakers: Sequence[str | None],
    inside: Sequence[int | None],
) -> bool:
    if inside[j] == i or inside[i] == j:
        return False
    if kinds[i] == "denial" and kinds[j] not in _DENIABLE:
        return False
    if speakers[i] is not None and speakers[i] == speakers[j]:
        return False
    return acts[i].source is None or acts[i].source != acts[j].source
