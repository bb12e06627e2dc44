"""The names of a person: the one to show, the spellings to know, and the family name."""

from __future__ import annotations

import re

from build_directory_merge import Person
from build_directory_names import HONORIFICS, tokens, word_match, words

from dragoman.actors.names import fold

_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "VNM", "MAC"})
_TWO_FAMILIES = words(
    "ESP MEX COL VEN PER CHL ARG ECU GTM CUB BOL DOM HND PRY SLV NIC CRI URY PAN PRI GNQ"
)
_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III|IV|V|VI|[IVX]+)$")
_LATIN = re.compile(r"[A-Za-z]")
_LINKS = (
    "al|el|de|da|do|dos|das|del|della|di|du|van|von|der|den|le|la|bin|ibn|ben|ter|ould|abu|abdel"
)
_SHOWN = ("own", "holders", "leaders-2026", "leaders-2021", "factbook", "us-state", "countryinfo")


def tidy(name: str) -> str:
    """The name without titles of nobility, brackets and honorifics."""
    name = re.sub(r"\s*\(.*?\)", "", name)
    name = re.sub(r", (Baron|Baroness|Viscount|Earl|Lord|Lady|Duke|Marquess).*$", "", name)
    words = name.split()
    while len(words) > 1 and words[0].strip(".").lower() in HONORIFICS - {"abu", "san"}:
        words = words[1:]
    return " ".join(words).strip(" ,.")


def display_name(person: Person) -> str:
    """The name of the most trusted source, in Latin letters, never a family name alone."""

    def order(item: tuple[int, str]) -> tuple[int, int, int, int]:
        at, name = item
        source = next((c.source for c in person.claims if name in (c.name, *c.variants)), "")
        trust = _SHOWN.index(source) if source in _SHOWN else len(_SHOWN)
        main = 0 if any(name == c.name for c in person.claims) else 1
        return (0 if _LATIN.match(name) else 1, main, trust, at)

    own = own_spellings(person)
    whole = [n for n in person.names if " " in (n if n in own else tidy(n))]
    names = list(enumerate(whole or list(person.names)))
    best = min(names, key=order)[1] if len(names) > 1 else names[0][1]
    return best if best in own_spellings(person) else tidy(best)


def own_spellings(person: Person) -> set[str]:
    """The names that stand in the hand-made table; they are taken as they are."""
    return {n for c in person.claims if c.source == "own" for n in (c.name, *c.variants)}


def other_names(person: Person, shown: str) -> list[str]:
    """The other whole names under which sources know the person."""
    single = own_spellings(person)
    found: dict[str, str] = {}
    for name in person.names:
        plain = name if name in single else tidy(name)
        key = fold(plain)
        if key == fold(shown) or (" " not in plain and name not in single):
            continue
        if _LATIN.match(plain) and len(plain) > 3:
            found.setdefault(key, plain)
    middle = re.fullmatch(r"(\w[\w'’.-]+) (?:\w\.? )+(\w[\w'’-]+)", shown)
    if middle:
        found.setdefault(fold(f"{middle[1]} {middle[2]}"), f"{middle[1]} {middle[2]}")
    return sorted(found.values())


def family_names(person: Person, shown: str) -> list[str]:
    """What stands for the person when named in short: Macron, al-Assad and Assad, Peña Nieto."""
    found: dict[str, str] = {}

    def note(name: str) -> None:
        name = name.strip(" ,.'")
        if len(name) > 1 and _LATIN.match(name):
            found.setdefault(fold(name), name)

    for claim in person.claims:
        for name in claim.family:
            note(name)
    given = [n for claim in person.claims for n in claim.family]
    bodies = {c.body for c in person.claims}
    if any(c.source == "own" and c.family for c in person.claims):
        return list(found.values())
    plain = _SUFFIX.sub("", re.sub(r" of (the )?[A-Z].*$", "", shown))
    words = plain.split()
    if any(c.office in ("monarch", "pope", "crown-prince") for c in person.claims) and words:
        note(words[0])
    if len(words) > 1 and bodies & _FAMILY_FIRST:
        western = given and word_match(fold(given[0]), fold(words[-1])) >= 0.9
        note(words[-1] if western else words[0])
        if "VNM" in bodies:
            note(words[-1])
    elif words:
        linked = re.search(rf"(?i)((?:\b(?:{_LINKS})[ -])+)([\w'’-]+)$", plain)
        last = words[-1]
        note(last)
        if linked:
            note(linked[0])
            note(linked[2])
        dashed = re.match(r"(?i)^(?:al|el|as|ash|an|ad|ar)-(.+)$", last)
        if dashed:
            note(dashed[1])
        if bodies & _TWO_FAMILIES and len(words) > 2 and not linked:
            note(words[-2])
            note(f"{words[-2]} {last}")
    for claim in person.claims:
        own = tokens(claim.name)
        if claim.source in ("archigos", "reign") and " " not in claim.name and len(own) == 1:
            note(claim.name)
    return list(found.values())
