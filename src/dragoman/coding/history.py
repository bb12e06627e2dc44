"""Is a deed told as history: by its date, tense, words of old, the old clause it stands in?"""

from __future__ import annotations

import re
from functools import cached_property

from dragoman.coding.anchoring import when_of
from dragoman.coding.clauses import Clauses
from dragoman.coding.matching import Candidate
from dragoman.coding.status import StatusReading
from dragoman.coding.timing import Timing
from dragoman.records import When

_DEPTH = 9  # words on the way up from a deed to the clauses in which it stands
_REAL = ("happened", "ongoing")
_PRESENT = frozenset({"VBZ", "VBP"})
_SINCE = frozenset({"since", "ever_since"})
_RECALLED = frozenset({"anniversary", "legacy", "history"})
_FORMER = frozenset({"former", "ex", "late", "onetime", "then"})
_BEFORE = frozenset({"before"})
_AFTER = frozenset({"after", "following", "despite"})
# What one does by habit is no news of the day, nor what has long been done.
_HABIT = frozenset(
    {"often", "frequently", "regularly", "routinely", "traditionally", "usually", "long",
     "occasionally", "sometimes", "habitually", "originally"}
)  # fmt: skip
_NO_HABIT = frozenset({"as", "how", "more", "so"})
_ONCE = frozenset({"once"})
_LONG_PAST = re.compile(
    r"\b(years|decades|centuries) (ago|earlier|before)\b|\b(last|previous) (year|decade|century)\b"
    r"|^(in |the )*(1[89]|20)\d\ds?$"
)
# Without a day of their own: “in recent years”, “for decades”, “in the past”.
_OF_YEARS = re.compile(
    r"^(?:(?:in|over|for|during|the|recent|past|last|many|several|some|previous) )*"
    r"(?:years|decades|centuries)$|^the past$"
)


