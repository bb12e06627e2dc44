"""The log of runs: which command changed the case, when, with what outcome, and what failed."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import insert, next_id
from dragoman.case.identity import clean
from dragoman.case.unfold import dump
from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.case.case import Case


@dataclass(slots=True)
class Run:
    """A run under way; what it counts is written when it ends."""

    id: int
    counts: dict[str, int] = field(default_factory=dict)
    message: str | None = None


@contextmanager
def run(case: Case, kind: str) -> Iterator[Run]:
    """Enter a run in the log. One that is killed stays `running` until the next finds it dead."""
    runs = schema.runs
    host, process = socket.gethostname(), os.getpid()
    with case.database.writing() as connection:
        _close_dead(connection, host, case.now())
        number = next_id(connection, runs)
        row = (number, kind, "running", case.now(), None, host, process, __version__, "{}", None)
        insert(connection, runs, [row])
    current = Run(number)
    state = "failed"
    try:
        yield current
        state = "done"
    except KeyboardInterrupt:
        state, current.message = "stopped", "stopped by hand"
        raise
    except BaseException as error:
        current.message = clean(f"{type(error).__name__}: {error}")
        raise
    finally:
        _finish(case, current, state)


def add_trouble(
    connection: sa.Connection, run_id: int, origin: str, kind: str, message: str, moment: str
) -> None:
    """Keep what could not be taken in, and why."""
    number = next_id(connection, schema.troubles)
    row = (number, run_id, clean(origin), kind, clean(message), moment)
    insert(connection, schema.troubles, [row])


def _finish(case: Case, current: Run, state: str) -> None:
    from dragoman.errors import CaseError

    runs = schema.runs
    try:
        with case.database.writing() as connection:
            connection.execute(
                sa.update(runs)
                .where(runs.c.id == current.id)
                .values(
                    state=state,
                    finished_at=case.now(),
                    counts=dump(_plain(current.counts)),
                    message=current.message,
                )
            )
    except CaseError:
        # The case could not be written to, which is why the run failed; that error is on its way.
        if state == "done":
            raise


def _close_dead(connection: sa.Connection, host: str, moment: str) -> None:
    runs = schema.runs
    open_runs = connection.execute(
        sa.select(runs.c.id, runs.c.process).where(runs.c.state == "running", runs.c.host == host)
    ).all()
    dead = [number for number, process in open_runs if not _alive(process)]
    if dead:
        connection.execute(
            sa.update(runs)
            .where(runs.c.id.in_(dead))
            .values(state="stopped", finished_at=moment, message="the process was ended")
        )


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OSError):
        return True
    return True


def _plain(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}
