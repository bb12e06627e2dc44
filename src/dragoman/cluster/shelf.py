"""The work files of merging: reports on disk, by number, by block, and the rows that come of them.

Reports are numbered by their keys, so that the order in which they came is no matter. A text that
stands in the corpus under several addresses or publishers is read several times; all but the first
of them are copies of it, which merging counts as no source of their own.

`Shelf` is written and swept by one process. Once it is arranged it changes no more, and any number
of processes look reports up in it (`Lookup`).
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

import orjson

from dragoman.case.identity import content_of, digest
from dragoman.merging.blocking import blocks_of, end_of, half_blocks_of
from dragoman.merging.profiles import Profile, profile
from dragoman.merging.records import Report
from dragoman.records import Document

_KEPT: Final = 4_000  # profiles in memory beside those of the block at hand
_ASKED: Final = 500
_NEVER: Final = 10_000_000  # after every day: when blocks without a day are gone through
_WRITING: Final = 65_536  # kB of the file in memory while it is filled
_READING: Final = 16_384  # and while it is read
_TABLES: Final = """
create table documents (document text primary key, digest text, content text, published text);
create table raw (id text primary key, document text, key text, last integer,
                  report blob, blocks blob) without rowid;
create table reports (number integer primary key, last integer, document text,
                      report blob);
create table roots (document text primary key, root text) without rowid;
create table entries (ends integer, block text, half integer, number integer);
"""

Block = tuple[int, list[int], list[int]]  # when it ends, who is in it, who is by half
Row = tuple[str, str, bytes]  # day, id, and the event as it is written


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document on its way to the shelf: what tells it from others, and its reports as rows."""

    document: str
    digest: str
    content: str
    published: str
    reports: tuple[tuple[str, str, str, int, bytes, bytes], ...]


def prepared(document: str, about: Document, packed: bytes, reports: Sequence[Report]) -> Prepared:
    """A document's reports made ready; `packed` is its reading as it is stored."""
    return Prepared(
        document,
        digest(packed.decode("utf-8")),
        content_of(about.text or ""),
        about.published.date or "9999",
        tuple(_raw(document, report) for report in reports),
    )


def _raw(document: str, report: Report) -> tuple[str, str, str, int, bytes, bytes]:
    own = profile(report)
    blocks = [
        (end_of(block) or _NEVER, "\x1f".join(map(str, block)), half)
        for half, found in enumerate((blocks_of(own), half_blocks_of(own)))
        for block in found
    ]
    return (
        report.id,
        document,
        report.key,
        max(end for end, _, _ in blocks),
        orjson.dumps(report.to_dict()),
        orjson.dumps(blocks),
    )


class Lookup:
    """Reports by number, made ready; those asked for of late are kept in memory."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._profiles: OrderedDict[int, Profile] = OrderedDict()

    @classmethod
    def open(cls, path: Path) -> Lookup:
        """Of a shelf that is arranged, for reading alone."""
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        db.execute(f"pragma cache_size=-{_READING}")
        return cls(db)

    def close(self) -> None:
        self._db.close()

    def profiles(self, numbers: Iterable[int]) -> dict[int, Profile]:
        found: dict[int, Profile] = {}
        missing = []
        for number in dict.fromkeys(numbers):
            known = self._profiles.get(number)
            if known is None:
                missing.append(number)
            else:
                self._profiles.move_to_end(number)
                found[number] = known
        for asked, marks in _asked(missing):
            for number, root, packed in self._db.execute(
                "select number, root, report from reports left join roots using (document) "
                f"where number in ({marks})",
                asked,
            ):
                report = Report.from_dict(orjson.loads(packed))
                own = profile(replace(report, root=root) if root else report)
                found[number] = self._profiles[number] = own
        while len(self._profiles) > _KEPT:
            self._profiles.popitem(last=False)
        return found


class Shelf:
    """A work file that is made new; close it, and remove it, when it is done with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            f"pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-{_WRITING};"
            + _TABLES
        )
        self._db.execute("begin")
        self.lookup = Lookup(self._db)

    def close(self) -> None:
        self._db.close()

    def put(self, made: Prepared) -> None:
        """Take the reports of a document; of two readings of one the same stays in any order."""
        before = self._db.execute(
            "select digest from documents where document = ?", (made.document,)
        ).fetchone()
        if before and before[0] <= made.digest:
            return
        if before:
            self._db.execute("delete from raw where document = ?", (made.document,))
        self._db.execute(
            "insert or replace into documents values (?, ?, ?, ?)",
            (made.document, made.digest, made.content, made.published),
        )
        self._db.executemany("insert or replace into raw values (?, ?, ?, ?, ?, ?)", made.reports)

    def arrange(self) -> tuple[int, int]:
        """Number the reports and put them into blocks; returns how many documents and reports.

        From here on the shelf changes no more.
        """
        self._db.execute(
            """insert into roots
            select document, root from (
              select document, first_value(document) over (
                partition by content order by published, document) as root
              from documents)
            where document <> root"""
        )
        source = self._db.execute("select document, last, report, blocks from raw order by key, id")
        number = 0
        for number, (document, last, packed, blocks) in enumerate(source, 1):
            self._db.execute(
                "insert into reports values (?, ?, ?, ?)",
                (number, last, document, packed),
            )
            self._db.executemany(
                "insert into entries values (?, ?, ?, ?)",
                ((end, block, half, number) for end, block, half in orjson.loads(blocks)),
            )
        self._db.execute("drop table raw")
        self._db.execute("create index by_end on entries (ends, block, half, number)")
        (documents,) = self._db.execute("select count(*) from documents").fetchone()
        self._db.execute("commit")
        self._db.execute(f"pragma cache_size=-{_READING}")
        return documents, number

    def entries(self) -> int:
        """How many places in blocks there are."""
        (count,) = self._db.execute("select count(*) from entries").fetchone()
        return int(count)

    def blocks(self) -> Iterator[Block]:
        """The blocks in the order in which they end."""
        found = self._db.execute(
            "select ends, block, half, number from entries order by ends, block, half, number"
        )
        for (end, _), rows in groupby(found, key=lambda row: (row[0], row[1])):
            members: list[int] = []
            halves: list[int] = []
            for _, _, half, number in rows:
                (halves if half else members).append(number)
            yield end, members, halves

    def last_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """When the last block of each report ends."""
        for asked, marks in _asked(numbers):
            yield from self._db.execute(
                f"select number, last from reports where number in ({marks})", asked
            )


class Rows:
    """The merged events on disk, in any order; they are read by day and id."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            "pragma journal_mode=off; pragma synchronous=off;"
            "create table rows (day text, id text, made blob);"
        )
        self._db.execute("begin")

    def close(self) -> None:
        self._db.close()

    def keep(self, rows: Iterable[Row]) -> None:
        self._db.executemany("insert into rows values (?, ?, ?)", rows)

    def __iter__(self) -> Iterator[bytes]:
        for (made,) in self._db.execute("select made from rows order by day, id"):
            yield made


def _asked(numbers: Sequence[int]) -> Iterator[tuple[Sequence[int], str]]:
    """Numbers in parts that a statement takes, with as many marks."""
    for first in range(0, len(numbers), _ASKED):
        part = numbers[first : first + _ASKED]
        yield part, ",".join("?" * len(part))
