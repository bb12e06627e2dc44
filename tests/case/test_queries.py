"""Asking a case: the same questions, the same answers, on both databases."""

from __future__ import annotations

import io
import json
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case, schema
from dragoman.case.formats import write_rows
from dragoman.case.fulltext import fts5
from dragoman.errors import UsageError
from dragoman.records import Input

DOCUMENTS = [
    Input(
        text="Emmanuel Macron met Vladimir Putin in Moscow on 2022-02-07. "
        "Emmanuel Macron said: “Europe needs new security guarantees now.”",
        title="Talks at a long table",
        date="2022-02-08",
        source="Gazette",
        id="visit",
    ),
    Input(
        text="Russia attacked Ukraine in Kyiv on 2022-02-24. "
        "Vladimir Putin said: “We had no other way.” France accused Russia.",
        title="War",
        date="2022-02-24",
        source="Courier",
        url="https://courier.org/war",
    ),
    Input(
        text="Vladimir Putin will meet Emmanuel Macron. Anna Ferro praised France.",
        date="2022-03-01",
        source="Gazette",
        id="plan",
    ),
]


@pytest.fixture
def full(case: Case, reader: FakeReader, clock: Clock) -> Case:
    for document in DOCUMENTS:
        case.add([document], reader=reader)
        clock.move(days=1)
    return case


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["CONSULT", "SUPPORT", "ASSAULT", "ACCUSE", "CONSULT"]),
        ({"actor": "RUS"}, ["CONSULT", "ASSAULT", "ACCUSE", "CONSULT"]),
        ({"actor": "Russia", "with_": "UKR"}, ["ASSAULT"]),
        ({"actor": "UKR", "with_": "Macron"}, []),
        ({"actor": "Putin"}, ["CONSULT", "CONSULT"]),
        ({"actor": "vladimir putin", "with_": "emmanuel-macron"}, ["CONSULT", "CONSULT"]),
        ({"actor": "Ferro"}, ["SUPPORT"]),
        ({"actor": "Nobody"}, []),
        ({"type": ["assault", "accuse"]}, ["ASSAULT", "ACCUSE"]),
        ({"status": "planned"}, ["CONSULT"]),
        ({"since": "2022-02-08"}, ["CONSULT", "SUPPORT", "ASSAULT", "ACCUSE"]),
        ({"since": "2022-02", "until": "2022-02"}, ["ASSAULT", "ACCUSE", "CONSULT"]),
        ({"place": "moscow"}, ["CONSULT"]),
        ({"place": "UKR"}, ["ASSAULT"]),
        ({"source": "Courier"}, ["ASSAULT", "ACCUSE"]),
        ({"document": 2}, ["ASSAULT", "ACCUSE"]),
        ({"text": "attacks"}, ["ASSAULT"]),
        ({"limit": 2}, ["CONSULT", "SUPPORT"]),
        ({"actor": "RUS", "limit": 2}, ["CONSULT", "ACCUSE"]),
        ({"actor": "RUS", "sort": "day", "limit": 2}, ["CONSULT", "ASSAULT"]),
        ({"sort": "score", "limit": 1}, ["ASSAULT"]),
        ({"as_known_at": "2022-02-07T11:59"}, ["CONSULT"]),
        ({"as_known_at": "2022-02-05"}, []),
        ({"min_confidence": 0.9}, []),
    ],
)
def test_events_by_filter(full: Case, filters: dict[str, Any], expected: list[str]) -> None:
    if isinstance(filters.get("type"), list):
        filters = {**filters, "type": tuple(filters["type"])}
    types = [row.type for row in full.events(**filters)]
    assert sorted(types) == sorted(expected)


def test_events_come_by_day_the_newest_first(full: Case) -> None:
    days = [row.day for row in full.events()]
    assert days == sorted(days, key=str, reverse=True)
    assert [row.day for row in full.events(actor="RUS", sort="day")] == sorted(
        row.day or "" for row in full.events(actor="RUS")
    )


def test_an_event_leads_to_span_document_reading_and_version(full: Case) -> None:
    (event,) = full.events(type="ASSAULT")
    assert full.text(event.document)[event.span_start : event.span_end] == "attacked"
    assert (event.actors, event.recipients) == (("RUS",), ("UKR",))
    assert (event.source, event.published, event.model) == ("Courier", "2022-02-24", "fake-1")
    with full.database.reading() as connection:
        readings = schema.readings
        row = connection.execute(sa.select(readings).where(readings.c.id == event.reading)).one()
    assert (row.document_id, row.model) == (event.document, event.model)


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("security guarantees", None, [("statement", 1), ("document", 1)]),
        ("guarantee", "Macron", [("statement", 1)]),
        ("guarantees", "Putin", []),
        ('"no other way"', None, [("statement", 2), ("document", 2)]),
        ('"other no way"', None, []),
        ("security OR way", "RUS", [("statement", 2)]),
        ("table -war", None, [("document", 1)]),
        ("Moscow", None, [("document", 1)]),
    ],
)
def test_search(full: Case, words: str, speaker: str | None, expected: list[Any]) -> None:
    found = [(hit.part, hit.document) for hit in full.search(words, speaker=speaker)]
    assert found == expected


