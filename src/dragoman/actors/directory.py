"""The dated directory of actors: who is meant by a name, and who held an office on a day.

The directory is made of tables (data/*.tsv) that people can read and edit. It finds names in a
text by their first word, composes the institutions that every state has (`French foreign
ministry`) by rule, and knows from when to when a person held an office.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dragoman.actors.entities import DemonymEntry, Entity, Holding, Match, Office
from dragoman.actors.names import name_key, normalise
from dragoman.actors.people import People
from dragoman.actors.terms import Terms, load_terms
from dragoman.actors.titles import Titles

__all__ = ["DemonymEntry", "Directory", "Entity", "Holding", "Match", "Office", "normalise"]

VERSION = "2026-11"
_OFFICE_WEIGHT = {
    "president": 10,
    "monarch": 10,
    "prime-minister": 10,
    "supreme-leader": 10,
    "head-of-state": 10,
    "head-of-government": 10,
    "pope": 10,
    "leader": 10,
    "secretary-general": 9,
    "foreign-minister": 8,
    "defence-minister": 7,
    "vice-president": 6,
    "deputy-prime-minister": 6,
    "interior-minister": 5,
    "finance-minister": 5,
    "ambassador": 2,
}


class Directory:
    """All that is known of actors beforehand; made by `load`, never changed."""

    def __init__(self, terms: Terms, people: People, titles: Titles, version: str) -> None:
        self._terms = terms
        self._people = people
        self._titles = titles
        self.version = version

    @classmethod
    def load(cls) -> Directory:
        """The shipped directory."""
        return _shipped()

    # -- entities ---------------------------------------------------------------------------

    def entity(self, id: str) -> Entity:
        """The entity with this id; KeyError where there is none."""
        found = self._terms.entity(id) or self._people.entity(id)
        if found is None:
            raise KeyError(id)
        return found

    def __contains__(self, id: str) -> bool:
        return self._terms.entity(id) is not None or id in self._people

    def institution_of(self, institution: str, state: str) -> Entity | None:
        """The institution of this class that a state has: (`foreign-ministry`, `FRA`)."""
        return self._terms.institution_of(institution, state)

    # -- finding names ----------------------------------------------------------------------

    def match(self, keys: Sequence[str], at: int) -> Match | None:
        """The longest term that begins at token `at`; keys are `normalise(word)` of the tokens."""
        found = self._terms.match(keys, at)
        person = self._people.match(keys, at)
        if person is not None and (found is None or person.length > found.length):
            return person
        return found

    def longest_match(self, keys: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
        """How many tokens the longest name at `at` takes (0: none), and whose it may be.

        Adjectives of states (Russian) are no names here: ask `demonym_at`.
        """
        found = self.match(keys, at)
        if found is None or found.via in ("demonym", "people"):
            return 0, ()
        return found.length, found.ids

    def demonym_at(self, keys: Sequence[str], at: int) -> tuple[int, DemonymEntry | None]:
        """The longest demonym that begins at `at` (South Korean), and what it stands for."""
        return self._terms.demonym_at(keys, at)

    def demonym(self, word: str) -> DemonymEntry | None:
        """What a demonym stands for: `Russian`, `Danes`, `South Korean`."""
        return self._terms.demonym(name_key(word))

    def institution(self, keys: Sequence[str], at: int) -> tuple[int, str]:
        """An institution without its state at `at` (`foreign ministry`): tokens and class."""
        return self._terms.institution(keys, at)

    def lookup(self, name: str, *, date: str | None = None) -> tuple[Entity, ...]:
        """The entities that go by this name, those in the highest office on the day first.

        A whole name is looked for first; where none is known, a family name.
        """
        ids = self._terms.lookup(name_key(name)) + self._people.lookup(name_key(name))
        if ids:
            entities = [self.entity(id) for id in dict.fromkeys(ids)]
            return tuple(sorted(entities, key=lambda e: -self._weight(e, date)))
        return self.by_family_name(name, date)

    def by_family_name(self, key: str, date: str | None = None) -> tuple[Entity, ...]:
        """The people of this family name, those in the highest office on the day first."""
        found = [self.entity(id) for id in self._people.family(name_key(key))]
        return tuple(sorted(found, key=lambda e: -self._weight(e, date)))

    def _weight(self, entity: Entity, date: str | None) -> float:
        best = 0.0
        for office in entity.offices:
            weight = _OFFICE_WEIGHT.get(office.office, 3)
            if date is not None:
                if _within(office, date):
                    weight = weight * 10
                elif office.start is not None and office.start > date:
                    weight = weight / 10
            best = max(best, weight)
        return best

    # -- offices ----------------------------------------------------------------------------

    def title(self, words: Sequence[str] | str, code: str | None = None) -> str | None:
        """The class of office that a title stands for: `prime minister` → `prime-minister`."""
        text = words if isinstance(words, str) else " ".join(words)
        return self._titles.office(name_key(text.lower()), code)

    def title_at(
        self, keys: Sequence[str], at: int, code: str | None = None
    ) -> tuple[int, str | None]:
        """The longest title that begins at token `at`: its length and its class."""
        return self._titles.match(keys, at, code)

    def holders(self, office: str, code: str, date: str) -> tuple[Holding, ...]:
        """Who held an office of a state or body on a day, the one who came last first.

        `office` is a class of titles.tsv or `head-of-state`, `head-of-government`, `leader`.
        """
        return self._people.holders(office, code, date)

    def office_on(self, entity_id: str, date: str) -> Office | None:
        """The highest office that a person held on a day."""
        entity = self._people.entity(entity_id)
        if entity is None:
            return None
        held = [office for office in entity.offices if _within(office, date)]
        held.sort(key=lambda o: (-_OFFICE_WEIGHT.get(o.office, 3), o.start or ""))
        return held[0] if held else None


def _within(office: Office, date: str) -> bool:
    if office.start is not None and office.start > date[: len(office.start)]:
        return False
    return office.end is None or office.end >= date[: len(office.end)]


@lru_cache(maxsize=1)
def _shipped() -> Directory:
    return Directory(load_terms(), People.load(), Titles.load(), VERSION)
