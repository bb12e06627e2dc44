"""POLECAT events: 40 columns with a header, PLOVER's own types.

Known faults that are met: `None` written for what is missing, an event repeated for each pair of
its actors under one id with the same cells, several codes in one cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from dragoman.analysis.coded import Coded, Telling
from dragoman.imports.days import iso_day
from dragoman.imports.icews import OnFault, OnRepeat
from dragoman.imports.lines import Fault, Row, expect, number_of, table
from dragoman.merging.records import Party
from dragoman.ontology import load_ontology
from dragoman.ontology.codebooks import columns


def read_polecat(
    path: Path, *, on_fault: OnFault | None = None, on_repeat: OnRepeat | None = None
) -> Iterator[Coded]:
    """The events of a file, in its order; the same row twice is one (`on_repeat` is told its line).

    Raises InputError where it is no such file.
    """
    expect(path, columns("polecat"), "POLECAT")
    seen: set[tuple[str, ...]] = set()
    for row in table(path, columns("polecat"), header=True):
        event = row if isinstance(row, Fault) else _event(row)
        if isinstance(event, Fault):
            if on_fault is not None:
                on_fault(event)
        elif isinstance(row, Row) and row.cells not in seen:
            seen.add(row.cells)
            yield event
        elif isinstance(row, Row) and on_repeat is not None:
            on_repeat(row.line)


def _event(row: Row) -> Coded | Fault:
    c = dict(zip(columns("polecat"), row.cells, strict=True))
    ontology = load_ontology()
    day = iso_day(c["Event Date"])
    if day is None:
        return Fault(row.line, f"the date {c['Event Date']!r} is no day")
    type_ = c["Event Type"].upper()
    if type_ not in ontology.types:
        return Fault(row.line, f"{c['Event Type']!r} is no type of PLOVER")
    mode = c["Event Mode"].lower() or None
    if mode is not None and mode not in ontology.types[type_].modes:
        mode = None
    who, whom = _party(c, "Actor"), _party(c, "Recipient")
    published = iso_day(c["Publication Date"]) or day
    publisher = c["Source"] or "POLECAT"
    sides = ["; ".join(p.name for p in side) or "?" for side in (who, whom)]
    passage = f"{sides[0]} – {type_}{f' {mode}' if mode else ''} – {sides[1]}"
    # An event of several pairs is several rows under one id.
    digest = hashlib.sha256("\t".join(row.cells).encode()).hexdigest()[:8]
    telling = Telling(
        source=publisher, published=published, passage=passage, document=c["Event ID"]
    )
    contexts = tuple(
        name.strip() for name in c["Contexts"].replace(",", ";").split(";") if name.strip()
    )
    score = number_of(c["Intensity"])
    return Coded(
        id=f"polecat-{c['Event ID'] or row.line}-{digest}",
        day=day,
        day_end=day,
        type=type_,
        mode=mode,
        contexts=tuple(name for name in contexts if name in ontology.contexts),
        score=ontology.score(type_, mode) if score is None else score,
        who=who,
        whom=whom,
        sources=(publisher,),
        published=published,
        last=published,
        place=c["Placename"] or c["City"] or None,
        country=c["Country"][:3].upper() or None,
        lat=number_of(c["Latitude"]),
        lon=number_of(c["Longitude"]),
        method="POLECAT",
        passage=passage,
        trace=(c["Event ID"],),
        tellings=(telling,),
    )


def _party(c: Mapping[str, str], side: str) -> tuple[Party, ...]:
    name, country = c[f"{side} Name"], c[f"{side} Country"].split(";")[0].strip()
    if not name and not country:
        return ()
    sectors = tuple(s.strip() for s in c[f"{side} Sectors"].split(";") if s.strip())
    code = country.upper() if len(country) == 3 else None
    plain = code is not None and not sectors
    return (
        Party(
            key=code if plain and code else f"{code or ''}/{(name or country).lower()}",
            name=name or country,
            kind="state" if plain else "unnamed",
            code=code,
            sectors=sectors,
            role=c[f"{side} Title"] or None,
        ),
    )
