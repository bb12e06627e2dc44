"""Which number belongs to which unit: troops, killed, injured, arrested, protesters, money."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import Roles
from dragoman.coding.matching import NOUN, Candidate
from dragoman.coding.numbers import money_at, size_at
from dragoman.records import Size

_INJURE = frozenset({"wound", "injure", "maim", "hurt"})
_KILL = frozenset({"kill", "murder", "slay", "massacre", "assassinate", "execute", "behead"})
_DEPTH = 5  # “killing …, wounding … and …”
_SUBJECT_UNITS = frozenset({"protesters"})


def sizes_of(clauses: Clauses, candidate: Candidate, type: str, roles: Roles) -> Mapping[str, Size]:
    """The numbers of an event, by unit."""
    unit = candidate.frame.number
    found: dict[str, Size] = {}
    if unit == "money":
        _money(clauses, candidate, found)
    elif unit is not None:
        for token in _counted(clauses, candidate, unit, roles):
            size = size_at(clauses, token)
            if size is not None:
                found.setdefault(_unit(clauses, candidate, unit), size)
    if type == "ASSAULT":
        _casualties(clauses, candidate, found)
        _dead_in(clauses, candidate, found)
    return MappingProxyType(found)


def _unit(clauses: Clauses, candidate: Candidate, unit: str) -> str:
    if unit == "killed" and clauses.lemmas[candidate.head] in _INJURE:
        return "injured"
    return unit


def _counted(clauses: Clauses, candidate: Candidate, unit: str, roles: Roles) -> list[int]:
    """The phrases whose number counts: who protests, who is killed, which troops."""
    if unit in _SUBJECT_UNITS:
        tokens = [filler.token for filler in roles.actors]
        if clauses.is_verb(candidate.top):
            agent = clauses.agent(candidate.top)
            tokens += [agent] if agent is not None else []
        return tokens + list(clauses.under(candidate.head, "of"))
    if unit == "troops" and candidate.frame.type == "ASSAULT":  # how many attack, not whom
        agent = clauses.agent(candidate.top) if clauses.is_verb(candidate.top) else None
        return [] if agent is None else [agent]
    tokens = []
    if clauses.is_verb(candidate.top):
        tokens += clauses.objects(candidate.top)
        subject = clauses.surface_subject(candidate.top)
        if unit == "troops" and subject is not None:
            tokens.append(subject)
    tokens += [filler.token for filler in (*roles.recipients, *roles.actors)]
    return tokens


def _casualties(
    clauses: Clauses, candidate: Candidate, found: dict[str, Size], depth: int = 0
) -> None:
    """“… , killing 20 and wounding dozens”: the numbers of clauses that hang on the deed."""
    for child in clauses.children[candidate.top]:
        if clauses.deprels[child] not in ("advcl", "acl", "conj", "acl:relcl"):
            continue
        lemma = clauses.lemmas[child]
        unit = "killed" if lemma in _KILL else "injured" if lemma in _INJURE else None
        if unit is None:
            continue
        for token in clauses.objects(child):
            size = size_at(clauses, token)
            if size is not None:
                found.setdefault(unit, size)
        if depth < _DEPTH:
            _casualties(clauses, _at(candidate, child), found, depth + 1)


def _dead_in(clauses: Clauses, candidate: Candidate, found: dict[str, Size]) -> None:
    """“Two people were killed and several injured in an attack”."""
    above = clauses.heads[candidate.head]
    if candidate.part != NOUN or above < 0:
        return
    if clauses.deprels[candidate.head] not in ("obl", "nsubj", "obl:agent"):
        return
    if clauses.deprels[above] == "conj" and clauses.is_verb(clauses.heads[above]):
        above = clauses.heads[above]
    for verb in clauses.coordinated(above):
        if verb != above and clauses.child(verb, "nsubj:pass", "nsubj", "obj") is None:
            continue  # “… and several injured”, where the parse lost the several
        lemma = clauses.lemmas[verb]
        unit = "killed" if lemma in _KILL else "injured" if lemma in _INJURE else None
        for token in clauses.objects(verb) if unit else ():
            size = size_at(clauses, token)
            if unit and size is not None:
                found.setdefault(unit, size)


def _at(candidate: Candidate, token: int) -> Candidate:
    return Candidate(candidate.frame, candidate.part, token, (token,))


def _money(clauses: Clauses, candidate: Candidate, found: dict[str, Size]) -> None:
    if not clauses.is_verb(candidate.top):
        return
    for token in clauses.objects(candidate.top):
        first, last = clauses.analysis.subtree(token)
        size = money_at(clauses, range(first, last))
        if size is not None:
            found["money"] = size
            return
