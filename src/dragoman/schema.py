"""The JSON Schema of a reading, derived from the annotations of the records.

The schema ships as `schemas/reading-1.json`; a test holds it to the records, and
`python -m dragoman schema --write FILE` writes it anew after a record has changed.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

import orjson

from dragoman import records

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SHIPPED: Final = "reading-1.json"
_SCALARS: Final[dict[object, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}
# What the annotations do not say: bounds and patterns, by record and field.
_BOUNDS: Final[dict[tuple[str, str], dict[str, Any]]] = {
    **{
        (record, field): {"minimum": 0}
        for record in ("Span", "Mention", "Content", "Time", "Place")
        for field in ("start", "end")
    },
    ("Event", "score"): {"minimum": -10, "maximum": 10},
    ("Event", "confidence"): {"minimum": 0, "maximum": 1},
    ("Event", "rank"): {"minimum": 1},
    ("Event", "sentence"): {"minimum": 0},
    ("Event", "count"): {"minimum": 0},
    ("Event", "trigger"): {"minItems": 1},
    ("Event", "tellings"): {"minItems": 1},
    ("Telling", "sentence"): {"minimum": 0},
    ("Published", "date"): {"pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$"},
    ("When", "start"): {"pattern": r"^-?\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$"},
    ("When", "end"): {"pattern": r"^-?\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$"},
    ("Provenance", "schema"): {"const": records.SCHEMA},
}


def reading_schema() -> dict[str, Any]:
    """The schema of `Reading.to_dict()`, built from the records as they are now."""
    definitions: dict[str, Any] = {}
    _define(records.Reading, definitions)
    reading = definitions.pop("Reading")
    return {
        "$schema": DIALECT,
        "$id": f"https://dragoman.invalid/{records.SCHEMA}",
        "title": records.SCHEMA,
        **reading,
        "$defs": dict(sorted(definitions.items())),
    }


def dump(schema: Mapping[str, Any]) -> bytes:
    """The schema as it is shipped and printed."""
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


@lru_cache(maxsize=1)
def shipped() -> bytes:
    """The schema in the package."""
    return files("dragoman").joinpath("schemas", SHIPPED).read_bytes()


def _define(record: type[records.Record], definitions: dict[str, Any]) -> None:
    """Enter a record, and those that it holds, among the definitions."""
    if record.__name__ in definitions:
        return
    definition: dict[str, Any] = {"type": "object"}
    definitions[record.__name__] = definition
    written = (record.__doc__ or "").strip()
    if written and not written.startswith(f"{record.__name__}("):
        definition["description"] = written
    hints = typing.get_type_hints(record, vars(records))
    names = [field.name for field in dataclasses.fields(record)]  # type: ignore[arg-type]
    definition["properties"] = {
        name: _of_type(hints[name], definitions) | _BOUNDS.get((record.__name__, name), {})
        for name in names
    }
    definition["required"] = names
    definition["additionalProperties"] = False


def _of_type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _SCALARS:
        return dict(_SCALARS[hint])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        return _of_union(arguments, definitions)
    if origin is tuple:
        return {"type": "array", "items": _of_type(arguments[0], definitions)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of_type(arguments[1], definitions)}
    if isinstance(hint, type) and issubclass(hint, records.Record):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"records use a type that the schema does not know: {hint!r}")


def _of_union(arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    options = [_of_type(argument, definitions) for argument in arguments]
    if all(set(option) == {"type"} for option in options):
        return {"type": [option["type"] for option in options]}
    if all("enum" in option or option == {"type": "null"} for option in options):
        return {"enum": [value for option in options for value in option.get("enum", [None])]}
    return {"anyOf": options}
