"""Merged events of a case: kept up to date, the same in every order, and as people decide."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case, merging, schema
from dragoman.errors import UsageError
from dragoman.merging import merge
from dragoman.merging.merge import group
from dragoman.records import Input


def document(number: int, text: str, day: str, source: str) -> Input:
    filler = " ".join(f"word{number}{n}" for n in range(40))
    return Input(text=f"{text} {filler}.", id=f"d{number}", date=day, source=source)


DOCUMENTS = [
    document(1, "Emmanuel Macron will meet Vladimir Putin on 2022-02-07", "2022-02-04", "AFP"),
    document(2, "Emmanuel Macron met Vladimir Putin in Moscow on 2022-02-07", "2022-02-07", "TASS"),
    document(3, "France met Russia in Moscow on 2022-02-07", "2022-02-08", "Gazette"),
    document(4, "Russia attacked Ukraine in Kyiv on 2022-02-24", "2022-02-24", "Gazette"),
    document(5, "Russia attacked Ukraine in Kyiv on 2022-02-24", "2022-02-25", "Courier"),
    document(6, "Ukraine accused Russia", "2022-02-25", "Courier"),
]


def shape(case: Case) -> list[tuple[str, list[str], int]]:
    return [
        (e.id, sorted(r.title or r.passage[:30] for r in e.reports), e.sources)
        for e in case.merged()
    ]


@pytest.fixture
def full(case: Case, reader: FakeReader, clock: Clock) -> Case:
    for one in DOCUMENTS:
        case.add([one], reader=reader)
        clock.move(hours=1)
    return case


def test_a_meeting_planned_and_held_is_one_event_with_its_life(full: Case) -> None:
    meeting = full.merged(type="CONSULT")[0]
    assert len(meeting.reports) == 3
    assert [step.status for step in meeting.life] == ["planned", "happened"]
    assert (meeting.status, meeting.day, meeting.place) == ("happened", "2022-02-07", "Moscow")
    assert [party.key for party in meeting.parties] == ["emmanuel-macron", "vladimir-putin"]
    assert meeting.sources == 3
    assert all(link.parts and link.score > 0.5 for link in meeting.links)


def test_a_case_merged_by_other_rules_is_merged_anew(
    full: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shape(full)
    first, second = [e.id for e in full.merged() if len(e.reports) > 1][:2]
    full.merge(first, second, by="Ada")
    decided = shape(full)
    with full.database.writing() as connection:
        connection.execute(sa.delete(schema.merge_links))
    assert merging.update(full) == 0
    monkeypatch.setattr(merging, "fingerprint", lambda: "other rules")
    assert merging.update_if_little(full, most=2) is False
    assert merging.update(full) == len(DOCUMENTS)
    assert shape(full) == decided != before
    assert full.about()["merged_by"] == "other rules"
    with full.database.reading() as connection:
        assert connection.execute(sa.select(schema.merge_links)).first() is not None
    assert merging.update(full) == 0


def test_documents_that_come_one_by_one_make_the_events_that_all_at_once_make(
    full: Case, reader: FakeReader, tmp_path: object
) -> None:
    step_by_step = []
    for order in list(permutations(range(len(DOCUMENTS))))[:: 720 // 6]:
        with Case.create(f"{tmp_path}/{''.join(map(str, order))}.db") as other:
            for at in order:
                other.add([DOCUMENTS[at]], reader=reader)
                if at % 2:
                    other.merged()
            step_by_step.append(shape(other))
    assert all(found == shape(full) for found in step_by_step)
    assert [e.id for e in merge(full.reports())] == [e.id for e in full.merged()]


def test_a_new_document_touches_what_it_hangs_together_with_alone(
    full: Case, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.merged()
    regrouped: list[int] = []

    def watched(profiles: Any, scores: Any, decisions: Any) -> list[list[int]]:
        regrouped.append(len(profiles))
        return group(profiles, scores, decisions)

    monkeypatch.setattr("dragoman.case.merging.group", watched)
    full.add([document(7, "France praised Ukraine", "2022-03-01", "AFP")], reader=reader)
    full.merged()
    full.merged()
    assert regrouped == [1]


def test_what_a_person_holds_together_or_apart_stays_so(
    full: Case, reader: FakeReader, clock: Clock
) -> None:
    attack = full.merged(type="ASSAULT")[0]
    assert len(attack.reports) == 2
    _, other = attack.reports
    parted = full.split(attack.id, str(other.number), by="Ada", note="another day")
    assert [len(e.reports) for e in parted] == [1, 1]
    before = full.now()
    clock.move(hours=1)
    full.add(
        [document(8, "Russia attacked Ukraine in Kyiv on 2022-02-24", "2022-02-24", "AFP")],
        reader=reader,
    )
    events = full.merged(type="ASSAULT")
    assert sorted(len(e.reports) for e in events) == [1, 2]
    accused = full.merged(type="ACCUSE")[0]
    joined = full.merge(accused.id, parted[0].id, by="Ada")
    assert [link.by for link in joined[0].links if link.score == 1.0] == ["person"]
    again = full.merge(parted[0].id, parted[1].id, by="Ada")
    assert len(again) == 1
    assert [len(e.reports) for e in full.merged(type="ASSAULT", as_known_at=before)] == [1, 1]


def test_what_was_decided_is_listed_and_taken_back(full: Case, clock: Clock) -> None:
    attack = full.merged(type="ASSAULT")[0]
    first, other = attack.reports
    parted = full.split(attack.id, str(other.number), by="Ada", note="another day")
    (told,) = full.merge_decisions()
    assert (told.verdict, told.by, told.note) == ("two events", "Ada", "another day")
    assert {told.left, told.right} == {first.id, other.id}
    before = full.now()
    clock.move(hours=1)
    (whole,) = full.unmerge(parted[0].id)
    assert (whole.id, len(whole.reports)) == (attack.id, 2)
    assert full.merge_decisions() == []
    (then,) = full.merge_decisions(as_known_at=before)
    assert (then.left, then.right, then.event) == (told.left, told.right, whole.id)
    with pytest.raises(UsageError, match="nobody has decided on"):
        full.unmerge(attack.id)


def test_a_link_by_hand_says_by_whom_and_why(full: Case) -> None:
    attack, accused = full.merged(type="ASSAULT")[0], full.merged(type="ACCUSE")[0]
    (joined,) = full.merge(attack.id, accused.id, by="Ada", note="one story")
    (note,) = [link.note for link in joined.links if link.by == "person"]
    assert note is not None
    assert note.startswith("Ada, ")
    assert note.endswith(": one story")
    assert len(full.unmerge(joined.id)) == 2


def test_an_event_is_found_by_every_id_that_led_to_it(full: Case) -> None:
    meeting = full.merged(type="CONSULT")[0]
    for report in meeting.reports:
        assert full.find_merged(f"m{report.key[:12]}").id == meeting.id
        assert full.find_merged(str(report.number)).id == meeting.id
        assert full.find_merged(report.id).id == meeting.id
    with pytest.raises(UsageError, match="no event"):
        full.find_merged("mffffffffffff")


def test_a_newer_version_of_a_page_takes_the_place_of_the_older(
    case: Case, reader: FakeReader, clock: Clock
) -> None:
    page = "https://paper.org/talks"
    text = "Russia attacked Ukraine in Kyiv on 2022-02-24. " + "More of it. " * 30
    case.add([Input(text=text, url=page, date="2022-02-24")], reader=reader)
    assert len(case.merged()) == 1
    before = case.now()
    clock.move(hours=1)
    case.add([Input(text=text.replace("attacked", "praised"), url=page, date="2022-02-24")],
             reader=reader)  # fmt: skip
    assert [e.type for e in case.merged()] == ["SUPPORT"]
    assert [e.type for e in case.merged(as_known_at=before)] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"actor": "RUS"}, ["CONSULT", "ASSAULT", "ACCUSE"]),
        ({"actor": "FRA", "with_": "RUS"}, ["CONSULT"]),
        ({"status": "planned"}, []),
        ({"status": "happened", "type": "CONSULT"}, ["CONSULT"]),
        ({"since": "2022-02-24"}, ["ASSAULT", "ACCUSE"]),
        ({"until": "2022-02-10"}, ["CONSULT"]),
        ({"source": "Courier"}, ["ASSAULT", "ACCUSE"]),
        ({"limit": 1}, ["CONSULT"]),
    ],
)
def test_filters_find_whole_events(full: Case, filters: dict[str, Any], types: list[str]) -> None:
    events = full.merged(**filters)
    assert [e.type for e in events] == types
    if filters == {"source": "Courier"}:
        assert len(events[0].reports) == 2
