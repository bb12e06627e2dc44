"""The gazetteer: towns, the states of the United States, regions, seas, borders and sites, by name.

Towns, provinces and districts come from GeoNames (data/towns.tsv.gz, data/divisions.tsv.gz, CC BY
4.0), the rest was written for dragoman (data/own_towns.tsv, data/regions.tsv, data/us_states.tsv).
It is read when the first place is looked up.
"""

from __future__ import annotations

import gzip
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from dragoman.actors.names import fold
from dragoman.coding.places.names import consonants, division_key, likeness, place_key, skeleton

_OWN_PEOPLE = 10_000  # what a town of our own table counts for; most are smaller, and in the news
_EXACT_KM = 10.0  # a point of our own table that may be farther off is told as a guess
_ASKED = 4_096  # keys whose towns are held at a time
_EARTH_KM = 6371.0
_SHORTEST = 2  # consonants
_LIKE = 0.72  # of the letters of two spellings of one name
_LIKE_SHORT = 0.85  # the same where there are but two consonants
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
    alias: bool = False  # found by another name than its own
    among: tuple[str, ...] = ()  # the states that a region may lie in; the story decides
    loose: bool = False  # the point stands for a cluster of villages
    context: bool = (
        False  # also a word or a person's name: only where the story speaks of the country
    )


class Gazetteer:
    """Places by name; names are folded (small letters, no accents)."""

    @cached_property
    def regions(self) -> dict[str, Spot]:
        found: dict[str, Spot] = {}
        for row in _rows("regions.tsv"):
            lat, lon = (float(row[key]) if row[key] else None for key in ("lat", "lon"))
            lies = tuple(filter(None, row["country"].split("|")))
            country = lies[0] if len(lies) == 1 else None
            spot = Spot(row["name"], row["kind"], country, None, lat, lon, among=lies)
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
    def _towns(self) -> bytes:
        """The rows of the towns, ordered by key; none is cut before it is asked for."""
        return _packed("towns.tsv.gz")

    @cached_property
    def _own_towns(self) -> dict[str, list[Spot]]:
        """The towns of dragoman's own table by key; they have no GeoNames id."""
        found: dict[str, list[Spot]] = {}
        for row in _rows("own_towns.tsv"):
            point = float(row["lat"]), float(row["lon"])
            spot = Spot(
                row["name"],
                row["kind"] or "city",
                row["country"],
                None,
                *point,
                people=_OWN_PEOPLE,
                loose=float(row["km"]) > _EXACT_KM,
                context=bool(row["context"]),
            )
            own = place_key(spot.name)
            spellings = filter(None, row["spellings"].split("|"))
            for key in dict.fromkeys((own, *map(place_key, spellings))):
                found.setdefault(key, []).append(replace(spot, alias=key != own))
        return found

    @cached_property
    def _skeletons(self) -> dict[str, bytes]:
        """By country, rows of skeleton and key in order; filled as countries are asked for."""
        return {}

    def spelled_like(self, name: str, country: str) -> list[Spot]:
        """Towns of a country whose name a writer may have spelled so, from another script, the
        likest first: "Khan Shaikhoun" is Khan Shaykhun. Of names with fewer than two consonants
        nothing is said."""
        key = skeleton(name)
        if len(key) < _SHORTEST:
            return []
        table = self._skeletons.get(country)
        if table is None:
            table = self._skeletons[country] = self._keys_of(country)
        own = place_key(name)
        alike = [(likeness(own, other), other) for (other,) in _called(table, key)]
        return [
            spot
            for share, other in sorted(alike, reverse=True)
            if share >= (_LIKE if len(key) > _SHORTEST else _LIKE_SHORT)
            for spot in self.towns(other)
            if spot.country == country
        ]

    @cached_property
    def _starts(self) -> dict[bytes, array[int]]:
        """By country, where in the table its rows begin: told in one pass for all countries."""
        found: dict[bytes, array[int]] = {}
        for match in re.finditer(rb"\n[^\t\n]+\t[^\t\n]*\t([A-Z]{3})\t", self._towns):
            found.setdefault(match[1], array("L")).append(match.start() + 1)
        return found

    def _keys_of(self, country: str) -> bytes:
        """The keys of a country's towns after their skeletons, as rows in order."""
        towns = self._towns
        starts = self._starts.get(country.encode(), ())
        keys = [towns[start : towns.index(b"\t", start)].decode("utf-8") for start in starts]
        keys += [k for k, own in self._own_towns.items() if any(s.country == country for s in own)]
        rows = sorted(f"{consonants(key)}\t{key}".encode() for key in keys)
        return b"\n" + b"\n".join(rows) + b"\n"

    @cached_property
    def _divisions(self) -> bytes:
        return _packed("divisions.tsv.gz")

    def towns(self, name: str) -> list[Spot]:
        """The towns of this name, in the order of their GeoNames ids.

        Those that have it as another spelling come with `alias`.
        """
        key = place_key(name)
        known = self._asked.get(key)
        if known is None:
            if len(self._asked) >= _ASKED:
                self._asked.clear()
            known = self._asked[key] = self._towns_of(key)
        return list(known)

    @cached_property
    def _asked(self) -> dict[str, list[Spot]]:
        """The towns of the keys that were asked for lately: texts ask for the same ones again."""
        return {}

    def _towns_of(self, key: str) -> list[Spot]:
        found = []
        for own, country, adm1, lat, lon, id, people in _called(self._towns, key):
            alias = bool(own) and place_key(own) != key
            found.append(
                Spot(
                    own or key.title(),
                    "city",
                    country,
                    adm1,
                    float(lat),
                    float(lon),
                    int(id),
                    int(people),
                    alias,
                )
            )
        near = {(spot.country, round(spot.lat or 0), round(spot.lon or 0)) for spot in found}
        found += [
            spot
            for spot in self._own_towns.get(key, ())
            if (spot.country, round(spot.lat or 0), round(spot.lon or 0)) not in near
        ]
        return sorted(found, key=lambda spot: spot.geonames or 0)

    def divisions(self, name: str) -> list[Spot]:
        """The provinces and districts of this name, without points, the largest first."""
        found = [
            Spot(own, "region" if level == "1" else "district", country, people=int(people))
            for own, country, level, people in _called(self._divisions, division_key(name))
        ]
        return sorted(found, key=lambda spot: (spot.kind != "region", -spot.people))


