"""What a predicate tells by itself: tense, modality, negation, adjectives, what carries it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.coding import status_words
from dragoman.coding.clauses import Clauses
from dragoman.coding.lexicon import Lexicon, Support
from dragoman.records import Status


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason: the word that gives it, what kind of reason it is, and the status after it."""

    token: int
    kind: str
    status: str


class PredicateStatus:
    """The status of a predicate by itself; the clues that decide it are kept in order."""

    def __init__(self, clauses: Clauses, lasting: bool) -> None:
        self.clauses = clauses
        self.lexicon: Lexicon = clauses.lexicon
        self.lasting = lasting
        self.clues: list[Clue] = []
        self.pluperfect = False
        self.reported = False

    def _took_place(self, noun: int) -> bool:
        """“A meeting that was planned for an hour and lasted three”: there was one."""
        clauses = self.clauses
        told = [c for c in clauses.children[noun] if clauses.deprels[c] == "acl:relcl"]
        over = clauses.heads[noun]
        above = [t for t in (over,) if told and t >= 0]  # parses may join “lasted” to what is above
        joined = [c for t in (*told, *above) for c in clauses.children[t] if c > told[0]]
        told += [
            c
            for c in joined
            if clauses.deprels[c] == "conj" and clauses.child(c, "nsubj", "nsubj:pass") is None
        ]
        for verb in told:
            if clauses.lemmas[verb] in status_words.TOOK_PLACE and clauses.xpos[verb] == "VBD":
                self._note(verb, "took place", "happened")
                return True
        return False

    def _is_faced(self, noun: int, verb: int) -> bool:
        """“Its effort to repel the invasion”: there is one, whatever becomes of the effort."""
        clauses = self.clauses
        if clauses.lemmas[verb] in status_words.PUT_DOWN:
            return True
        return clauses.lemmas[verb] in status_words.FACED and any(
            clauses.lemmas[c] in ("the", "this") or clauses.deprels[c] == "nmod:poss"
            for c in clauses.children[noun]
        )

    def _own(self, verb: int) -> Status:
        """Tense, aspect, modality and negation of a verb (or of a copula's predicate)."""
        clauses = self.clauses
        carrier = self._tense_carrier(verb)
        status = self._modality(verb, carrier)
        negation = clauses.negation.get(verb)
        if negation is None and carrier != verb and not clauses.aux.get(verb):
            negation = clauses.negation.get(carrier)
        if negation is None:
            negation = self._no_subject(verb)
        if negation is not None:
            return self._note(negation, "negation", "happened" if status == "denied" else "denied")
        return self._adverbs(verb, status)

    def _no_subject(self, verb: int) -> int | None:
        """“No president has met her”: the word that denies it of all."""
        clauses = self.clauses
        subject = clauses.child(verb, "nsubj", "nsubj:pass")
        if subject is None:
            return None
        if clauses.lemmas[subject] in ("nobody", "none"):
            return subject
        return next(
            (
                c
                for c in clauses.children[subject]
                if clauses.lemmas[c] == "no" and clauses.deprels[c] == "det"
            ),
            None,
        )

    def _tense_carrier(self, verb: int) -> int:
        """The verb whose auxiliaries count: “will meet Putin and hold talks”."""
        clauses = self.clauses
        while (
            clauses.deprels[verb] == "conj"
            and not clauses.aux.get(verb)
            and clauses.is_verb(clauses.heads[verb])
            and clauses.child(verb, "nsubj", "nsubj:pass") is None
            and clauses.xpos[verb] in ("VB", "VBN", "VBG")
        ):
            verb = clauses.heads[verb]
        return verb

    def _modality(self, verb: int, carrier: int) -> Status:
        clauses = self.clauses
        auxiliaries = clauses.aux.get(carrier, [])
        had = progressive = False
        for aux in auxiliaries:
            word = clauses.words[aux].lower()
            lemma = clauses.lemmas[aux]
            if lemma in status_words.FUTURE or word in status_words.FUTURE:
                return self._note(aux, "future", "planned")
            if lemma == "would" or (word in status_words.CONDITIONAL and clauses.xpos[aux] == "MD"):
                return self._conditional(verb, aux)
            if lemma in status_words.POSSIBLE or word in status_words.POSSIBLE:
                return self._note(aux, "modal", "possible")
            to_come = clauses.mark.get(verb) == "to" and clauses.lemmas[verb] != "blame"
            if lemma == "be" and to_come and self._not_yet(verb):
                return self._note(aux, "not yet", "denied")
            if lemma == "be" and to_come and clauses.xpos[aux] not in ("VB", "VBN"):
                return self._note(aux, "is to", "planned")
            had = had or (lemma == "have" and clauses.xpos[aux] == "VBD")
            progressive = progressive or (lemma == "be" and clauses.xpos[aux] in ("VBZ", "VBP"))
        if auxiliaries and self._is_due(verb):
            return self._note(verb, "due to", "planned")
        if had:
            self.pluperfect = True
        if self._either(verb):
            return self._note(verb, "either", "possible")
        if self._imperative(verb):
            return self._note(verb, "imperative", "possible")
        progressive = progressive or self._said_to_go_on(verb)
        if progressive and clauses.xpos[verb] == "VBG":
            return self._note(verb, "progressive", "ongoing")
        if self.lasting and clauses.xpos[carrier] in ("VBZ", "VBP", "VBG"):
            return self._note(verb, "present", "ongoing")
        return "happened"

    def _said_to_go_on(self, verb: int) -> bool:
        """“Announced that it was withdrawing its troops”: under way when it was said."""
        clauses, above = self.clauses, self.clauses.heads[verb]
        if above < 0 or clauses.deprels[verb] != "ccomp" or clauses.xpos[above] != "VBD":
            return False
        told = clauses.lemmas[above] in status_words.TELLING
        return told and any(
            clauses.words[aux].lower() in ("was", "were") for aux in clauses.aux.get(verb, ())
        )

    def _is_due(self, verb: int) -> bool:
        """“He had been due to visit both”, where the parse joins “due to”."""
        clauses = self.clauses
        due = [c for c in clauses.children[verb] if c < verb and clauses.lemmas[c] == "due"]
        return bool(due) and clauses.words[due[-1] + 1].lower() == "to" and due[-1] + 2 == verb

    def _not_yet(self, *tokens: int) -> bool:
        """“Is yet to visit”, “has yet to meet her”."""
        clauses = self.clauses
        return any(clauses.lemmas[c] == "yet" for t in tokens for c in clauses.children[t])

    def _either(self, verb: int) -> bool:
        """“Either we mend our ties or …”: one of two that may come."""
        clauses = self.clauses
        return clauses.xpos[verb] in ("VBP", "VBZ", "VB") and any(
            clauses.lemmas[c] == "either" and c < verb and clauses.upos[c] in ("CCONJ", "ADV")
            for c in clauses.children[verb]
        )

    def _imperative(self, verb: int) -> bool:
        clauses = self.clauses
        if clauses.xpos[verb] != "VB" or clauses.aux.get(verb) or verb in clauses.mark:
            return False
        if clauses.aux.get(self._tense_carrier(verb)):
            return False  # “did sit down and have a talk”
        if clauses.deprels[verb] not in ("root", "conj", "parataxis", "ccomp"):
            return False
        return clauses.child(verb, "nsubj", "nsubj:pass") is None

    def _conditional(self, verb: int, aux: int) -> Status:
        """“Would”: the future told in the past, or something that hangs on an if."""
        clauses = self.clauses
        for child in clauses.children[verb]:
            if clauses.deprels[child] == "advcl" and clauses.mark.get(child) in status_words.IF:
                return self._note(aux, "conditional", "possible")
        clause = verb
        while clauses.deprels[clause] in ("conj", "xcomp") and clauses.heads[clause] >= 0:
            clause = clauses.heads[clause]
        if clauses.deprels[clause] in ("ccomp", "acl:relcl", "advcl", "csubj", "csubj:pass", "acl"):
            return self._note(aux, "future in the past", "planned")
        return self._note(aux, "conditional", "possible")

    def _adverbs(self, verb: int, status: Status) -> Status:
        for child in self.clauses.children[verb]:
            if self.clauses.deprels[child] == "advmod":
                effect = self.lexicon.adverbs.get(self.clauses.lemmas[child])
                if effect == "denied" and self.clauses.lemmas[verb] in status_words.FINISH:
                    effect = "ongoing"  # “has almost completed its withdrawal”
                if effect is not None:
                    status = self._combine(status, self._note(child, "adverb", effect))
        return status

    def _modifiers(self, noun: int, status: Status) -> Status:
        """Adjectives and the article before an event noun: “potential”, “no”."""
        clauses = self.clauses
        for child in clauses.children[noun]:
            if clauses.deprels[child] in ("amod", "compound", "det", "advmod"):
                effect = self.lexicon.modifiers.get(clauses.lemmas[child])
                if effect is None:
                    effect = self.lexicon.modifiers.get(clauses.words[child].lower())
                if effect is not None:
                    status = self._combine(status, self._note(child, "modifier", effect))
            elif (
                clauses.lemmas[child] in ("due", "set")
                and clauses.deprels[child] in status_words.BEHIND
            ):
                status = self._combine(status, self._note(child, "modifier", "planned"))
            elif clauses.deprels[child] == "acl" and clauses.xpos[child] == "VBN":
                status = self._participle(child, status)
            elif clauses.deprels[child] == "acl:relcl" and self._failed(child):
                status = self._combine(status, self._note(child, "modifier", "cancelled"))
        if self._due_to(noun):
            status = self._combine(status, self._note(noun, "modifier", "planned"))
        if noun in clauses.negation:
            status = self._note(clauses.negation[noun], "negation", "denied")
        return status

    def _failed(self, verb: int) -> bool:
        """“The talks in Izmir that fell through”."""
        clauses = self.clauses
        behind = clauses.words[verb + 1].lower() if verb + 1 < len(clauses.words) else ""
        name = f"{clauses.lemmas[verb]}_{behind}"
        return name in status_words.FAILED and verb not in clauses.negation

    def _due_to(self, noun: int) -> bool:
        """“Talks due to resume”, which parses take for “because of”."""
        words, lemmas = self.clauses.words, self.clauses.lemmas
        if self._due_to_hold(noun):
            return True
        for token in range(noun + 1, min(noun + status_words.NEAR, len(words) - 2)):
            if words[token] in (",", ";", ".") or self.clauses.is_verb(token):
                return False
            if words[token : token + 2] == ["due", "to"]:
                return lemmas[token + 2] in status_words.BEGIN
        return False

    def _due_to_hold(self, noun: int) -> bool:
        """“Is due to hold talks”, where the parse takes “hold” for a noun."""
        clauses = self.clauses
        for token in range(noun - 3, max(noun - status_words.NEAR, 0), -1):
            if clauses.finite(token) or clauses.words[token] in (",", ";"):
                return False
            if clauses.words[token : token + 2] == ["due", "to"]:
                behind = clauses.lemmas[token + 2] in status_words.HOLD
                return behind and clauses.lemmas[token - 1] == "be"
        return False

    def _participle(self, verb: int, status: Status) -> Status:
        """“Talks planned for May”, “a visit called off at the last minute”."""
        lemma, particle = self.clauses.lemmas[verb], self.clauses.particle.get(verb)
        name = f"{lemma}_{particle}" if particle else lemma
        effect = self.lexicon.verbs.get(name)
        if lemma in status_words.MEANT and self.clauses.child(verb, "xcomp") is not None:
            return status  # “a trip intended to boost trade”
        if effect in ("planned", "cancelled") or lemma == "propose":
            return self._combine(status, self._note(verb, "modifier", effect or "possible"))
        return status

    def _carried(self, noun: int, verb: int, status: Status) -> Status:
        lemma, particle = self.clauses.lemmas[verb], self.clauses.particle.get(verb)
        name = f"{lemma}_{particle}" if particle else lemma
        if self.clauses.effects.get(verb) == "cancelled":  # “suspended the talks”
            return self._combine(status, self._note(verb, "carrying verb", "cancelled"))
        support: Support | None = self.lexicon.support.get(name)
        if support is None or support.status == "same":
            return status
        return self._combine(status, self._note(verb, "carrying verb", support.status))

    @staticmethod
    def _unreal(status: Status) -> Status:
        return status if status in ("planned", "possible") else "happened"

    def _effect(self, head: int) -> str | None:
        """What its frame, else the lexicon, says of a governing word."""
        clauses = self.clauses
        if head in clauses.effects:
            return clauses.effects[head]
        lemma, kind = clauses.lemmas[head], clauses.upos[head]
        if lemma == "look" and any(clauses.lemmas[c] == "forward" for c in clauses.children[head]):
            return "planned"
        if kind == "VERB" or kind == "AUX":
            particle = clauses.particle.get(head)
            if particle:
                effect = self.lexicon.verbs.get(f"{lemma}_{particle}")
                if effect is not None:
                    return effect
            effect = self.lexicon.verbs.get(lemma)
            return effect if effect is not None else self.lexicon.adjectives.get(lemma)
        if kind == "ADJ":
            return self.lexicon.adjectives.get(lemma)
        return self.lexicon.nouns.get(lemma)

    # ---- bookkeeping -------------------------------------------------------------------------

    def _note(self, token: int, kind: str, status: str) -> Status:
        self.clues.append(Clue(token, kind, status))
        return status  # type: ignore[return-value]

    @staticmethod
    def _combine(inner: Status, outer: Status) -> Status:
        """A real deed takes what governs it; a possible one stays so unless it is denied."""
        if outer == "happened" or outer == inner:
            return inner
        if inner in status_words.REAL:
            return outer
        if outer == "ongoing":
            return inner
        if inner == "denied":
            return "happened" if outer == "denied" else "denied"
        if inner == "cancelled":  # “threatened to call off the visit”: it still stands
            return "planned" if outer in ("possible", "denied") else inner
        return outer if outer in ("possible", "denied", "cancelled") else inner
