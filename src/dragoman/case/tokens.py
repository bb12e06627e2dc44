"""Tokens of the desk: who may open a case from another machine, and whether to read or to edit.

A token is `dragoman_ID_SECRET`. Its secret has 256 random bits, is shown once, and is kept as a
SHA-256 digest only: so much chance needs no slow hash. Digests are compared in constant time, and
an id that is not there costs what a wrong secret costs.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import insert
from dragoman.case.identity import clean
from dragoman.case.moments import stamp
from dragoman.errors import UsageError
from dragoman.records import Record

if TYPE_CHECKING:
    from dragoman.case.case import Case

Role = Literal["read", "edit"]
ROLES: Final[tuple[Role, ...]] = ("read", "edit")
MOST_DAYS: Final = 366
_TOKEN: Final = re.compile(r"dragoman_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NO_HASH: Final = "0" * 64
tokens = schema.tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(Record):
    """What is known of a token; never its secret."""

    id: str
    label: str
    role: Role
    made_at: str
    expires_at: str
    revoked_at: str | None


def create(case: Case, *, role: str, label: str, days: int) -> tuple[Token, str]:
    """A new token and the text to hand on, which cannot be shown again."""
    if role not in ROLES:
        raise UsageError(f"there is no role {role!r}; there are: {', '.join(ROLES)}.")
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"a token holds for 1 to {MOST_DAYS} days, not {days}.")
    id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    now = case.now()
    expires = stamp(_moment(now) + timedelta(days=days))
    token = Token(
        id=id,
        label=clean(" ".join(label.split()))[:100] or "unnamed",
        role="edit" if role == "edit" else "read",
        made_at=now,
        expires_at=expires,
        revoked_at=None,
    )
    with case.database.writing() as connection:
        row = (id, token.label, token.role, _hash(secret), now, expires, None)
        insert(connection, tokens, [row])
    return token, f"dragoman_{id}_{secret}"


def check(case: Case, text: str) -> Token | None:
    """The token that this text is, while it holds; None for one unknown, expired or revoked."""
    found = _TOKEN.fullmatch(text)
    id, secret = found.groups() if found else ("", text[:100])
    with case.database.reading() as connection:
        row = connection.execute(sa.select(tokens).where(tokens.c.id == id)).first()
    right = hmac.compare_digest(_hash(secret), row.hash if row else _NO_HASH)
    if row is None or not right or row.revoked_at or row.expires_at <= case.now():
        return None
    return _token(row)


def listed(case: Case) -> list[Token]:
    """All tokens, the newest first."""
    with case.database.reading() as connection:
        rows = connection.execute(sa.select(tokens).order_by(tokens.c.made_at.desc(), tokens.c.id))
        return [_token(row) for row in rows]


def revoke(case: Case, id: str) -> None:
    """From now on the token opens nothing; UsageError where there is none that holds."""
    with case.database.writing() as connection:
        done = connection.execute(
            sa.update(tokens)
            .where(tokens.c.id == id, tokens.c.revoked_at.is_(None))
            .values(revoked_at=case.now())
        )
        if not done.rowcount:
            raise UsageError(
                f"there is no token {id!r}; `dragoman desk token list CASE` lists them."
            )


def _token(row: sa.Row[tuple[object, ...]]) -> Token:
    return Token(**{name: getattr(row, name) for name in Token.__dataclass_fields__})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _moment(stamped: str) -> datetime:
    return datetime.fromisoformat(stamped).astimezone(UTC)
