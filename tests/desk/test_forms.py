"""Adding by upload, address and paste; progress; decisions that hold; alerts."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from case.fake_reader import FakeReader
from desk.conftest import PAGE, REPORTS
from desk.worker import HandWorker
from dragoman.case import Case, alerting
from dragoman.case.rereading import Choice, reread
from dragoman.desk import Options, create_app
from dragoman.records import Provenance

NEW = "Russia praised France. Ukraine met Anna Ferro."


def wait(app: Any, number: int) -> dict[str, Any]:
    for _ in range(400):
        order = app.state.desk.adding.get(number)
        if order is not None and not order.open:
            shown: dict[str, Any] = order.shown()
            return shown
        time.sleep(0.01)
    raise AssertionError("the order did not end")


def number_in(answer: Any) -> int:
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("=")[2])


def test_an_upload_is_added_and_shown(visitor: TestClient, app: Any) -> None:
    files = {"files": ("news of today.txt", NEW.encode())}
    order = wait(app, number_in(visitor.post("/documents", files=files)))
    assert order["state"] == "done"
    assert order["counts"] == {"added": 1}
    assert "Russia praised France" in visitor.get("/timeline?document=4").text
    assert not app.state.desk.adding.get(order["id"]).folder.exists()


def test_a_text_is_pasted(visitor: TestClient, app: Any) -> None:
    given = {"text": NEW, "title": "Praise", "source": "Gazette", "date": "2022-03-01"}
    order = wait(app, number_in(visitor.post("/documents", data=given)))
    assert order["title"] == "Praise"
    document = visitor.get("/api/v1/documents/4").json()
    assert (document["title"], document["source"]) == ("Praise", "Gazette")
    assert document["published"] == "2022-03-01"


def test_an_address_is_handed_to_the_worker(visitor: TestClient, app: Any) -> None:
    given = {"addresses": "https://paper.org/story https://paper.org/other"}
    wait(app, number_in(visitor.post("/documents", data=given)))
    (order,) = app.state.desk.adding._worker.orders
    assert order["addresses"] == ("https://paper.org/story", "https://paper.org/other")
    assert order["allow_private"] is False


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "choose files"),
        ({"addresses": "file:///etc/passwd"}, "is no address"),
        ({"addresses": "ftp://paper.org"}, "is no address"),
        ({"text": NEW, "date": "yesterday"}, "the date is written"),
    ],
)
def test_what_cannot_be_added_is_said(
    visitor: TestClient, given: dict[str, str], words: str
) -> None:
    answer = visitor.post("/documents", data=given)
    assert answer.status_code in (400, 422)
    assert words in answer.text.lower()


@pytest.mark.parametrize(
    "name",
    ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "....", "a/b/../../c.txt", "\x00.txt"],
)
def test_an_upload_stays_in_its_folder(
    visitor: TestClient, app: Any, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept: list[Path] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    carry_out = HandWorker.carry_out

    def look(self: HandWorker, order: dict[str, Any]) -> Any:
        kept.extend(path for path in tmp_path.rglob("*") if path.is_file())
        return carry_out(self, order)

    monkeypatch.setattr(HandWorker, "carry_out", look)
    wait(app, number_in(visitor.post("/documents", files={"files": (name, NEW.encode())})))
    assert len([path for path in kept if path.suffix != ".db"]) >= 1
    for path in kept:
        if not path.name.startswith("crisis.db"):
            assert path.parent.parent == tmp_path
            assert path.parent.name.startswith("dragoman-")


def test_progress_comes_as_events_until_the_end(visitor: TestClient, app: Any) -> None:
    number = number_in(visitor.post("/documents", data={"text": NEW}))
    told = []
    with visitor.stream("GET", f"/api/v1/additions/{number}/progress") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in answer.iter_lines() if line]
    told = [json.loads(line[6:]) for line in lines if line.startswith('data: {"id')]
    assert told[-1]["state"] == "done"
    assert lines[-2] == "event: end"


def test_when_too_much_waits_no_more_is_taken(case: Case) -> None:
    class Stuck(HandWorker):
        def carry_out(self, order: dict[str, Any]) -> Any:
            while not self.stopped:
                time.sleep(0.01)
            yield {"end": "stopped", "message": ""}

    app = create_app(case, options=Options(host="testserver", queue=1), worker=Stuck(case))
    visitor = TestClient(app, headers=PAGE, follow_redirects=False)
    answers = [visitor.post("/documents", data={"text": NEW}) for _ in range(4)]
    assert answers[0].status_code == 303
    assert answers[-1].status_code == 503
    assert answers[-1].headers["retry-after"] == "5"
    assert visitor.post("/additions/1/stop").status_code == 303
    assert wait(app, 1)["state"] == "stopped"


@pytest.mark.parametrize("decision", ["accept", "reject"])
def test_a_decision_survives_a_reread(visitor: TestClient, case: Case, decision: str) -> None:
    given = {"decision": decision, "reviewer": "Ada", "note": "seen", "next": "/review?limit=5"}
    answer = visitor.post("/review/event/2", data=given)
    assert answer.headers["location"] == "/review?limit=5"
    newer = Provenance(dragoman="test", model="fake-2", directory="fake")
    reread(case, FakeReader(model="fake-2"), newer, Choice())
    told = [e for e in case.events(document=2) if e.type == "ASSAULT"]
    if decision == "accept":
        assert [(e.decision, e.model) for e in told] == [("accepted", "fake-2")]
    else:
        assert told == []


def test_a_correction_changes_the_event_and_is_shown(visitor: TestClient) -> None:
    given = {
        "decision": "correct",
        "type": "COERCE",
        "status": "possible",
        "actors": "RUS, FRA",
        "actors_change": "1",
        "recipients": "UKR",
        "recipients_change": "1",
        "reviewer": "Ada",
    }
    answer = visitor.post("/review/event/2", data=given)
    page = visitor.get(answer.headers["location"]).text
    assert "COERCE" in page
    assert "Russia and France" in page
    assert "Ada" in page


@pytest.mark.parametrize(
    ("address", "given", "status"),
    [
        ("/review/event/99", {"decision": "accept"}, 404),
        ("/review/place/1", {"decision": "accept"}, 404),
        ("/review/event/1", {"decision": "burn"}, 400),
        ("/review/event/1", {"decision": "correct"}, 400),
        ("/review/event/1", {"decision": "correct", "type": "NONE"}, 400),
        ("/review/event/1", {"decision": "correct", "mode": "nonsense"}, 400),
        ("/review/statement/1", {"decision": "correct", "kind": "poem"}, 400),
    ],
)
def test_a_wrong_decision_is_refused_in_words(
    visitor: TestClient, address: str, given: dict[str, str], status: int
) -> None:
    assert visitor.post(address, data=given).status_code == status


def test_an_alert_is_kept_and_removed(visitor: TestClient, case: Case) -> None:
    given = {"name": "war", "actor": "RUS", "type": "ASSAULT"}
    assert visitor.post("/alerts", data=given).status_code == 303
    assert [one.name for one in alerting.list_alerts(case)] == ["war"]
    case.add([REPORTS[1].__class__(text="Russia attacked France.", id="z")], reader=FakeReader())
    alerting.look(case)
    page = visitor.get("/alerts").text
    assert "Russia attacked France" in page
    assert visitor.post("/alerts", data=given).status_code == 400
    visitor.post("/alerts/remove", data={"name": "war"})
    assert alerting.list_alerts(case) == []


def test_reports_are_merged_and_split_by_hand(visitor: TestClient, case: Case) -> None:
    case.merged()
    page = visitor.get("/events/2").text
    assert "told 2 times" in page
    apart = {"id": "2", "report": "7", "next": "/events/2"}
    assert visitor.post("/merging/split", data=apart).headers["location"] == "/events/2"
    assert "told 2 times" not in visitor.get("/events/2").text
    assert "This is the same event" in visitor.get("/events/2").text
    visitor.post("/merging/merge", data=apart)
    assert "told 2 times" in visitor.get("/events/2").text
    assert visitor.post("/merging/burn", data=apart).status_code == 404
    assert visitor.post("/merging/merge", data={"id": "2"}).status_code == 400


@pytest.fixture
def alert(visitor: TestClient, case: Case) -> str:
    given = {"name": "strikes", "actor": "RUS", "type": "ASSAULT", "to": "desk@paper.example"}
    assert visitor.post("/alerts", data=given).status_code == 303
    return "strikes"


def keys(case: Case, name: str) -> list[str]:
    return [channel.key for channel in alerting.find_alert(case, name).channels]


def test_channels_are_added_and_taken_away(visitor: TestClient, case: Case, alert: str) -> None:
    hook = "https://hooks.paper.example/x"
    assert keys(case, alert) == ["mail:desk@paper.example"]
    assert visitor.post("/alerts/channels", data={"name": alert, "to": hook}).status_code == 303
    assert keys(case, alert) == ["mail:desk@paper.example", f"webhook:{hook}"]
    page = visitor.get("/alerts").text
    assert "desk@paper.example" in page
    assert hook in page
    for key in keys(case, alert):
        visitor.post("/alerts/channels", data={"name": alert, "remove": key})
    assert keys(case, alert) == ["log"]


@pytest.mark.parametrize(
    "to", ["", "/etc/cron.d/x", "file:///etc/passwd", "desk", "a@b@c", "javascript:alert(1)"]
)
def test_no_other_channel_is_taken(visitor: TestClient, case: Case, alert: str, to: str) -> None:
    answer = visitor.post("/alerts/channels", data={"name": alert, "to": to})
    assert answer.status_code == 400
    assert keys(case, alert) == ["mail:desk@paper.example"]


def test_a_trial_says_what_came_of_it(visitor: TestClient, case: Case, alert: str) -> None:
    failed = visitor.post("/alerts/test", data={"name": alert})
    assert failed.status_code == 200
    assert "mail:desk@paper.example" in failed.text  # no mail server is named
    visitor.post("/alerts/channels", data={"name": alert, "remove": "mail:desk@paper.example"})
    assert "A trial was sent" in visitor.post("/alerts/test", data={"name": alert}).text
    assert visitor.post("/alerts/test", data={"name": "nobody"}).status_code == 400


def test_a_webhook_does_not_reach_into_ones_own_networks(
    visitor: TestClient, case: Case, alert: str
) -> None:
    visitor.post("/alerts/channels", data={"name": alert, "to": "http://127.0.0.1:9/x"})
    visitor.post("/alerts/channels", data={"name": alert, "remove": "mail:desk@paper.example"})
    told = visitor.post("/alerts/test", data={"name": alert}).text
    assert "webhook:http://127.0.0.1:9/x" in told
    assert "private" in told or "own networks" in told or "not public" in told


def test_what_an_alert_told_is_a_feed(visitor: TestClient, app: Any, alert: str) -> None:
    text = {"text": "Russia attacked Ukraine in Kyiv on 2022-03-04. Anna Ferro met France."}
    wait(app, number_in(visitor.post("/documents", data=text)))
    alerting.look(app.state.desk.case)
    feed = visitor.get(f"/alerts/{alert}.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "Russia → Ukraine" in feed.text
    assert visitor.get("/alerts/nobody.atom").status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"), [("html", b"<!DOCTYPE"), ("md", b"# "), ("pdf", b"%PDF")]
)
def test_the_brief_is_taken_along(visitor: TestClient, form: str, begins: bytes) -> None:
    if form == "pdf":
        pytest.importorskip("weasyprint", reason="the extra `pdf` is not installed")
    found = visitor.get(f"/brief.{form}?since=2022-02-01&until=2022-02-28")
    assert found.status_code == 200
    assert found.content.startswith(begins)
    assert f"brief-2022-02-01-2022-02-28.{form}" in found.headers["content-disposition"]


def test_the_brief_is_read_in_the_desk(visitor: TestClient) -> None:
    page = visitor.get("/brief?since=2022-02-01&until=2022-02-28").text
    assert "What changed" in page
    assert "Talks at a long table" in page  # among the sources
    chart = visitor.get("/brief/charts/0.svg?since=2022-02-01&until=2022-02-28")
    assert chart.text.startswith("<svg")
    assert visitor.get("/brief/charts/99.svg").status_code == 404
    assert visitor.get("/brief.exe").status_code == 404
