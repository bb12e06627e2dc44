"""Build data/people.tsv and data/offices.tsv of the directory from public sources.

    python tools/build_directory.py            (DRAGOMAN_DATA names the folder of the sources)

The sources and their licences stand in src/dragoman/actors/data/SOURCES.md. The result is the
same, byte for byte, on every run. People and offices that the sources lack are in own_people.tsv,
beside the result.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import build_directory_sources as sources
from build_directory_claims import Claim
from build_directory_common import corrected, told_same
from build_directory_countryinfo import countryinfo
from build_directory_factbook import factbook
from build_directory_family import display_name, family_names, other_names
from build_directory_merge import Merger, Person, join
from build_directory_tenures import Tenure, name_offices, settle, tenures

from dragoman.actors.names import name_key
from dragoman.actors.tables import read_table, values
from dragoman.actors.terms import load_terms, slug

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "dragoman" / "actors" / "data"
_HEAD = """\
# {what} Written by tools/build_directory.py; do not edit: corrections go to own_people.tsv.
# Sources and licences: SOURCES.md. Licence of this file: CC BY-SA 4.0.
"""
_WEIGHT = {
    "president": 9, "prime-minister": 9, "monarch": 9, "supreme-leader": 9, "pope": 9,
    "secretary-general": 8, "leader": 8, "foreign-minister": 7, "defence-minister": 6,
}  # fmt: skip


def own_people() -> Iterator[Claim]:
    """The hand-made table."""
    for row in read_table("own_people.tsv"):
        yield Claim(
            name=row["name"],
            body=row["body"],
            office=row["office"],
            title=row["title"],
            start=row["start"],
            end=row["end"],
            open=not row["end"],
            seen=row["seen"],
            source="own",
            rank=1,
            wikidata=row["wikidata"],
            gender={"m": "male", "f": "female"}.get(row["gender"], ""),
            family=values(row["family"]),
            variants=values(row["names"]),
        )


def merge(folder: Path) -> list[Person]:
    """All claims of all sources, merged; the most trusted sources first."""
    merger = Merger()
    for source in (
        sources.office_holders(folder),
        sources.leaders_2026(folder),
        sources.leaders_2021(folder),
        own_people(),
        factbook(folder),
        (c for c in countryinfo(folder) if c.rank == 2),
        sources.us_principals(folder),
        sources.archigos(folder),
        sources.reign(folder),
        sources.whogov(folder),
        sources.cia_2019(folder),
        (c for c in countryinfo(folder) if c.rank == 5),
    ):
        merger.add_all(corrected(source))
    return join(merger.people, told_same())


def _is_of_old(terms: list[Tenure]) -> bool:
    return all(t.end and t.end < "1990" for t in terms)


def give_ids(
    people: list[Person], names: dict[int, str], held: dict[int, list[Tenure]]
) -> dict[int, str]:
    """Slugs of the names; who held the higher office has the bare one, others the year of birth.

    Those who left office before 1990 come last, so that they take nobody's slug.
    """

    def order(person: Person) -> tuple[object, ...]:
        best = max((_WEIGHT.get(t.office, 1) for t in held[id(person)]), default=0)
        number = int(person.wikidata[1:]) if person.wikidata else 10**12
        first = min((t.start or t.end for t in held[id(person)]), default="")
        return (_is_of_old(held[id(person)]), -best, number, names[id(person)], first)

    used = set(load_terms().entities)
    found: dict[int, str] = {}
    for person in sorted(people, key=order):
        base = slug(names[id(person)]) or person.wikidata.lower()
        choice, number = base, 2
        if choice in used and person.born:
            choice = f"{base}-{person.born[:4]}"
        while choice in used:
            choice = f"{base}-{number}"
            number += 1
        used.add(choice)
        found[id(person)] = choice
    return found


def write(people: list[Person]) -> None:
    """Settle the tenures and write both tables."""
    held = {id(p): tenures(p) for p in people}
    name_offices([t for row in held.values() for t in row])
    settle([t for row in held.values() for t in row])
    names = {id(p): display_name(p) for p in people}
    people = [p for p in people if held[id(p)] and re.search(r"[A-Za-z]", names[id(p)])]
    # Some sources have a family name alone for those of old; that finds nobody in a text.
    people = [p for p in people if " " in names[id(p)] or not _is_of_old(held[id(p)])]
    ids = give_ids(people, names, held)
    lines: list[str] = []
    offices: list[str] = []
    for person in sorted(people, key=lambda p: ids[id(p)]):
        row = ids[id(person)]
        name = names[id(person)]
        cells = [
            row,
            name,
            "|".join(other_names(person, name)),
            "|".join(family_names(person, name)),
            person.gender[:1],
            person.born,
            person.died,
            person.wikidata,
        ]
        lines.append("\t".join(cells).rstrip("\t"))
        for t in sorted(held[id(person)], key=lambda t: (t.start, t.office, t.body, t.title)):
            end = max(t.end, t.start) if t.end else ""
            cells = [row, t.office, t.title, t.body, t.start, end, t.seen, t.source]
            offices.append("\t".join(cells))
    columns = "id\tname\tnames\tfamily\tgender\tborn\tdied\twikidata\n"
    text = _HEAD.format(what="People.") + columns + "\n".join(lines) + "\n"
    (DATA / "people.tsv").write_text(text, encoding="utf-8")
    columns = "person\toffice\ttitle\tbody\tstart\tend\tseen\tsource\n"
    note = "# seen: the last day on which a source vouches for an end that is open.\n"
    text = _HEAD.format(what="Offices.") + note + columns + "\n".join(offices) + "\n"
    (DATA / "offices.tsv").write_text(text, encoding="utf-8")
    write_indexes(lines)
    count = Counter(line.split("\t")[1] for line in offices)
    print(f"{len(lines)} people, {len(offices)} tenures: {count.most_common(12)}")


def write_indexes(lines: list[str]) -> None:
    """The keys of names and family names, so that loading need not make them."""
    single = {n for c in own_people() for n in (c.name, *c.variants)}
    names: defaultdict[str, list[str]] = defaultdict(list)
    families: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        cells = [*line.split("\t"), "", "", ""]
        for index, cell in ((names, f"{cells[1]}|{cells[2]}"), (families, cells[3])):
            for name in values(cell):
                key = name_key(name)
                # One word alone stands for a person as a family name does, unless said by hand.
                alone = index is names and " " not in key and name not in single
                place = families if alone else index
                if key and cells[0] not in place[key]:
                    place[key].append(cells[0])
    for file, what, index in (
        ("people_names.tsv", "Keys of whole names.", names),
        ("people_families.tsv", "Keys of family names.", families),
    ):
        rows = "".join(f"{key}\t{'|'.join(ids)}\n" for key, ids in sorted(index.items()) if ids)
        text = _HEAD.format(what=what) + "key\tpeople\n" + rows
        (DATA / file).write_text(text, encoding="utf-8")


def main() -> None:
    folder = Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared" / "data"))
    write(merge(folder / "actors"))


if __name__ == "__main__":
    main()
