"""Frames against the parse: every place where the words of a frame stand as the frame asks.

What is found is a `Candidate`: an explicit record of the frame, the words, and where each argument
was looked for, so that a judge can weigh it and a reader can see why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.coding.clauses import Clauses
from dragoman.coding.frames import Entry, FrameIndex
from dragoman.coding.hyphens import secondhand
from dragoman.language.days import MONTHS, WEEKDAYS
from dragoman.language.lemmas import lemmatise
from dragoman.ontology import Frame

VERB, NOUN, ADJECTIVE, MODAL = "verb", "noun", "adjective", "modal"
_TIMES = frozenset({"today", "tomorrow", "yesterday", "day", "week", "month", "year", "weekend",
                    "tonight", *WEEKDAYS, *MONTHS})  # fmt: skip
_AGAINST_THE_STATE = frozenset({"rebel", "insurgent", "separatist", "opposition", "jihadist"})
_DAYS = frozenset((*WEEKDAYS, *MONTHS))
_QUESTIONS = frozenset({"whether", "where", "how", "why", "what"})
_AWAY = frozenset({"out", "off", "back"})
_DEPTH = 9  # links of a chain that are followed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame that fits somewhere. `support` is the verb that carries an event noun, if any."""

    frame: Frame
    part: str
    head: int
    trigger: tuple[int, ...]
    passive: bool = False
    support: int | None = None

    @property
    def top(self) -> int:
        """The word that stands for the whole in the sentence: the carrying verb, else the head."""
        return self.head if self.support is None else self.support


def _without_deeds(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.frame.needs_deed and not entry.frame.own_deed]


@cache
def _split(slots: str) -> tuple[str, ...]:
    return tuple(slots.split("|"))


@cache
def _path(slot: str) -> tuple[tuple[str, ...], str | None]:
    """The steps of a slot, and the kind of clause that it ends in, if it does."""
    *path, last = slot.split(".")
    if last in ("inf", "that") or last.startswith("ger:"):
        return tuple(path), last
    return (*path, last), None


