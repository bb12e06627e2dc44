"""Sentences in the manner of news reports, read by the shipped model: what is told, and how real.

Each row is a sentence, and the type and status of an event that must be among those read.
"""

from __future__ import annotations

import pytest

from dragoman.reader import Reader

ROWS = [
    ("The Kenyan minister had been due to visit Chad and Mali in May.", "CONSULT", "cancelled"),
    (
        "Chad and Mali made peace after a meeting that was planned for an hour and lasted three.",
        "CONSULT",
        "happened",
    ),
    ("Chad regretted the talks with Mali in Niamey that fell through.", "CONSULT", "cancelled"),
    (
        "The Chadian minister cancelled his trip to Mali planned for Friday.",
        "CONSULT",
        "cancelled",
    ),
    ("Iran began an exercise with 5,000 troops near the Iraqi border.", "MOBILIZE", "happened"),
    ("Iran held an exercise with 200 Omani marines.", "COOPERATE", "happened"),
    ("Poland held an exercise with Lithuania.", "COOPERATE", "happened"),
    ("Ongoing talks between Chad and Mali should ease the tension.", "CONSULT", "ongoing"),
    ("The recent meeting of Putin and Xi could change the war.", "CONSULT", "happened"),
    ("The talks between Chad and Mali could resume in May.", "CONSULT", "possible"),
    ("A meeting between Putin and Xi could change the war.", "CONSULT", "possible"),
    ("The attack by rebels in Mali may have killed hundreds.", "ASSAULT", "happened"),
    ("Israel denied that there was any attack on the Turkish ship.", "ASSAULT", "denied"),
    ("Israel did not confirm that it had attacked the Syrian port.", "ASSAULT", "possible"),
    ("Mali's army began an operation to neutralise the rebel groups.", "ASSAULT", "happened"),
    ("The arrest of Chad's president is a priority for France.", "COERCE", "possible"),
    ("The Hezbollah leader attacked the United States for promoting war.", "ACCUSE", "happened"),
    ("Support for Chad was echoed by the Kenyan president.", "SUPPORT", "happened"),
    ("Thirty people were murdered in political violence in Kenya.", "ASSAULT", "happened"),
    ("Iran's government blamed the West for the unrest.", "ACCUSE", "happened"),
    ("The EU moved closer to adopting sanctions against Russia.", "SANCTION", "possible"),
    ("Mali's army was on the brink of attacking the rebels.", "ASSAULT", "possible"),
    ("The Israeli prime minister described the reports as false.", "REJECT", "happened"),
    ("President Putin said Russia would never accept the plan.", "REJECT", "happened"),
    ("Iran warned France that it will consider this an act of war.", "THREATEN", "happened"),
    ("Libya complained of a threatening message from the Chadian army.", "THREATEN", "happened"),
    ("The Kenyan president called a halt to a meeting with Sudan.", "REJECT", "happened"),
    ("Turkey could expand the offensive in Syria.", "ASSAULT", "possible"),
    ("The US said it would build a 30,000-strong border force in Syria.", "MOBILIZE", "planned"),
    ("Police clashed with protesters in Peru, and 20 people were killed.", "ASSAULT", "happened"),
    ("There were reports that Russia would block the UN resolution.", "REJECT", "planned"),
    ("Bombing Iran would be a mistake.", "ASSAULT", "possible"),
    ("The Japanese minister will sign the deal when he visits India in May.", "CONSULT", "planned"),
    ("Thousands of Malians crowded the square to protest against France.", "PROTEST", "happened"),
    ("Chad said this did not mean it was withdrawing its troops from Mali.", "RETREAT", "denied"),
    ("Gabon agreed on condition that France withdraws its troops.", "RETREAT", "possible"),
    ("The Kenyan soldiers to be deployed to Haiti were angry.", "MOBILIZE", "planned"),
    ("The minister said Russia was to blame.", "ACCUSE", "happened"),
    ("Ukraine's effort to repel the Russian invasion goes on.", "ASSAULT", "happened"),
    ("Envoys of Chad left for talks with Sudan due to resume in Geneva.", "CONSULT", "planned"),
    ("The Syrian army drove the rebels out of the town of Nubl.", "ASSAULT", "happened"),
    ("Israel retaliated with air strikes on Gaza.", "ASSAULT", "happened"),
    ("Iran vowed to retaliate against Israel.", "THREATEN", "happened"),
    ("Britain is training Ukrainian troops.", "AID", "ongoing"),
    ("North Korea has trained 200 commandos for raids on its neighbour.", "MOBILIZE", "happened"),
    ("Turkey admitted that its soldiers had shot down the plane.", "CONCEDE", "happened"),
    ("The FBI searched the offices of the Russian company.", "COERCE", "happened"),
    ("The US secretary of state is due in Kyiv on Tuesday.", "CONSULT", "planned"),
    ("A pact on grain was signed between Egypt and Romania.", "SUPPORT", "happened"),
    ("Serbia's army resumed shelling rebel-held towns.", "ASSAULT", "happened"),
    ("In designating Hezbollah a terrorist group, Canada hurt Lebanon.", "SANCTION", "happened"),
    ("Egypt and Sudan resumed direct flights between Cairo and Khartoum.", "COOPERATE", "happened"),
    (
        "A Turkish court handed down a life sentence to the opposition leader.",
        "SANCTION",
        "happened",
    ),
    ("Spain issued an arrest warrant for the former Catalan president.", "THREATEN", "happened"),
    (
        "Poland scrambled fighter jets after a Russian drone crossed its border.",
        "MOBILIZE",
        "happened",
    ),
    ("Russia gave Ukraine 48 hours to surrender the city.", "THREATEN", "happened"),
    ("Washington put pressure on Israel to open the crossing.", "REQUEST", "happened"),
    (
        "The Kenyan government commuted the sentences of the opposition leaders.",
        "CONCEDE",
        "happened",
    ),
    ("Libyan militiamen evacuated the town of Bani Walid.", "RETREAT", "happened"),
    ("Iran halted uranium enrichment.", "RETREAT", "happened"),
    ("Finland joined NATO.", "SUPPORT", "happened"),
    ("Thousands protested in Rabat against the Israeli raid on Gaza.", "PROTEST", "happened"),
    ("Thousands protested in Rabat against the Israeli raid on Gaza.", "ASSAULT", "happened"),
    ("Western and Arab nations met in Abu Dhabi on Thursday.", "CONSULT", "happened"),
    ("Iran reopened its embassy in Saudi Arabia last week.", "SUPPORT", "happened"),
    ("Ethiopian troops pulled out of Somalia.", "RETREAT", "happened"),
    ("The German government is to lift the restrictions on the party.", "CONCEDE", "planned"),
    ("Israel said it was ready to attack Iran.", "ASSAULT", "possible"),
    ("The African Union suspended Niger.", "SANCTION", "happened"),
]
# Words that sound like an event of this class and tell none.
NOT = [
    ("The World Bank warned that it would cut its forecast of growth in Kenya.", "THREATEN"),
    ("The U.N. raised the alarm over hunger in Sudan.", "ACCUSE"),
    ("When it comes to North Korea, President Biden has few options.", "CONSULT"),
    ("The Israeli minister was patient when it came to Gaza.", "CONSULT"),
    ("Journalists asked President Biden to explain the withdrawal.", "REQUEST"),
    ("Asked whether Russia would attack, the German chancellor said nothing.", "REQUEST"),
    ("The Ukrainian general admitted that the situation was difficult.", "CONCEDE"),
    ("The president acknowledged the applause of the French deputies.", "CONCEDE"),
    ("The draft resolution has been revised to specify the date.", "AGREE"),
    ("Two French lawmakers clashed over the budget in parliament.", "ASSAULT"),
    ("The CIA briefed the US president.", "CONSULT"),
    ("The US official said nothing on whether Gaddafi should stay in Libya.", "REQUEST"),
    ("Mexico's president said Julian Assange did not commit any crime.", "ACCUSE"),
    ("Many journalists have investigated reports of Russian troops in Ukraine.", "ACCUSE"),
    ("The US pulled out of the nuclear deal with Iran.", "AGREE"),
    ("Mr Okongwu is due in court in Lagos on Monday.", "CONSULT"),
]


