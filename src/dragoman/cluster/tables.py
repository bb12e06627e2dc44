"""The tables of a coded corpus: which columns they have, and the rows of a reading.

`document` names a document in every table; it is the same wherever the document is found again.
The table of documents holds the whole reading as JSON, so that a selection can be taken into a case
without reading again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from dragoman.case.identity import actor_keys, address_of, content_of, identity_of
from dragoman.records import Actor, Event, Input, Reading, Statement

if TYPE_CHECKING:
    import pyarrow

Rows = dict[str, list[dict[str, Any]]]
Tables = Mapping[str, Mapping[str, str]]

_TEXT, _TEXTS, _INT, _FLOAT, _FLAG = "string", "texts", "int64", "float64", "bool_"
# By table the columns and their types, in their order.
COLUMNS: Final[Tables] = {
    "documents": {
        "document": _TEXT,
        "id": _TEXT,
        "title": _TEXT,
        "source": _TEXT,
        "url": _TEXT,
        "author": _TEXT,
        "kind": _TEXT,
        "origin": _TEXT,
        "language": _TEXT,
        "published": _TEXT,
        "dating": _TEXT,
        "characters": _INT,
        "events": _INT,
        "statements": _INT,
        "warnings": _TEXTS,
        "dragoman": _TEXT,
        "model": _TEXT,
        "directory": _TEXT,
        "ontology": _TEXT,
        "reading": _TEXT,
    },
    "events": {
        "document": _TEXT,
        "event": _TEXT,
        "type": _TEXT,
        "mode": _TEXT,
        "contexts": _TEXTS,
        "status": _TEXT,
        "background": _FLAG,
        "who": _TEXT,
        "whom": _TEXT,
        "actors": _TEXTS,
        "recipients": _TEXTS,
        "codes": _TEXTS,
        "according_to": _TEXTS,
        "when_start": _TEXT,
        "when_end": _TEXT,
        "when_precision": _TEXT,
        "place": _TEXT,
        "country": _TEXT,
        "lat": _FLOAT,
        "lon": _FLOAT,
        "count": _INT,
        "score": _FLOAT,
        "confidence": _FLOAT,
        "method": _TEXT,
        "passage": _TEXT,
        "span_start": _INT,
        "span_end": _INT,
        "published": _TEXT,
        "source": _TEXT,
    },
    "contacts": {
        "document": _TEXT,
        "event": _TEXT,
        "status": _TEXT,
        "medium": _TEXT,
        "level": _TEXT,
        "who": _TEXT,
        "whom": _TEXT,
        "actors": _TEXTS,
        "recipients": _TEXTS,
        "initiator": _TEXT,
        "topics": _TEXTS,
        "when_start": _TEXT,
        "when_end": _TEXT,
        "place": _TEXT,
        "passage": _TEXT,
        "published": _TEXT,
        "source": _TEXT,
    },
    "statements": {
        "document": _TEXT,
        "statement": _TEXT,
        "speaker": _TEXT,
        "speaker_id": _TEXT,
        "speaker_code": _TEXT,
        "named": _FLAG,
        "kind": _TEXT,
        "quoted": _FLAG,
        "hedged": _FLAG,
        "content": _TEXT,
        "span_start": _INT,
        "span_end": _INT,
        "published": _TEXT,
        "source": _TEXT,
    },
    "actors": {
        "document": _TEXT,
        "actor": _TEXT,
        "key": _TEXT,
        "name": _TEXT,
        "kind": _TEXT,
        "code": _TEXT,
        "sectors": _TEXTS,
        "role": _TEXT,
        "part_of": _TEXT,
        "basis": _TEXT,
        "mentions": _INT,
    },
}
_MOST_PASSAGE: Final = 1_000


def schema(table: str) -> pyarrow.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    kinds = {_TEXTS: pa.list_(pa.string())}
    return pa.schema(
        [(name, kinds.get(kind) or getattr(pa, kind)()) for name, kind in COLUMNS[table].items()]
    )


def key_of(given: Input) -> str:
    """What names a document in all tables: the same content at the same address."""
    return identity_of(given, content_of(given.text), address_of(given))


def rows_of(given: Input, reading: Reading, more: Mapping[str, str | None]) -> Rows:
    """The rows of one reading. `more`: origin, author and kind of the document."""
    key = key_of(given)
    about = reading.document
    shared = {"document": key, "published": about.published.date, "source": about.source}
    named = {actor.id: actor for actor in reading.actors}
    keys = actor_keys(reading)
    events = [_event(event, reading, named, shared) for event in reading.events]
    made = reading.provenance
    document = {
        **shared,
        "id": about.id,
        "title": about.title,
        "url": about.url,
        "author": more.get("author"),
        "kind": more.get("kind") or "article",
        "origin": more.get("origin"),
        "language": about.language,
        "dating": about.published.basis,
        "characters": len(about.text or ""),
        "events": len(reading.events),
        "statements": len(reading.statements),
        "warnings": [notice.code for notice in about.warnings],
        "dragoman": made.dragoman,
        "model": made.model,
        "directory": made.directory,
        "ontology": made.ontology,
        "reading": reading.to_json(),
    }
    return {
        "documents": [document],
        "events": events,
        "contacts": [
            _contact(event, row)
            for event, row in zip(reading.events, events, strict=True)
            if event.medium is not None or event.type == "CONSULT"
        ],
        "statements": [_statement(s, named, keys, shared) for s in reading.statements],
        "actors": [_actor(actor, keys[actor.id], key) for actor in reading.actors],
    }


def _event(
    event: Event, reading: Reading, named: Mapping[str, Actor], shared: Mapping[str, Any]
) -> dict[str, Any]:
    when, where = event.when, event.where
    parties = (*event.actors, *event.recipients)
    codes = [named[id].code for id in parties if id in named]
    return {
        **shared,
        "event": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "background": event.background,
        "who": _names(event.actors, named),
        "whom": _names(event.recipients, named),
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "codes": sorted({code for code in codes if code}),
        "according_to": list(event.according_to),
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
        "place": where.name if where else None,
        "country": where.country if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "count": event.count,
        "score": event.score,
        "confidence": event.confidence,
        "method": event.method,
        "passage": _passage(event, reading),
        "span_start": min((span.start for span in event.trigger), default=0),
        "span_end": max((span.end for span in event.trigger), default=0),
    }


def _contact(event: Event, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an event that is a contact, with what only contacts have."""
    own = {
        "medium": event.medium,
        "level": event.level,
        "initiator": event.initiator,
        "topics": list(event.topics),
    }
    return {name: own.get(name, row.get(name)) for name in COLUMNS["contacts"]}


