"""From plain data back to records: the other way of `Record.to_dict`.

The shape is read off the annotations of the records, so a field that is added there is read here.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import orjson

from dragoman import records
from dragoman.records import Actor, Candidate, Event, Mention, Record, Statement

_R = TypeVar("_R", bound=Record)


def event_from(data: Mapping[str, Any]) -> Event:
    return from_plain(Event, data)


def statement_from(data: Mapping[str, Any]) -> Statement:
    return from_plain(Statement, data)


def actor_from(row: Any, mentions: Iterable[Mention] = ()) -> Actor:
    """The actor of a row of the table of actors; its mentions stand in a table of their own."""
    extra = orjson.loads(row.data)
    return Actor(
        id=row.actor,
        name=row.name,
        kind=row.kind,
        code=row.code,
        sectors=tuple(row.sectors.split()),
        role=row.role,
        wikidata=row.wikidata,
        basis=row.basis,
        members=tuple(extra.get("members", ())),
        part_of=row.part_of,
        candidates=tuple(from_plain(Candidate, c) for c in extra.get("candidates", ())),
        mentions=tuple(mentions),
        assumed=extra.get("assumed", False),
    )


def from_plain(record: type[_R], data: Mapping[str, Any]) -> _R:
    """The record that `data` was made of; fields that it does not name keep their defaults."""
    readers = _readers(record)  # type: ignore[arg-type]
    return record(**{name: readers[name](value) for name, value in data.items() if name in readers})


@cache
def _readers(record: type[Record]) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(record, vars(records))
    return {f.name: _reader(hints[f.name]) for f in dataclasses.fields(record)}  # type: ignore[arg-type]


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [_reader(part) for part in get_args(hint) if part is not type(None)]
        return lambda value: None if value is None else inner[0](value)
    if origin is tuple:
        item = _reader(get_args(hint)[0])
        return lambda value: tuple(item(part) for part in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = _reader(get_args(hint)[1])
        return lambda value: {key: item(part) for key, part in value.items()}
    if isinstance(hint, type) and issubclass(hint, Record):
        return lambda value: from_plain(hint, value)
    return lambda value: value
