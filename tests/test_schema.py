"""The schema says what the records are, and what is shipped is what the records say."""

from __future__ import annotations

from typing import Any

import jsonschema
import orjson
import pytest

from dragoman import schema
from dragoman.reader import Reader
from dragoman.settings import Settings
from hand import stages

VALIDATOR = jsonschema.Draft202012Validator(schema.reading_schema())


@pytest.fixture
def reading() -> dict[str, Any]:
    text = 'Putin met Macron on Monday. Putin said "we met and talked". '
    return Reader(Settings(), stages=stages()).read(text, date="2022-02-07").to_dict()


def test_the_shipped_schema_is_that_of_the_records() -> None:
    assert schema.shipped() == schema.dump(schema.reading_schema()), "run `make docs`"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.reading_schema())


def test_a_reading_is_valid(reading: dict[str, Any]) -> None:
    assert reading["events"]
    assert reading["statements"]
    VALIDATOR.validate(orjson.loads(orjson.dumps(reading)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "status"), "perhaps"),
        (("events", 0, "type"), "FIGHT"),
        (("events", 0, "confidence"), 1.5),
        (("events", 0, "tellings"), []),
        (("document", "published", "date"), "7 February"),
        (("document", "warnings"), None),
        (("provenance", "schema"), "dragoman.reading/2"),
        (("sentences", 0, "start"), -1),
        (("actors", 0, "extra"), 1),
    ],
)
def test_what_breaks_the_contract_is_not_valid(
    reading: dict[str, Any], path: tuple[str | int, ...], value: object
) -> None:
    *way, last = path
    place: Any = orjson.loads(orjson.dumps(reading))
    whole = place
    for step in way:
        place = place[step]
    place[last] = value
    assert not VALIDATOR.is_valid(whole)


def test_every_field_is_required_and_no_other_allowed() -> None:
    for definition in [schema.reading_schema(), *schema.reading_schema()["$defs"].values()]:
        assert definition["required"] == list(definition["properties"])
        assert definition["additionalProperties"] is False
