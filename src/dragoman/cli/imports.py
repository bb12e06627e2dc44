"""`dragoman import`: event data of other projects, into a case or as a stream."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.analysis import Coded
    from dragoman.imports.lines import Fault

HELP = "Bring in event data of ICEWS, GDELT or POLECAT: into a case, or as JSON Lines."
_FAULTS_SHOWN = 10


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
    limit: Annotated[int | None, typer.Option(min=0, help="No more events than this.")] = None,
) -> None:
    import itertools

    faults = _Faults(file)
    events = itertools.islice(_wanted(_read(kind, file, faults), actor or []), limit)
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

        return read_icews(file, on_fault=faults.tell)
    if kind is Kind.GDELT:
        from dragoman.imports.gdelt import read_gdelt

        return read_gdelt(file, on_fault=faults.tell)
    from dragoman.imports.polecat import read_polecat

    return read_polecat(file, on_fault=faults.tell)


def _wanted(events: Iterator[Coded], actors: list[str]) -> Iterator[Coded]:
    from dragoman.analysis.coded import is_party

    for event in events:
        if len(actors) == 2:
            if event.between(actors[0], actors[1]):
                yield event
        elif all(any(is_party(p, name) for p in event.parties) for name in actors):
            yield event


class _Faults:
    """Rows that could not be taken: the first are told, all are counted."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._count = 0

    def tell(self, fault: Fault) -> None:
        from dragoman.cli.main import complain

        self._count += 1
        if self._count <= _FAULTS_SHOWN:
            complain(f"{self._file}:{fault.line}: {fault.why}")

    def end(self) -> None:
        from dragoman.cli.main import complain

        if self._count:
            complain(f"{self._count:,} rows of {self._file} could not be taken; the others were.")
            raise typer.Exit(InputError.exit_code)
