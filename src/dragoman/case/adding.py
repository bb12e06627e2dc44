"""Adding documents: what is there stays, what is a copy is tied, the rest is read and stored.

Documents go in by batches. A batch looks what is there, lets the reader read what is new, and takes
a turn of writing in which it looks again: another process may have stored some of it meanwhile. A
run that is killed has stored whole documents up to its last turn; the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.carrying import carry_decisions
from dragoman.case.finding import CopyFinder, present
from dragoman.case.outcomes import Outcome, State, Summary
from dragoman.case.runs import Run, add_trouble, run
from dragoman.case.storing import Candidate, Entry, Original, Stored, store, versions_of
from dragoman.case.unfold import Owner
from dragoman.errors import DragomanError, InputError
from dragoman.records import Input, Reading
from dragoman.sources.copies import Signature, signature
from dragoman.sources.found import Found, NotArticle, Trouble

if TYPE_CHECKING:
    from dragoman.case.case import Case

BATCH: Final = 32
EVENT_DATA: Final = "event-data"  # the kind of documents that are made of imported rows
OnOutcome = Callable[[Outcome], None]
Addable = Found | NotArticle | Trouble | Input | str


class Reads(Protocol):
    """What the case needs of a reader."""

    def read_many(
        self,
        documents: Iterable[Input | str],
        *,
        on_error: Callable[[Input, DragomanError], None] | None = None,
    ) -> Iterator[Reading]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is taken of the sources.

    `keep` is asked of each reading: what it says False to is left out, with `left_out` as the
    reason. `kind` is the name of the run in the case's log.
    """

    dry_run: bool = False
    since: str | None = None
    limit: int | None = None
    keep: Callable[[Reading], bool] | None = None
    left_out: str = "not about the case"
    kind: str = "add"


def add(
    case: Case,
    documents: Iterable[Addable],
    *,
    reader: Callable[[], Reads],
    plan: Plan,
    on_outcome: OnOutcome | None = None,
) -> Summary:
    """Add documents; the summary says what became of each."""
    summary = Summary(dry_run=plan.dry_run)

    def tell(outcome: Outcome) -> None:
        summary.add(outcome)
        if on_outcome:
            on_outcome(outcome)

    if plan.dry_run:
        for batch in _batches(documents, plan, summary):
            _Batch(case, None, plan, tell, reader).rehearse(batch)
        return summary
    with run(case, plan.kind) as current:
        try:
            for batch in _batches(documents, plan, summary):
                _Batch(case, current, plan, tell, reader).add(batch)
        finally:
            current.counts = {str(s): count for s, count in summary.counts.items()}
    return summary


def _batches(documents: Iterable[Addable], plan: Plan, summary: Summary) -> Iterator[list[Addable]]:
    """Batches, no larger than the documents that may still go in."""
    stream = iter(documents)
    while True:
        room = BATCH if plan.limit is None else min(BATCH, plan.limit - summary.new)
        batch = list(islice(stream, room)) if room > 0 else []
        if not batch:
            return
        yield batch