@pytest.mark.parametrize(("text", "type_"), NOT)
def test_what_only_sounds_like_an_event(reader: Reader, text: str, type_: str) -> None:
    events = reader.read(text, date="2022-03-10").events
    assert type_ not in [event.type for event in events]


@pytest.mark.parametrize(("text", "type_", "status"), ROWS)
def test_what_is_told_and_how_real_it_is(
    reader: Reader, text: str, type_: str, status: str
) -> None:
    events = reader.read(text, date="2022-03-10").events
    assert (type_, status) in [(event.type, event.status) for event in events]


def test_an_invitation_opens_a_meeting(reader: Reader) -> None:
    events = reader.read("The Chinese president invited the French president.").events
    assert [(e.type, e.status) for e in events] == [("AGREE", "happened"), ("CONSULT", "possible")]
    assert set(events[1].actors) == set(events[0].actors + events[0].recipients)


def test_who_is_accused_by_a_pronoun_is_the_one_told_last(reader: Reader) -> None:
    text = "The Turkish president criticised Greece, accusing it of arming the islands."
    accusing = [e for e in reader.read(text).events if e.type == "ACCUSE"]
    assert any("GRC" in e.recipients for e in accusing)


def test_two_agreements_over_different_things_are_two(reader: Reader) -> None:
    text = "France and Iran agreed to stay in touch. France and Iran agreed to cut tariffs."
    assert len([e for e in reader.read(text).events if e.type == "AGREE"]) == 2


