"""Sayings without a verb of saying: “his claim that …”, “the aim is …”, “according to …”."""

from __future__ import annotations

from dragoman.coding.acts import Attributed, Range
from dragoman.coding.clauses import Clauses
from dragoman.coding.saying import Saying
from dragoman.coding.sources import Sources
from dragoman.language.analysis import Analysis
from dragoman.records import StatementKind

_SENTENCE_ENDS = frozenset((".", "!", "?", ";"))
# A noun phrase that is longer loses its relative clauses and appositions.
_LONG = 15
_DEEDS = frozenset(("demand", "offer", "promise", "threat", "aim", "denial"))
# Nouns whose content may be a thing, with the prepositions that lead to it.
_OF_A_THING = {
    "demand": ("for",),
    "call": ("for",),
    "appeal": ("for",),
    "request": ("for",),
    "plea": ("for",),
    "offer": ("of",),
    "proposal": ("for", "of"),
    "promise": ("of",),
    "pledge": ("of",),
    "threat": ("of",),
    "rejection": ("of",),
}


class Phrases(Sources):
    """The nouns, adjectives and phrases of one document that say something."""

    def __init__(self, analysis: Analysis, clauses: Clauses, saying: Saying) -> None:
        super().__init__(analysis, clauses, saying)
        self.found: list[Attributed] = []

    def noun(self, noun: int, kind: StatementKind) -> None:
        """“His claim that they lied”, “a promise to leave”."""
        infinitive = kind in _DEEDS
        for child in self.children[noun]:
            if child < noun or not self.deprels[child].startswith(("acl", "ccomp", "xcomp")):
                continue
            if self.deprels[child] == "acl:relcl" and self.clauses.mark.get(child) != "that":
                continue
            mark = self.clauses.mark.get(child)
            if mark == "that" or (infinitive and mark == "to"):
                self._add_noun(noun, kind, child)
                return
        if self.lemmas[noun] in _OF_A_THING:
            self._of_thing(noun, kind)

    def _of_thing(self, noun: int, kind: StatementKind) -> None:
        """“Its demand for a vote”, “the offer of talks from Oslo”: with somebody whose it is."""
        for child in self.children[noun]:
            case = self.clauses.case.get(child)
            if (
                child < noun
                or self.deprels[child] != "nmod"
                or case not in _OF_A_THING[self.lemmas[noun]]
            ):
                continue
            holder = self.holder(noun)
            if holder is not None and holder != child:
                self._add_noun(noun, kind, child)
            return

    def _add_noun(self, noun: int, kind: StatementKind, clause: int) -> None:
        source = self.holder(noun)
        first, last = self.analysis.subtree(clause)
        thing = self.deprels[clause] == "nmod"  # “for a vote”: a vote
        self.found.append(
            Attributed(
                kind=kind,
                content=self.trimmed(first + thing, last),
                cue=noun,
                cue_span=(noun, noun + 1),
                source=source,
                source_span=None if source is None else self.source_span(source, noun),
                weak=True,
                hedged=any(
                    self.lemmas[c] in self.saying.hedging_adjectives for c in self.children[noun]
                ),
                lemma=self.lemmas[noun],
            )
        )

    def adjective(self, adjective: int, kind: StatementKind) -> None:
        """“Was adamant that nothing had changed”."""
        source = self.clauses.child(adjective, "nsubj")
        for child in self.children[adjective]:
            clause = child > adjective and self.deprels[child] in ("ccomp", "advcl", "acl")
            clause = clause or (child > adjective and self.deprels[child] == "xcomp")
            leads = ("that", "to") if kind == "offer" else ("that",)
            if source is None or not clause or self.words[adjective + 1] not in leads:
                continue
            self.found.append(
                Attributed(
                    kind=kind,
                    content=self.trimmed(adjective + 1, self.analysis.subtree(child)[1]),
                    cue=adjective,
                    cue_span=(adjective, adjective + 1),
                    source=source,
                    source_span=self.source_span(source, adjective),
                    weak=True,
                    negated=adjective in self.clauses.negation,
                    lemma=self.lemmas[adjective],
                )
            )
            return

    def holder(self, noun: int) -> int | None:
        """Whose word it is: a possessor, “by” or “from” someone, or the subject of the verb."""
        for child in self.children[noun]:
            if self.deprels[child] == "nmod:poss":
                return child
            by = self.deprels[child] in ("nmod", "obl:agent") and (
                self.clauses.case.get(child) != "of" or self.lemmas[noun] not in _OF_A_THING
            )
            if by and self.clauses.case.get(child) in ("by", "from", "of"):
                return child
        head = self.heads[noun]
        light = head >= 0 and self.lemmas[head] in self.saying.giving
        return self.clauses.holder(noun) if light else None

    def aim(self, noun: int, adjective: str | None) -> None:
        """“The objective is peace”, “The bottom line, for Paris, is to win time”."""
        if adjective and not any(self.lemmas[c] == adjective for c in self.children[noun]):
            return
        if not self.deprels[noun].startswith("nsubj"):
            return
        _, end = self.sentence(noun)
        be = next((t for t in range(noun + 1, min(end, noun + 9)) if self.lemmas[t] == "be"), None)
        if be is None or self._finite_between(noun, be):
            return
        last = next((t for t in range(be + 1, end) if self.words[t] in _SENTENCE_ENDS), end)
        content = self.trimmed(be + 1, last)
        if not content or self.words[be + 1] in ("not", "n't", "n’t", "unclear", "clear"):
            return
        source = self._whose_aim(noun, be)
        self.found.append(
            Attributed(
                kind="aim",
                content=content,
                cue=noun,
                cue_span=(noun, noun + 1),
                source=source,
                source_span=None if source is None else self.source_span(source, noun),
                lemma=self.lemmas[noun],
            )
        )

    def _finite_between(self, first: int, last: int) -> bool:
        upos = self.analysis.upos
        return any(upos[t] == "VERB" for t in range(first + 1, last))

    def _whose_aim(self, noun: int, be: int) -> int | None:
        for child in self.children[noun]:
            if self.deprels[child] == "nmod:poss":
                return child
        for token in range(noun + 1, be):
            case = self.clauses.case.get(token)
            if case in ("of", "for") and self.analysis.upos[token] in ("NOUN", "PROPN", "PRON"):
                return token
        # “The staff repeat it: the objective is peace.”
        begin, _ = self.sentence(noun)
        colon = next((t for t in range(noun - 1, begin, -1) if self.words[t] == ":"), None)
        if colon is None:
            return None
        subjects = (t for t in range(begin, colon) if self.deprels[t].startswith("nsubj"))
        return next(subjects, None)

    def according(self, token: int) -> None:
        """“According to Paris, …”: the sentence, or the clause before, without the phrase."""
        after = token + 1
        if after >= len(self.words) or self.words[after].lower() != "to":
            return
        bounds = self.analysis.tokens.bounds
        sentence = self.analysis.sentence_of[token]
        begin, end = bounds[sentence], bounds[sentence + 1]
        source = self.noun_of_phrase(after + 1, end)
        if source is None:
            return
        last = max(source + 1, self.analysis.subtree(source)[1])
        if last - source > _LONG or (last >= end - 1 and token - begin <= 1):
            last = self._comma_after(source, end)
        clause = self._clause_of(source)
        low, high = self.analysis.subtree(clause)
        if token - begin <= 1 or clause == source:
            low, high = begin, end
        content = self.trimmed(low, min(token, high)) + self.trimmed(last, max(last, high))
        if not content:
            return
        self.found.append(
            Attributed(
                kind="claim",
                content=content,
                cue=token,
                cue_span=(token, after + 1),
                source=source,
                source_span=self._within(self.source_span(source, token), after + 1, last),
                lemma="according",
            )
        )

    def _comma_after(self, token: int, end: int) -> int:
        return next((t for t in range(token + 1, end) if self.words[t] == ","), token + 1)

    def _within(self, span: Range, first: int, last: int) -> Range:
        start, end = max(span[0], first), min(span[1], last)
        return (start, end) if start < end else (first, last)

    def view(self, noun: int) -> None:
        """“In Moscow's view”, “in the words of one diplomat”."""
        if self.clauses.case.get(noun) != "in":
            return
        holders = [
            c
            for c in self.children[noun]
            if self.deprels[c] == "nmod:poss"
            or (self.deprels[c] == "nmod" and self.clauses.case.get(c) == "of" and c > noun)
        ]
        if holders and self.words[holders[0]].lower() not in ("other", "its"):
            start = min(self.analysis.subtree(noun)[0], holders[0])
            span = (start, start + 1)
            kind: StatementKind = "claim" if self.lemmas[noun] == "word" else "assessment"
            self._phrase(holders[0], span, noun, self.words[noun], kind=kind)

    def _phrase(
        self, source: int, cue: Range, top: int, lemma: str, *, kind: StatementKind = "claim"
    ) -> None:
        """The clause that such a phrase belongs to, without the phrase."""
        phrase = self._phrase_top(source, cue[0])
        head = self.heads[phrase]
        first, last = self.analysis.subtree(phrase)
        first = min(first, cue[0])
        if head < 0:
            return
        low, high = self.analysis.subtree(self._clause_of(head))
        content = self.trimmed(low, first) + self.trimmed(last, high)
        if not content:
            return
        self.found.append(
            Attributed(
                kind=kind,
                content=content,
                cue=top,
                cue_span=cue,
                source=source,
                source_span=self.source_span(source, top),
                lemma=lemma,
            )
        )

    def _phrase_top(self, token: int, start: int) -> int:
        """The highest token of the phrase that begins at `start`."""
        while True:
            head = self.heads[token]
            if head < 0 or self.analysis.subtree(head)[0] < start or head < start:
                return token
            if self.analysis.upos[head] == "VERB":
                return token
            token = head

    def _clause_of(self, token: int) -> int:
        """The verb or predicate of the clause that a token stands in."""
        while self.heads[token] >= 0 and self.deprels[token] in (
            "obl",
            "nmod",
            "obj",
            "nsubj",
            "compound",
            "amod",
            "nummod",
            "nmod:poss",
            "advmod",
            "appos",
            "nsubj:pass",
        ):
            token = self.heads[token]
        return token
