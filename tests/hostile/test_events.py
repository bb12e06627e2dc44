"""Texts that are no prose: events are read or not, but nothing breaks and nothing is made up."""

from __future__ import annotations

import time

import pytest

from dragoman.reader import Reader

TEXTS = {
    "a sentence of two thousand words": "The minister said that "
    + ", and that ".join(["Chad attacked Mali and Peru condemned the attack"] * 230)
    + ".",
    "clauses in clauses": "France accused Chad of " + "accusing Mali of " * 300 + "lying.",
    "one list of talks": ", ".join(["talks between France and Mali"] * 300),
    "a table": "Country\tTroops\tKilled\nChad\t190000\t15\nMali\t200000\t9\n" * 30,
    "a transcript": "Q: Will you meet him?\nMR. PRICE: The US imposed sanctions on Chad.\n" * 9,
    "a short message": "RT @who: BREAKING 🚨 Chad attacks #Mali!!! https://t.co/abc pls send help",
    "capitals": "CHAD INVADES MALI AS PARIS WARNS. BIDEN CONDEMNS ATTACK, IMPOSES SANCTIONS.",
    "odd word order": "By Chad has been on Monday the Mali attack made, of France said he.",
    "a table with bars": "| 3 March | France expelled two envoys of Mali |\n| 4 March | none |\n"
    * 20,
    "a machine's prose": "The president of Mali it has yesterday declared, that the troops of Chad "
    "have the city of Gao attacked and 12 soldier killed. " * 12,
    "points": "\n".join(f"- France met Mali {number}" for number in range(100)),
    "quotation marks": '"' * 500 + " Chad attacked Mali " + '"' * 500,
    "signs that are not seen": "Chad\u0000 attacked\u200b \u202eMali\u202c\ufeff.",
}
SECONDS = 20


@pytest.mark.parametrize("name", TEXTS)
def test_no_crash_and_no_trigger_that_is_not_in_the_text(reader: Reader, name: str) -> None:
    began = time.process_time()
    reading = reader.read(TEXTS[name], date="2022-03-10")
    assert time.process_time() - began < SECONDS
    text = reading.document.text or ""
    ids = {actor.id for actor in reading.actors}
    for event in reading.events:
        assert event.trigger
        assert all(text[span.start : span.end].strip() for span in event.trigger)
        assert {*event.actors, *event.recipients, *event.according_to} <= ids
        assert 0 <= event.sentence < len(reading.sentences)


def test_a_list_of_the_same_is_no_list_of_events(reader: Reader) -> None:
    reading = reader.read(TEXTS["points"], date="2022-03-10")
    assert 0 < len(reading.events) < 30


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("capitals", {"ASSAULT", "ACCUSE", "SANCTION"}),
        ("a transcript", {"SANCTION"}),
        ("a table with bars", {"SANCTION"}),
        ("a machine's prose", {"ASSAULT"}),
    ],
)
def test_what_such_texts_tell_plainly_is_read(reader: Reader, name: str, types: set[str]) -> None:
    assert types <= {event.type for event in reader.read(TEXTS[name], date="2022-03-10").events}


def test_a_telling_stands_in_its_sentence(reader: Reader) -> None:
    for text in TEXTS.values():
        reading = reader.read(text[:3000], date="2022-03-10")
        for event in reading.events:
            for telling in event.tellings:
                bounds = reading.sentences[telling.sentence]
                spans = telling.trigger
                assert all(bounds.start <= s.start < s.end <= bounds.end for s in spans)
