"""Asking a case: from a filter to rows.

The inner query finds and orders the numbers of the rows, with what the indices give; the outer one
fetches what is shown of them. So a list of fifty reads fifty documents, whatever the case holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.conditions import (
    Asked,
    Condition,
    at_place,
    behind,
    decided,
    of_documents,
    on_days,
    ordered,
    owned,
    page,
    sort_column,
    visible,
)
from dragoman.case.filters import Filter
from dragoman.case.fulltext import match, sqlite_index, sqlite_match
from dragoman.case.moments import last_day
from dragoman.case.naming import keys_of
from dragoman.case.rows import (
    ActorRow,
    DocumentRow,
    EventRow,
    PlaceRow,
    Rows,
    RowT,
    StatementRow,
    TimeRow,
)
from dragoman.case.unfold import PARTY

if TYPE_CHECKING:
    from dragoman.case.case import Case

_FETCHED: Final = 1_000
_FEW: Final = 5_000  # rows that are gone through at once within a few milliseconds
_T = TypeVar("_T")

documents, readings = schema.documents, schema.readings
events, statements = schema.events, schema.statements
parties = schema.event_actors


def query_documents(case: Case, wanted: Filter) -> Rows[DocumentRow]:
    return _rows(case, wanted, DocumentRow, _documents, _document_row)


def query_events(case: Case, wanted: Filter) -> Rows[EventRow]:
    return _rows(case, wanted, EventRow, _events, _event_row)


def query_statements(case: Case, wanted: Filter) -> Rows[StatementRow]:
    return _rows(case, wanted, StatementRow, _statements, _statement_row)


def query_actors(case: Case, wanted: Filter) -> Rows[ActorRow]:
    return _rows(case, wanted, ActorRow, _actors, lambda row: ActorRow(**row))


def query_times(case: Case, wanted: Filter) -> Rows[TimeRow]:
    return _rows(case, wanted, TimeRow, _times, lambda row: TimeRow(**row))


def query_places(case: Case, wanted: Filter) -> Rows[PlaceRow]:
    return _rows(case, wanted, PlaceRow, _places, lambda row: PlaceRow(**row))


def find_document(case: Case, number: int) -> DocumentRow | None:
    """The document with this number, whatever its version."""
    return _found(case, documents, number, _document_columns(None), _document_row)


def find_event(case: Case, number: int) -> EventRow | None:
    """The event with this number, whether it stands or not."""
    return _found(case, events, number, event_columns(), _event_row)


def find_statement(case: Case, number: int) -> StatementRow | None:
    """The statement with this number, whether it stands or not."""
    return _found(case, statements, number, statement_columns(), _statement_row)


def _found(
    case: Case,
    table: sa.Table,
    number: int,
    select: sa.Select[Any],
    make: Callable[[dict[str, Any]], RowT],
) -> RowT | None:
    with case.database.reading() as connection:
        row = connection.execute(select.where(table.c.id == number)).mappings().first()
        return make(dict(row)) if row else None


def _rows(
    case: Case,
    wanted: Filter,
    record: type[RowT],
    build: Callable[[sa.Connection, Filter, Asked], sa.Select[Any]],
    make: Callable[[dict[str, Any]], RowT],
) -> Rows[RowT]:
    asked = Asked(wanted, postgres=case.database.postgres)

    def ask() -> Iterator[RowT]:
        with case.database.reading() as connection:
            select = build(connection, wanted, asked)
            result = connection.execution_options(yield_per=_FETCHED).execute(select)
            for row in result.mappings():
                yield make(dict(row))

    return Rows(record, ask)


def _documents(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    conditions = [visible(documents, asked.moment), *of_documents(wanted, asked)]
    conditions += [_naming(connection, name) for name in (wanted.actor, wanted.with_) if name]
    if wanted.kind:
        conditions.append(documents.c.kind.in_(wanted.kind))
    conditions += _with_words(connection, documents, wanted, asked)
    ids = page(documents, conditions, wanted, ("day", "id"))
    return ordered(_document_columns(asked.moment), documents, ids, wanted)


def _document_columns(moment: str | None) -> sa.Select[Any]:
    return sa.select(
        *[documents.c[name] for name in _own(DocumentRow, documents)],
        documents.c.id.label("number"),
        _told(events, moment).label("events"),
        _told(statements, moment).label("statements"),
    )


def _of_kind(wanted: Filter) -> list[Condition]:
    """The type, mode and status asked for. Most statuses are frequent: no way to begin with."""
    conditions: list[Condition] = []
    if wanted.type:
        conditions.append(events.c.type.in_([value.upper() for value in wanted.type]))
    if wanted.mode:
        conditions.append(events.c.mode.in_(wanted.mode))
    if wanted.status:
        conditions.append(events.c.status.concat("").in_(wanted.status))
    return conditions


def _naming(connection: sa.Connection, name: str) -> Condition:
    """Documents that name an actor: looked up where few do, else asked of each in turn."""
    actors = schema.actors
    means: Condition = actors.c.key.in_(keys_of(connection, name))
    if len(name) == 3:
        means = sa.or_(means, actors.c.code == name.upper())
    if _many(connection, sa.select(actors.c.id).where(means)):
        return sa.exists().where(actors.c.document_id == documents.c.id, means)
    return documents.c.id.in_(sa.select(actors.c.document_id).where(means))


def _many(connection: sa.Connection, select: sa.Select[Any]) -> bool:
    """Whether so many rows are meant that going through them costs more than asking each row."""
    few = select.limit(_FEW).subquery()
    return connection.execute(sa.select(sa.func.count()).select_from(few)).scalar_one() >= _FEW


def _with_words(
    connection: sa.Connection, table: sa.Table, wanted: Filter, asked: Asked
) -> list[Condition]:
    """Rows with the words of the filter; of common words the rows are looked up in order."""
    if not wanted.text:
        return []
    found = match(table, wanted.text, postgres=asked.postgres)
    if asked.postgres or wanted.limit is None:
        return [found]
    index = sqlite_index(table)
    stands = sa.select(index.c.rowid).where(sqlite_match(table, wanted.text))
    # Without an index on the sum, the rows are gone through in their order, up to the limit.
    return [(table.c.id + 0).in_(stands)] if _many(connection, stands) else [found]


def _told(table: sa.Table, moment: str | None) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c.document_id == documents.c.id, visible(table, moment))
        .scalar_subquery()
    )


def _events(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    ids = _event_selection(connection, wanted, asked)
    return ordered(event_columns(), events, ids, wanted)


def event_columns() -> sa.Select[Any]:
    """What is shown of events, with their trace."""
    select = sa.select(
        *[events.c[name] for name in _own(EventRow, events)],
        events.c.id.label("number"),
        events.c.document_id.label("document"),
        events.c.reading_id.label("reading"),
        events.c.data,
        *_trace(),
    )
    return _with_trace(select, events)


def select_events(connection: sa.Connection, wanted: Filter, *, postgres: bool) -> sa.Select[Any]:
    """The numbers of the events that a filter wants, for counts over them."""
    return _event_selection(connection, wanted, Asked(wanted, postgres=postgres))


def _event_selection(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    conditions: list[Condition] = [decided(events, wanted, asked)]
    conditions += _of_kind(wanted)
    if asked.since:
        conditions.append(events.c.day_end >= asked.since)
    if asked.until:
        conditions += [events.c.day <= asked.until, events.c.day != ""]
    if wanted.place:
        conditions.append(at_place(events.c.place, events.c.country, wanted.place))
    if wanted.background is not None:
        conditions.append(events.c.background == wanted.background)
    if wanted.min_confidence is not None:
        conditions.append(events.c.confidence >= wanted.min_confidence)
    conditions += _with_words(connection, events, wanted, asked)
    if wanted.speaker:
        conditions.append(_by_source(connection, wanted.speaker))
    conditions += owned(events, wanted)
    names = [name for name in (wanted.actor, wanted.with_) if name]
    return _event_ids(connection, conditions, names, wanted)


def _event_ids(
    connection: sa.Connection, conditions: list[Condition], names: Sequence[str], wanted: Filter
) -> sa.Select[Any]:
    """The numbers of the events in which all named take part.

    One key in order of days is a walk along the index of parties, and ends at the limit.
    """
    keys = [keys_of(connection, name) for name in names]
    if not keys:
        return page(events, conditions, wanted, ("day", "id"))
    if any(not group for group in keys):
        return sa.select(events.c.id).where(sa.false())
    first, *rest = sorted(keys, key=lambda group: _weight(connection, group))
    for group in rest:
        other = parties.alias()
        conditions = [
            *conditions,
            sa.exists().where(
                other.c.key.in_(group),
                other.c.role == PARTY,
                other.c.day == events.c.day,
                other.c.event_id == events.c.id,
            ),
        ]
    rare = bool(wanted.type or wanted.status) and not _many(connection, _by_kind(wanted))
    if rare and len(first) == 1:
        # Fewer events are of this kind than the actor has: they are looked at each.
        taking_part = sa.select(parties.c.event_id).where(
            parties.c.key == first[0],
            parties.c.role == PARTY,
            parties.c.day == events.c.day,
            parties.c.event_id == events.c.id,
        )
        own = _by_kind(wanted).where(*conditions, sa.exists(taking_part.correlate(events)))
        return page(events, [events.c.id.in_(own)], wanted, ("day", "id"))
    if len(first) > 1 or wanted.sort not in (None, "day", "-day"):
        taking_part = sa.select(parties.c.event_id).where(
            parties.c.key.in_(first), parties.c.role == PARTY
        )
        return page(events, [*conditions, events.c.id.in_(taking_part)], wanted, ("day", "id"))
    down = wanted.sort != "day"
    order = [c.desc() if down else c.asc() for c in (parties.c.day, parties.c.event_id)]
    if wanted.until:
        # A party's day is its event's: said of the index that is walked, the walk begins there.
        conditions = [*conditions, parties.c.day <= last_day(wanted.until)]
    conditions = [*conditions, *behind((parties.c.day, parties.c.event_id), wanted, down=down)]
    walk = (
        sa.select(events.c.id)
        .select_from(parties.join(events, events.c.id == parties.c.event_id))
        .where(parties.c.key == first[0], parties.c.role == PARTY, *conditions)
        .order_by(*order)
    )
    return walk.limit(wanted.limit) if wanted.limit is not None else walk


def _by_kind(wanted: Filter) -> sa.Select[Any]:
    """The events of the types and statuses asked for, as the indices find them."""
    select = sa.select(events.c.id)
    if wanted.status:
        select = select.where(events.c.status.in_(wanted.status))
    if wanted.type:
        select = select.where(events.c.type.in_([value.upper() for value in wanted.type]))
    return select


def _weight(connection: sa.Connection, keys: Sequence[str]) -> int:
    """How many events these keys have, counted no further than matters."""
    few = (
        sa.select(parties.c.event_id)
        .where(parties.c.key.in_(list(keys)), parties.c.role == PARTY)
        .limit(20_000)
        .subquery()
    )
    return connection.execute(sa.select(sa.func.count()).select_from(few)).scalar_one()


def _by_source(connection: sa.Connection, name: str) -> Condition:
    """Events that are told on this speaker's word."""
    told = sa.select(parties.c.event_id).where(
        parties.c.key.in_(keys_of(connection, name)), parties.c.role == "source"
    )
    return events.c.id.in_(told)