def _packed(name: str) -> bytes:
    """The rows of a packed table in UTF-8, each after a line break, without comments and head."""
    data = gzip.decompress(_DATA.joinpath(name).read_bytes())
    while data.startswith(b"#"):
        data = data[data.index(b"\n") + 1 :]
    return data[data.index(b"\n") :]


def _called(rows: bytes, key: str) -> Iterator[list[str]]:
    """The fields after the key of all rows with this key, found by halving in the ordered rows."""
    if not key:
        return
    wanted = key.encode("utf-8")
    low, high = 0, len(rows) - 1  # both at line breaks
    while low < high:
        middle = rows.rfind(b"\n", 0, (low + high) // 2 + 1)
        after = rows.find(b"\n", middle + 1)
        if rows[middle + 1 : rows.find(b"\t", middle + 1)] < wanted:
            low = after
        else:
            high = middle
    at = low
    while 0 <= at < len(rows) - 1:
        end = rows.find(b"\n", at + 1)
        fields = rows[at + 1 : end].decode("utf-8").split("\t")
        if fields[0] != key:
            break
        yield fields[1:]
        at = end


def _rows(name: str) -> Iterator[dict[str, str]]:
    data = _DATA.joinpath(name).read_bytes()
    lines = (line for line in data.decode("utf-8").split("\n") if line and line[0] != "#")
    columns = next(lines).split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two points in degrees, in kilometres (haversine formula)."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    inner = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(inner)))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer; one for all readers, since nothing in it changes."""
    return Gazetteer()
