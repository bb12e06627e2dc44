"""Tension: what counts, how it fades, what change points find in series with a known truth."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("ruptures", reason="the extra `case` is not installed")

from analysis.made import FRA, MACRON, PUTIN, RUS, UKR, day, event
from dragoman.analysis.changes import ChangePlan, change_days
from dragoman.analysis.coded import Coded
from dragoman.analysis.tension import TensionPlan, source_weight, tension

PAIR = ("RUS", "UKR")
PLAN = TensionPlan(draws=50)


def _last(*events: Coded, until: str | None = None) -> float:
    return tension(events, PAIR, until=until, plan=PLAN).days[-1].tension


def test_an_event_counts_with_its_intensity_and_the_weight_of_its_sources() -> None:
    assert _last(event("a", day(0), "ASSAULT")) == 9
    assert _last(event("a", day(0), "ASSAULT", sources=("A", "B", "C"))) == 18
    assert source_weight(7) == 3


def test_copies_of_one_story_move_nothing() -> None:
    once = event("a", day(0), "ASSAULT")
    assert _last(replace(once, reports=1_000)) == _last(once)


def test_what_was_added_fades_by_half_in_a_half_life() -> None:
    found = tension([event("a", day(0)), event("b", day(7), "REQUEST")], PAIR, plan=PLAN)
    assert found.days[0].conflict == 3
    assert found.days[7].conflict == pytest.approx(1.5)


def test_cooperation_and_conflict_are_kept_apart() -> None:
    visit = event("b", day(1), "CONSULT", mode="visit")
    found = tension([event("a", day(1), "THREATEN"), visit], PAIR, plan=PLAN)
    (only,) = found.days
    assert (only.conflict, only.cooperation, only.tension) == (3.5, 4, -0.5)
    assert only.balance == pytest.approx(0.5 / 7.5, abs=1e-4)


def test_those_who_meet_are_a_pair_whether_named_as_states_or_people() -> None:
    meeting = event("a", day(0), "CONSULT", who=(MACRON, PUTIN), whom=())
    assert tension([meeting], ("FRA", "RUS"), plan=PLAN).days
    assert tension([meeting], ("emmanuel-macron", "RUS"), plan=PLAN).days


def test_two_who_accuse_a_third_do_nothing_to_each_other() -> None:
    both = event("a", day(0), who=(RUS, FRA), whom=(UKR,))
    assert not tension([both], ("FRA", "RUS"), plan=PLAN).days
    assert tension([both], ("FRA", "UKR"), plan=PLAN).days


@pytest.mark.parametrize("status", ["possible", "denied", "cancelled"])
def test_what_did_not_come_about_does_not_count(status: str) -> None:
    assert not tension([event("a", day(0), status=status)], PAIR, plan=PLAN).days


def test_history_does_not_count() -> None:
    assert not tension([event("a", day(0), background=True)], PAIR, plan=PLAN).days
    assert not tension([event("a", day(0), told=day(400))], PAIR, plan=PLAN).days


def test_a_hostile_plan_counts_as_a_threat_on_the_day_of_its_report() -> None:
    plan = event("a", day(30), "SANCTION", status="planned", told=day(2))
    (only,) = tension([plan], PAIR, plan=PLAN).days
    assert (only.day, only.conflict) == (day(2), 3.5)


def test_a_deed_dated_ahead_counts_when_it_was_told() -> None:
    ahead = event("a", day(300), "ASSAULT", told=day(1))
    assert [d.day for d in tension([ahead], PAIR, plan=PLAN).days] == [day(1)]


def test_events_without_day_or_parties_are_passed_over() -> None:
    undated = event("a", "", "ASSAULT", told=None)
    nobody = event("b", day(0), who=(), whom=())
    assert not tension([undated, nobody], PAIR, plan=PLAN).days
    assert tension([], PAIR, plan=PLAN).changes == ()


def test_the_order_of_arrival_changes_nothing() -> None:
    events = [event(str(i), day(i % 9), "ACCUSE", sources=(f"S{i % 5}",)) for i in range(40)]
    assert tension(events, PAIR, plan=PLAN) == tension(events[::-1], PAIR, plan=PLAN)


def test_the_band_is_wide_where_all_hangs_on_one_source() -> None:
    names = [f"S{i}" for i in range(10)]
    broad = [event(n, day(0), "ASSAULT", sources=(n,)) for n in names]
    narrow = [event("x", day(0), "ASSAULT", sources=("S0",)), *broad[1:]]
    alone = [*narrow, *(event(f"y{i}", day(0), "ASSAULT", sources=("S0",)) for i in range(9))]

    def width(events: list[Coded]) -> float:
        last = tension(events, PAIR, plan=TensionPlan(draws=400)).days[-1]
        return (last.high - last.low) / last.tension

    assert width(alone) > 1.3 * width(broad)


def test_few_sources_are_not_resampled_but_events_are() -> None:
    assert tension([event("a", day(0))], PAIR, plan=PLAN).resampled == "events"


def _year(seed: int, *turns: int, low: float = 1.0, high: float = 6.0) -> list[Coded]:
    """A year of events whose rate jumps up and down again at the turns."""
    rng = np.random.default_rng(seed)
    events = []
    for number in range(365):
        rate = high if sum(number >= turn for turn in turns) % 2 else low
        events += [event(f"{number}-{i}", day(number)) for i in range(rng.poisson(rate))]
    return events


@pytest.mark.parametrize("seed", range(4))
def test_a_known_turn_is_found_within_three_days_with_the_events_behind_it(seed: int) -> None:
    events = _year(seed, 200)
    found = tension(events, PAIR, since=day(0), until=day(364), plan=PLAN)
    near = [c for c in found.changes if day(197) <= c.day <= day(203)]
    assert len(near) == 1
    assert near[0].means == "conflict rises"
    assert near[0].conflict_after > 3 * near[0].conflict_before
    ids = {e.id: e for e in events}
    assert all(near[0].day <= ids[id].day <= day(209) for id in near[0].events)


def test_a_year_without_a_turn_has_few_change_points() -> None:
    rng = np.random.default_rng(5)
    count = [
        len(change_days(rng.poisson(3.0, (2, 365)).astype(float), ChangePlan())) for _ in range(20)
    ]
    assert np.mean(count) < 1.0


def test_there_are_never_more_change_points_than_asked_for() -> None:
    rng = np.random.default_rng(6)
    wild = np.repeat(rng.uniform(0, 100, (2, 37)), 10, axis=1)
    assert len(change_days(wild, ChangePlan())) <= 7
    assert len(change_days(wild[:, :182], ChangePlan(most_a_year=2))) <= 1


def test_a_short_or_flat_series_has_no_change_points() -> None:
    assert change_days(np.ones((2, 3)), ChangePlan()) == []
    assert change_days(np.zeros((2, 300)), ChangePlan()) == []
    assert UKR.code == "UKR"


def test_decades_are_segmented_in_seconds() -> None:
    rng = np.random.default_rng(3)
    added = rng.exponential(1.0, (2, 8000))
    added[0, 4000:] += 4.0
    began = time.process_time()
    found = change_days(added, ChangePlan())
    assert any(abs(day - 4000) <= 3 for day in found)
    assert len(found) <= 132  # six a year
    assert time.process_time() - began < 20


def test_too_many_changes_are_bounded_where_the_series_is_long() -> None:
    added = np.tile(np.repeat([[0.0, 9.0]], 5, axis=1), (2, 200))  # it changes every five days
    found = change_days(added + np.linspace(0, 0.2, added.shape[1]) % 0.01, ChangePlan())
    assert 0 < len(found) <= 6 * added.shape[1] / 365 + 1
