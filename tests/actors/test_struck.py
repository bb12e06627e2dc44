"""Places that are struck or visited, and the country of those of whom none is told."""

from __future__ import annotations

import pytest

from actors.sketch import sketch
from actors.test_cast import DIRECTORY, cast, having
from dragoman.actors.cast import find_cast

SHELLED = """
Rebels/NOUN/nsubj/2/rebel shelled/VERB/root/0/shell Jericho/PROPN/obj/2 ./PUNCT/punct/2
"""
CURFEW = """
Police/NOUN/nsubj/2 imposed/VERB/root/0/impose a/DET/det/4 curfew/NOUN/obj/2 in/ADP/case/7
    the/DET/det/7 town/NOUN/obl/2 of/ADP/case/9 Jericho/PROPN/nmod/7 ./PUNCT/punct/2
"""
ATTACK = """
The/DET/det/2 attack/NOUN/nsubj/5 on/ADP/case/4 Aleppo/PROPN/nmod/2 failed/VERB/root/0/fail
    ./PUNCT/punct/5
"""


@pytest.mark.parametrize(
    ("text", "mention", "code"),
    [
        (SHELLED, "Jericho", "PSE"),
        (CURFEW, "the town of Jericho", "PSE"),
        (ATTACK, "Aleppo", "SYR"),
    ],
)
def test_a_place_that_is_struck_is_those_who_live_there(text: str, mention: str, code: str) -> None:
    actor = having(cast(text), mention)
    assert (actor.kind, actor.code, actor.sectors) == ("people", code, ("CVL",))


@pytest.mark.parametrize(
    "text",
    [
        "He/PRON/nsubj/2 slept/VERB/root/0/sleep in/ADP/case/4 Jericho/PROPN/obl/2 ./PUNCT/punct/2",
        "He/PRON/nsubj/2 left/VERB/root/0/leave the/DET/det/4 town/NOUN/obj/2 ./PUNCT/punct/2",
    ],
)
def test_elsewhere_a_place_is_no_actor(text: str) -> None:
    assert not [a for a in cast(text).actors if a.mentions]


def test_a_town_visited_names_the_state_that_may_be_host() -> None:
    text = "He/PRON/nsubj/2 flew/VERB/root/0/fly to/ADP/case/4 Moscow/PROPN/obl/2 ./PUNCT/punct/2"
    (state,) = cast(text).actors
    assert (state.id, [m.text for m in state.mentions]) == ("RUS", ["Moscow"])


def test_rebels_are_of_the_state_whose_forces_they_fight() -> None:
    text = """
Kurdish/ADJ/amod/2 rebels/NOUN/nsubj/3/rebel killed/VERB/root/0/kill Turkish/ADJ/amod/5
    soldiers/NOUN/obj/3/soldier near/ADP/case/8 Iraqi/ADJ/amod/8 towns/NOUN/obl/3/town
    in/ADP/case/10 Iraq/PROPN/obl/3 ./PUNCT/punct/3
"""
    assert having(cast(text), "Kurdish rebels").code == "TUR"


def test_police_are_of_the_place_where_they_act() -> None:
    text = """
Kenya/PROPN/nsubj/2 condemned/VERB/root/0/condemn arrests/NOUN/obj/2/arrest ./PUNCT/punct/2
Kenya/PROPN/nsubj/2 protested/VERB/root/0/protest ./PUNCT/punct/2
Police/NOUN/nsubj/2 detained/VERB/root/0/detain ten/NUM/nummod/4
    demonstrators/NOUN/obj/2/demonstrator in/ADP/case/6 Harare/PROPN/obl/2 ./PUNCT/punct/2
"""
    found = cast(text)
    assert having(found, "Police").code == having(found, "ten demonstrators").code == "ZWE"


def test_captors_are_not_of_the_country_of_their_captives() -> None:
    text = """
Two/NUM/nummod/3 Italian/ADJ/amod/3 hostages/NOUN/nsubj/4/hostage fled/VERB/root/0/flee
    their/PRON/nmod:poss/6/their captors/NOUN/obj/4/captor in/ADP/case/8 Iraq/PROPN/nmod/6
    ./PUNCT/punct/4
"""
    assert having(cast(text), "their captors in Iraq").code == "IRQ"


def test_a_pronoun_explained_in_brackets_is_the_one_named() -> None:
    text = """
Shira/PROPN/nsubj/2 wept/VERB/root/0/weep ./PUNCT/punct/2
He/PRON/nsubj/5 (/PUNCT/punct/3 Netanyahu/PROPN/appos/1 )/PUNCT/punct/3 will/AUX/aux/6
    go/VERB/root/0/go ./PUNCT/punct/6
"""
    found = cast(text, names=[("Shira", "PER"), ("Netanyahu", "PER")])
    assert {m.text for m in having(found, "He").mentions} == {"He", "Netanyahu"}


def test_a_reflexive_right_behind_a_name_stresses_it() -> None:
    text = """
Putin/PROPN/nsubj/2 left/VERB/root/0/leave ./PUNCT/punct/2
Macron/PROPN/nsubj/3 himself/PRON/nmod:desc/1/himself stayed/VERB/root/0/stay ./PUNCT/punct/3
"""
    found = cast(text, "2022-02-07", [("Putin", "PER"), ("Macron", "PER")])
    assert having(found, "himself").id == "emmanuel-macron"


