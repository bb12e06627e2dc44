"""Watching: feeds and pages are asked what is new, and what is about the case goes in.

A source is asked only when its time has come, with what it said last (ETag, Last-Modified). Of a
feed the pages of its new entries are fetched, of a page of links the pages it newly links to on its
own site; a single article is taken again when it has changed. Each thing that is done is one line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.adding import Plan, Reads
from dragoman.case.identity import clean, digest
from dragoman.case.moments import stamp
from dragoman.case.outcomes import Outcome
from dragoman.case.topics import list_topics, relevant
from dragoman.case.visiting import RefusedError, Visitor
from dragoman.errors import DragomanError, FetchError
from dragoman.records import Record
from dragoman.sources.addresses import canonical, host_of
from dragoman.sources.fetch import Fetcher, Fetches, Response
from dragoman.sources.found import Item, NotArticle, Trouble
from dragoman.sources.gather import Gatherer
from dragoman.sources.parsing import Parser

if TYPE_CHECKING:
    from dragoman.case.case import Case

# So many pages of one source at most are fetched in a round; what is left comes in the next.
MOST_PAGES: Final = 50
MOST_TRIES: Final = 3
_LONGEST_BACKOFF: Final = timedelta(days=1)
# A source that is being asked is not asked by another process meanwhile.
_LEASE: Final = timedelta(minutes=15)
_SAID: Final = {
    "added": "added",
    "version": "changed",
    "copy": "copy",
    "present": "there",
    "skipped": "left out",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Record):
    """One thing that was done. `what`: asked, unchanged, added, left out, refused, failed …"""

    moment: str
    what: str
    address: str
    message: str = ""

    def words(self) -> str:
        """`2022-02-06T12:00:00Z  added      https://paper.org/1  document 12`."""
        line = f"{self.moment[:19]}Z  {self.what:<9}  {self.address}"
        line += f"  {self.message}" if self.message else ""
        return "".join(c if c.isprintable() else "\ufffd" for c in line)


Tell = Callable[[Line], None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page that a source lists; `mark` changes when the source says that the page has."""

    key: str
    mark: str
    data: dict[str, Any]