def _statement(
    statement: Statement,
    named: Mapping[str, Actor],
    keys: Mapping[str, str],
    shared: Mapping[str, Any],
) -> dict[str, Any]:
    speaker = named.get(statement.speaker or "")
    return {
        **shared,
        "statement": statement.id,
        "speaker": speaker.name if speaker else statement.speaker_text,
        "speaker_id": keys[speaker.id] or None if speaker else None,
        "speaker_code": speaker.code if speaker else None,
        "named": statement.named,
        "kind": statement.kind,
        "quoted": statement.quoted,
        "hedged": statement.hedged,
        "content": statement.content.text,
        "span_start": statement.content.start,
        "span_end": statement.content.end,
    }


def _actor(actor: Actor, key: str, document: str) -> dict[str, Any]:
    return {
        "document": document,
        "actor": actor.id,
        "key": key or None,
        "name": actor.name,
        "kind": actor.kind,
        "code": actor.code,
        "sectors": list(actor.sectors),
        "role": actor.role,
        "part_of": actor.part_of,
        "basis": actor.basis,
        "mentions": len(actor.mentions),
    }


def _names(ids: tuple[str, ...], named: Mapping[str, Actor]) -> str:
    return "; ".join(named[id].name if id in named else id for id in ids)


def _passage(event: Event, reading: Reading) -> str:
    if not 0 <= event.sentence < len(reading.sentences):
        return ""
    words = reading.passage(reading.sentences[event.sentence])
    return " ".join(words[:_MOST_PASSAGE].split())
