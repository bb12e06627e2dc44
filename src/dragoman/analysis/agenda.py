"""What is still to come as of a day, and what was announced and never confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from dragoman.analysis.coded import Coded
from dragoman.merging.profiles import side_of
from dragoman.merging.records import Party
from dragoman.records import Record

Outcome = Literal["to come", "unconfirmed", "called off"]
# An announcement without a day is looked out for so long after its last report, in days.
_PATIENCE: Final = 60
_QUIET_AFTER_CALLED_OFF: Final = 14
# What never came about is remembered for so long after its day, or after it was last told.
_FORGOTTEN: Final = 365
# Words are no appointment: that somebody may yet criticise or threaten stands on no agenda.
_WORDS: Final = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem(Record):
    """Something announced. `day` and `day_end` are None where no report tells a day.

    `to come`: its last day is not over; `unconfirmed`: its day is over (or, without a day, it has
    not been told of for two months), by a year at most, and no report says that it came about;
    `called off`.
    `days` counts from the day of asking to its first day.
    """

    id: str
    outcome: Outcome
    day: str | None
    day_end: str | None
    precision: str | None
    days: int | None
    type: str
    mode: str | None
    medium: str | None
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    place: str | None
    country: str | None
    topics: tuple[str, ...]
    announced: str | None
    sources: tuple[str, ...]
    tiers: Mapping[str, int]
    passage: str
    title: str | None
    url: str | None
    trace: tuple[str, ...]


def agenda(
    events: Iterable[Coded], *, as_of: str, unconfirmed: bool = True, called_off: bool = True
) -> tuple[AgendaItem, ...]:
    """Planned events as of an ISO day: first what is to come by day (undated last), then the rest.

    The events must be what was known on that day: what came later would answer what was open.
    A visit or talks of which some part is told as held (“met the prime minister in Athens”, where
    Athens and Ankara were to be visited) is not called unconfirmed. What is to come some time
    this year stands where its year ends.
    """
    known = list(events)
    held: dict[str, list[Coded]] = {}
    for event in known:
        if event.type == "CONSULT" and event.status in ("happened", "ongoing"):
            for party in event.parties:
                if party.kind == "person":
                    held.setdefault(party.key, []).append(event)
    items = [
        item
        for event in known
        if (item := _item(event, as_of)) is not None
        and not (item.outcome == "unconfirmed" and _is_begun(event, held))
    ]
    wanted = {"to come"} | ({"unconfirmed"} if unconfirmed else set())
    wanted |= {"called off"} if called_off else set()
    order = ("to come", "called off", "unconfirmed")
    return tuple(
        sorted(
            (item for item in items if item.outcome in wanted),
            key=lambda i: (order.index(i.outcome), _turn(i, as_of), i.announced or "", i.id),
        )
    )


def _turn(item: AgendaItem, as_of: str) -> str:
    """The day by which an item is sorted: of a stretch of days that has begun its last."""
    if item.day is None or item.day_end is None:
        return "9999"
    return item.day_end if item.outcome == "to come" and item.day < as_of else item.day


def _item(event: Coded, as_of: str) -> AgendaItem | None:
    if event.type is None or event.background or event.status not in ("planned", "cancelled"):
        return None
    if event.type in _WORDS:
        return None
    dated = event.precision is not None and bool(event.day)
    outcome = _outcome(event, as_of, dated=dated)
    if outcome is None:
        return None
    until = date.fromisoformat(event.day[:10]) - date.fromisoformat(as_of) if dated else None
    return AgendaItem(
        id=event.id,
        outcome=outcome,
        day=event.day[:10] if dated else None,
        day_end=event.day_end[:10] if dated else None,
        precision=event.precision,
        days=until.days if until is not None else None,
        type=event.type,
        mode=event.mode,
        medium=event.medium,
        who=event.who,
        whom=event.whom,
        place=event.place,
        country=event.country,
        topics=event.topics,
        announced=event.published,
        sources=event.sources,
        tiers=event.tiers,
        passage=event.passage,
        title=event.title,
        url=event.url,
        trace=event.trace,
    )


def _is_begun(planned: Coded, held: Mapping[str, Sequence[Coded]]) -> bool:
    """Is some part of a planned contact among those that its people have held?"""
    if planned.type != "CONSULT" or planned.precision is None:
        return False
    return any(_is_part(e, planned) for p in planned.parties for e in held.get(p.key, ()))


def _is_part(held: Coded, planned: Coded) -> bool:
    """A contact held on the days of a planned one by one of its people with another side of it."""
    if not held.day:
        return False
    if held.day_end[:10] < planned.day[:10] or held.day[:10] > planned.day_end[:10]:
        return False
    same = {p.key for p in held.parties if p.kind == "person"} & {p.key for p in planned.parties}
    others = [{side_of(p) for p in event.parties if p.key not in same} for event in (held, planned)]
    return bool(same) and bool(others[0] & others[1])


def _outcome(event: Coded, as_of: str, *, dated: bool) -> Outcome | None:
    last_told = max((t.published[:10] for t in event.tellings if t.published), default="")
    last_told = last_told or (event.published or event.day)[:10]
    if not last_told:  # neither the event nor any report of it has a day: nothing can be said
        return None
    if event.status == "cancelled":
        return "called off" if _days(last_told, as_of) <= _QUIET_AFTER_CALLED_OFF else None
    if dated and event.day_end[:10] >= as_of:
        return "to come"
    if not dated and _days(last_told, as_of) <= _PATIENCE:
        return "to come"
    last = event.day_end[:10] if dated else last_told
    return "unconfirmed" if _days(last, as_of) <= _FORGOTTEN else None


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def horizon(as_of: str, days: int) -> str:
    """The ISO day so many days after `as_of`."""
    return (date.fromisoformat(as_of) + timedelta(days=days)).isoformat()
