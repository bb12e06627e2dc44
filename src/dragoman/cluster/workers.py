"""Processes that code partitions, and what becomes of those that die or are stuck.

A worker tells which document it begins. When it dies, or takes far longer than the time limit over
one, that document is named as the cause and left out, and the rest of its partition is given to a
new worker. The model is loaded once a worker; partitions wait in the parent no more than there are
workers.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from dragoman.cluster.corpus import Part
from dragoman.cluster.partition import Failure, Note, ReadsOne, code_partition, origin_of
from dragoman.errors import DragomanError
from dragoman.records import Provenance
from dragoman.settings import Settings
from dragoman.sources.parsing import Parser

MakeReader = Callable[[Settings], ReadsOne]
# A document is stopped from outside when the limit that the reader looks at between its stages has
# long passed: a stage may be in the middle of something.
PATIENCE: Final = 2.0
_START_SECONDS: Final = 300.0
_MOST_DEATHS: Final = 5  # of workers that die before they begin a document: something else is wrong


def own_reader(settings: Settings) -> ReadsOne:
    """A reader of every sentence."""
    from dragoman.reader import Reader

    return Reader(settings)


def triage_reader(settings: Settings, recall: float | None = None) -> ReadsOne:
    """A reader of the sentences that may hold a political event; `recall` is the share of the
    events that the filter is to keep."""
    from dragoman.reader import Reader

    return Reader(settings, triage=recall or True)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    part: Part | None = None
    at: int = -1
    since: float = field(default_factory=time.monotonic)
    skip: dict[int, Failure] = field(default_factory=dict)
    ready: bool = False
    killed: str = ""


class Workers:
    """So many processes that code partitions; use it in a `with`, or close it."""

    def __init__(
        self,
        out: Path,
        settings: Settings,
        *,
        count: int,
        make_reader: MakeReader = own_reader,
    ) -> None:
        self._out, self._settings, self._make = out, settings, make_reader
        self._context = multiprocessing.get_context("spawn")  # no lock is taken over half-held
        self._count = count
        self._workers: list[_Worker] = []
        self._again: list[tuple[Part, dict[int, Failure]]] = []
        self._deaths = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def provenance(self) -> Provenance:
        """What the readings will be made by, asked of a worker: the parent loads no model."""
        worker = self._idle(self._count)
        assert worker is not None
        try:
            if worker.pipe.poll(_START_SECONDS):
                said = worker.pipe.recv()
                if isinstance(said, DragomanError):
                    raise said
                worker.ready = True
                assert isinstance(said, Provenance)
                return said
        except (EOFError, OSError):
            worker.process.join(timeout=10)
        raise DragomanError(f"a worker does not start ({_ending(worker.process)}).")

    def run(self, parts: Iterator[Part]) -> Iterator[Note]:
        """Code partitions; notes come as they are done."""
        waiting = True
        while True:
            while waiting and (idle := self._idle(self._count)):
                task = self._again.pop() if self._again else _next(parts)
                if task is None:
                    waiting = False
                    break
                self._give(idle, *task)
            busy = [worker for worker in self._workers if worker.part is not None]
            if not busy and not self._again:
                return
            for worker in busy:
                yield from self._listen(worker)
            if self._again:
                waiting = True
            self._pause()

    def close(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _idle(self, most: int) -> _Worker | None:
        for worker in self._workers:
            if worker.part is None and worker.process.is_alive():
                return worker
        if len(self._workers) < most:
            return self._start()
        return None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, str(self._out), self._settings, self._make), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, part: Part, skip: dict[int, Failure]) -> None:
        worker.part, worker.skip, worker.at = part, skip, -1
        worker.since = time.monotonic()
        with suppress(OSError, ValueError):  # it has died; listening finds it so
            worker.pipe.send((part, skip))

    def _pause(self) -> None:
        """Wait until one of the workers says something, or dies."""
        things: list[Any] = [w.pipe for w in self._workers] + [
            w.process.sentinel for w in self._workers
        ]
        if things:
            wait(things, timeout=0.5)

    def _listen(self, worker: _Worker) -> Iterator[Note]:
        try:
            while worker.pipe.poll():
                said = worker.pipe.recv()
                if isinstance(said, Note):
                    worker.part = None
                    self._deaths = 0
                    yield said
                    return
                if isinstance(said, DragomanError):
                    raise said
                if isinstance(said, Provenance):
                    said = -1
                worker.ready, worker.at, worker.since = True, said, time.monotonic()
        except (EOFError, OSError):
            worker.process.join(timeout=10)
        if not worker.process.is_alive():
            self._died(worker)
        elif self._stuck(worker):
            limit = self._settings.time_limit
            worker.killed = f"it took longer than the limit of {limit:g} seconds"
            worker.process.kill()
            worker.process.join()
            self._died(worker)

    def _stuck(self, worker: _Worker) -> bool:
        passed = time.monotonic() - worker.since
        if not worker.ready:
            return passed > _START_SECONDS
        limit = self._settings.time_limit
        return bool(limit) and worker.at >= 0 and passed > limit * PATIENCE + 1.0

    def _died(self, worker: _Worker) -> None:
        """Give what the worker had to another, without the document that it died of."""
        self._workers.remove(worker)
        worker.pipe.close()
        part, skip = worker.part, dict(worker.skip)
        if part is None:
            return
        if worker.at >= 0:
            why = worker.killed or f"the process that read it died ({_ending(worker.process)})"
            kind = "time-limit" if worker.killed else "worker-died"
            origin = origin_of(part, worker.at)
            skip[worker.at] = Failure(origin=origin, kind=kind, reason=f"{origin}: {why}.")
            self._deaths = 0
        else:
            self._deaths += 1
            if self._deaths >= _MOST_DEATHS:
                raise DragomanError(
                    f"{self._deaths} workers in a row ended before they read a document "
                    f"({_ending(worker.process)}); is there memory for so many? --workers 1 tells."
                )
        self._again.append((part, skip))


def serve(pipe: Connection, out: str, settings: Settings, make_reader: MakeReader) -> None:
    """A worker: code what comes until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    try:
        reader = make_reader(settings)
        pipe.send(reader.provenance)
        with Parser() as parser:
            while True:
                part, skip = pipe.recv()
                note = code_partition(
                    part, reader, parser, Path(out), skip=skip, on_document=pipe.send
                )
                pipe.send(note)
    except DragomanError as error:
        pipe.send(error)
    except (EOFError, BrokenPipeError):
        return


def _next(parts: Iterator[Part]) -> tuple[Part, dict[int, Failure]] | None:
    for part in parts:
        return part, {}
    return None


def _ending(process: BaseProcess) -> str:
    code = process.exitcode
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
