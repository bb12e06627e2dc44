"""The open desk: the case that it shows, its options, the line of documents to add, its cache."""

from __future__ import annotations

import getpass
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from dragoman.case import Case, schema
from dragoman.desk.adding import Adding, Works
from dragoman.desk.options import Options
from dragoman.settings import Settings

_T = TypeVar("_T")
_CACHED: Final = 256
_QUICK: Final = 0.3  # seconds; what is made so fast is made anew whenever the case changes
_MOST_LAG: Final = 10.0


@dataclass(slots=True)
class _Kept:
    """One answer of the cache; who holds its lock is making it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    stamp: tuple[int, ...] | None = None
    lags_until: float = 0.0


class Desk:
    """What the pages are drawn from. It may be used from threads."""

    def __init__(
        self,
        case: Case,
        options: Options,
        settings: Settings,
        *,
        worker: Works | None = None,
    ) -> None:
        self.case = case
        self.options = options
        self.settings = settings
        self.name = case.about().get("name", case.database.shown)
        base = {
            "case": case.database.where,
            "allow_private": options.allow_private,
            "settings": {name: getattr(settings, name) for name in settings.__slots__},
        }
        self.adding = Adding(base, room=options.queue, worker=worker, now=case.now)
        self._cache: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def stamp(self) -> tuple[int, ...]:
        """What changes when the case does: the highest numbers of what is only ever added to."""
        tables = (schema.documents, schema.readings, schema.reviews, schema.events)
        with self.case.database.reading() as connection:
            highest = (sa.select(sa.func.max(table.c.id)).scalar_subquery() for table in tables)
            row = connection.execute(sa.select(*highest)).one()
        return tuple(number or 0 for number in row)

    def cached(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, kept while the case stays as it is; made once for all who ask at once.

        While documents are being added the case never stays as it is. What took long to make may
        then lag behind by ten times as long as it took, and by ten seconds at most.
        """
        with self._lock:
            kept = self._cache.setdefault(key, _Kept())
            self._cache.move_to_end(key)
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        with kept.lock:
            stamp, now = self.stamp(), time.monotonic()
            fresh = kept.stamp == stamp or (kept.stamp is not None and now < kept.lags_until)
            if not fresh:
                kept.value = make()
                took = time.monotonic() - now
                kept.stamp = stamp
                lag = min(_MOST_LAG, 10 * took) if took > _QUICK else 0.0
                kept.lags_until = time.monotonic() + lag
            found: _T = kept.value
            return found

    def close(self) -> None:
        self.adding.close()
        self.case.close()


def user_of_machine() -> str:
    """Who decides where no token says so: whoever runs the desk."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "analyst"
