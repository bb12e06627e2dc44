"""What makes a document the same document, and an event the same event, from run to run."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any, Final

from dragoman.records import Event, Input, Reading, Statement
from dragoman.sources.addresses import canonical

# Neither database keeps half a character, and PostgreSQL no NUL; offsets stay as they are.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_SPACE: Final = re.compile(r"\s+")


def storable(document: Input) -> Input:
    """The document with every character that cannot be stored shown as U+FFFD."""
    changes: dict[str, Any] = {
        name: _UNSTORABLE.sub("\ufffd", value)
        for name in ("text", "id", "title", "date", "source", "url")
        if (value := getattr(document, name)) is not None and _UNSTORABLE.search(value)
    }
    return replace(document, **changes) if changes else document


def clean(text: str) -> str:
    """A short text as it can be stored."""
    return _UNSTORABLE.sub("\ufffd", text)


def address_of(document: Input) -> str | None:
    """What versions of a document share: its web address in one spelling."""
    return canonical(document.url) if document.url else None


def content_of(text: str) -> str:
    """The content as a number; space at the ends and its kind between words do not count."""
    return digest(" ".join(text.split()))


def identity_of(document: Input, content: str, address: str | None) -> str:
    """The same content at the same address is the same document.

    One without an address is known by its content, publisher and date: a reprint by another
    outlet is a document of its own, tied as a copy. A file's own numbering is no address: two
    files may both begin with 1.
    """
    if address:
        return digest(f"at\x1f{address}\x1f{content}")
    return digest(f"of\x1f{document.source or ''}\x1f{document.date or ''}\x1f{content}")


def name_of(document: Input, content: str, address: str | None) -> str:
    """The document's name in messages and lists: its own id, else one derived from the above."""
    if document.id:
        return document.id
    return f"url-{digest(address)[:16]}" if address else f"text-{content[:16]}"


def event_fingerprint(document: str, event: Event, passage: str) -> str:
    """The same for the same event in every reading of the document's versions."""
    parts = (
        document,
        event.type,
        event.mode or "",
        ",".join(sorted(event.actors)),
        ",".join(sorted(event.recipients)),
        event.status,
        _squeezed(passage),
    )
    return digest("\x1f".join(parts))


def statement_fingerprint(document: str, statement: Statement) -> str:
    parts = (document, statement.speaker_text or "", _squeezed(statement.content.text))
    return digest("\x1f".join(parts))


def actor_keys(reading: Reading) -> dict[str, str]:
    """By actor id the key under which the case knows it; empty for the unnamed.

    An actor of the directory is known by its id; one that only this text names, by its name.
    """
    return {
        actor.id: actor.id
        if actor.basis == "directory"
        else ""
        if actor.kind == "unnamed"
        else f"name:{fold(actor.name)}"
        for actor in reading.actors
    }


def is_local(key: str) -> bool:
    """Whether a key is what a single reading calls somebody whom it cannot name ("officials")."""
    return key[:1] == "x" and key[1:].isdigit()


def fold(text: str) -> str:
    """A name as names are compared: small letters, single spaces."""
    return " ".join(text.split()).casefold()


def _squeezed(text: str) -> str:
    """The text with single spaces; those at its ends stay, as fingerprints always had them."""
    if text[:1].isspace() or text[-1:].isspace():
        return _SPACE.sub(" ", text)
    return " ".join(text.split())


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
