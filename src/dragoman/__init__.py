"""Dragoman reads news of diplomacy and crises and keeps the record.

    import dragoman

    reading = dragoman.read("Macron met Putin in Moscow on Monday.", date="2022-02-09")
    for event in reading.events:
        print(event.type, event.status, event.actors)

`read` is for a text or two; a `Reader` loads the model once and reads many. The names here are the
whole public surface; they are loaded when first used, so that `import dragoman` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.asking import relation, status
    from dragoman.errors import DragomanError, InputError
    from dragoman.reader import Reader, read
    from dragoman.records import (
        Actor,
        Document,
        Event,
        Input,
        Place,
        Reading,
        Statement,
        Time,
    )
    from dragoman.settings import Settings

__all__ = [
    "Actor",
    "Document",
    "DragomanError",
    "Event",
    "Input",
    "InputError",
    "Place",
    "Reader",
    "Reading",
    "Settings",
    "Statement",
    "Time",
    "__version__",
    "read",
    "relation",
    "status",
]

_HOMES = {
    "dragoman.asking": ("relation", "status"),
    "dragoman.errors": ("DragomanError", "InputError"),
    "dragoman.reader": ("Reader", "read"),
    "dragoman.records": (
        "Actor",
        "Document",
        "Event",
        "Input",
        "Place",
        "Reading",
        "Statement",
        "Time",
    ),
    "dragoman.settings": ("Settings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
