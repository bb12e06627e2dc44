"""Merging a coded corpus: the events that all its documents tell, each once.

    OUT/merged/*.parquet     one row an event, by day
    OUT/manifest.json        gets an entry `merged`: what was merged, by which versions

The outcome is that of `dragoman.merging.merge` on all reports at once, in memory that does not
grow with the corpus. Reports lie in a work file on disk. Blocks, each of some days, are gone
through in the order in which they end; what hangs together is clustered and let go when the last
block of its reports has ended. At any time there are in memory the reports of some blocks and the
scores of what has not ended.

One process sweeps; reading the partitions, comparing the pairs and fusing the events are pieces
that many hands may do (merging_pieces.py), of this machine or of a Ray cluster. The sweep is the
same and so is the outcome.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dragoman.cluster.coding import MERGED, enter, manifest
from dragoman.cluster.hands import Engine, Hands, hands, in_order
from dragoman.cluster.merged import COLUMNS, write
from dragoman.cluster.merging_pieces import Bundle, Scored, clusters_of, forget, made, scored, taken
from dragoman.cluster.partition import NOTES
from dragoman.cluster.shelf import Block, Row, Rows, Shelf
from dragoman.errors import UsageError
from dragoman.merging.clustering import Pair, components

# Of what hangs together, so many reports whose blocks have ended are clustered without waiting for
# those that may still come; a war without a pause would be kept whole else.
MOST_WAITING: Final = 20_000
_TASK: Final = (1_000, 20_000)  # places in blocks that are compared in one piece
_TASKS: Final = 6  # pieces a worker, where the corpus is small
_BUNDLED: Final = 500  # reports that are fused in one piece


@dataclass(slots=True, kw_only=True)
class MergeTally:
    """What was merged. `cut` counts how often something was clustered before all of it was there;
    `unreadable` names partitions of which not everything could be read."""

    documents: int = 0
    reports: int = 0
    events: int = 0
    cut: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)


def merge_coded(
    out: Path,
    *,
    most_waiting: int = MOST_WAITING,
    workers: int = 1,
    engine: Engine = "processes",
    address: str | None = None,
) -> MergeTally:
    """Merge the events of a coded corpus into OUT/merged; what was there is replaced.

    Neither workers nor engine change the outcome. On a Ray cluster the folder has to be reachable
    from every node. UsageError where the folder holds no coded corpus, or one that is not wholly
    coded; DragomanError where workers are lost.
    """
    if manifest(out).get("state") != "done":
        raise UsageError(f"{out} is not wholly coded; call `dragoman code … -o {out}` once more.")
    tally = MergeTally()
    work = out.resolve() / f".merging.{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        with (
            closing(Shelf(work / "work.sqlite")) as shelf,
            closing(Rows(work / "rows.sqlite")) as rows,
            hands(workers, engine, address) as by,
        ):
            _take(out.resolve(), shelf, by, tally)
            tally.documents, tally.reports = shelf.arrange()
            sweep = Sweep(shelf, most_waiting, tally)
            size = _size_of_tasks(shelf.entries(), by)
            for fused in _fused(str(shelf.path), sweep.bundles(_compared(shelf, by, size)), by):
                rows.keep(fused)
                tally.events += len(fused)
            write(work / MERGED, rows)
        shutil.rmtree(out / MERGED, ignore_errors=True)
        os.replace(work / MERGED, out / MERGED)
    finally:
        forget()
        shutil.rmtree(work, ignore_errors=True)
    _enter(out, tally)
    return tally


def _take(out: Path, shelf: Shelf, by: Hands, tally: MergeTally) -> None:
    """Put the reports of all partitions on the shelf."""
    names = sorted(note.stem for note in (out / NOTES).glob("*.json"))
    found = in_order(by, taken, ((str(out), name) for name in names))
    for name, (documents, why) in zip(names, found, strict=True):
        for document in documents:
            shelf.put(document)
        if why:
            tally.unreadable[name] = why


def _size_of_tasks(entries: int, by: Hands) -> int:
    """How large a piece is: pairs that two pieces share are compared twice, so not too small."""
    least, most = _TASK
    return max(least, min(most, entries // (_TASKS * by.ahead))) if by.ahead else most


def _compared(shelf: Shelf, by: Hands, size: int) -> Iterator[tuple[Block, list[Scored]]]:
    """The blocks in the order in which they end, each with the pairs compared in it."""
    on_the_way: deque[list[Block]] = deque()

    def tasks() -> Iterator[tuple[str, list[Block]]]:
        for blocks in _portions(shelf.blocks(), size):
            on_the_way.append(blocks)
            yield str(shelf.path), blocks

    for found in in_order(by, scored, tasks()):
        yield from zip(on_the_way.popleft(), found, strict=True)


def _portions(blocks: Iterable[Block], size: int) -> Iterator[list[Block]]:
    portion: list[Block] = []
    inside = 0
    for block in blocks:
        portion.append(block)
        inside += len(block[1]) + len(block[2])
        if inside >= size:
            yield portion
            portion, inside = [], 0
    if portion:
        yield portion


def _fused(shelf: str, bundles: Iterable[Bundle], by: Hands) -> Iterator[list[Row]]:
    """The rows of the events of the bundles."""
    waiting: deque[Callable[[], list[Row]]] = deque()
    portion: list[Bundle] = []
    inside = 0
    for bundle in bundles:
        portion.append(bundle)
        inside += len(bundle.members)
        if inside >= _BUNDLED:
            waiting.append(by.submit(made, shelf, portion))
            portion, inside = [], 0
            if len(waiting) > by.ahead:
                yield waiting.popleft()()
    if portion:
        waiting.append(by.submit(made, shelf, portion))
    while waiting:
        yield waiting.popleft()()


@dataclass(slots=True)
class _Open:
    """What hangs together so far: its reports, of how many the blocks have ended, and the last."""

    members: list[int]
    last: int
    ended: int = 0


class Sweep:
    """Goes through the blocks in the order in which they end."""

    def __init__(self, shelf: Shelf, most_waiting: int, tally: MergeTally) -> None:
        self._shelf, self._most, self._tally = shelf, most_waiting, tally
        self._of: dict[int, _Open] = {}  # by report that with which it hangs together
        self._last: dict[int, int] = {}  # by report when its last block ends
        self._ending: dict[int, list[int]] = {}
        self._scores: dict[int, dict[int, float]] = {}  # by report those by its partners

    def bundles(self, compared: Iterable[tuple[Block, Sequence[Scored]]]) -> Iterator[Bundle]:
        """What hangs together, each when all of it is known."""
        now: int | None = None
        for (end, members, halves), pairs in compared:
            if now is not None and end != now:
                yield from self._ended(now)
            now = end
            self._open(members)
            self._open(halves)
            self._note(pairs)
        if now is not None:
            yield from self._ended(now)

    def _open(self, numbers: list[int]) -> None:
        fresh = [at for at in numbers if at not in self._last]
        for at, last in self._shelf.last_of(fresh):
            self._last[at] = last
            self._of[at] = _Open([at], last)
            self._ending.setdefault(last, []).append(at)

    def _note(self, pairs: Iterable[Scored]) -> None:
        for one, other, score in pairs:
            known = self._scores.setdefault(one, {})
            if other in known:
                continue
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

    def _ended(self, now: int) -> Iterator[Bundle]:
        """All blocks that end now have been gone through."""
        touched: dict[int, _Open] = {}
        for at in self._ending.pop(now, ()):
            group = self._of[at]
            group.ended += 1
            touched[id(group)] = group
        for group in touched.values():
            if group.last <= now:
                yield self._whole(group.members)
            elif group.ended >= self._most:
                yield from self._cut(group, now)

    def _whole(self, members: list[int]) -> Bundle:
        """What hangs together and has ended, which is let go."""
        bundle = Bundle(members, list(self._inside(members)))
        self._forget(members)
        return bundle

    def _inside(self, members: Iterable[int]) -> Iterator[tuple[Pair, float]]:
        inside = set(members)
        for one in inside:
            for other, score in self._scores.get(one, {}).items():
                if one < other and other in inside:
                    yield (one, other), score

    def _forget(self, members: Iterable[int]) -> None:
        for at in members:
            for other in self._scores.pop(at, ()):
                if other in self._scores:
                    self._scores[other].pop(at, None)
            del self._of[at], self._last[at]

    def _cut(self, group: _Open, now: int) -> Iterator[Bundle]:
        """Let the events go to which nothing can be added directly; the rest hangs together on."""
        scores = dict(self._inside(group.members))
        clusters = clusters_of(group.members, scores, self._shelf.lookup)
        done = [own for own in clusters if all(self._last[at] <= now for at in own)]
        gone = {at for own in done for at in own}
        rest = [at for at in group.members if at not in gone]
        self._tally.cut += 1
        for own in done:
            yield Bundle(own, [], clusters=[own])
        self._forget(gone)
        linked = [pair for pair, score in self._inside(rest) if score > 0]
        for part in components(rest, linked):
            ended = sum(self._last[at] <= now for at in part)
            left = _Open(part, max(self._last[at] for at in part), ended)
            for at in part:
                self._of[at] = left
            if left.last <= now:
                yield self._whole(part)


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