@pytest.mark.parametrize("words", ["", "—", "-war", '""', "\x00"])
def test_a_search_without_words_is_told(full: Case, words: str) -> None:
    with pytest.raises(UsageError, match="names no word"):
        full.search(words)


@pytest.mark.parametrize(
    "words", ['"', "a AND", "NEAR(a b)", "col:umn", "a*", "(((", "' OR 1=1 --", "\\", "%_", "{x}"]
)
def test_no_words_break_a_search(full: Case, words: str) -> None:
    if any(c.isalnum() for c in words):
        list(full.search(words))
        list(full.events(text=words, actor=words, source=words, place=words, speaker=words))
    else:
        with pytest.raises(UsageError):
            full.search(words)


def test_query_words_become_quoted_terms() -> None:
    assert fts5('peace "long table" -war') == '("peace" AND "long table") NOT "war"'
    assert fts5("peace OR truce talks") == '("peace" OR "truce") AND "talks"'


def test_documents_statements_actors_times_places(full: Case) -> None:
    assert [row.source for row in full.documents(actor="UKR")] == ["Courier"]
    assert [row.name for row in full.documents(text="table")] == ["visit"]
    assert [row.events for row in full.documents(sort="number")] == [1, 2, 2]
    assert [row.speaker for row in full.statements(speaker="RUS")] == ["Vladimir Putin"]
    assert [row.passage for row in full.statements(text="guarantees")] == [
        "Europe needs new security guarantees now."
    ]
    counts = {row.id: row.documents for row in full.actors()}
    assert counts["vladimir-putin"] == 3
    assert counts["name:anna ferro"] == 1
    assert [row.id for row in full.actors(since="2022-02-24", until="2022-02-24")][:1] != []
    assert {row.id: row.documents for row in full.actors(as_known_at="2022-02-07T00:00")} == {
        "emmanuel-macron": 1,
        "vladimir-putin": 1,
    }
    assert [row.value for row in full.times()] == ["2022-02-07", "2022-02-24"]
    assert [row.value for row in full.times(since="2022-02-08")] == ["2022-02-24"]
    assert [(row.name, row.country) for row in full.places()] == [
        ("Kyiv", "UKR"),
        ("Moscow", "RUS"),
    ]


def test_rows_become_arrow_pandas_and_polars(full: Case) -> None:
    rows = full.events()
    arrow = rows.to_arrow()
    assert arrow.num_rows == 5
    assert arrow.schema.field("score").type == "double"
    assert rows.to_pandas()["type"].tolist() == arrow["type"].to_pylist()
    assert rows.to_polars()["type"].to_list() == arrow["type"].to_pylist()
    assert full.events(actor="Nobody").to_arrow().num_rows == 0


def test_formats_hold_the_same_rows(full: Case) -> None:
    from pyarrow import parquet

    rows = full.events()
    streams = {form: io.BytesIO() for form in ("json", "jsonl", "csv", "parquet")}
    for form, stream in streams.items():
        assert write_rows(rows, form, stream) == 5
    plain = orjson.loads(orjson.dumps([row.to_dict() for row in rows]))
    assert json.loads(streams["json"].getvalue()) == plain
    assert [json.loads(line) for line in streams["jsonl"].getvalue().splitlines()] == plain
    assert parquet.read_table(streams["parquet"]).to_pylist() == plain
    assert streams["csv"].getvalue().count(b"\n") >= 6


def test_cells_are_no_formulas(case: Case, reader: FakeReader) -> None:
    case.add([Input(text="France met Russia.", title="=HYPERLINK(1)", source="@x")], reader=reader)
    stream = io.BytesIO()
    write_rows(case.documents(), "csv", stream)
    assert b",'=HYPERLINK(1),'@x," in stream.getvalue()


@pytest.mark.parametrize("name", ["visit", "1", "long table"])
def test_a_document_by_any_name(full: Case, name: str) -> None:
    assert full.find_document(name) == 1
    assert full.find_document("http://www.courier.org/war?utm_source=x") == 2
    with pytest.raises(UsageError, match="no document"):
        full.find_document("elsewhere")


def test_faults_in_filters_are_told_at_once(full: Case) -> None:
    with pytest.raises(UsageError, match="no day"):
        full.events(since="yesterday")
    with pytest.raises(UsageError, match="no moment"):
        full.events(as_known_at="noon")
    with pytest.raises(UsageError, match="cannot sort"):
        list(full.events(sort="colour"))


@pytest.mark.parametrize("actor", [None, "RUS", "Putin"])
@pytest.mark.parametrize("sort", [None, "day", "-number", "confidence"])
def test_a_list_is_gone_through_in_pages(full: Case, actor: str | None, sort: str | None) -> None:
    whole = [row.number for row in full.events(actor=actor, sort=sort)]
    column = (sort or "-day").removeprefix("-")
    gone, after = [], None
    while page := list(full.events(actor=actor, sort=sort, after=after, limit=1)):
        gone.append(page[0].number)
        after = (getattr(page[0], column), page[0].number)
    assert gone == whole


def test_actors_are_gone_through_in_pages(full: Case) -> None:
    whole = [row.id for row in full.actors()]
    gone, after = [], None
    while page := list(full.actors(after=after, limit=2)):
        gone += [row.id for row in page]
        after = (page[-1].documents, page[-1].id)
    assert gone == whole
