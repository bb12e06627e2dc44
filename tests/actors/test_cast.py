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
President/PROPN/nmod:desc/2 Emmanuel/PROPN/nsubj/4 Macron/PROPN/flat/2 met/VERB/root/0/meet the/DET/det/7 Russian/ADJ/amod/7 president/NOUN/obj/4 ./PUNCT/punct/4
Macron/PROPN/nsubj/2 said/VERB/root/0/say he/PRON/nsubj/5 would/AUX/aux/5 go/VERB/ccomp/2 ./PUNCT/punct/2
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
Dmitri/PROPN/nsubj/7 Pavlov/PROPN/flat/1 ,/PUNCT/punct/1 the/DET/det/6 Kremlin/PROPN/compound/6 spokesman/NOUN/appos/1 spoke/VERB/root/0/speak ./PUNCT/punct/7
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
Vladimir/PROPN/nsubj/6 Putin/PROPN/flat/1 and/CCONJ/cc/4 Joe/PROPN/conj/1 Biden/PROPN/flat/4 spoke/VERB/root/0/speak ./PUNCT/punct/6
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
Sergei/PROPN/nsubj/3 Lavrov/PROPN/flat/1 met/VERB/root/0/meet his/PRON/nmod:poss/6 Turkish/ADJ/amod/6 counterpart/NOUN/obj/3 ./PUNCT/punct/3
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
