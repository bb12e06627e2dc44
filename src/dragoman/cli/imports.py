"""`dragoman import`: event data of other projects, into a case or as a stream."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import Since, Until, many
from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.analysis import Coded
    from dragoman.imports.lines import Fault

HELP = "Bring in event data of ICEWS, GDELT or POLECAT: into a case, or as JSON Lines."
_FAULTS_SHOWN = 10
_LONGEST_FAULT = 120  # characters: a file of something else has endless cells


class Kind(StrEnum):
    """Whose event data."""

    ICEWS = "icews"
    GDELT = "gdelt"
    POLECAT = "polecat"


def run(
    kind: Annotated[Kind, typer.Argument(help="Whose event data.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; .zip, .gz, .xz too.")],
    into: Annotated[
        str | None,
        typer.Option("--case", metavar="CASE", help="Add them to this case as reports."),
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only events of this code; twice: between the two."),
    ] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option(min=0, help="No more events than this.")] = None,
) -> None:
    import itertools

    from dragoman.case.moments import first_day, last_day

    faults = _Faults(file)
    days = (first_day(since) if since else "", last_day(until) if until else "9999")
    read = faults.counted(_read(kind, file, faults))
    events = itertools.islice(_wanted(read, actor or [], days), limit)
    if into is None:
        import orjson

        for event in events:
            line = orjson.dumps(event.to_dict(), option=orjson.OPT_APPEND_NEWLINE)
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        from dragoman.imports.into_case import Prepared, stories

        reader = Prepared()
        name = kind.value.upper()
        with open_case(into) as case:
            told = stories(events, name=name, origin=str(file))
            summary = case.add(reader.offered(told), reader=reader)
        typer.echo(summary.words())
    faults.end()


def _read(kind: Kind, file: Path, faults: _Faults) -> Iterator[Coded]:
    if kind is Kind.ICEWS:
        from dragoman.imports.icews import read_icews

        return read_icews(file, on_fault=faults.tell, on_repeat=faults.repeat)
    if kind is Kind.GDELT:
        from dragoman.imports.gdelt import read_gdelt

        return read_gdelt(file, on_fault=faults.tell, on_repeat=faults.repeat)
    from dragoman.imports.polecat import read_polecat

    return read_polecat(file, on_fault=faults.tell, on_repeat=faults.repeat)


def _wanted(events: Iterator[Coded], actors: list[str], days: tuple[str, str]) -> Iterator[Coded]:
    from dragoman.analysis.coded import is_party

    for event in events:
        if not days[0] <= event.day <= days[1]:
            continue
        if len(actors) == 2:
            if event.between(actors[0], actors[1]):
                yield event
        elif all(any(is_party(p, name) for p in event.parties) for name in actors):
            yield event


class _Faults:
    """Rows that could not be taken: the first are told, all are counted; and those told twice."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._count = 0
        self._repeated = 0
        self.taken = 0

    def counted(self, events: Iterator[Coded]) -> Iterator[Coded]:
        """The events as they come, counted as taken."""
        for event in events:
            self.taken += 1
            yield event

    def repeat(self, line: int) -> None:
        self._repeated += 1

    def tell(self, fault: Fault) -> None:
        from dragoman.cli.main import complain

        self._count += 1
        if self._count <= _FAULTS_SHOWN:
            complain(f"{self._file}:{fault.line}: {fault.why[:_LONGEST_FAULT]}")

    def end(self) -> None:
        from dragoman.cli.main import complain

        if self._repeated:
            complain(
                f"{many(self._repeated, 'row')} told again what stands above; each counts once."
            )
        if self._count:
            others = "the others were" if self.taken else "there were no others"
            complain(f"{many(self._count, 'row')} of {self._file} could not be taken; {others}.")
            raise typer.Exit(InputError.exit_code)
        if not self.taken:
            complain(f"{self._file} holds no events.")
