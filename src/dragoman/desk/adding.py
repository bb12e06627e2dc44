"""Adding documents from the desk: orders wait in a line and are carried out one after another."""

from __future__ import annotations

import contextlib
import itertools
import queue
import shutil
import subprocess
import sys
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Protocol

import orjson

from dragoman.desk.limits import FullError

_KEPT: Final = 50  # orders that are remembered
_SHOWN: Final = 200  # documents of an order whose outcome is remembered


@dataclass(slots=True)
class Order:
    """What is to be added, and how far it is. `state`: waiting, running, done, failed, stopped."""

    id: int
    by: str
    title: str
    made_at: str
    files: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    texts: tuple[dict[str, Any], ...] = ()
    folder: Path | None = None
    quiet: bool = False
    state: str = "waiting"
    message: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    outcomes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state in ("waiting", "running")

    def shown(self) -> dict[str, Any]:
        """The order as those who asked for it may see it."""
        return {
            "id": self.id,
            "title": self.title,
            "by": self.by,
            "made_at": self.made_at,
            "state": self.state,
            "message": self.message,
            "counts": dict(self.counts),
            "outcomes": list(self.outcomes),
        }


class Works(Protocol):
    """What carries orders out: gives lines until one has an `end`."""

    def carry_out(self, order: dict[str, Any]) -> Iterator[dict[str, Any]]: ...

    def stop(self) -> None: ...


class Worker:
    """A process that reads, started with the first order and kept warm."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def carry_out(self, order: dict[str, Any]) -> Iterator[dict[str, Any]]:
        process = self._running()
        _stdin(process).write(orjson.dumps(order, option=orjson.OPT_APPEND_NEWLINE))
        _stdin(process).flush()
        assert process.stdout is not None
        for line in process.stdout:
            told = orjson.loads(line)
            yield told
            if "end" in told:
                return
        self._process = None
        yield {"end": "stopped", "message": "The reading process ended; what it stored is there."}

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dragoman.desk.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._process


class Adding:
    """The line of orders. `base` is what every order carries: the case, its settings."""

    def __init__(
        self,
        base: dict[str, Any],
        *,
        room: int,
        worker: Works | None = None,
        now: Callable[[], str],
    ) -> None:
        self._base = base
        self._worker = worker or Worker()
        self._now = now
        self._line: queue.Queue[Order | None] = queue.Queue(room)
        self._orders: OrderedDict[int, Order] = OrderedDict()
        self._numbers = itertools.count(1)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def put(
        self,
        *,
        by: str,
        title: str,
        files: tuple[str, ...] = (),
        addresses: tuple[str, ...] = (),
        texts: tuple[dict[str, Any], ...] = (),
        folder: Path | None = None,
        quiet: bool = False,
    ) -> Order:
        """Enter an order; FullError where the line is full. A quiet one is listed nowhere."""
        with self._lock:
            order = Order(
                next(self._numbers), by, title, self._now(), files, addresses, texts, folder, quiet
            )
            try:
                self._line.put_nowait(order)
            except queue.Full as error:
                raise FullError from error
            self._orders[order.id] = order
            while len(self._orders) > _KEPT:
                oldest = next(iter(self._orders.values()))
                if oldest.open:
                    break
                del self._orders[oldest.id]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
                self._thread.start()
        return order

    def get(self, number: int) -> Order | None:
        return self._orders.get(number)

    def recent(self) -> list[Order]:
        """The orders that are remembered, the newest first."""
        with self._lock:
            return [order for order in reversed(self._orders.values()) if not order.quiet]

    def stop(self, order: Order) -> None:
        """End an order; what was stored before stays."""
        if order.state == "running":
            order.state = "stopped"
            self._worker.stop()
        elif order.state == "waiting":
            order.state = "stopped"

    def close(self) -> None:
        with contextlib.suppress(queue.Full):
            self._line.put_nowait(None)
        self._worker.stop()

    def _run(self) -> None:
        while (order := self._line.get()) is not None:
            if order.state == "waiting":
                order.state = "running"
                try:
                    self._carry_out(order)
                except (OSError, ValueError) as error:
                    self._worker.stop()
                    order.state, order.message = "failed", f"The reading process failed: {error}"
            if order.folder is not None:
                shutil.rmtree(order.folder, ignore_errors=True)

    def _carry_out(self, order: Order) -> None:
        told = {
            **self._base,
            "files": order.files,
            "addresses": order.addresses,
            "texts": order.texts,
            "folder": str(order.folder) if order.folder else "",
        }
        for line in self._worker.carry_out(told):
            outcome = line.get("outcome")
            if outcome:
                order.counts[outcome["state"]] += 1
                if len(order.outcomes) < _SHOWN:
                    order.outcomes.append(outcome)
            if "end" in line and order.state == "running":
                order.message, order.state = line["message"], line["end"]


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin
