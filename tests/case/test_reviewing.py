"""What people decide wins: now, after a rereading, in a new version of the page."""

from __future__ import annotations

from typing import Any

import pytest

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.case.rereading import Choice, count_old, reread
from dragoman.case.reviewing import Verdict, gold, history, review
from dragoman.errors import UsageError
from dragoman.records import Input, Provenance

TEXT = (
    "Russia attacked Ukraine in Kyiv on 2022-02-24. France accused Russia of it the same evening. "
    "Emmanuel Macron met Vladimir Putin before. Emmanuel Macron said: “We stand by Kyiv.” "
)
NEW = Provenance(dragoman="test", model="fake-2", directory="fake")


@pytest.fixture
def full(case: Case, reader: FakeReader, clock: Clock) -> Case:
    case.add([Input(text=TEXT, date="2022-02-25", url="https://paper.org/1")], reader=reader)
    clock.move(hours=1)
    return case


def decide(case: Case, number: int, decision: str, **changes: object) -> int:
    verdict = Verdict(decision=decision, reviewer="Ada", changes=changes or None)  # type: ignore[arg-type]
    return review(case, "event", number, verdict)


def told(case: Case, **filters: Any) -> list[tuple[str, str | None]]:
    return [(row.type, row.decision) for row in case.events(sort="number", **filters)]


def test_a_rejected_event_is_gone_but_was_there(full: Case, clock: Clock) -> None:
    decide(full, 2, "rejected")
    assert told(full) == [("ASSAULT", None), ("CONSULT", None)]
    assert [row.number for row in full.events(decision="rejected")] == [2]
    assert len(told(full, as_known_at="2022-02-06T12:30")) == 3


def test_a_correction_stands_beside_what_was_read(full: Case) -> None:
    number = decide(full, 2, "corrected", type="REJECT", recipients=["UKR"], status="denied")
    (row,) = full.events(type="REJECT")
    assert (row.number, row.decision, row.recipients, row.whom) == (
        number,
        "corrected",
        ("UKR",),
        "Ukraine",
    )
    assert (row.score, row.confidence) == (-2.0, 0.8)
    assert [r.type for r in full.events(actor="FRA", with_="UKR")] == ["REJECT"]
    assert ("ACCUSE", None) not in told(full)
    before = full.events(as_known_at="2022-02-06T12:30")
    assert sorted(row.type for row in before) == ["ACCUSE", "ASSAULT", "CONSULT"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "WAR"}, "no type"),
        ({"mode": "phone"}, "no mode"),
        ({"status": "maybe"}, "no status"),
        ({"actors": ["nowhere"]}, "no actor"),
        ({"score": 3}, "not possible"),
    ],
)
def test_an_impossible_correction_is_told(
    full: Case, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        decide(full, 1, "corrected", **changes)
    assert list(history(full)) == []


def test_a_rejection_can_be_taken_back(full: Case) -> None:
    decide(full, 2, "rejected")
    decide(full, 2, "accepted")
    assert ("ACCUSE", "accepted") in told(full)
    assert [row["decision"] for row in history(full)] == ["rejected", "accepted"]


def test_decisions_hold_when_the_document_is_read_again(full: Case, clock: Clock) -> None:
    decide(full, 1, "accepted")
    decide(full, 2, "rejected")
    decide(full, 3, "corrected", status="planned")
    clock.move(hours=1)
    assert count_old(full, NEW) == 1
    summary = reread(full, FakeReader(model="fake-2"), NEW, Choice())
    assert summary.counts["version"] == 1
    assert count_old(full, NEW) == 0
    rows = list(full.events())
    assert {(r.type, r.status, r.decision) for r in rows} == {
        ("ASSAULT", "happened", "accepted"),
        ("CONSULT", "planned", "corrected"),
    }
    assert {r.model for r in rows} == {"fake-2"}
    assert len(list(full.statements())) == 1
    assert {row.id: row.documents for row in full.actors()}["RUS"] == 1
    earlier = list(full.events(as_known_at="2022-02-06T12:30"))
    assert [r.model for r in earlier] == ["fake-1"] * 3
    assert reread(full, FakeReader(model="fake-2"), NEW, Choice()).counts["version"] == 0
    # A second time round, decisions that were carried are carried on.
    third = Provenance(dragoman="test", model="fake-3", directory="fake")
    reread(full, FakeReader(model="fake-3"), third, Choice())
    assert sorted(told(full)) == [("ASSAULT", "accepted"), ("CONSULT", "corrected")]


def test_decisions_hold_in_a_new_version_of_the_page(
    full: Case, reader: FakeReader, clock: Clock
) -> None:
    decide(full, 2, "rejected")
    decide(full, 3, "corrected", status="planned")
    clock.move(hours=1)
    later = "UPDATED. " + TEXT + " Ukraine accused Russia."
    case_input = Input(text=later, date="2022-02-25", url="https://paper.org/1")
    full.add([case_input], reader=reader)
    kept = {(row.type, row.status, row.decision) for row in full.events()}
    assert kept == {
        ("ASSAULT", "happened", None),
        ("CONSULT", "planned", "corrected"),
        ("ACCUSE", "happened", None),
    }
    (moved,) = full.events(decision="corrected")
    assert full.text(moved.document)[moved.span_start : moved.span_end] == "met"


def test_a_statement_can_be_decided(full: Case) -> None:
    verdict = Verdict(decision="corrected", reviewer="Ada", changes={"kind": "promise"})
    review(full, "statement", 1, verdict)
    assert [(row.kind, row.decision) for row in full.statements()] == [("promise", "corrected")]


def test_decisions_go_out_as_gold(full: Case) -> None:
    decide(full, 1, "accepted")
    decide(full, 2, "rejected")
    (document,) = gold(full)
    assert document["document"]["text"] == TEXT
    assert [event["type"] for event in document["events"]] == ["ASSAULT"]
    assert [event["type"] for event in document["rejected_events"]] == ["ACCUSE"]
    (first, _) = history(full)
    assert (first["reviewer"], first["made_at"]) == ("Ada", "2022-02-06T13:00:00.000000Z")


def test_a_decision_needs_a_name_and_a_row(full: Case) -> None:
    with pytest.raises(UsageError, match="name of who"):
        review(full, "event", 1, Verdict(decision="accepted", reviewer=" "))
    with pytest.raises(UsageError, match="no event 99"):
        decide(full, 99, "accepted")
