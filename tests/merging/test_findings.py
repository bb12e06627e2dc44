"""What is found when two reports are compared, and how a sentence tells a deed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from dragoman.merging import Party, Report
from dragoman.merging.comparing import load_weights
from dragoman.merging.findings import FITS, findings
from dragoman.merging.grain import Grain, grain_of, without_dateline
from dragoman.merging.profiles import profile
from merging.made import MACRON, PUTIN, RUS, UKR, meeting, report

TOWN = Party(key="unnamed:the town of izium", name="the town of Izium", code="UKR")
NOBODY = Party(key="unnamed:strangers", name="strangers")


def found(one: Report, other: Report) -> set[str]:
    return {f"{part}.{name}" for part, name, _, _ in findings(profile(one), profile(other))}


def names_in_code() -> set[tuple[str, str]]:
    """Every part and name that a finding may have, as the code writes them."""
    text = files("dragoman.merging").joinpath("findings.py").read_text("utf-8")
    return {(part, name) for part, name in re.findall(r'yield "(\w+)", "(\w+)"', text)}


def test_every_finding_has_a_weight_where_learning_begins_and_in_the_package() -> None:
    start = Path(__file__).parents[2] / "training" / "merging_start.toml"
    begun = tomllib.loads(start.read_text("utf-8"))
    shipped = load_weights()
    assert names_in_code()
    for part, name in names_in_code():
        assert name in shipped[part]
        assert name in begun[part]
    for part in ("who", "with", "whom", "host"):
        assert set(FITS) <= set(shipped[part]) & set(begun[part])
    assert {part: set(own) for part, own in begun.items() if part != "prior"} == {
        part: set(own) for part, own in shipped.items() if part != "prior"
    }


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (report(2), "target.same"),
        (report(2, recipients=(TOWN,)), "target.part_of"),
        (report(2, recipients=(NOBODY,)), "target.unsure"),
        (report(2, recipients=()), "target.unsaid"),
        (report(2, actors=(PUTIN,)), "who.stands_for"),
        (report(2, actors=(UKR,), recipients=(RUS,)), "who.other"),
        (report(2, place="Ukraine", place_precision="country"), "where.same_country"),
        (report(2, place=None), "where.one_town"),
        (report(2, passage=report(1).passage), "source.same_text"),
        (report(2, passage=report(1).passage, trigger="warned"), "source.other_words"),
        (report(2, trigger="shelling", method="frame:shelling-noun"), "words.trigger"),
        (report(2, passage="Bombs fell on the old bridge.", trigger="fell"), "words.near"),
    ],
)
def test_what_is_found(other: Report, name: str) -> None:
    assert name in found(report(1), other)
    assert name in found(other, report(1))


def test_a_contact_with_one_side_more_is_no_contradiction() -> None:
    three = meeting(2, actors=(MACRON, PUTIN, UKR))
    assert {"with.same_person", "with.each_more", "with.more"} <= found(meeting(1), three)
    assert "with.other" not in found(meeting(1), three)


def test_a_meeting_with_nobody_named_may_be_any() -> None:
    alone = meeting(2, actors=(MACRON,))
    assert "with.partner_unsaid" in found(meeting(1), alone)
    assert "with.partner_unsaid" not in found(meeting(1), replace(alone, mode="visit"))


def test_two_contacts_that_one_paper_tells_as_news_are_two() -> None:
    first = meeting(1, start=None, precision=None, source="Gazette", published="2022-02-08")
    again = replace(first, id="2:e1", key="b", document="2", published="2022-02-12")
    assert "when.told_anew" in found(first, again)
    assert "when.told_near" not in found(first, replace(again, published="2022-02-09"))
    assert "when.told_apart" in found(first, replace(again, source="Courier"))


@pytest.mark.parametrize(
    ("passage", "fields", "grain"),
    [
        (
            "An air strike killed two men on Friday.",
            {"trigger": "air strike", "method": "frame:airstrike-noun"},
            Grain(noun=True, one=True, days=frozenset({"friday"})),
        ),
        (
            "Months of air strikes have killed 1,200 people.",
            {"trigger": "air strikes", "method": "frame:airstrike-noun"},
            Grain(noun=True, many=True, going_on=True),
        ),
        (
            "The crackdown of 7 October was the worst.",
            {"trigger": "crackdown", "method": "frame:ban-noun"},
            Grain(noun=True, whole=True, known=True, days=frozenset({"oct 7"})),
        ),
        (
            "Troops fired more rockets at the town.",
            {"trigger": "fired rockets", "method": "frame:fire-weapons"},
            Grain(another=True),
        ),
        ("", {"trigger": "", "method": ""}, Grain()),
    ],
)
def test_how_a_sentence_tells_a_deed(passage: str, fields: dict[str, Any], grain: Grain) -> None:
    assert grain_of(report(1, passage=passage, **fields)) == grain


def test_a_strike_and_a_campaign_speak_against_one_event() -> None:
    strike = report(
        1,
        trigger="air strike",
        method="frame:airstrike-noun",
        passage="An air strike hit a bus near the depot at dawn.",
    )
    campaign = report(
        2,
        trigger="campaign",
        method="frame:operation-noun",
        passage="The campaign has gone on for weeks in every province.",
    )
    assert {"grain.one_whole", "grain.one_going_on", "grain.one_single"} <= found(strike, campaign)


REBELS = Party(key="name:rebels", name="rebels", kind="armed-group", code="LBY", sectors=("REB",))
SOLDIERS = Party(key="unnamed:twelve soldiers", name="twelve soldiers", code="LBY")


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (
            replace(REBELS, key="name:at least five gunmen", name="at least five gunmen"),
            "same_words",
        ),
        (SOLDIERS, "other_group"),
    ],
)
def test_groups_are_compared_by_what_they_are(other: Party, name: str) -> None:
    one, two = report(1, recipients=(REBELS,)), report(2, recipients=(other,))
    assert f"target.{name}" in found(one, two)


def test_a_day_that_the_sentence_names_is_the_day_of_the_other() -> None:
    named = "The strike of 24 February on the bridge was not the last."
    undated = report(2, start=None, end=None, precision=None, published="2022-03-20", passage=named)
    assert "when.named_day" in found(report(1), undated)


def test_a_toll_since_something_began_is_no_toll_of_one_deed() -> None:
    toll = report(
        2, trigger="killed", passage="The war has killed 900 since fighting began in May."
    )
    assert "grain.one_total" in found(report(1, trigger="killed"), toll)


def test_a_dateline_names_no_day_of_the_deed() -> None:
    passage = "KYIV | Fri Feb 25, 2022 6:30 pm EST KYIV (Reuters) - Shells hit the old bridge."
    assert without_dateline(passage) == "Shells hit the old bridge."
