"""GDELT events: the 61 columns of version 2.0, or the 57 and 58 of version 1.0, without a header.

Known faults that are met: the same event under several numbers (same two, code, day and address),
a day that a story's “a year ago” has moved (kept, since the file does not tell it apart), places
whose country is written in FIPS, tone and counts that dragoman does not use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dragoman.actors.directory import Directory
from dragoman.analysis.coded import Coded, Telling
from dragoman.errors import InputError
from dragoman.imports.days import iso_day, moment
from dragoman.imports.icews import OnFault, OnRepeat
from dragoman.imports.lines import Fault, Row, number_of, read_lines, table
from dragoman.imports.parties import Parties
from dragoman.merging.records import Party
from dragoman.ontology import load_ontology
from dragoman.ontology.cameo import cameo_code
from dragoman.ontology.codebooks import columns
from dragoman.ontology.state_codes import alpha3_of_fips

# Version 1.0 has no second-level divisions, and before April 2013 no address.
_FIRST: Final = tuple(name for name in columns("gdelt") if not name.endswith("ADM2Code"))


def read_gdelt(
    path: Path, *, on_fault: OnFault | None = None, on_repeat: OnRepeat | None = None
) -> Iterator[Coded]:
    """The events of a file, in its order, each once; `on_repeat` is told the lines of the others.

    Raises InputError where it is no such file.
    """
    names = _names(path)
    parties = Parties(Directory.load())
    seen: set[tuple[str, ...]] = set()
    for row in table(path, names, header=False):
        event = row if isinstance(row, Fault) else _event(row, names, parties)
        if isinstance(event, Fault):
            if on_fault is not None:
                on_fault(event)
            continue
        assert isinstance(row, Row)
        c = dict(zip(names, row.cells, strict=True))
        told = c.get("SOURCEURL") or c["GLOBALEVENTID"]
        key = (c["SQLDATE"], c["Actor1Code"], c["Actor2Code"], c["EventCode"], told)
        if key not in seen:
            seen.add(key)
            yield event
        elif on_repeat is not None:
            on_repeat(row.line)


def _names(path: Path) -> tuple[str, ...]:
    """The columns of this file, by how many its first line has."""
    first = next((line for _, line in read_lines(path) if line.strip()), "")
    width = first.count("\t") + 1
    for names in (columns("gdelt"), _FIRST, _FIRST[:-1]):
        if len(names) == width:
            return names
    raise InputError(
        f"{path} has {width} columns; GDELT's events have 61 (2.0), 58 or 57 (1.0), parted by tabs."
    )


def _event(row: Row, names: tuple[str, ...], parties: Parties) -> Coded | Fault:
    c = dict(zip(names, row.cells, strict=True))
    day = iso_day(c["SQLDATE"])
    if day is None:
        return Fault(row.line, f"the date {c['SQLDATE']!r} is no day")
    code = cameo_code(c["EventCode"])
    if code is None:
        return Fault(row.line, f"{c['EventCode']!r} is no CAMEO code")
    who, whom = _party(c, 1, parties), _party(c, 2, parties)
    url = c.get("SOURCEURL") or None
    publisher = (urlsplit(url).hostname if url and "://" in url else url) or "GDELT"
    published = moment(c["DATEADDED"]) or day
    sides = [side[0].name if side else "?" for side in (who, whom)]
    passage = f"{sides[0]} – {code.name} – {sides[1]}"
    telling = Telling(source=publisher, published=published, passage=passage, document=url, url=url)
    country = alpha3_of_fips(c["ActionGeo_CountryCode"])
    return Coded(
        id=f"gdelt-{c['GLOBALEVENTID']}",
        day=day,
        day_end=day,
        type=code.type,
        mode=code.mode,
        contexts=code.contexts,
        score=load_ontology().score(code.type, code.mode) if code.type else 0.0,
        who=who,
        whom=whom,
        sources=(publisher,),
        reports=max(1, int(number_of(c["NumArticles"]) or 1)),
        published=published,
        last=published,
        place=c["ActionGeo_FullName"] or None,
        country=country,
        lat=number_of(c["ActionGeo_Lat"]),
        lon=number_of(c["ActionGeo_Long"]),
        rank=1 if c["IsRootEvent"] == "1" else 2,
        method=f"GDELT {code.code}",
        passage=passage,
        url=url,
        trace=(c["GLOBALEVENTID"],),
        tellings=(telling,),
    )


def _party(c: Mapping[str, str], number: int, parties: Parties) -> tuple[Party, ...]:
    """The actor of this side; none where GDELT has none."""
    name, code = c[f"Actor{number}Name"], c[f"Actor{number}Code"]
    if not name and not code:
        return ()
    country = c[f"Actor{number}CountryCode"]
    own = country if len(country) == 3 and parties.state(country) else None
    body = {"UNO": "UNO", "EEC": "EUR"}.get(c[f"Actor{number}KnownGroupCode"])
    body = body or ("IGO" if c[f"Actor{number}KnownGroupCode"] else None)
    sectors = tuple(s for i in (1, 2, 3) if (s := c[f"Actor{number}Type{i}Code"]))
    shown = name.title() or code
    plain = own is not None and not sectors
    return (
        Party(
            key=own if plain and own else f"{own or body or ''}/{shown.lower()}",
            name=shown,
            kind="state" if plain else "unnamed",
            code=own or body,
            sectors=sectors,
        ),
    )
