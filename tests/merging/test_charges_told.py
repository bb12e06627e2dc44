"""Claims: who makes a charge, whom it names, which wording is shown, and what is no charge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dragoman.merging import Party, merge
from dragoman.merging.claims import claims
from dragoman.merging.said import Said
from merging.made import FRA, RUS, UKR, report, said

FORCES = Party(key="unnamed:security forces", name="security forces", kind="unnamed")
CLERIC = Party(key="unnamed:cleric", name="cleric", kind="unnamed")


def charge(number: int, content: str, **fields: Any) -> Said:
    values = {"speaker": UKR, "kind": "accusation", "charged": (RUS,), "cue": "accused"}
    return said(number, content, **{**values, **fields})


def test_all_who_make_a_charge_together_stand_beside_it() -> None:
    [row] = claims([charge(3, "Russia of cutting the cable", with_speaker=(FRA,))])
    assert row.by == ("Ukraine", "France")
    assert (row.standing, row.confirmed_by) == ("several sides' word", ("France",))


def test_a_headline_and_the_sentence_below_it_are_one_charge_in_the_fuller_words() -> None:
    headline = charge(3, "Russia of meddling", id="3:s1", span_start=0)
    told = charge(3, "Russia of meddling in the port vote", id="3:s2", span_start=90)
    [row] = claims([headline, told])
    assert row.claim == "Russia of meddling in the port vote"


def test_groups_without_a_name_may_be_charged_a_stranger_may_not() -> None:
    [row] = claims([charge(3, "the security forces of beatings", charged=(FORCES,))])
    assert row.against == ("security forces",)
    assert claims([charge(3, "the cleric of theft", charged=(CLERIC,))]) == []


def test_a_denial_of_the_charge_right_before_it_has_no_words_of_its_own() -> None:
    told = charge(3, "Russia of rehearsing a landing", id="3:s1", inside="3:s2")
    whole = "Kyiv accuses Russia of rehearsing a landing"
    denial = said(3, whole, id="3:s2", kind="denial", speaker=RUS)
    [row] = claims([told, denial])
    assert (row.denied_by, row.denial) == (("Russia",), None)


@pytest.mark.parametrize(
    "fields",
    [
        {"lead": "The forum would be used to ", "cue": "denounce"},
        {"lead": "Judges are looking into ", "cue": "allegations"},
        {"lead": "Judges are to ", "cue": "charge"},
        {"content": "as a ruse by Russia"},
        {"content": "that they have ruined the harvest"},
        {"content": "the-RUSSIA", "charged": (replace(RUS, name="The Russia"),)},
        {"speaker": None, "speaker_text": "they"},
        {"speaker": None, "speaker_text": "the weekend with a post"},
    ],
)
def test_what_is_no_charge_or_nobody_s(fields: dict[str, Any]) -> None:
    values = {"content": "Russia of cutting the cable", **fields}
    assert claims([charge(3, values.pop("content"), **values)]) == []


def test_a_denial_answers_when_the_accused_denies_or_its_words_say_so() -> None:
    accused = charge(3, "Russia of cutting the cable")
    denials = {
        "the accused": said(3, "the charge", id="3:s2", kind="denial", answers="3:s1"),
        "the accuser": said(3, "the charge", id="3:s2", kind="denial", answers="3:s1", speaker=UKR),
        "a bystander on another thing": said(
            3,
            "reports of a strike at the mill",
            id="3:s2",
            kind="denial",
            answers="3:s1",
            speaker=FRA,
        ),
    }
    found = {name: claims([accused, denial])[0].denied_by for name, denial in denials.items()}
    assert found == {
        "the accused": ("Russia",),
        "the accuser": (),
        "a bystander on another thing": (),
    }


@pytest.mark.parametrize(
    ("content", "trigger", "kept"),
    [
        ("Russia shelled the bridge on Monday", "shelled", True),
        ("the town, which Russia shelled, was calm", "shelled", False),
        ("Russia SHELLED the bridge", "SHELLED", False),
        ("aid has come to all of the villages on the river, far from the hill that Russia shelled",
         "shelled", False),
    ],
)  # fmt: skip
def test_deeds_told_in_passing_are_no_charges(content: str, trigger: str, kept: bool) -> None:
    at = content.index(trigger)
    deed = report(
        1, according_to=(UKR,), origins=("UKR",), statement="s1", trigger=trigger,
        passage=content, span_start=at, span_end=at + len(trigger),
    )  # fmt: skip
    told = said(1, content, speaker=UKR, cue="said", span_start=0, span_end=len(content))
    assert bool(claims([told], merge([deed]))) is kept


def test_a_deed_that_its_doer_confirms_or_of_years_ago_is_no_charge() -> None:
    deed = {"according_to": (UKR,), "origins": ("UKR",), "statement": "s1"}
    told = said(1, "it had shelled the bridge", speaker=UKR, cue="confirmed")
    assert claims([told], merge([report(1, **deed)])) == []
    assert claims([], merge([report(1, **deed, start="2014-08-01", end="2014-08-01")])) == []
