"""From what a person writes for an actor to the keys under which the case knows it."""

from __future__ import annotations

import re
from typing import Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.identity import fold
from dragoman.case.unfold import PARTY
from dragoman.errors import UsageError
from dragoman.sources.addresses import canonical

_CODE: Final = re.compile(r"[A-Za-z]{3}")
_MOST: Final = 50


def keys_of(connection: sa.Connection, name: str) -> list[str]:
    """The keys of all actors meant: an id, a code, a whole name, else names that have the words.

    A code or a state stands for all who act for it.
    """
    names, folded = schema.names, fold(name)
    exact = connection.execute(
        sa.select(names.c.key).where(
            sa.or_(names.c.key.in_([name, folded, name.upper()]), names.c.folded == folded)
        )
    )
    keys = {key for (key,) in exact}
    if _CODE.fullmatch(name) and _is_party(connection, name.upper()):
        keys.add(name.upper())
    if keys:
        return sorted(keys)
    pattern = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    whole_words = re.compile(rf"\b{re.escape(folded)}\b")
    found = connection.execute(
        sa.select(names.c.key, names.c.folded)
        .where(names.c.folded.like(pattern, escape="\\"))
        .order_by(names.c.documents.desc(), names.c.key)
    )
    return sorted([key for key, other in found if whole_words.search(other)][:_MOST])


def document_of(connection: sa.Connection, name: str, moment: str | None = None) -> int:
    """The number of the document that a person means; UsageError where none or several are.

    A number means that document, also an older version; other names mean what the case holds now,
    or held at a moment.
    """
    documents = schema.documents
    held: sa.ColumnElement[bool] = documents.c.closed_at.is_(None)
    if moment is not None:
        held = sa.and_(
            documents.c.known_at <= moment,
            sa.or_(documents.c.closed_at.is_(None), documents.c.closed_at > moment),
        )
    if name.isascii() and name.isdigit():
        by_number = sa.select(documents.c.id).where(documents.c.id == int(name))
        if moment is not None:
            by_number = by_number.where(documents.c.known_at <= moment)
        if found := connection.execute(by_number).scalar():
            return int(found)
    either = sa.or_(
        documents.c.name == name,
        documents.c.url == name,
        documents.c.address == (canonical(name) or name),
    )
    title = sa.func.lower(documents.c.title).contains(name.lower(), autoescape=True)
    for condition in (either, title):
        matches = connection.execute(
            sa.select(documents.c.id, documents.c.title)
            .where(condition, held)
            .order_by(documents.c.id)
            .limit(6)
        ).all()
        if len(matches) == 1:
            return int(matches[0].id)
        if matches:
            several = "; ".join(f"{number} ({title or 'no title'})" for number, title in matches)
            raise UsageError(f"{name!r} may be any of: {several}. Name it by its number.")
    raise UsageError(
        f"the case has no document {name!r}; `dragoman show CASE documents` lists them."
    )


def _is_party(connection: sa.Connection, key: str) -> bool:
    parties = schema.event_actors
    found = connection.execute(
        sa.select(parties.c.key).where(parties.c.key == key, parties.c.role == PARTY).limit(1)
    )
    return found.first() is not None
