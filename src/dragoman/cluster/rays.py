"""Partitions coded on a Ray cluster: the same function, the same tables, other machines.

One actor a slot loads the model once and codes one partition at a time; a partition is there when
its note is, so a node that dies costs no more than the partitions that it was at. These are given
to others, once more as they were; a document at which a second actor dies is left out and named.
The folder of the tables and the corpus have to be reachable from every node (a shared file system).

Ray's core rather than Ray Data: what is handed out are partitions that are written where they are
coded, not rows that flow back, so that resuming and counting are the same as with plain processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dragoman.cluster.corpus import Part
from dragoman.cluster.partition import Failure, Note, code_partition, origin_of
from dragoman.cluster.workers import MakeReader, own_reader
from dragoman.errors import DragomanError, UsageError
from dragoman.records import Provenance
from dragoman.settings import Settings
from dragoman.sources.parsing import Parser

if TYPE_CHECKING:
    from dragoman.cluster.partition import ReadsOne

PROGRESS: Final = ".progress"
_MOST_LOSSES: Final = 20  # of actors in a row without a partition done: the cluster is gone


def connected(address: str | None) -> tuple[Any, bool]:
    """Ray, connected to the cluster at `address` or to one that is started here, and whether the
    connection is ours to end.

    UsageError where Ray is not installed or the cluster cannot be reached.
    """
    try:
        import ray
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'dragoman[ray]'.") from error
    owns = not ray.is_initialized()
    if owns:
        try:
            ray.init(address=address, log_to_driver=False, include_dashboard=False)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise UsageError(f"no Ray cluster at {address or 'this machine'}: {error}") from None
    return ray, owns


class RayWorkers:
    """So many actors that code partitions; use it in a `with`, or close it."""

    def __init__(
        self,
        out: Path,
        settings: Settings,
        *,
        count: int,
        address: str | None = None,
        make_reader: MakeReader = own_reader,
    ) -> None:
        """Connect to the cluster at `address` ("auto", "ray://host:port"), or start one here.

        UsageError where Ray is not installed or the cluster cannot be reached.
        """
        self._ray, self._owns = connected(address)
        self._out, self._settings, self._make = out.resolve(), settings, make_reader
        self._count = count
        self._actor = self._ray.remote(num_cpus=1, max_restarts=0)(_Coder)
        self._idle: list[Any] = []
        self._lost = 0

    def __enter__(self) -> RayWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for actor in self._idle:
            self._ray.kill(actor)
        self._idle.clear()
        if self._owns:
            self._ray.shutdown()

    def provenance(self) -> Provenance:
        """What the readings will be made by, asked of an actor."""
        actor = self._start()
        try:
            found = self._ray.get(actor.provenance.remote())
        except self._ray.exceptions.RayError as error:
            raise DragomanError(f"a worker of the cluster does not start: {error}") from None
        self._idle.append(actor)
        assert isinstance(found, Provenance)
        return found

    def run(self, parts: Iterator[Part]) -> Iterator[Note]:
        """Code partitions; notes come as they are done."""
        again: list[tuple[Part, dict[int, Failure], set[int]]] = []
        busy: dict[Any, tuple[Any, Part, dict[int, Failure], set[int]]] = {}
        more = True
        while True:
            while more and len(busy) < self._count:
                task = again.pop() if again else _next(parts)
                if task is None:
                    more = False
                    break
                actor = self._idle.pop() if self._idle else self._start()
                part, skip, suspects = task
                busy[actor.code.remote(part, skip)] = (actor, part, skip, suspects)
            if not busy:
                return
            done, _ = self._ray.wait(list(busy), num_returns=1)
            actor, part, skip, suspects = busy.pop(done[0])
            try:
                note = self._ray.get(done[0])
            except self._ray.exceptions.RayTaskError as error:
                raise DragomanError(f"a worker of the cluster failed: {error.cause}") from None
            except self._ray.exceptions.RayError as error:
                again.append(self._after_loss(part, skip, suspects, error))
                more = True
                continue
            self._idle.append(actor)
            self._lost = 0
            more = more or bool(again)
            yield note

    def _start(self) -> Any:
        return self._actor.remote(str(self._out), self._settings, self._make)

    def _after_loss(
        self, part: Part, skip: dict[int, Failure], suspects: set[int], error: Exception
    ) -> tuple[Part, dict[int, Failure], set[int]]:
        """What to give to another actor: the partition, without a document that killed two."""
        self._lost += 1
        if self._lost >= _MOST_LOSSES:
            raise DragomanError(f"{self._lost} workers in a row were lost: {error}") from None
        at = _reached(self._out, part)
        if at is None:
            return part, skip, suspects
        if at not in suspects:
            return part, skip, {*suspects, at}
        origin = origin_of(part, at)
        why = "the processes that read it died, twice"
        failure = Failure(origin=origin, kind="worker-died", reason=f"{origin}: {why}.")
        return part, {**skip, at: failure}, suspects


class _Coder:
    """An actor: one reader, one partition at a time."""

    def __init__(self, out: str, settings: Settings, make_reader: MakeReader) -> None:
        self._out = Path(out)
        self._reader: ReadsOne = make_reader(settings)
        self._parser = Parser()

    def provenance(self) -> Provenance:
        return self._reader.provenance

    def code(self, part: Part, skip: dict[int, Failure]) -> Note:
        place = _progress(self._out, part)
        place.parent.mkdir(parents=True, exist_ok=True)

        def tell(at: int) -> None:
            place.write_text(str(at), encoding="utf-8")

        note = code_partition(
            part, self._reader, self._parser, self._out, skip=skip, on_document=tell
        )
        place.unlink(missing_ok=True)
        return note


def _progress(out: Path, part: Part) -> Path:
    return out / PROGRESS / part.name


def _reached(out: Path, part: Part) -> int | None:
    """The number of the document at which the last actor was; None where it had not begun one."""
    try:
        at = int(_progress(out, part).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return at if at >= 0 else None


def _next(parts: Iterator[Part]) -> tuple[Part, dict[int, Failure], set[int]] | None:
    for part in parts:
        return part, {}, set()
    return None
