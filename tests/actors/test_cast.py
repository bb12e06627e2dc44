"""The cast of hand-drawn sentences: who is mentioned, what is known of each, who is who."""

from __future__ import annotations

import pytest

from actors.sketch import sketch
from dragoman.actors.cast import Cast, find_cast
from dragoman.actors.directory import Directory
from dragoman.records import Actor

DIRECTORY = Directory.load()


def cast(text: str, date: str | None = None, names: list[tuple[str, str]] | None = None) -> Cast:
    return find_cast(sketch(text, names=names), DIRECTORY, date=date)


def having(found: Cast, mention: str) -> Actor:
    """The one actor that has a mention of these words."""
    actors = [a for a in found.actors if mention in [m.text for m in a.mentions]]
    assert len(actors) == 1, [(a.id, [m.text for m in a.mentions]) for a in found.actors]
    return actors[0]


MEETING = """
President/PROPN/nmod:desc/2 Emmanuel/PROPN/nsubj/4 Macron/PROPN/flat/2 met/VERB/root/0/meet
    the/DET/det/7 Russian/ADJ/amod/7 president/NOUN/obj/4 ./PUNCT/punct/4
Macron/PROPN/nsubj/2 said/VERB/root/0/say he/PRON/nsubj/5 would/AUX/aux/5 go/VERB/ccomp/2
    ./PUNCT/punct/2
The/DET/det/3 French/ADJ/amod/3 president/NOUN/nsubj/4 left/VERB/root/0/leave ./PUNCT/punct/4
"""


def test_a_person_is_one_actor_under_all_names() -> None:
    macron = having(cast(MEETING, "2022-02-08"), "President Emmanuel Macron")
    assert macron.id == "emmanuel-macron"
    assert [m.text for m in macron.mentions] == [
        "President Emmanuel Macron",
        "Macron",
        "he",
        "The French president",
    ]
    assert [m.form for m in macron.mentions] == ["name", "name", "pronoun", "description"]


def test_an_office_is_held_by_who_held_it_on_the_day() -> None:
    assert having(cast(MEETING, "2022-02-08"), "the Russian president").id == "vladimir-putin"
    assert having(cast(MEETING, "2011-02-08"), "the Russian president").id == "dmitry-medvedev"


def test_mentions_answer_at_their_heads() -> None:
    found = cast(MEETING, "2022-02-08")
    assert found.at(1) == found.at(8) == found.at(10) == "emmanuel-macron"
    assert found.at(6) == "vladimir-putin"
    assert found.modifier(5) == "RUS"
    assert found.at(3) is None


PESKOV = """
Dmitri/PROPN/nsubj/7 Pavlov/PROPN/flat/1 ,/PUNCT/punct/1 the/DET/det/6 Kremlin/PROPN/compound/6
    spokesman/NOUN/appos/1 spoke/VERB/root/0/speak ./PUNCT/punct/7
Mr/PROPN/nmod:desc/2 Pavlov/PROPN/nsubj/3 denied/VERB/root/0/deny it/PRON/obj/3 ./PUNCT/punct/3
The/DET/det/2 spokesman/NOUN/nsubj/3 said/VERB/root/0/say so/ADV/advmod/3 ./PUNCT/punct/3
"""


def test_an_apposition_teaches_who_a_person_is() -> None:
    person = having(cast(PESKOV, "2022-02-08", [("Dmitri Pavlov", "PER")]), "Mr Pavlov")
    assert (person.basis, person.code, person.sectors[0]) == ("text", "RUS", "GOV")
    assert person.part_of == "kremlin"
    assert person.role == "Kremlin spokesman"
    assert {"Dmitri Pavlov", "Mr Pavlov", "The spokesman"} <= {m.text for m in person.mentions}


@pytest.mark.parametrize(
    ("text", "mention", "code", "sector", "kind"),
    [
        (
            "A/DET/det/4 senior/ADJ/amod/4 U.S./PROPN/compound/4 official/NOUN/nsubj/5 "
            "said/VERB/root/0/say so/ADV/advmod/5 ./PUNCT/punct/5",
            "A senior U.S. official",
            "USA",
            "GOV",
            "unnamed",
        ),
        (
            "Israeli/ADJ/amod/2 forces/NOUN/nsubj/3/force entered/VERB/root/0/enter the/DET/det/5 "
            "town/NOUN/obj/3 ./PUNCT/punct/3",
            "Israeli forces",
            "ISR",
            "MIL",
            "unnamed",
        ),
        (
            "The/DET/det/2 Russians/PROPN/nsubj/3/russian refused/VERB/root/0/refuse "
            "./PUNCT/punct/3",
            "The Russians",
            "RUS",
            "CVL",
            "people",
        ),
        (
            "Rebels/NOUN/nsubj/6/rebel in/ADP/case/4 the/DET/det/4 Congo/PROPN/nmod/1 "
            "have/AUX/aux/6 refused/VERB/root/0/refuse ./PUNCT/punct/6",
            "Rebels in the Congo",
            "COD",
            "REB",
            "armed-group",
        ),
        (
            "A/DET/det/4 human/ADJ/amod/3 rights/NOUN/compound/4/right group/NOUN/nsubj/5 "
            "protested/VERB/root/0/protest ./PUNCT/punct/5",
            "A human rights group",
            "NGO",
            "SOC",
            "organisation",
        ),
    ],
)
def test_a_description_tells_country_and_sector(
    text: str, mention: str, code: str, sector: str, kind: str
) -> None:
    actor = having(cast(text), mention)
    assert (actor.code, actor.sectors[0], actor.kind) == (code, sector, kind)
    assert actor.basis == "text"


