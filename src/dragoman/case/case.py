"""A case: the user's file on a crisis, and what can be done with it.

case = Case.open("crisis.db")
case.add(documents)
for event in case.events(actor="RUS", with_="UKR", since="2022-02"):
    print(event.day, event.type, event.who, event.whom, event.passage)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from dragoman.case.extras import extra

with extra("case", "a case"):
    import sqlalchemy as sa

    from dragoman.case import (
        adding,
        counting,
        deciding,
        merging,
        migrations,
        naming,
        queries,
        reports,
        schema,
        searching,
    )
    from dragoman.case.database import Database, insert
from dragoman.case.filters import Filter
from dragoman.case.finding import CopyFinder
from dragoman.case.moments import parse_moment, stamp
from dragoman.errors import CaseError, UsageError

if TYPE_CHECKING:
    from dragoman.case.adding import Addable, OnOutcome, Plan, Reads
    from dragoman.case.deciding import DecisionRow
    from dragoman.case.outcomes import Summary
    from dragoman.case.rows import (
        ActorRow,
        DocumentRow,
        EventRow,
        PlaceRow,
        Rows,
        StatementRow,
        TimeRow,
    )
    from dragoman.case.searching import Hit
    from dragoman.merging.records import Merged, Report
    from dragoman.merging.said import Said
    from dragoman.settings import Settings

Clock = Callable[[], datetime]
COUNTED_SINCE: Final = "0006"  # the tables' first version that keeps counts of events


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Case:
    """An open case. It may be used from threads; other processes may use the same case."""

    def __init__(self, database: Database, *, clock: Clock = _utc_now) -> None:
        self.database = database
        self.copies = CopyFinder()
        self.seen_names: set[str] = set()
        self._clock = clock
        self.settings: Settings | None = None
        self._reader: Reads | None = None

    @classmethod
    def create(
        cls,
        where: str,
        *,
        name: str | None = None,
        clock: Clock = _utc_now,
    ) -> Case:
        """Make a new case: a file for SQLite, postgresql://host/database for PostgreSQL."""
        database = Database(where, create=True)
        case = cls(database, clock=clock)
        with database.writing() as connection:
            if migrations.current(connection) is not None:
                raise UsageError(f"{database.shown} holds a case already.")
            migrations.upgrade(connection)
            about = {"name": name or database.shown, "made_at": case.now()}
            insert(connection, schema.about, list(about.items()))
        if not database.postgres:
            # Outside a transaction: readers then never wait for a writer.
            with database.worded("written"), database.engine.connect() as raw:
                driver = raw.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA journal_mode=WAL")
        return case

    @classmethod
    def open(cls, where: str, *, clock: Clock = _utc_now) -> Case:
        """Open a case that is there."""
        database = Database(where)
        with database.reading() as connection:
            version = migrations.current(connection)
        if version is None:
            raise CaseError(
                f"{database.shown} holds no case. `dragoman init {database.shown}` makes one."
            )
        if version > migrations.newest():
            raise CaseError(
                f"{database.shown} was written by a newer dragoman (tables {version}, this one "
                f"knows {migrations.newest()}). Use that version, or a newer one."
            )
        if version < migrations.newest():
            raise CaseError(
                f"{database.shown} was written by an older dragoman (tables {version}). "
                f"`dragoman init --upgrade {database.shown}` brings it up to date; copy it first."
            )
        return cls(database, clock=clock)

    @classmethod
    def upgrade(cls, where: str, *, clock: Clock = _utc_now) -> Case:
        """Bring an older case's tables up to this version; nothing it holds is lost."""
        database = Database(where)
        with database.writing() as connection:
            before = migrations.current(connection)
            migrations.upgrade(connection)
            if before is not None and before < COUNTED_SINCE:
                counting.rebuild(connection)
        return cls(database, clock=clock)

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def moment(self) -> datetime:
        """This moment, by the case's clock."""
        return self._clock()

    def now(self) -> str:
        """This moment, as the case writes it."""
        return stamp(self._clock())

    def about(self) -> dict[str, str]:
        """The case's name, and when it was made."""
        with self.database.reading() as connection:
            return {row.name: row.value for row in connection.execute(sa.select(schema.about))}

    def add(
        self,
        documents: Iterable[Addable],
        *,
        reader: Reads | None = None,
        plan: Plan | None = None,
        on_outcome: OnOutcome | None = None,
    ) -> Summary:
        """Add documents that are not there yet, read with `reader` or with dragoman's own."""
        return adding.add(
            self,
            documents,
            reader=lambda: reader if reader is not None else self._own_reader(),
            plan=plan or adding.Plan(),
            on_outcome=on_outcome,
        )

    def documents(self, wanted: Filter | None = None, **filters: Any) -> Rows[DocumentRow]:
        """Documents, the newest first; the filters are those of `Filter`."""
        return queries.query_documents(self, _filter(wanted, filters))

    def events(self, wanted: Filter | None = None, **filters: Any) -> Rows[EventRow]:
        """Events, the newest first."""
        return queries.query_events(self, _filter(wanted, filters))

    def statements(self, wanted: Filter | None = None, **filters: Any) -> Rows[StatementRow]:
        """Statements, the newest first."""
        return queries.query_statements(self, _filter(wanted, filters))

    def actors(self, wanted: Filter | None = None, **filters: Any) -> Rows[ActorRow]:
        """Actors, those that most documents name first."""
        return queries.query_actors(self, _filter(wanted, filters))

    def times(self, wanted: Filter | None = None, **filters: Any) -> Rows[TimeRow]:
        """Times that documents name, in order."""
        return queries.query_times(self, _filter(wanted, filters))

    def places(self, wanted: Filter | None = None, **filters: Any) -> Rows[PlaceRow]:
        """Places that documents name, by name."""
        return queries.query_places(self, _filter(wanted, filters))

    def text(self, document: int) -> str:
        """The text of a document, into which all spans point."""
        documents = schema.documents
        with self.database.reading() as connection:
            text = connection.execute(
                sa.select(documents.c.text).where(documents.c.id == document)
            ).scalar()
        if text is None:
            raise UsageError(f"the case has no document {document}.")
        return str(text)

    def find_document(self, name: str, *, as_known_at: str | None = None) -> int:
        """The number of a document by its number, name, address or a part of its title."""
        moment = parse_moment(as_known_at) if as_known_at else None
        with self.database.reading() as connection:
            return naming.document_of(connection, name, moment)

    def reports(self, wanted: Filter | None = None, **filters: Any) -> Iterator[Report]:
        """The events as reports: with their parties, sources and words, ready to be merged."""
        return reports.reports_of(self, _filter(wanted, filters))

    def said(self, wanted: Filter | None = None, **filters: Any) -> Iterator[Said]:
        """The statements with their speakers and sources, ready to be compared."""
        return reports.said_in(self, _filter(wanted, filters))

    def merged(self, wanted: Filter | None = None, **filters: Any) -> list[Merged]:
        """Merged events, by day: those of which a report passes the filter, with all reports."""
        return merging.merged_events(self, _filter(wanted, filters))

    def find_merged(self, id: str) -> Merged:
        """A merged event by its id, past or present, or by the number of one of its events."""
        return merging.find_merged(self, id)

    def merge(self, *ids: str, by: str, note: str | None = None) -> list[Merged]:
        """Hold events together that merging has left apart; later runs respect it."""
        return deciding.decide(self, ids, same=True, reviewer=by, note=note)

    def split(self, id: str, *reports: str, by: str, note: str | None = None) -> list[Merged]:
        """Hold reports apart from the rest of a merged event; later runs respect it."""
        return deciding.decide(self, (id, *reports), same=False, reviewer=by, note=note)

    def unmerge(self, id: str) -> list[Merged]:
        """Take back what people decided of a merged event; merging alone judges it again."""
        return deciding.undecide(self, id)

    def merge_decisions(self, *, as_known_at: str | None = None) -> list[DecisionRow]:
        """What people decided on which reports are one event, the newest first."""
        return deciding.list_decisions(self, as_known_at=as_known_at)

    def known_as(self, name: str) -> list[str]:
        """The keys under which the case knows an actor by an id, a code or a name, or none."""
        with self.database.reading() as connection:
            return naming.keys_of(connection, name)

    def search(self, words: str, wanted: Filter | None = None, **filters: Any) -> Rows[Hit]:
        """Statements and documents in which the words stand, the closest first."""
        return searching.search(self, words, _filter(wanted, filters))

    def _own_reader(self) -> Reads:
        """Dragoman's own reader, made when it is first needed."""
        if self._reader is None:
            from dragoman.reader import Reader

            self._reader = Reader(self.settings)
        return self._reader


def _filter(wanted: Filter | None, filters: dict[str, Any]) -> Filter:
    for name in ("type", "mode", "status", "kind"):
        if isinstance(filters.get(name), str):
            filters[name] = (filters[name],)
    return replace(wanted or Filter(), **filters)
