"""Of which country those are of whom none is told, and what names and adjectives allude to."""

from __future__ import annotations

import pytest

from actors.test_cast import cast, having

EXPORTS = """
Egyptian/ADJ/amod/2 exports/NOUN/nsubj/3/export fell/VERB/root/0/fall in/ADP/case/5
    Peru/PROPN/obl/3 ./PUNCT/punct/3
"""
PRISONERS = """
Peru/PROPN/nsubj/2 freed/VERB/root/0/free 37/NUM/nummod/4 prisoners/NOUN/obj/2/prisoner
    ./PUNCT/punct/2
"""
ABROAD = """
Hungary/PROPN/nsubj/2 says/VERB/root/0/say the/DET/det/5 foreign/ADJ/amod/5
    troops/NOUN/nsubj/9/troop and/CCONJ/cc/8 the/DET/det/8 miners/NOUN/conj/5/miner
    left/VERB/ccomp/2/leave ./PUNCT/punct/2
"""
DEPUTIES = """
The/DET/det/2 speaker/NOUN/nsubj/9 of/ADP/case/5 the/DET/det/5 Knesset/PROPN/nmod/2
    and/CCONJ/cc/8 other/ADJ/amod/8 deputies/NOUN/conj/2/deputy flew/VERB/root/0/fly
    to/ADP/case/11 Jordan/PROPN/obl/9 ./PUNCT/punct/9
"""
CRITICS = """
Mr/PROPN/nmod:desc/2/mr. Erdogan/PROPN/nmod:poss/4 's/PART/case/2
    critics/NOUN/nsubj/5/critic wept/VERB/root/0/weep ./PUNCT/punct/5
"""
SPOKESMAN = """
Armenia/PROPN/nsubj/2 mourned/VERB/ccomp/8/mourn ,/PUNCT/punct/8 a/DET/det/7
    Foreign/ADJ/amod/6 Ministry/PROPN/compound/7 spokesman/NOUN/nsubj/8
    said/VERB/root/0/say of/ADP/case/10 Togo/PROPN/obl/8 and/CCONJ/cc/12 Benin/PROPN/conj/10
    ./PUNCT/punct/8
"""
MILITANTS = """
Isis/PROPN/compound/2 fighters/NOUN/nsubj/3/fighter left/VERB/root/0/leave
    ./PUNCT/punct/3
The/DET/det/3 militant/ADJ/amod/3 group/NOUN/nsubj/4 spoke/VERB/root/0/speak
    ./PUNCT/punct/4
"""
RIVALS = """
Hamas/PROPN/nsubj/2 met/VERB/root/0/meet Hezbollah/PROPN/obj/2 ./PUNCT/punct/2
The/DET/det/3 militant/ADJ/amod/3 group/NOUN/nsubj/4 spoke/VERB/root/0/speak
    ./PUNCT/punct/4
"""
MINISTERS = """
The/DET/det/3 foreign/ADJ/amod/3 ministers/NOUN/nsubj/10/minister of/ADP/case/5
    France/PROPN/nmod/3 ,/PUNCT/punct/7 Germany/PROPN/conj/3 and/CCONJ/cc/9
    Poland/PROPN/conj/5 met/VERB/root/0/meet ./PUNCT/punct/10
"""
REGION = """
Germany/PROPN/nsubj/2 sent/VERB/root/0/send doctors/NOUN/obj/2/doctor to/ADP/case/6
    West/PROPN/compound/6 Africa/PROPN/obl/2 ./PUNCT/punct/2
"""
LISTED = """
Kenyan/ADJ/amod/5 and/CCONJ/cc/4 South/ADJ/compound/4 African/ADJ/conj/1
    troops/NOUN/nsubj/6/troop left/VERB/root/0/leave ./PUNCT/punct/6
"""
CAMPUS = """
Students/NOUN/nsubj/2/student prayed/VERB/root/0/pray at/ADP/case/5 the/DET/det/5
    university/NOUN/obl/2 ./PUNCT/punct/2
"""
COURT = """
The/DET/det/3 Lyon/PROPN/compound/3 Court/PROPN/nsubj/4 freed/VERB/root/0/free
    him/PRON/obj/4/he ./PUNCT/punct/4
"""
SPELT = """
Ethopia/PROPN/nsubj/2 closed/VERB/root/0/close its/PRON/nmod:poss/4 border/NOUN/obj/2
    ./PUNCT/punct/2
"""
TAGGED = """
Shimon/PROPN/nsubj/3 Peres/PROPN/flat/1 blamed/VERB/root/0/blame Netanyahu/PROPN/obj/3
    ./PUNCT/punct/3
"""
PARTS = """
Most/ADJ/amod/2 parts/NOUN/nsubj/6/part of/ADP/case/5 the/DET/det/5 country/NOUN/nmod/2
    voted/VERB/root/0/vote in/ADP/case/8 Nepal/PROPN/obl/6 ./PUNCT/punct/6
"""
PRAYER = "God/PROPN/nsubj/2 saw/VERB/root/0/see Macron/PROPN/obj/2 ./PUNCT/punct/2"