def _statements(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    conditions = [decided(statements, wanted, asked), *owned(statements, wanted)]
    conditions += on_days(statements.c.day, asked)
    if wanted.kind:
        conditions.append(statements.c.kind.in_(wanted.kind))
    for name in (wanted.speaker, wanted.actor):
        if name:
            conditions.append(spoken_by(connection, name))
    conditions += _with_words(connection, statements, wanted, asked)
    ids = page(statements, conditions, wanted, ("day", "id"))
    return ordered(statement_columns(), statements, ids, wanted)


def statement_columns() -> sa.Select[Any]:
    """What is shown of statements, with their trace."""
    select = sa.select(
        *[statements.c[name] for name in _own(StatementRow, statements) if name != "speaker"],
        statements.c.id.label("number"),
        statements.c.document_id.label("document"),
        statements.c.reading_id.label("reading"),
        statements.c.speaker_name.label("speaker"),
        statements.c.speaker_key.label("speaker_id"),
        *_trace(),
    )
    return _with_trace(select, statements)


def spoken_by(connection: sa.Connection, name: str) -> Condition:
    """Statements of this speaker; a code stands for all who speak for it."""
    keys = keys_of(connection, name)
    either: list[Condition] = [statements.c.speaker_key.in_(keys)]
    if len(name) == 3:
        either.append(statements.c.speaker_code == name.upper())
    elif not keys:
        pattern = f"%{name.replace('%', '').replace('_', '')}%"
        either.append(statements.c.speaker_name.ilike(pattern))
    states = [key for key in keys if len(key) == 3 and key.isupper()]
    if states:
        either.append(statements.c.speaker_code.in_(states))
    return sa.or_(*either)


def _actors(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    names, actors = schema.names, schema.actors
    conditions: list[Condition] = []
    if wanted.actor:
        conditions.append(names.c.key.in_(keys_of(connection, wanted.actor)))
    if wanted.text:
        conditions.append(names.c.folded.like(f"%{wanted.text.casefold()}%"))
    if wanted.kind:
        conditions.append(names.c.kind.in_(wanted.kind))
    count: sa.ColumnElement[Any] = names.c.documents
    select = sa.select(names.c.key.label("id"), names.c.name, names.c.kind, names.c.code)
    if asked.moment or asked.since or asked.until or wanted.source or wanted.document:
        # Counts of a part of the case are counted anew; those of the whole are kept.
        part = [visible(readings, asked.moment), *of_documents(wanted, asked)]
        own = (
            sa.select(readings.c.id)
            .join(documents, documents.c.id == readings.c.document_id)
            .where(*part)
        )
        # A document has one reading at a time; the index alone tells which keys a reading has.
        named = (
            sa.select(actors.c.reading_id, actors.c.key)
            .where(actors.c.reading_id.in_(own))
            .distinct()
            .subquery()
        )
        counted = (
            sa.select(named.c.key, sa.func.count().label("n")).group_by(named.c.key).subquery()
        )
        count = counted.c.n
        select = select.join_from(names, counted, counted.c.key == names.c.key)
    select = select.add_columns(count.label("documents")).where(count > 0, *conditions)
    columns = {"documents": count, "id": names.c.key, "name": names.c.name, "kind": names.c.kind}
    order, down = sort_column(wanted.sort, columns, "-documents")
    if wanted.after is not None:
        # Names that equally many documents have follow in the order of their keys, either way.
        value, key = wanted.after
        beyond = order < value if down else order > value
        select = select.where(sa.or_(beyond, sa.and_(order == value, names.c.key > key)))
    select = select.order_by(order.desc() if down else order.asc(), names.c.key)
    return select if wanted.limit is None else select.limit(wanted.limit)


def _times(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    table = schema.times
    conditions = owned(table, wanted)
    value = sa.func.substr(table.c.value, 1, 10)
    if asked.since:
        # A month or a year that begins on the day is written shorter, and sorts before it.
        conditions.append(table.c.value >= asked.since.removesuffix("-01").removesuffix("-01"))
    if asked.until:
        conditions.append(value <= asked.until)
    if wanted.kind:
        conditions.append(table.c.type.in_([kind.upper() for kind in wanted.kind]))
    if wanted.text:
        conditions.append(sa.func.lower(table.c.text).like(f"%{wanted.text.lower()}%"))
    return _named(TimeRow, table, conditions, wanted, asked, "value")


def _places(connection: sa.Connection, wanted: Filter, asked: Asked) -> sa.Select[Any]:
    table = schema.places
    conditions = owned(table, wanted)
    if asked.since or asked.until:
        days = on_days(documents.c.day, asked)
        conditions.append(table.c.document_id.in_(sa.select(documents.c.id).where(*days)))
    if wanted.place:
        conditions.append(at_place(table.c.name, table.c.country, wanted.place))
    if wanted.kind:
        conditions.append(table.c.kind.in_(wanted.kind))
    if wanted.text:
        conditions.append(sa.func.lower(table.c.name).like(f"%{wanted.text.lower()}%"))
    return _named(PlaceRow, table, conditions, wanted, asked, "name")


def _named(
    record: type[Any],
    table: sa.Table,
    conditions: list[Condition],
    wanted: Filter,
    asked: Asked,
    default: str,
) -> sa.Select[Any]:
    """Times and places: seen while their reading is."""
    held = sa.exists().where(readings.c.id == table.c.reading_id, visible(readings, asked.moment))
    ids = page(table, [*conditions, held], wanted, (default, "id"), default_down=False)
    select = sa.select(
        *[table.c[name] for name in _own(record, table)],
        table.c.document_id.label("document"),
        table.c.reading_id.label("reading"),
        documents.c.title,
        documents.c.source,
        documents.c.published,
        readings.c.known_at,
    )
    select = select.join_from(table, readings, readings.c.id == table.c.reading_id).join(
        documents, documents.c.id == table.c.document_id
    )
    return ordered(select, table, ids, wanted, default, default_down=False)


def _own(record: type[Any], table: sa.Table) -> list[str]:
    """The fields of a row that its table has under the same name."""
    return [name for name in record.__dataclass_fields__ if name in table.c]


def _trace() -> list[sa.ColumnElement[Any]]:
    return [
        documents.c.title,
        documents.c.source,
        documents.c.url,
        documents.c.published,
        readings.c.dragoman,
        readings.c.model,
        readings.c.directory,
    ]


def _with_trace(select: sa.Select[Any], table: sa.Table) -> sa.Select[Any]:
    return select.join_from(table, documents, documents.c.id == table.c.document_id).join(
        readings, readings.c.id == table.c.reading_id
    )


def _document_row(row: dict[str, Any]) -> DocumentRow:
    return DocumentRow(**row)


def _event_row(row: dict[str, Any]) -> EventRow:
    data = orjson.loads(row.pop("data"))
    for name in ("actors", "recipients", "according_to"):
        row[name] = tuple(data[name])
    row["medium"] = data["medium"]
    row["day"], row["day_end"] = row["day"] or None, row["day_end"] or None
    return EventRow(**row)


def _statement_row(row: dict[str, Any]) -> StatementRow:
    row["day"] = row["day"] or None
    return StatementRow(**row)