def test_a_capital_that_acts_is_its_government() -> None:
    text = (
        "Moscow/PROPN/nsubj/2 accused/VERB/root/0/accuse Kiev/PROPN/obj/2 of/SCONJ/mark/5 "
        "shelling/VERB/advcl/2/shell villages/NOUN/obj/5/village ./PUNCT/punct/2"
    )
    found = cast(text)
    assert having(found, "Moscow").id == "RUS"
    assert having(found, "Kiev").id == "UKR"


def test_a_capital_where_things_happen_is_a_place() -> None:
    text = (
        "Diplomats/NOUN/nsubj/2/diplomat met/VERB/root/0/meet in/ADP/case/4 Moscow/PROPN/obl/2 "
        "./PUNCT/punct/2"
    )
    assert "RUS" not in [a.id for a in cast(text).actors]


TWO = """
Vladimir/PROPN/nsubj/6 Putin/PROPN/flat/1 and/CCONJ/cc/4 Joe/PROPN/conj/1 Biden/PROPN/flat/4
    spoke/VERB/root/0/speak ./PUNCT/punct/6
The/DET/det/3 two/NUM/nummod/3 men/NOUN/nsubj/4/man agreed/VERB/root/0/agree ./PUNCT/punct/4
They/PRON/nsubj/3 will/AUX/aux/3 meet/VERB/root/0 ./PUNCT/punct/3
"""


def test_the_two_men_are_those_named_together() -> None:
    pair = having(cast(TWO, "2022-01-01"), "The two men")
    assert pair.members == ("vladimir-putin", "joe-biden")
    assert [m.text for m in pair.mentions] == ["The two men", "They"]


def test_leaders_of_a_bloc_are_its_members() -> None:
    text = (
        "He/PRON/nsubj/2 phoned/VERB/root/0/phone the/DET/det/5 three/NUM/nummod/5 "
        "leaders/NOUN/obj/2/leader of/ADP/case/9 the/DET/det/9 Baltic/ADJ/amod/9 "
        "States/PROPN/nmod/5/state ./PUNCT/punct/2"
    )
    actor = having(cast(text), "the three leaders of the Baltic States")
    assert actor.members == ("EST", "LVA", "LTU")


COUNTERPART = """
Sergei/PROPN/nsubj/3 Lavrov/PROPN/flat/1 met/VERB/root/0/meet his/PRON/nmod:poss/6
    Turkish/ADJ/amod/6 counterpart/NOUN/obj/3 ./PUNCT/punct/3
"""


def test_a_counterpart_holds_the_same_office_elsewhere() -> None:
    found = cast(COUNTERPART, "2022-03-10")
    assert having(found, "his").id == "sergey-lavrov"
    assert having(found, "his Turkish counterpart").id == "mevlut-cavusoglu"


def test_ids_of_the_text_follow_the_first_mention() -> None:
    text = (
        "Gunmen/NOUN/nsubj/2/gunman attacked/VERB/root/0/attack villagers/NOUN/obj/2/villager "
        "./PUNCT/punct/2"
    )
    assert [(a.id, a.name) for a in cast(text).actors] == [("x1", "Gunmen"), ("x2", "villagers")]


def test_two_of_one_family_name_are_kept_apart() -> None:
    text = """
Ilham/PROPN/nsubj/3 Aliyev/PROPN/flat/1 met/VERB/root/0/meet Mehriban/PROPN/obj/3
    Aliyeva/PROPN/flat/4 ./PUNCT/punct/3
Raul/PROPN/nsubj/3 Kestro/PROPN/flat/1 left/VERB/root/0/leave ./PUNCT/punct/3
Fidel/PROPN/nsubj/3 Kestro/PROPN/flat/1 stayed/VERB/root/0/stay ./PUNCT/punct/3
Kestro/PROPN/nsubj/2 spoke/VERB/root/0/speak ./PUNCT/punct/2
"""
    tags = [("Raul Kestro", "PER"), ("Fidel Kestro", "PER"), ("Kestro", "PER")]
    found = cast(text, names=tags)
    first, second = having(found, "Raul Kestro"), having(found, "Fidel Kestro")
    assert first.id != second.id
    assert "Kestro" in [m.text for m in second.mentions]