class _Batch:
    """One batch on its way into the case."""

    def __init__(
        self,
        case: Case,
        current: Run | None,
        plan: Plan,
        tell: OnOutcome,
        reader: Callable[[], Reads],
    ) -> None:
        self._case = case
        self._run = current
        self._plan = plan
        self._tell = tell
        self._reader = reader
        self._troubles: list[tuple[str, DragomanError]] = []

    def add(self, batch: Sequence[Addable]) -> None:
        candidates = self._candidates(batch)
        with self._case.database.reading() as connection:
            fresh = self._fresh(connection, candidates)
            signatures = [_signature(c) for c in fresh]
            originals = self._case.copies.find(connection, fresh, signatures)
            highest = _highest(connection)
        entries = self._read(fresh, signatures, originals)
        for part in _apart(entries):
            self._store(part, highest)
        self._keep_troubles()

    def rehearse(self, batch: Sequence[Addable]) -> None:
        """Say what would become of the batch; nothing is read or stored."""
        candidates = self._candidates(batch)
        with self._case.database.reading() as connection:
            fresh = self._fresh(connection, candidates)
            signatures = [_signature(c) for c in fresh]
            originals = self._case.copies.find(connection, fresh, signatures)
            versions = _known_addresses(connection, fresh)
        for candidate, original in zip(fresh, originals, strict=True):
            state: State = "copy" if original else "added"
            if candidate.address in versions:
                state = "version"
            self._tell_of(candidate, state)

    def _candidates(self, batch: Sequence[Addable]) -> list[Candidate]:
        """What may go in; troubles and what is no article are told of."""
        candidates: list[Candidate] = []
        seen: set[str] = set()
        for item in batch:
            found = _found(item)
            if isinstance(found, Trouble):
                self._failed(found.origin, found.error)
            elif isinstance(found, NotArticle):
                self._tell(Outcome(state="skipped", origin=found.origin, message=found.message))
            elif not found.document.text.strip():
                self._failed(found.origin, InputError(f"{found.origin} has no text."))
            elif self._too_old(found.document.date):
                message = f"published before {self._plan.since}"
                self._tell(Outcome(state="skipped", origin=found.origin, message=message))
            else:
                candidate = Candidate.of(found)
                if candidate.identity in seen:
                    self._tell_of(candidate, "present")
                else:
                    seen.add(candidate.identity)
                    candidates.append(candidate)
        return candidates

    def _fresh(self, connection: sa.Connection, candidates: Sequence[Candidate]) -> list[Candidate]:
        stored = present(connection, candidates)
        for candidate in candidates:
            if candidate.identity in stored:
                self._tell_of(candidate, "present", stored[candidate.identity])
        return [c for c in candidates if c.identity not in stored]

    def _read(
        self,
        candidates: Sequence[Candidate],
        signatures: Sequence[Signature],
        originals: Sequence[Original | None],
    ) -> list[Entry]:
        """Entries with readings or originals; a copy whose original failed is read itself."""
        to_read = [c for c, original in zip(candidates, originals, strict=True) if original is None]
        readings = self._readings(to_read)
        orphans = [
            c
            for c, original in zip(candidates, originals, strict=True)
            if original and original.identity and original.identity not in readings
        ]
        readings |= self._readings(orphans)
        entries = []
        for candidate, sign, original in zip(candidates, signatures, originals, strict=True):
            reading = readings.get(candidate.identity)
            if reading is not None:
                entries.append(Entry(candidate=candidate, signature=sign, reading=reading))
            elif original is not None and candidate not in orphans:
                entries.append(Entry(candidate=candidate, signature=sign, original=original))
        return entries

    def _readings(self, candidates: Sequence[Candidate]) -> dict[str, Reading]:
        """By identity the readings of those that can be read."""
        if not candidates:
            return {}
        inputs = [_named(candidate) for candidate in candidates]
        failed: set[int] = set()

        def fail(document: Input, error: DragomanError) -> None:
            at = next(n for n, own in enumerate(inputs) if n not in failed and own == document)
            failed.add(at)
            self._failed(candidates[at].found.origin, error)

        readings = list(self._reader().read_many(inputs, on_error=fail))
        good = [candidate for at, candidate in enumerate(candidates) if at not in failed]
        return {
            candidate.identity: reading
            for candidate, reading in zip(good, readings, strict=True)
            if self._kept(candidate, reading)
        }

    def _kept(self, candidate: Candidate, reading: Reading) -> bool:
        if self._plan.keep is None or self._plan.keep(reading):
            return True
        self._tell_of(candidate, "skipped", message=self._plan.left_out)
        return False

    def _store(self, entries: Sequence[Entry], highest: int) -> None:
        if not entries:
            return
        case, current = self._case, self._run
        assert current is not None
        with case.database.writing() as connection:
            known_at = case.now()
            taken = present(connection, [entry.candidate for entry in entries])
            fresh = [entry for entry in entries if entry.candidate.identity not in taken]
            if _highest(connection) != highest:
                fresh = _looked_again(connection, case.copies, fresh)
            stored = store(
                connection, fresh, run_id=current.id, known_at=known_at, seen_names=case.seen_names
            )
            for one in stored:
                if one.replaced is not None and one.reading_id is not None:
                    _carry(connection, one, Owner(one.number, current.id, one.identity, known_at))
        for entry in entries:
            if entry.candidate.identity in taken:
                number = taken[entry.candidate.identity]
                self._tell_of(entry.candidate, "present", number)
        for one in stored:
            self._tell_of(one.entry.candidate, _state(one), one.number)

    def _keep_troubles(self) -> None:
        if not self._troubles or self._run is None:
            return
        with self._case.database.writing() as connection:
            moment = self._case.now()
            for origin, error in self._troubles:
                kind = type(error).__name__
                add_trouble(connection, self._run.id, origin, kind, str(error), moment)
        self._troubles.clear()

    def _too_old(self, date: str | None) -> bool:
        return bool(self._plan.since and date and date[:10] < self._plan.since)

    def _failed(self, origin: str, error: DragomanError) -> None:
        self._troubles.append((origin, error))
        self._tell(Outcome(state="failed", origin=origin, message=str(error)))

    def _tell_of(
        self, candidate: Candidate, state: State, number: int | None = None, message: str = ""
    ) -> None:
        self._tell(
            Outcome(
                state=state,
                origin=candidate.found.origin,
                name=candidate.name,
                number=number,
                message=message,
            )
        )


