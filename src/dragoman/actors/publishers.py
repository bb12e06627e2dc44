"""Publishers that are offices themselves: whose voice “I”, “we” and “the President” are there.

What the Kremlin or a foreign ministry publishes on its own site is told in its own voice: “the
President” is its own, “I” is who holds the office, “the Defence Minister” one of its own state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dragoman.actors.directory import Directory
from dragoman.actors.tables import parse_table, read_text, values
from dragoman.errors import DataError

TABLE: Final = "publishers.tsv"
_COLUMNS: Final = frozenset(["key", "known_as", "body", "office"])


@dataclass(frozen=True, slots=True)
class Publisher:
    """An official publisher: the state or organisation, and the office that speaks there.

    `body` is the id of a state (`RUS`) or organisation (`nato`); `office` a class of
    titles.tsv or `head-of-state`, `head-of-government`, None where a whole government speaks.
    `called` are bare titles by which who holds it goes there (“the Secretary”).
    """

    key: str
    body: str
    office: str | None = None
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publishers:
    """The official publishers by host and by name, in small letters."""

    known: Mapping[str, Publisher]
    digest: str = ""  # of the user's own files

    def of(self, source: str | None, url: str | None = None) -> Publisher | None:
        """The publisher of a document with this source (a name or host) and address."""
        for told in (source, _host(url)):
            name = (told or "").strip().casefold().removeprefix("www.")
            if not name:
                continue
            found = self.known.get(name)
            if found is None and "." in name and " " not in name:
                parts = name.split(".")
                domains = (".".join(parts[at:]) for at in range(1, len(parts) - 1))
                found = next((self.known[d] for d in domains if d in self.known), None)
            if found is not None:
                return found if found.body else None
        return None


def load_publishers(extra: Sequence[str] = (), directory: Directory | None = None) -> Publishers:
    """The shipped publishers, and before them the user's own files of the same columns.

    DataError for a file that cannot be read or names a state or body that is not known.
    """
    shipped = _shipped()
    if not extra:
        return shipped
    known = dict(shipped.known)
    digest = hashlib.sha256()
    for name in extra:
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(
                f"the file of publishers {name} cannot be read ({error}); check its path in the "
                "setting `publishers`, and that it is text in UTF-8."
            ) from error
        digest.update(text.encode("utf-8"))
        own = _parsed(text, name)
        for publisher in own.values():
            if publisher.body and directory is not None and publisher.body not in directory:
                raise DataError(
                    f"{name}: {publisher.body!r} is no state or organisation of the directory; "
                    "give an alpha-3 code (FRA) or an id that `dragoman actors find` shows."
                )
        known |= own
    return Publishers(known, digest.hexdigest()[:8])


@lru_cache(maxsize=1)
def _shipped() -> Publishers:
    return Publishers(_parsed(read_text(TABLE), TABLE))


def _parsed(text: str, name: str) -> dict[str, Publisher]:
    found: dict[str, Publisher] = {}
    for row in parse_table(text, name):
        if not row.keys() >= _COLUMNS:
            raise DataError(
                f"{name}: the first line that is no comment must name the columns "
                "key, known_as, body and office, parted by tabs."
            )
        called = values(row.get("called", ""))
        publisher = Publisher(row["key"], row["body"], row["office"] or None, called)
        for known_as in values(row["known_as"]):
            found[known_as.casefold().removeprefix("www.")] = publisher
    return found


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