def test_the_name_behind_an_office_within_a_description_is_that_of_the_holder() -> None:
    text = """
A/DET/det/2 spokesman/NOUN/nsubj/10 for/ADP/case/6 the/DET/det/6 Iranian/ADJ/amod/6
    president/NOUN/nmod/2 ,/PUNCT/punct/8 Mahmoud/PROPN/appos/6 Ahmadinejad/PROPN/flat/8
    refused/VERB/root/0/refuse ./PUNCT/punct/10
"""
    found = cast(text, "2008-06-15", [("Mahmoud Ahmadinejad", "PER")])
    assert having(found, "the Iranian president").id == "mahmoud-ahmadinejad"
    assert having(found, "A spokesman for the Iranian president").kind == "unnamed"


def test_another_name_of_a_body_stands_in_brackets() -> None:
    text = """
Hezbollah/PROPN/nsubj/7 (/PUNCT/punct/3 Party/PROPN/appos/1 of/ADP/case/5 God/PROPN/nmod/3
    )/PUNCT/punct/3 left/VERB/root/0/leave ./PUNCT/punct/7
"""
    found = cast(text, names=[("Hezbollah", "ORG"), ("Party of God", "ORG")])
    assert having(found, "Party of God").id == having(found, "Hezbollah").id == "hezbollah"


def test_a_backer_does_not_give_its_code() -> None:
    text = """
Iran/PROPN/compound/3 -/PUNCT/punct/1 backed/VERB/amod/4/back militants/NOUN/nsubj/5/militant
    fled/VERB/root/0/flee Kuwait/PROPN/obj/5 ./PUNCT/punct/5
Kuwait/PROPN/nsubj/2 rejoiced/VERB/root/0/rejoice ./PUNCT/punct/2
"""
    assert having(cast(text), "Iran - backed militants").code == "KWT"


def test_a_leader_of_one_state_is_not_the_named_leader_of_another() -> None:
    text = """
Macron/PROPN/nsubj/9 ,/PUNCT/punct/4 the/DET/det/5 Emirati/ADJ/amod/5 leader/NOUN/appos/1
    Sheikh/PROPN/nmod:desc/7 Mohamed/PROPN/flat/5 ,/PUNCT/punct/5 met/VERB/root/0/meet
    ./PUNCT/punct/9
"""
    found = cast(text, "2022-07-28", [("Macron", "PER"), ("Mohamed", "PER")])
    leader = having(found, "the Emirati leader")
    assert leader.id != "emmanuel-macron"
    assert leader.code == "ARE"


def test_an_office_before_its_holder_is_named_is_that_holder() -> None:
    text = """
The/DET/det/4 Ukrainian/ADJ/amod/4 Prime/PROPN/compound/4 Minister/PROPN/nsubj/5
    left/VERB/root/0/leave ./PUNCT/punct/5
Prime/PROPN/compound/2 Minister/PROPN/nmod:desc/3 Arseniy/PROPN/nsubj/5 Yatsenyuk/PROPN/flat/3
    stayed/VERB/root/0/stay ./PUNCT/punct/5
"""
    found = cast(text, names=[("Arseniy Yatsenyuk", "PER")])
    assert having(found, "The Ukrainian Prime Minister").id == "arseniy-yatsenyuk"


def test_the_last_word_of_a_body_may_stand_for_it() -> None:
    text = """
The/DET/det/3 Kampala/PROPN/compound/3 Post/PROPN/nsubj/4 agreed/VERB/root/0/agree ./PUNCT/punct/4
The/DET/det/2 Post/PROPN/nsubj/3 left/VERB/root/0/leave ./PUNCT/punct/3
"""
    found = cast(text, names=[("Kampala Post", "ORG"), ("Post", "ORG")])
    assert having(found, "Post").id == having(found, "Kampala Post").id


def test_below_a_label_of_a_transcript_i_am_the_one_named() -> None:
    drawn = sketch(
        """
MR./PROPN/nmod:desc/2 DORAN/PROPN/root/0 :/PUNCT/punct/2
I/PRON/nsubj/2 agree/VERB/root/0/agree ./PUNCT/punct/2
MS./PROPN/nmod:desc/2 LEGALL/PROPN/root/0 :/PUNCT/punct/2
We/PRON/nsubj/2 doubt/VERB/root/0/doubt it/PRON/obj/2 ./PUNCT/punct/2
""",
        names=[("DORAN", "PER"), ("LEGALL", "PER")],
    )
    drawn.tokens.paragraphs[:] = [0, 0, 1, 1]
    found = find_cast(drawn, DIRECTORY, date=None)
    assert "DORAN" in having(found, "I").name
    assert "LEGALL" in having(found, "We").name


def test_government_forces_are_those_of_the_place_that_they_strike() -> None:
    text = """
Government/NOUN/compound/2 forces/NOUN/nsubj/3/force shelled/VERB/root/0/shell the/DET/det/5
    town/NOUN/obj/3 of/ADP/case/7 Aleppo/PROPN/nmod/5 ./PUNCT/punct/3
Turkey/PROPN/nsubj/2 protested/VERB/root/0/protest ./PUNCT/punct/2
Turkey/PROPN/nsubj/2 called/VERB/root/0/call Russia/PROPN/obj/2 ./PUNCT/punct/2
"""
    found = cast(text)
    assert having(found, "Government forces").code == "SYR"
    assert having(found, "the town of Aleppo").code == "SYR"
