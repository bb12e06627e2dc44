"""Candidates that tell one event by words of one phrase: which of them stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.clauses import Clauses
from dragoman.coding.composition import Act
from dragoman.coding.fillers import Roles
from dragoman.coding.matching import MODAL, NOUN, Candidate

_AMID = frozenset({"in", "during", "from", "by", "after", "due_to", "as_a_result_of", "when"})
_INJURING = frozenset({"wound", "injure", "hurt", "maim"})


def without_shadows(
    clauses: Clauses,
    kept: list[int],
    candidates: Sequence[Candidate],
    acts: Sequence[Act],
    roles: list[Roles],
) -> tuple[list[int], dict[int, int]]:
    """One event is not told twice by words of one phrase: “end talks”, “fighting a war”.

    Returns the numbers that are kept, and for the head of an attack the word that tells its dead.
    An attack whose dead tell whom it hit takes them as its recipients, in `roles`.
    """
    victims_at: dict[int, int] = {}
    heads = clauses.heads
    by_head = {candidates[n].head: n for n in kept if candidates[n].part != MODAL}
    dropped = set()
    for number in kept:
        candidate = candidates[number]
        for token in candidate.trigger:
            other = by_head.get(token)
            if other is None or other == number or candidates[other].head == candidate.head:
                continue
            if candidate.support == candidates[other].head:
                continue
            if len(candidates[other].trigger) > len(candidate.trigger):
                continue
            if acts[other].type == acts[number].type or other not in acts[number].deeds:
                dropped.add(other)
    told_by: dict[int, int] = {}
    for number in kept:
        deed = None if number in dropped else _victims_of(clauses, number, by_head, candidates)
        deed = told_by.get(deed, deed) if deed is not None else None
        if deed is None or deed in dropped:
            continue
        if set(roles[number].recipient_ids) & set(roles[deed].actor_ids):
            continue  # “rebels were killed in an offensive that they launched”
        doing = clauses.deprels[candidates[deed].head] == "nsubj"  # “the raid killed six”
        if doing or set(roles[number].actor_ids) <= set(roles[deed].actor_ids):
            dropped.add(number)
            told_by[number] = deed
            victims_at[candidates[deed].head] = candidates[number].head
            if not roles[deed].recipients:
                roles[deed] = replace(roles[deed], recipients=roles[number].recipients)
    for number in kept:
        candidate = candidates[number]
        above = by_head.get(heads[candidate.head]) if heads[candidate.head] >= 0 else None
        if above is None or above in dropped or number in dropped:
            continue
        if _is_aim(clauses, number, above, candidates):
            if set(roles[number].actor_ids) <= set(roles[above].actor_ids):
                dropped.add(number)
            continue
        types = (acts[above].type, acts[number].type)
        same = types[0] == types[1] or types == ("COOPERATE", "MOBILIZE")  # an exercise of several
        same = same and candidate.part == NOUN
        if (
            candidate.part == NOUN
            and candidate.support is None
            and _is_pact_of(clauses, candidate, candidates[above])
        ):
            dropped.add(number)  # “withdrew from the deal with Iran”: the deal is an old one
            continue
        if not same or clauses.deprels[candidate.head] not in ("obj", "nmod"):
            continue
        told = set(roles[above].actor_ids + roles[above].recipient_ids)
        if set(roles[number].actor_ids) <= told:
            dropped.add(number)
    return [number for number in kept if number not in dropped], victims_at


def _is_pact_of(clauses: Clauses, pact: Candidate, above: Candidate) -> bool:
    """Is an agreement the thing that another frame asks for, and so none that is reached?"""
    frame = above.frame
    if pact.frame.type != "AGREE" or above.part == NOUN or frame.complement:
        return False
    wanted = (frame.object or frozenset()).union(*(w for w in frame.needs.values() if w))
    known = not wanted.isdisjoint(clauses.forms(pact.head))
    return known and clauses.deprels[pact.head] in ("obj", "obl", "nsubj:pass")


def _is_aim(clauses: Clauses, number: int, above: int, candidates: Sequence[Candidate]) -> bool:
    """“They spoke on the phone to discuss …”: what they spoke for is no further contact."""
    aim, contact = candidates[number], candidates[above]
    if clauses.deprels[aim.head] != "advcl" or clauses.mark.get(aim.head) != "to":
        return False
    if clauses.xpos[contact.top] != "VBD":
        return False  # what is planned is told twice, and its status is that of the plan
    talking = aim.frame.mutual and aim.frame.mode != "visit" and contact.frame.mode != "visit"
    return talking and contact.frame.mutual and aim.frame.type == contact.frame.type == "CONSULT"


def _victims_of(
    clauses: Clauses, number: int, by_head: dict[int, int], candidates: Sequence[Candidate]
) -> int | None:
    """“Two people were killed in an attack”: the attack of which the dead are told."""
    candidate = candidates[number]
    if candidate.frame.number != "killed" or candidate.part == NOUN:
        return None
    deprels, heads = clauses.deprels, clauses.heads
    verb = heads[candidate.head] if deprels[candidate.head] == "conj" else candidate.head
    together = [c for one in clauses.coordinated(verb) for c in clauses.children[one]]
    for child in together:
        other = by_head.get(child)
        if other is None or other == number or candidates[other].frame.type != "ASSAULT":
            continue
        doing = deprels[child] == "nsubj" and not candidate.passive
        if candidates[other].part == NOUN and (doing or clauses.case.get(child) in _AMID):
            return other
    above = by_head.get(heads[candidate.head])
    if above is None or candidates[above].frame.type != "ASSAULT":
        return None
    if deprels[candidate.head] == "advcl" and candidate.head not in clauses.mark:
        return above  # “fired on the crowd, killing six”
    injured = clauses.lemmas[candidate.head] in _INJURING
    return above if deprels[candidate.head] == "conj" and injured else None
