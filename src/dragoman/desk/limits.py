"""Bounds on what visitors may ask: so many requests a minute, so much work at one time."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

_MOST_VISITORS: Final = 10_000


class Rate:
    """A bucket a visitor: `a_minute` requests refill evenly, as many may come at once."""

    def __init__(self, a_minute: int, clock: Callable[[], float]) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, visitor: str) -> int:
        """Take one; 0 where it may go on, else the seconds after which it may."""
        if not self._a_minute:
            return 0
        now = self._clock()
        left, then = self._buckets.pop(visitor, (float(self._a_minute), now))
        left = min(self._a_minute, left + (now - then) * self._a_minute / 60)
        allowed = left >= 1
        self._buckets[visitor] = (left - allowed, now)
        if len(self._buckets) > _MOST_VISITORS:
            self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * 60 / self._a_minute)


class FullError(Exception):
    """No more work fits; the visitor should come back."""


class Gate:
    """Lets so many work at one time; others wait their turn, but not too many nor too long."""

    def __init__(self, at_once: int, waiting: int, patience: float) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._room = waiting
        self._patience = patience

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        if self._places.locked() and self._room <= 0:
            raise FullError
        self._room -= 1
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError as error:
            raise FullError from error
        finally:
            self._room += 1
        try:
            yield
        finally:
            self._places.release()
