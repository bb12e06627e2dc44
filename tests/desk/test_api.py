"""The REST API: the words of the command line, paging, ETags, and no fault whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from case.fake_reader import FakeReader
from desk.worker import HandWorker
from dragoman.case import Case
from dragoman.desk import Options, create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.fixture
def program(app: Any) -> TestClient:
    return TestClient(app)


@pytest.mark.parametrize(
    ("name", "query", "count"),
    [
        ("events", "actor=RUS&with=UKR", 3),
        ("events", "type=ASSAULT,THREATEN&since=2022-02-24", 3),
        ("contacts", "status=planned", 1),
        ("statements", "speaker=Macron", 1),
        ("actors", "kind=person", 2),
        ("documents", "source=Gazette", 2),
    ],
)
def test_lists_take_the_filters_of_the_command_line(
    program: TestClient, name: str, query: str, count: int
) -> None:
    found = program.get(f"/api/v1/{name}?{query}").json()
    assert len(found["items"]) == count
    assert found["next"] is None


@pytest.mark.parametrize("name", ["events", "contacts", "statements", "actors", "documents"])
def test_lists_come_in_pages_with_tags(program: TestClient, name: str) -> None:
    whole = program.get(f"/api/v1/{name}").json()["items"]
    gone: list[Any] = []
    after = ""
    while True:
        answer = program.get(f"/api/v1/{name}?limit=1&after={after}")
        again = program.get(
            f"/api/v1/{name}?limit=1&after={after}",
            headers={"If-None-Match": answer.headers["etag"]},
        )
        assert again.status_code == 304
        page = answer.json()
        gone += page["items"]
        if page["next"] is None:
            break
        after = page["next"]
    assert gone == whole


def test_parts_lead_back_to_the_text(program: TestClient) -> None:
    event = program.get("/api/v1/events/2").json()
    document = program.get(f"/api/v1/documents/{event['document']}").json()
    words = document["text"][event["span_start"] : event["span_end"]]
    assert words == "attacked"
    reading = program.get(f"/api/v1/documents/{event['document']}/reading").json()
    assert [one["id"] for one in reading["events"]] == ["e1", "e2"]


def test_a_series_counts_by_day_and_type(program: TestClient) -> None:
    found = program.get("/api/v1/series?type=ASSAULT").json()
    assert found["items"] == [{"day": "2022-02-24", "type": "ASSAULT", "events": 2, "score": -18.0}]
    assert found["whole"] is True


def test_a_text_is_read_and_nothing_stored(program: TestClient, case: Case) -> None:
    case._reader = FakeReader()
    given = {"text": "Russia praised France.", "date": "2022-03-01"}
    reading = program.post("/api/v1/read", json=given).json()
    assert [event["type"] for event in reading["events"]] == ["SUPPORT"]
    assert len(list(case.documents())) == 3


def test_documents_are_added_and_progress_told(program: TestClient, app: Any) -> None:
    given = {"documents": [{"text": "Russia praised France.", "title": "New"}]}
    order = program.post("/api/v1/documents", json=given)
    assert order.status_code == 202
    with program.stream("GET", f"/api/v1/additions/{order.json()['id']}/progress") as answer:
        list(answer.iter_lines())
    done = program.get(f"/api/v1/additions/{order.json()['id']}").json()
    assert (done["state"], done["counts"]) == ("done", {"added": 1})


def test_a_decision_by_the_api_holds(program: TestClient, case: Case) -> None:
    given = {"decision": "corrected", "changes": {"type": "COERCE"}, "reviewer": "Ada"}
    standing = program.post("/api/v1/events/2/review", json=given).json()["number"]
    assert program.get(f"/api/v1/events/{standing}").json()["type"] == "COERCE"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("read", [], 422),
        ("read", {}, 422),
        ("read", {"text": ""}, 422),
        ("read", {"text": "x", "date": "soon"}, 422),
        ("read", {"text": "x", "more": 1}, 422),
        ("documents", {}, 400),
        ("documents", {"documents": [1]}, 422),
        ("documents", {"addresses": ["x"] * 101}, 422),
        ("events/2/review", {"decision": "burn"}, 422),
        ("events/2/review", {"decision": "corrected", "changes": {"actors": 5}}, 400),
        ("events/2/review", {"decision": "corrected", "changes": {"score": 5}}, 400),
        ("events/99/review", {"decision": "accepted"}, 404),
    ],
)
def test_what_is_wrong_is_told(program: TestClient, path: str, body: Any, status: int) -> None:
    answer = program.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_body_that_is_no_json_is_told(program: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"\xff\xfe", b""):
        assert program.post("/api/v1/read", content=body, headers=headers).status_code == 422
    assert program.post("/api/v1/read", data={"text": "x"}).status_code == 415


def test_nothing_that_is_sent_is_a_fault_of_ours(case: Case) -> None:
    """What the API's own OpenAPI document allows, and what it does not, tried by schemathesis."""
    case._reader = FakeReader()
    app = create_app(case, options=Options(host="testserver", add_rate=0), worker=HandWorker(case))
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    tried = 0
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/progress"):
            continue  # a stream stands open while something is added; it has tests of its own

        @settings(
            max_examples=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(sent=operation.as_strategy())
        def never(sent: Any) -> None:
            nonlocal tried
            tried += 1
            sent.call_and_validate(checks=[schemathesis.checks.not_a_server_error])

        never()
    assert tried > 100
