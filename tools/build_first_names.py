"""Makes actors/data/first_names.tsv: first names that tell a person's sex.

usage: build_first_names.py DATA

DATA is the folder of reference data. The source, actors/office_holders_people.csv.gz, lists people
who held office with their sex, from Wikidata (CC0). A name is kept when
nine in ten of those who bear it are of one sex.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path

from dragoman.actors.names import normalise

_HEAD = """\
# First names that tell a person's sex, among people who held office since 2000.
# Built by tools/build_first_names.py from Wikidata (CC0). Licence of this file: CC0.
name\tsex
"""
_TARGET = Path(__file__).parents[1] / "src/dragoman/actors/data/first_names.tsv"


def main(data: Path) -> None:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(data / "actors/office_holders_people.csv.gz", "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            words = row["name"].split()
            if len(words) > 1 and row["gender"] in ("male", "female"):
                counts[normalise(words[0])][row["gender"][0]] += 1
    lines = []
    for name, sexes in sorted(counts.items()):
        sex, most = sexes.most_common(1)[0]
        if name.isalpha() and len(name) > 1 and most >= 0.9 * sexes.total():
            lines.append(f"{name}\t{sex}\n")
    _TARGET.write_text(_HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
