"""Merging claims into people, without making one of two: reasons first, likeness second."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from build_directory_claims import Claim
from build_directory_names import (
    COMMON,
    same_name,
    shares_rare_word,
    shares_words,
    skeleton,
    tokens,
    word_match,
    words,
)

from dragoman.actors.names import fold

LEADING = frozenset({"president", "prime-minister", "monarch", "supreme-leader", "head-of-state",
                     "leader", "chair", "pope", "secretary-general"})  # fmt: skip
# Offices of which a body has one at a time: who comes after ends the tenure of who was before.
EXCLUSIVE = words(
    "president prime-minister monarch supreme-leader head-of-state pope governor-general "
    "foreign-minister defence-minister finance-minister interior-minister justice-minister "
    "secretary-general chair high-representative"
)
_NEAR = 400  # days between two tenures of one office that may be one, told by two sources
_CAREER = 25 * 365  # days between two offices of one person, at most, when only the name agrees


@dataclass
class Person:
    """The claims that are taken to be about one person."""

    claims: list[Claim] = field(default_factory=list)
    wikidata: str = ""
    born: str = ""
    died: str = ""
    gender: str = ""
    names: Counter[str] = field(default_factory=Counter)

    def add(self, claim: Claim) -> None:
        """Take in what a claim says."""
        self.claims.append(claim)
        self.wikidata = self.wikidata or claim.wikidata
        if len(claim.born) > len(self.born):
            self.born = claim.born
        self.died = self.died or claim.died
        self.gender = self.gender or claim.gender
        for name in (claim.name, *claim.variants):
            self.names[name] += 1


class Merger:
    """Takes claims in the order of their trust and finds for each the person it is about."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_wikidata: dict[str, Person] = {}
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_word: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)

    def add_all(self, claims: Iterable[Claim]) -> None:
        """Place every claim of a source."""
        for claim in claims:
            person = self._find(claim)
            if person is None:
                person = Person()
                self.people.append(person)
            person.add(claim)
            if claim.wikidata:
                self._by_wikidata[claim.wikidata] = person
            for name in (claim.name, *claim.variants):
                if not any(person is p for p in self._by_name[fold(name)]):
                    self._by_name[fold(name)].append(person)
                for word in tokens(name):
                    known = self._by_word[claim.body, skeleton(word)]
                    if not any(person is p for p in known):
                        known.append(person)

    def _find(self, claim: Claim) -> Person | None:
        known = self._by_wikidata.get(claim.wikidata) if claim.wikidata else None
        if known is not None:
            if any(shares_words(n, claim.name) for n in known.names) or not claim.name.isascii():
                return known
            claim.wikidata = ""  # the source has put down another's id
        if claim.source == "own":
            # The hand-made table writes whole names with care: the one bearer known is meant.
            bearers = self._by_name[fold(claim.name)]
            if len(bearers) == 1:
                return bearers[0]
        near: dict[int, Person] = {}
        shared: Counter[int] = Counter()
        bones = {skeleton(w) for n in (claim.name, *claim.variants) for w in tokens(n)}
        for word in sorted(bones):
            for person in self._by_word.get((claim.body, word), ()):
                near[id(person)] = person
                shared[id(person)] += 1
        seen = [p for key, p in near.items() if shared[key] > 1 or _holds(p, claim)]
        best: tuple[float, Person] | None = None
        for person in seen:
            score = _score(person, claim)
            if score > 0 and (best is None or score > best[0]):
                best = (score, person)
        return best[1] if best else None


def join(people: list[Person], same: Iterable[tuple[str, str, str]]) -> list[Person]:
    """Makes one of two people who turn out to be the same once all sources are read.

    Sources that come late may tie what earlier ones could not: those who hold an exclusive office
    of one body at one time under spellings of one name. `same` adds pairs told by hand: a body, and
    two names; * is any body.
    """
    holders: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    by_name: defaultdict[tuple[str, tuple[str, ...]], list[Person]] = defaultdict(list)
    for person in people:
        for key in dict.fromkeys((c.body, c.office) for c in person.claims):
            if key[1] in EXCLUSIVE:
                holders[key].append(person)
        bodies = [(b, tokens(c.name)) for c in person.claims for b in (c.body, "*")]
        for place in dict.fromkeys(bodies):
            by_name[place].append(person)
    into: dict[int, Person] = {}

    def final(person: Person) -> Person:
        while id(person) in into:
            person = into[id(person)]
        return person

    def unite(one: Person, two: Person) -> None:
        one, two = final(one), final(two)
        if one is two or (one.wikidata and two.wikidata and one.wikidata != two.wikidata):
            return
        if two.wikidata:
            one, two = two, one
        for claim in two.claims:
            one.add(claim)
        into[id(two)] = one

    for row in holders.values():
        for i, one in enumerate(row):
            for two in row[i + 1 :]:
                if _is_same(one, two):
                    unite(one, two)
    for body, name, other in same:
        for one in by_name[body, tokens(name)]:
            for two in by_name[body, tokens(other)]:
                unite(one, two)
    return [person for person in people if id(person) not in into]


