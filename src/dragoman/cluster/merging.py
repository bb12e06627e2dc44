"""Merging a coded corpus: the events that all its documents tell, each once.

    OUT/merged/*.parquet     one row an event, by day
    OUT/manifest.json        gets an entry `merged`: what was merged, by which versions

The outcome is that of `dragoman.merging.merge` on all reports at once, in memory that does not
grow with the corpus. Reports lie in a work file on disk. Blocks, each of some days, are gone
through in the order in which they end; what hangs together is clustered and let go when the last
block of its reports has ended. At any time there are in memory the reports of one block (and some
more, to save reading them again), and the scores of what has not ended.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson

from dragoman.cluster.coding import MERGED, enter, manifest
from dragoman.cluster.partition import NOTES
from dragoman.cluster.shelf import Shelf
from dragoman.errors import UsageError
from dragoman.merging.clustering import Pair, cluster, components
from dragoman.merging.comparing import compare, contradict
from dragoman.merging.fusion import fuse
from dragoman.merging.merge import pairs_of_block
from dragoman.merging.records import Merged
from dragoman.merging.reports import reports_from_reading
from dragoman.merging.views import merged_rows
from dragoman.records import Reading

_ROWS: Final = 64  # documents that are unpacked at a time
_IN_FILE: Final = 50_000  # events in a file of the outcome
# Of what hangs together, so many reports whose blocks have ended are clustered without waiting for
# those that may still come; a war without a pause would be kept whole else.
MOST_WAITING: Final = 20_000
_TEXT, _TEXTS, _INT, _FLOAT, _FLAG = "string", "texts", "int64", "float64", "bool_"
# The columns of a merged event and their types; those that the case's exports have too mean the
# same. `reports` are `document:event` as in the tables; `codes` the states of who and whom.
COLUMNS: Final = {
    "id": _TEXT,
    "type": _TEXT,
    "mode": _TEXT,
    "status": _TEXT,
    "background": _FLAG,
    "who": _TEXT,
    "whom": _TEXT,
    "actors": _TEXTS,
    "recipients": _TEXTS,
    "codes": _TEXTS,
    "day": _TEXT,
    "day_end": _TEXT,
    "medium": _TEXT,
    "place": _TEXT,
    "country": _TEXT,
    "lat": _FLOAT,
    "lon": _FLOAT,
    "reports": _TEXTS,
    "documents": _INT,
    "sources": _INT,
    "witnesses": _TEXTS,
    "according_to": _TEXTS,
    "conflicts": _TEXTS,
    "first": _TEXT,
    "last": _TEXT,
    "first_report": _TEXT,
    "last_report": _TEXT,
    "score": _FLOAT,
    "confidence": _FLOAT,
    "passage": _TEXT,
    "title": _TEXT,
    "url": _TEXT,
}


@dataclass(slots=True, kw_only=True)
class MergeTally:
    """What was merged. `cut` counts how often something was clustered before all of it was there;
    `unreadable` names partitions of which not everything could be read."""

    documents: int = 0
    reports: int = 0
    events: int = 0
    cut: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)


def merge_coded(out: Path, *, most_waiting: int = MOST_WAITING) -> MergeTally:
    """Merge the events of a coded corpus into OUT/merged; what was there is replaced.

    UsageError where the folder holds no coded corpus, or one that is not wholly coded.
    """
    if manifest(out).get("state") != "done":
        raise UsageError(f"{out} is not wholly coded; call `dragoman code … -o {out}` once more.")
    tally = MergeTally()
    work = out / f".merging.{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        with closing(Shelf(work / "work.sqlite")) as shelf:
            for name in sorted(note.stem for note in (out / NOTES).glob("*.json")):
                _take(out, name, shelf, tally)
            tally.documents, tally.reports = shelf.arrange()
            for event in _Sweep(shelf, most_waiting, tally).events():
                shelf.keep_row(event.day, event.id, orjson.dumps(_row(event)))
                tally.events += 1
            _write(work / MERGED, shelf.rows())
        shutil.rmtree(out / MERGED, ignore_errors=True)
        os.replace(work / MERGED, out / MERGED)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _enter(out, tally)
    return tally


def _take(out: Path, name: str, shelf: Shelf, tally: MergeTally) -> None:
    """Put the reports of a partition on the shelf."""
    import pyarrow as pa
    from pyarrow import parquet

    path = out / "documents" / f"{name}.parquet"
    if not path.exists():
        return
    try:
        file = parquet.ParquetFile(path)
        for batch in file.iter_batches(batch_size=_ROWS, columns=["document", "reading"]):
            for row in batch.to_pylist():
                reading = Reading.from_dict(orjson.loads(row["reading"]))
                shelf.put(
                    row["document"],
                    reading,
                    list(reports_from_reading(reading, id=row["document"])),
                )
    except (OSError, pa.ArrowException, ValueError, TypeError, KeyError) as error:
        tally.unreadable[name] = " ".join(str(error).split())[:200]


@dataclass(slots=True)
class _Open:
    """What hangs together so far: its reports, of how many the blocks have ended, and the last."""

    members: list[int]
    last: int
    ended: int = 0


class _Sweep:
    """Goes through the blocks in the order in which they end."""

    def __init__(self, shelf: Shelf, most_waiting: int, tally: MergeTally) -> None:
        self._shelf, self._most, self._tally = shelf, most_waiting, tally
        self._of: dict[int, _Open] = {}  # by report that with which it hangs together
        self._last: dict[int, int] = {}  # by report when its last block ends
        self._contacts: set[int] = set()
        self._ending: dict[int, list[int]] = {}
        self._scores: dict[int, dict[int, float]] = {}  # by report those by its partners

    def events(self) -> Iterator[Merged]:
        """The merged events, each when all is known of it."""
        now: int | None = None
        for end, members, halves in self._shelf.blocks():
            if now is not None and end != now:
                yield from self._ended(now)
            now = end
            self._open(members)
            self._open(halves)
            self._compare(members, halves)
        if now is not None:
            yield from self._ended(now)

    def _open(self, numbers: list[int]) -> None:
        fresh = [at for at in numbers if at not in self._last]
        for at, last, contact in self._shelf.last_of(fresh):
            if contact:
                self._contacts.add(at)
            self._last[at] = last
            self._of[at] = _Open([at], last)
            self._ending.setdefault(last, []).append(at)

    def _compare(self, members: list[int], halves: list[int]) -> None:
        if not members or len(members) + len(halves) < 2:
            return
        profiles = self._shelf.profiles([*members, *halves])
        for one, other in pairs_of_block(members, halves, profiles):
            known = self._scores.setdefault(one, {})
            if other in known:
                continue
            score = compare(profiles[one], profiles[other])
            known[other] = score
            self._scores.setdefault(other, {})[one] = score
            if score > 0:
                self._join(one, other)

    def _join(self, one: int, other: int) -> None:
        a, b = self._of[one], self._of[other]
        if a is b:
            return
        few, many = sorted((a, b), key=lambda group: len(group.members))
        many.members += few.members
        many.last = max(few.last, many.last)
        many.ended += few.ended
        for at in few.members:
            self._of[at] = many

    def _ended(self, now: int) -> Iterator[Merged]:
        """All blocks that end now have been gone through."""
        touched: dict[int, _Open] = {}
        for at in self._ending.pop(now, ()):
            group = self._of[at]
            group.ended += 1
            touched[id(group)] = group
        for group in touched.values():
            if group.last <= now:
                yield from self._close(group.members, self._clusters(group.members))
            elif group.ended >= self._most:
                yield from self._cut(group, now)

    def _clusters(self, members: list[int]) -> list[list[int]]:
        members = sorted(members)
        if len(members) == 1:
            return [members]
        contacts = self._shelf.profiles(at for at in members if at in self._contacts)

        @cache
        def contradicted(one: int, other: int) -> bool:
            if one not in contacts or other not in contacts:
                return False  # other deeds are never held apart by it
            return contradict(contacts[one], contacts[other])

        return cluster(members, dict(self._inside(members)), contradict=contradicted)

    def _inside(self, members: Iterable[int]) -> Iterator[tuple[Pair, float]]:
        inside = set(members)
        for one in inside:
            for other, score in self._scores.get(one, {}).items():
                if one < other and other in inside:
                    yield (one, other), score

    def _close(self, members: list[int], clusters: list[list[int]]) -> Iterator[Merged]:
        """The events of these reports, which are let go."""
        for own in clusters:
            profiles = self._shelf.profiles(own)
            yield fuse(profiles[at].report for at in own)
        for at in members:
            for other in self._scores.pop(at, ()):
                if other in self._scores:
                    self._scores[other].pop(at, None)
            del self._of[at], self._last[at]
            self._contacts.discard(at)

    def _cut(self, group: _Open, now: int) -> Iterator[Merged]:
        """Let the events go to which nothing can be added directly; the rest hangs together on."""
        clusters = self._clusters(group.members)
        done = [own for own in clusters if all(self._last[at] <= now for at in own)]
        gone = {at for own in done for at in own}
        rest = [at for at in group.members if at not in gone]
        self._tally.cut += 1
        yield from self._close([at for own in done for at in own], done)
        linked = [pair for pair, score in self._inside(rest) if score > 0]
        for part in components(rest, linked):
            ended = sum(self._last[at] <= now for at in part)
            left = _Open(part, max(self._last[at] for at in part), ended)
            for at in part:
                self._of[at] = left
            if left.last <= now:
                yield from self._close(part, self._clusters(part))


def _row(event: Merged) -> dict[str, Any]:
    row = next(iter(merged_rows([event]))).to_dict()
    more = {
        "codes": sorted({party.code for party in event.parties if party.code}),
        "lat": event.lat,
        "lon": event.lon,
        "first_report": event.reports[0].id,
        "last_report": event.reports[-1].id,
    }
    return {name: more[name] if name in more else row[name] for name in COLUMNS}


def _write(folder: Path, rows: Iterable[bytes]) -> None:
    """The rows into files of so many each; a folder without files where there are none."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {_TEXTS: pa.list_(pa.string())}
    shape = pa.schema(
        [(name, kinds.get(kind) or getattr(pa, kind)()) for name, kind in COLUMNS.items()]
    )
    folder.mkdir()
    writer, number, inside = None, 0, 0
    waiting: list[dict[str, Any]] = []

    def flush() -> None:
        nonlocal writer, number, inside
        if not waiting:
            return
        if writer is None:
            path = folder / f"{number:05d}.parquet"
            writer = parquet.ParquetWriter(path, shape, compression="zstd")
            number += 1
        writer.write_table(pa.Table.from_pylist(waiting, schema=shape))
        inside += len(waiting)
        waiting.clear()
        if inside >= _IN_FILE:
            writer.close()
            writer, inside = None, 0

    for row in rows:
        waiting.append(orjson.loads(row))
        if len(waiting) >= 2_000:
            flush()
    flush()
    if writer is not None:
        writer.close()


def _enter(out: Path, tally: MergeTally) -> None:
    """Tell of the merging in the manifest."""
    told = {
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "columns": list(COLUMNS),
        "counts": {
            "documents": tally.documents,
            "reports": tally.reports,
            "events": tally.events,
        },
        "cut": tally.cut,
        "unreadable": tally.unreadable,
    }
    enter(out, MERGED, told)
