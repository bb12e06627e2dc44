"""What is said: the content that a verb of saying governs, or has beside it."""

from __future__ import annotations

from dragoman.coding.acts import Range
from dragoman.coding.saying import SayingVerb
from dragoman.coding.sources import Sources

_RELATIVES = frozenset(("which", "who", "that", "whom", "where", "whose"))
_PEOPLE_WORDS = frozenset(("he", "she", "they", "i", "we", "you", "who"))
_NO_OBJECT = frozenset(("it", "this", "that", "him", "her", "them", "he", "she", "they", "so"))
_PREDICATES = frozenset(("xcomp", "ccomp", "advcl", "obl", "obj"))
_INSIDE_PHRASE = frozenset(
    ("compound", "flat", "amod", "nmod:poss", "det", "nummod", "goeswith", "flat:name")
)
_SENTENCE_ENDS = frozenset((".", "!", "?", ";"))
_REASONS = frozenset(("for", "over", "as"))
# Words between who is criticised and the reason: “the alliance this week for …”.
_BETWEEN = 2
# How many words may follow a verb of saying at the end of its sentence.
_TAIL = 10


class Contents(Sources):
    """The contents of the verbs of saying of one document."""

    def content(self, verb: int, entry: SayingVerb) -> list[Range]:
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
            return self._object(verb) or self._denied_it(verb, entry)
        if entry.prepositions and "whole" not in takes:
            return self._prepositional(verb, entry)
        return []

    def _clear(self, verb: int) -> list[Range]:
        """“Made it clear that …”, “making plain that …”."""
        _, end = self.sentence(verb)
        for token in range(verb + 1, min(end - 2, verb + 5)):
            if self.lemmas[token] in ("clear", "plain") and self.words[token + 1] == "that":
                return self.trimmed(token + 1, end)
        return []

    def _clause(self, verb: int, *, loose: bool) -> list[Range]:
        """A clause under the verb, beside it, or the one that the verb stands in as an aside."""
        clauses = [c for c in self.children[verb] if self.deprels[c] == "ccomp"]
        clauses = [c for c in clauses if not (self.is_infinitive(c) or self._is_as(c, verb))]
        if clauses:
            after = [c for c in clauses if c > verb and self.analysis.subtree(c)[0] - verb <= 3]
            clause = (after or clauses)[0]
            first, last = self._from_mark(verb, clause)
            # The pronoun of “those whom Paris said were guilty” stands before the verb.
            return self.trimmed(verb + 1 if first <= verb < clause else first, last)
        for child in self.children[verb]:
            if self.deprels[child] == "parataxis" and self._is_told_beside(verb, child):
                return self.trimmed(*self.analysis.subtree(child))
        return self._around(verb) if loose else []

    def _is_as(self, clause: int, verb: int) -> bool:
        """“Described the vote as a sham”: said of the object, no clause by itself."""
        first = self.analysis.subtree(clause)[0]
        goal = self.clauses.child(verb, "obj")
        return goal is not None and verb < goal < first and self.words[first].lower() == "as"

    def _from_mark(self, verb: int, clause: int) -> Range:
        """The clause from its “that” on: “said in a statement that …” is easily parsed amiss."""
        first, last = self.analysis.subtree(clause)
        for child in self.children[clause]:
            that = verb < child < clause and self.words[child].lower() == "that"
            if that and self.deprels[child] == "mark":
                return child, last
        return first, last

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
        after = self.trimmed(last, high)
        upos = self.analysis.upos
        if after and not any(upos[t] in ("VERB", "AUX") for t in range(*after[0])):
            after = []  # what else is said of the speaker
        pieces = self.trimmed(low, first) + after
        return [p for p in pieces if p[1] - p[0] > 1 or self.analysis.upos[p[0]] != "CCONJ"]

    def _aside(self, verb: int) -> list[Range]:
        """“Nothing will change, the minister said, and talks go on.”: all around the aside."""
        subjects = [c for c in self.children[verb] if self.deprels[c] == "nsubj"]
        if not subjects or self.analysis.xpos[verb] not in ("VBD", "VBZ", "VBP"):
            return []
        source = min(subjects, key=lambda c: abs(c - verb))  # a dateline may be another
        begin, end = self.sentence(verb)
        first, last = self.analysis.subtree(source)
        if source < verb:
            start, stop = min(first, verb), verb + 1
        elif source - verb <= 4:
            start, stop = verb, max(last, verb + 1)
        else:
            return []
        stop = self._aside_end(stop, end)
        closed = stop < end - 1 and self.words[stop] == ","
        if any(self.words[t].lower() in _RELATIVES for t in range(start, verb)):
            return []
        if not closed or start - 1 <= begin or self.words[start - 1] != ",":
            return []
        return self.trimmed(begin, start) + self.trimmed(stop, end)

    def _aside_end(self, stop: int, end: int) -> int:
        """“…, he told reporters in Oslo, …”: a few words may follow before the comma."""
        for token in range(stop, min(stop + 6, end)):
            if self.words[token] == ",":
                return token
            if self.analysis.upos[token] in ("VERB", "AUX", "SCONJ") or self.words[token] == ":":
                break
        return stop

    def _whole(self, verb: int, entry: SayingVerb) -> list[Range]:
        """Object and clause together: who is accused of what, who is urged to do what."""
        if self.clauses.passive(verb):
            goal = None
        else:
            goal = self.clauses.child(verb, "obj", "iobj")
            if goal is None and self.deprels[verb] != "acl:relcl":
                return []
        clause = self._complement(verb, entry)
        if clause is None and goal is not None:
            clause = self._within(goal, entry)
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

    def _within(self, goal: int, entry: SayingVerb) -> int | None:
        """“Accuses Paris, which arms the rebels, of fuelling the war”: parsed below the object."""
        for token in range(goal + 1, self.analysis.subtree(goal)[1]):
            if self.words[token].lower() in entry.prepositions:
                clause = self.heads[token]
                if clause > token and self.analysis.xpos[clause] == "VBG":
                    return clause
        return None

    def _small(self, verb: int) -> list[Range]:
        """“Called it a lie”, “sees it as a risk”."""
        goal = self.clauses.child(verb, "obj")
        for child in self.children[verb]:
            if child < verb or child == goal:
                continue
            deprel = self.deprels[child]
            as_phrase = self.clauses.case.get(child) == "as" or self.clauses.mark.get(child) == "as"
            if deprel == "advcl" and self.clauses.child(child, "nsubj", "nsubj:pass") is not None:
                continue  # “has seen bloodshed as jets bombed the town”
            predicate = deprel == "xcomp" and self.analysis.upos[child] != "VERB"
            as_phrase = as_phrase or self._is_as(child, verb)
            if predicate or deprel == "xcomp" or (as_phrase and deprel in _PREDICATES):
                first, last = self.analysis.subtree(child)
                if goal is not None and verb < goal < child:
                    first = min(first, self.analysis.subtree(goal)[0])
                return self.trimmed(first, last)
        return []

    def _object(self, verb: int) -> list[Range]:
        if self.clauses.passive(verb) and self.by_phrase(verb) is not None:
            subject = self.clauses.child(verb, "nsubj:pass", "nsubj")
            if subject is None or self.words[subject].lower() in _PEOPLE_WORDS:
                return []
            return self.trimmed(*self.analysis.subtree(subject)) + self._reason_of(verb)
        goal = self.clauses.child(verb, "obj")
        if goal is None or goal < verb:
            relative = goal is not None and self.is_relative_object(verb)
            return [(goal, goal + 1)] if relative and goal is not None else []
        if self.words[goal].lower() in _NO_OBJECT:
            return []
        first, last = self.analysis.subtree(goal)
        last = self._with_reason(verb, last)
        return self.trimmed(first, last)

    def _with_reason(self, verb: int, last: int) -> int:
        """Up to the end of “Oslo over its vote”, “the general for his silence”."""
        for child in self.children[verb]:
            begin, end = self.analysis.subtree(child)
            word = self.clauses.case.get(child) or self.clauses.mark.get(child)
            if (
                0 <= begin - last <= _BETWEEN
                and word in _REASONS
                and self.deprels[child] in ("obl", "advcl")
            ):
                return end
        return last

    def _reason_of(self, verb: int) -> list[Range]:
        """“Diaz was criticised by deputies for his silence”: for his silence."""
        for child in self.children[verb]:
            word = self.clauses.case.get(child) or self.clauses.mark.get(child)
            if child > verb and word in _REASONS and self.deprels[child] in ("obl", "advcl"):
                return self.trimmed(*self.analysis.subtree(child))
        return []

    def _denied_it(self, verb: int, entry: SayingVerb) -> list[Range]:
        """“Oslo denies it”: the pronoun, which stands for what was said before."""
        goal = self.clauses.child(verb, "obj")
        if entry.kind != "denial" or entry.weak or goal != verb + 1:
            return []
        told = self.words[goal].lower() in ("it", "this", "that")
        return [(goal, goal + 1)] if told else []

    def is_relative_object(self, verb: int) -> bool:
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
        first += self.words[first].lower() == entry.needs
        for child in (*self.children[verb], *self.children[phrase]):
            infinitive = child > phrase and self.is_infinitive(child)
            if infinitive and self.deprels[child] in ("xcomp", "advcl", "acl", "ccomp"):
                return self.trimmed(first, max(last, self.analysis.subtree(child)[1]))
        if entry.needs in ("on", "upon", "to") and self.lemmas[verb] != "insist":
            return []
        return self.trimmed(first, last)

    # ---- by place alone, where the parse gives nothing

    def is_that(self, token: int) -> bool:
        return self.words[token] == "that" and self.deprels[token] in ("mark", "det", "advmod")

    def said_before(self, verb: int, begin: int, end: int) -> list[Range]:
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

    def source_beside(self, verb: int, content: list[Range]) -> tuple[int | None, list[Range]]:
        """Who stands right before or behind a verb that ends its sentence, and the content."""
        begin, end = self.sentence(verb)
        stop = next((t for t in range(verb + 1, end) if self.words[t] in _SENTENCE_ENDS), end)
        if content[-1][1] > verb or stop - verb > _TAIL:
            return None, content
        if self._is_person_after(verb, stop):
            return self.noun_of_phrase(verb + 1, stop), content
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
