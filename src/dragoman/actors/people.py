"""People and the offices they held: tables read once, records made when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import cast

from dragoman.actors.entities import Entity, Gender, Holding, Match, Office
from dragoman.actors.names import name_key
from dragoman.actors.spread import first_piece, index_first, spread
from dragoman.actors.tables import read_text, values

_UMBRELLA = {"head-of-state": "HS", "head-of-government": "HG"}


class People:
    """The people of people.tsv with the offices of offices.tsv."""

    def __init__(self, people: Sequence[list[str]], offices: Sequence[list[str]]) -> None:
        self._rows = {row[0]: row for row in people}
        self._offices: defaultdict[str, list[list[str]]] = defaultdict(list)
        for row in offices:
            self._offices[row[0]].append(row)

    @classmethod
    def load(cls) -> People:
        """The people of the package's tables."""
        return cls(_rows("people.tsv", 8), _rows("offices.tsv", 9))

    def __contains__(self, id: str) -> bool:
        return id in self._rows

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for id, row in self._rows.items():
            for name in (row[1], *values(row[2])):
                key = name_key(name)
                known = found.get(key, ())
                if key and id not in known:
                    found[key] = (*known, id)
        return found

    @cached_property
    def _first(self) -> dict[str, int]:
        return index_first(tuple(self._names))

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for id, row in self._rows.items():
            for name in values(row[3]):
                found[name_key(name)].append(id)
        return dict(found)

    def entity(self, id: str) -> Entity | None:
        """The person with this id."""
        row = self._rows.get(id)
        if row is None:
            return None
        offices = tuple(_office(line) for line in self._offices.get(id, ()))
        last = max(offices, key=lambda o: o.start or "", default=None)
        return Entity(
            id=id,
            name=row[1],
            kind="person",
            code=last.code if last else None,
            sectors=(last.sector,) if last else (),
            names=(row[1], *values(row[2])),
            wikidata=row[7] or None,
            gender=cast("Gender | None", row[4] or None),
            born=row[5] or None,
            died=row[6] or None,
            offices=offices,
            source="people.tsv",
        )

    def lookup(self, key: str) -> tuple[str, ...]:
        """The ids of the people who go by this whole name."""
        return self._names.get(key, ())

    def family(self, key: str) -> tuple[str, ...]:
        """The ids of the people of this family name."""
        return tuple(self._families.get(key, ()))

    def match(self, keys: Sequence[str], at: int) -> Match | None:
        """The longest whole name of a person that begins at token `at`."""
        longest = self._first.get(first_piece(keys[at]), 0)
        best: Match | None = None
        if longest:
            for end, key in spread(keys, at, longest):
                ids = self._names.get(key)
                if ids is not None:
                    best = Match(end - at, ids, "name")
        return best

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[list[str]]]:
        found: defaultdict[tuple[str, str], list[list[str]]] = defaultdict(list)
        for lines in self._offices.values():
            for line in lines:
                found[line[1], line[3]].append(line)
                for umbrella, mark in _UMBRELLA.items():
                    if mark in line[5].split():
                        found[umbrella, line[3]].append(line)
        return dict(found)

    def holders(self, office: str, code: str, date: str) -> tuple[Holding, ...]:
        """Who held an office on a day, the one who came last first."""
        found = [
            line
            for line in self._by_office.get((office, code), ())
            if (not line[6] or line[6] <= date[: len(line[6])])
            and (not line[7] or line[7] >= date[: len(line[7])])
        ]
        found.sort(key=lambda line: line[6], reverse=True)
        unique = {line[0]: line for line in reversed(found)}
        return tuple(
            Holding(id, self._rows[id][1], _office(line)) for id, line in reversed(unique.items())
        )


def _office(line: Sequence[str]) -> Office:
    return Office(
        title=line[2],
        office=line[1],
        code=line[3] or None,
        sector=line[4],
        umbrella=tuple(line[5].split()),
        start=line[6] or None,
        end=line[7] or None,
        source=line[8],
    )


def _rows(name: str, columns: int) -> list[list[str]]:
    lines = read_text(name).split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    for row in rows:
        row.extend([""] * (columns - len(row)))
    return rows
