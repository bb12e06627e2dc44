"""The register of contacts, claims and positions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dragoman.cli.events import told
from dragoman.merging import Party, merge
from dragoman.merging.claims import claims
from dragoman.merging.contacts import contacts
from dragoman.merging.positions import positions
from dragoman.merging.said import Said
from dragoman.merging.views import assumed_in_words, merged_rows
from merging.made import FRA, MACRON, PUTIN, RUS, UKR, meeting, report, said


def test_a_contact_is_one_row_through_its_life() -> None:
    plan = meeting(1, status="planned", published="2022-02-04", topics=("security",))
    held = meeting(2, initiator=MACRON, level="leaders", topics=("Donbass",))
    [row] = contacts(merge([plan, held, report(5)]))
    assert (row.status, row.day, row.medium, row.level) == (
        "happened",
        "2022-02-07",
        "in-person",
        "leaders",
    )
    assert row.life == ("2022-02-04 planned (1:e1)", "2022-02-08 happened (2:e1)")
    assert set(row.topics) == {"security", "Donbass"}
    assert (row.initiator, row.sources) == ("Emmanuel Macron", 2)
    assert set(row.states) == {"FRA", "RUS"}


def test_a_pair_finds_those_who_stand_for_the_states() -> None:
    events = merge([meeting(1), meeting(2, actors=(RUS, UKR), start="2022-03-01")])
    assert len(contacts(events)) == 2
    assert [row.id for row in contacts(events, pair=("FRA", "RUS"))] == [
        e.id for e in events if e.day == "2022-02-07"
    ]
    assert contacts(events, pair=("FRA", "UKR")) == []


def test_what_goes_on_inside_one_state_is_no_contact() -> None:
    assert contacts(merge([meeting(1, actors=(PUTIN, RUS))])) == []


def test_the_outcome_of_a_contact_is_what_the_same_reports_tell_of_its_parties() -> None:
    deal = report(
        1, id="1:e2", key="ff", type="AGREE", actors=(FRA, RUS), recipients=(),
        start="2022-02-07", passage="They agreed to keep the talks going.", trigger="agreed",
    )  # fmt: skip
    elsewhere = report(9, type="AGREE", actors=(FRA, RUS), recipients=())
    [row] = contacts(merge([meeting(1), deal, elsewhere]))
    assert row.outcome == ("AGREE (happened): They agreed to keep the talks going.",)


def test_a_state_that_no_report_tells_is_named_as_assumed() -> None:
    guards = Party(key="unnamed:1:x", name="the guards", code="PER", assumed=True)
    [event] = merge([report(1, type="ASSAULT", actors=(guards,), recipients=(UKR,))])
    assert assumed_in_words(event) == ("the guards (PER, of the story's country)",)
    assert "  assumed    the guards (PER, of the story's country)" in told(event).splitlines()
    [event] = merge([report(1, actors=(replace(guards, assumed=False),), recipients=(UKR,))])
    assert assumed_in_words(event) == ()
    assert "assumed" not in told(event)


CHARGE = "Russia shelled the nursery school in the border village on purpose"


def test_a_charge_its_denial_and_who_confirms_it() -> None:
    charge = said(17, CHARGE, speaker=UKR, about=(RUS,), kind="accusation")
    again = said(18, f"it is proved that {CHARGE}", speaker=FRA, about=(RUS,), kind="accusation")
    denial = said(18, "our army never shelled a nursery school", kind="denial")
    other = said(19, "we have no plans for Georgia", kind="denial")
    [row] = claims([charge, again, denial, other])
    assert (row.sides, row.targets) == (("UKR", "FRA"), ("RUS",))
    assert (row.first, row.last, row.sources) == ("2022-02-17", "2022-02-18", 2)
    assert row.standing == "several sides' word"
    assert row.confirmed_by == ("France",)
    assert (row.denied_by, row.denial) == (("Russia",), denial.content)


def test_what_only_the_other_side_tells_is_a_claim() -> None:
    alleged = report(1, according_to=(UKR,), origins=("UKR",))
    [row] = claims([], merge([alleged]))
    assert (row.by, row.targets, row.standing) == (("Ukraine",), ("RUS",), "one side's word")
    assert claims([], merge([report(1)])) == []


def test_positions_keep_first_and_latest_wording() -> None:
    first = "NATO must take back its promise to Ukraine of 2008"
    later = "NATO must take back its promise of 2008 to Ukraine and Georgia in writing"
    found = positions(
        [
            said(10, later, kind="demand"),
            said(3, first, kind="demand"),
            said(4, "we will never accept missiles near our border"),
            said(5, "the weather is fine"),
            said(6, "we are ready to buy gas", speaker=UKR, kind="offer"),
        ]
    )
    demand, line, offer = found
    assert (demand.first_wording, demand.latest_wording) == (first, later)
    assert (demand.first, demand.latest, demand.times, demand.changed) == (
        "2022-02-03",
        "2022-02-10",
        2,
        True,
    )
    assert (line.position, offer.side) == ("red line", "UKR")
    assert [row.side for row in positions([said(6, "leave", kind="demand")], actor="UKR")] == []


def test_rows_tell_who_says_what() -> None:
    [row] = merged_rows(merge([report(1), report(2), report(3, start="2022-02-23")]))
    assert row.sources == 3
    assert row.conflicts == ("start: 2022-02-24 (2: 1:e1 2:e1), 2022-02-23 (1: 3:e1)",)
    assert all("who" in reason for reason in row.reasons)


def charge(number: int, content: str, **fields: Any) -> Said:
    return said(number, content, speaker=UKR, kind="accusation", **fields)


def test_who_is_named_in_the_charge_is_charged_before_who_does_what_is_told() -> None:
    [row] = claims([charge(3, "Russia of helping France", charged=(RUS,), about=(FRA,))])
    assert (row.against, row.targets) == (("Russia",), ("RUS",))


def test_what_is_condemned_without_anybody_charged_is_no_claim() -> None:
    assert claims([charge(3, "the loss of life on all sides")]) == []
    strangers = Party(key="unnamed:strangers", name="strangers")
    assert claims([charge(3, "the strangers", charged=(strangers,))]) == []


def test_rivals_of_one_side_may_charge_each_other() -> None:
    rival = Party(key="a-rival", name="A Rival", kind="person", code="UKR")
    speaker = Party(key="the-speaker", name="The Speaker", kind="person", code="UKR")
    [row] = claims([replace(charge(3, "of taking a bribe", charged=(rival,)), speaker=speaker)])
    assert (row.by, row.against, row.targets) == (("The Speaker",), ("A Rival",), ("a-rival",))


def test_a_denial_that_shares_but_the_name_of_the_accused_answers_nothing() -> None:
    accused = charge(3, "Russia of shelling the old bridge", charged=(RUS,))
    other = said(4, "Russia is no enemy of the theatre", kind="denial")
    answer = said(4, "Russia never shelled the bridge", kind="denial")
    assert claims([accused, other])[0].denied_by == ()
    assert claims([accused, answer])[0].denied_by == ("Russia",)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "planned"},
        {"status": "possible"},
        {"status": "denied"},
        {"according_to": (Party(key="name:ward", name="Ward", kind="person"),)},
        {"according_to": (replace(UKR, key="paper", kind="organisation", sectors=("JRN",)),)},
        {"actors": (Party(key="unnamed:gunmen", name="gunmen"),)},
    ],
)
def test_what_is_no_charge_of_a_side_against_a_side(fields: dict[str, Any]) -> None:
    told = {"according_to": (UKR,), "origins": ("UKR",), **fields}
    assert claims([], merge([report(1, **told)])) == []


def test_what_somebody_threatens_to_do_is_no_claim() -> None:
    alleged = report(1, according_to=(UKR,), origins=("UKR",), statement="s1")
    warning = said(1, "they will shell the bridge", speaker=UKR, kind="threat")
    assert claims([warning], merge([alleged])) == []
    assert len(claims([replace(warning, kind="claim")], merge([alleged]))) == 1


@pytest.mark.parametrize(
    "speaker",
    [
        Party(key="name:a shop", name="a shop", kind="organisation", sectors=("BUS",), code="FRA"),
        Party(key="name:a neighbour", name="a neighbour", kind="person"),
    ],
)
def test_companies_and_people_of_no_told_state_hold_no_position(speaker: Party) -> None:
    assert positions([said(3, "the road must be mended", kind="demand", speaker=speaker)]) == []


STUDENTS = Party(key="unnamed:students", name="students", code="FRA", sectors=("EDU",))
GOVERNOR = Party(key="name:a governor", name="A Governor", kind="person", sectors=("GOV",))
CLUB = Party(key="name:a club", name="a club", kind="organisation")
ENVOYS = Party(key="unnamed:envoys", name="envoys", code="FRA", sectors=("GOV",))


@pytest.mark.parametrize(
    ("other", "known"), [(STUDENTS, False), (GOVERNOR, False), (CLUB, False), (ENVOYS, True)]
)
def test_a_side_of_a_contact_is_of_a_known_state(other: Party, known: bool) -> None:
    assert bool(contacts(merge([meeting(1, actors=(PUTIN, other))]))) is known


def test_two_bodies_of_one_kind_are_two_sides() -> None:
    one, other = (
        Party(key=key, name=key, kind="person", code="IGO", part_of=body, sectors=("IGO",))
        for key, body in (("head-of-one", "nato"), ("head-of-other", "osce"))
    )
    [row] = contacts(merge([meeting(1, actors=(one, other))]))
    assert row.parties == ("head-of-one", "head-of-other")
    wanted = "both must keep their ships apart for a month"
    sides = [
        position.side
        for position in positions(
            said(n, f"{wanted} {n}", kind="demand", speaker=party)
            for n, party in enumerate((one, other), start=1)
        )
    ]
    assert sides == ["nato", "osce"]


def test_a_dialogue_that_two_states_maintain_is_no_contact() -> None:
    bare = {"start": None, "precision": None, "place": None, "medium": None}
    standing = meeting(1, actors=(RUS, FRA), trigger="maintain dialogue", **bare)
    assert contacts(merge([standing])) == []
    assert len(contacts(merge([replace(standing, trigger="held talks")]))) == 1
