"""The reader around the stages: order, limits, warnings, errors, many documents at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import jsonschema
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import schema
from dragoman.errors import DragomanError, InputError, ReadingError
from dragoman.reader import Reader
from dragoman.records import Input, Reading
from dragoman.settings import Settings
from hand import stages, tokenize

TEXT = 'Putin met Macron on Monday. "We met and talked", said the president to the press.'
VALIDATOR = jsonschema.Draft202012Validator(schema.reading_schema())


def hand_reader(**settings: object) -> Reader:
    return Reader(Settings(**settings), stages=stages())  # type: ignore[arg-type]


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.document.warnings]


def test_what_the_stages_find_is_put_together() -> None:
    reading = hand_reader().read(TEXT, date="2022-02-09", title="A talk", source="Wire")
    assert [actor.id for actor in reading.actors] == ["putin", "macron", "we"]
    assert [(e.id, e.actors, e.statement) for e in reading.events] == [
        ("e1", ("putin", "macron"), None),
        ("e2", ("putin", "macron"), "s1"),
    ]
    (statement,) = reading.statements
    assert (statement.id, statement.speaker, statement.events) == ("s1", "putin", ("e2",))
    assert statement.content.text == "We met and talked"
    assert [reading.passage(time) for time in reading.times] == ["Monday"]
    assert reading.passage(reading.sentences[0]) == TEXT[:27]
    assert reading.document.title == "A talk"
    assert reading.document.published.date == "2022-02-09"


def test_the_text_is_kept_as_it_came() -> None:
    text = "  Putin\u00a0met\r\n\r\nMacron … “so”.\n"
    assert hand_reader().read(text).document.text == text


def test_a_reading_names_what_made_it() -> None:
    provenance = hand_reader().read(TEXT).provenance
    assert (provenance.schema, provenance.model) == ("dragoman.reading/1", "hand")


def test_what_is_given_takes_the_place_of_what_the_document_brings() -> None:
    document = Input(text=TEXT, id="a", title="Old", source="Wire")
    reading = hand_reader().read(document, title="New")
    assert (reading.document.id, reading.document.title) == ("a", "New")
    assert reading.document.source == "Wire"


def test_an_id_is_derived_from_the_address_else_from_the_text() -> None:
    read = hand_reader().read
    by_address = read(TEXT, url="https://example.org/a").document.id
    assert by_address == read(TEXT + " More.", url="https://example.org/a").document.id
    assert read(TEXT).document.id == read(TEXT, title="x").document.id
    assert len({by_address, read(TEXT).document.id, read(TEXT + " More.").document.id}) == 3


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_a_document_without_text_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(InputError, match="document wire-7 has no text"):
        hand_reader().read(Input(text=text, id="wire-7"))


@pytest.mark.parametrize("date", ["yesterday", "7/2/2022", "2022-13-01", "2022-02-30x", ""])
def test_a_date_that_is_none_is_an_error_that_says_how_to_write_it(date: str) -> None:
    with pytest.raises(InputError, match="no ISO date; write it as"):
        hand_reader().read(Input(text=TEXT, date=date))


@pytest.mark.parametrize(
    "date", ["2022-02-07", "2022-02-07T16:00", "2022-02-07T16:00:01Z", "2022-02-07 16:00+03:00"]
)
def test_dates_with_and_without_a_time_are_taken(date: str) -> None:
    assert hand_reader().read(TEXT, date=date).document.published.date == date


def test_a_long_text_is_cut_at_a_sentence_and_says_so() -> None:
    text = TEXT + " " + "Macron met the press again. " * 40
    reading = hand_reader(max_chars=300).read(text)
    kept = reading.document.text or ""
    assert len(kept) <= 300
    assert text.startswith(kept)
    assert kept.endswith(".")
    assert codes(reading) == ["text-cut", "date-unknown"]
    assert f"{len(text):,} characters" in reading.document.warnings[0].message


def test_a_long_text_without_an_end_is_cut_all_the_same() -> None:
    reading = hand_reader(max_chars=1000).read("x" * 5000)
    assert reading.document.text == "x" * 1000


def test_half_characters_are_replaced_and_offsets_stay() -> None:
    reading = hand_reader().read("Putin \ud83d met Macron.")
    assert reading.document.text == "Putin \ufffd met Macron."
    assert codes(reading) == ["text-repaired"]
    reading.to_json()


def test_a_text_in_another_language_is_kept_and_nothing_taken_from_it() -> None:
    text = "Le président français a rencontré son homologue russe lundi à Moscou, selon l'Élysée."
    reading = hand_reader().read(text, date="2022-02-09")
    assert codes(reading) == ["language-not-supported"]
    assert reading.document.language == "fr"
    assert (reading.events, reading.actors, reading.sentences) == ((), (), ())
    assert reading.document.published.date == "2022-02-09"


def test_without_a_date_the_reading_says_what_is_missing() -> None:
    assert codes(hand_reader().read(TEXT)) == ["date-unknown"]
    assert codes(hand_reader().read(TEXT, date="2022-02-09")) == []


@pytest.mark.parametrize(
    ("stages_in_time", "found", "missing"),
    [
        (1, "", "actors, statements, events, times and places"),
        (3, "times", "actors, statements, events and places"),
        (6, "times actors statements", "events were not"),
    ],
)
def test_a_document_that_takes_too_long_gives_what_is_done_and_says_what_is_not(
    stages_in_time: int, found: str, missing: str
) -> None:
    ticks = iter([0.0] + [1.0] * (stages_in_time - 1) + [100.0] * 9)
    reader = Reader(Settings(time_limit=10.0), stages=stages(), clock=lambda: next(ticks))
    reading = reader.read(TEXT, date="2022-02-09")
    notice = reading.document.warnings[0]
    assert notice.code == "time-limit"
    assert missing in notice.message
    assert [n for n in ("times", "actors", "statements") if getattr(reading, n)] == found.split()
    assert reading.events == ()
    assert reading.sentences


def test_without_a_limit_a_document_may_take_any_time() -> None:
    ticks = iter(range(0, 10**9, 10**6))
    reader = Reader(Settings(time_limit=0.0), stages=stages(), clock=lambda: float(next(ticks)))
    assert reader.read(TEXT, date="2022-02-09").events


def _fail(*_: object) -> Iterator[object]:
    raise RecursionError("too deep")


def test_a_fault_in_a_stage_is_an_error_that_names_the_document() -> None:
    reader = Reader(Settings(), stages=stages(code_events=_fail))
    with pytest.raises(ReadingError, match=r"document wire-7 could not be read.*RecursionError"):
        reader.read(Input(text=TEXT, id="wire-7"))


DOCUMENTS = [Input(text=f"Putin met Macron {n} times on Monday.", id=str(n)) for n in range(40)]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("batch_size", [1, 7, 100])
def test_readings_come_in_the_order_of_the_documents(workers: int, batch_size: int) -> None:
    readings = hand_reader().read_many(iter(DOCUMENTS), batch_size=batch_size, workers=workers)
    assert [reading.document.id for reading in readings] == [d.id for d in DOCUMENTS]


def test_a_stream_takes_no_more_than_a_batch_ahead() -> None:
    taken = 0

    def documents() -> Iterator[Input]:
        nonlocal taken
        for document in DOCUMENTS:
            taken += 1
            yield document

    readings = hand_reader().read_many(documents(), batch_size=5, workers=2)
    next(readings)
    assert taken <= 5
    readings.close()  # type: ignore[attr-defined]
    assert taken <= 5


@pytest.mark.parametrize("workers", [1, 3])
def test_a_bad_document_is_told_and_the_others_go_on(workers: int) -> None:
    troubles: list[tuple[str | None, DragomanError]] = []
    documents = [DOCUMENTS[0], Input(text="", id="bad"), DOCUMENTS[1]]
    readings = hand_reader().read_many(
        documents, workers=workers, on_error=lambda doc, error: troubles.append((doc.id, error))
    )
    assert [reading.document.id for reading in readings] == ["0", "1"]
    assert [id for id, _ in troubles] == ["bad"]


def test_without_a_listener_a_bad_document_raises() -> None:
    with pytest.raises(InputError, match="has no text"):
        list(hand_reader().read_many([TEXT, ""]))


def test_a_fault_in_the_source_of_documents_comes_through() -> None:
    def documents() -> Iterator[str]:
        yield TEXT
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        list(hand_reader().read_many(documents(), workers=2))


def test_a_reader_may_be_used_from_many_threads() -> None:
    shared, found = hand_reader(), {}
    alone = {d.id: hand_reader().read(d).to_json() for d in DOCUMENTS}

    def work(part: list[Input]) -> None:
        for document in part:
            found[document.id] = shared.read(document).to_json()

    threads = [threading.Thread(target=work, args=(DOCUMENTS[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


@given(st.text(max_size=200))
def test_any_text_gives_a_valid_reading_or_a_worded_error(text: str) -> None:
    if text.strip():
        VALIDATOR.validate(orjson.loads(hand_reader().read(text).to_json()))
    else:
        with pytest.raises(InputError, match="no text"):
            hand_reader().read(text)


def test_tokens_made_by_hand_cover_their_words() -> None:
    tokens = tokenize("Putin met Macron.")
    assert tokens.words == ["Putin", "met", "Macron", "."]


def test_events_below_the_least_confidence_are_left_out() -> None:
    sure, doubtful = Reader(Settings(), stages=stages()).read(TEXT, date="2022-02-09").events[:2]
    made = [replace(sure, confidence=0.7), replace(doubtful, confidence=0.69)]
    some = stages(code_events=lambda *_: made)
    reading = Reader(Settings(least_confidence=0.7), stages=some).read(TEXT, date="2022-02-09")
    assert [event.id for event in reading.events] == [sure.id]
    assert len(Reader(Settings(), stages=some).read(TEXT, date="2022-02-09").events) == 2
