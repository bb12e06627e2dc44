"""The ICEWS14 and ICEWS18 forecasting benchmarks as events.

Their files give subject, relation, object and hours since the first of January, as numbers; names
of entities and relations are in two lists beside them. Relations are CAMEO's names. An entity is
a state (`Iran`), a kind of actor of a state (`Military (Myanmar)`), a body or a person.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from dragoman.actors.directory import Directory
from dragoman.analysis.coded import Coded
from dragoman.errors import InputError
from dragoman.imports.parties import Parties
from dragoman.merging.records import Party
from dragoman.ontology import load_ontology
from dragoman.ontology.cameo import CameoCode, cameo_named

_PARTS: Final = ("train", "valid", "test")
_YEAR: Final = re.compile(r"(\d\d)$")


def read_benchmark(
    folder: Path, *, parts: tuple[str, ...] = _PARTS, among: Collection[str] = ()
) -> Iterator[Coded]:
    """The events of `ICEWS14` or `ICEWS18`, in the order of the files; the same row twice is one.

    `among` are codes: only events of two that both have one of them are given then.
    Raises InputError where a file is missing or no line of the kind.
    """
    names = _names(folder / "entity2id.txt.xz")
    relations = [cameo_named(n.replace("_", " ")) for n in _names(folder / "relation2id.txt.xz")]
    year = _YEAR.search(folder.name)
    if year is None:
        raise InputError(f"{folder} does not end in a year, as ICEWS18 does.")
    start = date(2000 + int(year[1]), 1, 1)
    parties = Parties(Directory.load())
    known: dict[int, Party] = {}
    seen: set[tuple[int, int, int, int]] = set()
    ontology = load_ontology()
    for part in parts:
        for row in _rows(folder / f"{part}.txt.xz"):
            if row in seen:
                continue
            seen.add(row)
            subject, relation, object_, hours = row
            for number in (subject, object_):
                if number not in known:
                    known[number] = parties.named(
                        names[number].replace("_", " "), start.isoformat()
                    )
            sides = (known[subject].code, known[object_].code)
            if among and not (sides[0] in among and sides[1] in among):
                continue
            code = relations[relation]
            day = (start + timedelta(hours=hours)).isoformat()
            type_ = code.type if code else None
            yield Coded(
                id=f"{folder.name}-{len(seen)}",
                day=day,
                day_end=day,
                type=type_,
                mode=code.mode if code else None,
                contexts=code.contexts if code else (),
                score=ontology.score(type_, code.mode) if type_ and code else 0.0,
                who=(known[subject],),
                whom=(known[object_],),
                sources=("ICEWS",),
                published=day,
                passage=_told(known[subject], code, known[object_]),
            )


def _told(who: Party, code: CameoCode | None, whom: Party) -> str:
    return f"{who.name} – {code.name if code else '?'} – {whom.name}"


def _names(path: Path) -> list[str]:
    found: dict[int, str] = {}
    for line in _lines(path):
        name, _, number = line.rpartition("\t")
        found[int(number)] = name.strip()
    return [found[number] for number in range(len(found))]


def _rows(path: Path) -> Iterator[tuple[int, int, int, int]]:
    for line in _lines(path):
        first, relation, second, hours = line.split()[:4]
        yield int(first), int(relation), int(second), int(hours)


def _lines(path: Path) -> Iterator[str]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            yield from (line.rstrip("\n") for line in stream if line.strip())
    except (OSError, lzma.LZMAError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
