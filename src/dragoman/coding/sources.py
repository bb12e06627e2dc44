"""Who says it, and the words for it: speakers beside verbs of saying, and the ends of spans."""

from __future__ import annotations

from dragoman.coding.acts import Range
from dragoman.coding.clauses import Clauses
from dragoman.coding.saying import Saying
from dragoman.language.analysis import Analysis

_EDGE = frozenset((",", ".", ":", ";", "-", "–", "—", "--", "(", ")", "?!"))
_PERSONS = frozenset(("he", "she", "they", "who", "i", "we", "it", "which", "that"))
_LOOSE_ENDS = frozenset(("ADP", "PART", "AUX", "SCONJ", "CCONJ", "ADV"))
_TRAILING = frozenset(("which", "who", "and", "but"))
_INSIDE_PHRASE = frozenset(
    ("compound", "flat", "amod", "nmod:poss", "det", "nummod", "goeswith", "flat:name")
)
_SENTENCE_ENDS = frozenset((".", "!", "?", ";"))
# A noun phrase that is longer loses its relative clauses and appositions.
_LONG = 15


class Sources:
    """Speakers and spans of one document."""

    def __init__(self, analysis: Analysis, clauses: Clauses, saying: Saying) -> None:
        self.analysis = analysis
        self.clauses = clauses
        self.saying = saying
        self.words = analysis.words
        self.lemmas = clauses.lemmas
        self.heads = analysis.heads
        self.deprels = analysis.deprels
        self.children = analysis.children

    def subject(self, verb: int) -> int | None:
        """Who says it: the subject, or the by-phrase of a passive."""
        quoting = self.quoting_verb(verb)
        if quoting is not None:
            quoted = self.quoted(verb, quoting)
            if quoted is not None:
                return quoted
        participle = self.analysis.xpos[verb] == "VBN" and verb not in self.clauses.aux
        if participle and self.deprels[verb] in ("acl", "advcl"):
            return self.by_phrase(verb)  # “the group called Dawn”, “asked about it, he said”
        source = self.clauses.agent(verb)
        if (
            source is None
            and not self.undergoes(verb)
            and self.clauses.child(verb, "nsubj") is not None
        ):
            source = self.clauses.surface_subject(verb)  # a past tense taken for a participle
        if source is not None and source < verb and self.analysis.xpos[verb] == "VBG":
            doer = self._doer_beside(source, verb)
            if doer is not None:
                return doer
            return source if self.speaks(source) else self._speaker_near(source)
        return source

    def _doer_beside(self, source: int, verb: int) -> int | None:
        """“Police held Lee, accusing him of …”: the police, not the one who was held."""
        above = self.heads[source]
        if self.deprels[source] != "obj" or above < 0 or self.words[verb - 1] != ",":
            return None
        return self.clauses.agent(above)

    def undergoes(self, verb: int) -> bool:
        """Whether the verb's subject is the one it is done to."""
        if self.clauses.passive(verb) and self.clauses.child(verb, "nsubj") is None:
            return True
        if self.analysis.xpos[verb] != "VBN":
            return False
        return any(self.lemmas[a] in ("be", "get") for a in self.clauses.aux.get(verb, ()))

    def speaks(self, token: int) -> bool:
        """Whether a word may stand for someone who speaks."""
        lemma = self.lemmas[token]
        if self.analysis.upos[token] == "PROPN" or self.words[token].lower() in _PERSONS:
            return True
        return lemma in self.saying.people or lemma in self.saying.documents

    def _speaker_near(self, token: int) -> int:
        """“Footage of Lee saying”: Lee; “Lee came to the talks saying”: the verb's subject."""
        for child in self.children[token]:
            if self.clauses.case.get(child) == "of" and self.speaks(child):
                return child
        above = token
        while self.heads[above] >= 0:
            above = self.heads[above]
            if self.analysis.upos[above] == "VERB":
                subject = self.clauses.child(above, "nsubj")
                return token if subject is None else subject
        return token

    def quoting_verb(self, verb: int) -> int | None:
        """The verb of “quoted … as saying”."""
        if verb and self.words[verb - 1].lower() == "as":
            for token in range(verb - 2, max(-1, verb - 12), -1):
                if self.lemmas[token] in ("quote", "cite"):
                    return token
                if self.words[token] in _SENTENCE_ENDS:
                    break
        return None

    def quoted(self, verb: int, quoting: int) -> int | None:
        """“The agency quoted Lee as saying”, “Lee was quoted as saying”: Lee."""
        if self.clauses.passive(quoting):
            return self.clauses.surface_subject(quoting)
        between = range(quoting + 1, verb - 1)
        if not between:
            return None
        nouns = [t for t in between if self.analysis.upos[t] in ("NOUN", "PROPN", "PRON")]
        tops = [t for t in nouns if self.heads[t] not in between]
        return tops[0] if tops else None

    def by_phrase(self, verb: int) -> int | None:
        for child in self.children[verb]:
            if self.deprels[child].startswith("obl") and self.clauses.case.get(child) == "by":
                return child
        return None

    def sentence(self, token: int) -> Range:
        bounds = self.analysis.tokens.bounds
        sentence = self.analysis.sentence_of[token]
        return bounds[sentence], bounds[sentence + 1]

    def trimmed(self, first: int, last: int) -> list[Range]:
        """The range without punctuation at its ends, as a list of one; empty if nothing is left."""
        words = self.words
        while first < last and words[first] in _EDGE:
            first += 1
        while last > first and (words[last - 1] in _EDGE or words[last - 1] in _TRAILING):
            last -= 1
        return [(first, last)] if first < last else []

    def cue_span(self, verb: int) -> Range:
        """The verb with its auxiliaries and particle as far as they stand beside it."""
        first, last = verb, verb + 1
        beside = {c for c in self.children[verb] if self.deprels[c].startswith(("aux", "advmod"))}
        while first - 1 in beside:
            first -= 1
        if last < len(self.words) and self.deprels[last] == "compound:prt":
            last += self.heads[last] == verb
        return first, last

    def source_span(self, head: int, cue: int) -> Range:
        """The noun phrase of a speaker, shortened when it is long, never over the cue."""
        first, last = self.analysis.subtree(head)
        if last - first > _LONG or first <= cue < last:
            first, last = self._short_phrase(head)
        if first <= cue < last:
            first, last = (first, cue) if head < cue else (cue + 1, last)
        while first > 0 and self._is_title(first - 1, head):
            first -= 1
        while first < head and (self.words[first] in _EDGE or self._is_preposition(first, head)):
            first += 1
        upos = self.analysis.upos
        while last - 1 > head and (self.words[last - 1] in _EDGE or upos[last - 1] in _LOOSE_ENDS):
            last -= 1
        return first, last

    def _is_title(self, token: int, head: int) -> bool:
        """A title that the parse made a second subject beside the name: “Mr Lee said”."""
        same = self.heads[token] == self.heads[head] and self.deprels[token] == self.deprels[head]
        return same and self.analysis.upos[token] in ("PROPN", "NOUN")

    def _is_preposition(self, token: int, head: int) -> bool:
        return self.heads[token] == head and self.deprels[token] in ("case", "cc", "mark", "punct")

    def _short_phrase(self, head: int) -> Range:
        """The head with what stands close to it: no clauses, no appositions."""
        first, last = head, head + 1
        for child in self.children[head]:
            if self.deprels[child].startswith(
                ("acl", "appos", "parataxis", "punct", "conj", "dep")
            ):
                continue
            low, high = self.analysis.subtree(child)
            if high - low <= _LONG:
                first, last = min(first, low), max(last, high)
        return (first, last) if last - first <= _LONG else (max(first, head - 6), head + 1)

    def noun_of_phrase(self, first: int, end: int) -> int | None:
        """The head of the noun phrase that begins here."""
        for token in range(first, min(end, first + 8)):
            if self.analysis.upos[token] in ("NOUN", "PROPN", "PRON"):
                while True:
                    head = self.heads[token]
                    inner = self.deprels[token] in _INSIDE_PHRASE and first <= head < end
                    if not inner:
                        return token
                    token = head
        return None

    def is_infinitive(self, verb: int) -> bool:
        return self.clauses.mark.get(verb) == "to"
