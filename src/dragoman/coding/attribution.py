"""Who is said to say what: sources, cues and contents, read off the parse.

This module finds the acts of saying whose words govern their content in the parse or stand beside
it; `quoting` finds the ones that only quotation marks and neighbourhood show.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.acts import Attributed, Range
from dragoman.coding.clauses import Clauses
from dragoman.coding.contents import Contents
from dragoman.coding.phrases import Phrases
from dragoman.coding.saying import Saying, SayingVerb
from dragoman.language.analysis import Analysis

_CONJUNCTIONS = frozenset(("assume", "consider", "see", "regard", "judge"))
_QUOTING = SayingVerb(
    kind="claim", takes=frozenset(("clause",)), prepositions=frozenset(), to=frozenset(), weak=False
)


class Grammar(Contents):
    """The acts of saying that the parse of one document shows."""

    def __init__(self, analysis: Analysis, clauses: Clauses, saying: Saying) -> None:
        super().__init__(analysis, clauses, saying)
        self.phrases = Phrases(analysis, clauses, saying)
        self.found: list[Attributed] = self.phrases.found
        # Verbs that may introduce a quotation, whether or not they govern a content.
        self.introducing: dict[int, SayingVerb] = {}

    def run(self) -> list[Attributed]:
        verbs, nouns = self.saying.verbs, self.saying.nouns
        aims, views = self.saying.aims, self.saying.views
        upos = self.analysis.upos
        heads_of_particles = self.clauses.particle
        for token, lemma in enumerate(self.lemmas):
            if lemma in ("according", "accord") and self.words[token].lower() == "according":
                self.phrases.according(token)
            elif upos[token] == "VERB" or (upos[token] == "AUX" and lemma in ("say", "want")):
                particle = heads_of_particles.get(token)
                entries = verbs.get(f"{lemma}_{particle}") if particle else None
                entries = entries or verbs.get(lemma) or verbs.get(self._base(token))
                if entries:
                    self._verb(token, entries)
            elif upos[token] == "NOUN":
                if lemma in nouns:
                    self.phrases.noun(token, nouns[lemma])
                if lemma in aims:
                    self.phrases.aim(token, aims[lemma])
                if lemma in views:
                    self.phrases.view(token)
            elif upos[token] == "ADJ" and lemma in self.saying.adjectives:
                self.phrases.adjective(token, self.saying.adjectives[lemma])
        return self.found

    def _base(self, token: int) -> str:
        """The base of a verb whose ending the lemmas kept: “confides”."""
        lemma = self.lemmas[token]
        return lemma[:-1] if lemma.endswith("s") else lemma

    def _verb(self, verb: int, entries: Sequence[SayingVerb]) -> None:
        if self.deprels[verb] in ("amod", "compound", "case", "mark"):
            return
        if self.lemmas[verb] in _CONJUNCTIONS and self.analysis.xpos[verb] == "VBG":
            return  # “assuming she returns”
        if self.lemmas[verb] in ("quote", "cite"):
            self._quoted_as(verb)
        for entry in entries:
            content = self.content(verb, entry)
            if content:
                self._add(verb, entry, content)
                break
        else:
            self._loose(verb, entries)
        quoting = next((e for e in entries if "quote" in e.takes and not e.needs), None)
        if quoting is not None:
            self.introducing[verb] = quoting

    def _quoted_as(self, verb: int) -> None:
        """“The agency quoted witnesses as giving another number”: the witnesses give it."""
        clause = next(
            (c for c in self.children[verb] if c > verb and self.words[c - 1].lower() == "as"),
            None,
        )
        if clause is None or self.lemmas[clause] in self.saying.verbs:
            return
        source = self.quoted(clause, verb)
        content = self.trimmed(clause + 1, self.analysis.subtree(clause)[1])
        if source is not None and content and self.analysis.xpos[clause] == "VBG":
            act = self.act(verb, _QUOTING, source, content)
            act.to = None
            self.found.append(act)

    def _loose(self, verb: int, entries: Sequence[SayingVerb]) -> None:
        """What place alone shows where the parse gives a verb of saying no content."""
        entry = next((e for e in entries if "clause" in e.takes), None)
        if entry is None or self.deprels[verb] == "acl":
            return
        begin, end = self.sentence(verb)
        reach = 2 if entry.weak else 14
        that = next((t for t in range(verb + 1, min(end, verb + reach)) if self.is_that(t)), None)
        if that is not None:
            content = self.trimmed(that, end)
        elif entry.weak:
            return
        else:
            content = self.said_before(verb, begin, end)
        if content:
            self._add(verb, entry, content)

    def _add(self, verb: int, entry: SayingVerb, content: list[Range]) -> Attributed:
        source = self.subject(verb)
        content = self._around_cue(verb, source, content)
        if source is not None and any(first <= source < last for first, last in content):
            source = None
        if source is None and not entry.weak and not self.clauses.passive(verb):
            source, content = self.source_beside(verb, content)
        act = self.act(verb, entry, source, content)
        if self.clauses.child(verb, "obj") is not None and self.is_relative_object(verb):
            act.answers_relative = True
        self.found.append(act)
        return act

    def _around_cue(self, verb: int, source: int | None, content: list[Range]) -> list[Range]:
        """A content that the parse drew over the words of saying, in pieces around them."""
        pieces: list[Range] = []
        for first, last in content:
            if not first <= verb < last:
                pieces.append((first, last))
                continue
            begin, end = self.cue_span(verb)
            if source is not None and first < source < last:
                low, high = self.source_span(source, verb)
                begin, end = min(begin, low), max(end, high)
            pieces += self.trimmed(first, begin) + self.trimmed(end, last)
        return pieces or content

    def act(
        self, verb: int, entry: SayingVerb, source: int | None, content: list[Range]
    ) -> Attributed:
        """The act that a verb tells, with what the verb's own words show of it."""
        return Attributed(
            kind=entry.kind,
            content=content,
            cue=verb,
            cue_span=self.cue_span(verb),
            source=source,
            source_span=None if source is None else self.source_span(source, verb),
            to=self._addressee(verb, entry),
            hedged=self.is_hedged(verb),
            negated=verb in self.clauses.negation,
            weak=entry.weak,
            lemma=self.lemmas[verb],
            pronoun=self.clauses.child(verb, "nsubj"),
        )

    def _addressee(self, verb: int, entry: SayingVerb) -> int | None:
        upos = self.analysis.upos
        for child in self.children[verb]:
            deprel = self.deprels[child]
            if deprel in ("obj", "iobj"):
                if "object" in entry.to or deprel == "iobj" or "whole" in entry.takes:
                    return child
            elif deprel == "obl" and upos[child] in ("PROPN", "NOUN", "PRON"):
                case = self.clauses.case.get(child)
                if case == "to" or case in entry.to:
                    return child
            elif deprel == "nsubj:pass" and "object" in entry.to:
                return child
        return None

    def is_hedged(self, verb: int) -> bool:
        """“Would have said”, “reportedly said”, “is said to have warned”."""
        lemmas, hedges = self.lemmas, self.saying.hedging_adverbs
        aux = {lemmas[a] for a in self.clauses.aux.get(verb, ())}
        if "would" in aux and "have" in aux:
            return not any(self.clauses.mark.get(c) == "if" for c in self.children[verb])
        if any(lemmas[c] in hedges for c in self.children[verb]):
            return True
        head = self.heads[verb]
        infinitive = self.deprels[verb] in ("advcl", "ccomp") and self.is_infinitive(verb)
        if head >= 0 and (self.deprels[verb] == "xcomp" or infinitive):
            raised = lemmas[head] in self.saying.hedging_passives and self.clauses.passive(head)
            return raised or any(lemmas[c] in hedges for c in self.children[head] if c < verb)
        return False