def _state(stored: Stored) -> State:
    if stored.version > 1:
        return "version"
    return "copy" if stored.entry.original else "added"


def _carry(connection: sa.Connection, stored: Stored, owner: Owner) -> None:
    """What people decided on older versions of the page holds in this one."""
    reading, reading_id = stored.entry.reading, stored.reading_id
    if reading is not None and reading_id is not None:
        older = versions_of(connection, stored.entry.candidate.address)
        carry_decisions(connection, older, reading, reading_id, owner)


def _found(item: Addable) -> Found | NotArticle | Trouble:
    if isinstance(item, str):
        item = Input(text=item)
    if isinstance(item, Input):
        return Found(document=item, origin=item.url or item.id or item.title or "a text")
    return item


def _named(candidate: Candidate) -> Input:
    """The document as the reader gets it: with the name under which the case keeps it."""
    from dataclasses import replace

    return replace(candidate.document, id=candidate.name)


def _apart(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Runs of entries in which no address comes twice: a second version needs the first stored."""
    part: list[Entry] = []
    addresses: set[str] = set()
    for entry in entries:
        address = entry.candidate.address
        if address in addresses:
            yield part
            part, addresses = [], set()
        part.append(entry)
        if address:
            addresses.add(address)
    yield part


def _signature(candidate: Candidate) -> Signature:
    """What its copies are found by; rows of event data are much alike, and no copies."""
    return signature("" if candidate.found.kind == EVENT_DATA else candidate.document.text)


def _looked_again(
    connection: sa.Connection, finder: CopyFinder, entries: Sequence[Entry]
) -> list[Entry]:
    """Another process has stored documents since: what was read may be a copy of one of them."""
    from dataclasses import replace

    originals = finder.find(
        connection, [e.candidate for e in entries], [e.signature for e in entries]
    )
    return [
        entry
        if original is None or entry.original is not None or original.document_id is None
        else replace(entry, reading=None, original=original)
        for entry, original in zip(entries, originals, strict=True)
    ]


def _highest(connection: sa.Connection) -> int:
    highest = connection.execute(sa.select(sa.func.max(schema.documents.c.id))).scalar()
    return highest or 0


def _known_addresses(connection: sa.Connection, candidates: Sequence[Candidate]) -> set[str | None]:
    documents = schema.documents
    wanted = [c.address for c in candidates if c.address]
    found = connection.execute(
        sa.select(documents.c.address).where(documents.c.address.in_(wanted))
    )
    return {address for (address,) in found}
