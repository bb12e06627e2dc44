"""Facts of an article against a reading written by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import DataError, InputError
from dragoman.evaluate.facts import Article, check, read_articles
from dragoman.records import (
    Actor,
    Content,
    Document,
    Event,
    Input,
    Mention,
    Provenance,
    Published,
    Reading,
    Size,
    Span,
    Statement,
    Telling,
    When,
    Where,
)

TEXT = "Macron meets Putin in Moscow on Monday around 4 p.m. He said he was “ready” to talk."
SECOND = TEXT.index("He said")


def _reading() -> Reading:
    trigger = (Span(7, 12),)
    telling = Telling(sentence=0, trigger=trigger, status="planned")
    denied = Telling(sentence=1, trigger=trigger, status="cancelled")
    monday = When(
        start="2022-02-07T16:00", end="2022-02-07T16:00", precision="minute", text="Monday"
    )
    return Reading(
        document=Document(
            id="d", text=TEXT, published=Published(date="2022-02-07", basis="inferred")
        ),
        sentences=(Span(0, SECOND - 1), Span(SECOND, len(TEXT))),
        actors=(
            Actor(
                id="emmanuel-macron",
                name="Emmanuel Macron",
                kind="person",
                code="FRA",
                sectors=("GOV",),
                mentions=(Mention(start=0, end=6, text="Macron", form="name"),),
            ),
            Actor(id="vladimir-putin", name="Vladimir Putin", kind="person", code="RUS"),
            Actor(id="x1", name="the two leaders", kind="bloc", members=("emmanuel-macron", "RUS")),
            Actor(id="RUS", name="Russia", kind="state", code="RUS"),
        ),
        events=(
            Event(
                id="e1",
                type="CONSULT",
                mode="visit",
                medium="in-person",
                actors=("emmanuel-macron", "vladimir-putin"),
                status="planned",
                when=monday,
                where=Where(text="Moscow", name="Moskva"),
                count=3,
                size={"troops": Size(low=100, high=None, text="100")},
                statement="s1",
                trigger=trigger,
                sentence=0,
                tellings=(telling, denied),
                score=1.0,
                confidence=0.9,
                method="frame:meet",
            ),
        ),
        statements=(
            Statement(
                id="s1",
                speaker="emmanuel-macron",
                speaker_text="He",
                named=True,
                content=Content(
                    start=SECOND + 8,
                    end=len(TEXT),
                    text=TEXT[SECOND + 8 :],
                    pieces=(Span(SECOND + 8, SECOND + 22), Span(SECOND + 22, len(TEXT))),
                ),
                quoted=True,
            ),
        ),
        times=(),
        places=(),
        provenance=Provenance(dragoman="0", model="m", directory="d"),
    )


def _held(fact: dict[str, Any]) -> bool:
    asked = {"id": "F", "what": "it", **fact}
    checked = check(Article("a", Input(text=TEXT), (asked,), ()), _reading())
    return checked.held == 1


@pytest.mark.parametrize(
    ("conditions", "held"),
    [
        ({"type": "CONSULT"}, True),
        ({"type": ["AGREE", "CONSULT"]}, True),
        ({"type": "AGREE"}, False),
        ({"medium": "in-person"}, True),
        ({"medium": "visit"}, True),
        ({"mode": "visit"}, True),
        ({"status": "planned"}, True),
        ({"status": "cancelled"}, True),  # its second telling
        ({"status": "cancelled", "sentence": "meets Putin"}, False),
        ({"status": "cancelled", "sentence": "he was ready to"}, True),
        ({"background": False}, True),
        ({"count": 3}, True),
        ({"size": 100}, True),
        ({"size": 200}, False),
        ({"among": ["Macron|FRA", "Putin"]}, True),
        ({"among": ["Zelensky"]}, False),
        ({"actors": ["^FRA$"]}, True),
        ({"recipients": ["FRA"]}, False),
        ({"when": ["2022-02-07", "2022-02-07"]}, True),
        ({"when": ["2022-02-08", "2022-02-09"]}, False),
        ({"when_hour": 16}, True),
        ({"when_hour": 15}, False),
        ({"when_text": "monday"}, True),
        ({"where": "moscow|kyiv"}, True),
        ({"where": "minsk"}, False),
        ({"according_to": "Macron"}, True),
        ({"according_to": "Putin"}, False),
    ],
)
def test_conditions_of_events(conditions: dict[str, Any], held: bool) -> None:
    assert _held({"event": conditions}) is held


@pytest.mark.parametrize(
    ("conditions", "held"),
    [
        ({"speaker": "Macron"}, True),
        ({"speaker": "Putin"}, False),
        ({"speaker_text": "he"}, True),
        ({"content": "he was ready"}, True),
        ({"content": "he was not"}, False),
        ({"quoted": True, "named": True, "hedged": False, "kind": "claim"}, True),
        ({"kind": "denial"}, False),
    ],
)
def test_conditions_of_statements(conditions: dict[str, Any], held: bool) -> None:
    assert _held({"statement": conditions}) is held


@pytest.mark.parametrize(
    ("fact", "held"),
    [
        ({"actor": {"who": "Macron", "code": "FRA", "sector": "GOV"}}, True),
        ({"actor": {"who": "Macron", "sector": "MIL"}}, False),
        ({"actor": {"who": "RUS", "mention_texts": ["Moscow"]}}, False),
        ({"actor": {"who": "leaders", "code": None}}, True),
        ({"actor": {"who": "FRA", "mention_texts": ["macron's"]}}, True),
        ({"actor_codes": ["FRA", "RUS"]}, True),
        ({"actor_codes": ["FRA", "USA"]}, False),
        ({"document": {"published": ["2022-02-06", "2022-02-08"]}}, True),
        ({"document": {"published": ["2023-01-01", "2023-12-31"]}}, False),
    ],
)
def test_conditions_of_actors_and_the_day_of_publication(fact: dict[str, Any], held: bool) -> None:
    assert _held(fact) is held


def test_a_time_much_longer_than_asked_for_does_not_answer() -> None:
    reading = _reading()
    year = When(start="2022-01-01", end="2022-12-31", precision="year", text="2022")
    reading = replace(reading, events=(replace(reading.events[0], when=year),))
    fact = {"id": "T", "what": "w", "event": {"when": ["2022-02-07", "2022-02-07"]}}
    assert check(Article("a", Input(text=TEXT), (fact,), ()), reading).missing == (fact,)


def test_errors_made_are_told_apart_from_facts_missing() -> None:
    facts = ({"id": "C1", "what": "w", "event": {"type": "AID"}},)
    forbidden = ({"id": "F1", "what": "w", "event": {"type": "CONSULT"}},)
    checked = check(Article("a", Input(text=TEXT), facts, forbidden), _reading())
    assert (checked.held, checked.missing, checked.made) == (0, facts, forbidden)


def test_an_unknown_condition_is_refused_by_name() -> None:
    with pytest.raises(DataError, match=r"'F' has conditions that are not known: colour"):
        _held({"event": {"colour": "red"}})


def test_articles_are_read_from_their_folders(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    (folder / "meta.json").write_text(json.dumps({"published": "2022-02-07", "title": ""}))
    (folder / "gold.json").write_text(json.dumps({"facts": [], "forbidden": []}))
    (article,) = read_articles(tmp_path)
    assert article.document == Input(text=TEXT, date="2022-02-07")
    assert next(read_articles(folder)).name == "one"
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no articles"):
        list(read_articles(tmp_path / "empty"))
    with pytest.raises(InputError, match="is no folder"):
        list(read_articles(tmp_path / "none"))
