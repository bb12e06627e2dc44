"""Offices before names, read by their words, whatever the parse makes of them."""

from __future__ import annotations

from actors.sketch import sketch
from dragoman.actors.cast import Cast, find_cast
from dragoman.actors.directory import Directory
from dragoman.records import Actor

DIRECTORY = Directory.load()


def cast(text: str, names: list[tuple[str, str]]) -> Cast:
    return find_cast(sketch(text, names=names), DIRECTORY, date="2022-03-01")


def named(found: Cast, name: str) -> Actor:
    (actor,) = [a for a in found.actors if a.name == name]
    return actor


def test_an_envoy_of_a_body_is_of_that_body() -> None:
    found = cast(
        """
She/PRON/nsubj/2 met/VERB/root/0/meet Head/NOUN/obj/2 of/ADP/case/7 the/DET/det/7
    NATO/PROPN/compound/7 Mission/PROPN/nmod/3 in/ADP/case/9 Chad/PROPN/nmod/7
    Ana/PROPN/nmod/9 Diaz/PROPN/flat/10 ./PUNCT/punct/2
""",
        [("NATO Mission", "ORG"), ("Ana Diaz", "PER")],
    )
    diaz = named(found, "Ana Diaz")
    assert (diaz.code, diaz.sectors, diaz.role) == (
        "IGO",
        ("GOV",),
        "Head of the NATO Mission in Chad",
    )


ADVISER = """
They/PRON/nsubj/2 met/VERB/root/0/meet the/DET/det/4 Adviser/NOUN/obj/2 to/ADP/case/7
    the/DET/det/7 President/PROPN/nmod/4 of/ADP/case/9 Estonia/PROPN/nmod/7
    {first}/PROPN/appos/7 {last}/PROPN/flat/10 ./PUNCT/punct/2
"""


def test_an_adviser_to_a_president_is_another() -> None:
    text = ADVISER.format(first="Ana", last="Diaz")
    found = cast(text, [("Ana Diaz", "PER")])
    diaz = named(found, "Ana Diaz")
    assert (found.at(3), diaz.code) == (diaz.id, "EST")
    assert found.at(6) == "alar-karis"


def test_a_known_holder_is_who_the_inner_office_names() -> None:
    text = ADVISER.format(first="Alar", last="Karis")
    found = cast(text, [("Alar Karis", "PER")])
    assert found.at(6) == "alar-karis"
    assert found.at(3) != "alar-karis"


def test_two_offices_of_one_person_are_joined_by_a_dash() -> None:
    found = cast(
        """
They/PRON/nsubj/2 met/VERB/root/0/meet Deputy/ADJ/amod/5 Prime/ADJ/amod/5 Minister/NOUN/obj/2
    -/PUNCT/punct/7 Minister/NOUN/appos/5 of/ADP/case/9 Finance/PROPN/nmod/7 of/ADP/case/11
    Canada/PROPN/nmod/9 Chrystia/PROPN/appos/7 Freeland/PROPN/flat/12 ./PUNCT/punct/2
""",
        [("Chrystia Freeland", "PER")],
    )
    assert found.at(4) == found.at(6) == "chrystia-freeland"


def test_a_title_is_no_body() -> None:
    found = cast(
        """
They/PRON/nsubj/2 met/VERB/root/0/meet Secretary/PROPN/obj/2 of/ADP/case/5 State/PROPN/nmod/3
    for/ADP/case/7 Defence/PROPN/nmod/3 of/ADP/case/11 the/DET/det/11 United/ADJ/amod/11
    Kingdom/PROPN/nmod/7 Ben/PROPN/appos/3 Wallace/PROPN/flat/12 ./PUNCT/punct/2
""",
        [("Secretary of State for Defence of the", "ORG"), ("Ben Wallace", "PER")],
    )
    assert [a.id for a in found.actors if a.kind != "state"] == ["ben-wallace"]


def test_who_heads_an_academy_heads_no_state() -> None:
    found = cast(
        """
They/PRON/nsubj/2 met/VERB/root/0/meet the/DET/det/4 President/PROPN/obj/2 of/ADP/case/8
    the/DET/det/8 Russian/ADJ/amod/8 Academy/PROPN/nmod/4 of/ADP/case/10 Sciences/PROPN/nmod/8
    ./PUNCT/punct/2
""",
        [("Russian Academy of Sciences", "ORG")],
    )
    head = found.actor(found.at(3) or "")
    assert (head.basis, head.code) == ("text", "RUS")


def test_a_title_that_ends_a_text_and_is_tagged_as_a_name_stops_nothing() -> None:
    found = cast(
        "They/PRON/nsubj/2 met/VERB/root/0/meet President/PROPN/obj/2", [("President", "PER")]
    )
    assert [m.text for actor in found.actors for m in actor.mentions] == ["President"]
