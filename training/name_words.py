"""The table of words that the names head knows: in which lists of the package each word stands.

    python training/name_words.py        # writes src/dragoman/language/model/names.words.gz

The words come from the directory of actors and the gazetteer, whose sources and licences are told
beside them. One line a set of lists: its bits (names.LISTS), and the words that stand in just
these.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from pathlib import Path

from dragoman.language.model import FOLDER
from dragoman.language.names import LISTS

PACKAGE = Path(__file__).resolve().parents[1] / "src/dragoman"
ACTORS, PLACES = PACKAGE / "actors/data", PACKAGE / "coding/data"
TOWN = 15_000  # people; the names of smaller towns are too often other words
WORD = re.compile(r"[\w'’\-.&]+")


def rows(path: Path) -> list[dict[str, str]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        table = csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: value or "" for key, value in row.items()} for row in table]


def several(row: dict[str, str], *columns: str) -> list[str]:
    return [value for column in columns for value in row[column].split("|") if value]


class Known:
    """The lists of each word, as bits."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = defaultdict(int)

    def add(self, word: str, kind: str) -> None:
        word = word.strip(".,'’\"").casefold()
        if len(word) > 1:
            self.bits[word] |= 1 << LISTS.index(kind)

    def each(self, phrase: str, kind: str) -> None:
        for word in WORD.findall(phrase):
            self.add(word, kind)

    def phrase(self, phrase: str, kind: str) -> None:
        """A name of one word, or one that begins with a word and goes on with others."""
        words = WORD.findall(phrase)
        if len(words) == 1:
            self.add(words[0], f"{kind} of one word")
        elif words:
            article = "an" if kind[0] == "o" else "a"
            self.add(words[0], f"begins {article} {kind}")
            for word in words[1:]:
                if word[0].isupper():
                    self.add(word, f"goes on {article} {kind}")


def build() -> dict[str, int]:
    known = Known()
    for row in rows(ACTORS / "first_names.tsv"):
        known.add(row["name"], "first name")
    for row in rows(ACTORS / "people.tsv"):
        for name in several(row, "name", "names"):
            for word in WORD.findall(name)[:-1]:
                known.add(word, "part of a person's name")
        for family in several(row, "family"):
            known.each(family, "family name")
    add_places(known)
    add_actors(known)
    return dict(known.bits)


def add_places(known: Known) -> None:
    towns = [r for r in rows(PLACES / "towns.tsv.gz") if int(r["people"] or 0) >= TOWN]
    for row in [*rows(ACTORS / "cities.tsv"), *towns, *rows(PLACES / "us_states.tsv")]:
        known.phrase(row["name"], "place")
        if row.get("short"):
            known.add(row["short"], "place of one word")
    for row in rows(PLACES / "regions.tsv"):
        for name in several(row, "name", "spellings"):
            known.phrase(name, "place")
            known.each(name, "region")


def add_actors(known: Known) -> None:
    for row in rows(ACTORS / "states.tsv"):
        for name in several(row, "name", "names"):
            for word in WORD.findall(name):
                if word[0].isupper():
                    known.add(word, "state")
        for name in several(row, "capitals"):
            known.each(name, "capital")
        for name in several(row, "adjectives", "people"):
            known.each(name, "people")
    for row in rows(ACTORS / "peoples.tsv"):
        for name in several(row, "name", "names", "adjectives"):
            known.each(name, "people")
    for table in ("organisations", "groups", "institutions"):
        for row in rows(ACTORS / f"{table}.tsv"):
            for name in several(row, "name", "names"):
                known.phrase(name, "organisation")
    for row in rows(ACTORS / "titles.tsv"):
        for form in several(row, "forms"):
            known.each(form, "title")
    for row in rows(ACTORS / "institution_classes.tsv"):
        for form in several(row, "forms"):
            known.each(form, "word of institutions")


def main() -> None:
    sets: dict[int, list[str]] = defaultdict(list)
    for word, bits in sorted(build().items()):
        sets[bits].append(word)
    text = "".join(f"{bits}\t{' '.join(words)}\n" for bits, words in sorted(sets.items()))
    path = FOLDER / "names.words.gz"
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{sum(map(len, sets.values())):,} words, {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
