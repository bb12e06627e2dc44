"""From a reading to the rows that keep it. Pure: numbers and moments are handed in.

Each function's tuple names the columns of its table in the schema's order; a test holds them
against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import Row
from dragoman.case.identity import actor_keys, event_fingerprint, fold, statement_fingerprint
from dragoman.case.moments import day_of
from dragoman.records import Actor, Event, Reading, Span, Statement

# A sentence longer than this is no sentence (a table, a list); its beginning stands for it.
MOST_PASSAGE: Final = 1_000
PARTY: Final = "party"


@dataclass(slots=True)
class Rows:
    """Rows to insert, by table, and the numbers that come next."""

    next_ids: dict[sa.Table, int]
    rows: dict[sa.Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, Row] = field(default_factory=dict)
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def number(self, table: sa.Table) -> int:
        number = self.next_ids[table]
        self.next_ids[table] = number + 1
        return number

    def add(self, table: sa.Table, row: Row) -> None:
        self.rows[table].append(row)


NUMBERED: Final = (
    schema.documents,
    schema.readings,
    schema.actors,
    schema.mentions,
    schema.events,
    schema.statements,
    schema.times,
    schema.places,
)


@dataclass(frozen=True, slots=True)
class Owner:
    """To which document and run a reading belongs; `identity` is the same for its versions."""

    document_id: int
    run_id: int
    identity: str
    known_at: str


def unfold(reading: Reading, owner: Owner, rows: Rows) -> int:
    """Add the rows of a reading and return its number."""
    reading_id = rows.number(schema.readings)
    rows.add(schema.readings, _reading_row(reading, reading_id, owner))
    keys = actor_keys(reading)
    for actor in reading.actors:
        _unfold_actor(actor, keys[actor.id], reading_id, owner, rows)
    folder = Folder(reading, keys, reading_id, owner)
    for event in reading.events:
        folder.event(event, rows)
    for statement in reading.statements:
        folder.statement(statement, rows)
    _unfold_times_and_places(reading, reading_id, owner, rows)
    return reading_id


def _reading_row(reading: Reading, reading_id: int, owner: Owner) -> Row:
    made = reading.provenance
    sentences = [(sentence.start, sentence.end) for sentence in reading.sentences]
    return (
        reading_id,
        owner.document_id,
        owner.run_id,
        made.schema,
        made.dragoman,
        made.model,
        made.directory,
        made.ontology,
        dump(sentences),
        dump(reading.document.warnings),
        dump(reading.document.published),
        owner.known_at,
        None,
    )


def _unfold_actor(actor: Actor, key: str, reading_id: int, owner: Owner, rows: Rows) -> None:
    number = rows.number(schema.actors)
    extra = {
        "members": actor.members,
        "candidates": actor.candidates,
        **({"assumed": True} if actor.assumed else {}),
    }
    rows.add(
        schema.actors,
        (
            number,
            owner.document_id,
            reading_id,
            actor.id,
            key,
            actor.name,
            actor.kind,
            actor.code,
            " ".join(actor.sectors),
            actor.role,
            actor.wikidata,
            actor.basis,
            actor.part_of,
            dump(extra),
        ),
    )
    if key and key not in rows.names:
        rows.names[key] = (
            key,
            actor.name,
            fold(actor.name),
            actor.kind,
            actor.code,
            0,
            owner.known_at,
        )
    if key:
        rows.named[key].add(reading_id)
    for mention in actor.mentions:
        rows.add(
            schema.mentions,
            (
                rows.number(schema.mentions),
                number,
                mention.start,
                mention.end,
                mention.text,
                mention.form,
            ),
        )


class Folder:
    """Makes the rows of events and statements, which lean on the reading's actors and text."""

    def __init__(
        self, reading: Reading, keys: Mapping[str, str], reading_id: int, owner: Owner
    ) -> None:
        self._text = reading.document.text or ""
        self._sentences = reading.sentences
        self._actors = {actor.id: actor for actor in reading.actors}
        self._keys = keys
        self._reading_id = reading_id
        self._owner = owner
        self._day = day_of(reading.document.published.date)

    def event(
        self, event: Event, rows: Rows, *, decision: str | None = None, closed: str | None = None
    ) -> int:
        """Add the rows of an event and return its number."""
        number = rows.number(schema.events)
        when, where = event.when, event.where
        day = day_of(when.start) if when else self._day
        start, end = _extent(event.trigger)
        passage = self._passage(event.sentence)
        rows.add(
            schema.events,
            (
                number,
                self._owner.document_id,
                self._reading_id,
                event.id,
                event.type,
                event.mode,
                event.status,
                event.background,
                self._names(event.actors),
                self._names(event.recipients),
                day,
                day_of(when.end) if when else day,
                when.start if when else None,
                when.end if when else None,
                when.precision if when else None,
                where.name if where else None,
                where.country if where else None,
                where.lat if where else None,
                where.lon if where else None,
                event.sentence,
                start,
                end,
                passage,
                event.score,
                event.confidence,
                event.method,
                event_fingerprint(self._owner.identity, event, passage),
                dump(event),
                decision,
                self._owner.known_at,
                closed,
            ),
        )
        self._participants(event, number, day, rows)
        return number

    def statement(
        self,
        statement: Statement,
        rows: Rows,
        *,
        decision: str | None = None,
        closed: str | None = None,
    ) -> int:
        """Add the row of a statement and return its number."""
        number = rows.number(schema.statements)
        speaker = self._actors.get(statement.speaker or "")
        content = statement.content
        rows.add(
            schema.statements,
            (
                number,
                self._owner.document_id,
                self._reading_id,
                statement.id,
                statement.speaker,
                self._keys.get(speaker.id) or None if speaker else None,
                speaker.code if speaker else None,
                speaker.name if speaker else statement.speaker_text,
                statement.named,
                statement.kind,
                statement.quoted,
                statement.hedged,
                self._day,
                content.start,
                content.end,
                content.text,
                statement_fingerprint(self._owner.identity, statement),
                dump(statement),
                decision,
                self._owner.known_at,
                closed,
            ),
        )
        return number

    def passage_of(self, event: Event) -> str:
        return self._passage(event.sentence)

    def _passage(self, sentence: int) -> str:
        if not 0 <= sentence < len(self._sentences):
            return ""
        span = self._sentences[sentence]
        return " ".join(self._text[span.start : span.end][:MOST_PASSAGE].split())

    def _names(self, ids: tuple[str, ...]) -> str:
        return "; ".join(self._actors[i].name if i in self._actors else i for i in ids)

    def _participants(self, event: Event, number: int, day: str, rows: Rows) -> None:
        exact: dict[tuple[str, str], int] = {}
        for role, ids in (
            ("actor", event.actors),
            ("recipient", event.recipients),
            ("source", event.according_to),
        ):
            for position, actor in enumerate(ids):
                exact.setdefault((self._keys.get(actor) or actor, role), position)
        parties = dict.fromkeys(
            key for actor in (*event.actors, *event.recipients) for key in self._found_under(actor)
        )
        for key in parties:
            rows.add(schema.event_actors, (key, PARTY, day, number, 0))
        for (key, role), position in exact.items():
            rows.add(schema.event_actors, (key, role, day, number, position))

    def _found_under(self, actor: str) -> list[str]:
        """The keys under which an event of this actor is found: itself, its code, its whole."""
        known = self._actors.get(actor)
        if known is None:
            return [actor]
        own = [self._keys[actor], known.code or "", known.part_of or ""]
        for member in known.members:
            part = self._actors.get(member)
            own += [self._keys[member], part.code or ""] if part else [member]
        return [key for key in own if key]


def _unfold_times_and_places(reading: Reading, reading_id: int, owner: Owner, rows: Rows) -> None:
    for time in reading.times:
        rows.add(
            schema.times,
            (
                rows.number(schema.times),
                owner.document_id,
                reading_id,
                time.type,
                time.value,
                time.start,
                time.end,
                time.text,
            ),
        )
    for place in reading.places:
        rows.add(
            schema.places,
            (
                rows.number(schema.places),
                owner.document_id,
                reading_id,
                place.name,
                place.country,
                place.kind,
                place.lat,
                place.lon,
                place.geonames,
                place.start,
                place.end,
                place.text,
            ),
        )


def _extent(trigger: tuple[Span, ...]) -> tuple[int, int]:
    if not trigger:
        return 0, 0
    return min(span.start for span in trigger), max(span.end for span in trigger)


def dump(value: Any) -> str:
    """Records or plain data as one line of JSON, the fields in their order."""
    return orjson.dumps(value, default=dict).decode()  # the default: read-only mappings
