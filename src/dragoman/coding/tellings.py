"""One event, several tellings: what one document tells twice becomes one event.

Conservative and deterministic: tellings are taken in the order of the text, and each joins the
latest event that it can be the same as. Nothing that was told is lost; every telling is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import CastLike
from dragoman.ontology import load_ontology
from dragoman.records import Event, Status, Telling

_SPEECH = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"})
_SENTENCES_APART = 12
_SEVERAL = 2  # one killed here and one there may be two
# Contacts told by what was talked of: whom the words name besides may be the topic.
_TALKED_OF = frozenset({"discuss", "discussion", "exchange-views", "talks", "brief-someone"})
_SAME: dict[str, str] = {
    "happened": "real",
    "ongoing": "real",
    "planned": "ahead",
    "possible": "ahead",
}


def merge(drafts: Sequence[Draft], cast: CastLike) -> list[tuple[Event, tuple[Draft, ...]]]:
    """The events with their tellings, numbered in the order of their first triggers."""
    groups: list[list[Draft]] = []
    of_type: dict[str, list[list[Draft]]] = {}
    sides = _Sides(cast)
    for draft in drafts:
        alike = of_type.setdefault(draft.type, [])
        for group in reversed(alike):
            if all(_same(draft, other, sides) for other in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
            alike.append(groups[-1])
    return [(_event(f"e{number}", group), tuple(group)) for number, group in enumerate(groups, 1)]


class _Sides:
    """Whom an actor belongs to, so that “Macron” and “France” can be the same side."""

    def __init__(self, cast: CastLike) -> None:
        self._cast = cast
        self._side: dict[str, str] = {}

    def of(self, ids: Sequence[str]) -> frozenset[str]:
        return frozenset(self._of(id) for id in ids)

    def _of(self, id: str) -> str:
        if id not in self._side:
            try:
                actor = self._cast.actor(id)
            except KeyError:
                self._side[id] = id
            else:
                self._side[id] = actor.code if actor.code and len(actor.code) == 3 else id
        return self._side[id]


def _same(one: Draft, other: Draft, sides: _Sides) -> bool:
    """May these be two tellings of one event?"""
    if one.type != other.type or one.sentence - other.sentence > _SENTENCES_APART:
        return False
    if _SAME.get(one.status, one.status) != _SAME.get(other.status, other.status):
        return False
    modes = {one.mode, other.mode} - {None, "multilateral"}  # many may take part by phone, too
    if len(modes) > 1:
        return False
    if one.medium and other.medium and one.medium != other.medium:
        return False
    if one.sentence == other.sentence and one.type in _SPEECH:
        return False
    if one.type == "CONSULT" and (_was_before(one, other) or _visit_and_talks(one, other)):
        return False
    if one.type == "CONSULT" and (_is_apart(one, other) or _is_apart(other, one)):
        return False
    if not _times_meet(one, other) or not _places_meet(one, other):
        return False
    return _people_meet(one, other, sides)


def _is_apart(one: Draft, other: Draft) -> bool:
    """“After the summit of the nine the two had a conversation”: the summit is another contact."""
    if one.apart_from < 0:
        return False
    own = other.act.candidate
    return one.apart_from in (own.head, own.top, own.support)


def _was_before(one: Draft, other: Draft) -> bool:
    """Is one dated as history, and the other news that has no day? They met more than once."""
    dated, undated = (one, other) if one.when is not None else (other, one)
    if dated.when is None or undated.when is not None:
        return False
    return dated.background and not undated.background


def _visit_and_talks(one: Draft, other: Draft) -> bool:
    """“Held talks with the king, who is on a visit”: the talks of two are not the visit of one."""
    if (one.mode == "visit") == (other.mode == "visit"):
        return False
    talks, visit = (other, one) if one.mode == "visit" else (one, other)
    people = {*talks.roles.actor_ids, *talks.roles.recipient_ids}
    guests = {*visit.roles.actor_ids, *visit.roles.recipient_ids}
    return len(people) > 1 and not people <= guests


def _times_meet(one: Draft, other: Draft) -> bool:
    if one.when is None or other.when is None:
        return True
    return one.when.start[:10] <= other.when.end[:10] and other.when.start[:10] <= one.when.end[:10]


def _places_meet(one: Draft, other: Draft) -> bool:
    """Two towns are two places; a town may lie in the country that the other telling names."""
    if one.where is None or other.where is None or one.where.name == other.where.name:
        return True
    if one.where.country != other.where.country:
        return False
    return "country" in (one.where.precision, other.where.precision)


def _people_meet(one: Draft, other: Draft, sides: _Sides) -> bool:
    frames = one.act.candidate.frame, other.act.candidate.frame
    if frames[0].mutual or frames[1].mutual:
        mine = set(one.roles.actor_ids + one.roles.recipient_ids)
        theirs = set(other.roles.actor_ids + other.roles.recipient_ids)
        small, large = sorted((mine, theirs), key=len)
        if len(small) >= 2:
            return len(small & large) >= 2 and sides.of(sorted(small)) <= sides.of(sorted(large))
        return bool(small) and small <= large and one.sentence - other.sentence <= 3
    if _same_dead(one, other):
        return not (one.roles.actors and other.roles.actors) or bool(
            set(one.roles.actor_ids) & set(other.roles.actor_ids)
        )
    if not one.roles.actors or not other.roles.actors:
        if not set(one.roles.recipient_ids) & set(other.roles.recipient_ids):
            return False
        return frames[0].name == frames[1].name or one.mode == other.mode is not None
    if not set(one.roles.actor_ids) & set(other.roles.actor_ids):
        return False
    if one.roles.recipients and other.roles.recipients:
        if not set(one.roles.recipient_ids) & set(other.roles.recipient_ids):
            return False
    elif (one.roles.recipients or other.roles.recipients) and frames[0].name != frames[1].name:
        return False
    if one.type in _SPEECH:
        if one.about and other.about and one.about != other.about:
            return False  # “agreed to stay in touch” is not “agreed to supervise the talks”
        return frames[0].name == frames[1].name and _deed_names(one) == _deed_names(other)
    return True


def _same_dead(one: Draft, other: Draft) -> bool:
    """As many dead: “700 people”, and then “700 members of a tribe”, who are not one mention."""
    if one.type != "ASSAULT" or one.sentence == other.sentence:
        return False
    dead, again = one.size.get("killed"), other.size.get("killed")
    if dead is None or again is None or dead.low is None:
        return False
    return dead.low == again.low and dead.low >= _SEVERAL


def _deed_names(draft: Draft) -> str:
    return draft.method.partition(" > ")[2]


def _main(group: Sequence[Draft]) -> Draft:
    """The telling that tells most: who, when, where, how many."""

    def told(draft: Draft) -> tuple[int, int]:
        filled = len(draft.roles.actors) + len(draft.roles.recipients)
        filled += 2 * (draft.when is not None) + (draft.where is not None) + 2 * len(draft.size)
        filled += (draft.medium is not None) + (draft.mode is not None) + (draft.rank == 1)
        if draft.type == "CONSULT" and draft.act.candidate.frame.name not in _TALKED_OF:
            filled += 2
        return filled, -draft.number

    return max(group, key=told)


def _event(id: str, group: Sequence[Draft]) -> Event:
    main = _main(group)
    voice = _resolving(group)
    status: Status = voice.status
    mutual = main.act.candidate.frame.mutual
    actors = _union(main, group, "actor_ids") if mutual else main.roles.actor_ids
    if main.type == "CONSULT" and mutual:
        actors = _who_met(main, group, actors)
    return Event(
        id=id,
        type=main.type,  # type: ignore[arg-type]
        mode=main.mode or _first(group, "mode"),
        contexts=main.contexts,
        medium=main.medium or _first(group, "medium"),
        actors=actors or _first(group, "_actors") or (),
        recipients=tuple(
            r
            for r in main.roles.recipient_ids or _first(group, "_recipients") or ()
            if r not in actors or _each_other(main)
        ),
        status=status,
        background=_is_background(group),
        when=main.when or _first(group, "when"),
        where=main.where or _first(group, "where"),
        count=main.count or _first(group, "count"),
        size=main.size or _first(group, "size") or {},
        initiator=main.initiator or _first(group, "initiator"),
        topics=tuple(dict.fromkeys(t for draft in group for t in draft.topics)),
        level=main.level or _first(group, "level"),
        statement=_statement_id(voice),
        according_to=voice.according_to,
        trigger=main.trigger,
        sentence=main.sentence,
        tellings=tuple(_telling(draft) for draft in group),
        rank=main.rank,
        score=load_ontology().score(main.type, main.mode),
        confidence=max(draft.confidence for draft in group),
        method=main.method,
    )


def _who_met(main: Draft, group: Sequence[Draft], all_told: tuple[str, ...]) -> tuple[str, ...]:
    """“They had a call. They discussed ties with NATO”: who met is told by the words of meeting."""
    met = [d for d in group if d.act.candidate.frame.name not in _TALKED_OF]
    named = [d for d in met if len(set(d.roles.actor_ids)) > 1]
    if not named or len(named) == len(group):
        return all_told
    who = list(_union(named[0], named, "actor_ids"))
    for draft in group:
        who += [f.actor for f in draft.roles.actors if f.slot == "subj" and f.actor not in who]
    return tuple(who)


def _is_background(group: Sequence[Draft]) -> bool:
    """History if all tellings are; of one that is dated somewhere, the dated tellings decide."""
    dated = [draft for draft in group if draft.when is not None]
    return all(draft.background for draft in dated or group)


def _resolving(group: Sequence[Draft]) -> Draft:
    """The telling that settles the status: the document's own voice, else the last one.

    Of one sentence the outermost telling does: “are due to meet on Friday to discuss it” plans.
    """
    own = [draft for draft in group if not draft.according_to] or list(group)
    if own[-1].type == "CONSULT":  # what a planned meeting may yet bring leaves it planned
        own = [draft for draft in own if draft.status != "possible"] or own
    return min((d for d in own if d.sentence == own[-1].sentence), key=lambda d: d.rank)


def _telling(draft: Draft) -> Telling:
    return Telling(
        sentence=draft.sentence,
        trigger=draft.trigger,
        status=draft.status,
        background=draft.background,
        when=draft.when,
        statement=_statement_id(draft),
        according_to=draft.according_to,
    )


def _statement_id(draft: Draft) -> str | None:
    return None if draft.statement is None else f"s{draft.statement + 1}"


def _union(main: Draft, group: Sequence[Draft], name: str) -> tuple[str, ...]:
    ids = list(getattr(main.roles, name))
    for draft in group:
        ids += [id for id in getattr(draft.roles, name) if id not in ids]
    return tuple(ids)


def _first(group: Sequence[Draft], name: str):  # type: ignore[no-untyped-def]
    for draft in group:
        if name == "_actors":
            value = draft.roles.actor_ids
        elif name == "_recipients":
            value = draft.roles.recipient_ids
        else:
            value = getattr(draft, name)
        if value:
            return value
    return None


def _each_other(draft: Draft) -> bool:
    """“Accused each other”: all of them do it to all."""
    return any(filler.slot == "each other" for filler in draft.roles.recipients)
