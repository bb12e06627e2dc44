"""The counts that a case keeps are those of its events, whatever comes, goes or is decided."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa
from alembic import command

from case.clock import Clock
from case.fake_reader import KNOWN, PLACES, VERBS, FakeReader
from dragoman.case import Case, Filter, counting, migrations, schema, tallies
from dragoman.case.rereading import Choice, reread
from dragoman.case.reviewing import Verdict, review
from dragoman.records import Input, Provenance

NAMES = list(KNOWN)


def report(number: int, chance: random.Random) -> Input:
    """A report of a few events, some with a day or a place of their own."""
    told = []
    for _ in range(chance.randint(1, 4)):
        one, other = chance.sample(NAMES, 2)
        where = f" in {chance.choice(list(PLACES))}" if chance.random() < 0.6 else ""
        day = f"2022-{chance.randint(1, 4):02}-{chance.randint(1, 28):02}"
        when = f" on {day}" if chance.random() < 0.8 else ""
        told.append(f"{one} {chance.choice(list(VERBS))} {other}{where}{when}.")
    date = f"2022-03-{number % 28 + 1:02}" if chance.random() < 0.8 else None
    return Input(text=" ".join(told), url=f"https://paper.org/{number % 30}", date=date)


def right(case: Case) -> bool:
    with case.database.reading() as connection:
        return counting.faults(connection) == []


@pytest.fixture
def lived(case: Case, reader: FakeReader, clock: Clock) -> Case:
    """A case with versions of pages, decisions and a reread behind it."""
    chance = random.Random(4)
    case.add([report(n, chance) for n in range(25)], reader=reader)
    clock.move(hours=1)
    numbers = [event.number for event in case.events()]
    for number in numbers[:12]:
        verdict = chance.choice(
            [
                Verdict(decision="rejected", reviewer="Ada"),
                Verdict(decision="accepted", reviewer="Ada"),
                Verdict(decision="corrected", reviewer="Ada", changes={"type": "COERCE"}),
                Verdict(decision="corrected", reviewer="Ada", changes={"background": True}),
            ]
        )
        review(case, "event", number, verdict)
    rejected = next(event.number for event in case.events(decision="rejected"))
    review(case, "event", rejected, Verdict(decision="accepted", reviewer="Ben"))
    clock.move(hours=1)
    case.add([report(n, chance) for n in range(25, 50)], reader=reader)
    return case


def test_counts_follow_versions_and_decisions(lived: Case) -> None:
    assert right(lived)
    newer = FakeReader(model="fake-2")
    made = Provenance(dragoman="test", model="fake-2", directory="fake")
    reread(lived, newer, made, Choice(everything=True))
    assert right(lived)
    with lived.database.reading() as connection:
        empty = sa.select(sa.func.count()).where(schema.tally_days.c.events <= 0)
        assert connection.execute(empty).scalar() == 0


def test_a_count_that_is_wrong_is_found_and_mended(lived: Case) -> None:
    with lived.database.writing() as connection:
        connection.execute(sa.update(schema.tally_pairs).values(events=7))
        connection.execute(sa.delete(schema.tally_places))
        assert len(counting.faults(connection)) == 2
        assert counting.rebuild(connection) == len(list(lived.events()))
    assert right(lived)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"since": "2022-01-17", "until": "2022-03-09"},
        {"since": "2022-02", "until": "2022-02"},
        {"since": "2022-03-04", "until": "2022-03-04"},
        {"since": "2022-02-10"},
        {"until": "2022-02-31"},
        {"since": "2020", "until": "2021"},
        {"type": ("ASSAULT", "CONSULT"), "background": False},
        {"status": ("planned",), "since": "2022-01-02"},
        {"actor": "RUS", "since": "2022-01-02", "until": "2022-04-15"},
        {"actor": "vladimir-putin"},
        {"actor": "RUS", "with_": "UKR", "until": "2022-04-10"},
        {"actor": "emmanuel-macron", "with_": "vladimir-putin"},
    ],
)
def test_kept_counts_are_those_of_the_events(lived: Case, filters: dict[str, object]) -> None:
    wanted = Filter(**filters)  # type: ignore[arg-type]
    told = Filter(**filters, min_confidence=0.0)  # type: ignore[arg-type]  # not in the counts
    assert tallies.by_status(lived, wanted) == tallies.by_status(lived, told)
    assert tallies.by_day(lived, wanted) == tallies.by_day(lived, told)
    assert tallies.by_place(lived, wanted) == tallies.by_place(lived, told)
    for states in (False, True):
        for own in (False, True):
            asked = {"states": states, "own": own}
            assert tallies.by_pair(lived, wanted, **asked) == tallies.by_pair(lived, told, **asked)


def test_an_earlier_moment_is_counted_as_it_was(lived: Case) -> None:
    early = Filter(as_known_at="2022-02-06T12:30")
    then = [row.events for row in tallies.by_day(lived, early).rows]
    assert sum(then) == len([e for e in lived.events(early) if e.day])
    assert sum(then) != sum(row.events for row in tallies.by_day(lived, Filter()).rows)


def test_an_older_case_is_counted_when_it_is_brought_up_to_date(
    lived: Case, address: str, clock: Clock
) -> None:
    with lived.database.writing() as connection:
        for table in counting.TABLES:
            table.drop(connection)
        for name in ("documents", "events", "statements", "readings"):
            for index in getattr(schema, name).indexes:
                if str(index.name).startswith(f"ix_{name}_closed_at"):
                    index.drop(connection)
        old = sa.Index("ix_readings_closed_at", schema.readings.c.closed_at)
        old.create(connection)
        schema.readings.indexes.discard(old)
        command.stamp(migrations._config(connection), "0005")
    lived.close()
    with Case.upgrade(address, clock=clock) as case:
        assert right(case)


def test_the_command_counts_anew(lived: Case, address: str) -> None:
    from typer.testing import CliRunner

    from dragoman.cli import app

    with lived.database.writing() as connection:
        connection.execute(sa.update(schema.tally_days).values(score=0.5))
    told = CliRunner().invoke(app, ["recount", address])
    assert told.exit_code == 0
    assert "in tally_days" in told.output
    assert "some counts were wrong" in told.output
    assert "no count was wrong" in CliRunner().invoke(app, ["recount", address]).output
