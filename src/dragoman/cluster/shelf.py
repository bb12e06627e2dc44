"""The work file of merging: reports on disk, by number, by block, and the rows that come of them.

Reports are numbered by their keys, so that the order in which they came is no matter. A text that
stands in the corpus under several addresses or publishers is read several times; all but the first
of them are copies of it, which merging counts as no source of their own.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

import orjson

from dragoman.case.identity import content_of, digest
from dragoman.merging.blocking import blocks_of, end_of, half_blocks_of
from dragoman.merging.profiles import Profile, profile
from dragoman.merging.records import Report
from dragoman.records import Reading

_KEPT: Final = 4_000  # profiles in memory beside those of the block at hand
_ASKED: Final = 500
_NEVER: Final = 10_000_000  # after every day: when blocks without a day are gone through
_TABLES: Final = """
create table documents (document text primary key, digest text, content text, published text);
create table raw (id text primary key, document text, key text, report blob) without rowid;
create table reports (number integer primary key, last integer, contact integer, document text,
                      report blob);
create table roots (document text primary key, root text) without rowid;
create table entries (ends integer, block text, half integer, number integer);
create table rows (day text, id text, made blob);
"""


class Shelf:
    """A work file that is made new; close it, and remove it, when it is done with."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            "pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-65536;" + _TABLES
        )
        self._db.execute("begin")
        self._profiles: OrderedDict[int, Profile] = OrderedDict()

    def close(self) -> None:
        self._db.close()

    def put(self, document: str, reading: Reading, reports: Sequence[Report]) -> None:
        """Take the reports of a document; of two readings of one the same stays in any order."""
        made = digest(reading.to_json())
        before = self._db.execute(
            "select digest from documents where document = ?", (document,)
        ).fetchone()
        if before and before[0] <= made:
            return
        if before:
            self._db.execute("delete from raw where document = ?", (document,))
        about = reading.document
        self._db.execute(
            "insert or replace into documents values (?, ?, ?, ?)",
            (document, made, content_of(about.text or ""), about.published.date or "9999"),
        )
        self._db.executemany(
            "insert or replace into raw values (?, ?, ?, ?)",
            ((r.id, document, r.key, orjson.dumps(r.to_dict())) for r in reports),
        )

    def arrange(self) -> tuple[int, int]:
        """Number the reports and put them into blocks; returns how many documents and reports."""
        self._db.execute(
            """insert into roots
            select document, root from (
              select document, first_value(document) over (
                partition by content order by published, document) as root
              from documents)
            where document <> root"""
        )
        source = self._db.execute("select key, id, document, report from raw order by key, id")
        number = 0
        for number, (_, _, document, packed) in enumerate(source, 1):
            own = profile(_unpacked(packed))
            wide, half = blocks_of(own), half_blocks_of(own)
            ends = [end_of(block) or _NEVER for block in (*wide, *half)]
            self._db.execute(
                "insert into reports values (?, ?, ?, ?, ?)",
                (number, max(ends), own.report.type == "CONSULT", document, packed),
            )
            self._db.executemany(
                "insert into entries values (?, ?, ?, ?)",
                (
                    (end, "\x1f".join(map(str, block)), at >= len(wide), number)
                    for at, (end, block) in enumerate(zip(ends, (*wide, *half), strict=True))
                ),
            )
        self._db.execute("drop table raw")
        (documents,) = self._db.execute("select count(*) from documents").fetchone()
        return documents, number

    def blocks(self) -> Iterator[tuple[int, list[int], list[int]]]:
        """The blocks in the order in which they end: when, who is in them, who is by half."""
        found = self._db.execute(
            "select ends, block, half, number from entries order by ends, block, half, number"
        )
        for (end, _), rows in groupby(found, key=lambda row: (row[0], row[1])):
            members: list[int] = []
            halves: list[int] = []
            for _, _, half, number in rows:
                (halves if half else members).append(number)
            yield end, members, halves

    def last_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """When the last block of each report ends, and whether it is of a contact."""
        for asked, marks in _asked(numbers):
            yield from self._db.execute(
                f"select number, last, contact from reports where number in ({marks})", asked
            )

    def profiles(self, numbers: Iterable[int]) -> dict[int, Profile]:
        """Reports made ready, by number; those asked for of late are kept in memory."""
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
                report = _unpacked(packed)
                own = profile(replace(report, root=root) if root else report)
                found[number] = self._profiles[number] = own
        while len(self._profiles) > _KEPT:
            self._profiles.popitem(last=False)
        return found

    def keep_row(self, day: str, id: str, made: bytes) -> None:
        self._db.execute("insert into rows values (?, ?, ?)", (day, id, made))

    def rows(self) -> Iterator[bytes]:
        """The rows that were kept, by day and id."""
        for (made,) in self._db.execute("select made from rows order by day, id"):
            yield made


def _unpacked(packed: bytes) -> Report:
    return Report.from_dict(orjson.loads(packed))


def _asked(numbers: Sequence[int]) -> Iterator[tuple[Sequence[int], str]]:
    """Numbers in parts that a statement takes, with as many marks."""
    for first in range(0, len(numbers), _ASKED):
        part = numbers[first : first + _ASKED]
        yield part, ",".join("?" * len(part))
