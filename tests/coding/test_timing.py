"""The `when` of events in whole sentences, with the parse: what bounds, measures and dates them."""

from __future__ import annotations

import pytest

import dragoman

DAY = "2023-08-21"


def whens(text: str) -> list[tuple[str, str]]:
    events = dragoman.read(text, date=DAY).events
    return [(e.when.start, e.when.end) for e in events if e.when is not None]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Turkey has shelled the town since last week.", ("2023-08-14", DAY)),
        (
            "At least 68 civilians have been killed by Russian air strikes since Saturday.",
            ("2023-08-19", DAY),
        ),
        (
            "The vote in Niger on June 4 was close. Two days after the vote, the army arrested "
            "the president of Niger.",
            ("2023-06-06", "2023-06-06"),
        ),
        (
            "In the early hours of Sunday, Russia attacked Kyiv with drones.",
            ("2023-08-20T00:00", "2023-08-20T05:59"),
        ),
        (
            "Iran's foreign minister will visit Riyadh in two weeks.",
            ("2023-09-04", "2023-09-10"),
        ),
    ],
)
def test_an_event_has_the_time_that_its_sentence_tells(text: str, when: tuple[str, str]) -> None:
    assert whens(text) == [when]


def test_a_reports_own_day_before_its_text_is_that_of_no_event() -> None:
    text = "Monitors AFP Monday 21 Aug 2023 Russian air strikes killed 15 civilians in Idlib."
    assert whens(text) == []


def test_a_day_told_in_full_is_that_of_the_event_behind_a_preposition() -> None:
    text = "On Monday 21 August 2023 Russian air strikes killed 15 civilians in Idlib."
    assert whens(text) == [(DAY, DAY)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (
            "Militants raided the town in an August 6 attack that killed 29 rebels.",
            {("2023-08-06", "2023-08-06")},
        ),
        (
            "Zelensky said Russia violated its obligations, the UN Security Council resolution on "
            "Ukraine of February 17, 2015.",
            set(),
        ),
        ("Russia and Ukraine signed the treaty of 1997.", {("1997-01-01", "1997-12-31")}),
        (
            "Hundreds of Iranians gathered last week to celebrate the anniversary of the hostage "
            "crisis, when 52 American diplomats were held captive.",
            set(),
        ),
        (
            "On Friday and Saturday Turkey shelled the town.",
            {("2023-08-18", "2023-08-19")},
        ),
    ],
)
def test_whose_time_a_time_is(text: str, when: set[tuple[str, str]]) -> None:
    assert set(whens(text)) == when


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("That will be on Monday.", "2023-08-21"),
        ("The vote is on Friday.", "2023-08-25"),
        ("The vote was on Friday.", "2023-08-18"),
        ("On Friday, negotiations bore fruit.", "2023-08-18"),
        ("Drones hit the depot on Friday.", "2023-08-18"),
    ],
)
def test_a_day_lies_on_the_side_of_its_verb(text: str, value: str) -> None:
    assert [t.value for t in dragoman.read(text, date=DAY).times] == [value]


def test_a_deed_happened_when_what_it_did_was_done() -> None:
    text = "Kurdish leaders are troubled by a Turkish assault that last month drove them out."
    assert ("2023-07-01", "2023-07-31") in whens(text)


@pytest.mark.parametrize(
    "text",
    [
        "US sanctions were imposed on Iran last week in retaliation for a Houthi attack on Saudi "
        "Arabia.",
        "Sweeping US sanctions imposed on Russia last week as punishment for the attack on "
        "London help maintain unity.",
    ],
)
def test_what_is_answered_has_another_day(text: str) -> None:
    events = dragoman.read(text, date=DAY).events
    told = {e.type: e.when.start if e.when else None for e in events}
    assert told == {"SANCTION": "2023-08-14", "ASSAULT": None}


def test_a_journey_that_follows_another_has_not_its_day() -> None:
    events = dragoman.read(
        "Lavrov's trip to China followed a visit on Monday to Brussels.", date=DAY
    )
    assert [e.when for e in events.events] == [None]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("The army shelled Aleppo.", "Aleppo"),
        ("Rebels captured the town of Kobani.", "Kobani"),
        ("Mariupol was shelled by the Russian army.", "Mariupol"),
        ("The shelling of Aleppo killed ten people.", "Aleppo"),
        ("Soldiers detained the bishop of Matagalpa.", None),
    ],
)
def test_what_is_struck_is_where_it_is(text: str, where: str | None) -> None:
    (event,) = dragoman.read(text, date=DAY).events
    assert (event.where and event.where.name) == where


def test_a_place_that_is_shelled_does_not_shell() -> None:
    (event,) = dragoman.read("The shelling of Aleppo went on.", date=DAY).events or (None,)
    assert event is None or not event.actors
