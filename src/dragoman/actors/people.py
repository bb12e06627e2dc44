"""People and the offices they held: lines of text until they are asked for.

The tables hold tens of thousands of people, and a reading meets a dozen. So the lines are kept as
they are, found by the index files that the builder wrote beside them, and made into records one by
one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from dragoman.actors.entities import Entity, Gender, Holding, Match, Office
from dragoman.actors.spread import first_piece, spread
from dragoman.actors.tables import read_text, values

Body = Callable[[str], Entity | None]

_GENDER: dict[str, Gender] = {"m": "male", "f": "female"}
# Classes that answer for a wider one, in this order; the first that has a holder is taken.
UMBRELLAS: dict[str, tuple[str, ...]] = {
    "head-of-state": ("supreme-leader", "monarch", "pope", "head-of-state", "president", "leader"),
    "head-of-government": ("prime-minister", "head-of-government", "president", "monarch"),
    "leader": ("leader", "secretary-general", "chair", "supreme-leader", "president", "monarch",
               "high-representative", "prime-minister", "pope"),
    "president": ("president", "head-of-state", "leader", "prime-minister"),
    "prime-minister": ("prime-minister", "head-of-government"),
    "secretary-general": ("secretary-general", "chair"),
}  # fmt: skip

# Offices that say what a person is before all else that is held beside them.
_FOREMOST = frozenset(
    ["president", "monarch", "supreme-leader", "prime-minister", "head-of-state",
     "head-of-government", "leader", "foreign-minister"]
)  # fmt: skip


class People:
    """The people of people.tsv with the offices of offices.tsv."""

    def __init__(
        self,
        people: Sequence[str],
        offices: Sequence[str],
        names: dict[str, str],
        families: dict[str, str],
        body: Body,
        sectors: dict[str, str],
    ) -> None:
        self._people = {line[: line.index("\t")]: line for line in people}
        self._office_lines = offices
        self._names = names
        self._families = families
        self._body = body
        self._sectors = sectors
        self._first = _first_pieces(names)

    @classmethod
    def load(cls, body: Body, sectors: dict[str, str]) -> People:
        """The people of the package's tables. `body` gives the state or body of an office."""
        return cls(
            _lines("people.tsv"),
            _lines("offices.tsv"),
            _index("people_names.tsv"),
            _index("people_families.tsv"),
            body,
            sectors,
        )

    @cached_property
    def _offices(self) -> dict[str, str]:
        """The lines of each person's offices, as one text: that many lists would cost memory, and
        time whenever the interpreter looks for what it may free."""
        held: dict[str, str] = {}
        for line in self._office_lines:
            holder = line[: line.index("\t")]
            held[holder] = f"{held[holder]}\n{line}" if holder in held else line
        return held

    def __contains__(self, id: str) -> bool:
        return id in self._people

    def __len__(self) -> int:
        return len(self._people)

    def entity(self, id: str) -> Entity | None:
        """The person with this id."""
        line = self._people.get(id)
        if line is None:
            return None
        row = [*line.split("\t"), *[""] * 7]
        offices = tuple(self._office(line) for line in self._offices.get(id, "").splitlines())
        last = max(
            offices,
            key=lambda o: (o.end is None, o.end is None and o.office in _FOREMOST, o.start or ""),
            default=None,
        )
        return Entity(
            id=id,
            name=row[1],
            kind="person",
            code=last.code if last else None,
            sectors=(last.sector,) if last and last.sector else (),
            names=(row[1], *values(row[2])),
            family=values(row[3]),
            gender=_GENDER.get(row[4]),
            born=row[5] or None,
            died=row[6] or None,
            wikidata=row[7] or None,
            part_of=last.body if last else None,
            offices=offices,
            source="people.tsv",
        )

    def starts(self) -> set[str]:
        """The first pieces of all whole names."""
        return set(self._first)

    def lookup(self, key: str) -> tuple[str, ...]:
        """The ids of the people who go by this whole name."""
        return _ids(self._names.get(key))

    def family(self, key: str) -> tuple[str, ...]:
        """The ids of the people of this family name."""
        return _ids(self._families.get(key))

    def match(self, keys: Sequence[str], at: int) -> Match | None:
        """The longest whole name of a person that begins at token `at`."""
        longest = self._first.get(first_piece(keys[at]), 0)
        if not longest:
            return None
        best: tuple[int, str] | None = None
        for end, key in spread(keys, at, longest):
            ids = self._names.get(key)
            if ids is not None:
                best = (end, ids)
        return Match(best[0] - at, _ids(best[1]), "name") if best else None

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[str]]:
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for lines in self._offices.values():
            for line in lines.splitlines():
                _, office, _, body, _ = line.split("\t", 4)
                found[office, body].append(line)
        return dict(found)

    def holders(self, office: str, body: str, date: str) -> tuple[Holding, ...]:
        """Who held an office on a day; the surest first, of equals the one who came last."""
        for name in UMBRELLAS.get(office, (office,)):
            found = [self._office(line) for line in self._by_office.get((name, body), ())
                     if _on(line, date)]  # fmt: skip
            if found:
                return self._ordered(found, date)
        return ()

    def _ordered(self, found: list[Office], date: str) -> tuple[Holding, ...]:
        def doubt(office: Office) -> int:
            unsure = sum(
                1 for d in (office.start, office.end) if d and len(d) < 10 and date[: len(d)] == d
            )
            unseen = office.end is None and office.seen is not None and office.seen < date
            return unsure + unseen

        found.sort(key=lambda o: o.start or "", reverse=True)
        found.sort(key=doubt)
        if any(o.end is not None or (o.seen or "9") >= date for o in found):
            found = [o for o in found if o.end is not None or (o.seen or "9") >= date]
        unique: dict[str, Holding] = {}
        for office in found:
            line = self._people[office.holder]
            name = line.split("\t", 2)[1]
            unique.setdefault(office.holder, Holding(office.holder, name, office))
        return tuple(unique.values())

    def _office(self, line: str) -> Office:
        holder, office, title, body, start, end, seen, source = line.split("\t")
        entity = self._body(body)
        sector = self._sectors.get(office, "GOV")
        if entity is not None and entity.kind != "state":
            sector = entity.sectors[0] if entity.sectors else ""
        return Office(
            title=title,
            office=office,
            code=entity.code if entity else None,
            body=body,
            sector=sector,
            start=start or None,
            end=end or None,
            seen=seen or None,
            source=source,
            holder=holder,
        )


def _on(line: str, date: str) -> bool:
    _, _, _, _, start, end, _ = line.split("\t", 6)
    return (not start or start <= date[: len(start)]) and (not end or end >= date[: len(end)])


def _ids(cell: str | None) -> tuple[str, ...]:
    if cell is None:
        return ()
    return tuple(cell.split("|"))


def _lines(name: str) -> list[str]:
    lines = read_text(name).split("\n")
    return [line for line in lines if line and line[0] != "#"][1:]


def _index(name: str) -> dict[str, str]:
    return dict(line.split("\t") for line in _lines(name))


def _first_pieces(names: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in names:
        first, _, rest = key.partition(" ")
        count = rest.count(" ") + 2
        if count > found.get(first, 0):
            found[first] = count
    return found
