"""Tokens of the desk: shown once, kept as a digest, expiring, revocable."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from case.clock import Clock
from dragoman.case import Case, schema, tokens
from dragoman.errors import UsageError


def test_a_token_opens_the_case_until_it_expires(case: Case, clock: Clock) -> None:
    token, text = tokens.create(case, role="read", label="Ada", days=2)
    assert tokens.check(case, text) == token
    clock.move(days=1, hours=23)
    assert tokens.check(case, text) == token
    clock.move(hours=1)
    assert tokens.check(case, text) is None


def test_a_revoked_token_opens_nothing(case: Case) -> None:
    token, text = tokens.create(case, role="edit", label="Ada", days=2)
    tokens.revoke(case, token.id)
    assert tokens.check(case, text) is None
    assert tokens.listed(case)[0].revoked_at
    with pytest.raises(UsageError):
        tokens.revoke(case, token.id)


def test_the_case_does_not_hold_the_secret(case: Case) -> None:
    _, text = tokens.create(case, role="edit", label="Ada", days=2)
    with case.database.reading() as connection:
        row = connection.execute(sa.select(schema.tokens)).one()
    assert text.split("_", 2)[2] not in " ".join(map(str, row))


def test_what_is_no_token_opens_nothing(case: Case) -> None:
    _, text = tokens.create(case, role="read", label="Ada", days=2)
    last = "A" if text[-1] != "A" else "B"
    for wrong in ("", "x", text[:-1] + last, text + "x", "\x00", "dragoman__", "é" * 5_000):
        assert tokens.check(case, wrong) is None


@pytest.mark.parametrize(("role", "days"), [("admin", 2), ("read", 0), ("read", 367)])
def test_roles_and_days_are_checked(case: Case, role: str, days: int) -> None:
    with pytest.raises(UsageError):
        tokens.create(case, role=role, label="Ada", days=days)
