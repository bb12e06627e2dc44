"""Did it happen? The status of a predicate, with the clues that decide it.

A predicate's own tense, modality and negation come first; then whatever governs it is walked
through upwards: “began to”, “plans to”, “fears that”, “without”, “a threat of”. Each step leaves a
clue, so that the decision can be explained.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.coding import status_words, surroundings
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
        have = own == "possible" and surroundings.is_perfect(self.clauses, verb)
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
        if deprel == "acl:relcl" and surroundings.is_whose(self.clauses, token):
            return self._combine(status, self._note(token, "future", "planned")), True
        if deprel == "acl" or relative:  # “soldiers to be deployed”, “on condition that …”
            return self._noun_clause(token, head, status)
        if deprel in ("obj", "nsubj:pass", "iobj", "nsubj", "obl", "nmod", "compound", "nmod:poss"):
            return self._nominal(token, head, deprel, status)
        return None

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
            if lemma in status_words.BELIEVED and surroundings.is_perfect(self.clauses, token):
                effect = "same"  # “is believed to have met her”
            if lemma == "able" and surroundings.past(self.clauses, head):
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
        if first and (had or surroundings.past(self.clauses, verb) or clauses.xpos[verb] == "VBD"):
            return True
        if not had:
            return False
        sentence = clauses.analysis.sentence_of[verb]
        rest = range(verb + 1, clauses.analysis.tokens.bounds[sentence + 1])
        but = next((t for t in rest if clauses.lemmas[t] in ("but", "before", "until")), None)
        return but is not None and any(
            clauses.is_verb(t) and self._effect(t) == "cancelled" for t in rest if t > but
        )

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
                return self._combine(status, open_), not surroundings.subordinate(
                    self.clauses, head
                )
            if surroundings.is_told_anyway(self.clauses, head):
                return status, True
            return (status, False) if surroundings.subordinate(self.clauses, head) else None
        if effect == "planned" and status in status_words.REAL:
            return status, False  # “agreed that he had erred”: the clause has a tense of its own
        return self._governed(head, effect, status), False

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
        mark = (
            surroundings.mark(self.clauses, token)
            or clauses.case.get(token)
            or surroundings.time_adverb(self.clauses, token)
        )
        if mark in status_words.IF:
            return self._combine(status, self._note(token, "condition", "possible")), True
        if mark in status_words.UNTIL:
            if surroundings.awaited(self.clauses, token, head):
                sure = mark == "when" and surroundings.is_future(self.clauses, head)
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
        if mark in status_words.TOWARDS and surroundings.approaches(self.clauses, head):
            return self._combine(status, self._note(head, "approach", "possible")), False
        if mark == "in" and clauses.xpos[token] == "VBG":  # “in announcing his departure, he …”
            return self._combine(status, self._own(head)), False
        if mark in ("to", "in_order", "so_as", "in"):
            if mark == "to" and surroundings.is_arranged(self.clauses, token):
                return self._combine(status, self._note(token, "arranged", "planned")), True
            if surroundings.gathered(self.clauses, head, token):
                return self._combine(status, self._own(head)), False
            if (
                mark == "to" and clauses.lemmas[head] == "become"
            ):  # “to become the first to visit it”
                return self._combine(status, self._own(head)), False
            if mark == "to" and surroundings.is_there(self.clauses, head):
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

    def _noun_clause(self, token: int, noun: int, status: Status) -> tuple[Status, bool] | None:
        clauses = self.clauses
        mark = surroundings.mark(self.clauses, token)
        effect = self._effect(noun)
        if mark == "to" and surroundings.is_headline(self.clauses, token, noun):
            return self._combine(status, self._note(token, "headline", "planned")), False
        if mark == "to" and surroundings.is_the_first(self.clauses, noun):
            if clauses.aux.get(noun):  # “was, will be the first leader to visit it”
                status = self._combine(status, self._unreal(self._own(noun)))
            return self._modifiers(noun, status), False  # “became the first leader to visit it”
        if mark == "to" and surroundings.is_there(self.clauses, noun):
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
            if deprel == "nsubj" and surroundings.generic(self.clauses, token, head):
                return self._combine(status, self._note(token, "generic", "possible")), True
            if deprel == "nsubj":  # the subject of a noun or adjective with a copula
                return self._of_subject(token, head, status), True
            return None
        if effect in ("happened", "alleged"):
            return None
        return self._combine(status, self._note(head, "noun", effect)), False

    def _under_verb(
        self, token: int, head: int, deprel: str, preposition: str | None, status: Status
    ) -> tuple[Status, bool] | None:
        if deprel == "nsubj" and not self.clauses.passive(head):
            return self._of_subject(token, head, status), not surroundings.exists(
                self.clauses, head
            )
        if deprel == "obj" and self._is_faced(token, head):
            return status, True
        if deprel == "nsubj:pass" and surroundings.is_meant(self.clauses, head):
            return status, True
        if preposition == "on" and self.clauses.lemmas[head] in status_words.TRAVEL:
            return self._combine(status, self._own(head)), False  # “will arrive on a visit”
        if preposition == "on" and self.clauses.lemmas[token] in status_words.TRIPS:
            return self._circumstance(head, preposition, status)  # “on a visit, she called on …”
        if preposition == "for" and self.clauses.lemmas[head] in status_words.CONVENE:
            return self._combine(status, self._own(head)), False  # “that they meet for talks”
        effect = self._effect(head)
        if (
            deprel == "obl"
            and preposition in status_words.TOWARDS
            and surroundings.approaches(self.clauses, head)
        ):
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

    def _of_subject(self, token: int, head: int, status: Status) -> Status:
        """“The raid will …”: as real as the verb; what is there may yet have effects."""
        clauses = self.clauses
        meant = clauses.lemmas[head] in status_words.SHOW and clauses.mark.get(head) == "to"
        if meant and clauses.lemmas[token] in status_words.TRIPS:
            return status  # “his visit is to signal solidarity”
        told = self._own(head)
        if told == "denied" and surroundings.is_held(self.clauses, head):
            # “the talks did not take place”
            return self._combine(status, self._note(head, "not held", "denied"))
        own = self._unreal(told)
        real = status == "happened" and told in ("ongoing", "happened")
        if real and surroundings.lasts(self.clauses, head):
            return self._note(head, "going on", "ongoing")
        if own == "possible" and surroundings.is_given(self.clauses, token, head, status):
            return status
        return self._combine(status, own)

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
