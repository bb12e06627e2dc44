"""Coding one partition: pieces in, the rows of five tables out. Pure but for what it writes at the
end; it can be pickled and called in any process, on any machine.

A partition is there when its note is: the tables are written beside their places and moved there,
the note last. What is half there is written again.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from dragoman.cluster.corpus import Part, Repeated
from dragoman.cluster.tables import COLUMNS, Rows, rows_of, schema
from dragoman.errors import DragomanError
from dragoman.records import Input, Provenance, Reading
from dragoman.sources.found import Found, Trouble
from dragoman.sources.pages import page_item
from dragoman.sources.parsing import Parser

NOTES: Final = "_notes"
_MOST_REASON: Final = 500


class ReadsOne(Protocol):
    """What a partition needs of a reader."""

    @property
    def provenance(self) -> Provenance: ...

    def read(self, document: Input) -> Reading: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that is not in the tables, or only in part; `kind` is stable."""

    origin: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What became of a partition; `seconds` by the clock, `processor` seconds of processors.

    `repeated` counts documents that stood in the corpus before and were not read again.
    """

    partition: str
    file: str
    first: int
    digest: str
    versions: Mapping[str, str]
    counts: Mapping[str, int]
    failures: tuple[Failure, ...] = ()
    repeated: int = 0
    words: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    peak_megabytes: int = 0

    def to_json(self) -> str:
        plain = {name: getattr(self, name) for name in self.__slots__}
        plain["failures"] = [
            {"origin": f.origin, "kind": f.kind, "reason": f.reason} for f in self.failures
        ]
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Note:
        data = json.loads(text)
        data["failures"] = tuple(Failure(**failure) for failure in data["failures"])
        return cls(**data)


@dataclass(slots=True)
class _Draft:
    rows: Rows = field(default_factory=lambda: {table: [] for table in COLUMNS})
    failures: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    repeated: int = 0
    words: int = 0

    def fail(self, origin: str, kind: str, reason: str) -> None:
        self.failures.append(Failure(origin=origin, kind=kind, reason=reason[:_MOST_REASON]))


def code_partition(
    part: Part,
    reader: ReadsOne,
    parser: Parser,
    out: Path,
    *,
    skip: Mapping[int, Failure] | None = None,
    on_document: Callable[[int], None] | None = None,
) -> Note:
    """Read the pieces of a partition and write its tables and its note.

    `skip` names pieces, by their number in the partition, that are not to be tried again, with
    why. `on_document` is told the number of each piece before it is read, and -1 at the end.
    """
    began, busy = time.monotonic(), time.process_time()
    draft = _Draft()
    for at in range(len(part.pieces)):
        if on_document:
            on_document(at)
        if skip and at in skip:
            draft.failures.append(skip[at])
        else:
            _piece(part, at, reader, parser, draft)
    if on_document:
        on_document(-1)
    note = Note(
        partition=part.name,
        file=part.file.address,
        first=part.first,
        digest=part.digest(),
        versions=versions_of(reader.provenance),
        counts={table: len(rows) for table, rows in draft.rows.items()},
        failures=tuple(draft.failures),
        repeated=draft.repeated,
        words=draft.words,
        seconds=round(time.monotonic() - began, 3),
        processor=round(time.process_time() - busy, 3),
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
    write(out, part.name, draft.rows, note)
    return note


def versions_of(made: Provenance) -> dict[str, str]:
    """The versions that decide what is read."""
    return {
        "schema": made.schema,
        "dragoman": made.dragoman,
        "model": made.model,
        "directory": made.directory,
        "ontology": made.ontology,
    }


def origin_of(part: Part, at: int) -> str:
    """How messages name a piece."""
    piece = part.pieces[at]
    if isinstance(piece, Input):
        own = piece.url or piece.id or f"document {part.first + at + 1}"
        return f"{part.file.address}: {own}"
    return getattr(piece, "origin", part.file.address)


def _piece(part: Part, at: int, reader: ReadsOne, parser: Parser, draft: _Draft) -> None:
    piece, origin = part.pieces[at], origin_of(part, at)
    if isinstance(piece, Repeated):
        draft.repeated += 1
        return
    if isinstance(piece, DragomanError):
        draft.fail(origin, type(piece).__name__, str(piece))
        return
    author, kind, given = None, "article", piece
    if not isinstance(piece, Input):
        item = page_item(piece.data, piece.address, piece.origin, parser, moment=piece.moment)
        if isinstance(item, Trouble):
            draft.fail(origin, type(item.error).__name__, str(item.error))
            return
        if not isinstance(item, Found):
            return  # a page of links or a wall is no document, and no failure
        given, author, kind = item.document, item.author, item.kind
    assert isinstance(given, Input)
    try:
        reading = reader.read(given)
    except DragomanError as error:
        draft.fail(origin, type(error).__name__, str(error))
        return
    rows = rows_of(given, reading, {"origin": origin, "author": author, "kind": kind})
    key = rows["documents"][0]["document"]
    if key in draft.seen:
        draft.repeated += 1
        return
    draft.seen.add(key)
    draft.words += len((reading.document.text or "").split())
    for table, more in rows.items():
        draft.rows[table] += more
    for notice in reading.document.warnings:
        if notice.code == "time-limit":
            draft.fail(origin, "time-limit", notice.message)


def write(out: Path, name: str, rows: Rows, note: Note) -> None:
    """Write a partition's tables, each at once, and its note last."""
    import pyarrow as pa
    from pyarrow import parquet

    for table, made in rows.items():
        folder = out / table
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}.parquet"
        if not made:
            target.unlink(missing_ok=True)
            continue
        draft = folder / f".{name}.{os.getpid()}.draft"
        arrow = pa.Table.from_pylist([_whole(row, table) for row in made], schema=schema(table))
        parquet.write_table(arrow, draft, compression="zstd")
        os.replace(draft, target)
    folder = out / NOTES
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}.draft"
    draft.write_text(note.to_json(), encoding="utf-8")
    os.replace(draft, folder / f"{name}.json")


def _whole(row: Mapping[str, Any], table: str) -> dict[str, Any]:
    return {name: row.get(name) for name in COLUMNS[table]}


def noted(out: Path, name: str) -> Note | None:
    """The note of a partition that is there; None where there is none."""
    try:
        return Note.from_json((out / NOTES / f"{name}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        return None  # half written by a disk that was full: it is coded again
