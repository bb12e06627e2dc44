"""The grammar that coding needs, read off the dependency parse: who is subject, object, negated.

One `Clauses` is made for a document. Its function words are collected in one pass; the rest is
answered on demand. Missing subjects are found through control and raising, conjunction, relative
and participle clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from dragoman.coding.function_words import FunctionWords
from dragoman.coding.hyphens import joined_words
from dragoman.coding.lexicon import Lexicon, load_lexicon
from dragoman.coding.mending import mended
from dragoman.language.analysis import Analysis

RELATIVE = frozenset({"who", "which", "that", "whom"})
BE = frozenset({"be", "get"})
_PAPERS = frozenset(
    {"resolution", "statement", "letter", "decree", "law", "order", "motion", "bill", "declaration",
     "note", "message", "report"}
)  # fmt: skip
_OF_SOMEONE = frozenset(
    {"ready", "willing", "prepared", "unwilling", "committed", "determined", "keen", "eager"}
    | {"reluctant", "able", "unable", "opposed", "open"}
)
_BESIDE = frozenset({"after", "before", "while", "since", "when", "by", "without", "despite"})
_ORDER = frozenset({"first", "last", "only", "next", "second", "third", "latest"})
_RANKED = frozenset(
    {"president", "minister", "leader", "premier", "country", "state", "nation", "pope", "king",
     "general", "official", "politician", "government", "member", "ally", "chancellor", "secretary",
     "diplomat", "person", "woman", "man", "power", "organisation", "organization"}
)  # fmt: skip
_BODIES = frozenset({"government", "opposition", "rebel", "army", "military", "police", "regime"})
_GIVING = frozenset({"give", "grant", "offer", "award", "send", "pay", "hand", "deny", "promise"})
_PHRASES = frozenset({"obl", "nmod", "obl:agent", "advcl", "acl"})
NAMED_PLACE = "named_place"  # how a frame asks for the name of a place
_FLOATING = frozenset({"each", "both", "all"})
_DEPTH = 7  # how far a missing subject is followed

_IN_NAMES = frozenset({"-", "–", "of", "the", "for", "and"})


class Clauses:
    """The grammar of one analysed document; `analysis` has its parse mended."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()
        self.words = analysis.words
        self.lemmas = [lemma.lower() for lemma in analysis.lemmas]
        self.upos = analysis.upos
        self.xpos = analysis.xpos
        self.analysis = analysis = mended(analysis, self.lemmas)
        self.heads = analysis.heads
        self.deprels = analysis.deprels
        self.children = analysis.children
        function = FunctionWords(analysis, self.lemmas)
        self.case = function.case
        self.mark = function.mark
        self.aux = function.aux
        self.negation = function.negation
        self.particle = function.particle
        self.effects: dict[int, str] = {}  # what frames make of the deeds below them
        self.named_places = frozenset(  # words of names; places that are found later are added
            token
            for name in analysis.names
            if name.label == "LOC"
            for token in range(name.first, name.last)
        )
        self._forms: dict[int, frozenset[str]] = {}
        # What frames ask of the same word again and again; the parse does not change meanwhile.
        self._passive: dict[int, bool] = {}
        self._objects: dict[int, Sequence[int]] = {}
        self._under: dict[tuple[int, str], Sequence[int]] = {}

    @cached_property
    def joined(self) -> dict[int, str]:
        """Words written with hyphens that the tokens split, by their last part: `cease-fire`."""
        return joined_words(self.analysis, self.lemmas)

    def child(self, token: int, *deprels: str) -> int | None:
        """The first dependent with one of these relations."""
        for child in self.children[token]:
            if self.deprels[child] in deprels:
                return child
        return None

    def is_verb(self, token: int) -> bool:
        return self.upos[token] in ("VERB", "AUX")

    # ---- voice -------------------------------------------------------------------------------

    def mend_lemma(self, token: int, lemma: str) -> None:
        """Puts a lemma right; what was told with the wrong one is forgotten."""
        self.lemmas[token] = lemma
        self._passive.clear()
        self._objects.clear()

    def passive(self, verb: int) -> bool:
        """Is the verb in the passive, written out or reduced (“troops deployed by Russia”)?"""
        found = self._passive.get(verb)
        if found is None:
            found = self._passive[verb] = self._is_passive(verb)
        return found

    def _is_passive(self, verb: int, depth: int = 0) -> bool:
        undergoes = False
        for child in self.children[verb]:
            deprel = self.deprels[child]
            if deprel in ("aux:pass", "csubj:pass"):
                return True
            if deprel == "obl:agent" and (self.case.get(child) == "by" or not self._perfect(verb)):
                return True
            undergoes = undergoes or deprel == "nsubj:pass"
        if undergoes:  # a parse that forgot the auxiliary is not believed against an object
            return not self._has_aux(verb) and self.child(verb, "obj") is None
        if self.xpos[verb] == "VBN" and any(self.lemmas[a] == "be" for a in self.aux.get(verb, ())):
            return True
        if self.lemmas[verb] == "blame" and self.mark.get(verb) == "to":
            return self.child(verb, "obj") is None  # “who is to blame”
        if self.xpos[verb] != "VBN" or self._has_aux(verb):
            return False
        if self.child(verb, "nsubj") is not None and not self.aux.get(verb):
            return False  # a past tense that was taken for a participle
        if any(self.lemmas[aux] in BE for aux in self.aux.get(verb, ())):
            return True
        if self.deprels[verb] == "conj" and self.is_verb(self.heads[verb]) and depth < _DEPTH:
            return self._is_passive(self.heads[verb], depth + 1)
        if self.lemmas[verb] in _GIVING and self.deprels[verb] == "acl":
            return True  # “a movement given protection by …”
        return self.child(verb, "obj") is None

    def _perfect(self, verb: int) -> bool:
        """“Has killed”: with “have” and without “be”, which no passive is."""
        lemmas = {self.lemmas[aux] for aux in self.aux.get(verb, ())}
        return "have" in lemmas and not lemmas & BE

    def _has_aux(self, verb: int) -> bool:
        return any(self.lemmas[aux] == "have" for aux in self.aux.get(verb, ()))

    # ---- subjects ----------------------------------------------------------------------------

    def surface_subject(self, verb: int, depth: int = 0) -> int | None:
        """The subject as grammar has it: of a passive, the one who undergoes."""
        if depth > _DEPTH:
            return None
        own = self._own_subject(verb)
        if own is not None:
            return self._antecedent(own, verb)
        if self._finite(verb) and self.child(verb, "expl") is not None:
            return None  # “when it comes to Gaza”
        missing = self._missing_subject(verb, depth + 1)
        return missing if missing is not None else self._bare_before(verb)

    def _own_subject(self, verb: int) -> int | None:
        """Of two subjects (“which Russia denies”) the one that stands next to the verb."""
        found = None
        for child in self.children[verb]:
            if self.deprels[child] in ("nsubj", "nsubj:pass") and (found is None or child < verb):
                if found is not None and self.lemmas[child] in _FLOATING:
                    continue  # “India and Pakistan each accused …”
                found = child
        if found is not None:
            return found
        for child in self.children[verb]:
            if self.deprels[child] == "nsubj:outer":  # “the government is to lift …”
                return child
            if self.deprels[child] == "expl" and self.words[verb].lower() in _OF_SOMEONE:
                return child  # “said it was ready to attack”
        for aux in self.aux.get(verb, ()):  # a parse may hang the subject on the auxiliary
            found = self.child(aux, "nsubj", "nsubj:pass")
            if found is not None:
                return found
        return None

    def _bare_before(self, verb: int) -> int | None:
        """A noun phrase without a preposition before a finite verb, whatever the parse calls it."""
        if not self._finite(verb):
            return None
        for child in self.children[verb]:
            if child >= verb:
                return None
            if child in self.case or self.upos[child] not in ("NOUN", "PROPN", "PRON"):
                continue
            if self.deprels[child] in ("obl", "obj", "dislocated", "expl", "nmod", "dep"):
                return child
        return None

    def _missing_subject(self, verb: int, depth: int) -> int | None:
        head, deprel = self.heads[verb], self.deprels[verb]
        if head < 0:
            return None
        if deprel == "conj":
            if self.is_verb(head) or self.child(head, "nsubj", "cop") is not None:
                return self.surface_subject(head, depth)
            return self._missing_subject(head, depth) if self.is_verb(verb) else None
        if deprel == "xcomp":
            return self._controller(head, depth)
        if deprel.startswith("acl"):
            return self._from_noun(verb, head, depth)
        if deprel in ("advcl", "ccomp", "parataxis") and not self._finite(verb):
            fronted = self._fronted(verb, head)
            if fronted is not None:  # “Having failed …, Iran looks elsewhere, she said”
                return self.surface_subject(fronted, depth)
            controlled = self.is_verb(head) and self.lemmas[head] in self.lexicon.control
            if controlled and self.mark.get(verb) not in _BESIDE:
                return self._controller(head, depth)
            return self.surface_subject(head, depth) if deprel != "parataxis" else None
        if deprel in ("advcl",) and self.is_verb(head) and self.mark.get(verb) is None:
            return self.surface_subject(head, depth)
        return None

    def _fronted(self, verb: int, head: int) -> int | None:
        """The clause that is told before its own verb of saying, with a participle before it."""
        for child in self.children[head]:
            if verb < child < head and self.deprels[child] in ("ccomp", "parataxis"):
                return child if self._finite(child) else None
        return None

    def _name_beside(self, verb: int, noun: int) -> int:
        """“His chances of beating Diaz, so far backed by …”: the name right before the comma."""
        comma = verb - 1
        while comma > noun and self.upos[comma] == "ADV":
            comma -= 1
        name = comma - 1
        if name <= noun or self.words[comma] != "," or self.xpos[verb] != "VBN":
            return noun
        while self.deprels[name] == "flat":
            name = self.heads[name]
        return name if self.upos[name] == "PROPN" and self.upos[noun] == "NOUN" else noun

    def _from_noun(self, verb: int, noun: int, depth: int) -> int | None:
        """A clause under a noun: the noun is its subject, or (“plan to …”) who holds the noun."""
        infinitive = self.mark.get(verb) == "to"
        if infinitive and self.xpos[verb] == "VBN" and self.passive(verb):
            return noun  # “a meeting to be held”
        if infinitive and self.upos[noun] == "PROPN" and self.case.get(noun) in ("in", "at"):
            there = self.child(noun, "nsubj")
            if there is not None:
                return there  # “was in Lima to meet her”
        ranked = any(self.lemmas[c] in _ORDER for c in self.children[noun])
        if infinitive and ranked and self.lemmas[noun] in _RANKED:
            return noun  # “the last president to visit Cuba”
        if self.lemmas[noun] in _PAPERS and self.xpos[verb] == "VBG":
            holder = self.holder(noun, depth)  # “passed a resolution condemning …”
            if holder is not None:
                return holder
        if not infinitive and self.mark.get(verb) is None:
            noun = self._name_beside(verb, noun)
            return noun if self.child(verb, "nsubj") is None else None
        holder = self.holder(noun, depth)
        return holder if holder is not None else (noun if infinitive else None)

    def holder(self, noun: int, depth: int = 0) -> int | None:
        """Whose plan, offer, decision …: the possessor, else the subject of the verb above it."""
        owner = self.child(noun, "nmod:poss")
        if owner is None and self.lemmas[noun] in self.lexicon.nouns:
            owner = self._owner_before(noun)
        if owner is not None:
            return owner
        above, deprel = self.heads[noun], self.deprels[noun]
        if above >= 0 and deprel in ("obj", "obl", "xcomp", "ccomp") and self.is_verb(above):
            return self.surface_subject(above, depth + 1) if depth <= _DEPTH else None
        return None

    def _owner_before(self, noun: int) -> int | None:
        """“Government plans to …”, “the Russian decision to …”: a name before the noun."""
        for child in self.children[noun]:
            if self.deprels[child] in ("compound", "amod") and (
                self.words[child][:1].isupper() or self.lemmas[child] in _BODIES
            ):
                return child
        return None

    def _controller(self, governor: int, depth: int) -> int | None:
        """Who does what an infinitive under `governor` tells: its object, or its subject."""
        prepositions = self.lexicon.control.get(self.lemmas[governor])
        if prepositions:
            for child in self.children[governor]:
                if self.deprels[child] == "obl" and self.case.get(child) in prepositions:
                    return child
        if self.lemmas[governor] not in self.lexicon.subject_control:
            goal = self.indirect_object(governor)
            goal = self.child(governor, "obj") if goal is None else goal
            if goal is not None:
                return self._antecedent(goal, governor)
        return self.surface_subject(governor, depth)

    def _antecedent(self, token: int, verb: int) -> int:
        """What a relative pronoun stands for; any other token stands for itself."""
        if self.lemmas[token] not in RELATIVE or self.xpos[token] == "DT":
            return token
        clause = verb
        for _ in range(_DEPTH):
            if self.deprels[clause] == "acl:relcl":
                return self._named_before(token, self.heads[clause])
            if self.heads[clause] < 0:
                return token
            clause = self.heads[clause]
        return token

    def _named_before(self, pronoun: int, antecedent: int) -> int:
        """“Speaker of the Senate Ana Ruiz, who …”, hung on the Senate, is of the one named."""
        name = pronoun - 2 if self.words[pronoun - 1] == "," else pronoun - 1
        if self.lemmas[pronoun] not in ("who", "whom") or name <= antecedent:
            return antecedent
        first = name
        while self.deprels[first] == "flat" and self.heads[first] > antecedent:
            first = self.heads[first]
        between = range(antecedent + 1, name + 1)
        if self.heads[first] == antecedent or self.upos[first] != "PROPN":
            return antecedent
        if not all(self.upos[t] == "PROPN" or self.words[t] in _IN_NAMES for t in between):
            return antecedent
        return (
            name if self.case.get(antecedent) == "of" or self._inside_of(antecedent) else antecedent
        )

    def _inside_of(self, token: int) -> bool:
        """“Of the House of Representatives”: is the word part of what an office is of?"""
        return self.deprels[token] == "nmod" and self.upos[token] == "PROPN"

    def _finite(self, verb: int) -> bool:
        if self.xpos[verb] in ("VBD", "VBZ", "VBP", "MD"):
            return True
        return any(self.xpos[aux] in ("VBD", "VBZ", "VBP", "MD") for aux in self.aux.get(verb, ()))

    finite = _finite

    # ---- arguments ---------------------------------------------------------------------------

    def agent(self, verb: int) -> int | None:
        """Who does it: the subject, or the by-phrase of a passive."""
        if not self.passive(verb):
            return self.surface_subject(verb)
        behind = [c for c in self.children[verb] if self.deprels[c] in ("obl", "obl:agent", "obj")]
        for child in behind:
            if self.case.get(child) == "by":
                return child
        for child in behind:  # “was sent to the council by …”, hung on the council
            for below in self.children[child]:
                if self.deprels[below] == "nmod" and self.case.get(below) == "by":
                    return below
        called = ("as", "according_to")
        agents = [c for c in behind if self.deprels[c] == "obl:agent"]
        return next((c for c in agents if self.case.get(c) not in called), None)

    def objects(self, verb: int) -> Sequence[int]:
        """What it is done to: objects, the subject of a passive, the gap of a relative clause."""
        known = self._objects.get(verb)
        if known is None:
            known = self._objects[verb] = self._objects_of(verb)
        return known

    def _objects_of(self, verb: int) -> Sequence[int]:
        found = [self._antecedent(c, verb) for c in self.children[verb] if self.deprels[c] == "obj"]
        if found:
            return found
        if self.passive(verb):
            subject = self.surface_subject(verb)
            return [] if subject is None else [subject]
        person = self.child(verb, "iobj")
        if person is not None:  # “blamed the West for …”: the only object, whatever the parse says
            return [self._antecedent(person, verb)]
        for child in self.children[verb]:  # “ordered him to go”, with “him” under “go”
            if self.deprels[child] in ("xcomp", "ccomp") and self.mark.get(child) == "to":
                inner = self.child(child, "nsubj", "nsubj:pass")
                if inner is not None:
                    return [inner]
        own = self._own_subject(verb)
        if own is not None and self.deprels[verb] == "acl:relcl":
            head = self.heads[verb]
            if self._antecedent(own, verb) != head and self.child(verb, "obl") is None:
                return [] if self._elsewhere(verb) else [head]
        return self._gap_above(verb)

    def _gap_above(self, verb: int) -> list[int]:
        """“A town that they have been trying to capture”: the object of an infinitive inside."""
        above = verb
        while self.deprels[above] == "xcomp" and self.heads[above] >= 0:
            above = self.heads[above]
            if self.child(above, "obj", "iobj") is not None:
                return []
        if above == verb or self.deprels[above] != "acl:relcl" or self._elsewhere(above):
            return []
        own = self._own_subject(above)
        head = self.heads[above]
        if (
            own is None
            or self._antecedent(own, above) == head
            or self.child(verb, "obl") is not None
        ):
            return []
        return [head]

    def indirect_object(self, verb: int) -> int | None:
        """To whom: the indirect object, or the first of two objects."""
        goal = self.child(verb, "iobj")
        if goal is not None:
            return goal
        objects = [c for c in self.children[verb] if self.deprels[c] == "obj" and c > verb]
        if len(objects) == 1 and self.lemmas[verb] in _GIVING and self.passive(verb):
            return self.surface_subject(verb)
        return objects[0] if len(objects) == 2 else None

    def under(self, token: int, preposition: str) -> Sequence[int]:
        """The phrases with this preposition that depend on the token."""
        known = self._under.get((token, preposition))
        if known is None:
            known = self._under[token, preposition] = self._phrases_under(token, preposition)
        return known

    def _phrases_under(self, token: int, preposition: str) -> list[int]:
        case = self.case
        found = []
        for child in self.children[token]:
            if case.get(child) == preposition and self.deprels[child] in _PHRASES:
                found.append(child)
            elif preposition == "of" and case.get(child) == "out_of":
                found.append(child)  # “walked out of the talks”
            if child > token and self.mark.get(child) == "to":
                found += [  # “an ultimatum to Peru to …”, with “to Peru” hung on the infinitive
                    below
                    for below in self.children[child]
                    if below < child - 1 and case.get(below) == preposition
                ]
        return found

    def complements(self, token: int, slot: str) -> list[int]:
        """Clauses under the token: `inf`, `that`, or a gerund behind a preposition (`ger:of`)."""
        found = []
        for child in self.children[token]:
            deprel = self.deprels[child]
            if slot == "inf":
                clause = deprel in ("xcomp", "advcl", "acl", "ccomp") and self._infinitive(child)
                if clause and not self._elsewhere(child):
                    found.append(child)
            elif slot == "that":
                if deprel in ("ccomp", "acl") and not self._infinitive(child):
                    found.append(child)
            elif deprel in ("advcl", "acl", "obl", "nmod", "xcomp", "ccomp"):
                preposition = slot.partition(":")[2]
                if preposition == "-":  # a bare gerund: “denied shelling the town”
                    if self.xpos[child] == "VBG" and child not in self.mark:
                        found.append(child)
                elif preposition in (self.mark.get(child), self.case.get(child)):
                    found.append(child)
        return found

    def _elsewhere(self, verb: int) -> bool:
        """“…, where he is to meet …” has an infinitive, and is no complement."""
        return any(self.lemmas[child] in ("where", "when", "why") for child in self.children[verb])

    def _infinitive(self, verb: int) -> bool:
        if self.mark.get(verb) is not None:
            return self.mark[verb] == "to"
        if self.xpos[verb] != "VB" or self._finite(verb):
            return False
        return self.child(verb, "nsubj", "nsubj:pass") is None

    # ---- words -------------------------------------------------------------------------------

    def coordinated(self, token: int) -> Iterator[int]:
        """The token and what is coordinated with it."""
        waiting = [token]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [c for c in reversed(self.children[one]) if self.deprels[c] == "conj"]

    def _is_foreign(self, token: int) -> bool:
        """Whether a capital before a noun says whose it is."""
        return any(self.words[c][:1].isupper() for c in self.children[token] if c < token)

    def forms(self, token: int) -> frozenset[str]:
        """How a restriction may name a word: `talk`, `peace_talk`, `number_troop` where counted."""
        cached = self._forms.get(token)
        if cached is not None:
            return cached
        lemma = self.lemmas[token]
        found = {lemma}
        if token in self.named_places:
            found.add(NAMED_PLACE)
        if token in self.joined:
            found.add(self.joined[token])
        for child in self.children[token]:
            deprel = self.deprels[child]
            if deprel in ("compound", "amod", "nmod:poss"):
                found.add(f"{self.lemmas[child]}_{lemma}")
            elif deprel == "nummod" and not self._is_foreign(token):
                found.add(f"number_{lemma}")  # “with 5,000 troops”, and not “South Korean marines”
            elif deprel in ("nmod:desc", "appos") and self.upos[token] == "PROPN":
                found.add(self.lemmas[child])  # “summoned Ambassador Mohamane”
            elif deprel == "nmod" and self.case.get(child) in ("of", "on", "for", "to"):
                found.add(f"{lemma}_{self.case[child]}_{self.lemmas[child]}")
        result = frozenset(found)
        self._forms[token] = result
        return result
