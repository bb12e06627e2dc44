"""Who does pieces of work that depend on nothing but what they are given: this process, or others.

A piece is a function of a module and its arguments; it may be done twice without harm. Where it is
done changes nothing of the outcome.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Literal, Protocol, Self, TypeVar

from dragoman.errors import DragomanError

T = TypeVar("T")
Engine = Literal["processes", "ray"]


class Hands(Protocol):
    """`submit` begins a piece of work; what it returns waits for the outcome. `ahead`: how many
    pieces are begun before the first outcome is asked for."""

    ahead: int

    def submit(self, work: Callable[..., T], *given: Any) -> Callable[[], T]: ...


class OwnHands(AbstractContextManager["OwnHands"]):
    """This process: a piece is done when it is submitted."""

    ahead = 0

    def submit(self, work: Callable[..., T], *given: Any) -> Callable[[], T]:
        done = work(*given)
        return lambda: done

    def __exit__(self, *_: object) -> None:
        return None


class Processes(AbstractContextManager["Processes"]):
    """So many processes of this machine. DragomanError where one of them dies."""

    def __init__(self, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(count, mp_context=context)
        self.ahead = 2 * count

    def submit(self, work: Callable[..., T], *given: Any) -> Callable[[], T]:
        try:
            future = self._pool.submit(work, *given)
        except BrokenProcessPool as error:
            raise _died() from error

        def outcome() -> T:
            try:
                return future.result()
            except BrokenProcessPool as error:
                raise _died() from error

        return outcome

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)


class RayHands(AbstractContextManager["RayHands"]):
    """Slots of a Ray cluster; a piece whose node dies is done on another."""

    def __init__(self, count: int, address: str | None) -> None:
        from dragoman.cluster.rays import connected

        self._ray, self._owns = connected(address)
        self._run = self._ray.remote(num_cpus=1, max_retries=5)(_do)
        self.ahead = 2 * count

    def submit(self, work: Callable[..., T], *given: Any) -> Callable[[], T]:
        waiting = self._run.remote(work, *given)

        def outcome() -> T:
            try:
                found: T = self._ray.get(waiting)
            except self._ray.exceptions.RayTaskError as error:
                raise DragomanError(f"a worker of the cluster failed: {error.cause}") from None
            except self._ray.exceptions.RayError as error:
                raise DragomanError(f"workers of the cluster were lost: {error}") from None
            return found

        return outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._owns:
            self._ray.shutdown()


def _do(work: Callable[..., T], *given: Any) -> T:
    return work(*given)


def hands(
    count: int, engine: Engine = "processes", address: str | None = None
) -> OwnHands | Processes | RayHands:
    """Hands of an engine; use them in a `with`. One process is this one."""
    if engine == "ray":
        return RayHands(count, address)
    return Processes(count) if count > 1 else OwnHands()


def in_order(by: Hands, work: Callable[..., T], tasks: Iterable[tuple[Any, ...]]) -> Iterator[T]:
    """The outcomes of the tasks in their order; no more than `ahead` are on the way."""
    waiting: deque[Callable[[], T]] = deque()
    for task in tasks:
        waiting.append(by.submit(work, *task))
        if len(waiting) > by.ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _died() -> DragomanError:
    return DragomanError(
        "a process died while it merged; is there memory for so many? Fewer --workers need less."
    )
