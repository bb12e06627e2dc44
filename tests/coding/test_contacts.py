"""What is a contact and what is only speech; what a contact was about, and on which level."""

from __future__ import annotations

import pytest

from dragoman.reader import Reader
from dragoman.records import Event


def contacts(reader: Reader, text: str) -> list[Event]:
    return [e for e in reader.read(text, date="2017-09-08").events if e.type == "CONSULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Speaking to party members in Konya, President Erdogan said that Turkey wanted no quarrel.",
        "“Allies must settle this at a table,” a NATO official told reporters after the meeting.",
        "The Greek foreign minister spoke to journalists in Athens on Friday.",
    ],
)
def test_speaking_to_an_audience_is_no_contact(reader: Reader, text: str) -> None:
    assert contacts(reader, text) == []


def test_a_call_has_its_topic_without_the_other_side(reader: Reader) -> None:
    text = (
        "Federica Mogherini, the EU foreign policy chief, discussed the crisis with Secretary of "
        "State Rex Tillerson by telephone on Thursday."
    )
    [call] = contacts(reader, text)
    assert call.topics == ("the crisis",)
    assert len(call.actors) == 2


def test_a_time_is_no_topic_and_a_secretary_general_is_a_leader(reader: Reader) -> None:
    text = "NATO Secretary General Jens Stoltenberg telephoned Alexis Tsipras over the weekend."
    [call] = contacts(reader, text)
    assert call.topics == ()
    assert call.level == "leaders"
