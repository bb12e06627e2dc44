"""Fixtures of the desk: a small case on a clock that stands, and visitors of its desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra `desk` is not installed")

from fastapi.testclient import TestClient

from case.clock import Clock
from case.fake_reader import FakeReader
from desk.worker import HandWorker
from dragoman.case import Case
from dragoman.desk import Options, create_app
from dragoman.records import Input

PAGE = {"Accept": "text/html,application/xhtml+xml"}
REPORTS = [
    Input(
        text="Emmanuel Macron met Vladimir Putin in Moscow on 2022-02-07. "
        "Emmanuel Macron said: “Europe needs new guarantees now.”",
        title="Talks at a long table",
        date="2022-02-08",
        source="Gazette",
        url="https://gazette.org/talks",
    ),
    Input(
        text="Russia attacked Ukraine in Kyiv on 2022-02-24. Vladimir Putin said: “No other way.” "
        "France accused Russia.",
        title="War",
        date="2022-02-24",
        source="Courier",
        url="https://courier.org/war",
    ),
    Input(
        text="Vladimir Putin will meet Emmanuel Macron in Kyiv on 2022-03-03. France praised "
        "Ukraine. Russia threatened Ukraine. Russia attacked Ukraine in Kyiv on 2022-02-24.",
        title="What comes",
        date="2022-02-26",
        source="Gazette",
        id="plan",
    ),
]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def model_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a case of three reports, each known an hour after the one before."""
    path, clock = tmp_path_factory.mktemp("desk") / "crisis.db", Clock()
    with Case.create(str(path), name="A crisis", clock=clock) as made:
        for report in REPORTS:
            made.add([report], reader=FakeReader())
            clock.move(hours=1)
    return path


@pytest.fixture
def case(model_case: Path, tmp_path: Path, clock: Clock) -> Iterator[Case]:
    """A copy of that case, on a clock that stands where it was left."""
    clock.move(hours=len(REPORTS))
    copy = shutil.copy(model_case, tmp_path / "crisis.db")
    with Case.open(str(copy), clock=clock) as opened:
        yield opened


@pytest.fixture
def options() -> Options:
    return Options(host="testserver")


@pytest.fixture
def app(case: Case, options: Options) -> Any:
    return create_app(case, options=options, worker=HandWorker(case))


@pytest.fixture
def visitor(app: Any) -> TestClient:
    """A browser on the same machine."""
    return TestClient(app, headers=PAGE, follow_redirects=False)