class Matcher:
    """Looks for frames in one document."""

    def __init__(self, clauses: Clauses, index: FrameIndex) -> None:
        self.clauses = clauses
        self.index = index
        self._sentence_words: dict[int, frozenset[str]] = {}

    def candidates(self) -> list[Candidate]:
        """At most one candidate a word, in the order of the text."""
        self._mend_lemmas()
        lemmas, upos, deprels = self.clauses.lemmas, self.clauses.upos, self.clauses.deprels
        verbs, _nouns, adjectives = self.index.verbs, self.index.nouns, self.index.adjectives
        found = []
        for token, lemma in enumerate(lemmas):
            kind = upos[token]
            candidate = None
            if kind == "VERB" and self._is_adjective(token):
                candidate = self._adjective(token, adjectives[self.clauses.words[token].lower()])
            if candidate is None and kind == "VERB" and lemma in verbs and deprels[token] != "amod":
                candidate = self._verb(token, verbs[lemma])
            if candidate is None and kind in ("NOUN", "PROPN"):
                candidate = self._noun_at(token, lemma)
            if candidate is None and lemma in adjectives and self._predicative(token):
                candidate = self._adjective(token, adjectives[lemma])
            if candidate is not None:
                found.append(candidate)
            elif kind == "AUX" and lemma in self.index.modals:
                found += self._modal(token, self.index.modals[lemma])
        return self._without_carried(found)

    def instead(self, candidate: Candidate) -> Candidate | None:
        """The next frame that fits the same word, for one that asks for a deed and found none."""
        token = candidate.head
        if candidate.part == VERB:
            entries = self.index.verbs.get(self.clauses.lemmas[token], ())
            return self._verb(token, _without_deeds(entries))
        if candidate.part == ADJECTIVE:
            entries = self.index.adjectives.get(self.clauses.lemmas[token], ())
            return self._adjective(token, _without_deeds(entries))
        return None

    def next_after(self, candidate: Candidate) -> Candidate | None:
        """The next frame that fits the same verb, for one whose participants are not known."""
        entries = self.index.verbs.get(self.clauses.lemmas[candidate.head], ())
        for at, entry in enumerate(entries):
            if entry.frame is candidate.frame:
                return self._verb(candidate.head, entries[at + 1 :])
        return None

    def _predicative(self, token: int) -> bool:
        """“Is open to talks”, and no “opened its doors to refugees”."""
        kind = self.clauses.upos[token]
        return kind == "ADJ" or (kind == "VERB" and self.clauses.xpos[token] == "VBN")

    def _is_adjective(self, token: int) -> bool:
        """“Is prepared to talk”: a participle that the frames know as an adjective."""
        clauses = self.clauses
        if (
            clauses.xpos[token] != "VBN"
            or clauses.words[token].lower() not in self.index.adjectives
        ):
            return False
        return any(clauses.lemmas[aux] == "be" for aux in clauses.aux.get(token, ()))

    def _mend_lemmas(self) -> None:
        """A verb whose lemma no frame knows may be a known verb that was cut short."""
        lemmas, words, xpos = self.clauses.lemmas, self.clauses.words, self.clauses.xpos
        verbs, forms, nouns = self.index.verbs, self.index.verb_forms, self.index.nouns
        for token, kind in enumerate(self.clauses.upos):
            if kind == "VERB" and lemmas[token] not in verbs:
                word = words[token].lower()
                past = lemmatise([word], ["VERB"], ["VBD"], ["_"])[0]  # “retook”, tagged as base
                mended = forms.get(word, past if past in verbs else lemmas[token])
                self.clauses.mend_lemma(token, mended)
            elif (
                kind == "NOUN"
                and lemmas[token][-1:] == "s"
                and lemmas[token] not in nouns
                and (xpos[token] == "NNS" or lemmas[token][:-1] in nouns)
            ):
                lemma = lemmas[token]
                mended = f"{lemma[:-3]}y" if lemma.endswith("ies") else lemma[:-1]
                self.clauses.mend_lemma(token, mended)

    def _noun_at(self, token: int, lemma: str) -> Candidate | None:
        joined = self.clauses.joined.get(token)
        for key in (joined, lemma) if joined else (lemma,):
            entries = self.index.nouns.get(key)
            if entries:
                candidate = self._noun(token, entries)
                if candidate is not None:
                    return candidate
        return None

    def _without_carried(self, found: list[Candidate]) -> list[Candidate]:
        """A verb frame without an object of its own gives way to the noun that the verb carries."""
        carried = {c.support for c in found if c.support is not None}
        return [
            c
            for c in found
            if c.part != VERB or c.head not in carried or c.frame.object or c.frame.complement
        ]

    # ---- verbs -------------------------------------------------------------------------------

    def _verb(self, token: int, entries: Sequence[Entry]) -> Candidate | None:
        clauses = self.clauses
        passive = clauses.passive(token)
        for entry in entries:
            trigger = self._particle(token, entry.more)
            if trigger is not None and self._verb_fits(token, entry.frame, passive):
                more = self._needed_words(token, entry.frame)
                return Candidate(
                    entry.frame, VERB, token, tuple(sorted({*trigger, *more})), passive
                )
        return None

    def _particle(self, token: int, more: str) -> tuple[int, ...] | None:
        if not more:
            return (token,)
        clauses = self.clauses
        if clauses.particle.get(token) == more:
            return (token, *(c for c in clauses.children[token] if clauses.lemmas[c] == more))
        for child in clauses.children[token]:
            if clauses.lemmas[child] == more and clauses.deprels[child] in ("advmod", "case"):
                return (token, child)
        behind = token + 1  # “pulled out of Somalia”, with “out” hung on the country
        hung = behind < len(clauses.words) and clauses.deprels[behind] in ("case", "advmod")
        return (token, behind) if hung and clauses.lemmas[behind] == more else None

    def _verb_fits(self, token: int, frame: Frame, passive: bool) -> bool:
        clauses = self.clauses
        called = clauses.lemmas[token] == "call" and frame.type in ("CONSULT", "PROTEST")
        if called and any(self._is_described(noun) for noun in clauses.objects(token)):
            return False  # “called the protests a revolution”
        if (passive and frame.passive == "no") or (not passive and frame.passive == "only"):
            return False
        if not self._near_fits(token, frame) or not self._polarity_fits(token, frame):
            return False
        if frame.object is not None or frame.not_object:
            objects = clauses.objects(token)
            if frame.object is not None and not self._any_of(objects, frame.object):
                return False
            if frame.not_object and self._any_of(objects, frame.not_object):
                return False
        if frame.subject is not None or frame.not_subject:
            agent = clauses.agent(token)
            subjects = [] if agent is None else [agent]
            if frame.subject is not None and not self._any_of(subjects, frame.subject):
                return False
            if frame.not_subject and self._any_of(subjects, frame.not_subject):
                return False
        return self._lacks(token, frame) and self._needs_fit(token, frame)

    def _polarity_fits(self, token: int, frame: Frame) -> bool:
        if frame.polarity == "any":
            return True
        return (token in self.clauses.negation) == (frame.polarity == "negative")

    def _lacks(self, token: int, frame: Frame) -> bool:
        """Whether nothing stands where the frame wants nothing, or none of the words it names."""
        for slot, words in frame.without.items():
            if slot in _AWAY and self.clauses.particle.get(token) == slot:
                return False  # “called her out”, “sent them back”
            fillers = self.slot_or_clause(token, slot)
            if words is None:  # “on Monday” fills no place
                fillers = [f for f in fillers if self.clauses.words[f].lower() not in _DAYS]
            if fillers and (words is None or self._any_of(fillers, words)):
                return False
        return True

    def _needs_fit(self, token: int, frame: Frame) -> bool:
        for slots, words in frame.needs.items():
            fillers = [f for slot in _split(slots) for f in self.slot_or_clause(token, slot)]
            if not fillers or (words is not None and not self._any_of(fillers, words)):
                return False
        return True

    def slot_or_clause(self, token: int, slot: str) -> list[int]:
        """What a slot leads to, the last step of which may be a clause: `obj.inf`."""
        path, clause = _path(slot)
        found = self.slot_tokens(token, path)
        if clause is None:
            return found
        return [one for base in found for one in self.clauses.complements(base, clause)]

    def _needed_words(self, token: int, frame: Frame) -> list[int]:
        """The object that a frame asks for belongs to its trigger: “impose … sanctions”."""
        if frame.object is None:
            return []
        found = [o for o in self.clauses.objects(token) if self._any_of([o], frame.object)]
        return found[:1]

    def _any_of(self, tokens: Sequence[int], words: frozenset[str]) -> bool:
        for token in tokens:
            for one in self.clauses.coordinated(token):
                if not words.isdisjoint(self.clauses.forms(one)):
                    return True
                if self.clauses.lemmas[one] in self.clauses.lexicon.partitive:
                    inner = self.clauses.under(one, "of")
                    if inner and self._any_of(inner, words):
                        return True
        return False

    def _near_fits(self, token: int, frame: Frame) -> bool:
        if not frame.near and not frame.not_near:
            return True
        sentence = self.clauses.analysis.sentence_of[token]
        words = self._sentence_words.get(sentence)
        if words is None:
            bounds = self.clauses.analysis.tokens.bounds
            words = frozenset(self.clauses.lemmas[bounds[sentence] : bounds[sentence + 1]])
            self._sentence_words[sentence] = words
        if frame.near and frame.near.isdisjoint(words):
            return False
        return frame.not_near.isdisjoint(words)

    # ---- nouns and adjectives ----------------------------------------------------------------

    def _noun(self, token: int, entries: Sequence[Entry]) -> Candidate | None:
        clauses = self.clauses
        if clauses.deprels[token] in ("compound", "flat", "nmod:poss", "case", "det"):
            return None
        if clauses.case.get(token) == "as":
            return None  # “dismissed it as a meeting of the regime”: what it is called
        forms = clauses.forms(token)
        if not clauses.lexicon.blocked.isdisjoint(forms):
            return None
        for entry in entries:
            trigger = self._first_words(token, entry.more)
            if trigger is not None and self._noun_fits(token, entry.frame):
                support = self._support(token)
                told = support is not None and clauses.lemmas[support] in ("raise", "voice")
                if told and entry.frame.type in ("ASSAULT", "COERCE", "MOBILIZE"):
                    support = None  # “raised the attack at the council”: spoke of it
                called = support is not None and clauses.lemmas[support] == "call"
                gathered = entry.frame.type in ("CONSULT", "PROTEST")
                if called and not (gathered and not self._is_described(token)):
                    support = None  # “called the attack a crime”, “the summit a chance”
                words = {*trigger} if support is None else {*trigger, support}
                return Candidate(entry.frame, NOUN, token, tuple(sorted(words)), support=support)
        return None

    def _is_described(self, noun: int) -> bool:
        """“Called the summit, which …, a chance”: it is not called but said to be something."""
        clauses, verb = self.clauses, self.clauses.heads[noun]
        return any(
            clauses.deprels[child] == deprel
            and child > noun
            and clauses.upos[child] in ("NOUN", "ADJ")
            and clauses.xpos[child] != "NNP"
            for base, deprel in ((noun, "appos"), (verb, "xcomp"))
            for child in clauses.children[base]
        )

    def _first_words(self, token: int, more: str) -> tuple[int, ...] | None:
        if not more:
            return (token,)
        clauses = self.clauses
        for child in clauses.children[token]:
            if clauses.lemmas[child] == more and clauses.deprels[child] in ("compound", "amod"):
                return (child, token)
        if token > 0 and clauses.lemmas[token - 1] == more:
            return (token - 1, token)
        return None

    def _noun_fits(self, token: int, frame: Frame) -> bool:
        if not self._near_fits(token, frame):
            return False
        return self._lacks(token, frame) and self._needs_fit(token, frame)

    def _support(self, token: int, depth: int = 0) -> int | None:
        """The verb that carries the noun: “held talks”, “talks were held”."""
        clauses = self.clauses
        above, deprel = clauses.heads[token], clauses.deprels[token]
        if depth > _DEPTH:
            return None
        if deprel == "conj" and above >= 0:
            nominal = clauses.upos[above] in ("NOUN", "PROPN")
            return self._support(above, depth + 1) if nominal else None
        measured = deprel == "nmod" and above >= 0 and clauses.case.get(token) == "of"
        if measured and clauses.lexicon.nouns.get(clauses.lemmas[above]) == "same":
            return self._support(above, depth + 1)  # “held several hours of talks”
        if above < 0 or not clauses.is_verb(above):
            return self._relative_support(token)
        if deprel == "obl":
            name = f"{clauses.lemmas[above]}_{clauses.case.get(token, '')}"
            return above if name in clauses.lexicon.support else self._relative_support(token)
        if deprel not in ("obj", "nsubj:pass", "nsubj") or self._verb_name(above) is None:
            return self._relative_support(token)
        if deprel == "nsubj" and not clauses.passive(above):
            return None
        return above

    def _relative_support(self, token: int) -> int | None:
        """“the talks (that) they held”, “an attack carried out by …”."""
        clauses = self.clauses
        for child in clauses.children[token]:
            if clauses.deprels[child] not in ("acl", "acl:relcl") or not clauses.is_verb(child):
                continue
            if self._verb_name(child) and token in clauses.objects(child):
                return child
        return None

    def _verb_name(self, verb: int) -> str | None:
        """The verb with its particle, if the lexicon knows it as one that carries nouns."""
        lemma = self.clauses.lemmas[verb]
        particle = self.clauses.particle.get(verb)
        name = f"{lemma}_{particle}" if particle else lemma
        return name if name in self.clauses.lexicon.support else None

    support_name = _verb_name

    def _adjective(self, token: int, entries: Sequence[Entry]) -> Candidate | None:
        for entry in entries:
            if not entry.more and self._noun_fits(token, entry.frame):
                return Candidate(entry.frame, ADJECTIVE, token, (token,))
        return None

    def _modal(self, token: int, entries: Sequence[Entry]) -> list[Candidate]:
        """“… said that Russia must leave”: the demand stands in the auxiliary."""
        clauses = self.clauses
        verb = clauses.heads[token]
        if verb < 0 or clauses.deprels[token] != "aux" or not clauses.is_verb(verb):
            return []  # “people should be aware”
        if any(c < verb and clauses.lemmas[c] in _QUESTIONS for c in clauses.children[verb]):
            return []  # “where he should go, or whether he should stay”
        if any(clauses.lemmas[aux] == "have" for aux in clauses.aux.get(verb, ())):
            return []  # “they must have thought”, “it should have acted”
        for entry in entries:
            if self._noun_fits(verb, entry.frame) and self._polarity_fits(verb, entry.frame):
                return [Candidate(entry.frame, MODAL, verb, (token, verb))]
        return []

    # ---- arguments ---------------------------------------------------------------------------

    def slot_tokens(self, token: int, path: tuple[str, ...]) -> list[int]:
        """The heads of the phrases that a path leads to from a word: `("obj", "of")`."""
        found = [token]
        for step in path:
            found = [filler for at in found for filler in self._step(at, step)]
        return found

    def _step(self, token: int, step: str) -> Sequence[int]:
        clauses = self.clauses
        if step == "subj":
            return self._subject(token)
        if step == "obj":
            return clauses.objects(token) if clauses.is_verb(token) else []
        if step == "iobj":
            goal = clauses.indirect_object(token)
            return [] if goal is None else [goal]
        if step == "poss":
            return self._owners(token)
        if step == "self":
            return [token]
        if step in ("inf", "that"):
            return clauses.complements(token, step)
        if step == "up":
            return self._above(token)
        if step.startswith("deep:"):
            return self._deep(token, step[5:])
        found = clauses.under(token, step)
        if found or token < 0:
            return found
        if clauses.is_verb(token):
            if step == "between":  # “discussed the agreement between …” is of those who discuss
                return []
            for filler in clauses.objects(token)[:1]:
                if filler > token:
                    return self._under_phrase(filler, step)
            return []
        if clauses.lemmas[token] in clauses.lexicon.partitive:
            return [f for inner in clauses.under(token, "of") for f in clauses.under(inner, step)]
        return []

    def _under_phrase(self, token: int, step: str, depth: int = 0) -> Sequence[int]:
        """A preposition somewhere in a noun phrase: “part of a programme for Bosnia”."""
        found = self.clauses.under(token, step)
        if found or depth > 2:
            return found
        for child in self.clauses.children[token]:
            if self.clauses.deprels[child] in ("nmod", "appos", "conj", "compound"):
                found = self._under_phrase(child, step, depth + 1)
                if found:
                    return found
        return []

    def _above(self, token: int) -> list[int]:
        """The subject of the clause that a phrase stands in."""
        clauses, above = self.clauses, self.clauses.heads[token]
        while above >= 0 and not clauses.is_verb(above):
            above = clauses.heads[above]
        return self._subject(above) if above >= 0 else []

    def _deep(self, token: int, preposition: str) -> list[int]:
        """The first phrase with this preposition anywhere below, whatever it is attached to."""
        clauses = self.clauses
        first, last = clauses.analysis.subtree(token)
        for below in range(max(first, token), last):
            if clauses.case.get(below) == preposition and not self._in_other_clause(below, token):
                return [below]
        return []

    def _in_other_clause(self, below: int, token: int) -> bool:
        """Does a clause of its own lie between the word and what it is below?"""
        clauses = self.clauses
        while below != token and below >= 0:
            deprel = clauses.deprels[below]
            that = deprel == "acl" and clauses.mark.get(below) == "that"
            if that or deprel in ("ccomp", "advcl", "parataxis"):
                return True
            below = clauses.heads[below]
        return False

    def _subject(self, token: int) -> list[int]:
        clauses = self.clauses
        if clauses.is_verb(token) and not self._is_adjective(token):
            agent = clauses.agent(token)
        else:
            base = token
            if clauses.child(base, "nsubj") is None and clauses.case.get(base) == "of":
                base = max(clauses.heads[base], 0)  # “are in a state of alert”
            agent = clauses.surface_subject(base)
        return [] if agent is None else [agent]

    def _owners(self, token: int) -> list[int]:
        """Possessors, and the names and adjectives before a noun that may stand for an actor."""
        clauses = self.clauses
        found = [
            c
            for c in clauses.children[token]
            if clauses.deprels[c] == "nmod:poss" and clauses.lemmas[c].lower() not in _TIMES
        ]  # “next week's IMF meeting” is the Fund's
        if found:
            return found
        for child in clauses.children[token]:
            if clauses.deprels[child] in ("compound", "amod", "nmod") and child not in clauses.case:
                found.append(child)
                found += [
                    c
                    for c in clauses.children[child]
                    if clauses.deprels[c] in ("compound", "amod", "conj", "nmod")
                ]
        against = [one for one in found if clauses.lemmas[one] in _AGAINST_THE_STATE]
        if against:  # “Syrian rebel shelling” is not Syria's
            return against
        return [one for one in found if not secondhand(clauses, one)]
