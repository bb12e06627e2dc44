"""Fixtures of the case: a clock to be set, and every case test on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from case import postgres
from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL on this system (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgres_address(postgres_server: str) -> str:
    import psycopg

    address = postgres_server.format("postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return address


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new case may be made, on each database in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "crisis.db")
    found: str = request.getfixturevalue("postgres_address")
    return found


@pytest.fixture
def case(address: str, clock: Clock) -> Iterator[Case]:
    with Case.create(address, clock=clock) as made:
        yield made
