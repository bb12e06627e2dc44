"""From events as readings have them to reports, which stand by themselves across documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dragoman.merging.records import Party, Report, Tier
from dragoman.merging.sources import credited, publisher_key, tier_of
from dragoman.records import Actor, Reading, Size

_SPACE: Final = re.compile(r"\s+")
_UNKNOWN: Final = "unnamed:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The document that a report comes from, as the report needs it."""

    document: str
    root: str
    copies: int = 0
    title: str | None = None
    url: str | None = None
    source: str | None = None
    tier: Tier | None = None
    published: str | None = None
    known_at: str | None = None
    credit: str | None = None


def party_key(actor: Actor) -> str:
    """The key under which an actor is known across documents."""
    if actor.basis == "directory":
        return actor.id
    name = _SPACE.sub(" ", actor.name).strip().casefold()
    return f"{_UNKNOWN}{name}" if actor.kind == "unnamed" else f"name:{name}"


def parties_of(actors: Mapping[str, Actor]) -> dict[str, Party]:
    """By an actor's id in its reading the party that it is."""
    keys = {id: party_key(actor) for id, actor in actors.items()}
    return {
        id: Party(
            key=keys[id],
            name=actor.name,
            kind=actor.kind,
            code=actor.code,
            sectors=actor.sectors,
            role=actor.role,
            part_of=keys.get(actor.part_of or "", actor.part_of),
            members=tuple(keys.get(member, member) for member in actor.members),
            assumed=actor.assumed,
        )
        for id, actor in actors.items()
    }


def reports_from_reading(
    reading: Reading,
    *,
    id: str | None = None,
    root: str | None = None,
    known_at: str | None = None,
) -> Iterator[Report]:
    """The reports of one reading, in the order of its events.

    `id` names the document where its own id is not unique among those at hand.
    """
    document, text = reading.document, reading.document.text or ""
    id = id or document.id
    origin = Origin(
        document=id,
        root=root or id,
        title=document.title,
        url=document.url,
        source=document.source,
        tier=tier_of(document.source),
        published=document.published.date,
        known_at=known_at,
        credit=credited(text),
    )
    parties = parties_of({actor.id: actor for actor in reading.actors})
    for event in reading.events:
        span = reading.sentences[event.sentence]
        passage = _SPACE.sub(" ", text[span.start : span.end]).strip()
        trigger = " ".join(text[s.start : s.end] for s in event.trigger)
        yield report_of(event.to_dict(), parties, origin, passage=passage, trigger=trigger)


def report_of(
    event: Mapping[str, Any],
    parties: Mapping[str, Party],
    origin: Origin,
    *,
    passage: str,
    trigger: str,
    key: str | None = None,
    number: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Report:
    """A report of an event in its plain form; `parties` by the ids that the event uses."""
    data = {**event, **(changes or {})}
    when, where = data["when"] or {}, data["where"] or {}
    told_by = tuple(_party(id, parties) for id in data["according_to"])
    spans = data["trigger"]
    return Report(
        id=f"{origin.document}:{data['id']}",
        key=key or _key(origin, data, passage),
        document=origin.document,
        root=origin.root,
        copies=origin.copies,
        title=origin.title,
        url=origin.url,
        source=origin.source,
        tier=origin.tier,
        origins=_origins(told_by, origin),
        published=origin.published,
        known_at=origin.known_at,
        type=data["type"],
        mode=data["mode"],
        contexts=tuple(data["contexts"]),
        medium=data["medium"],
        actors=tuple(_party(id, parties) for id in data["actors"]),
        recipients=tuple(_party(id, parties) for id in data["recipients"]),
        status=data["status"],
        background=data["background"],
        start=when.get("start"),
        end=when.get("end"),
        precision=when.get("precision"),
        about=when.get("about", False),
        place=where.get("name"),
        place_precision=where.get("precision"),
        country=where.get("country"),
        lat=where.get("lat"),
        lon=where.get("lon"),
        sizes={unit: Size.from_dict(size) for unit, size in (data["size"] or {}).items()},
        count=data["count"],
        initiator=_party(data["initiator"], parties) if data["initiator"] else None,
        topics=tuple(data["topics"]),
        level=data["level"],
        according_to=told_by,
        statement=data["statement"],
        trigger=trigger,
        passage=passage,
        span_start=min((s["start"] for s in spans), default=0),
        span_end=max((s["end"] for s in spans), default=0),
        rank=data["rank"],
        score=data["score"],
        confidence=data["confidence"],
        method=data["method"],
        number=number,
    )


def _party(id: str, parties: Mapping[str, Party]) -> Party:
    """The party of this id; one that the reading does not list is known by its id alone."""
    return parties.get(id) or Party(key=id, name=id)


def _origins(told_by: tuple[Party, ...], origin: Origin) -> tuple[str, ...]:
    """Those on whose word it stands, the one closest to the event first, then whom it credits.

    The publisher itself is no origin of its own report.
    """
    own = publisher_key(origin.source)
    keys = [party.key for party in told_by if not party.key.startswith(_UNKNOWN)]
    keys += [origin.credit] if origin.credit else []
    return tuple(key for key in dict.fromkeys(keys) if key != own)


def _key(origin: Origin, event: Mapping[str, Any], passage: str) -> str:
    """A number for this event of this document that does not depend on the rest of the reading."""
    parts = (origin.document, event["type"], event["mode"] or "", event["id"], passage)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
