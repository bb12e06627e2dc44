"""The open desk: the case that it shows, its options, the line of documents to add, its cache."""

from __future__ import annotations

import getpass
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from dragoman.case import Case, schema
from dragoman.desk.adding import Adding, Works
from dragoman.desk.options import Options
from dragoman.settings import Settings

_T = TypeVar("_T")
_CACHED: Final = 256


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
        self._cache: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def stamp(self) -> tuple[int, ...]:
        """What changes when the case does: the highest numbers of what is only ever added to."""
        tables = (schema.documents, schema.readings, schema.reviews, schema.events)
        with self.case.database.reading() as connection:
            highest = (sa.select(sa.func.max(table.c.id)).scalar_subquery() for table in tables)
            row = connection.execute(sa.select(*highest)).one()
        return tuple(number or 0 for number in row)

    def cached(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, kept while the case stays as it is: it changes no answer."""
        whole = (key, self.stamp())
        with self._lock:
            if whole in self._cache:
                self._cache.move_to_end(whole)
                found: _T = self._cache[whole]
                return found
        made = make()
        with self._lock:
            self._cache[whole] = made
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return made

    def close(self) -> None:
        self.adding.close()
        self.case.close()


def user_of_machine() -> str:
    """Who decides where no token says so: whoever runs the desk."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "analyst"
