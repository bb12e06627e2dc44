"""What is shown of a reading, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.records import Actor, Reading, Span, When
from dragoman.show import digest
from dragoman.show.dates import day_of, when_in_words
from sample import READING, TEXT, span


def test_every_event_is_in_one_section() -> None:
    shown = {section.title: [e.id for e in section.entries] for section in digest.sections(READING)}
    assert shown == {
        "Contacts": ["e5"],
        "Planned": ["e1"],
        "Accusations and denials": ["e2"],
        "Force, sanctions, protest": ["e3"],
        "Background": ["e4"],
    }


def _entry(id: str, reading: Reading = READING) -> digest.Entry:
    entries = (e for section in digest.sections(reading) for e in section.entries)
    return next(entry for entry in entries if entry.id == id)


@pytest.mark.parametrize(
    ("id", "what", "who", "details"),
    [
        ("e1", "meeting", "Emmanuel Macron and Vladimir Putin", "Mon 7 February 2022|Moscow"),
        ("e2", "denial", "Kremlin → United States", ""),
        (
            "e3",
            "troops moved",
            "(who is not told)",
            "100,000 troops|according to United States",
        ),
        ("e4", "talks ×2", "Emmanuel Macron and Vladimir Putin", "June 2019 – August 2019"),
        ("e5", "summit or conference", "(who is not told)", ""),
    ],
)
def test_an_event_in_words(id: str, what: str, who: str, details: str) -> None:
    entry = _entry(id)
    assert (entry.what, entry.who, "|".join(entry.details)) == (what, who, details)


def test_the_words_that_tell_an_event_are_marked_in_its_sentence() -> None:
    section = digest.sections(READING)[2]
    (passage,) = [told.sentence for told in section.told]
    assert [passage.text[start:end] for start, end in passage.marks] == ["denied"]
    assert passage.text.startswith("The Kremlin denied that 100,000 soldiers")


def test_a_long_sentence_is_cut_around_what_is_marked() -> None:
    text = "one two " * 100 + "met " + "three four " * 100
    start = text.index("met")
    passage = digest.passage(text, Span(0, len(text)), [Span(start, start + 3)])
    assert len(passage.text) < 345
    assert [passage.text[a:b] for a, b in passage.marks] == ["met"]
    assert passage.text.startswith("…")
    assert passage.text.endswith("…")


def test_sayings_are_gathered_by_speaker() -> None:
    adviser, kremlin = digest.speakers(READING)
    assert (adviser.name, adviser.named) == ("an adviser", False)
    assert (kremlin.name, kremlin.named) == ("Kremlin", True)
    assert kremlin.sayings[0].notes == ("reportedly", "in answer to an adviser")


def test_a_text_cannot_steer_what_shows_it() -> None:
    evil = "\x1b[2J\u202eevil\x9b\x07 \nname"
    reading = replace(READING, actors=(replace(READING.actors[0], name=evil), *READING.actors[1:]))
    shown = _entry("e1", reading).who
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "\u202e" not in shown
    assert "\n" not in shown
    assert "name" in shown


def test_without_the_text_an_event_is_still_shown() -> None:
    bare = READING.without_text()
    assert _entry("e1", bare).who == "Emmanuel Macron and Vladimir Putin"
    assert {told.sentence.text for s in digest.sections(bare) for told in s.told} == {""}


def test_events_that_one_sentence_tells_stand_over_it_together() -> None:
    other = replace(READING.events[1], id="e9", trigger=(span("as Washington says"),))
    section = digest.sections(replace(READING, events=(*READING.events, other)))[2]
    (told,) = section.told
    assert [entry.id for entry in told.entries] == ["e2", "e9"]
    marked = [told.sentence.text[start:end] for start, end in told.sentence.marks]
    assert marked == ["denied", "as Washington says"]


def test_a_group_stands_for_its_members() -> None:
    group = Actor(id="x2", name="the two", kind="bloc", members=("emmanuel-macron", "kremlin"))
    ids = ("x2", "emmanuel-macron", "kremlin", "USA")
    event = replace(READING.events[0], actors=ids)
    reading = replace(READING, actors=(*READING.actors, group), events=(event,))
    assert _entry("e1", reading).who == "the two and United States"


def test_without_a_title_the_text_begins() -> None:
    document = replace(READING.document, title=None)
    title, _ = digest.headline(replace(READING, document=document))
    assert title == "President Emmanuel Macron is expected in Moscow on Monday …"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (("2022-02-07", "2022-02-07", "day"), "Mon 7 February 2022"),
        (("2022-02-07T16:00", "2022-02-07T16:00", "hour"), "Mon 7 February 2022, 16:00"),
        (
            ("2022-02-06T18:00", "2022-02-06T22:00", "part-of-day"),
            "Sun 6 February 2022, 18:00–22:00",
        ),
        (("2022-01-31", "2022-02-06", "week"), "Mon 31 January – Sun 6 February 2022"),
        (("2021-12-27", "2022-01-02", "week"), "Mon 27 December 2021 – Sun 2 January 2022"),
        (("2022-02-01", "2022-02-28", "month"), "February 2022"),
        (("2014-01-01", "2014-12-31", "year"), "2014"),
        (("XXXX", "XXXX", "day"), "XXXX to XXXX"),
    ],
)
def test_times_in_words(when: tuple[str, str, str], words: str) -> None:
    start, end, precision = when
    assert when_in_words(When(start=start, end=end, precision=precision, text="")) == words  # type: ignore[arg-type]


def test_a_time_that_is_hedged_says_so() -> None:
    when = When(start="2022-02-07", end="2022-02-07", precision="day", text="", about=True)
    assert when_in_words(when) == "about Mon 7 February 2022"


def test_a_day_that_is_none_is_shown_as_it_is() -> None:
    assert day_of("soon") == "soon"


def test_the_sample_is_consistent() -> None:
    assert span("Moscow") == Span(TEXT.index("Moscow"), TEXT.index("Moscow") + 6)
