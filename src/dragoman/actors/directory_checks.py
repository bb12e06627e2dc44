"""What is wrong between the entries of a user's file of actors: links, cycles, terms of office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from dragoman.actors.entities import Entity, Office

Entities = Mapping[str, Entity]
Find = Callable[[str], Entity | None]

# Offices that one person holds at a time.
_ONE_HOLDER = frozenset(
    ["president", "monarch", "supreme-leader", "prime-minister", "foreign-minister", "pope",
     "defence-minister", "interior-minister", "finance-minister", "secretary-general"]
)  # fmt: skip


def check_links(
    entities: Entities, known: Find, where: Mapping[str, str], faults: list[str]
) -> None:
    """Adds what is wrong with members, bodies and owners: unknown ones, and cycles."""
    for entity in entities.values():
        links = [("members", id) for id in entity.members]
        if entity.part_of is not None:
            links.append(("part_of", entity.part_of))
        links += [("body", office.body) for office in entity.offices if office.body]
        for what, id in links:
            if id not in entities and known(id) is None:
                faults.append(
                    f"{where[entity.id]}: {what} names {id!r}, which is no entry of this file nor "
                    f"of the directory. `dragoman actors find NAME` shows the ids there are."
                )
    for direction in ("members", "part_of"):
        cycle = _cycle(entities, direction)
        if cycle:
            faults.append(
                f"{where[cycle[0]]}: {direction} leads back to the entry itself: "
                f"{' → '.join(cycle)}. Remove one of these links."
            )


def _cycle(entities: Entities, direction: str) -> list[str]:
    def after(id: str) -> tuple[str, ...]:
        entity = entities.get(id)
        if entity is None:
            return ()
        return entity.members if direction == "members" else (entity.part_of or "",)

    done: set[str] = set()
    for start in entities:
        path = [start]
        branches = [iter(after(start))]
        while branches:
            step = next(branches[-1], None)
            if step is None:
                done.add(path.pop())
                branches.pop()
            elif step in path:
                return [*path[path.index(step) :], step]
            elif step in entities and step not in done:
                path.append(step)
                branches.append(iter(after(step)))
    return []


def check_terms(entities: Entities, where: Mapping[str, str], faults: list[str]) -> None:
    """Adds terms that overlap: of one person, or of two in an office that has one holder."""
    held: dict[tuple[str, str, str], list[tuple[Entity, Office]]] = {}
    for entity in entities.values():
        for office in entity.offices:
            holder = "" if office.office in _ONE_HOLDER else entity.id
            held.setdefault((office.office, office.body, holder), []).append((entity, office))
    for (name, body, _), terms in held.items():
        terms.sort(key=lambda term: term[1].start or "")
        for (one, first), (other, second) in pairwise(terms):
            if _overlap(first, second):
                faults.append(
                    f"{where[other.id]}: {other.name} is {name} of {body} ({_term(second)}) while "
                    f"{one.name} is ({_term(first)}; {where[one.id]}). End one term before the "
                    f"other begins, or give one of them another office."
                )


def _overlap(a: Office, b: Office) -> bool:
    """Whether two terms share more than the day, month or year in which one follows the other."""
    return _begins_within(a, b) and _begins_within(b, a)


def _begins_within(a: Office, b: Office) -> bool:
    """Whether `a` begins before `b` ends, as far as the dates tell."""
    if b.end is None or a.start is None:
        return True
    size = min(len(a.start), len(b.end))
    return a.start[:size] < b.end[:size]


def _term(office: Office) -> str:
    return f"{office.start or '…'} to {office.end or '…'}"
