"""The file itself: migrations, worded faults, runs that were killed."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from case import adder
from case.fake_reader import FakeReader, read_plainly
from dragoman.case import Case, schema, statuses
from dragoman.case.unfold import NUMBERED, Owner, Rows, unfold
from dragoman.errors import CaseError, UsageError
from dragoman.records import Input


def test_migrations_make_what_the_schema_says(case: Case) -> None:
    ours = set(schema.metadata.tables)
    with case.database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, parents: kind != "table" or name in ours,
                "include_object": lambda item, name, kind, reflected, other: (
                    name not in ("search", *(f"ix_{table}_search" for table in ours))
                ),
            },
        )
        assert compare_metadata(context, schema.metadata) == []


def test_rows_have_the_columns_of_their_tables() -> None:
    text = "Russia attacked Ukraine in Kyiv on 2022-02-24. Vladimir Putin said: “So be it.”"
    rows = Rows(dict.fromkeys(NUMBERED, 1))
    reading = read_plainly(Input(text=text), "fake-1")
    unfold(reading, Owner(1, 1, "x", "2022"), rows)
    assert len(rows.rows) == 8
    for table, made in rows.rows.items():
        assert {len(row) for row in made} == {len(table.columns)}, table.name


def test_readings_come_back_as_they_went_in(case: Case, reader: FakeReader) -> None:
    from dragoman.case.plain import event_from, statement_from

    text = "Russia attacked Ukraine in Kyiv on 2022-02-24. Vladimir Putin said: “So be it.”"
    case.add([Input(text=text, id="d")], reader=reader)
    reading = reader.read(Input(text=text, id="d"))
    with case.database.reading() as connection:
        events = connection.execute(sa.select(schema.events.c.data)).scalars()
        statements = connection.execute(sa.select(schema.statements.c.data)).scalars()
        import orjson

        assert tuple(event_from(orjson.loads(e)) for e in events) == reading.events
        assert tuple(statement_from(orjson.loads(s)) for s in statements) == reading.statements


def test_what_is_no_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"no case at .*dragoman init"):
        Case.open(str(tmp_path / "none.db"))
    (tmp_path / "text.db").write_text("some words that are no database")
    with pytest.raises(CaseError, match="no SQLite file"):
        Case.open(str(tmp_path / "text.db"))
    with pytest.raises(UsageError, match="is there already"):
        Case.create(str(tmp_path / "text.db"))
    with pytest.raises(UsageError, match="folder"):
        Case.create(str(tmp_path / "no" / "case.db"))
    with pytest.raises(UsageError, match="is no case"):
        Case.open("mysql://user:secret@host/db")


def test_a_password_is_never_shown() -> None:
    with pytest.raises(CaseError) as caught:
        Case.open("postgresql://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)
    assert "does not answer" in str(caught.value)


def test_a_damaged_case_is_told(tmp_path: Path, reader: FakeReader) -> None:
    path = tmp_path / "case.db"
    with Case.create(str(path)) as case:
        case.add([adder.report(n) for n in range(50)], reader=reader)
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 30] = b"\x55" * (4096 * 27)
    path.write_bytes(data)
    with pytest.raises(CaseError, match=r"damaged|cannot be"):
        _opened_and_read(str(path))


def _opened_and_read(path: str) -> None:
    with Case.open(path) as case:
        list(case.events())


def test_a_newer_case_is_not_touched(case: Case, address: str) -> None:
    with case.database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CaseError, match="newer dragoman"):
        Case.open(address)


def test_a_full_disk_is_told_and_nothing_is_half_there(tmp_path: Path, reader: FakeReader) -> None:
    with Case.create(str(tmp_path / "case.db")) as case:
        case.add([adder.report(0)], reader=reader)

        @sa.event.listens_for(case.database.engine, "connect")
        def _little_room(connection: object, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
            connection.execute(f"PRAGMA max_page_count={pages + 12}")  # type: ignore[attr-defined]

        case.database.engine.dispose()
        with pytest.raises(CaseError, match=r"disk is full.*still there"):
            case.add([adder.report(n) for n in range(1, 300)], reader=reader)
    with Case.open(str(tmp_path / "case.db")) as case:
        assert statuses.check(case) == []
        documents = list(case.documents())
        assert {row.events for row in documents} == {1}
        case.add([adder.report(n) for n in range(300)], reader=reader)
        assert len(list(case.documents())) == 300


def killed_and_resumed(address: str, *, kills: int, count: int, seed: int) -> None:
    """Kill a process that adds at random moments, then let one finish: all there, each once."""
    chance = random.Random(seed)
    for _ in range(kills):
        worker = adder.start(address, 0, count)
        time.sleep(chance.uniform(0.4, 1.6))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        with Case.open(address) as case:
            assert {row.events for row in case.documents()} <= {1}
    assert adder.start(address, 0, count).wait() == 0
    with Case.open(address) as case:
        assert sorted(row.name for row in case.documents()) == sorted(f"r{n}" for n in range(count))
        assert len(list(case.events())) == len(list(case.statements())) == count
        assert statuses.check(case) == []
        states = {run["state"] for run in statuses.status(case, runs=kills + 1)["runs"]}
        assert states <= {"done", "stopped"}


def test_a_killed_run_resumes(address: str) -> None:
    Case.create(address).close()
    killed_and_resumed(address, kills=2, count=200, seed=5)


@pytest.mark.soak
def test_fifty_killed_runs_resume(address: str) -> None:
    Case.create(address).close()
    killed_and_resumed(address, kills=50, count=20_000, seed=50)


def test_status_tells_counts_versions_and_runs(case: Case, reader: FakeReader) -> None:
    case.add([adder.report(1), Input(text=FakeReader.unreadable, id="bad")], reader=reader)
    found = statuses.status(case)
    assert found["counts"]["documents"] == found["counts"]["events"] == 1
    assert found["readings_by"][0]["model"] == "fake-1"
    assert [(run["kind"], run["state"], run["counts"]) for run in found["runs"]] == [
        ("add", "done", {"added": 1, "failed": 1})
    ]
    assert [trouble["origin"] for trouble in found["troubles"]] == ["bad"]
    assert found["bytes"] > 0