def test_the_dead_of_an_attack_are_told_with_it(reader: Reader) -> None:
    text = "Five soldiers were killed and two wounded in a rebel attack in Mali on Monday."
    (event,) = reader.read(text, date="2022-03-10").events
    assert event.type == "ASSAULT"
    assert event.size["killed"].low == 5
    assert event.when is not None
    assert event.when.start == "2022-03-07"


def test_the_dead_of_a_storm_are_no_event(reader: Reader) -> None:
    assert not reader.read("At least 20 people were killed in a storm in Peru.").events


def test_a_statement_speaks_for_who_issued_it(reader: Reader) -> None:
    text = "The Iraqi government issued a statement. The statement urged Turkey to withdraw."
    urged = [e for e in reader.read(text).events if e.type == "REQUEST"]
    assert [bool(e.actors) for e in urged] == [True]
    assert urged[0].recipients == ("TUR",)


def test_who_signs_where_the_sentence_does_not_say_it(reader: Reader) -> None:
    text = (
        "The presidents of Kenya and Ghana met in Nairobi. A trade pact was signed after the talks."
    )
    reading = reader.read(text, date="2022-03-10")
    (signing,) = [e for e in reading.events if e.type == "SUPPORT"]
    assert {reading.actor(actor).code for actor in signing.actors} == {"KEN", "GHA"}


def test_one_side_of_talks_stands_in_the_clause_around_them(reader: Reader) -> None:
    text = (
        "Secretary Blinken raised the issue in conversations with Minister Cohen and Mr Netanyahu."
    )
    (talks,) = [e for e in reader.read(text).events if e.type == "CONSULT"]
    assert len(talks.actors) == 3


def test_officials_of_two_states_are_both(reader: Reader) -> None:
    events = reader.read("Iranian and Saudi officials held talks in Baghdad.").events
    assert {"IRN", "SAU"} <= {a for e in events if e.type == "CONSULT" for a in e.actors}


def test_a_force_of_ones_own_is_no_aid(reader: Reader) -> None:
    events = reader.read("North Korea has trained 200 commandos for raids.").events
    assert "AID" not in [event.type for event in events]


def test_what_is_long_past_is_history_in_a_text_without_a_date(reader: Reader) -> None:
    reading = reader.read("Israel withdrew its troops from Gaza in 2005.")
    assert [e.background for e in reading.events] == [True]


def test_a_dateline_in_plain_words_is_no_speaker(reader: Reader) -> None:
    text = "Egypt, Cairo, June 2022: The Egyptian foreign minister met his Greek counterpart."
    assert not reader.read(text).statements


def test_a_sea_is_no_state(reader: Reader) -> None:
    reading = reader.read("The United States sent an aircraft carrier to the Persian Gulf.")
    assert "IRN" not in [actor.id for actor in reading.actors]


def test_a_coalition_that_a_state_leads_is_a_force_and_no_party(reader: Reader) -> None:
    reading = reader.read("The US-led coalition bombed the town of Raqqa.")
    assert ["MIL"] in [list(actor.sectors) for actor in reading.actors]
    assert "PTY" not in [sector for actor in reading.actors for sector in actor.sectors]


def test_as_many_dead_are_the_same_dead(reader: Reader) -> None:
    text = (
        "Islamic State executed 700 people from a Syrian tribe. The Islamic State group has "
        "executed 700 members of a tribe."
    )
    (killing,) = [e for e in reader.read(text).events if e.type == "ASSAULT"]
    assert len(killing.tellings) == 2


def test_what_a_place_has_seen_is_no_statement(reader: Reader) -> None:
    text = "Idlib has seen an increase in bloodshed as Syrian jets have bombed rebel positions."
    assert not reader.read(text).statements
