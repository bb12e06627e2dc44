"""Several desks over one case on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from case.clock import Clock
from case.conftest import postgres_address, postgres_server  # noqa: F401
from case.fake_reader import FakeReader
from desk.conftest import PAGE, REPORTS
from desk.test_pages import PAGES
from desk.worker import HandWorker
from dragoman.case import Case, tokens
from dragoman.desk import Options, create_app


@pytest.fixture
def team_case(postgres_address: str, clock: Clock) -> Any:  # noqa: F811
    with Case.create(postgres_address, clock=clock) as made:
        for report in REPORTS:
            made.add([report], reader=FakeReader())
            clock.move(hours=1)
    return postgres_address


def test_two_desks_show_one_case(team_case: str, clock: Clock) -> None:
    options = Options(host="testserver", tokens=True)
    with Case.open(team_case, clock=clock) as first, Case.open(team_case, clock=clock) as second:
        _, text = tokens.create(first, role="edit", label="Ada", days=1)
        headers = {**PAGE, "Authorization": f"Bearer {text}"}
        visitors = [
            TestClient(create_app(case, options=options, worker=HandWorker(case)), headers=headers)
            for case in (first, second)
        ]
        for address, words in PAGES.items():
            for visitor in visitors:
                answer = visitor.get(address)
                assert answer.status_code == 200, address
                assert words in answer.text, address
        visitors[0].post("/review/event/2", data={"decision": "reject"})
        assert "ASSAULT" not in visitors[1].get("/timeline.csv?document=2").text
        assert visitors[0].get("/search?text=%25%00").status_code == 400
