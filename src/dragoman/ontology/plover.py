"""Reads plover.toml, contexts.toml and sectors.toml into one frozen record."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from dragoman.errors import DataError


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's sixteen types; `future` is what it folds into while it is only announced."""

    name: str
    quad: str
    means: str
    score: float
    recipient: bool
    future: str | None
    modes: Mapping[str, float]
    demanded: str | None
    threatened: str | None
    threatened_modes: Mapping[str, str]

    def threat(self, mode: str | None) -> str | None:
        """The mode of a THREATEN that threatens this type in this mode."""
        return self.threatened_modes.get(mode or "", self.threatened or "") or None


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that plover.toml, contexts.toml and sectors.toml say."""

    version: str
    types: Mapping[str, EventType]
    contexts: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, str]

    def score(self, type: str, mode: str | None) -> float:
        """The conflict–cooperation score: the mode's where it has one, else the type's."""
        event_type = self.types[type]
        if mode is None:
            return event_type.score
        return event_type.modes.get(mode, event_type.score)


@cache
def load_ontology() -> Ontology:
    """The ontology that is shipped with the package."""
    table = _toml("plover.toml")
    version = str(table.pop("version"))
    types = {name: _event_type(name, entry) for name, entry in table.items()}
    contexts = {
        name: tuple(str(entry["words"]).split()) for name, entry in _toml("contexts.toml").items()
    }
    sectors = {code: str(label) for code, label in _toml("sectors.toml").items()}
    return Ontology(
        version, MappingProxyType(types), MappingProxyType(contexts), MappingProxyType(sectors)
    )


def _event_type(name: str, entry: Mapping[str, Any]) -> EventType:
    modes = {str(mode): float(score) for mode, score in entry.get("modes", {}).items()}
    return EventType(
        name=name,
        quad=str(entry["quad"]),
        means=str(entry["means"]),
        score=float(entry["score"]),
        recipient=bool(entry["recipient"]),
        future=entry.get("future"),
        modes=MappingProxyType(modes),
        demanded=entry.get("demanded"),
        threatened=entry.get("threatened"),
        threatened_modes=MappingProxyType(dict(entry.get("threatened_modes", {}))),
    )


def _toml(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files("dragoman.ontology").joinpath(name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"the package's file ontology/{name} cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
