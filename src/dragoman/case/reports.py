"""The reports of a case: its events with their parties, documents and sources, ready to merge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.charges import Charge, charged_in
from dragoman.case.conditions import tier_asked
from dragoman.case.filters import Filter
from dragoman.case.outlets import Tiers, tiers_of
from dragoman.case.plain import actor_from
from dragoman.merging.records import Party, Report, Tier
from dragoman.merging.reports import Origin, parties_of, report_of
from dragoman.merging.said import Said
from dragoman.merging.sources import credited, tier_of
from dragoman.records import Actor

if TYPE_CHECKING:
    from dragoman.case.case import Case

_BATCH: Final = 500
_ASIDE: Final = 40  # characters of “, the minister said, ”
_LEAD: Final = 160  # characters
_ENDS: Final = re.compile(r"[.!?]\s|\n")
documents, events, actors = schema.documents, schema.events, schema.actors


def reports_of(case: Case, wanted: Filter | None = None) -> Iterator[Report]:
    """The reports that the filter lets through, in the order of their numbers in the case."""
    wanted = wanted or Filter()
    tier = tier_asked(wanted)
    numbers = sorted(row.number for row in case.events(replace(wanted, tier=None)))
    with case.database.reading() as connection:
        for first in range(0, len(numbers), _BATCH):
            for report in reports_by_number(connection, numbers[first : first + _BATCH]):
                if tier in (None, report.tier):
                    yield report


def reports_by_number(connection: sa.Connection, numbers: Sequence[int]) -> list[Report]:
    """The reports of these events, whether the case still holds them or not."""
    select = (
        sa.select(
            events.c.id,
            events.c.reading_id,
            events.c.document_id,
            events.c.passage,
            events.c.span_start,
            events.c.span_end,
            events.c.data,
            events.c.fingerprint,
            events.c.known_at,
        )
        .where(events.c.id.in_(list(numbers)))
        .order_by(events.c.id)
    )
    rows = connection.execute(select).all()
    parties = _parties(connection, sorted({row.reading_id for row in rows}))
    texts, origins = _origins(connection, sorted({row.document_id for row in rows}))
    found = []
    for row in rows:
        event, text = orjson.loads(row.data), texts[row.document_id]
        trigger = " ".join(text[s["start"] : s["end"]] for s in event["trigger"])
        found.append(
            report_of(
                event,
                parties.get(row.reading_id, {}),
                replace(origins[row.document_id], known_at=row.known_at),
                passage=row.passage,
                trigger=trigger,
                key=row.fingerprint,
                number=row.id,
            )
        )
    return found


def said_in(case: Case, wanted: Filter | None = None) -> Iterator[Said]:
    """The statements that the filter lets through, in the order of their numbers in the case."""
    wanted = wanted or Filter()
    tier = tier_asked(wanted)
    numbers = sorted(row.number for row in case.statements(replace(wanted, tier=None)))
    with case.database.reading() as connection:
        for first in range(0, len(numbers), _BATCH):
            for said in _said(connection, numbers[first : first + _BATCH]):
                if tier in (None, said.tier):
                    yield said


def _said(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[Said]:
    table = schema.statements
    select = sa.select(table).where(table.c.id.in_(list(numbers))).order_by(table.c.id)
    rows = connection.execute(select).all()
    readings = sorted({row.reading_id for row in rows})
    parties = _parties(connection, readings)
    doers = _doers(connection, readings)
    charged = charged_in(connection, readings, rows)
    texts, origins = _origins(connection, sorted({row.document_id for row in rows}))
    for row in rows:
        charge = charged.get((row.reading_id, row.statement), Charge())
        data, known = orjson.loads(row.data), parties.get(row.reading_id, {})
        origin = origins[row.document_id]
        done = [doers.get((row.reading_id, event), ("", ())) for event in data["events"]]
        # Whom a charge is against, charges.py has told already.
        ids = [i for t, own in done if (t, row.kind) != ("ACCUSE", "accusation") for i in own]
        yield Said(
            id=f"{row.document_id}:{row.statement}",
            document=origin.document,
            root=origin.root,
            source=origin.source,
            tier=origin.tier,
            origins=(origin.credit,) if origin.credit else (),
            title=origin.title,
            url=origin.url,
            published=origin.published,
            known_at=row.known_at,
            speaker=known.get(row.speaker),
            speaker_text=data["speaker_text"],
            to=known.get(data["to"]),
            about=tuple(known[id] for id in dict.fromkeys(ids) if id in known),
            charged=tuple(known[id] for id in charge.against if id in known),
            kind=row.kind,
            content=_content(data["content"], row.passage, texts[row.document_id]),
            quoted=row.quoted,
            hedged=row.hedged,
            answers=f"{row.document_id}:{data['answers']}" if data["answers"] else None,
            inside=f"{row.document_id}:{data['inside']}" if data["inside"] else None,
            with_speaker=tuple(known[id] for id in charge.by if id in known and id != row.speaker),
            cue=_cue(data["cue"], texts[row.document_id]),
            cue_start=data["cue"]["start"] if data["cue"] else -1,
            lead=_lead(data["cue"], texts[row.document_id]),
            events=tuple(f"{row.document_id}:{event}" for event in data["events"]),
            span_start=row.span_start,
            span_end=row.span_end,
        )


def _content(content: Mapping[str, Any], passage: str, text: str) -> str:
    """What is said without the words of saying that stand within it."""
    spans = content["pieces"]
    gaps = [after["start"] - before["end"] for before, after in pairwise(spans)]
    if not gaps or max(gaps) > _ASIDE:
        return passage
    return " ".join(text[span["start"] : span["end"]].strip() for span in spans)


def _cue(cue: Mapping[str, int] | None, text: str) -> str:
    return text[cue["start"] : cue["end"]] if cue else ""


def _lead(cue: Mapping[str, int] | None, text: str) -> str:
    """What stands before the words of saying in their sentence, at most so far."""
    before = text[max(0, cue["start"] - _LEAD) : cue["start"]] if cue else ""
    return _ENDS.split(before)[-1].lstrip()


def _doers(
    connection: sa.Connection, readings: Sequence[int]
) -> dict[tuple[int, str], tuple[str, tuple[str, ...]]]:
    """By reading and event its type and who does it; of a charge, those who are charged."""
    select = sa.select(events.c.reading_id, events.c.event, events.c.type, events.c.data)
    found = {}
    for row in connection.execute(select.where(events.c.reading_id.in_(list(readings)))):
        data = orjson.loads(row.data)
        name = "recipients" if row.type == "ACCUSE" else "actors"
        found[row.reading_id, row.event] = row.type, tuple(data[name])
    return found


def _parties(connection: sa.Connection, readings: Sequence[int]) -> dict[int, dict[str, Party]]:
    select = sa.select(actors).where(actors.c.reading_id.in_(list(readings)))
    by_reading: dict[int, dict[str, Actor]] = {}
    for row in connection.execute(select.order_by(actors.c.id)):
        by_reading.setdefault(row.reading_id, {})[row.actor] = actor_from(row)
    return {reading: parties_of(found) for reading, found in by_reading.items()}


def _origins(
    connection: sa.Connection, numbers: Sequence[int]
) -> tuple[dict[int, str], dict[int, Origin]]:
    """By number the documents' texts, and what a report needs of them."""
    copies = (
        sa.select(schema.copies.c.original_id, sa.func.count().label("copies"))
        .where(schema.copies.c.original_id.in_(list(numbers)))
        .group_by(schema.copies.c.original_id)
    )
    reprints = {row.original_id: row.copies for row in connection.execute(copies)}
    select = sa.select(documents).where(documents.c.id.in_(list(numbers)))
    tiers = tiers_of(connection)
    texts: dict[int, str] = {}
    origins: dict[int, Origin] = {}
    for row in connection.execute(select):
        texts[row.id] = row.text
        origins[row.id] = Origin(
            document=str(row.id),
            root=str(row.copy_of or row.id),
            copies=reprints.get(row.id, 0),
            title=row.title,
            url=row.url,
            source=row.source,
            tier=_tier(tiers, row.host, row.source),
            published=row.published,
            credit=credited(row.text),
        )
    return texts, origins


def _tier(tiers: Tiers, host: str | None, source: str | None) -> Tier | None:
    """What the user has set, else what ships with the package by host or by name."""
    tier, by = tiers.traced(host, source)
    return tier if by else tier_of(source)  # type: ignore[return-value]
