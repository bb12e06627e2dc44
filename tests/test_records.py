"""Records are values: they compare, turn into plain data, and come back from it."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from types import NoneType
from typing import Any, Literal

import jsonschema
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import records, schema
from dragoman.records import Document, Event, Mention, Notice, Reading, Record, Size, Span, Telling

VALIDATOR = jsonschema.Draft202012Validator(schema.reading_schema())
SIZES = st.integers(0, 2**53)
TRIGGER = st.lists(st.builds(Span, SIZES, SIZES), min_size=1, max_size=2).map(tuple)
ISO = st.dates().map(lambda day: day.isoformat())
BOUNDED: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("Event", "score"): st.floats(-10, 10),
    ("Event", "confidence"): st.floats(0, 1),
    ("Event", "trigger"): st.lists(st.builds(Span, SIZES, SIZES), min_size=1, max_size=2).map(
        tuple
    ),
    ("Event", "rank"): st.integers(1, 9),
    ("Published", "date"): st.none() | ISO,
    ("When", "start"): ISO,
    ("When", "end"): ISO,
    ("Provenance", "schema"): st.just(records.SCHEMA),
}


def _any(hint: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation, built from the annotation alone."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_any(arguments[0]), max_size=2).map(tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(st.text(max_size=5), _any(arguments[1]), max_size=2)
    if arguments:
        return st.one_of(*(_any(argument) for argument in arguments))
    if isinstance(hint, type) and issubclass(hint, Record):
        return _record(hint)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        bool: st.booleans(),
        int: st.integers(0, 2**53),
        float: st.floats(-180, 180, allow_nan=False),
        str: st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    }
    return simple[hint]


def _record(record: type[Record]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(record)
    fields = {}
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        values = BOUNDED.get((record.__name__, field.name), _any(hints[field.name]))
        fields[field.name] = values
    if record is Event:
        fields["tellings"] = st.lists(_record(Telling), min_size=1, max_size=2).map(tuple)
    return st.builds(record, **fields)


@given(_record(Reading))
def test_a_reading_comes_back_from_its_json(reading: Reading) -> None:
    assert Reading.from_dict(orjson.loads(reading.to_json())) == reading


@given(_record(Reading))
def test_every_reading_is_valid(reading: Reading) -> None:
    VALIDATOR.validate(orjson.loads(reading.to_json()))


@given(_record(Reading))
def test_the_fields_stand_in_their_order(reading: Reading) -> None:
    names = [field.name for field in dataclasses.fields(reading)]
    assert list(reading.to_dict()) == names


def test_records_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Span(0, 1).start = 2  # type: ignore[misc]


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="Span has no field length"):
        Span.from_dict({"start": 0, "end": 1, "length": 1})


def test_records_inside_a_mapping_come_back() -> None:
    size = Size(low=100, high=None, text="more than 100")
    assert records._record(Mapping[str, Size], {"troops": size.to_dict()}) == {"troops": size}


def test_optional_records_come_back() -> None:
    document = Document(id="a", warnings=(Notice(code="text-cut", message="Cut."),))
    assert Document.from_dict(document.to_dict()) == document


def test_a_passage_is_the_text_between_its_offsets() -> None:
    reading = _reading("Élysée says so")
    mention = Mention(start=0, end=6, text="Élysée", form="name")
    assert reading.passage(mention) == "Élysée"


def test_a_reading_without_text_keeps_everything_else() -> None:
    reading = _reading("Some words.")
    bare = reading.without_text()
    assert bare.document.text is None
    assert bare.document.id == reading.document.id
    assert bare.passage(Span(0, 4)) == ""


def test_an_actor_is_found_by_its_id() -> None:
    with pytest.raises(KeyError):
        _reading("x").actor("FRA")


def _reading(text: str) -> Reading:
    return Reading(
        document=Document(id="a", text=text),
        sentences=(),
        actors=(),
        events=(),
        statements=(),
        times=(),
        places=(),
        provenance=records.Provenance(dragoman="0", model="m", directory="d"),
    )
