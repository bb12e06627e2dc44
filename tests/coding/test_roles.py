"""Who acts and on whom, in sentences in the manner of news reports, read by the shipped model.

Each row is a sentence, the type of one event, and the codes (or parts of names) of its actors and
recipients; “-” where there is none, “*” where it does not matter.
"""

from __future__ import annotations

import pytest

from dragoman.reader import Reader
from dragoman.records import Event, Reading

ROWS = [
    # the doer stands with the noun that tells the deed
    ("A Turkish air strike killed nine fighters in Syria.", "ASSAULT", "TUR", "*"),
    ("A car bombing claimed by al-Shabaab killed six Kenyan soldiers.", "ASSAULT", "Shabaab", "*"),
    ("The blockade of Ukrainian ports by Russian ships went on.", "COERCE", "RUS", "UKR"),
    ("A Russian-backed offensive by Syrian troops began on Monday.", "ASSAULT", "SYR", "*"),
    # a judged deed: who did it, not whom it hit
    ("France condemned the Russian attack on Kharkiv.", "ACCUSE", "FRA", "RUS"),
    ("Norway complained that Sweden had closed the strait.", "ACCUSE", "NOR", "SWE"),
    # whose the object is
    ("The rebels, given weapons by Libya, moved on the capital of Chad.", "AID", "LBY", "rebels"),
    ("Poland called on President Lukashenko to free the hostages.", "REQUEST", "POL", "BLR"),
    ("The Kenyan minister, not Uganda, called for a ceasefire in Sudan.", "REQUEST", "KEN", "*"),
    ("The US imposed tariffs because of Japan's failure to open its market.",
     "SANCTION", "USA", "JPN"),
    ("Norway promised to stand by Ukraine.", "AGREE", "NOR", "UKR"),
    ("Rebels hold the town. The rebel shelling of Damascus killed two.", "ASSAULT", "ebels", "SYR"),
    ("Islamic State is under attack in Iraq.", "ASSAULT", "*", "Islamic State"),
    ("A rebel attack on Friday killed three Turkish soldiers.", "ASSAULT", "rebel", "TUR"),
    ("Denmark sent anti-ship missiles to Ukraine.", "AID", "DNK", "UKR"),
    ("King Charles condemned the acts of terrorism in Kenya.", "ACCUSE", "Charles", "-"),
    ("Mali said it was caused by rebels who had launched a rocket at a Kenyan plane.",
     "ASSAULT", "rebels", "KEN"),
    ("The US helped Kenya with intelligence.", "AID", "USA", "KEN"),
    ("France is helping Mali to fight Islamists.", "ASSAULT", "MLI", "*"),
    # what they do to each other
    ("Peru and Chile accused each other of shelling villages.", "ACCUSE", "PER", "CHL"),
    ("Peru and Chile accused each other of shelling villages.", "ACCUSE", "CHL", "PER"),
    ("India and Nepal each accused the other of breaking the truce.", "ACCUSE", "IND", "NPL"),
    ("Chad and Mali held talks. Both sides accused the other of lying.", "ACCUSE", "TCD", "MLI"),
    ("Greece and Malta held talks. The two countries signed an accord.", "SUPPORT", "GRC", "-"),
    ("Greece and Malta held talks. The two countries signed an accord.", "SUPPORT", "MLT", "-"),
    ("Talks between Mali and elements of the Taliban resumed.", "CONSULT", "Taliban", "-"),
    # contacts
    ("The Kenyan minister will hold talks in Kampala on Monday.", "CONSULT", "KEN", "*"),
    ("The Polish president's Chile trip was a success.", "CONSULT", "POL", "CHL"),
    ("Chad's hopes fell after talks with Mali.", "CONSULT", "TCD", "*"),
    ("\"We urge the US government to pay,\" a minister of Peru said.", "REQUEST", "*", "USA"),
    ("The Syrian government blamed the attack on Turkey.", "ACCUSE", "SYR", "TUR"),
    # clauses without a subject of their own
    ("Having failed to normalise ties with Israel, Oman turned to Iran, said an analyst.",
     "SUPPORT", "OMN", "ISR"),
    ("Peru asked for government plans for blockading Chile to be dropped.", "REQUEST", "PER", "*"),
    ("Anti - Japanese protests broke out in Beijing.", "PROTEST", "*", "JPN"),
    ("A new border wall was built where Turkish troops were advancing.", "MOBILIZE", "TUR", "-"),
]  # fmt: skip


def _match(reading: Reading, ids: tuple[str, ...], wanted: str) -> bool:
    if wanted == "*":
        return True
    if wanted == "-":
        return not ids
    actors = [actor for actor in reading.actors if actor.id in ids]
    return any(wanted == actor.code or wanted in actor.name for actor in actors)


