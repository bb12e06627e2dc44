"""Every page answers, with its twins, its filters and its empty state."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from case.clock import Clock
from desk.conftest import PAGE
from dragoman.case import Case
from dragoman.desk import Options, create_app

PAGES = {
    "/": "Russia attacked Ukraine",
    "/timeline": "Russia attacked Ukraine",
    "/contacts": "Emmanuel Macron",
    "/contacts?view=matrix": "Vladimir Putin",
    "/contacts?view=network": "Vladimir Putin",
    "/claims": "Claims",
    "/statements": "Europe needs new guarantees",
    "/tension": "Russia",
    "/tension?actor=RUS&with=UKR": "Events of this pair",
    "/map": "Kyiv",
    "/actors": "Ukraine",
    "/actors/emmanuel-macron": "Europe needs new guarantees",
    "/documents": "What comes",
    "/documents/2": "No other way",
    "/events/2": "Russia attacked Ukraine",
    "/statements/1": "Europe needs new guarantees",
    "/review": "Accept",
    "/alerts": "A new rule",
    "/review?part=statement": "Europe needs new guarantees",
    "/search?text=guarantees": "Europe needs new guarantees",
    "/about": "Keys",
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_what_it_is_for(visitor: TestClient, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert PAGES[address] in answer.text
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_twins(visitor: TestClient, address: str) -> None:
    path, _, query = address.partition("?")
    base = "/today" if path == "/" else path
    machine = visitor.get(f"{base}.json?{query}")
    assert machine.status_code == 200
    assert isinstance(machine.json(), dict)
    table = visitor.get(f"{base}.csv?{query}")
    assert table.status_code == 200
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]


def test_the_csv_twin_has_the_rows_of_the_page(visitor: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/timeline.csv?type=ASSAULT").text)))
    assert [(row["type"], row["who"], row["whom"]) for row in rows] == [
        ("ASSAULT", "Russia", "Ukraine")
    ] * 2


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("type=CONSULT", [4, 1]),
        ("actor=UKR&with=FRA", [5]),
        ("status=planned", [4]),
        ("since=2022-02-24&until=2022-02-25", [7, 2, 3]),
        ("source=Courier", [2, 3]),
        ("text=praised", [5]),
        ("as_known_at=2022-02-06T12:30", [1]),
        ("place=Moscow", [1]),
    ],
)
def test_filters_stand_in_the_address(visitor: TestClient, query: str, numbers: list[int]) -> None:
    events = visitor.get(f"/timeline.json?{query}").json()["events"]
    assert sorted(event["number"] for event in events) == sorted(numbers)


def test_a_filter_is_kept_in_the_links_of_the_page(visitor: TestClient) -> None:
    page = visitor.get("/timeline?actor=RUS&limit=2")
    assert "actor=RUS" in page.text.partition('rel="next"')[2][:400]


def test_a_list_is_gone_through_by_its_cursors(visitor: TestClient) -> None:
    found: list[int] = []
    after = ""
    while True:
        page = visitor.get(f"/timeline.json?limit=2&after={after}").json()
        found += [event["number"] for event in page["events"]]
        if not page["next"]:
            break
        after = page["next"]
    assert len(found) == len(set(found)) == 7


def test_known_at_is_a_switch_on_every_view(visitor: TestClient) -> None:
    early = "as_known_at=2022-02-06T12:30"
    for path in ("/timeline", "/contacts", "/statements", "/documents", "/map", "/tension", "/"):
        page = visitor.get(f"{path}?{early}")
        assert page.status_code == 200
        assert "As the case knew it at" in page.text
        assert "Russia attacked" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        "since=tomorrow",
        "limit=0",
        "limit=x",
        "document=-1",
        "document=99999999999999999999",
        "after=%00",
        "after=bm8",
        "as_known_at=0001-01-01T00:00%2B14:00",
        "min_confidence=7",
        "sort=secret",
        "background=perhaps",
        "decision=maybe",
        "text=%22%22",
        "actor=%00",
        "actor=" + "x" * 2_000,
    ],
)
def test_what_cannot_be_asked_is_said_in_words(visitor: TestClient, query: str) -> None:
    answer = visitor.get(f"/timeline?{query}")
    assert answer.status_code == 400
    assert "That cannot be asked" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/events/99",
        "/documents/99",
        "/statements/0",
        "/actors/nobody",
        "/charts/none.json",
        "/charts/map.exe",
        "/static/none.css",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2fapp.py",
        "/static/desk.py",
        "/events/99999999999999999999999",
    ],
)
def test_what_is_not_there_is_not_found(visitor: TestClient, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_an_empty_case_says_what_to_do_next(tmp_path: Path, clock: Clock) -> None:
    with Case.create(str(tmp_path / "empty.db"), clock=clock) as empty:
        app: Any = create_app(empty, options=Options(host="testserver"))
        visitor = TestClient(app, headers=PAGE)
        for path in ("/", "/timeline", "/contacts", "/claims", "/statements", "/map", "/actors"):
            page = visitor.get(path)
            assert page.status_code == 200
            assert "Add documents" in page.text
        for path in ("/contacts?view=matrix", "/contacts?view=network", "/tension", "/review"):
            assert visitor.get(path).status_code == 200
        for name in ("timeline", "tension", "map"):
            assert visitor.get(f"/charts/{name}.json").status_code == 200


def test_a_page_that_has_not_changed_is_not_sent_again(visitor: TestClient) -> None:
    first = visitor.get("/timeline")
    again = visitor.get("/timeline", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("name", ["timeline", "tension", "map"])
def test_charts_can_be_saved(visitor: TestClient, name: str) -> None:
    picture = visitor.get(f"/charts/{name}.svg")
    assert picture.status_code == 200
    assert picture.text.startswith("<svg")
    spec = visitor.get(f"/charts/{name}.json").json()
    assert "vega-lite" in spec["$schema"]


def test_the_reader_marks_what_was_found_and_shows_other_reports(visitor: TestClient) -> None:
    page = visitor.get("/documents/2?mark=event-e1").text
    assert 'id="event-e1"' in page
    assert 'class="m event on"' in page
    part = visitor.get("/documents/2/part?mark=event-e1").text
    assert "Other reports" in part
    assert "/documents/3?mark=event-e4" in part
    assert "Russia" in part


@pytest.mark.parametrize("mark", ["event-e9", "actor-", "time-99", "time-x", "x", "place--1"])
def test_a_mark_that_is_not_there_shows_none(visitor: TestClient, mark: str) -> None:
    assert "Click a marked word" in visitor.get(f"/documents/2/part?mark={mark}").text


def test_the_look_is_a_choice_that_is_kept(visitor: TestClient) -> None:
    answer = visitor.post("/theme", data={"theme": "dark", "next": "/timeline"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/timeline"
    assert 'data-theme="dark"' in visitor.get("/timeline").text
