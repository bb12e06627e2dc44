"""The model's own tags of sources, cues and contents, joined with what the rules found.

Tags know more words of saying than the list does, and stay close to what people mark; rules know
whole clauses and quotation marks. So a tagged cue that no act has makes a new act, with the source
and the content that the parse or the nearest tags give it; an act that lacks a source takes the
tagged one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.coding.acts import Attributed, Range
from dragoman.coding.attribution import Grammar
from dragoman.records import StatementKind

_NEAR = 30  # words between a cue and a tag of the same sentence


@dataclass(slots=True)
class _Tags:
    sources: list[Range] = field(default_factory=list)
    cues: list[Range] = field(default_factory=list)
    contents: list[Range] = field(default_factory=list)


def join_tags(grammar: Grammar, acts: list[Attributed]) -> list[Attributed]:
    """The acts, completed by the model's tags, and those that only the tags show."""
    analysis = grammar.analysis
    if not analysis.attributions:
        return acts
    by_sentence: dict[int, _Tags] = {}
    for tag in analysis.attributions:
        tags = by_sentence.setdefault(analysis.sentence_of[tag.first], _Tags())
        spans = {"source": tags.sources, "cue": tags.cues, "content": tags.contents}
        spans[tag.role].append((tag.first, tag.last))
    cued: dict[int, Attributed] = {}
    for act in acts:
        for token in range(*(act.cue_span or (0, 0))):
            cued[token] = act
    joined = list(acts)
    for tags in by_sentence.values():
        for cue in tags.cues:
            known = next((cued[t] for t in range(*cue) if t in cued), None)
            if known is not None:
                known.tagged = True
                _extend(known, tags)
                if known.source is None:
                    _give_source(grammar, known, tags, cue)
                continue
            fresh = _act(grammar, tags, cue)
            if fresh is not None:
                joined.append(fresh)
    return joined


def _extend(act: Attributed, tags: _Tags) -> None:
    """A tagged content that goes on where the parse broke off completes the last piece."""
    first, last = act.content[-1]
    for low, high in tags.contents:
        if low <= last and first < high and high > last:
            blocked = any(last <= t < high for t in (act.cue, act.source) if t is not None)
            if not blocked:
                act.content[-1] = (first, high)
                return


def _act(grammar: Grammar, tags: _Tags, cue: Range) -> Attributed | None:
    head = _head(grammar, cue)
    if grammar.analysis.upos[head] == "AUX" and grammar.heads[head] >= 0:
        head = grammar.heads[head]
    content = _content(grammar, tags, cue)
    if not content:
        return None
    act = Attributed(
        kind=_kind(grammar, head),
        content=content,
        cue=head,
        cue_span=cue,
        weak=True,
        tagged=True,
        only_tagged=True,
        lemma=grammar.lemmas[head],
        negated=head in grammar.clauses.negation,
        hedged=grammar.is_hedged(head),
    )
    _give_source(grammar, act, tags, cue)
    return act


def _kind(grammar: Grammar, head: int) -> StatementKind:
    lemma = grammar.lemmas[head]
    entries = grammar.saying.verbs.get(lemma)
    if entries:
        return entries[0].kind
    return grammar.saying.nouns.get(lemma, "other")


def _head(grammar: Grammar, span: Range) -> int:
    """The word of a span that nothing in it governs, a verb before others."""
    first, last = span
    tops = [t for t in range(first, last) if not first <= grammar.heads[t] < last]
    verbs = [t for t in range(first, last) if grammar.analysis.upos[t] == "VERB"]
    for token in tops:
        if token in verbs:
            return token
    nouns = [t for t in tops if grammar.analysis.upos[t] in ("NOUN", "PROPN", "PRON")]
    return (verbs or nouns or tops)[0]


def _noun(grammar: Grammar, span: Range) -> int:
    """The noun of a tagged source that nothing in it governs."""
    first, last = span
    tops = [t for t in range(first, last) if not first <= grammar.heads[t] < last]
    nominal = ("NOUN", "PROPN", "PRON")
    nouns = [t for t in tops if grammar.analysis.upos[t] in nominal]
    return (
        nouns or [t for t in range(first, last) if grammar.analysis.upos[t] in nominal] or tops
    )[0]


def _content(grammar: Grammar, tags: _Tags, cue: Range) -> list[Range]:
    """The tagged content nearest to the cue; what stands on both sides of it belongs together."""
    best = _nearest(tags.contents, cue)
    return [] if best is None else grammar.trimmed(*best)


def _give_source(grammar: Grammar, act: Attributed, tags: _Tags, cue: Range) -> None:
    """The subject of the cue where a tag confirms it, else the nearest tagged source."""
    subject = None
    if act.cue is not None and grammar.analysis.upos[act.cue] == "VERB":
        subject = grammar.subject(act.cue)
    if subject is not None and any(a <= subject < b for a, b in tags.sources):
        source: int | None = subject
    else:
        near = _nearest(tags.sources, cue)
        source = _noun(grammar, near) if near is not None else None
    if source is None or act.holds(source) or _undergoes(grammar, act, source):
        return
    act.source = source
    act.source_span = grammar.source_span(source, cue[0])


def _undergoes(grammar: Grammar, act: Attributed, source: int) -> bool:
    """“A cleric accused of plotting”: the cleric does not accuse."""
    cue = act.cue
    if cue is None or grammar.analysis.upos[cue] != "VERB" or not grammar.undergoes(cue):
        return False
    return grammar.clauses.case.get(source) != "by"


def _nearest(spans: Sequence[Range], cue: Range) -> Range | None:
    """The span with the fewest words between it and the cue; of two, the one before."""
    best: Range | None = None
    best_gap = _NEAR
    for span in spans:
        gap = cue[0] - span[1] if span[1] <= cue[0] else span[0] - cue[1]
        if 0 <= gap < best_gap:
            best, best_gap = span, gap
    return best
