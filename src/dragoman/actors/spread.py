"""Walking along the keys of a text, so that tables can be asked for terms of several words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.actors.names import pieces


def first_piece(key: str) -> str:
    """The piece by which the tables index a term that begins with this token."""
    if key.isalnum():
        return key
    parts = pieces(key)
    return parts[0] if parts else ""


def spread(keys: Sequence[str], at: int, longest: int) -> Iterator[tuple[int, str]]:
    """The terms that begin at `at`, shortest first: the token after the term, and its key.

    Tokens without a piece of their own (hyphens, apostrophes) are passed over; none ends a term.
    """
    key = ""
    count = 0
    for index in range(at, len(keys)):
        own = keys[index]
        parts = (own,) if own.isalnum() else pieces(own)
        if not parts:
            if index == at:
                return
            continue
        count += len(parts)
        if count > longest:
            return
        key = " ".join((key, *parts)) if key else " ".join(parts)
        yield index + 1, key


def index_first(keys: Sequence[str]) -> dict[str, int]:
    """The longest term, in pieces, for each first piece."""
    found: dict[str, int] = {}
    for key in keys:
        first = key.partition(" ")[0]
        count = key.count(" ") + 1
        if count > found.get(first, 0):
            found[first] = count
    return found
