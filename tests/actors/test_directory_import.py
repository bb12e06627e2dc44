"""Actors of other projects become entries of a user's file that the directory accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.actors.directory import Directory
from dragoman.actors.directory_import import import_file, iso_date, office_of, to_toml
from dragoman.errors import DataError


def _item(id: str, label: str = "") -> dict[str, Any]:
    value: dict[str, Any] = {"id": id}
    if label:
        value["label"] = label
    return {"datavalue": {"value": value}}


def _time(text: str) -> dict[str, Any]:
    return {"datavalue": {"value": {"time": text}}}


WIKIDATA = {
    "id": "Q900001",
    "labels": {"en": {"value": "Ilse Brandtner"}},
    "aliases": {"en": [{"value": "I. Brandtner"}]},
    "claims": {
        "P31": [{"mainsnak": _item("Q5")}],
        "P21": [{"mainsnak": _item("Q6581072")}],
        "P569": [{"mainsnak": _time("+1961-04-00T00:00:00Z")}],
        "P39": [
            {
                "mainsnak": _item("Q1", "Minister of Foreign Affairs"),
                "qualifiers": {
                    "P580": [_time("+2011-06-01T00:00:00Z")],
                    "P582": [_time("+2014-00-00T00:00:00Z")],
                },
            }
        ],
    },
}
POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Tomas Reyes",
            "other_names": [{"name": "T. Reyes"}],
            "gender": "male",
            "birth_date": "1970-01-02",
            "identifiers": [{"scheme": "wikidata", "identifier": "Q900002"}],
        },
        {"id": "p2", "name": ""},
    ],
    "organizations": [{"id": "o1", "name": "Senate"}],
    "memberships": [
        {"person_id": "p1", "organization_id": "o1", "role": "Speaker", "start_date": "2010"},
        {"person_id": "nobody", "role": "member"},
    ],
}
MONEY = {
    "id": "x",
    "schema": "Person",
    "caption": "Oleg Petrenko",
    "properties": {
        "name": ["Oleg Petrenko"],
        "alias": ["O. Petrenko"],
        "nationality": ["ua"],
        "gender": ["male"],
        "position": ["Deputy Minister of Defence"],
        "wikidataId": ["Q900003"],
    },
}


def _written(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "records.json"
    path.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("record", "form", "id", "name", "office"),
    [
        (WIKIDATA, "Wikidata", "ilse-brandtner", "I. Brandtner", "foreign-minister"),
        (POPOLO, "Popolo", "tomas-reyes", "T. Reyes", "speaker"),
        (MONEY, "FollowTheMoney", "oleg-petrenko", "O. Petrenko", "official"),
    ],
)
def test_each_form_becomes_entries(
    tmp_path: Path, record: object, form: str, id: str, name: str, office: str
) -> None:
    imported = import_file(_written(tmp_path, record))
    assert imported.form == form
    own = tmp_path / "own.toml"
    own.write_text(to_toml(imported, "records.json"), encoding="utf-8")
    directory = Directory.load([own])
    entity = directory.entity(id)
    assert name in entity.names
    assert entity.wikidata is not None
    assert entity.offices[0].office == office


def test_what_is_no_actor_is_counted(tmp_path: Path) -> None:
    vessel = {"id": "v", "schema": "Vessel", "properties": {"name": ["Aurora"]}}
    imported = import_file(_written(tmp_path, MONEY, vessel))
    assert len(imported.entries) == 1
    assert imported.left_out == 1


def test_two_of_one_name_become_two_entries(tmp_path: Path) -> None:
    other = {**MONEY, "id": "y", "properties": {**MONEY["properties"], "birthDate": ["1950"]}}  # type: ignore[dict-item]
    own = tmp_path / "own.toml"
    own.write_text(to_toml(import_file(_written(tmp_path, MONEY, other)), "x"), encoding="utf-8")
    directory = Directory.load([own])
    assert {"oleg-petrenko", "oleg-petrenko-2"} <= set(directory._own.entities)


@pytest.mark.parametrize("text", ["{", "[1, 2]", '{"a": 1}', "", "no json"])
def test_what_is_no_known_form_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.json"):
        import_file(path)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("+1952-10-07T00:00:00Z", "1952-10-07"),
        ("+1952-10-00T00:00:00Z", "1952-10"),
        ("+1952-00-00T00:00:00Z", "1952"),
        ("1952", "1952"),
        ("soon", ""),
    ],
)
def test_dates_as_far_as_they_are_known(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_an_office_by_the_beginning_of_its_title() -> None:
    assert office_of("Minister of Foreign Affairs of Chad", "", "", "")["office"] == (
        "foreign-minister"
    )
    assert office_of("Chief Gardener", "", "", "")["office"] == "official"
