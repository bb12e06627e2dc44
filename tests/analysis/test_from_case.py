"""From a case to the events of analyses: what was known on a day, what a tier alone tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from case.fake_reader import FakeReader
from dragoman.analysis.from_case import case_events, events_as_of, last_day
from dragoman.case import Case, Filter
from dragoman.case.reports import reports_of
from dragoman.errors import UsageError
from dragoman.merging.views import merged_rows
from dragoman.records import Input

TEXTS = [
    ("2022-02-07", "Reuters", "Russia threatened Ukraine. It was said on Monday in the capital."),
    ("2022-02-09", "TASS", "Ukraine accused Russia. The ministry told the press on Wednesday."),
    ("2022-02-10", "Reuters", "France praised Ukraine. An envoy said so in the evening."),
]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(str(tmp_path / "crisis.db")) as made:
        inputs = [
            Input(text=text, date=day, source=source, id=f"d{number}")
            for number, (day, source, text) in enumerate(TEXTS)
        ]
        made.add(inputs, reader=FakeReader())
        yield made


def test_events_have_their_parties_sources_and_reports(case: Case) -> None:
    threat = case_events(case, actor="RUS")[0]
    assert (threat.type, threat.who[0].code, threat.whom[0].code) == ("THREATEN", "RUS", "UKR")
    assert threat.tellings[0].source == "Reuters"
    assert threat.trace


def test_what_came_later_is_not_known_on_a_day(case: Case) -> None:
    assert [e.type for e in events_as_of(case, "2022-02-08")] == ["THREATEN"]
    assert len(events_as_of(case, "2022-02-10")) == len(TEXTS)
    assert last_day(case) == "2022-02-10"


def test_a_tier_alone_tells_its_own_events(case: Case) -> None:
    told = case_events(case, tier="agency")
    assert {e.type for e in told} == {"THREATEN", "SUPPORT"}
    assert {e.type for e in case_events(case, tier="state media")} == {"ACCUSE"}
    with pytest.raises(UsageError, match="no tier 'rumour'"):
        case_events(case, tier="rumour")


def test_a_tier_is_asked_of_merged_events_and_of_what_is_said(case: Case) -> None:
    assert {e.type for e in case.merged(tier="agency")} == {"THREATEN", "SUPPORT"}
    assert {s.tier for s in case.said(tier="agency")} <= {"agency"}
    assert [r.source for r in reports_of(case, Filter(tier="state-media"))] == ["TASS"]
    row = next(iter(merged_rows(case.merged(tier="state-media"))))
    assert row.tiers == ("state-media 1",)


def test_faults_of_a_question_are_told(case: Case) -> None:
    with pytest.raises(UsageError, match="no day lies from 2023 to 2022"):
        case.merged(since="2023", until="2022")
    with pytest.raises(UsageError, match="no status held"):
        case.merged(status="held")


def test_a_case_tells_under_which_keys_it_knows_an_actor(case: Case) -> None:
    assert case.known_as("Russia") == ["RUS"]
    assert case.known_as("Nobody") == []


def test_an_event_keeps_its_id_when_some_of_its_reports_are_left_out(case: Case) -> None:
    whole = {e.id for e in case_events(case)}
    assert {e.id for e in case_events(case, tier="agency")} <= whole
    assert {e.id for e in events_as_of(case, "2022-02-09")} <= whole
