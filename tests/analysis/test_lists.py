"""Timeline, agenda and network on events made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("networkx", reason="the extra `case` is not installed")

from analysis.made import FRA, MACRON, PUTIN, RUS, UKR, day, event
from dragoman.analysis.agenda import agenda
from dragoman.analysis.coded import Coded, Telling
from dragoman.analysis.network import network, to_networkx
from dragoman.analysis.rows import agenda_rows, span_of
from dragoman.analysis.salience import Passage, most_central, rarity
from dragoman.analysis.timeline import timeline
from dragoman.merging.records import Party


def test_days_go_by_independent_sources_before_the_number_of_events() -> None:
    one_source = [event(f"a{i}", day(0)) for i in range(4)]
    many = event("b", day(1), sources=("A", "B", "C", "D"))
    (best,) = timeline([*one_source, many], most=1)
    assert (best.day, best.sources, best.passage_of) == (day(1), 4, "b")


def test_a_day_that_is_still_told_of_later_weighs_more() -> None:
    later = (Telling(source="B", published=day(5), passage="It was recalled."),)
    recalled = event("a", day(0), sources=("A", "B"), tellings=later)
    plain = event("b", day(1), sources=("A", "B"))
    first, second = timeline([recalled, plain])
    assert first.weight > second.weight
    assert first.recalled == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "planned"},
        {"status": "denied"},
        {"background": True},
        {"day_end": day(9)},  # told to a week or month
    ],
)
def test_plans_denials_history_and_vague_days_are_no_days_of_a_timeline(fields: dict) -> None:  # type: ignore[type-arg]
    assert timeline([event("a", day(0), **fields)]) == ()


def test_the_most_central_sentence_is_chosen_and_not_a_fragment() -> None:
    texts = [
        "Talks.",
        "The ministers of Norland and Sudland met in Port Ando and agreed to a ceasefire.",
        "A ceasefire was agreed by the ministers of Norland and Sudland in Port Ando on Monday.",
        "The weather in the capital was fine and many people sat in the cafes by the river.",
    ]
    best = most_central([Passage(text) for text in texts], rarity(texts))
    assert best in (1, 2)


def test_an_agenda_parts_what_is_to_come_from_what_was_never_confirmed() -> None:
    events = [
        event("past", day(3), "CONSULT", status="planned", told=day(1)),
        event("next", day(20), "CONSULT", status="planned", told=day(1)),
        event("done", day(2), "CONSULT", told=day(3)),
        event("off", day(30), "CONSULT", status="cancelled", told=day(9)),
        event("some", day(1), "CONSULT", status="planned", told=day(1), precision=None),
    ]
    items = {i.id: i.outcome for i in agenda(events, as_of=day(10))}
    assert items == {
        "past": "unconfirmed",
        "next": "to come",
        "off": "called off",
        "some": "to come",
    }
    assert agenda(events, as_of=day(10))[0].days == 10


def test_a_plan_without_a_day_is_unconfirmed_after_two_months_of_silence() -> None:
    plan = event("a", day(0), "CONSULT", status="planned", precision=None)
    (item,) = agenda([plan], as_of=day(61))
    assert (item.outcome, item.day) == ("unconfirmed", None)


def test_a_visit_of_which_a_part_is_told_as_held_is_not_unconfirmed() -> None:
    visit = event("visit", day(3), "CONSULT", mode="visit", status="planned", told=day(1))
    visit = replace(visit, who=(PUTIN,), whom=(UKR, FRA))
    met = replace(event("met", day(3), "CONSULT", told=day(3)), who=(PUTIN, MACRON), whom=())
    for held, outcomes in (
        (met, []),
        (replace(met, who=(RUS, MACRON)), ["unconfirmed"]),
        (replace(met, day=day(5), day_end=day(5)), ["unconfirmed"]),
        (replace(met, status="possible"), ["unconfirmed"]),
    ):
        assert [item.outcome for item in agenda([visit, held], as_of=day(10))] == outcomes


def test_what_never_came_about_is_forgotten_after_a_year() -> None:
    dated = event("a", day(3), "CONSULT", status="planned", told=day(1))
    plain = event("b", day(0), "CONSULT", status="planned", precision=None)
    assert {i.id for i in agenda([dated, plain], as_of=day(300))} == {"a", "b"}
    assert agenda([dated, plain], as_of=day(400)) == ()


@pytest.mark.parametrize("type", ["ACCUSE", "REJECT", "REQUEST", "THREATEN"])
def test_words_stand_on_no_agenda(type: str) -> None:
    assert agenda([event("a", day(20), type, status="planned", told=day(1))], as_of=day(10)) == ()


def test_events_without_any_day_break_nothing() -> None:
    bare = event("a", "", "CONSULT", told=None, precision=None, who=(FRA, RUS), whom=())
    for status in ("planned", "cancelled", "happened"):
        undated = replace(bare, status=status)
        assert agenda([undated], as_of=day(9)) == ()
        assert timeline([undated]) == ()
    assert network([bare]).ties[0].first == ""


def _met(id: str, *who: Party, **fields: Any) -> Coded:
    return event(id, day(0), "CONSULT", who=who, whom=(), **fields)


def test_people_talk_for_their_states_unless_asked_otherwise() -> None:
    events = [_met("a", MACRON, PUTIN), _met("b", FRA, RUS), _met("c", FRA, UKR)]
    found = network(events)
    assert [(t.source, t.target, t.events) for t in found.ties] == [
        ("FRA", "RUS", 2),
        ("FRA", "UKR", 1),
    ]
    assert found.nodes[0].key == "FRA"
    assert found.nodes[0].partners == 2
    people = network(events, by="actor")
    assert ("emmanuel-macron", "vladimir-putin") in {(t.source, t.target) for t in people.ties}


def test_officials_of_a_body_stand_for_the_body() -> None:
    head = Party(
        key="jens-stoltenberg", name="Jens Stoltenberg", kind="person", code="IGO", part_of="nato"
    )
    found = network([_met("a", head, FRA)])
    assert {n.key for n in found.nodes} == {"nato", "FRA"}
    assert {n.name for n in found.nodes} == {"NATO", "France"}


def test_planned_and_unnamed_contacts_tie_nobody() -> None:
    unnamed = Party(key="unnamed:officials", name="officials")
    events = [_met("a", FRA, RUS, status="planned"), _met("b", FRA, unnamed)]
    assert network(events).ties == ()


def test_a_network_goes_into_networkx_with_its_attributes() -> None:
    graph = to_networkx(network([_met("a", FRA, RUS)]))
    assert graph.nodes["FRA"]["name"] == "France"
    assert graph.edges["FRA", "RUS"]["events"] == 1


def test_what_is_to_come_some_time_this_year_stands_after_next_week() -> None:
    year = event("a", "2022-01-01", "CONSULT", status="planned", day_end="2022-12-31")
    week = event("b", "2022-03-09", "CONSULT", status="planned", told="2022-03-01")
    assert [i.id for i in agenda([year, week], as_of="2022-03-02")] == ["b", "a"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("2022-02-07", "2022-02-07"), "2022-02-07"),
        (("2022-02-01", "2022-02-28"), "2022-02"),
        (("2022-01-01", "2022-12-31"), "2022"),
        (("2022-02-07", "2022-02-09"), "2022-02-07/2022-02-09"),
        ((None, None), None),
    ],
)
def test_days_are_written_as_they_were_told(
    days: tuple[str | None, str | None], words: str | None
) -> None:
    assert span_of(*days) == words


def test_a_row_of_the_agenda_names_what_is_to_come_in_words() -> None:
    call = event("a", day(3), "CONSULT", status="planned", medium="phone", told=day(0))
    row = next(agenda_rows(agenda([call], as_of=day(1))))
    assert (row.what, row.type, row.medium, row.when) == ("phone call", "CONSULT", "phone", day(3))
