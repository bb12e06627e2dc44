"""Whose word an outlet carries: its tier, as the user set it, else as the shipped list has it.

An outlet is known by its host (`tass.com` covers `english.tass.com`) or by its name as documents
give it. A document's tier is that of its host, else that of its publisher's name, else None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.identity import fold
from dragoman.errors import UsageError
from dragoman.records import Record
from dragoman.sources.addresses import host_of

if TYPE_CHECKING:
    from dragoman.case.case import Case

Tier = Literal["state-media", "agency", "paper", "official"]
TIERS: Final[tuple[Tier, ...]] = ("state-media", "agency", "paper", "official")
NONE: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow(Record):
    """An outlet of the case; `set_by` is user, list or nothing."""

    outlet: str
    tier: str | None
    set_by: str | None
    documents: int


class Tiers:
    """Tells the tier of an outlet; made once and asked often."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own
        self._shipped = shipped()

    def of(self, host: str | None, source: str | None = None) -> str | None:
        """The tier of a document with this host and publisher's name."""
        return self.traced(host, source)[0]

    def traced(self, host: str | None, source: str | None = None) -> tuple[str | None, str | None]:
        """The tier, and who set it: user or list. A user's word comes before the list's."""
        names = [*_domains(host), *([fold(source), *_domains(fold(source))] if source else [])]
        for tiers, by in ((self._own, "user"), (self._shipped, "list")):
            for name in names:
                if name in tiers:
                    return (tiers[name] if tiers[name] != NONE else None), by
        return None, None


def tiers_of(connection: sa.Connection) -> Tiers:
    """The tiers of a case, as set now."""
    outlets = schema.outlets
    return Tiers({row.name: row.tier for row in connection.execute(sa.select(outlets))})


def set_tier(case: Case, name: str, tier: str) -> str:
    """Set the tier of an outlet by host, address or name; `none` says that it has none.

    Returns the name under which it is kept. UsageError for a tier that there is not.
    """
    if tier not in (*TIERS, NONE):
        raise UsageError(f"{tier!r} is no tier; there are: {', '.join(TIERS)}, {NONE}.")
    key = fold(host_of(name) or name).removeprefix("www.")
    if not key:
        raise UsageError("name an outlet by its host or its name.")
    outlets = schema.outlets
    with case.database.writing() as connection:
        connection.execute(sa.delete(outlets).where(outlets.c.name == key))
        connection.execute(sa.insert(outlets).values(name=key, tier=tier, known_at=case.now()))
    return key


def list_outlets(case: Case) -> list[OutletRow]:
    """The outlets of the case's documents with their tiers, those with most documents first."""
    documents = schema.documents
    count = sa.func.count().label("documents")
    with case.database.reading() as connection:
        tiers = tiers_of(connection)
        rows = connection.execute(
            sa.select(documents.c.host, documents.c.source, count)
            .where(documents.c.closed_at.is_(None))
            .group_by(documents.c.host, documents.c.source)
        ).all()
    counted: dict[tuple[str, str | None, str | None], int] = {}
    for host, source, number in rows:
        tier, by = tiers.traced(host, source)
        key = (host or source or "no publisher", tier, by)
        counted[key] = counted.get(key, 0) + number
    found = [
        OutletRow(outlet=name, tier=tier, set_by=by, documents=number)
        for (name, tier, by), number in counted.items()
    ]
    return sorted(found, key=lambda row: (-row.documents, row.outlet))


@cache
def shipped() -> Mapping[str, str]:
    """The tiers that ship with dragoman, by host."""
    text = files("dragoman.case").joinpath("tiers.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split("\t") for line in lines)


def _domains(host: str | None) -> list[str]:
    """A host and what it belongs to: english.tass.com, tass.com."""
    if not host or "." not in host or " " in host:
        return []
    parts = host.split(".")
    return [".".join(parts[at:]) for at in range(len(parts) - 1)]
