"""Which statements are positions of their speakers, and what of their words is shown."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.merging.records import Party
from dragoman.merging.stances import position_of, positions_of, wording
from merging.made import RUS, said

PER = Party(key="PER", name="Peru", kind="state", code="PER")
PAPER = Party(key="name:el faro", name="El Faro", kind="organisation", sectors=("JRN",))


@pytest.mark.parametrize(
    ("kind", "cue", "content", "position"),
    [
        ("offer", "offered", "to host talks on the border", "offer"),
        ("offer", "offered", "conflicting accounts of the clash", None),
        ("offer", "offered", "no details of the deal", None),
        ("promise", "promised", "to release the prisoners", "offer"),
        ("promise", "promised", "to return before the vote", "aim"),
        ("promise", "promised", "support for sanctions that spare the poor", "offer"),
        ("promise", "vowed", "to help the wounded", "offer"),
        ("promise", "promised", "that Norway would pay for the bridge", "offer"),
        ("promise", "said", "they would pay a heavy price for it", "red line"),
        ("promise", "vowed", "to punish the rebels", "red line"),
        ("promise", "vowed", "to retake the port", "aim"),
        ("promise", "said", "it would halt fire for three hours each day", "offer"),
        ("promise", "said", "it would visit the plant in May", None),
        ("promise", "said", "it will build a second canal", "aim"),
        ("promise", "said", "it would not step down", "red line"),
        ("promise", "said", "it would not strike first", "offer"),
        ("promise", "said", "it would provide details soon", None),
        ("promise", "said", "“If they come, we will give them a lesson.”", "red line"),
        ("threat", "threatened", "military action if the talks fail", "red line"),
        ("threat", "threatens", "prospects of the trade pact", None),
        ("threat", "said", "it would respond to the offer by May", None),
        ("threat", "said", "it would respond to any attack", "red line"),
        ("demand", "ordered", "the arrest of two captains", None),
        ("demand", "urged", "residents to stay indoors", None),
        ("demand", "told", "residents of the port to leave", "demand"),
        ("demand", "asked", "not to be named", None),
        ("demand", "pleaded", "not guilty to all charges", None),
        ("demand", "called for", "an immediate ceasefire", "demand"),
        ("claim", "said", "the draft is unacceptable", "red line"),
        ("claim", "said", "the attack was wholly unacceptable", None),
        ("claim", "said", "the army had crossed a red line", None),
        ("aim", "hoped", "it was not true that shells had hit the school", None),
        ("aim", "hopes", "the talks will resume", "aim"),
        ("aim", "wanted", "to be identified only by his first name", None),
        ("aim", "wants", "to thank all who helped", None),
        ("offer", "ready", "to fight for every street", None),
        ("offer", "said", "he was not prepared to send troops", "red line"),
        ("offer", "offered", "a truce", "offer"),
        ("denial", "rejected", "calls to resign", "red line"),
        ("denial", "rejected", "the charge that it armed them", None),
        ("denial", "refused", "to lift the blockade", "red line"),
        ("denial", "refused", "to comment on the report", None),
        ("promise", "said", "those who shell us will face our army", "red line"),
        ("promise", "said", "his country would be ready to send doctors", "offer"),
        ("promise", "said", "I’d like to go back to the first question", None),
        ("demand", "said", "“Is it not time that they stopped?”", None),
        ("demand", "said", "“Many of us have had to move our offices.”", None),
        ("demand", "opposed", "calls for an election", None),
    ],
)
def test_a_position_is_read_off_kind_and_wording(
    kind: Any, cue: str, content: str, position: str | None
) -> None:
    one = said(1, content, kind=kind, cue=cue, lead="The ministry ")
    assert position_of(one) == position


@pytest.mark.parametrize(
    ("kind", "lead", "held"),
    [
        ("aim", "Peru accuses Russia of ", False),
        ("aim", "It is a trade dispute which Russia ", True),
        ("aim", "If Russia ", False),
        ("aim", "When Russia first ", False),
        ("demand", "If Russia ", False),
        ("demand", "At talks in Lima Russia ", True),
    ],
)
def test_what_is_supposed_or_said_of_one_is_no_position(kind: Any, lead: str, held: bool) -> None:
    cue = "demanded" if kind == "demand" else "wants"
    one = said(1, "to buy the port", kind=kind, cue=cue, lead=lead)
    assert (position_of(one) is not None) is held


@pytest.mark.parametrize(("speaker", "held"), [(PER, False), (RUS, True), (PAPER, True)])
def test_an_aim_that_another_side_tells_is_none(speaker: Party, held: bool) -> None:
    aim = said(1, "to buy the port", kind="aim", cue="wants", inside="1:s2")
    outer = said(1, "Russia wants to buy the port", id="1:s2", speaker=speaker, kind="claim")
    assert (position_of(aim, outer) is not None) is held


@pytest.mark.parametrize(
    ("content", "held"),
    [
        ("Peru must lift the blockade by Friday", ["demand"]),
        ("the blockade should be lifted", ["demand"]),
        ("Peru must have known of the plan", []),
        ("the prices reflect a long-term need to import grain", []),
        ("Peru does not have to leave the club", []),
        ("it asked why Peru should pay", []),
        ("its forces would not withdraw from the port", ["red line"]),
        ("Moscow knew that Peru would not withdraw from the port", []),
        ("his government is ready to hold talks, and Peru knows it", ["offer"]),
        ("Peru is ready to hold talks", []),
        ("its army is ready to strike", []),
        ("they want the port to be reopened", ["demand"]),
        ("it hoped to open a road to the coast", ["aim"]),
        ("the captain may leave as long as he pays", ["offer"]),
        ("there will be no talks until the port is open", ["red line"]),
        ("it is time to open the port", ["demand"]),
        (
            "“Peru must go. We will never accept its rule. It was a long day.”",
            ["demand", "red line"],
        ),
        ("“We urge Peru to wait,”", ["demand"]),
        ("“We want to thank the nurses.”", []),
    ],
)
def test_positions_are_taken_within_what_is_merely_said(content: str, held: list[str]) -> None:
    one = said(1, content, cue="said", speaker=RUS, quoted=content.startswith("“"))
    assert [kind for kind, _ in positions_of(one)] == held


def test_of_a_claim_the_sentence_that_takes_the_position_is_shown() -> None:
    one = said(1, "“It was a long day. Peru must open the canal.”", cue="said", quoted=True)
    assert [wording(told, kind) for kind, told in positions_of(one)] == [
        "Peru must open the canal."
    ]


def test_a_refusal_is_shown_with_its_verb() -> None:
    refusal = said(1, "any talks with the rebels", kind="denial", cue="ruled out")
    assert wording(refusal, "red line") == "ruled out any talks with the rebels"


@pytest.mark.parametrize(
    ("kind", "cue", "lead"),
    [
        ("offer", "ready", "There is no sign that Russia is "),
        ("offer", "offering", "Russia is not considering "),
        ("demand", "calling", "Russia has defied resolutions "),
        ("aim", "intention", "Russia has no "),
        ("aim", "Hopes for", ""),
    ],
)
def test_what_nobody_has_done_is_no_position(kind: Any, cue: str, lead: str) -> None:
    assert position_of(said(1, "to reopen the port", kind=kind, cue=cue, lead=lead)) is None


def test_of_a_long_speech_the_sentence_that_takes_the_position_is_shown() -> None:
    talk = "We have read the letter with care and we thank all who wrote it. " * 4
    speech = said(1, f"“{talk}Peru must open the canal by May.”", kind="demand", quoted=True)
    assert wording(speech, "demand") == "Peru must open the canal by May."


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("the minister as “reckless” for", "the minister as “reckless”"),
        ("a deal with Peru, which", "a deal with Peru"),
        ("“We will wait", "We will wait"),
        ("“We will wait,” and “no more”", "“We will wait,” and “no more”"),
        ("talks\n  in Lima", "talks in Lima"),
        ("$245m (£163m", "$245m"),
    ],
)
def test_wordings_stand_on_one_line_and_end_with_a_word(content: str, shown: str) -> None:
    assert wording(said(1, content)) == shown