def test_a_name_of_several_people_stays_open() -> None:
    text = "Fernandez/PROPN/nsubj/2 spoke/VERB/root/0/speak ./PUNCT/punct/2"
    actor = having(cast(text, "2012-05-01", [("Fernandez", "PER")]), "Fernandez")
    assert actor.basis == "text"
    assert len(actor.candidates) > 1
    assert all(candidate.why for candidate in actor.candidates)


def test_an_acronym_in_brackets_is_the_name_before_it() -> None:
    text = """
The/DET/det/4 Kestrel/PROPN/compound/4 Peace/PROPN/compound/4 Council/PROPN/nsubj/8 (/PUNCT/punct/6
    KPC/PROPN/appos/4 )/PUNCT/punct/6 protested/VERB/root/0/protest ./PUNCT/punct/8
The/DET/det/2 KPC/PROPN/nsubj/3 left/VERB/root/0/leave ./PUNCT/punct/3
"""
    tags = [("Kestrel Peace Council", "ORG"), ("KPC", "ORG")]
    council = having(cast(text, names=tags), "Kestrel Peace Council")
    assert [m.text for m in council.mentions].count("KPC") == 2


def test_i_in_a_quotation_is_the_speaker() -> None:
    text = """
“/PUNCT/punct/3 I/PRON/nsubj/3 agree/VERB/ccomp/7 ,/PUNCT/punct/3 ”/PUNCT/punct/3
    Joe/PROPN/nsubj/7 said/VERB/root/0/say ./PUNCT/punct/7
"""
    speaker = having(cast(text, names=[("Joe", "PER")]), "Joe")
    assert [m.text for m in speaker.mentions] == ["I", "Joe"]


def test_each_other_are_those_who_are_named_together() -> None:
    text = """
Russia/PROPN/nsubj/4 and/CCONJ/cc/3 Ukraine/PROPN/conj/1 accused/VERB/root/0/accuse
    each/DET/det/6 other/ADJ/obj/4 ./PUNCT/punct/4
"""
    assert having(cast(text), "each other").members == ("RUS", "UKR")


def test_troops_that_a_state_masses_are_its_own() -> None:
    text = """
Westerners/PROPN/nsubj/2/westerner accused/VERB/root/0/accuse Moscow/PROPN/obj/2 of/SCONJ/mark/5
    massing/VERB/advcl/2/mass troops/NOUN/obj/5/troop ./PUNCT/punct/2
"""
    assert having(cast(text), "troops").code == "RUS"


def test_a_relative_pronoun_answers_with_its_antecedent() -> None:
    text = """
Rebels/NOUN/nsubj/5/rebel who/PRON/nsubj/3 attacked/VERB/acl:relcl/1/attack Kabul/PROPN/obj/3
    fled/VERB/root/0/flee ./PUNCT/punct/5
"""
    found = cast(text)
    assert found.at(1) == found.at(0) == "x1"


def test_a_title_under_another_noun_is_not_the_names() -> None:
    text = """
An/DET/det/2 adviser/NOUN/nsubj/9 to/ADP/case/6 the/DET/det/6 German/ADJ/amod/6
    Chancellor/PROPN/nmod:desc/7 Jens/PROPN/nmod/2 Kestrel/PROPN/flat/7 spoke/VERB/root/0/speak
    ./PUNCT/punct/9
"""
    found = cast(text, "2022-01-11", [("Jens Kestrel", "PER")])
    assert having(found, "the German Chancellor").id == "olaf-scholz"
    assert having(found, "Jens Kestrel").id != "olaf-scholz"


def test_all_capitals_do_not_hide_a_state() -> None:
    text = """
RUSSIA/PROPN/nsubj/2 ACCUSES/VERB/root/0/accuse NATO/PROPN/obj/2 OF/SCONJ/mark/5
    ARMING/VERB/advcl/2/arm REBELS/NOUN/obj/5/rebel
"""
    found = cast(text)
    assert having(found, "RUSSIA").id == "RUS"
    assert having(found, "NATO").id == "nato"
    assert having(found, "REBELS").sectors[0] == "REB"


def test_a_mention_is_within_the_text_and_its_own_words() -> None:
    analysis = sketch(MEETING)
    for actor in find_cast(analysis, DIRECTORY, date="2022-02-08").actors:
        for mention in actor.mentions:
            assert analysis.text[mention.start : mention.end] == mention.text


def test_the_same_text_gives_the_same_cast() -> None:
    assert cast(MEETING, "2022-02-08").actors == cast(MEETING, "2022-02-08").actors


def test_nothing_in_nothing_out() -> None:
    assert cast("").actors == ()


def test_a_state_that_leads_acts() -> None:
    text = """
A/DET/det/5 Saudi/ADJ/compound/4 -/PUNCT/punct/2 led/VERB/amod/5/lead strike/NOUN/nsubj/6
    killed/VERB/root/0/kill villagers/NOUN/obj/6/villager ./PUNCT/punct/6
"""
    assert having(cast(text), "Saudi").id == "SAU"