def _is_same(one: Person, two: Person) -> bool:
    """Whether two people held one office at one time under spellings of one name."""
    if one.gender and two.gender and one.gender != two.gender:
        return False
    if _years_apart(one.born, two.born) > 5:
        return False
    if not any(_are_near(a, b) for a in one.claims for b in two.claims):
        return False
    return any(_is_spelling(a, b) for a in one.names for b in two.names)


def _are_near(one: Claim, two: Claim) -> bool:
    """Whether two tenures of one exclusive office meet, or nearly so."""
    if one.body != two.body or one.office != two.office or one.office not in EXCLUSIVE:
        return False
    return max(one.low, two.low) - min(one.high, two.high) <= _NEAR


def _is_spelling(one: str, two: str) -> bool:
    """Whether two names are the same from the first word to the last (not father and son)."""
    a, b = tokens(one), tokens(two)
    if not same_name(one, two) or len(a) < 2 or len(b) < 2:
        return False
    return word_match(a[0], b[0]) >= 0.8 and word_match(a[-1], b[-1]) >= 0.8


def _holds(person: Person, claim: Claim) -> bool:
    """Whether the person is known to hold the claim's office for much of the claim's time."""
    return any(_overlap(c, claim) >= 0.5 for c in person.claims)


def _score(person: Person, claim: Claim) -> float:
    """How good the reasons are that the claim is about this person; 0: none or one against."""
    if claim.wikidata and person.wikidata:
        return 0.0
    if claim.source == "own" and any(
        c.source == "own" and c.name == claim.name for c in person.claims
    ):
        return 9.0
    if claim.gender and person.gender and claim.gender != person.gender:
        return 0.0
    years_apart = _years_apart(person.born, claim.born)
    overlap = max((_overlap(c, claim) for c in person.claims), default=0.0)
    shared = max(shares_words(n, claim.name) for n in person.names)
    if overlap >= 0.5 and (years_apart <= 12 or overlap >= 0.9) and _alike(person, claim, shared):
        return 3.0 + overlap + shared
    if years_apart > 3 or not any(same_name(n, claim.name) for n in person.names):
        return 0.0
    rare = any(shares_rare_word(n, claim.name) for n in person.names)
    whole = any(set(tokens(n)) == set(tokens(claim.name)) for n in person.names)
    gap = min(max(c.low - claim.high, claim.low - c.high, 0) for c in person.claims)
    if not (rare or whole) or gap > _CAREER:
        return 0.0
    # The whole name outweighs one word shared with another who held the office (two brothers).
    return 5.2 + shared / 10 if whole else 1.0 + shared / 10


def _alike(person: Person, claim: Claim, shared: int) -> bool:
    """Alike enough for two that hold one office at one time."""
    if shared >= 2 or any(shares_rare_word(n, claim.name) for n in person.names):
        return True
    own = tokens(claim.name)
    if len(own) == 1 and own[0] not in COMMON:
        return shared >= 1
    if shared and len(own) == 1:
        return True
    # One name wholly of common words: the family name must be among what is shared.
    last = own[-1]
    return any(word_match(last, tokens(n)[-1]) >= 0.9 for n in person.names)


def _years_apart(one: str, two: str) -> int:
    return abs(int(one[:4]) - int(two[:4])) if one and two else 0


def _overlap(one: Claim, two: Claim) -> float:
    """The part of the shorter tenure that both share, where they are of one office."""
    if one.body != two.body:
        return 0.0
    same = one.office == two.office and one.office in EXCLUSIVE
    both_lead = one.office in LEADING and two.office in LEADING and "leader" in (
        one.office, two.office)  # fmt: skip
    if not (same or both_lead):
        return 0.0
    shared = min(one.high, two.high) - max(one.low, two.low) + 1
    shorter = max(min(one.high - one.low, two.high - two.low) + 1, 1)
    return max(shared, 0) / shorter
