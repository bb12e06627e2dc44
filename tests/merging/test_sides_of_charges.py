"""Claims within a state, charges that only events tell, and who denies or owns to what."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.merging import Party, merge
from dragoman.merging.camps import camp_of, opposed, stands_with
from dragoman.merging.claims import claims
from dragoman.merging.said import Said
from merging.made import FRA, PUTIN, RUS, UKR, report, said

ARMY = Party(key="nor-army", name="Norland's army", kind="government", code="NOR", sectors=("MIL",))
REBELS = Party(key="rebels", name="rebels", kind="armed-group", code="NOR", sectors=("REB",))
MONITOR = Party(key="watch", name="Norse Watch", kind="organisation", code="NOR", sectors=("CVL",))
CROWD = Party(
    key="unnamed:residents", name="residents", kind="people", code="NOR", sectors=("CVL",)
)
LIND = Party(key="lind", name="Eva Lind", kind="person", code="NOR", sectors=("GOV",))


def charge(number: int, content: str, **fields: Any) -> Said:
    values = {"speaker": UKR, "kind": "accusation", "charged": (RUS,), "cue": "accused"}
    return said(number, content, **{**values, **fields})


def test_a_state_and_those_against_it_are_opposed_and_monitors_to_both() -> None:
    assert [camp_of(p) for p in (ARMY, REBELS, MONITOR, CROWD)] == ["for", "against", "civil", None]
    assert all(opposed(*pair) for pair in ((REBELS, ARMY), (MONITOR, ARMY), (MONITOR, REBELS)))
    assert not any(opposed(*pair) for pair in ((CROWD, ARMY), (LIND, ARMY)))
    assert stands_with(PUTIN, [RUS], [UKR])
    assert stands_with(LIND, [ARMY], [REBELS])
    assert not stands_with(REBELS, [ARMY], [REBELS])
    assert not stands_with(MONITOR, [ARMY], [REBELS])


@pytest.mark.parametrize(("by", "kept"), [(REBELS, True), (MONITOR, True), (CROWD, False)])
def test_a_deed_is_a_claim_on_the_word_of_another_camp(by: Party, kept: bool) -> None:
    deed = report(1, actors=(ARMY,), according_to=(by,), origins=(by.key,), statement="s1")
    assert bool(claims([], merge([deed]))) is kept


def accused(passage: str, trigger: str, frame: str, **fields: Any) -> Any:
    at = passage.index(trigger)
    values = {
        "type": "ACCUSE", "actors": (), "recipients": (RUS,), "trigger": trigger,
        "passage": passage, "method": f"frame:{frame}", "span_start": at,
        "span_end": at + len(trigger),
    }  # fmt: skip
    return report(1, **{**values, **fields})


@pytest.mark.parametrize(
    ("passage", "trigger", "frame", "kept"),
    [
        ("Russia is accused of arming the rebels.", "accused", "accuse", True),
        ("Russia is charged with fraud.", "charged", "charged-passive", True),
        ("Accusing Russia of fraud is not new.", "Accusing", "accuse", False),
        ("Russia was accused again on Monday.", "accused", "accuse", False),
        ("Anger at Russia grew.", "Anger", "object-of-anger", False),
    ],
)
def test_a_charge_that_only_an_event_tells(
    passage: str, trigger: str, frame: str, kept: bool
) -> None:
    found = claims([], merge([accused(passage, trigger, frame)]))
    assert bool(found) is kept
    assert all((row.standing, row.by) == ("accuser not told", ()) for row in found)


def test_the_event_at_a_charge_s_own_words_is_no_second_charge() -> None:
    passage = "Ukraine accused Russia of arming the rebels."
    told = charge(1, "Russia of arming the rebels", cue_start=passage.index("accused"))
    event = accused(passage, "accused", "accuse", actors=(UKR,))
    assert len(claims([told], merge([event]))) == 1
    assert len(claims([], merge([event]))) == 1


def test_all_who_deny_are_named_and_charges_denied_stand_where_nobody_made_them() -> None:
    told = charge(3, "Russia of cutting the cable")
    denial = said(
        3, "the accusations", id="3:s2", kind="denial", speaker=FRA, with_speaker=(RUS,),
        cue="denied", span_start=60, span_end=80,
    )  # fmt: skip
    [row] = claims([told, denial])
    assert row.denied_by == ("France", "Russia")
    [alone] = claims([said(4, "having cut the cable", kind="denial", speaker=RUS, cue="denied")])
    assert (alone.standing, alone.against, alone.denied_by) == (
        "accuser not told",
        ("Russia",),
        ("Russia",),
    )


@pytest.mark.parametrize(
    ("content", "cue", "kept"),
    [
        ("allegations that it had cut the cable", "denied", True),
        ("reports that it had cut the cable", "denied", True),
        ("reports that the talks had failed", "denied", False),
        ("any role in the blast", "denied", True),
        ("the plan for a truce", "rejected", False),
        ("accusations that it had cut the cable", "rejected", True),
        ("it", "denied", False),
    ],
)
def test_which_denials_tell_a_charge(content: str, cue: str, kept: bool) -> None:
    assert bool(claims([said(4, content, kind="denial", speaker=RUS, cue=cue)])) is kept


def test_who_says_that_he_did_not_denies_and_who_admits_confirms() -> None:
    told = charge(3, "Russia of damaging the sea cable")
    never = said(3, "it had never damaged a cable", id="3:s2", speaker=RUS, cue="said")
    owned = said(3, "that it had damaged the sea cable", id="3:s3", speaker=RUS, cue="admitted")
    [row] = claims([told, never])
    assert (row.denied_by, row.confirmed_by) == (("Russia",), ())
    [row] = claims([told, owned])
    assert (row.denied_by, row.confirmed_by) == ((), ("Russia",))


def test_a_rival_within_a_state_denies_for_himself_alone() -> None:
    rival = Party(key="diaz", name="Ana Diaz", kind="person", code="NOR", sectors=("GOV",))
    told = charge(3, "Diaz of taking bribes", speaker=LIND, charged=(rival,))
    far = {"span_start": 90, "span_end": 100}
    own = said(3, "the charge", id="3:s2", kind="denial", speaker=rival, cue="denied", **far)
    other = said(3, "the charge", id="3:s2", kind="denial", speaker=ARMY, cue="denied", **far)
    assert claims([told, own])[0].denied_by == ("Ana Diaz",)
    assert claims([told, other])[0].denied_by == ()


def test_slammed_and_called_so_are_one_charge() -> None:
    slammed = charge(3, "Russia", id="3:s1", cue="slammed", span_start=10, span_end=16)
    calling = charge(
        3, "the raid a war crime", id="3:s2", cue="calling", charged=(), cue_start=30
    )  # fmt: skip
    [row] = claims([slammed, calling])
    assert (row.claim, row.against) == ("the raid a war crime", ("Russia",))


@pytest.mark.parametrize(
    "fields",
    [
        {"cue": "mocked"},
        {"cue": "SLAMS"},
        {"content": "Russia's remarks"},
        {"content": "that he has lied", "charged": (Party(key="unnamed:man", name="man"),)},
    ],
)
def test_words_that_charge_nobody(fields: dict[str, Any]) -> None:
    values = {"content": "Russia of cutting the cable", **fields}
    assert claims([charge(3, values.pop("content"), **values)]) == []
