"""Real readings, with the shipped model: the contract holds for any text, and for any company."""

from __future__ import annotations

import json
import random
import threading
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import schema
from dragoman.reader import Reader
from dragoman.records import Input, Reading
from dragoman.sources import jsonl

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DOCUMENTS = [d for d in jsonl.load(EXAMPLES / "crisis.jsonl") if isinstance(d, Input)]
TEXTS = [document.text for document in DOCUMENTS]
VALIDATOR = jsonschema.Draft202012Validator(schema.reading_schema())


def check(reading: Reading) -> None:
    """What holds for every reading: schema, offsets that fit the text, ids that lead somewhere."""
    data = json.loads(reading.to_json())
    VALIDATOR.validate(data)
    text = data["document"]["text"]
    for part in _with_text(data):
        assert text[part["start"] : part["end"]] == part["text"]
        assert part["start"] < part["end"]
    actors = [actor["id"] for actor in data["actors"]]
    statements = [statement["id"] for statement in data["statements"]]
    events = [event["id"] for event in data["events"]]
    for ids in (actors, statements, events):
        assert len(ids) == len(set(ids))
    assert _named(data) <= set(actors)
    for statement in data["statements"]:
        assert {statement["answers"], statement["inside"]} - {None} <= set(statements)
        assert set(statement["events"]) <= set(events)
    for event in data["events"]:
        assert event["sentence"] in [telling["sentence"] for telling in event["tellings"]]
        sentence = data["sentences"][event["sentence"]]
        for span in event["trigger"]:
            assert sentence["start"] <= span["start"] < span["end"] <= sentence["end"]
        for teller in (event, *event["tellings"]):
            assert teller["statement"] in (None, *statements)


def _with_text(data: dict[str, Any]) -> list[dict[str, Any]]:
    mentions = [mention for actor in data["actors"] for mention in actor["mentions"]]
    contents = [statement["content"] for statement in data["statements"]]
    return [*mentions, *contents, *data["times"], *data["places"]]


def _named(data: dict[str, Any]) -> set[str]:
    """Every id of an actor that the reading uses."""
    used: list[str | None] = []
    for event in data["events"]:
        used += [*event["actors"], *event["recipients"], *event["according_to"]]
        used += [event["initiator"]]
        used += [id for telling in event["tellings"] for id in telling["according_to"]]
    for statement in data["statements"]:
        used += [statement["speaker"], statement["to"]]
    for actor in data["actors"]:
        used += actor["members"]
    return {id for id in used if id is not None}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_the_examples_are_read(reader: Reader, document: Input) -> None:
    reading = reader.read(document)
    check(reading)
    assert reading.events
    assert reading.statements
    assert reading.document.warnings == ()
    assert {"GRC", "TUR"} <= {actor.code for actor in reading.actors}


def test_a_reading_depends_on_its_document_alone(reader: Reader) -> None:
    alone = {d.id: reader.read(d).to_json() for d in DOCUMENTS[:6]}
    mixed = DOCUMENTS[:6] * 2
    random.Random(7).shuffle(mixed)
    for workers, batch_size in ((1, 1), (2, 3), (4, 12)):
        for reading in reader.read_many(mixed, workers=workers, batch_size=batch_size):
            assert reading.to_json() == alone[reading.document.id]


def test_threads_do_not_disturb_each_other(reader: Reader) -> None:
    alone = [reader.read(document).to_json() for document in DOCUMENTS[:4]]
    found: list[list[str]] = [[] for _ in range(3)]

    def work(mine: list[str]) -> None:
        mine.extend(reader.read(document).to_json() for document in DOCUMENTS[:4])

    threads = [threading.Thread(target=work, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 3


@st.composite
def rough_texts(draw: st.DrawFn) -> str:
    """Pieces of real reports, cut anywhere, joined and strewn with marks."""
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(TEXTS))
        start = draw(st.integers(0, len(text) - 2))
        pieces.append(text[start : start + draw(st.integers(1, 160))])
        pieces.append(draw(st.sampled_from([" ", "", "\n\n", "“", '"', "—", " . ", "«", "’", "5"])))
    return "".join(pieces) + "."


@given(text=rough_texts(), date=st.none() | st.just("2017-09-13"))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rough_texts_are_read(reader: Reader, text: str, date: str | None) -> None:
    check(reader.read(text, date=date))


@given(text=st.text(min_size=1, max_size=80).filter(str.strip))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read(reader: Reader, text: str) -> None:
    check(reader.read(text))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 3000,
        "Macron, " * 2000,
        "“" * 500 + "said Macron.",
        "said " * 400,
        "a" * 20_000,
        "Macron said Putin said " * 200 + "no.",
        "\n".join(["Macron"] * 800),
        "(" * 2000 + "Paris" + ")" * 2000,
    ],
    ids=["words", "commas", "quotes", "said", "one word", "nested", "lines", "brackets"],
)
def test_texts_made_to_hurt_are_read(reader: Reader, text: str) -> None:
    check(reader.read(text))
