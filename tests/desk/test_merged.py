"""Contacts, claims, positions and the agenda of the desk stand on merged events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from case.fake_reader import FakeReader
from desk.conftest import PAGE
from dragoman.case import Case
from dragoman.desk import Options, create_app
from dragoman.desk.views import VIEWS
from dragoman.records import Input, Reading

MET = "Emmanuel Macron met Vladimir Putin in Moscow on 2022-02-07."
EARLY = "as_known_at=2022-02-06T12:30"


@pytest.fixture
def told(case: Case) -> Case:
    """The meeting is told by three papers, of which one has it from another day."""
    texts = (f"{MET} It was long.", f"{MET} Nobody smiled.", f"{MET} The table was white.")
    for number, text in enumerate(texts):
        paper = Input(text=text, source=f"Paper {number}", date="2022-02-09", id=f"p{number}")
        case.add([paper], reader=FakeReader())
    return case


@pytest.fixture
def visitor(told: Case) -> TestClient:
    return TestClient(create_app(told, options=Options(host="testserver")), headers=PAGE)


def contacts(visitor: TestClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visitor.get(f"/contacts.json?{query}").json()["contacts"]
    return found


@pytest.mark.parametrize("merged", [False, True])
def test_a_contact_stands_once_with_its_sources(
    visitor: TestClient, told: Case, merged: bool
) -> None:
    if merged:
        told.merged()
    planned, met = contacts(visitor)
    assert (planned["status"], met["status"]) == ("planned", "happened")
    assert (met["day"], met["place"], met["sources"], met["documents"]) == (
        *("2022-02-07", "Moscow"),
        *(4, 4),
    )
    page = visitor.get("/contacts").text
    assert "4 sources" in page


def test_the_register_is_gone_through_without_repeats(visitor: TestClient, told: Case) -> None:
    told.merged()
    found: list[str] = []
    after = ""
    while True:
        page = visitor.get(f"/contacts.json?limit=1&after={after}").json()
        found += [one["id"] for one in page["contacts"]]
        if not page["next"]:
            break
        after = page["next"]
    assert found == [one["id"] for one in contacts(visitor)]


def test_the_register_takes_statuses_of_the_merged_event(visitor: TestClient) -> None:
    assert [one["day"] for one in contacts(visitor, "status=planned")] == ["2022-03-03"]
    assert [one["day"] for one in contacts(visitor, "actor=FRA&with=RUS&until=2022-02")] == [
        "2022-02-07"
    ]
    assert [one["sources"] for one in contacts(visitor, EARLY)] == [1]


class Speaks(FakeReader):
    """Reads what France says as a charge against Russia, and what Putin says as his denial."""

    def read(self, document: Input) -> Reading:
        reading = super().read(document)
        kinds: dict[str, Any] = {"FRA": "accusation", "vladimir-putin": "denial"}
        statements = tuple(
            replace(
                one,
                kind=kinds.get(one.speaker or "", "demand"),
                to="RUS" if one.speaker == "FRA" else None,
            )
            for one in reading.statements
        )
        return replace(reading, statements=statements)


CHARGE = "Russia spoke. France said: “Russia shelled the bridge at night.”"
ELSEWHERE = "A market opened in the old harbour after weeks of rain, and all the shops were full."
DENIAL = "Russia spoke. Vladimir Putin said: “Nobody shelled the bridge at night.”"
DEMAND = "Emmanuel Macron said: “The bridge has to be rebuilt by the summer.”"


def test_a_charge_stands_beside_its_denial(case: Case) -> None:
    for number, text in enumerate((CHARGE, f"{ELSEWHERE} {CHARGE}", DENIAL, DEMAND)):
        paper = Input(text=text, date="2022-03-05", source=f"Paper {number}", id=f"c{number}")
        case.add([paper], reader=Speaks())
    visitor = TestClient(create_app(case, options=Options(host="testserver")), headers=PAGE)
    (charge,) = visitor.get("/claims.json?since=2022-03-05").json()["claims"]
    assert charge["claim"]["sources"] == 2
    assert charge["claim"]["targets"] == ["RUS"]
    assert [one["speaker"] for one in charge["answers"]] == ["Vladimir Putin"]
    page = visitor.get("/claims?since=2022-03-05").text
    assert "Nobody shelled the bridge" in page
    assert "2 sources" in page
    assert len(visitor.get("/claims.json?actor=FRA&since=2022-03-05").json()["claims"]) == 1
    assert visitor.get("/claims.json?actor=UKR&since=2022-03-05").json()["claims"] == []
    (wish,) = visitor.get("/claims.json?view=positions").json()["positions"]
    assert wish["position"]["position"] == "demand"
    assert "has to be rebuilt" in visitor.get("/actors/emmanuel-macron").text
    contested = visitor.get("/today.json?since=2022-03-05").json()["contested"]
    assert [one["claim"]["id"] for one in contested] == [charge["claim"]["id"]]


def test_today_shows_the_agenda_of_the_analysis(visitor: TestClient) -> None:
    found = visitor.get("/today.json").json()
    assert [(one["outcome"], one["day"], one["told_by"]) for one in found["agenda"]] == [
        ("to come", "2022-03-03", 1)
    ]
    later = visitor.get("/today.json?since=2022-03-10&until=2022-03-12").json()
    assert [one["outcome"] for one in later["off"]] == ["unconfirmed"]
    assert found["counts"]["escalations"] == 3
    assert found["whole"] is True


def test_today_tells_an_event_once(visitor: TestClient) -> None:
    found = visitor.get("/today.json?since=2022-02-01&until=2022-02-28").json()
    assert [(one["row"]["day"], one["sources"]) for one in found["contacts"]] == [("2022-02-07", 4)]
    assert found["counts"]["contacts"] == 4


def test_an_actors_page_has_merged_contacts(visitor: TestClient) -> None:
    page = visitor.get("/actors/emmanuel-macron").text
    assert "4 sources" in page.partition("<h2>Contacts")[2]


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_has_twins_and_knows_earlier_moments(visitor: TestClient, path: str) -> None:
    """All views of the desk, by their own list: page, JSON, CSV, each as known earlier, too."""
    address = path.replace("{number:int}", "1").replace("{key:path}", "emmanuel-macron")
    base = "/today" if address == "/" else address
    now = visitor.get(f"{base}.json")
    assert now.status_code == 200
    assert "title" in now.json()
    table = visitor.get(f"{base}.csv?{EARLY}")
    assert table.status_code == 200
    assert table.headers["content-type"].startswith("text/csv")
    then = visitor.get(f"{base}.json?{EARLY}")
    assert then.status_code == 200
    page = visitor.get(f"{address}?{EARLY}")
    assert page.status_code == 200
    assert path == "/documents/{number:int}/part" or "As the case knew it at" in page.text
    for answer in (page, table, then):
        assert "attacked" not in answer.text
        assert "Paper 1" not in answer.text


@dataclass(frozen=True)
class GuessingReader(FakeReader):
    """Knows the state of Anna Ferro from the story alone."""

    def read(self, document: Input) -> Reading:
        reading = super().read(document)
        actors = tuple(replace(a, assumed=a.name == "Anna Ferro") for a in reading.actors)
        return replace(reading, actors=actors)


def test_an_event_says_which_state_is_assumed(visitor: TestClient, told: Case) -> None:
    text = "Anna Ferro praised Vladimir Putin on 2022-02-08."
    told.add([Input(text=text, date="2022-02-09", id="guess")], reader=GuessingReader())
    told.merged()
    numbers = {row.type: row.number for row in told.events()}
    page = visitor.get(f"/events/{numbers['SUPPORT']}").text
    assert "<dt>Assumed</dt>" in page
    assert "Anna Ferro (ITA, of the story&#39;s country)" in page
    assert "<dt>Assumed</dt>" not in visitor.get(f"/events/{numbers['CONSULT']}").text


def test_the_reader_marks_an_assumed_state(visitor: TestClient, told: Case) -> None:
    text = "Anna Ferro praised Vladimir Putin on 2022-02-08."
    told.add([Input(text=text, date="2022-02-09", id="guess")], reader=GuessingReader())
    document = max(row.document for row in told.events() if row.type == "SUPPORT")
    marked = [
        ">assumed</span>" in visitor.get(f"/documents/{document}?mark=actor-{actor}").text
        for actor in ("x1", "vladimir-putin")
    ]
    assert marked == [True, False]
