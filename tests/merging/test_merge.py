"""Which reports are one event, and what the merged event says."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dragoman.merging import Merged, Party, Report, fuse, merge
from dragoman.merging.clustering import Decisions, cluster
from dragoman.merging.comparing import compare, contradict, explain, probability
from dragoman.merging.profiles import profile
from dragoman.records import Size
from merging.made import FRA, LAVROV, MACRON, PUTIN, RUS, TASS, UKR, meeting, report

CALL = "Macron phoned Putin again from the plane."


def together(one: Report, other: Report) -> bool:
    return len(merge([one, other])) == 1


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (report(2), True),
        (report(2, start=None, precision=None, place=None), True),
        (report(2, start="2022-03-09", published="2022-03-10"), False),
        (report(2, recipients=(FRA,)), False),
        (report(2, place="Odesa", passage="Russia shelled a market hall."), False),
        (report(2, type="AID", trigger="sent", passage="Russia sent bread to Ukraine."), False),
        (report(2, document="1", passage="The shelling of the bridge went on."), True),
        (report(2, document="1", trigger="burnt"), False),
    ],
)
def test_attacks(other: Report, same: bool) -> None:
    assert together(report(1), other) is same


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (meeting(2, actors=(FRA, RUS)), True),
        (meeting(2, status="planned", published="2022-02-04", place=None), True),
        (meeting(2, status="planned", published="2022-02-10", start="2022-02-14"), False),
        (meeting(2, medium="phone", trigger="phoned", place=None, passage=CALL), False),
        (meeting(2, actors=(MACRON, LAVROV), passage="Macron saw Lavrov as well."), False),
        (meeting(2, actors=(UKR, RUS)), False),
    ],
)
def test_meetings(other: Report, same: bool) -> None:
    assert together(meeting(1), other) is same


def test_a_score_is_the_sum_of_its_parts() -> None:
    one, other = profile(meeting(1)), profile(meeting(2, status="planned", published="2022-02-04"))
    link = explain(one, other)
    assert probability(sum(part.weight for part in link.parts)) == pytest.approx(
        link.score, abs=0.02
    )
    assert compare(one, other) == pytest.approx(compare(other, one))
    assert {part.name for part in link.parts} >= {"prior", "with", "when", "status", "where"}
    assert all(part.why for part in link.parts)


def test_the_order_of_reports_is_no_matter() -> None:
    draw = random.Random(3)
    reports = [
        report(n, start=f"2022-02-{20 + n % 5}", place=draw.choice(("Kyiv", "Odesa", None)))
        for n in range(30)
    ]
    reports += [meeting(n, status=draw.choice(("planned", "happened"))) for n in range(40, 50)]
    once = [event.to_dict() for event in merge(reports)]
    for _ in range(3):
        draw.shuffle(reports)
        assert [event.to_dict() for event in merge(reports)] == once


def test_more_reports_change_only_what_they_hang_together_with() -> None:
    reports = [report(n) for n in range(4)]
    apart = meeting(9)
    before = merge([*reports, apart])
    after = merge([*reports, apart, report(5)])
    assert [e for e in before if e.type == "CONSULT"] == [e for e in after if e.type == "CONSULT"]


def test_people_decide() -> None:
    one, other = report(1), report(2, start="2022-04-09", published="2022-04-10")
    same = Decisions(same=frozenset({(one.key, other.key)}))
    [event] = merge([one, other], same)
    assert [link.by for link in event.links] == ["person"]
    apart = Decisions(different=frozenset({(report(1).key, report(2).key)}))
    assert len(merge([report(1), report(2), report(3)], apart)) == 2


def test_what_is_held_apart_is_not_joined_through_a_third() -> None:
    scores = {(0, 1): 3.0, (1, 2): 2.0, (0, 2): 1.0}
    assert cluster(range(3), scores) == [[0, 1, 2]]
    assert cluster(range(3), scores, different=[(0, 2)]) == [[0, 1], [2]]
    assert cluster(range(3), {(0, 1): 3.0, (1, 2): 1.0, (0, 2): -9.0}) == [[0, 1], [2]]


def event(*reports: Report) -> Merged:
    return fuse(reports)


def test_the_value_of_most_sources_is_shown_and_all_are_kept() -> None:
    told = event(
        report(1, start="2022-02-23"), report(2), report(3), report(4, start=None, precision=None)
    )
    assert told.start == "2022-02-24"
    [conflict] = [c for c in told.conflicts if c.field == "start"]
    assert [(t.value, t.sources, len(t.reports)) for t in conflict.values] == [
        ("2022-02-24", 2, 2),
        ("2022-02-23", 1, 1),
    ]
    assert "place" in told.agreed


def test_numbers_that_exclude_each_other_are_a_conflict() -> None:
    def dead(low: int, high: int | None) -> dict[str, Size]:
        return {"killed": Size(low=low, high=high, text=str(low))}

    agree = event(report(1, sizes=dead(12, 12)), report(2, sizes=dead(10, None)))
    differ = event(report(1, sizes=dead(12, 12)), report(2, sizes=dead(40, 40)))
    assert not any(c.field.startswith("size") for c in agree.conflicts)
    assert any(c.field == "size: killed" for c in differ.conflicts)


@pytest.mark.parametrize(
    ("statuses", "life"),
    [
        (("planned", "happened"), ["planned", "happened"]),
        (("planned", "cancelled"), ["planned", "cancelled"]),
        (("happened", "planned"), ["happened"]),
        (("possible", "planned", "planned", "happened"), ["possible", "planned", "happened"]),
    ],
)
def test_the_life_of_a_contact(statuses: tuple[str, ...], life: list[str]) -> None:
    told = event(
        *(
            meeting(n, status=status, published=f"2022-02-0{n + 1}")
            for n, status in enumerate(statuses)
        )
    )
    assert [step.status for step in told.life] == life
    assert told.status == life[-1]


def test_a_person_stands_for_the_state_that_another_report_names() -> None:
    told = event(meeting(1, actors=(FRA, RUS)), meeting(2))
    assert {party.key for party in told.parties} == {"emmanuel-macron", "vladimir-putin"}


@pytest.mark.parametrize(
    ("changes", "sources"),
    [
        ([{}, {}, {}], 3),
        ([{"source": "Paper 0"}, {"source": "Paper 0"}, {}], 2),
        ([{"origins": ("afp",)}, {"origins": ("afp",)}, {"origins": ("afp",)}], 1),
        ([{"origins": ("afp",)}, {"source": "AFP"}, {}], 2),
        ([{"root": "7"}, {"root": "7"}, {"root": "7"}], 1),
        ([{"origins": ("tass",)}, {"origins": ("afp",)}, {"origins": ("tass",)}], 2),
    ],
)
def test_independent_sources(changes: list[dict[str, object]], sources: int) -> None:
    told = event(*(report(n, **change) for n, change in enumerate(changes)))
    assert told.sources == sources == len(told.witnesses)


def test_a_thousand_copies_of_a_false_story_count_as_one_source() -> None:
    true = [report(n) for n in range(3)]
    false = report(9, start="2022-02-23", place="Odesa")
    copies = [
        replace(false, id=f"{n}:e1", key=f"c{n:07x}", document=str(n), root="9", source=f"Blog {n}")
        for n in range(1_000, 2_000)
    ]
    told = event(*true, false, *copies)
    assert told.sources == 4
    assert told.start == "2022-02-24"
    [conflict] = [c for c in told.conflicts if c.field == "start"]
    assert [t.sources for t in conflict.values] == [3, 1]
    assert told.confidence == event(*true, false).confidence


def test_what_all_reports_have_on_one_word_stands_on_it_alone() -> None:
    one = report(1, according_to=(TASS,), origins=("tass",))
    other = report(2, according_to=(TASS,), origins=("tass",))
    assert [party.key for party in event(one, other).according_to] == ["tass"]
    assert event(one, other, report(3)).according_to == ()


BARE = {"start": None, "end": None, "precision": None, "published": None, "place": None}


@pytest.mark.parametrize(
    "odd",
    [
        report(2, **BARE),
        report(2, actors=(), recipients=()),
        report(2, **BARE, actors=(), recipients=(), passage="", trigger="", source=None),
        report(2, published="2999-01-01"),
        report(2, start="2999-01-01"),
        report(2, start="not a day", published="neither"),
        report(2, start="2022-02-24", end="2021-01-01"),
        report(2, start="2022-01-01", end="2032-01-01", precision="year"),
    ],
)
def test_odd_reports_are_events_too(odd: Report) -> None:
    events = merge([report(1), odd, meeting(3)])
    assert sorted(r.id for e in events for r in e.reports) == ["1:e1", "2:e1", "3:e1"]


def test_a_document_that_tells_fifty_events_tells_fifty() -> None:
    many = [
        report(1, id=f"1:e{n}", key=f"{n:08x}", place=f"Town {n}", passage=f"Russia shelled {n}.")
        for n in range(50)
    ]
    assert len(merge(many)) == 50


def test_no_reports_are_no_events() -> None:
    assert merge([]) == []
    with pytest.raises(ValueError, match="needs a report"):
        fuse([])


MONTH = {"start": "2022-02-01", "end": "2022-02-28", "precision": "month", "place": None}
UNDATED = {"start": None, "end": None, "precision": None, "place": None}


def groups(*reports: Report) -> list[list[int]]:
    return sorted(sorted(int(r.document) for r in e.reports) for e in merge(reports))


def test_two_meetings_are_not_one_through_reports_that_fit_both() -> None:
    first, again = meeting(1), meeting(2, start="2022-02-21", published="2022-02-22")
    loose = [meeting(n, **MONTH, published=f"2022-03-0{n}") for n in range(3, 8)]
    for found in (groups(first, again, *loose), groups(*loose, again, first)):
        [of_first] = [own for own in found if 1 in own]
        assert 2 not in of_first


def test_calls_of_week_after_week_are_not_one_by_their_dates_of_telling() -> None:
    days = ("02-03", "02-06", "02-09", "02-12", "02-15", "02-18")
    calls = [meeting(n, **UNDATED, published=f"2022-{day}") for n, day in enumerate(days)]
    for own in groups(*calls):
        assert not {0, 5} <= set(own)
        assert max(own) - min(own) <= 2  # three days each


def test_two_meetings_are_not_one_through_a_report_that_names_both_guests() -> None:
    lavrov = meeting(2, actors=(MACRON, LAVROV))
    both = meeting(3, actors=(MACRON, PUTIN, LAVROV))
    assert groups(meeting(1), both) == [[1, 3]]
    [of_first] = [own for own in groups(meeting(1), lavrov, both) if 1 in own]
    assert 2 not in of_first


def test_a_report_without_day_may_come_some_days_late() -> None:
    late = meeting(3, **UNDATED, published="2022-02-13")
    told = meeting(2, **UNDATED, published="2022-02-09")
    assert groups(meeting(1), told, late) == [[1, 2, 3]]
    assert groups(meeting(1), told, replace(late, published="2022-02-18")) == [[1, 2], [3]]


def test_deeds_on_two_days_or_in_two_towns_are_held_apart() -> None:
    one = profile(report(1))
    assert contradict(one, profile(report(2, start="2022-04-09")))
    assert contradict(one, profile(report(2, place="Lviv")))
    assert not contradict(one, profile(report(2, **MONTH)))
    assert not contradict(one, profile(report(2, **UNDATED, published="2022-04-09")))


def test_contacts_are_held_apart_by_their_days() -> None:
    assert contradict(profile(meeting(1)), profile(meeting(2, start="2022-02-21")))
    assert not contradict(profile(meeting(1)), profile(meeting(2, **MONTH)))


def test_a_person_may_still_hold_contradicting_contacts_together() -> None:
    one, other = meeting(1), meeting(2, start="2022-02-21")
    same = Decisions(same=frozenset({(one.key, other.key)}))
    assert len(merge([one, other], same)) == 1


def test_a_meeting_on_a_tour_is_not_the_tour() -> None:
    there = {"mode": "visit", "actors": (MACRON,), "status": "planned", "published": "2022-02-04"}
    held = meeting(1)
    assert together(held, meeting(2, recipients=(RUS,), **there))
    assert not together(held, meeting(2, recipients=(RUS, UKR), **there))


def test_a_visit_to_a_body_is_not_the_meeting_of_that_body() -> None:
    body = Party(key="united-nations", name="United Nations", kind="igo", code="UNO")
    organ = Party(key="un-assembly", name="UN Assembly", kind="igo", code="UNO")
    visit = meeting(1, mode="visit", actors=(MACRON,), recipients=(body,), trigger="visit")
    for own in (body, organ):
        gathering = meeting(2, actors=(own,), trigger="meeting")
        assert contradict(profile(visit), profile(gathering))
        assert contradict(profile(gathering), profile(visit))
    # A report that says whom the guest saw there, or of two gatherings of the body, may be one.
    assert not contradict(profile(visit), profile(meeting(2, actors=(MACRON, body))))
    assert not contradict(profile(meeting(1, actors=(body,))), profile(meeting(2, actors=(organ,))))
    # A state is no gathering: talks that name it alone may be those of the guest.
    there = meeting(1, mode="visit", actors=(MACRON,), recipients=(RUS,))
    assert not contradict(profile(there), profile(meeting(2, actors=(RUS,))))