class History:
    """Tells, of the deeds of one document, which are told as history."""

    def __init__(self, clauses: Clauses, timing: Timing) -> None:
        self.clauses = clauses
        self.timing = timing

    def tells(self, candidate: Candidate, reading: StatusReading, when: When | None) -> bool:
        """Is this deed, which happened or goes on at `when`, told as history?"""
        if reading.status not in _REAL:
            return False
        if self._is_long_past(candidate):
            return True
        if when is not None:
            return self.timing.is_old(when)
        if reading.pluperfect and not reading.reported:
            return True
        return self._is_of_old(candidate) or self._in_old_clause(candidate)

    def _is_long_past(self, candidate: Candidate) -> bool:
        """In a text without a date: “last year”, “decades ago”, “in 2005” are history to it."""
        if self.timing.date is not None:
            return False
        return not self._long_past.isdisjoint((candidate.head, candidate.top))

    @cached_property
    def _long_past(self) -> frozenset[int]:
        """The words beside which “last year”, “decades ago” or “in 2005” stands."""
        clauses = self.clauses
        return frozenset(
            clauses.heads[clauses.analysis.head_of(time.first, time.last)]
            for time in self.timing.times
            if _LONG_PAST.search(time.text.lower())
        )

    def _is_of_old(self, candidate: Candidate) -> bool:
        """By words beside it: “previously”, “used to”, “often”, “in recent years”, “a former …”."""
        clauses, top = self.clauses, candidate.top
        if clauses.deprels[top] == "advcl" and clauses.mark.get(top) in _SINCE:
            return True
        words = {top, candidate.head} if clauses.is_verb(candidate.head) else {top}
        for word in words:
            for child in clauses.children[word]:
                lemma = clauses.lemmas[child]
                if lemma in clauses.lexicon.background or self._is_habit(child, word):
                    return True
        above = clauses.heads[candidate.head]
        if above >= 0 and clauses.lemmas[above] in _RECALLED:
            return True
        return self._used_to(top) or self._of_former(top) or not words.isdisjoint(self._of_years)

    def _is_habit(self, adverb: int, verb: int) -> bool:
        clauses = self.clauses
        if clauses.deprels[adverb] != "advmod" or not clauses.is_verb(verb):
            return False
        before = clauses.lemmas[adverb - 1] if adverb else ""
        if clauses.lemmas[adverb] in _ONCE:  # “was once accused”; not “once it had agreed”
            return 0 < verb - adverb <= 2 or (adverb > verb and before != "at")
        return clauses.lemmas[adverb] in _HABIT and adverb < verb and before not in _NO_HABIT

    def _used_to(self, verb: int) -> bool:
        """“They used to meet”: they did."""
        clauses = self.clauses
        above = clauses.heads[verb]
        governed = above >= 0 and clauses.lemmas[above] == "use"
        if (
            governed
            and clauses.deprels[verb] == "xcomp"
            and clauses.mark.get(verb) == "to"
            and not clauses.passive(above)
        ):
            return clauses.child(above, "obj") is None and above not in clauses.aux
        return any(clauses.lemmas[aux] == "use" for aux in clauses.aux.get(verb, ()))

    def _of_former(self, verb: int) -> bool:
        """“A former envoy who resigned over the war”: what is told of him is of then."""
        clauses = self.clauses
        if clauses.deprels[verb] != "acl:relcl" or clauses.xpos[verb] in _PRESENT:
            return False
        noun = clauses.heads[verb]
        return any(
            clauses.lemmas[c] in _FORMER and c < noun for c in clauses.children[noun]
        ) and not self._is_present(verb)

    @cached_property
    def _of_years(self) -> frozenset[int]:
        """The words beside which “in recent years”, “for decades” or “in the past” stands."""
        analysis = self.clauses.analysis
        found = set()
        for time in self.timing.times:
            if time.when is None and _OF_YEARS.search(time.text.lower()):
                head = analysis.head_of(time.first, time.last)
                if self.clauses.case.get(head) in _AFTER:
                    continue  # “after years of war they agreed”
                if self.clauses.deprels[head] in ("obl", "obl:tmod", "obl:unmarked", "advmod"):
                    found.add(self.clauses.heads[head])
        return frozenset(found)

    def _in_old_clause(self, candidate: Candidate) -> bool:
        """“In 2006 he was held while filming an attack”: the attack is as old as what it stands in.

        So is what was said long ago to have happened, and what came before something old.
        """
        clauses, token = self.clauses, candidate.top
        if self._is_present(token):
            return False
        for _ in range(_DEPTH):
            head, deprel = clauses.heads[token], clauses.deprels[token]
            if head < 0 or deprel in ("parataxis", "list"):
                return False
            if deprel == "conj" and (
                clauses.child(token, "nsubj", "nsubj:pass") is not None or self._differ(token, head)
            ):
                return False
            if clauses.mark.get(token) in _BEFORE or clauses.case.get(token) in _BEFORE:
                return False
            if clauses.is_verb(head) and (self._is_dated_old(head) or self._was_usual(head)):
                return True
            token = head
        return False

    def _was_usual(self, verb: int) -> bool:
        """“In recent years they accused it of raids”, “it was often accused of raids”."""
        children = self.clauses.children[verb]
        habit = any(self._is_habit(child, verb) for child in children)
        return habit or verb in self._of_years or self._used_to(verb)

    def _is_dated_old(self, verb: int) -> bool:
        if self._is_present(verb) and not self._is_perfect(verb):
            historic = self.clauses.xpos[verb] in _PRESENT
            if not historic:
                return False
        found = when_of(self.clauses.analysis, verb, self.timing.times)
        if found is None or found.when is None:
            return False
        if self.timing.date is None:
            return _LONG_PAST.search(found.text.lower()) is not None
        return self.timing.is_old(found.when)

    def _differ(self, one: int, other: int) -> bool:
        """Is one of two verbs told of now, and the other of the past?"""
        return self._is_present(one) != self._is_present(other)

    def _is_present(self, verb: int) -> bool:
        clauses = self.clauses
        tags = {clauses.xpos[verb], *(clauses.xpos[aux] for aux in clauses.aux.get(verb, ()))}
        return bool(tags & {"VBZ", "VBP", "MD"})

    def _is_perfect(self, verb: int) -> bool:
        clauses = self.clauses
        return any(clauses.lemmas[aux] == "have" for aux in clauses.aux.get(verb, ()))
