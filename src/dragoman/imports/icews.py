"""ICEWS Coded Event Data: the 20 columns of its files, plain or packed.

Known faults that are met: rows cut by line ends, the same row twice, codes whose leading zero a
spreadsheet took away (told from the category's name), places without coordinates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from dragoman.actors.directory import Directory
from dragoman.analysis.coded import Coded, Telling
from dragoman.imports.days import iso_day
from dragoman.imports.lines import Fault, Row, expect, number_of, table
from dragoman.imports.parties import Parties, sectors_of
from dragoman.merging.records import Party
from dragoman.ontology import load_ontology
from dragoman.ontology.cameo import CameoCode, cameo_code, cameo_named
from dragoman.ontology.codebooks import columns

OnFault = Callable[[Fault], None]
OnRepeat = Callable[[int], None]


def read_icews(
    path: Path, *, on_fault: OnFault | None = None, on_repeat: OnRepeat | None = None
) -> Iterator[Coded]:
    """The events of a file, in its order; comments (CAMEO 01) have no type.

    A row that stands in it twice is given once, and `on_repeat` is told its line. Raises InputError
    where it is no such file.
    """
    parties = Parties(Directory.load())
    expect(path, columns("icews"), "ICEWS")
    seen: set[tuple[str, ...]] = set()
    for row in table(path, columns("icews"), header=True):
        event = row if isinstance(row, Fault) else _event(row, parties)
        if isinstance(event, Fault):
            if on_fault is not None:
                on_fault(event)
        elif isinstance(row, Row) and row.cells not in seen:
            seen.add(row.cells)
            yield event
        elif isinstance(row, Row) and on_repeat is not None:
            on_repeat(row.line)


def _event(row: Row, parties: Parties) -> Coded | Fault:
    c = dict(zip(columns("icews"), row.cells, strict=True))
    day = iso_day(c["Event Date"])
    if day is None:
        return Fault(row.line, f"the date {c['Event Date']!r} is no day")
    code = _code(c["CAMEO Code"], c["Event Text"])
    if code is None:
        return Fault(row.line, f"{c['CAMEO Code']!r} is no CAMEO code")
    who = _party(parties, c, "Source", day)
    whom = _party(parties, c, "Target", day)
    place = c["City"] or c["District"] or c["Province"] or c["Country"]
    publisher = c["Publisher"] or "ICEWS"
    telling = Telling(
        source=publisher,
        published=day,
        passage=f"{who.name} – {code.name} – {whom.name}",
        place=max(0, int(number_of(c["Sentence Number"]) or 1) - 1),
        document=c["Story ID"] or c["Event ID"],
    )
    score = load_ontology().score(code.type, code.mode) if code.type else 0.0
    return Coded(
        id=f"icews-{c['Event ID'] or row.line}",
        day=day,
        day_end=day,
        type=code.type,
        mode=code.mode,
        contexts=code.contexts,
        score=score,
        who=(who,),
        whom=(whom,),
        sources=(publisher,),
        published=day,
        last=day,
        place=place or None,
        country=parties.state(c["Country"]) if c["Country"] else None,
        lat=number_of(c["Latitude"]),
        lon=number_of(c["Longitude"]),
        method=f"ICEWS {code.code}",
        passage=telling.passage,
        trace=(c["Event ID"],),
        tellings=(telling,),
    )


def _code(code: str, name: str) -> CameoCode | None:
    """The code; the name of the category decides where a leading zero is lost."""
    named = cameo_named(name) if name else None
    found = cameo_code(code)
    if named is not None and (found is None or found.code != named.code):
        return named
    return found


def _party(parties: Parties, c: dict[str, str], side: str, day: str) -> Party:
    found = parties.named(c[f"{side} Name"], day, c[f"{side} Country"] or None)
    if found.sectors:
        return found
    return Party(
        key=found.key,
        name=found.name,
        kind=found.kind,
        code=found.code,
        sectors=sectors_of(c[f"{side} Sectors"]) if found.kind != "state" else (),
    )
