"""A speech act over a deed: the act that PLOVER asks for, and the deed inside kept as its own.

“Threatened to expel the envoys” is THREATEN with the mode of what is threatened; the expulsion is
an event of its own, possible. Composition goes to any depth: what stands inside is composed first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.clauses import Clauses
from dragoman.coding.matching import MODAL, NOUN, VERB, Candidate, Matcher
from dragoman.ontology import Ontology
from dragoman.ontology.frame_files import NO_EVENT

_STANCE = frozenset({"will", "would", "can", "could", "wo", "'ll", "shall", "ca", "may", "must"})
_ANSWER = frozenset({"respond", "comply", "accede", "adhere", "reply", "submit", "take", "return"})


@dataclass(frozen=True, slots=True)
class Act:
    """A candidate with what it comes to: its type and mode, and the deeds inside it.

    `type` is None where the frame yields no event of its own over this deed. `refused` marks an act
    whose negation was read as a refusal, so that the negation does not deny it as well.
    """

    candidate: Candidate
    type: str | None
    mode: str | None
    deeds: tuple[int, ...] = ()
    refused: bool = False


class Composer:
    """Composes the candidates of one document."""

    def __init__(
        self,
        clauses: Clauses,
        matcher: Matcher,
        candidates: Sequence[Candidate],
        ontology: Ontology,
    ) -> None:
        self.clauses = clauses
        self.matcher = matcher
        self.candidates = candidates
        self.ontology = ontology
        self._at: dict[int, list[int]] = {}
        for number, candidate in enumerate(candidates):
            if candidate.part == MODAL:
                continue
            for token in {candidate.head, candidate.top}:
                self._at.setdefault(token, []).append(number)
        self._acts: dict[int, Act] = {}

    def acts(self) -> list[Act]:
        """One act for each candidate, in the same order."""
        return [self._act(number) for number in range(len(self.candidates))]

    def _act(self, number: int, above: frozenset[int] = frozenset()) -> Act:
        known = self._acts.get(number)
        if known is not None:
            return known
        candidate = self.candidates[number]
        frame = candidate.frame
        deeds = self._deeds(number) if frame.complement else ()
        inner = [
            self._act(deed, above | {number}) for deed in deeds if deed not in above | {number}
        ]
        act = self._compose(candidate, deeds, inner)
        self._acts[number] = act
        return act

    def _compose(self, candidate: Candidate, deeds: tuple[int, ...], inner: Sequence[Act]) -> Act:
        frame = candidate.frame
        type_: str | None = frame.type
        mode = frame.mode
        first = next((act for act in inner if act.type is not None), None)
        if frame.needs_deed and first is None:
            return Act(candidate, None, None, deeds)
        if first is not None and first.type is not None:
            outcome = frame.inside.get(first.type, frame.type)
            type_ = None if outcome == NO_EVENT else outcome
            mode = mode or self._mode(frame.mode_by, first.type, first.mode)
        if type_ is not None and frame.negated and self._refuses(candidate):
            refused_mode = self.ontology.types[type_].demanded
            known = self.ontology.types[frame.negated].modes
            return Act(
                candidate,
                frame.negated,
                refused_mode if refused_mode in known else None,
                deeds,
                refused=True,
            )
        if type_ is not None and mode is not None and mode not in self.ontology.types[type_].modes:
            mode = None
        refused = frame.polarity == "negative"
        return Act(candidate, type_, mode, deeds, refused)

    def _mode(self, mode_by: str, inner_type: str, inner_mode: str | None) -> str | None:
        """What a threat or a demand is about."""
        inner = self.ontology.types[inner_type]
        if mode_by == "threat":
            return inner.threat(inner_mode)
        if mode_by != "demand":
            return None
        return "change" if inner_mode == "resign" else inner.demanded

    def _refuses(self, candidate: Candidate) -> bool:
        """“Will not meet” is a refusal; “did not meet” only tells that it did not happen."""
        clauses, top = self.clauses, candidate.top
        if top not in clauses.negation:
            return False
        if candidate.frame.complement or candidate.part not in (VERB, NOUN):
            return True
        return any(clauses.lemmas[aux] in _STANCE for aux in clauses.aux.get(top, ()))

    # ---- the deeds inside --------------------------------------------------------------------

    def _deeds(self, number: int) -> tuple[int, ...]:
        """The candidates that stand in the complement of this one."""
        candidate = self.candidates[number]
        found: list[int] = []
        bases = [candidate.head]
        if candidate.support is not None:
            bases.append(candidate.support)
        for base in bases:
            for slot in candidate.frame.complement:
                if slot == "-":
                    continue
                if slot == "self":
                    found += [n for n in self._at.get(base, ()) if n != number]
                    continue
                for token in self.matcher.slot_or_clause(base, slot):
                    found += self._inside(token, number)
            if found:
                break
        return tuple(dict.fromkeys(found))

    def _inside(self, token: int, number: int, depth: int = 0) -> list[int]:
        """Candidates at a word, or below it through verbs that only begin, try or hold."""
        found: list[int] = []
        for one in self.clauses.coordinated(token):
            here = [n for n in self._at.get(one, ()) if n != number]
            found += here or self._below(one, number, depth)
        return found

    def _below(self, token: int, number: int, depth: int) -> list[int]:
        if depth > 3:
            return []
        clauses = self.clauses
        found: list[int] = []
        for child in clauses.children[token]:
            deprel = clauses.deprels[child]
            if (
                deprel == "xcomp"
                or (deprel == "obj" and clauses.is_verb(token))
                or (deprel == "nmod" and clauses.case.get(child) == "of" and not found)
                or (deprel == "obl" and clauses.lemmas[token] in _ANSWER and not found)
            ):
                found += self._inside(child, number, depth + 1)
        return found
