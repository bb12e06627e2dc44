"""The gazetteer: towns, the states of the United States, regions, seas, borders and sites, by name.

Towns come from GeoNames (data/towns.tsv.gz, CC BY 4.0), the rest was written for dragoman
(data/regions.tsv, data/us_states.tsv). It is read when the first place is looked up.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from dragoman.actors.names import fold

_DATA = files("dragoman.coding").joinpath("data")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer; without latitude and longitude where a point would be false."""

    name: str
    kind: str
    country: str | None
    adm1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    people: int = 0


class Gazetteer:
    """Places by name; names are folded (small letters, no accents)."""

    @cached_property
    def regions(self) -> dict[str, Spot]:
        found: dict[str, Spot] = {}
        for row in _rows("regions.tsv"):
            spot = Spot(row["name"], row["kind"], row["country"] or None)
            for name in (row["name"], *filter(None, row["spellings"].split("|"))):
                found.setdefault(fold(name), spot)
        return found

    @cached_property
    def starts(self) -> dict[str, int]:
        """The longest region name, in words, that begins with a word."""
        longest: dict[str, int] = {}
        for name in self.regions:
            words = name.replace("-", " - ").split()
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        return longest

    @cached_property
    def us_states(self) -> dict[str, Spot]:
        found: dict[str, Spot] = {}
        for row in _rows("us_states.tsv"):
            spot = Spot(row["name"], "state", "USA", row["code"], geonames=int(row["id"]))
            for name in (row["name"], *filter(None, row["short"].split("|"))):
                found.setdefault(fold(name), spot)
        return found

    @cached_property
    def countries(self) -> dict[str, int]:
        """GeoNames ids of states by alpha-3."""
        return {row["code"]: int(row["id"]) for row in _rows("countries.tsv")}

    @cached_property
    def _towns(self) -> list[str]:
        """The rows of the towns, ordered by folded name; none is cut before it is asked for."""
        data = gzip.decompress(_DATA.joinpath("towns.tsv.gz").read_bytes()).decode("utf-8")
        return [line for line in data.split("\n") if line and line[0] != "#"][1:]

    def towns(self, name: str) -> list[Spot]:
        """The towns of this name, in the order of their GeoNames ids."""
        folded = fold(name)
        return self._called(folded) or self._called(f"'{folded}")  # ‘Afrīn is written Afrin

    def _called(self, folded: str) -> list[Spot]:
        start = f"{folded}\t"
        rows = self._towns
        found = []
        for at in range(bisect_left(rows, start), len(rows)):
            if not rows[at].startswith(start):
                break
            _, own, country, adm1, lat, lon, id, people = rows[at].split("\t")
            found.append(
                Spot(own, "city", country, adm1, float(lat), float(lon), int(id), int(people))
            )
        return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    data = _DATA.joinpath(name).read_bytes()
    lines = (line for line in data.decode("utf-8").split("\n") if line and line[0] != "#")
    columns = next(lines).split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer; one for all readers, since nothing in it changes."""
    return Gazetteer()
