"""Where what is said ends: contents cut before the next act, completed, or told once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dragoman.coding.acts import Attributed
from dragoman.coding.attribution import Grammar
from dragoman.language.analysis import Analysis
from dragoman.language.quotations import Quotation

_BEGINS = frozenset(("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"))
_REFUSING = frozenset(("deny", "reject", "dismiss", "refute", "rebut", "dispute"))
_CHARGES = frozenset(("charge", "accusation", "allegation", "claim", "assertion", "suggestion"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NEAR = 8  # words between a charge and its denial
_JOINS = frozenset((",", "and", "but", "–", "-", "—"))


def resolve_relatives(acts: Sequence[Attributed], analysis: Analysis) -> None:
    """“… accuse it of lying, which it denies”: what is denied is what was said before."""
    for act in acts:
        if not act.answers_relative or act.last - act.first > 1:
            continue
        relative = act.first
        for outer in acts:
            if outer is not act and outer.cue is not None and outer.cue < relative:
                _cut(outer, relative, analysis)
        told = [a for a in acts if a is not act and 0 <= relative - a.last <= 2]
        if told:
            act.content = list(max(told, key=_size).content)
            continue
        head = analysis.heads[act.cue] if act.cue is not None else -1
        if 0 <= head < relative:
            first = analysis.subtree(head)[0]
            last = relative - (analysis.words[relative - 1] == ",")
            act.content = [(min(first, head), max(last, head + 1))]


def resolve_charges(acts: Sequence[Attributed], grammar: Grammar) -> None:
    """“…, a charge Oslo denies”, “…, claims dismissed by Oslo”: what was said before is denied."""
    for act in acts:
        if act.cue is None or act.lemma not in _REFUSING:
            continue
        noun = _charge_before(act.cue, grammar)
        if noun is None:
            continue
        source = _denier(act, noun, grammar)
        begin = noun - (grammar.analysis.upos[noun - 1] == "DET") - 1
        for outer in acts:
            if outer is not act and outer.cue is not None and outer.cue < begin:
                _cut(outer, begin + 1, grammar.analysis)
        told = [a for a in acts if a is not act and 0 <= begin - a.last <= 1]
        if source is None or grammar.words[begin] not in _JOINS or not told:
            continue
        act.kind, act.source, act.quoted, act.only_tagged = "denial", source, False, False
        act.source_span = grammar.source_span(source, act.cue)
        outer = max(told, key=_size)
        outer.only_tagged = False  # not the same as its denial
        act.content = list(outer.content)


def _denier(act: Attributed, noun: int, grammar: Grammar) -> int | None:
    """Who stands between a charge and the word that denies it, else behind its “by”."""
    assert act.cue is not None
    between = range(noun + 1, act.cue)
    if act.source in between:
        return act.source
    names = [t for t in between if grammar.analysis.upos[t] in ("NOUN", "PROPN")]
    return names[-1] if names else _agent(grammar, act.cue)


def _charge_before(cue: int, grammar: Grammar) -> int | None:
    """The “charge” of “a charge that Oslo has denied”."""
    for token in range(cue - 1, max(1, cue - _NEAR), -1):
        if grammar.words[token] in _JOINS:
            return None
        if grammar.lemmas[token] in _CHARGES:
            return token
    return None


def _agent(grammar: Grammar, verb: int) -> int | None:
    """The noun behind the next “by” of the sentence."""
    _, end = grammar.sentence(verb)
    by = next((t for t in range(verb + 1, end - 1) if grammar.words[t] == "by"), None)
    head = -1 if by is None else grammar.heads[by]
    return head if by is not None and head > by else None


def cut_participles(acts: Sequence[Attributed], analysis: Analysis) -> None:
    """“Said it was a day of hope, adding: “…””: what is added is another statement."""
    by_source: dict[int, list[Attributed]] = defaultdict(list)
    for act in acts:
        if act.source is not None and act.cue is not None:
            by_source[act.source].append(act)
    for told in by_source.values():
        for act in told:
            cue = act.cue
            assert cue is not None
            adds = (analysis.xpos[cue] == "VBG" and not _is_governed(cue, analysis)) or (
                act.quoted and analysis.words[cue - 1] in _JOINS
            )
            if not adds or act.first < cue:
                continue
            for outer in told:
                if outer.cue is not None and outer.cue < cue:
                    _cut(outer, cue, analysis)


def _is_governed(cue: int, analysis: Analysis) -> bool:
    """“Blamed him for saying …”: what was said is part of the blame."""
    return analysis.words[cue - 1].lower() in ("for", "of", "by", "about", "from")


def cut_deeds(acts: Sequence[Attributed], analysis: Analysis) -> None:
    """“Accused him of lying and left”: what is done beside the saying is not what is said."""
    for act in acts:
        if act.cue is None or act.quoted:
            continue
        first, last = act.content[-1]
        for token in range(max(first, act.cue) + 1, last):
            head = analysis.heads[token]
            if analysis.deprels[token] != "conj" or not _is_finite(token, analysis):
                continue
            if head == act.cue or _is_open(head, analysis):
                _cut(act, analysis.subtree(token)[0], analysis)
                break


def _is_finite(verb: int, analysis: Analysis) -> bool:
    """“Left”, “has left”."""
    helped = any(analysis.xpos[c] in _FINITE for c in analysis.children[verb] if c < verb)
    return analysis.xpos[verb] in _FINITE or (analysis.xpos[verb] == "VBN" and helped)


def _is_open(verb: int, analysis: Analysis) -> bool:
    """A gerund or an infinitive, with which no finite verb is joined."""
    if analysis.xpos[verb] == "VBG":
        return not any(analysis.deprels[c] == "aux" for c in analysis.children[verb])
    to = any(analysis.words[c] == "to" for c in analysis.children[verb] if c < verb)
    return analysis.xpos[verb] == "VB" and to


def finish(acts: Sequence[Attributed], analysis: Analysis) -> None:
    """A content that the parse broke off behind a verb runs on: “as having | one of the worst”."""
    upos, bounds = analysis.upos, analysis.tokens.bounds
    sources = {act.source for act in acts} | {act.cue for act in acts}
    for act in acts:
        first, last = act.content[-1]
        if act.quoted or act.cue is None or act.cue > first or upos[last - 1] != "VERB":
            continue
        end = last
        stop = bounds[analysis.sentence_of[last - 1] + 1]
        while end < stop and upos[end] not in ("PUNCT", "SCONJ", "CCONJ"):
            end += 1
        if upos[last : last + 1] and upos[last] in _BEGINS and not sources & set(range(last, end)):
            act.content[-1] = (first, end)


def _cut(act: Attributed, relative: int, analysis: Analysis) -> None:
    """Ends a content before another act of saying that stands in its last piece."""
    first, last = act.content[-1]
    if first < relative < last:
        while relative - 1 > first and analysis.words[relative - 1] in _JOINS:
            relative -= 1
        act.content[-1] = (first, relative)


def _size(act: Attributed) -> int:
    return sum(last - first for first, last in act.content)


def into_quotations(
    acts: Sequence[Attributed], quotations: Sequence[Quotation], analysis: Analysis
) -> None:
    """What breaks off before a quotation goes on in it: “should be ready for them “to strike””."""
    opened = {q.first: q for q in quotations if q.depth == 0 and q.closed}
    for act in acts:
        first, last = act.content[-1]
        quotation = opened.get(last)
        if act.quoted or act.cue is None or act.cue > first or quotation is None:
            continue
        same = analysis.sentence_of[last - 1] == analysis.sentence_of[quotation.last - 1]
        if same and analysis.upos[last - 1] not in ("PUNCT", "VERB", "AUX"):
            act.content[-1] = (first, quotation.last)
