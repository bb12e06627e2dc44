"""Did it happen? The status of a predicate, with the clues that decide it.

A predicate's own tense, modality and negation come first; then whatever governs it is walked
through upwards: “began to”, “plans to”, “fears that”, “without”, “a threat of”. Each step leaves a
clue, so that the decision can be explained.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.coding import status_words
from dragoman.coding.clauses import Clauses
from dragoman.coding.predicate_status import Clue, PredicateStatus
from dragoman.language.analysis import Analysis
from dragoman.records import Status


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status of one predicate; `conditional` marks what is said to hold only under an if."""

    status: Status
    pluperfect: bool
    reported: bool
    clues: tuple[Clue, ...]


def status_of(
    analysis: Analysis,
    token: int,
    clauses: Clauses | None = None,
    *,
    support: int | None = None,
    lasting: bool = False,
) -> StatusReading:
    """The status of the predicate at `token`; `support` is the verb that carries an event noun."""
    return _Walk(clauses or Clauses(analysis), lasting).read(token, support)


class _Walk(PredicateStatus):
    """One walk from a predicate to the top of its sentence."""

    def read(self, token: int, support: int | None) -> StatusReading:
        clauses = self.clauses
        if support is not None:
            if self._took_place(token):
                return StatusReading("happened", self.pluperfect, self.reported, tuple(self.clues))
            status = self._modifiers(token, "happened")
            if self._is_faced(token, support):
                return StatusReading(status, self.pluperfect, self.reported, tuple(self.clues))
            status = self._carried(token, support, status)
            own = self._own(support)
            if status == "cancelled" and own in ("possible", "denied"):
                status = self._not_called_off(support, own)
            else:
                status = self._combine(status, own)
            # “Cancelled the trip planned for May”: what is above the trip tells.
            told_of = clauses.deprels[support] in ("acl", "acl:relcl")
            below = told_of and clauses.heads[support] == token
            status = self._upwards(token if below else support, status)
        elif clauses.is_verb(token) or clauses.aux.get(token):
            status = self._upwards(token, self._own(token))
        else:
            status = self._upwards(token, self._modifiers(token, "happened"))
        return StatusReading(status, self.pluperfect, self.reported, tuple(self.clues))

    def _not_called_off(self, verb: int, own: Status) -> Status:
        """“May call off the visit”: it stands; “could have called off the visit”: it was made."""
        have = own == "possible" and self._is_perfect(verb)
        return self._note(verb, "not called off", "happened" if have else "planned")

    def _upwards(self, token: int, status: Status) -> Status:
        clauses = self.clauses
        for _ in range(status_words.DEPTH):
            head, deprel = clauses.heads[token], clauses.deprels[token]
            if head < 0:
                break
            if deprel in ("conj", "appos", "flat", "list"):
                token = head
                continue
            step = self._step(token, head, deprel, status)
            if step is None:
                break
            status, stop = step
            if stop:
                break
            token = head
        return status

    def _step(
        self, token: int, head: int, deprel: str, status: Status
    ) -> tuple[Status, bool] | None:
        if deprel == "xcomp":
            return self._open_clause(token, head, status)
        if deprel == "ccomp":
            return self._content_clause(head, status)
        if deprel == "advcl":
            return self._adverbial(token, head, status)
        if deprel in ("csubj", "csubj:pass"):  # “capturing the town would be …”
            return self._combine(status, self._unreal(self._own(head))), True
        relative = deprel == "acl:relcl" and self.clauses.mark.get(token) in ("to", "that")
        if deprel == "acl:relcl" and self._is_whose(token):
            return self._combine(status, self._note(token, "future", "planned")), True
        if deprel == "acl" or relative:  # “soldiers to be deployed”, “on condition that …”
            return self._noun_clause(token, head, status)
        if deprel in ("obj", "nsubj:pass", "iobj", "nsubj", "obl", "nmod", "compound", "nmod:poss"):
            return self._nominal(token, head, deprel, status)
        return None

    def _is_whose(self, noun: int) -> bool:
        """“The king, whose visit to Lima will be the first”, where the noun heads the clause."""
        clauses = self.clauses
        if not any(clauses.lemmas[c] == "whose" for c in clauses.children[noun]):
            return False
        sentence = clauses.analysis.sentence_of[noun]
        for token in range(noun + 1, clauses.analysis.tokens.bounds[sentence + 1]):
            if clauses.upos[token] in ("AUX", "VERB") and clauses.finite(token):
                return clauses.lemmas[token] in status_words.FUTURE
            if clauses.lemmas[token] in status_words.FUTURE:
                return True
        return False

    def _open_clause(self, token: int, head: int, status: Status) -> tuple[Status, bool]:
        clauses = self.clauses
        lemma = clauses.lemmas[head]
        if lemma == "be" and clauses.lemmas[token] == "blame":
            return status, False  # “is to blame”
        if lemma == "be":
            status = self._combine(status, self._note(head, "is to", "planned"))
        elif lemma == "go" and clauses.xpos[head] == "VBG" and clauses.mark.get(token) == "to":
            status = self._combine(status, self._note(head, "going to", "planned"))
        elif lemma == "have" and clauses.mark.get(token) == "to" and self._not_yet(head, token):
            status = self._combine(status, self._note(head, "not yet", "denied"))
        elif lemma in ("have", "need") and clauses.mark.get(token) == "to":
            status = self._combine(status, self._note(head, "obligation", "possible"))
        else:
            effect = self._effect(head)
            if lemma in status_words.BELIEVED and self._is_perfect(token):
                effect = "same"  # “is believed to have met her”
            if lemma == "able" and self._past(head):
                effect = "same"  # “were able to attack”: they did
            if effect in status_words.NEUTRAL:
                return self._combine(status, self._own(head)), False
            if effect == "planned" and self._was_dropped(head):
                return self._combine(status, self._note(head, "dropped", "cancelled")), True
            status = self._governed(head, effect, status)
        return status, False

    def _was_dropped(self, verb: int) -> bool:
        """“Had originally intended to visit it”, “had planned to, but that was scrapped”."""
        clauses = self.clauses
        had = any(clauses.words[aux].lower() == "had" for aux in clauses.aux.get(verb, ()))
        first = any(clauses.lemmas[c] in status_words.AT_FIRST for c in clauses.children[verb])
        if first and (had or self._past(verb) or clauses.xpos[verb] == "VBD"):
            return True
        if not had:
            return False
        sentence = clauses.analysis.sentence_of[verb]
        rest = range(verb + 1, clauses.analysis.tokens.bounds[sentence + 1])
        but = next((t for t in rest if clauses.lemmas[t] in ("but", "before", "until")), None)
        return but is not None and any(
            clauses.is_verb(t) and self._effect(t) == "cancelled" for t in rest if t > but
        )

    def _is_perfect(self, verb: int) -> bool:
        return any(self.clauses.lemmas[aux] == "have" for aux in self.clauses.aux.get(verb, ()))

    def _past(self, head: int) -> bool:
        clauses = self.clauses
        return any(clauses.xpos[aux] == "VBD" for aux in clauses.aux.get(head, ()))

    def _content_clause(self, head: int, status: Status) -> tuple[Status, bool] | None:
        effect = self._effect(head)
        self.reported = True
        if self.clauses.lemmas[head] == "propose" and head not in self.clauses.negation:
            return self._combine(status, self._note(head, "governor", "possible")), False
        if (
            self.clauses.lemmas[head] in status_words.MEAN
            and self.clauses.negation.get(head) is not None
        ):
            return self._combine(status, self._note(head, "negated governor", "denied")), False
        if effect in status_words.NEUTRAL:
            unsure = self.clauses.lemmas[head] in status_words.CONFIRM
            if unsure and self.clauses.negation.get(head) is not None:
                open_ = self._note(head, "unconfirmed", "possible")
                return self._combine(status, open_), not self._subordinate(head)
            if self._is_told_anyway(head):
                return status, True
            return (status, False) if self._subordinate(head) else None
        if effect == "planned" and status in status_words.REAL:
            return status, False  # “agreed that he had erred”: the clause has a tense of its own
        return self._governed(head, effect, status), False

    def _is_told_anyway(self, verb: int) -> bool:
        """“I wanted to let you know that they met”: who wants to tell it has told it."""
        clauses = self.clauses
        if clauses.lemmas[verb] not in status_words.TELLING:
            return False
        for _ in range(3):
            if clauses.deprels[verb] not in ("xcomp", "ccomp"):
                return False
            verb = clauses.heads[verb]
            if clauses.lemmas[verb] in ("want", "like", "wish"):
                subject = clauses.surface_subject(verb)
                return subject is not None and clauses.lemmas[subject] in ("i", "we")
        return False

    def _subordinate(self, token: int) -> bool:
        return self.clauses.deprels[token] in ("ccomp", "advcl", "acl", "xcomp", "conj")

    def _governed(self, head: int, effect: str, status: Status) -> Status:
        """What a governing word makes of the status below it; negation turns it round."""
        negation = self.clauses.negation.get(head)
        if negation is not None:
            turned = {"denied": "happened", "planned": "denied", "cancelled": "planned"}
            effect = turned.get(effect, effect)
            return self._combine(status, self._note(negation, "negated governor", effect))
        return self._combine(status, self._note(head, "governor", effect))

    def _adverbial(self, token: int, head: int, status: Status) -> tuple[Status, bool] | None:
        clauses = self.clauses
        mark = self._mark(token) or clauses.case.get(token) or self._time_adverb(token)
        if mark in status_words.IF:
            return self._combine(status, self._note(token, "condition", "possible")), True
        if mark in status_words.UNTIL:
            if self._awaited(token, head):
                sure = mark == "when" and self._is_future(head)
                ahead = "planned" if sure else "possible"
                return self._combine(status, self._note(token, "awaited", ahead)), True
            if mark == "before" and clauses.xpos[token] == "VBG":
                whole = self._upwards(head, self._own(head))
                if whole in ("planned", "possible"):  # “is due to meet her before going to Lima”
                    return self._combine(status, self._note(token, "awaited", whole)), True
            return None
        effect = self.lexicon.prepositions.get(mark or "")
        if effect is not None:
            return self._combine(status, self._note(token, "preposition", effect)), False
        if mark in status_words.TOWARDS and self._approaches(head):
            return self._combine(status, self._note(head, "approach", "possible")), False
        if mark == "in" and clauses.xpos[token] == "VBG":  # “in announcing his departure, he …”
            return self._combine(status, self._own(head)), False
        if mark in ("to", "in_order", "so_as", "in"):
            if mark == "to" and self._is_arranged(token):
                return self._combine(status, self._note(token, "arranged", "planned")), True
            if self._gathered(head, token):
                return self._combine(status, self._own(head)), False
            if (
                mark == "to" and clauses.lemmas[head] == "become"
            ):  # “to become the first to visit it”
                return self._combine(status, self._own(head)), False
            if mark == "to" and self._is_there(head):
                return self._combine(status, self._own(head)), False
            governing = self._effect(head)
            if governing in ("planned", "denied", "cancelled"):
                return self._governed(head, governing, status), False
            if governing == "same":  # “joined the others to call for …”
                return self._combine(status, self._own(head)), False
            if mark == "in" and clauses.xpos[token] == "VBG":  # “in naming the group, she said …”
                return self._combine(status, self._unreal(self._own(head))), False
            return self._combine(status, self._note(token, "purpose", "possible")), True
        if mark is None and not clauses.finite(token):
            return self._combine(status, self._own(head)), False
        if mark in ("of", "for", "from", "about", "with", "by", "on", "at"):
            governing = self._effect(head)
            if governing not in status_words.NEUTRAL:
                return self._governed(head, governing, status), False
        return None

    def _is_arranged(self, verb: int) -> bool:
        """“Where he is due to meet her”, whatever the parse makes of the clause."""
        clauses = self.clauses
        for child in clauses.children[verb]:
            if clauses.deprels[child] == "mark" and clauses.lemmas[child] == "to" and child:
                return clauses.words[child - 1].lower() in status_words.ARRANGED
        return False

    def _awaited(self, token: int, head: int) -> bool:
        """“Until it withdraws”: not yet; “when he visited”: it happened."""
        clauses = self.clauses
        if clauses.mark.get(token) is None:  # “when” is an adverb: what is told is often usual
            return self._is_future(head)
        return clauses.xpos[token] in ("VBZ", "VBP", "VB") or self._is_future(head)

    def _is_future(self, verb: int) -> bool:
        clauses, ahead = self.clauses, status_words.FUTURE | status_words.CONDITIONAL
        if any(clauses.lemmas[c] == "due" for c in clauses.children[verb] if c < verb):
            return True  # “is due to end when he steps down”
        if clauses.mark.get(verb) == "to" and "be" in {
            clauses.lemmas[aux] for aux in clauses.aux.get(verb, ())
        }:
            return True  # “is to hold talks when he visits”
        return any(
            clauses.lemmas[aux] in ahead or clauses.words[aux].lower() in ahead
            for aux in clauses.aux.get(verb, ())
        )

    def _time_adverb(self, token: int) -> str | None:
        """“When he visits”: the conjunction that parses make an adverb of the clause."""
        for child in self.clauses.children[token]:
            if child < token and self.clauses.lemmas[child] == "when":
                return "when" if self.clauses.deprels[child] in ("advmod", "mark") else None
        return None

    def _gathered(self, head: int, token: int) -> bool:
        """“Crammed the square to demand …”: those who came together for it did it."""
        clauses = self.clauses
        if clauses.lemmas[head] not in status_words.GATHER or clauses.mark.get(token) != "to":
            return False
        return clauses.xpos[head] in ("VBD", "VBN", "VBP", "VBZ", "VBG")

    def _mark(self, token: int) -> str | None:
        """The conjunction of a clause; of “for him to step down” it is the “to”."""
        clauses = self.clauses
        mark = clauses.mark.get(token)
        if mark == "for" and clauses.xpos[token] in ("VB", "VBN"):
            marks = [c for c in clauses.children[token] if clauses.deprels[c] == "mark"]
            return "to" if any(clauses.lemmas[c] == "to" for c in marks) else mark
        return mark

    def _noun_clause(self, token: int, noun: int, status: Status) -> tuple[Status, bool] | None:
        clauses = self.clauses
        mark = self._mark(token)
        effect = self._effect(noun)
        if mark == "to" and self._is_headline(token, noun):
            return self._combine(status, self._note(token, "headline", "planned")), False
        if mark == "to" and self._is_the_first(noun):
            if clauses.aux.get(noun):  # “was, will be the first leader to visit it”
                status = self._combine(status, self._unreal(self._own(noun)))
            return self._modifiers(noun, status), False  # “became the first leader to visit it”
        if mark == "to" and self._is_there(noun):
            return self._combine(status, self._own(noun)), False
        if mark == "to":
            passive = clauses.xpos[token] == "VBN" and clauses.passive(token)
            if clauses.lemmas[noun] in status_words.UNDERTAKING:
                return self._modifiers(noun, status), False  # “an operation to destroy …”
            effect = effect or ("planned" if passive else "possible")  # “soldiers to be deployed”
        elif mark is None or mark in status_words.WHILE:
            return None
        above = clauses.heads[noun]
        if clauses.lemmas[noun] == "step" and above >= 0 and clauses.lemmas[above] == "take":
            return self._combine(status, self._own(above)), False  # “took the step of closing it”
        had = above >= 0 and clauses.lemmas[above] == "have" and clauses.xpos[above] == "VBD"
        if had and clauses.lemmas[noun] in status_words.GIFTS:
            return self._combine(status, self._own(above)), False  # “had the honour to visit them”
        if effect in status_words.NEUTRAL:
            return status, False
        if (
            clauses.lemmas[noun] == "invitation"
            and above >= 0
            and clauses.lemmas[above] == "accept"
        ):
            effect = "planned"  # “accepted an invitation to visit …”
            return self._combine(status, self._note(above, "governor", effect)), False
        status = self._combine(status, self._note(noun, "noun", effect))
        return self._modifiers(noun, status), False

    def _is_there(self, place: int) -> bool:
        """“Was in Lima to meet her”: who was there for it has done it."""
        clauses = self.clauses
        if clauses.case.get(place) not in ("in", "at") or clauses.upos[place] != "PROPN":
            return False
        return any(
            clauses.words[aux].lower() in ("was", "were") for aux in clauses.aux.get(place, ())
        )

    def _is_headline(self, verb: int, noun: int) -> bool:
        """“Turkey's Erdogan to visit Iran”: the future of headlines, of a name at their top."""
        clauses = self.clauses
        if clauses.heads[noun] >= 0 or clauses.upos[noun] != "PROPN":
            return False
        return not any(clauses.finite(c) for c in clauses.children[noun]) and noun < verb

    def _is_the_first(self, noun: int) -> bool:
        """“The first leader to visit Chad”: what he is first in is as real as his being so."""
        clauses = self.clauses
        ranked = any(clauses.lemmas[c] in status_words.RANKED for c in clauses.children[noun])
        return ranked and (self._above_become(noun) or bool(clauses.aux.get(noun)))

    def _above_become(self, noun: int) -> bool:
        above = self.clauses.heads[noun]
        return above >= 0 and self.clauses.lemmas[above] == "become"

    def _nominal(
        self, token: int, head: int, deprel: str, status: Status
    ) -> tuple[Status, bool] | None:
        clauses = self.clauses
        preposition = clauses.case.get(token)
        effect = self.lexicon.prepositions.get(preposition or "")
        if preposition == "against" and clauses.lemmas[head] in status_words.WITHSTANDING:
            return None  # “protested against the raid”: there was one
        if effect is not None and deprel in ("obl", "nmod"):
            return self._combine(status, self._note(token, "preposition", effect)), False
        if clauses.is_verb(head):
            return self._under_verb(token, head, deprel, preposition, status)
        above = clauses.heads[head]
        if clauses.lemmas[head] == "part" and above >= 0 and clauses.lemmas[above] == "take":
            return self._combine(status, self._own(above)), False  # “did not take part in …”
        effect = self._effect(head)
        if effect == "same":
            return status, False
        if preposition in ("during", "after", "following") and deprel == "nmod":
            return None  # “during the meeting the focus was on the prospects of …”
        if effect == "planned" and any(
            clauses.lemmas[c] in status_words.OVER and c < token for c in clauses.children[token]
        ):
            return None  # “the preparations for the recent summit”
        if (
            effect == "planned"
            and preposition == "of"
            and clauses.lemmas[head] in status_words.OUTCOME
        ):
            return None  # “the decisions of the summit”: what was decided there
        if effect is None or deprel not in ("nmod", "compound", "obl"):
            if deprel == "nsubj" and clauses.lemmas[head] in status_words.GOALS:
                return self._combine(status, self._note(head, "goal", "possible")), True
            if deprel == "nsubj" and self._generic(token, head):
                return self._combine(status, self._note(token, "generic", "possible")), True
            if deprel == "nsubj":  # the subject of a noun or adjective with a copula
                return self._of_subject(token, head, status), True
            return None
        if effect in ("happened", "alleged"):
            return None
        return self._combine(status, self._note(head, "noun", effect)), False

    def _generic(self, token: int, head: int) -> bool:
        """“An attack is a cause for war”: an attack in general, none in particular."""
        clauses = self.clauses
        if not any(clauses.lemmas[c] in ("a", "an", "any") for c in clauses.children[token]):
            return False
        return any(clauses.xpos[aux] in ("VBZ", "VBP") for aux in clauses.aux.get(head, ()))

    def _under_verb(
        self, token: int, head: int, deprel: str, preposition: str | None, status: Status
    ) -> tuple[Status, bool] | None:
        if deprel == "nsubj" and not self.clauses.passive(head):
            return self._of_subject(token, head, status), not self._exists(head)
        if deprel == "obj" and self._is_faced(token, head):
            return status, True
        if deprel == "nsubj:pass" and self._is_meant(head):
            return status, True
        if preposition == "on" and self.clauses.lemmas[head] in status_words.TRAVEL:
            return self._combine(status, self._own(head)), False  # “will arrive on a visit”
        if preposition == "on" and self.clauses.lemmas[token] in status_words.TRIPS:
            return self._circumstance(head, preposition, status)  # “on a visit, she called on …”
        if preposition == "for" and self.clauses.lemmas[head] in status_words.CONVENE:
            return self._combine(status, self._own(head)), False  # “that they meet for talks”
        effect = self._effect(head)
        if deprel == "obl" and preposition in status_words.TOWARDS and self._approaches(head):
            return self._combine(status, self._note(head, "approach", "possible")), False
        if deprel == "obj" and self._is_not_brought_about(head):
            return self._combine(status, self._note(head, "not brought about", "denied")), True
        if deprel == "obl:agent" and self.clauses.lemmas[head] in status_words.BESIDE:
            return self._combine(status, self._unreal(self._own(head))), True
        if self.clauses.lemmas[head] in status_words.PREVENT:
            above = self.clauses.heads[head]
            if above >= 0 and self._effect(above) == "denied":
                return status, True  # “failed to prevent the attack”: there was one
        if deprel == "obl" and preposition not in (
            "for", "of", "on", "to", "against", "with", "from", "about", "into", "over", "upon"
        ):  # fmt: skip
            return self._circumstance(head, preposition, status)
        if effect in status_words.NEUTRAL:
            if (
                deprel == "obl"
                and preposition == "for"
                and self.clauses.lemmas[head] in status_words.PURPOSE
            ):
                return self._combine(status, self._note(head, "purpose", "possible")), True
            if deprel == "obl":
                return self._circumstance(head, preposition, status)
            return (status, True) if effect == "same" else None
        return self._governed(head, effect, status), False

    def _is_not_brought_about(self, verb: int) -> bool:
        """“Failed to produce a meeting”: there was none."""
        clauses, above = self.clauses, self.clauses.heads[verb]
        if clauses.lemmas[verb] not in status_words.BRINGING or above < 0:
            return False
        return clauses.deprels[verb] == "xcomp" and self._effect(above) == "denied"

    def _is_meant(self, verb: int) -> bool:
        """“The visit is aimed to show support”: what it is for, not that it is still to come."""
        clauses = self.clauses
        if clauses.lemmas[verb] not in status_words.MEANT:
            return False
        return clauses.child(verb, "xcomp", "advcl") is not None or any(
            clauses.deprels[c] == "obl" and clauses.case.get(c) == "at"
            for c in clauses.children[verb]
        )

    def _exists(self, head: int) -> bool:
        """“There had been an attack”: there is no other subject."""
        clauses = self.clauses
        return any(
            clauses.deprels[c] == "expl" and clauses.lemmas[c] == "there"
            for c in clauses.children[head]
        )

    def _of_subject(self, token: int, head: int, status: Status) -> Status:
        """“The raid will …”: as real as the verb; what is there may yet have effects."""
        clauses = self.clauses
        meant = clauses.lemmas[head] in status_words.SHOW and clauses.mark.get(head) == "to"
        if meant and clauses.lemmas[token] in status_words.TRIPS:
            return status  # “his visit is to signal solidarity”
        told = self._own(head)
        if told == "denied" and self._is_held(head):  # “the talks did not take place”
            return self._combine(status, self._note(head, "not held", "denied"))
        own = self._unreal(told)
        real = status == "happened" and told in ("ongoing", "happened")
        if real and self._lasts(head):
            return self._note(head, "going on", "ongoing")
        if own == "possible" and self._is_given(token, head, status):
            return status
        return self._combine(status, own)

    def _lasts(self, verb: int) -> bool:
        """“Talks are going on”, “the fighting continues”; not what had been, nor “goes to …”."""
        clauses, tag = self.clauses, self.clauses.xpos[verb]
        if clauses.lemmas[verb] not in status_words.LASTING or tag not in ("VBG", "VBZ", "VBP"):
            return False
        if any(clauses.xpos[aux] in ("VBD", "MD") for aux in clauses.aux.get(verb, ())):
            return False
        if clauses.lemmas[verb] in ("go", "drag"):
            return clauses.particle.get(verb) == "on"
        return tag != "VBG" or bool(clauses.aux.get(verb))

    def _is_held(self, verb: int) -> bool:
        """“Take place”, “go ahead”: what a deed does that is done."""
        clauses, lemma = self.clauses, self.clauses.lemmas[verb]
        if lemma in status_words.HAPPEN:
            return True
        words = {clauses.lemmas[c] for c in clauses.children[verb]}
        return (lemma == "take" and "place" in words) or (lemma == "go" and "ahead" in words)

    def _is_given(self, noun: int, head: int, status: Status) -> bool:
        """“The ongoing talks should move the focus”: talks there are, whatever may come of them."""
        clauses = self.clauses
        if clauses.lemmas[head] in status_words.OCCUR:
            return False
        if any(clauses.lemmas[aux] == "would" for aux in clauses.aux.get(head, ())):
            return False
        told = [c for c in clauses.children[noun] if c < noun]
        if any(clauses.lemmas[c] in status_words.NOT_YET for c in told):
            return False
        return status == "ongoing" or any(
            clauses.lemmas[c] in status_words.GIVEN or clauses.deprels[c] == "nmod:poss"
            for c in told
        )

    def _approaches(self, head: int) -> bool:
        """“Moved closer to adopting”, “edged towards a deal”: near it, and no further."""
        clauses = self.clauses
        if clauses.lemmas[head] in status_words.APPROACH:
            return True
        return any(
            clauses.words[child].lower() in ("closer", "nearer", "close")
            for child in clauses.children[head]
            if child > head
        )

    def _circumstance(
        self, head: int, preposition: str | None, status: Status
    ) -> tuple[Status, bool] | None:
        """“Will end with a press conference”: as real as the verb, unless it lies before it."""
        own = self._own(head)
        if own in ("planned", "possible") and preposition not in status_words.BEFORE:
            return self._combine(status, own), True
        above = self.clauses.heads[head]
        invited = self.clauses.deprels[head] == "xcomp" and self.clauses.lemmas[above] == "invite"
        if invited and self.clauses.lemmas[head] in status_words.APPEAR:
            return self._combine(status, self._note(above, "invited", "possible")), True
        return None
