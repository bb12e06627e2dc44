"""What tells the class between two marked mentions: the frames around them, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.coding.clauses import Clauses
from dragoman.coding.drafts import Draft
from dragoman.coding.folding import folded_type
from dragoman.records import Status

SOURCE, TARGET = "source", "target"
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_MOST = 3  # tellings that are looked at, the one that joins the two best first
_CLIMB = 40

Fit = tuple[int, int, int, int, float]


def joined(draft: Draft) -> int:
    """How many of the two take part."""
    ids = (*draft.roles.actor_ids, *draft.roles.recipient_ids)
    return (SOURCE in ids) + (TARGET in ids)


def fit(draft: Draft, spans: tuple[range, range]) -> Fit:
    """How well an event joins the two: both in their roles, both at all, near, outermost."""
    in_role = (SOURCE in draft.roles.actor_ids) * 2 + (TARGET in draft.roles.recipient_ids)
    if draft.act.candidate.frame.mutual:
        in_role = 3 * (joined(draft) == 2)
    head = draft.act.candidate.head
    source, target = spans
    between = bool(source and target) and (
        min(source) <= head <= max(target) or min(target) <= head <= max(source)
    )
    return in_role, joined(draft), -draft.rank, int(between), draft.confidence


def status_in_relation(draft: Draft) -> Status:
    """Only what is told in the future folds: a purpose or an order shows what kind of act it is."""
    future = any(clue.kind in ("future", "is to", "going to") for clue in draft.reading.clues)
    return "planned" if draft.status == "planned" and future else "happened"


def type_in_relation(draft: Draft) -> str:
    return folded_type(draft.type, status_in_relation(draft))


def relation_facts(
    clauses: Clauses, drafts: Sequence[Draft], spans: tuple[range, range]
) -> list[str]:
    """Plain facts of a marked pair; `drafts` are sorted, the one that fits best first."""
    return list(dict.fromkeys(_facts(clauses, drafts, spans)))


def _facts(clauses: Clauses, drafts: Sequence[Draft], spans: tuple[range, range]) -> Iterator[str]:
    if not drafts:
        yield "no frame"
    for place, draft in enumerate(drafts[:_MOST]):
        role, both, *_ = fit(draft, spans)
        name = type_in_relation(draft)
        yield f"frame {place}={name}"
        if place == 0:
            yield f"best={name}:{role}"
            yield f"best joined={name}:{both}"
            yield f"best frame={draft.act.candidate.frame.name}"
            yield f"best status={draft.status}"
            yield f"best type and status={draft.type}:{draft.status}"
            yield f"best part={draft.act.candidate.part}"
        elif both == 2:
            yield f"also joined={name}"
    heads = [_head(clauses, span) for span in spans]
    for label, head in zip((SOURCE, TARGET), heads, strict=True):
        if head is not None:
            yield f"{label} as={clauses.deprels[head]}"
            yield f"{label} behind={clauses.case.get(head, 'none')}"
            above = clauses.heads[head]
            if above >= 0:
                yield f"{label} under={clauses.lemmas[above]}"
    inside = {*spans[0], *spans[1]}
    for token in way(clauses, heads):
        if token not in inside:
            yield f"way={clauses.lemmas[token]}"
    for token, tag in enumerate(clauses.upos):
        if tag in _CONTENT and token not in inside:
            yield f"word={clauses.lemmas[token]}"


def _head(clauses: Clauses, span: range) -> int | None:
    return clauses.analysis.head_of(span.start, span.stop) if span else None


def way(clauses: Clauses, heads: Sequence[int | None]) -> list[int]:
    """The words on the way through the grammar from one mention to the other."""
    source, target = heads
    if source is None or target is None:
        known = source if target is None else target
        return [] if known is None else _up(clauses, known)
    up, other = _up(clauses, source), _up(clauses, target)
    met = next((token for token in up if token in other), None)
    if met is None:
        return [*up, *other]
    return [*up[: up.index(met) + 1], *other[: other.index(met)]]


def _up(clauses: Clauses, token: int) -> list[int]:
    found = [token]
    while clauses.heads[found[-1]] >= 0 and len(found) < _CLIMB:
        found.append(clauses.heads[found[-1]])
    return found