@pytest.mark.parametrize(("text", "type_", "actor", "recipient"), ROWS)
def test_who_acts_and_on_whom(
    reader: Reader, text: str, type_: str, actor: str, recipient: str
) -> None:
    reading = reader.read(text, date="2022-03-10")
    events: list[Event] = [event for event in reading.events if event.type == type_]
    assert any(
        _match(reading, event.actors, actor) and _match(reading, event.recipients, recipient)
        for event in events
    ), [(e.type, e.actors, e.recipients) for e in reading.events]


def test_whom_an_attack_hit_is_not_whom_its_critic_accuses(reader: Reader) -> None:
    reading = reader.read("Spain denounced the bombing of Aleppo.", date="2016-03-10")
    assert not any(e.type == "ACCUSE" and "SYR" in e.recipients for e in reading.events)


def test_what_is_another_s_own_is_not_its_backer_s(reader: Reader) -> None:
    reading = reader.read("A Russian-backed offensive by Syrian troops began.", date="2016-03-10")
    assert all("RUS" not in e.actors for e in reading.events)


def test_not_only_denies_nothing(reader: Reader) -> None:
    text = "Poland not only expelled two Russian diplomats but also recalled its ambassador."
    assert {e.status for e in reader.read(text).events if e.type == "SANCTION"} == {"happened"}


def test_the_leaders_are_those_who_met(reader: Reader) -> None:
    text = "The presidents of Chile and Peru met in Lima. Copper was discussed. The leaders agreed \
to cooperate."
    agreed = [e for e in reader.read(text, date="2022-03-10").events if e.type == "AGREE"]
    assert len(agreed) == 1
    assert "leaders" not in [a.name for a in reader.read(text).actors if a.id in agreed[0].actors]


def test_rebels_before_a_noun_are_those_told_before(reader: Reader) -> None:
    text = "Rebels fired rockets into the capital of Chad. A rebel barrage killed ten people."
    killed = [e for e in reader.read(text).events if e.recipients and e.type == "ASSAULT"]
    assert all(e.actors for e in killed)


def test_those_between_whom_a_truce_is_are_all(reader: Reader) -> None:
    text = "A Syrian ceasefire between the army and the rebels took hold."
    for event in reader.read(text).events:
        assert "SYR" not in event.actors


def test_they_who_meet_are_the_two_of_the_clause_above(reader: Reader) -> None:
    text = "President Macron told President Erdogan as they began a meeting that Syria was burning."
    reading = reader.read(text, date="2020-03-10")
    (met,) = [e for e in reading.events if e.type == "CONSULT"]
    assert set(met.actors) == {"emmanuel-macron", "recep-tayyip-erdogan"}


def test_what_a_shell_damaged_is_not_done_by_who_told_it(reader: Reader) -> None:
    text = "A police source said the rebels fired a shell at Aleppo, killing two Syrian soldiers."
    reading = reader.read(text, date="2016-03-10")
    killing = [e for e in reading.events if e.type == "ASSAULT"]
    names = {a.name for a in reading.actors for e in killing if a.id in e.actors}
    assert names
    assert not any("police" in name for name in names)


def test_who_calls_for_a_truce_is_none_of_its_sides(reader: Reader) -> None:
    events = reader.read("China called for a ceasefire in Sudan.").events
    assert [e.type for e in events] == ["REQUEST"]


def test_who_is_begged_to_agree_agrees(reader: Reader) -> None:
    reading = reader.read("The UN begged Chad to agree to a ceasefire with the rebels.")
    agreeing = [e for e in reading.events if e.type in ("AGREE", "RETREAT")]
    assert agreeing
    assert all("united-nations" not in e.actors for e in agreeing)


def test_an_allegation_is_not_by_whom_it_is_about(reader: Reader) -> None:
    reading = reader.read("The UN began to look into allegations that Chad carried out a raid.")
    assert all("TCD" not in e.actors for e in reading.events if e.type == "ACCUSE")


def test_according_to_names_no_doer(reader: Reader) -> None:
    text = "Nine Syrian soldiers were killed in fighting according to the Russian army."
    assert all("RUS" not in e.actors for e in reader.read(text).events)


def test_the_strikes_are_those_told_right_before(reader: Reader) -> None:
    text = "Russian air strikes began on Sunday. The strikes hit a village in Syria."
    reading = reader.read(text, date="2016-03-10")
    assert all("RUS" in e.actors for e in reading.events if e.type == "ASSAULT")


def test_what_is_ordered_to_undergo_a_deed_does_not_do_it(reader: Reader) -> None:
    reading = reader.read("The Catholic channel was ordered to be taken off the air by Chad.")
    channels = {a.id for a in reading.actors if "channel" in a.name.lower()}
    assert all(channels.isdisjoint(e.actors) for e in reading.events)


def test_a_deed_that_names_no_one_behind_itself_ends_the_search(reader: Reader) -> None:
    text = "“All the bombings that have been committed in Aleppo are of the regime,” Fares said."
    assert reader.read(text, date="2022-03-10").sentences
