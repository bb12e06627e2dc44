"""Sentences in the manner of news reports, read by the shipped model: what is told, and how real.

Each row is a sentence, and the type and status of an event that must be among those read.
"""

from __future__ import annotations

import pytest

from dragoman.reader import Reader

ROWS = [
    ("Iran's government blamed the West for the unrest.", "ACCUSE", "happened"),
    ("The EU moved closer to adopting sanctions against Russia.", "SANCTION", "possible"),
    ("Mali's army was on the brink of attacking the rebels.", "ASSAULT", "possible"),
    ("The Israeli prime minister described the reports as false.", "REJECT", "happened"),
    ("President Putin said Russia would never accept the plan.", "REJECT", "happened"),
    ("Iran warned France that it will consider this an act of war.", "THREATEN", "happened"),
    ("Libya complained of a threatening message from the Chadian army.", "THREATEN", "happened"),
    ("The Kenyan president called a halt to a meeting with Sudan.", "REJECT", "happened"),
    ("Turkey could expand the offensive in Syria.", "ASSAULT", "possible"),
    ("The US said it would build a 30,000-strong border force in Syria.", "MOBILIZE", "planned"),
    ("Police clashed with protesters in Peru, and 20 people were killed.", "ASSAULT", "happened"),
    ("There were reports that Russia would block the UN resolution.", "REJECT", "planned"),
    ("Envoys of Chad left for talks with Sudan due to resume in Geneva.", "CONSULT", "planned"),
]


@pytest.mark.parametrize(("text", "type_", "status"), ROWS)
def test_what_is_told_and_how_real_it_is(
    reader: Reader, text: str, type_: str, status: str
) -> None:
    events = reader.read(text, date="2022-03-10").events
    assert (type_, status) in [(event.type, event.status) for event in events]


def test_an_invitation_opens_a_meeting(reader: Reader) -> None:
    events = reader.read("The Chinese president invited the French president.").events
    assert [(e.type, e.status) for e in events] == [("AGREE", "happened"), ("CONSULT", "possible")]
    assert set(events[1].actors) == set(events[0].actors + events[0].recipients)


def test_who_is_accused_by_a_pronoun_is_the_one_told_last(reader: Reader) -> None:
    text = "The Turkish president criticised Greece, accusing it of arming the islands."
    accusing = [e for e in reader.read(text).events if e.type == "ACCUSE"]
    assert any("GRC" in e.recipients for e in accusing)


def test_two_agreements_over_different_things_are_two(reader: Reader) -> None:
    text = "France and Iran agreed to stay in touch. France and Iran agreed to cut tariffs."
    assert len([e for e in reader.read(text).events if e.type == "AGREE"]) == 2


def test_the_dead_of_an_attack_are_told_with_it(reader: Reader) -> None:
    text = "Five soldiers were killed and two wounded in a rebel attack in Mali on Monday."
    (event,) = reader.read(text, date="2022-03-10").events
    assert event.type == "ASSAULT"
    assert event.size["killed"].low == 5
    assert event.when is not None
    assert event.when.start == "2022-03-07"


def test_the_dead_of_a_storm_are_no_event(reader: Reader) -> None:
    assert not reader.read("At least 20 people were killed in a storm in Peru.").events


def test_a_statement_speaks_for_who_issued_it(reader: Reader) -> None:
    text = "The Iraqi government issued a statement. The statement urged Turkey to withdraw."
    urged = [e for e in reader.read(text).events if e.type == "REQUEST"]
    assert [bool(e.actors) for e in urged] == [True]
    assert urged[0].recipients == ("TUR",)
