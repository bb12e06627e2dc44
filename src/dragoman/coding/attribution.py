"""Who is said to say what: sources, cues and contents, read off the parse.

One `Attributed` is one act of saying (or of believing, wanting, denying …) with the words for it,
who does it and what is said. This module finds those whose cue governs its content in the parse;
`quoting` finds the ones that only quotation marks and neighbourhood show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.coding.clauses import Clauses
from dragoman.coding.saying import Saying, SayingVerb
from dragoman.language.analysis import Analysis
from dragoman.language.quotations import Quotation
from dragoman.records import StatementKind

Range = tuple[int, int]

_EDGE = frozenset((",", ".", ":", ";", "-", "–", "—", "--", "(", ")", "?!"))
_RELATIVES = frozenset(("which", "who", "that", "whom", "where", "whose"))
_PERSONS = frozenset(("he", "she", "they", "who", "i", "we", "it", "which", "that"))
_LOOSE_ENDS = frozenset(("ADP", "PART", "AUX", "SCONJ", "CCONJ", "ADV"))
_TRAILING = frozenset(("which", "who", "and", "but"))
_CONJUNCTIONS = frozenset(("assume", "consider", "see", "regard", "judge"))
_PEOPLE_WORDS = frozenset(("he", "she", "they", "i", "we", "you", "who"))
_NO_OBJECT = frozenset(("it", "this", "that", "him", "her", "them", "he", "she", "they", "so"))
_FINITE_MARKS = frozenset(("that", "whether", "if", "how", "why", "because", "as", "when", "where"))
_PREDICATES = frozenset(("xcomp", "ccomp", "advcl", "obl", "obj"))
_INSIDE_PHRASE = frozenset(
    ("compound", "flat", "amod", "nmod:poss", "det", "nummod", "goeswith", "flat:name")
)
_SENTENCE_ENDS = frozenset((".", "!", "?", ";"))
_QUOTING = SayingVerb(
    kind="claim", takes=frozenset(("clause",)), prepositions=frozenset(), to=frozenset(), weak=False
)
# How many words may follow a verb of saying at the end of its sentence.
_TAIL = 10
# A noun phrase that is longer loses its relative clauses and appositions.
_LONG = 15


@dataclass(slots=True)
class Attributed:
    """One act of saying; tokens and token ranges (end exclusive).

    `cue` is the head of the words of saying, None for a quotation without any. `carried` is true
    where the source was taken over from a statement before. `weak` cues mean other things too.
    """

    kind: StatementKind
    content: list[Range]
    cue: int | None = None
    cue_span: Range | None = None
    mark: Range | None = None  # the colon or dash that stands for words of saying
    source: int | None = None
    source_span: Range | None = None
    to: int | None = None
    quoted: bool = False
    hedged: bool = False
    negated: bool = False
    weak: bool = False
    carried: bool = False
    tagged: bool = False
    only_tagged: bool = False
    lemma: str = ""
    answers_relative: bool = False
    pronoun: int | None = None  # the relative pronoun that stands for the source beside the cue
    quotations: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.content[0][0]

    @property
    def last(self) -> int:
        return self.content[-1][1]

    def holds(self, token: int) -> bool:
        return any(first <= token < last for first, last in self.content)


class Grammar:
    """The acts of saying that the parse of one document shows."""

    def __init__(
        self,
        analysis: Analysis,
        clauses: Clauses,
        saying: Saying,
        quotations: Sequence[Quotation],
    ) -> None:
        self.analysis = analysis
        self.clauses = clauses
        self.saying = saying
        self.words = analysis.words
        self.lemmas = clauses.lemmas
        self.heads = analysis.heads
        self.deprels = analysis.deprels
        self.children = analysis.children
        self.quotations = quotations
        # Verbs that may introduce a quotation, whether or not they govern a content.
        self.introducing: dict[int, SayingVerb] = {}
        self.found: list[Attributed] = []

    def run(self) -> list[Attributed]:
        verbs, nouns = self.saying.verbs, self.saying.nouns
        aims, views = self.saying.aims, self.saying.views
        upos = self.analysis.upos
        heads_of_particles = self.clauses.particle
        for token, lemma in enumerate(self.lemmas):
            if lemma in ("according", "accord") and self.words[token].lower() == "according":
                self._according(token)
            elif upos[token] == "VERB" or (upos[token] == "AUX" and lemma in ("say", "want")):
                particle = heads_of_particles.get(token)
                entries = verbs.get(f"{lemma}_{particle}") if particle else None
                entries = entries or verbs.get(lemma) or verbs.get(self._base(token))
                if entries:
                    self._verb(token, entries)
            elif upos[token] == "NOUN":
                if lemma in nouns:
                    self._noun(token, nouns[lemma])
                if lemma in aims:
                    self._aim(token, aims[lemma])
                if lemma in views:
                    self._view(token)
            elif upos[token] == "ADJ" and lemma in self.saying.adjectives:
                self._adjective(token, self.saying.adjectives[lemma])
        return self.found

    def _base(self, token: int) -> str:
        """The base of a verb whose ending the lemmas kept: “confides”."""
        lemma = self.lemmas[token]
        return lemma[:-1] if lemma.endswith("s") else lemma

    # ---- verbs -----------------------------------------------------------------------------------

    def _verb(self, verb: int, entries: Sequence[SayingVerb]) -> None:
        if self.deprels[verb] in ("amod", "compound", "case", "mark"):
            return
        if self.lemmas[verb] in _CONJUNCTIONS and self.analysis.xpos[verb] == "VBG":
            return  # “assuming she returns”
        if self.lemmas[verb] in ("quote", "cite"):
            self._quoted_as(verb)
        for entry in entries:
            content = self._content(verb, entry)
            if content:
                self._add(verb, entry, content)
                break
        else:
            self._loose(verb, entries)
        quoting = next((e for e in entries if "quote" in e.takes and not e.needs), None)
        if quoting is not None:
            self.introducing[verb] = quoting

    def _aside(self, verb: int) -> list[Range]:
        """“Nothing will change, the minister said, and talks go on.”: all around the aside."""
        source = self.clauses.child(verb, "nsubj")
        if source is None or self.analysis.xpos[verb] not in ("VBD", "VBZ", "VBP"):
            return []
        begin, end = self._sentence(verb)
        first, last = self.analysis.subtree(source)
        if source < verb:
            start, stop = min(first, verb), verb + 1
        elif source - verb <= 4:
            start, stop = verb, max(last, verb + 1)
        else:
            return []
        closed = stop < end - 1 and self.words[stop] == ","
        if any(self.words[t].lower() in _RELATIVES for t in range(start, verb)):
            return []
        if not closed or start - 1 <= begin or self.words[start - 1] != ",":
            return []
        return self.trimmed(begin, start) + self.trimmed(stop, end)

    def _quoted_as(self, verb: int) -> None:
        """“The agency quoted witnesses as giving another number”: the witnesses give it."""
        clause = next(
            (c for c in self.children[verb] if c > verb and self.words[c - 1].lower() == "as"),
            None,
        )
        if clause is None or self.lemmas[clause] in self.saying.verbs:
            return
        source = self._quoted(clause, verb)
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
        begin, end = self._sentence(verb)
        reach = 2 if entry.weak else 14
        that = next((t for t in range(verb + 1, min(end, verb + reach)) if self._is_that(t)), None)
        if that is not None:
            content = self.trimmed(that, end)
        elif entry.weak:
            return
        else:
            content = self._said_before(verb, begin, end)
        if content:
            self._add(verb, entry, content)

    def _is_that(self, token: int) -> bool:
        return self.words[token] == "that" and self.deprels[token] in ("mark", "det", "advmod")

    def _sentence(self, token: int) -> Range:
        bounds = self.analysis.tokens.bounds
        sentence = self.analysis.sentence_of[token]
        return bounds[sentence], bounds[sentence + 1]

    def _said_before(self, verb: int, begin: int, end: int) -> list[Range]:
        """“Troops have left, the minister said.”; “Nothing will change, argues Paris.”"""
        stop = next((t for t in range(verb + 1, end) if self.words[t] in _SENTENCE_ENDS), end)
        finite = self.analysis.xpos[verb] in ("VBD", "VBZ", "VBP")
        quoted = self.quoting_verb(verb) is not None
        if stop - verb > _TAIL or not (finite or quoted):
            return []
        if any(self.words[t].lower() in _RELATIVES for t in range(max(begin, verb - 4), verb)):
            return []
        source = self.subject(verb)
        if self.words[verb - 1] == "," and stop > verb + 1:
            inverted = source is not None and verb - begin > 3
            return self.trimmed(begin, verb) if inverted else []
        start = self._speaker_before(verb, begin)
        if start is not None and start - begin > 3:
            return self.trimmed(begin, start)
        inverted = source is None or source > verb or not self.speaks(source)
        if inverted and verb - begin > 3 and self._is_person_after(verb, stop):
            return self.trimmed(begin, verb)
        return []

    def _speaker_before(self, verb: int, begin: int) -> int | None:
        """Where the noun phrase of the speaker begins, back from a verb at the sentence's end.

        Appositions stand between commas: “…, an official, Ann Lee, was quoted as saying.” A
        stretch with a verb is no part of it.
        """
        upos = self.analysis.upos
        token = verb - 1
        quoting = self.quoting_verb(verb)
        if quoting is not None:
            token = quoting - 1
        while token > begin and (upos[token] in ("AUX", "ADV", "PART") or self.words[token] == ","):
            token -= 1
        start = None
        for at in range(token, begin, -1):
            if upos[at] in ("VERB", "AUX", "SCONJ") or self.words[at] in _RELATIVES:
                break
            if self.words[at] == "," and at < token:
                phrase = range(at + 1, token + 1)
                if not any(upos[t] in ("NOUN", "PROPN", "PRON") for t in phrase):
                    break
                if upos[at + 1] not in ("DET", "PROPN", "NOUN", "ADJ", "PRON", "NUM"):
                    break
                start = at + 1
                token = at - 1
        return start

    def _is_person_after(self, verb: int, stop: int) -> bool:
        """“… argues the head of state.”: who speaks stands between the verb and the full stop."""
        after = range(verb + 1, stop)
        if any(self.words[t] in (",", ":", "that") for t in after):
            return False
        return any(self.lemmas[t] in self.saying.people for t in after[:4])

    def _add(self, verb: int, entry: SayingVerb, content: list[Range]) -> Attributed:
        source = self.subject(verb)
        if source is not None and any(first <= source < last for first, last in content):
            source = None
        if source is None and not entry.weak and not self.clauses.passive(verb):
            source, content = self._source_beside(verb, content)
        act = self.act(verb, entry, source, content)
        if self.clauses.child(verb, "obj") is not None and self._is_relative_object(verb):
            act.answers_relative = True
        self.found.append(act)
        return act

    def _source_beside(self, verb: int, content: list[Range]) -> tuple[int | None, list[Range]]:
        """Who stands right before or behind a verb that ends its sentence, and the content."""
        begin, end = self._sentence(verb)
        stop = next((t for t in range(verb + 1, end) if self.words[t] in _SENTENCE_ENDS), end)
        if content[-1][1] > verb or stop - verb > _TAIL:
            return None, content
        if self._is_person_after(verb, stop):
            return self._noun_of_phrase(verb + 1, stop), content
        start = self._speaker_before(verb, begin)
        if start is None:
            return None, content
        nouns = [t for t in range(start, verb) if self.analysis.upos[t] in ("NOUN", "PROPN")]
        names = [t for t in nouns if self.analysis.upos[t] == "PROPN"]
        kept = [p for a, b in content if a < start for p in self.trimmed(a, min(b, start))]
        if not nouns or not kept:
            return None, content
        source = (names or nouns)[-1]
        while start <= self.heads[source] < verb and self.deprels[source] in _INSIDE_PHRASE:
            source = self.heads[source]
        return source, kept

    def subject(self, verb: int) -> int | None:
        """Who says it: the subject, or the by-phrase of a passive."""
        quoting = self.quoting_verb(verb)
        if quoting is not None:
            quoted = self._quoted(verb, quoting)
            if quoted is not None:
                return quoted
        participle = self.analysis.xpos[verb] == "VBN" and verb not in self.clauses.aux
        if participle and self.deprels[verb] in ("acl", "advcl"):
            return self._by(verb)  # “the group called Dawn”, “asked about it, he said”
        source = self.clauses.agent(verb)
        if (
            source is None
            and not self.undergoes(verb)
            and self.clauses.child(verb, "nsubj") is not None
        ):
            source = self.clauses.surface_subject(verb)  # a past tense taken for a participle
        if source is not None and source < verb and self.analysis.xpos[verb] == "VBG":
            return source if self.speaks(source) else self._speaker_near(source)
        return source

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

    def _quoted(self, verb: int, quoting: int) -> int | None:
        """“The agency quoted Lee as saying”, “Lee was quoted as saying”: Lee."""
        if self.clauses.passive(quoting):
            return self.clauses.surface_subject(quoting)
        between = range(quoting + 1, verb - 1)
        if not between:
            return None
        nouns = [t for t in between if self.analysis.upos[t] in ("NOUN", "PROPN", "PRON")]
        tops = [t for t in nouns if self.heads[t] not in between]
        return tops[0] if tops else None

    def _by(self, verb: int) -> int | None:
        for child in self.children[verb]:
            if self.deprels[child].startswith("obl") and self.clauses.case.get(child) == "by":
                return child
        return None

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

    def _content(self, verb: int, entry: SayingVerb) -> list[Range]:
        if entry.needs:
            return self._needed(verb, entry)
        takes = entry.takes
        if "clear" in takes:
            return self._clear(verb)
        if "whole" in takes:
            whole = self._whole(verb, entry)
            if whole:
                return whole
        if "clause" in takes:
            clause = self._aside(verb) or self._clause(verb, loose=not entry.weak)
            if clause:
                return clause
        if "infinitive" in takes:
            for child in self.clauses.complements(verb, "inf"):
                if self.deprels[child] == "xcomp":
                    return self.trimmed(*self.analysis.subtree(child))
        if "gerund" in takes:
            for child in self.children[verb]:
                if self.analysis.xpos[child] == "VBG" and self.deprels[child] in ("xcomp", "ccomp"):
                    return self.trimmed(*self.analysis.subtree(child))
        if "small" in takes:
            small = self._small(verb)
            if small:
                return small
        if "object" in takes:
            return self._object(verb)
        if entry.prepositions and "whole" not in takes:
            return self._prepositional(verb, entry)
        return []

    def _clear(self, verb: int) -> list[Range]:
        """“Made it clear that …”, “making plain that …”."""
        _, end = self._sentence(verb)
        for token in range(verb + 1, min(end - 2, verb + 5)):
            if self.lemmas[token] in ("clear", "plain") and self.words[token + 1] == "that":
                return self.trimmed(token + 1, end)
        return []

    def _clause(self, verb: int, *, loose: bool) -> list[Range]:
        """A clause under the verb, beside it, or the one that the verb stands in as an aside."""
        clauses = [c for c in self.children[verb] if self.deprels[c] == "ccomp"]
        clauses = [c for c in clauses if not self._is_bare_infinitive(c)]
        if clauses:
            after = [c for c in clauses if 0 < self.analysis.subtree(c)[0] - verb <= 3]
            return self.trimmed(*self._from_mark(verb, (after or clauses)[0]))
        for child in self.children[verb]:
            if self.deprels[child] == "parataxis" and self._is_told_beside(verb, child):
                return self.trimmed(*self.analysis.subtree(child))
        return self._around(verb) if loose else []

    def _from_mark(self, verb: int, clause: int) -> Range:
        """The clause from its “that” on: “said in a statement that …” is easily parsed amiss."""
        first, last = self.analysis.subtree(clause)
        for child in self.children[clause]:
            that = verb < child < clause and self.words[child].lower() == "that"
            if that and self.deprels[child] == "mark":
                return child, last
        return first, last

    def _is_bare_infinitive(self, verb: int) -> bool:
        return self.clauses.mark.get(verb) == "to"

    def _is_told_beside(self, verb: int, child: int) -> bool:
        """“He said: we stay” and “We stay, he said” with the clause as a loose dependent."""
        first, last = self.analysis.subtree(child)
        if child > verb:
            return self.words[first - 1] == ":" or self.words[first] in ('"', "“")
        return self.words[min(last, len(self.words) - 1)] in (",", '"', "”", "“") and first < verb

    def _around(self, verb: int) -> list[Range]:
        """“Kyiv, he said, will wait”, “as she put it”: the content is the clause around."""
        deprel, head = self.deprels[verb], self.heads[verb]
        if head < 0 or self.clauses.child(verb, "nsubj", "nsubj:pass") is None:
            return []
        aside = deprel in ("parataxis", "discourse")
        if deprel == "advcl" and self.clauses.mark.get(verb) == "as":
            aside = self.clauses.child(verb, "obj") is None
        if not aside:
            return []
        low, high = self.analysis.subtree(head)
        first, last = self.analysis.subtree(verb)
        pieces = self.trimmed(low, first) + self.trimmed(last, high)
        return [p for p in pieces if p[1] - p[0] > 1 or self.analysis.upos[p[0]] != "CCONJ"]

    def _whole(self, verb: int, entry: SayingVerb) -> list[Range]:
        """Object and clause together: who is accused of what, who is urged to do what."""
        if self.clauses.passive(verb):
            goal = None
        else:
            goal = self.clauses.child(verb, "obj", "iobj")
            if goal is None:
                return []
        clause = self._complement(verb, entry)
        if clause is None:
            return []
        first, last = self.analysis.subtree(clause)
        if goal is not None and goal < clause:
            first = min(first, self.analysis.subtree(goal)[0])
        return self.trimmed(first, last)

    def _complement(self, verb: int, entry: SayingVerb) -> int | None:
        after = self.children[verb]
        for child in after:
            if child > verb and self.deprels[child] in ("xcomp", "advcl", "ccomp", "acl"):
                mark = self.clauses.mark.get(child)
                if mark in entry.prepositions or (mark == "to" and self.deprels[child] != "advcl"):
                    return child
        for child in after:
            loose = child > verb and self.deprels[child] in ("obl", "nmod")
            if loose and self.clauses.case.get(child) in entry.prepositions:
                return child
        return None

    def _small(self, verb: int) -> list[Range]:
        """“Called it a lie”, “sees it as a risk”."""
        goal = self.clauses.child(verb, "obj")
        for child in self.children[verb]:
            if child < verb or child == goal:
                continue
            deprel = self.deprels[child]
            as_phrase = self.clauses.case.get(child) == "as" or self.clauses.mark.get(child) == "as"
            predicate = deprel == "xcomp" and self.analysis.upos[child] != "VERB"
            if predicate or deprel == "xcomp" or (as_phrase and deprel in _PREDICATES):
                first, last = self.analysis.subtree(child)
                if goal is not None and verb < goal < child:
                    first = min(first, self.analysis.subtree(goal)[0])
                return self.trimmed(first, last)
        return []

    def _object(self, verb: int) -> list[Range]:
        if self.clauses.passive(verb) and self._by(verb) is not None:
            subject = self.clauses.child(verb, "nsubj:pass", "nsubj")
            if subject is None or self.words[subject].lower() in _PEOPLE_WORDS:
                return []
            return self.trimmed(*self.analysis.subtree(subject))
        goal = self.clauses.child(verb, "obj")
        if goal is None or goal < verb:
            relative = goal is not None and self._is_relative_object(verb)
            return [(goal, goal + 1)] if relative and goal is not None else []
        if self.words[goal].lower() in _NO_OBJECT:
            return []
        return self.trimmed(*self.analysis.subtree(goal))

    def _is_relative_object(self, verb: int) -> bool:
        goal = self.clauses.child(verb, "obj")
        return goal is not None and goal < verb and self.words[goal].lower() == "which"

    def _prepositional(self, verb: int, entry: SayingVerb) -> list[Range]:
        for child in self.children[verb]:
            if child > verb and self.deprels[child] in ("obl", "advcl", "xcomp", "ccomp"):
                word = self.clauses.case.get(child) or self.clauses.mark.get(child)
                if word in entry.prepositions:
                    first, last = self.analysis.subtree(child)
                    return self.trimmed(first + (first < child and word != "to"), last)
        return []

    def _needed(self, verb: int, entry: SayingVerb) -> list[Range]:
        """“Called for talks”, “called on Kyiv to wait”, “insisted on a vote”."""
        phrase = next(
            (
                child
                for child in self.children[verb]
                if child > verb
                and (self.clauses.case.get(child) or self.clauses.mark.get(child)) == entry.needs
                and self.deprels[child] in ("obl", "advcl", "xcomp")
            ),
            None,
        )
        if phrase is None:
            return []
        first, last = self.analysis.subtree(phrase)
        for child in (*self.children[verb], *self.children[phrase]):
            infinitive = child > phrase and self._is_bare_infinitive(child)
            if infinitive and self.deprels[child] in ("xcomp", "advcl", "acl", "ccomp"):
                return self.trimmed(first + 1, max(last, self.analysis.subtree(child)[1]))
        if entry.needs in ("on", "upon", "to") and self.lemmas[verb] != "insist":
            return []
        return self.trimmed(first + 1, last)

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
        infinitive = self.deprels[verb] in ("advcl", "ccomp") and self._is_bare_infinitive(verb)
        if head >= 0 and (self.deprels[verb] == "xcomp" or infinitive):
            raised = lemmas[head] in self.saying.hedging_passives and self.clauses.passive(head)
            return raised or any(lemmas[c] in hedges for c in self.children[head] if c < verb)
        return False

    # ---- nouns and phrases -----------------------------------------------------------------------

    def _noun(self, noun: int, kind: StatementKind) -> None:
        """“His claim that they lied”, “a promise to leave”."""
        infinitive = kind in ("demand", "offer", "promise", "threat", "aim")
        for child in self.children[noun]:
            if child < noun or not self.deprels[child].startswith(("acl", "ccomp", "xcomp")):
                continue
            if self.deprels[child] == "acl:relcl" and self.clauses.mark.get(child) != "that":
                continue
            mark = self.clauses.mark.get(child)
            if mark == "that" or (infinitive and mark == "to"):
                self._add_noun(noun, kind, child)
                return

    def _add_noun(self, noun: int, kind: StatementKind, clause: int) -> None:
        source = self.holder(noun)
        self.found.append(
            Attributed(
                kind=kind,
                content=self.trimmed(*self.analysis.subtree(clause)),
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

    def _adjective(self, adjective: int, kind: StatementKind) -> None:
        """“Was adamant that nothing had changed”."""
        source = self.clauses.child(adjective, "nsubj")
        for child in self.children[adjective]:
            clause = child > adjective and self.deprels[child] in ("ccomp", "advcl", "acl")
            if source is None or not clause or self.words[adjective + 1] != "that":
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
            by = self.deprels[child] in ("nmod", "obl:agent")
            if by and self.clauses.case.get(child) in ("by", "from", "of"):
                return child
        head = self.heads[noun]
        light = head >= 0 and self.lemmas[head] in self.saying.giving
        return self.clauses.holder(noun) if light else None

    def _aim(self, noun: int, adjective: str | None) -> None:
        """“The objective is peace”, “The bottom line, for Paris, is to win time”."""
        if adjective and not any(self.lemmas[c] == adjective for c in self.children[noun]):
            return
        if not self.deprels[noun].startswith("nsubj"):
            return
        _, end = self._sentence(noun)
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
        begin, _ = self._sentence(noun)
        colon = next((t for t in range(noun - 1, begin, -1) if self.words[t] == ":"), None)
        if colon is None:
            return None
        subjects = (t for t in range(begin, colon) if self.deprels[t].startswith("nsubj"))
        return next(subjects, None)

    def _according(self, token: int) -> None:
        """“According to Paris, …”: the sentence, or the clause before, without the phrase."""
        after = token + 1
        if after >= len(self.words) or self.words[after].lower() != "to":
            return
        bounds = self.analysis.tokens.bounds
        sentence = self.analysis.sentence_of[token]
        begin, end = bounds[sentence], bounds[sentence + 1]
        source = self._noun_of_phrase(after + 1, end)
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

    def _noun_of_phrase(self, first: int, end: int) -> int | None:
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

    def _comma_after(self, token: int, end: int) -> int:
        return next((t for t in range(token + 1, end) if self.words[t] == ","), token + 1)

    def _within(self, span: Range, first: int, last: int) -> Range:
        start, end = max(span[0], first), min(span[1], last)
        return (start, end) if start < end else (first, last)

    def _view(self, noun: int) -> None:
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

    # ---- spans -----------------------------------------------------------------------------------

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


def outermost(quotations: Sequence[Quotation]) -> Iterator[tuple[int, Quotation]]:
    """The quotations that stand in no other, with their numbers."""
    for number, quotation in enumerate(quotations):
        if quotation.depth == 0:
            yield number, quotation