class Watcher:
    """Asks the sources of a case; use it in a `with`, or close it."""

    def __init__(
        self,
        case: Case,
        *,
        tell: Tell,
        fetcher: Fetches | None = None,
        parser: Parser | None = None,
        reader: Reads | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._case = case
        self._tell = tell
        self._reader = reader
        visitor = Visitor(case, fetcher or Fetcher(), sleep=sleep)
        self._visitor = visitor
        self._gatherer = Gatherer(fetcher=visitor, parser=parser, sleep=sleep, delay=0.0)

    def close(self) -> None:
        self._gatherer.close()

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def round(self, *, early: bool = False) -> int | None:
        """Ask every source whose time has come; returns how many documents went in, and None
        where no source was due.

        `early` takes those, too, that are due within half their time, so that a clockwork that
        calls as often as they are to be asked misses none.
        """
        asked = [self._ask(source) for source in self._due(early)]
        return sum(asked) if asked else None

    def next_moment(self) -> datetime | None:
        """When the next source is due; None where nothing is watched."""
        watched = schema.watched
        with self._case.database.reading() as connection:
            rows = connection.execute(
                sa.select(watched.c.next_at).where(watched.c.closed_at.is_(None))
            ).all()
        moments = [datetime.fromisoformat(at) if at else self._case.moment() for (at,) in rows]
        return min(moments, default=None)

    def _due(self, early: bool) -> Iterator[Any]:
        """The sources that are due, each taken so that no other process asks it meanwhile."""
        watched = schema.watched
        with self._case.database.reading() as connection:
            rows = connection.execute(
                sa.select(watched).where(watched.c.closed_at.is_(None)).order_by(watched.c.id)
            ).all()
        for row in rows:
            now = self._case.moment()
            grace = timedelta(seconds=row.every / 2 if early and not row.failures else 0)
            if row.next_at is not None and datetime.fromisoformat(row.next_at) > now + grace:
                continue
            with self._case.database.writing() as connection:
                taken = connection.execute(
                    sa.update(watched)
                    .where(watched.c.id == row.id, watched.c.closed_at.is_(None))
                    .where(
                        watched.c.next_at.is_(None)
                        if row.next_at is None
                        else watched.c.next_at == row.next_at
                    )
                    .values(next_at=stamp(now + _LEASE))
                )
            if taken.rowcount:
                yield row

    def _ask(self, source: Any) -> int:
        try:
            response = self._visitor.fetch(
                source.address, etag=source.etag, last_modified=source.last_modified
            )
            content = digest_of(response)
            if response.status == 304 or content == source.digest:
                self._say("unchanged", source.address)
                self._asked(source, response, content or source.digest, source.kind)
                return 0
            kind, went_in, whole = self._take(source, response)
        except DragomanError as error:
            self._failed(source, error)
            return 0
        # What was cut short is asked for again in full.
        self._asked(source, response, content if whole else None, kind)
        return went_in

    def _take(self, source: Any, response: Response) -> tuple[str, int, bool]:
        """What the source now brings: its kind, how many documents went in, and if that was all."""
        kind, entries, item = self._listed(source, response)
        if item is not None:
            outcomes = self._add([item])
            if isinstance(item, Trouble):
                raise item.error
            return kind, _went_in(outcomes), True
        known = self._known(source.id)
        new = [entry for entry in entries if _is_new(entry, known)]
        taken = new[:MOST_PAGES]
        rest = f", {len(new) - len(taken)} more in the next round" if len(new) > len(taken) else ""
        count = f"{len(entries)} {'entries' if kind == 'feed' else 'links'}"
        self._say("asked", source.address, f"{count}, {len(new)} new{rest}")
        went_in, whole = 0, len(new) == len(taken)
        for start in range(0, len(taken), 8):
            more, done = self._take_entries(source, taken[start : start + 8], known)
            went_in, whole = went_in + more, whole and done
        return kind, went_in, whole

    def _listed(self, source: Any, response: Response) -> tuple[str, list[_Entry], Item | None]:
        """A feed's entries, or a page's links, or the one document that the address holds."""
        from dragoman.sources.feed_parsing import is_feed

        if is_feed(response.body, response.kind):
            feed = self._gatherer.parser.feed(response.body, response.address)
            publisher = feed.get("title")
            return "feed", [_entry({**e, "publisher": publisher}) for e in feed["entries"]], None
        item = next(self._gatherer.response(response, source.address))
        if not isinstance(item, NotArticle) or item.kind != "index":
            return "page", [], item
        host = host_of(response.address)
        links = [
            _entry({"link": link.address, "title": link.title})
            for link in item.links
            if host_of(link.address) == host
        ]
        return "index", links, None

    def _take_entries(
        self, source: Any, entries: list[_Entry], known: dict[str, Any]
    ) -> tuple[int, bool]:
        """Fetch and add the pages of some entries, and note what became of each.

        Returns how many went in, and whether none is to be tried again.
        """
        outcomes: dict[str, str] = {}
        items = []
        there = self._present(entries)
        for entry in entries:
            if entry.key in there and entry.key not in known:
                outcomes[entry.key] = "present"
                continue
            item, refused = self._page(entry, source.address)
            if refused:
                outcomes[entry.key] = "refused"
                self._say("refused", entry.data.get("link") or source.address, refused)
            else:
                items.append(_with_origin(item, entry.key))
        links = {entry.key: entry.data.get("link") or source.address for entry in entries}
        told = self._add(items, links)
        outcomes |= {outcome.origin: outcome.state for outcome in told}
        self._note(source.id, entries, outcomes, known)
        tries = {key: row.tries + 1 for key, row in known.items()}
        again = any(
            outcome == "failed" and tries.get(key, 1) < MOST_TRIES
            for key, outcome in outcomes.items()
        )
        return _went_in(told), not again

    def _page(self, entry: _Entry, address: str) -> tuple[Item, str]:
        """The document of an entry, or why robots.txt refuses its page."""
        data = entry.data
        try:
            item = self._gatherer.entry(data, data.get("publisher"), address)
        except DragomanError as error:
            item = Trouble(data.get("link") or address, error)
        if isinstance(item, Trouble) and isinstance(item.error, RefusedError):
            return item, str(item.error)
        return item, ""

    def _add(self, items: Iterable[Item], links: Mapping[str, str] | None = None) -> list[Outcome]:
        """Add what is relevant; each outcome is told under the address that its source gave."""
        items = list(items)
        if not items:
            return []
        topics = list_topics(self._case)
        outcomes: list[Outcome] = []
        plan = Plan(
            keep=lambda reading: relevant(reading, topics),
            left_out="none of the case's topics",
            kind="watch",
        )
        self._case.add(items, reader=self._reader, plan=plan, on_outcome=outcomes.append)
        for outcome in outcomes:
            message = outcome.message
            if outcome.number is not None:
                message = f"document {outcome.number}"
            address = (links or {}).get(outcome.origin, outcome.origin)
            self._say(_SAID[outcome.state], address, message)
        return outcomes

    def _present(self, entries: list[_Entry]) -> set[str]:
        documents = schema.documents
        with self._case.database.reading() as connection:
            found = connection.execute(
                sa.select(documents.c.address).where(
                    documents.c.address.in_([entry.key for entry in entries])
                )
            )
            return {address for (address,) in found}

    def _known(self, watched_id: int) -> dict[str, Any]:
        entries = schema.watched_entries
        with self._case.database.reading() as connection:
            rows = connection.execute(sa.select(entries).where(entries.c.watched_id == watched_id))
            return {row.address: row for row in rows}

    def _note(
        self,
        watched_id: int,
        entries: list[_Entry],
        outcomes: dict[str, str],
        known: dict[str, Any],
    ) -> None:
        table = schema.watched_entries
        with self._case.database.writing() as connection:
            keys = [entry.key for entry in entries]
            connection.execute(
                sa.delete(table).where(table.c.watched_id == watched_id, table.c.address.in_(keys))
            )
            rows = [
                {
                    "watched_id": watched_id,
                    "address": entry.key,
                    "mark": entry.mark,
                    "outcome": outcomes.get(entry.key, "skipped"),
                    "tries": (known[entry.key].tries if entry.key in known else 0) + 1,
                    "known_at": self._case.now(),
                }
                for entry in entries
            ]
            connection.execute(sa.insert(table), rows)

    def _asked(
        self, source: Any, response: Response, content: str | None, kind: str | None
    ) -> None:
        headers = response.headers
        now = self._case.moment()
        values: dict[str, Any] = {
            "kind": kind,
            "digest": content,
            "checked_at": stamp(now),
            "next_at": stamp(now + timedelta(seconds=source.every)),
            "failures": 0,
            "message": None,
        }
        if response.status != 304:
            whole = content is not None
            values["etag"] = clean(headers["etag"]) if whole and "etag" in headers else None
            values["last_modified"] = clean(headers.get("last-modified", "")) if whole else None
        self._update(source.id, values)

    def _failed(self, source: Any, error: DragomanError) -> None:
        failures = source.failures + 1
        rest = min(_LONGEST_BACKOFF, timedelta(seconds=source.every) * 2 ** min(failures, 12))
        if isinstance(error, FetchError) and error.wait:
            rest = min(_LONGEST_BACKOFF, max(rest, timedelta(seconds=error.wait)))
        now = self._case.moment()
        what = "refused" if isinstance(error, RefusedError) else "failed"
        again = stamp(now + rest)
        self._say(what, source.address, f"{error} Next try {again[:16]} UTC.")
        self._update(
            source.id,
            {
                "checked_at": stamp(now),
                "next_at": again,
                "failures": failures,
                "message": clean(str(error)),
            },
        )

    def _update(self, number: int, values: dict[str, Any]) -> None:
        watched = schema.watched
        with self._case.database.writing() as connection:
            connection.execute(sa.update(watched).where(watched.c.id == number).values(**values))

    def _say(self, what: str, address: str, message: str = "") -> None:
        self._tell(Line(moment=self._case.now(), what=what, address=address, message=message))


def digest_of(response: Response) -> str | None:
    """The content as a number; None where the site sent none."""
    if response.status == 304:
        return None
    return digest(response.body.decode("latin-1"))


def _entry(data: dict[str, Any]) -> _Entry:
    link = data.get("link")
    told = "\x1f".join(str(data.get(name) or "") for name in ("title", "date", "updated"))
    key = (canonical(link) if link else None) or f"entry:{digest(told + (data.get('html') or ''))}"
    return _Entry(key=clean(key), mark=digest(told), data=data)


def _is_new(entry: _Entry, known: dict[str, Any]) -> bool:
    row = known.get(entry.key)
    if row is None or row.mark != entry.mark:
        return True
    return bool(row.outcome == "failed" and row.tries < MOST_TRIES)


def _with_origin(item: Item, origin: str) -> Item:
    if isinstance(item, Trouble):
        return Trouble(origin, item.error, item.document)
    return replace(item, origin=origin)


def _went_in(outcomes: list[Outcome]) -> int:
    return sum(outcome.state in ("added", "version", "copy") for outcome in outcomes)
