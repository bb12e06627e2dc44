"""Checks of dragoman's own table of villages, quarters, camps and bases, row by row.

They were written from memory, so each point is held against the towns of GeoNames: one of the same
country lies near it, unless the place is an island, out at sea or in a desert.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from importlib.resources import files

import numpy as np

from dragoman.coding.places.gazetteer import distance_km, gazetteer
from dragoman.coding.places.names import place_key

NAMESAKES = 9  # rows whose namesake in that country is another place
DATA = files("dragoman.coding").joinpath("data")
NEAR_KM, EARTH_KM = 60.0, 6371.0
REMOTE = 34  # rows of the mainland far from any town of their country: deserts, passes, test sites


def rows() -> list[dict[str, str]]:
    lines = DATA.joinpath("own_towns.tsv").read_text("utf-8").splitlines()
    return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def on_sphere(points: list[tuple[float, float]]) -> np.ndarray:
    lat, lon = np.radians(np.array(points)).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)


def test_each_point_lies_by_a_town_of_its_country() -> None:
    towns: dict[str, list[tuple[float, float]]] = {}
    with gzip.open(str(DATA.joinpath("towns.tsv.gz")), "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if line[0] != "#" and fields[0] != "key":
                towns.setdefault(fields[2], []).append((float(fields[4]), float(fields[5])))
    far = []
    for country in {row["country"] for row in rows()}:
        own = [row for row in rows() if row["country"] == country]
        at = on_sphere([(float(row["lat"]), float(row["lon"])) for row in own])
        near = on_sphere(towns[country])
        for row, point in zip(own, at, strict=True):
            if row["kind"] == "island":
                continue
            if np.arccos(np.clip((near @ point).max(), -1, 1)) * EARTH_KM > NEAR_KM:
                far.append(f"{country} {row['name']}")
    assert len(far) <= REMOTE, far


def test_no_name_stands_twice_in_a_country() -> None:
    keys = Counter(
        (row["country"], key)
        for row in rows()
        for key in {place_key(n) for n in (row["name"], *filter(None, row["spellings"].split("|")))}
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_the_columns_hold_what_the_head_says() -> None:
    for row in rows():
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row
        assert 0 < float(row["km"]) <= 110, row
        assert row["context"] in ("", "1"), row


def test_the_point_of_a_cluster_of_villages_is_told_as_loose() -> None:
    cluster = next(row for row in rows() if float(row["km"]) > 10)
    spots = gazetteer().towns(cluster["name"])
    assert any(spot.loose and spot.country == cluster["country"] for spot in spots)


def test_a_point_agrees_with_the_only_town_of_that_name() -> None:
    """A row of GeoNames' own name in the same country, if it has one near, has about its point."""
    far = []
    for row in rows():
        here = (float(row["lat"]), float(row["lon"]))
        towns = [t for t in gazetteer().towns(row["name"]) if t.geonames and not t.alias]
        there = [(t.lat or 0.0, t.lon or 0.0) for t in towns if t.country == row["country"]]
        apart = [distance_km(here, point) for point in there]
        if len(apart) == 1 and 60 < apart[0] < 120 and not row["kind"]:
            far.append(f"{row['country']} {row['name']} {apart[0]:.0f} km")
    assert len(far) <= NAMESAKES, far
