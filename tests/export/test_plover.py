"""Events as records of PLOVER and CAMEO: folding, fields, codes, and what is left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from dragoman.export.cameo import actor_code, cameo_records, code_of, pairs_of
from dragoman.export.plover import fold, plover_records
from dragoman.ontology import load_ontology
from dragoman.ontology.cameo import load_cameo
from dragoman.records import (
    Actor,
    Document,
    Event,
    Mention,
    Provenance,
    Published,
    Reading,
    Size,
    Span,
    Telling,
    When,
)

TEXT = "Lavrov phoned Le Drian on Monday. He will travel to Paris in May."
FRANCE = Actor(id="FRA", name="France", kind="state", code="FRA")
LAVROV = Actor(
    id="lavrov",
    name="Sergey Lavrov",
    kind="person",
    code="RUS",
    sectors=("GOV",),
    role="Foreign Minister of Russia",
    wikidata="Q58217",
    mentions=(Mention(start=0, end=6, text="Lavrov", form="name"),),
)
UN = Actor(id="un", name="United Nations", kind="igo", code="UNO")


def event(type_: str = "CONSULT", **given: Any) -> Event:
    values: dict[str, Any] = {
        "id": "e1",
        "type": type_,
        "status": "happened",
        "actors": ("lavrov",),
        "recipients": ("FRA",),
        "trigger": (Span(7, 13),),
        "sentence": 0,
        "tellings": (Telling(sentence=0, trigger=(Span(7, 13),), status="happened"),),
        "score": 0.0,
        "confidence": 0.9,
        "method": "frame:meet",
        **given,
    }
    return Event(**values)


def reading(*events: Event) -> Reading:
    document = Document(id="d", text=TEXT, published=Published(date="2022-02-07", basis="given"))
    return Reading(
        document=document,
        sentences=(Span(0, 33), Span(34, 65)),
        actors=(FRANCE, LAVROV, UN),
        events=events,
        statements=(),
        times=(),
        places=(),
        provenance=Provenance(dragoman="0", model="m", directory="d"),
    )


@pytest.mark.parametrize(
    ("type_", "mode", "folded", "folded_mode"),
    [
        ("CONSULT", "visit", "AGREE", None),
        ("AID", None, "AGREE", None),
        ("RETREAT", "withdraw", "CONCEDE", None),
        ("SANCTION", "expel", "THREATEN", "expel"),
        ("ASSAULT", "aerial", "THREATEN", "violence"),
        ("PROTEST", "demo", "PROTEST", "demo"),
    ],
)
def test_what_is_planned_is_folded(
    type_: str, mode: str | None, folded: str, folded_mode: str | None
) -> None:
    result = fold(event(type_, mode=mode, status="planned"))
    assert (result.type, result.mode) == (folded, folded_mode)
    assert result.score == load_ontology().score(folded, folded_mode)


def test_a_record_has_the_fields_of_the_manual() -> None:
    when = When(start="2022-02-06T10:00", end="2022-02-06T10:00", precision="minute", text="x")
    size = {"killed": Size(low=24, high=99, text="dozens")}
    told = event("ASSAULT", mode="aerial", when=when, size=size, contexts=("military",))
    (record,) = plover_records(reading(told), text=True)
    assert record["id"] == "d-e1"
    assert (record["date"], record["time"]) == ("2022-02-06", "10:00")
    assert record["source"] == [
        {
            "code": "RUS",
            "sector": "GOV",
            "actor_text": "Lavrov",
            "identifier_id": "Q58217",
            "identifier_text": "Sergey Lavrov",
            "office": "Foreign Minister of Russia",
        }
    ]
    assert record["event"] == ["ASSAULT"]
    assert record["mode"] == ["aerial"]
    assert record["context"] == ["military"]
    assert (record["quad_code"], record["event_scale"]) == (4, -9.5)
    assert record["size_info"] == {"dead": "24-99"}
    assert record["text"] == "Lavrov phoned Le Drian on Monday."


@pytest.mark.parametrize(
    ("given", "keep", "mark"),
    [
        ({"status": "possible"}, "possible", "hypothetical"),
        ({"status": "denied"}, "denied", "negation"),
        ({"status": "cancelled"}, "cancelled", "negation"),
        ({"background": True}, "background", "historical"),
    ],
)
def test_what_did_not_happen_is_left_out_or_marked(
    given: dict[str, Any], keep: str, mark: str
) -> None:
    told = reading(event(**given))
    assert not list(plover_records(told))
    (record,) = plover_records(told, keep=(keep,))
    assert record["context"] == [mark]


def test_a_source_is_required_and_for_aid_a_recipient() -> None:
    told = reading(event("ASSAULT", actors=()), event("AID", recipients=(), id="e2"))
    assert not list(plover_records(told))
    assert len(list(plover_records(told, keep=("incomplete",)))) == 2


def test_an_agreement_over_a_meeting_to_come_is_one_record() -> None:
    agreed = event("AGREE", method="frame:agree > meet")
    meeting = event(id="e2", status="planned")
    assert [record["id"] for record in plover_records(reading(agreed, meeting))] == ["d-e1"]
    assert [record["event"] for record in plover_records(reading(meeting))] == [["AGREE"]]


def test_what_is_folded_is_as_old_as_the_document() -> None:
    when = When(start="2022-05-01", end="2022-05-31", precision="month", text="May")
    (record,) = plover_records(reading(event(status="planned", when=when)))
    assert record["date"] == "2022-02-07"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (event(mode="phone"), "041"),
        (event(mode="visit"), "042"),
        (event(status="planned"), "036"),
        (event("AGREE", method="frame:agree > release-captive"), "0353"),
        (event("REQUEST", mode="meet", method="frame:urge > meet"), "026"),
        (event("REQUEST", mode="yield", method="frame:demand > withdraw-forces"), "1056"),
        (event("SANCTION", mode="expel", status="planned"), "136"),
        (event("ACCUSE", mode="investigate", contexts=("corruption",)), "091"),
        (event("ASSAULT", mode="aerial"), "195"),
        (event("REJECT", method="frame:deny > attack"), "016"),
    ],
)
def test_codes_of_cameo(told: Event, code: str) -> None:
    assert code_of(told).code == code


@pytest.mark.parametrize("type_", sorted(load_ontology().types))
def test_every_type_and_mode_has_a_code(type_: str) -> None:
    for mode in (None, *load_ontology().types[type_].modes):
        for status in ("happened", "planned", "possible"):
            code = code_of(event(type_, mode=mode, status=status, method="frame:demand")).code
            assert re.fullmatch(r"\d{3,4}", code)
            assert code in load_cameo()


def test_partners_are_paired_both_ways_and_a_visit_has_a_host() -> None:
    actors = {"FRA": FRANCE, "lavrov": LAVROV}
    meeting = event(actors=("lavrov", "FRA"), recipients=())
    pairs = [(s and s.id, t and t.id, c.code) for s, t, c in pairs_of(meeting, actors)]
    assert pairs == [("lavrov", "FRA", "040"), ("FRA", "lavrov", "040")]
    visit = event(mode="visit")
    codes = [(s and s.id, t and t.id, c.code) for s, t, c in pairs_of(visit, actors)]
    assert codes == [("lavrov", "FRA", "042"), ("FRA", "lavrov", "043")]


def test_codes_of_actors_are_those_of_cameo() -> None:
    assert [actor_code(a) for a in (FRANCE, LAVROV, UN)] == ["FRA", "RUSGOV", "IGOUNO"]


def test_a_record_of_cameo_has_its_code_as_text() -> None:
    first, second = cameo_records(reading(event(actors=("lavrov", "FRA"), recipients=())))
    assert first["event"] == ["040"]
    assert first["goldstein"] == load_cameo()["040"].goldstein
    assert second["id"] == "d-e1-2"


def test_an_actor_beyond_the_text_is_no_fault() -> None:
    told = replace(event(), actors=("gone", "lavrov"))
    (record,) = plover_records(reading(told))
    assert [source["code"] for source in record["source"]] == ["RUS"]
