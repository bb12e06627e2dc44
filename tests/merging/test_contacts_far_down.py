"""What stories recall far below their news, and what is no meeting: not in the register."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.merging import Report, merge
from dragoman.merging.contacts import ContactRow, contacts
from merging.made import FRA, MACRON, PUTIN, RUS, UKR, report

MET = "Macron met Putin over dinner, an aide said."


def meeting(**fields: object) -> Report:
    values = {
        "type": "CONSULT",
        "actors": (MACRON, PUTIN),
        "recipients": (),
        "start": None,
        "precision": None,
        "trigger": "met",
        "passage": MET,
        "method": "frame:meet",
    }
    return report(1, **{**values, **fields})


def rows(*reports: Report, history: bool = False) -> list[ContactRow]:
    return contacts(merge(list(reports)), history=history)


def test_a_meeting_far_down_is_recalled() -> None:
    assert rows(meeting(span_start=300))
    assert not rows(meeting(span_start=4_000))
    assert rows(meeting(span_start=4_000), history=True)


def test_who_is_told_further_up_meets_others_far_down() -> None:
    visit = {"recipients": (UKR,), "actors": (MACRON,), "mode": "visit", "method": "frame:visit"}
    held = {"trigger": "visited", "passage": "Macron visited Kyiv.", "start": "2022-02-24"}
    up = meeting(**visit, **held, precision="day", span_start=0)
    down = replace(meeting(span_start=4_000), id="1:e2", key="k2")
    assert {row.parties for row in rows(up, down)} == {
        (MACRON.key, UKR.key),
        (MACRON.key, PUTIN.key),
    }


@pytest.mark.parametrize(
    "fields",
    [{"start": "2022-02-24", "precision": "day"}, {"tier": "official"}, {"status": "planned"}],
)
def test_days_plans_and_offices_are_news_wherever_they_stand(fields: dict[str, object]) -> None:
    assert rows(meeting(span_start=4_000, **fields))


def test_the_headline_of_another_story_is_recalled() -> None:
    shouted = MET.upper()
    assert not rows(meeting(span_start=900, passage=shouted, trigger="MET"))
    assert rows(meeting(span_start=0, passage=shouted, trigger="MET", title=shouted))


BROKERED = [
    ("France brokered a truce between Russia and Ukraine.", False),
    ("The talks in Nice were brokered by France and Russia.", False),
    ("France brokered talks between Russia and Ukraine.", True),
]


@pytest.mark.parametrize(("passage", "listed"), BROKERED)
def test_what_is_brokered(passage: str, listed: bool) -> None:
    told = meeting(
        actors=(FRA, RUS, UKR), trigger="brokered", passage=passage, method="frame:mediate",
        start="2022-02-24", precision="day",
    )  # fmt: skip
    assert bool(rows(told)) == listed