def test_an_adjective_names_its_state() -> None:
    egypt = having(cast(EXPORTS), "Egyptian")
    assert (egypt.id, egypt.kind) == ("EGY", "state")


def test_people_of_no_told_country_are_of_the_place_but_that_is_no_evidence() -> None:
    found = cast(PRISONERS)
    prisoners = having(found, "37 prisoners")
    assert prisoners.code == "PER"
    assert found.actor(prisoners.id).code is None


def test_who_is_foreign_is_not_of_the_country() -> None:
    found = cast(ABROAD)
    assert having(found, "the foreign troops").code is None
    assert having(found, "the miners").code == "HUN"


def test_others_are_of_the_country_of_whom_they_are_named_with() -> None:
    assert having(cast(DEPUTIES), "other deputies").code == "ISR"


def test_critics_of_a_politician_are_at_home_and_opposed() -> None:
    critics = having(cast(CRITICS, "2019-01-01"), "Mr Erdogan's critics")
    assert (critics.code, critics.sectors) == ("TUR", ("OPP",))


def test_who_speaks_for_a_state_is_of_it() -> None:
    assert having(cast(SPOKESMAN), "a Foreign Ministry spokesman").code == "ARM"


def test_a_named_group_goes_on_under_a_general_noun() -> None:
    assert having(cast(MILITANTS), "The militant group").id == "islamic-state"


def test_of_two_groups_a_general_noun_means_neither() -> None:
    assert having(cast(RIVALS), "The militant group").basis == "text"


def test_a_list_of_states_after_an_office_is_whole() -> None:
    ministers = having(cast(MINISTERS), "The foreign ministers of France, Germany and Poland")
    assert ministers.members == ("FRA", "DEU", "POL")


def test_a_region_is_not_the_bloc_whose_name_it_begins_with() -> None:
    found = cast(REGION, names=[("Germany", "LOC"), ("West Africa", "LOC")])
    assert "west" not in [actor.id for actor in found.actors]


def test_a_demonym_of_two_words_is_one() -> None:
    assert having(cast(LISTED), "Kenyan and South African troops").members == ("KEN", "ZAF")


def test_a_building_where_something_happens_is_no_actor() -> None:
    assert [a.name for a in cast(CAMPUS).actors] == ["Students"]


def test_a_body_is_of_the_state_of_the_town_in_its_name() -> None:
    assert having(cast(COURT, names=[("Lyon Court", "ORG")]), "Lyon Court").code == "FRA"


def test_a_state_is_known_under_a_common_misspelling() -> None:
    assert having(cast(SPELT, names=[("Ethopia", "ORG")]), "Ethopia").id == "ETH"


def test_a_leader_whom_the_model_takes_for_a_body_is_a_person() -> None:
    found = cast(TAGGED, names=[("Shimon Peres", "PER"), ("Netanyahu", "ORG")])
    assert having(found, "Netanyahu").kind == "person"


def test_parts_of_the_country_are_the_country() -> None:
    first = "Nepal/PROPN/nsubj/2 voted/VERB/root/0/vote ./PUNCT/punct/2"
    assert having(cast(first + PARTS), "Most parts of the country").id == "NPL"


def test_a_people_of_several_states_is_of_the_one_that_the_text_names() -> None:
    text = """
Hutus/PROPN/nsubj/2 fled/VERB/root/0/flee Burundi/PROPN/obj/2 ./PUNCT/punct/2
"""
    assert having(cast(text, names=[("Hutus", "NORP")]), "Hutus").code == "BDI"


@pytest.mark.parametrize(("date", "code"), [("2005-01-09", "SDN"), ("2014-01-09", "SSD")])
def test_who_is_of_a_young_state_was_of_another_before(date: str, code: str) -> None:
    text = "SPLA/PROPN/nsubj/2 left/VERB/root/0/leave ./PUNCT/punct/2"
    assert having(cast(text, date), "SPLA").code == code


def test_the_north_is_a_korea_where_the_other_is_named() -> None:
    text = """
Seoul/PROPN/nsubj/2 accused/VERB/root/0/accuse the/DET/det/4 North/PROPN/obj/2 ./PUNCT/punct/2
South/PROPN/compound/2 Korea/PROPN/nsubj/3 waited/VERB/root/0/wait ./PUNCT/punct/3
"""
    assert having(cast(text, names=[("North", "LOC")]), "North").id == "PRK"


def test_god_is_nobody() -> None:
    found = cast(PRAYER, "2022-01-01", names=[("God", "PER"), ("Macron", "PER")])
    assert [actor.id for actor in found.actors] == ["emmanuel-macron"]


@pytest.mark.parametrize("word", ["GMT", "ET"])
def test_a_time_zone_is_no_body(word: str) -> None:
    text = f"It/PRON/nsubj/2 ended/VERB/root/0/end at/ADP/case/5 9/NUM/nummod/5 {word}/PROPN/obl/2"
    assert not cast(text, names=[(word, "ORG")]).actors
