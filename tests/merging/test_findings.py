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
from dragoman.records import Size
from merging.made import MACRON, PUTIN, RUS, UKR, meeting, report

TOWN = Party(key="unnamed:the town of izium", name="the town of Izium", code="UKR")
NOBODY = Party(key="unnamed:strangers", name="strangers")


def found(one: Report, other: Report) -> set[str]:
    return {f"{part}.{name}" for part, name, _, _ in findings(profile(one), profile(other))}


def names_in_code() -> set[tuple[str, str]]:
    """Every part and name that a finding may have, as the code writes them."""
    package = files("dragoman.merging")
    own = ("findings.py", "wording.py", "numbers.py")
    text = "".join(package.joinpath(name).read_text("utf-8") for name in own)
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


def test_harm_and_the_deed_that_did_it_are_no_two_deeds() -> None:
    bombing = report(1, trigger="bombing", method="frame:bomb-noun")
    killed = report(2, trigger="killed", method="frame:kill")
    raid = report(3, trigger="raid", method="frame:raid-noun")
    assert "words.harm_and_deed" in found(bombing, killed)
    assert "words.other_trigger" in found(bombing, raid)


def test_more_than_a_number_is_not_more_of_a_kind() -> None:
    number = report(1, trigger="killed", passage="The raid killed more than 40 people in Izium.")
    further = report(2, trigger="strikes", passage="More strikes hit the town of Izium at night.")
    assert not grain_of(number).another
    assert grain_of(further).another


def test_what_follows_one_trigger_is_compared() -> None:
    said = {"type": "COERCE", "trigger": "arrested", "recipients": ()}
    one = report(1, passage="Police arrested striking miners after the rally.", **said)
    same = report(2, passage="On Monday police arrested several striking miners.", **said)
    other = report(3, passage="Police arrested foreign reporters near the bridge.", **said)
    assert "words.object" in found(one, same)
    assert "words.other_object" in found(one, other)
    named = {"trigger": "attacks", "method": "frame:attack-noun", "recipients": ()}
    villages = report(4, passage="The attacks on northern villages went on.", **named)
    reporters = report(5, passage="The attacks on foreign reporters went on.", **named)
    assert "words.other_noun_object" in found(villages, reporters)


def test_what_one_person_says_is_told_apart_by_its_words() -> None:
    one, other = (report(n, type="ACCUSE", actors=(PUTIN,), trigger="accused") for n in (1, 2))
    assert {"who.speaker", "type.charge"} <= found(one, other)
    assert "who.speaker" not in found(one, report(3, type="ACCUSE", trigger="accused"))


def test_who_acts_in_one_and_is_acted_on_in_the_other() -> None:
    one = report(1, type="ACCUSE", actors=(PUTIN,), recipients=(MACRON,))
    turned = report(2, type="ACCUSE", actors=(MACRON,), recipients=(PUTIN,))
    assert "whom.turned" in found(one, turned)
    assert "whom.turned" not in found(one, report(3, type="ACCUSE", actors=(PUTIN,)))


def test_a_body_meets_by_itself() -> None:
    council = Party(key="eu-council", name="European Council", kind="igo", code="EUR")
    alone = [meeting(n, actors=(council,)) for n in (1, 2)]
    assert "with.partner_unsaid" not in found(*alone)
    assert "with.partner_unsaid" in found(*(meeting(n, actors=(PUTIN,)) for n in (3, 4)))


def test_rebels_of_whom_nobody_says_whose_they_are() -> None:
    guessed = Party(key="name:rebels", name="rebels", kind="armed-group", code="USA")
    told = Party(key="name:libya's rebels", name="Libya's rebels", kind="armed-group", code="LBY")
    other = Party(key="name:mali's rebels", name="Mali's rebels", kind="armed-group", code="MLI")
    libya = report(2, recipients=(told,))
    assert "target.same_words" in found(report(1, recipients=(guessed,)), libya)
    assert "target.other" in found(report(1, recipients=(other,)), libya)


@pytest.mark.parametrize(
    ("names", "finding"),
    [
        (("nine members of staff", "9 employees"), "numbers.same"),
        (("1,032 people", "nine reporters"), "numbers.apart"),
        (("nine reporters", "reporters"), None),
    ],
)
def test_how_many_a_deed_is_done_to(names: tuple[str, str], finding: str | None) -> None:
    one, other = (
        report(
            number,
            type="COERCE",
            trigger="arrested",
            recipients=(Party(key=f"name:{name}", name=name, kind="people", code="UKR"),),
        )
        for number, name in enumerate(names, 1)
    )
    told = {name for name in found(one, other) if name.startswith("numbers.")}
    assert told == ({finding} if finding else set())


def test_small_and_round_numbers_say_less() -> None:
    def value(number: int) -> float:
        one, other = (
            report(n, sizes={"killed": Size(low=number, high=number, text=str(number))})
            for n in (1, 2)
        )
        ((_, _, value, _),) = (
            f for f in findings(profile(one), profile(other)) if f[0] == "numbers"
        )
        return value

    assert value(4) < value(40) < value(43)
