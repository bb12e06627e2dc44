"""The dated directory of actors: who is meant by a name, and who held an office on a day.

The directory is made of tables (data/*.tsv) that people can read and edit. It finds names in a
text by their first word, composes the institutions that every state has (`French foreign
ministry`) by rule, and knows from when to when a person held an office. A user's own files come
before what is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dragoman.actors.directory_user import Known, OwnActors, load_own
from dragoman.actors.entities import DemonymEntry, Entity, Holding, Match, Office
from dragoman.actors.names import name_key, normalise
from dragoman.actors.people import UMBRELLAS, People
from dragoman.actors.spread import first_piece
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
    "high-representative": 9,
    "chair": 8,
    "foreign-minister": 8,
    "defence-minister": 7,
    "crown-prince": 7,
    "vice-president": 6,
    "spokesperson": 6,
    "deputy-prime-minister": 5,
    "interior-minister": 5,
    "finance-minister": 5,
    "national-security-adviser": 5,
    "ambassador": 2,
    "governor": 2,
    "judge": 2,
}
_OTHER_OFFICE = 3
_MET = 8_192  # entities, and answers for names, that are held: texts ask for the same ones again


class Directory:
    """All that is known of actors beforehand; made by `load`, never changed."""

    def __init__(
        self, terms: Terms, people: People, titles: Titles, version: str, own: OwnActors
    ) -> None:
        self._terms = terms
        self._people = people
        self._titles = titles
        self._own = own
        self._starts = terms.starts() | people.starts() | set(own.first)
        self.version = version
        self._find = lru_cache(maxsize=_MET)(self._made)
        self._called = lru_cache(maxsize=_MET)(self._going_by)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Directory:
        """The shipped directory, and before it the user's own files (TOML or CSV)."""
        shipped = _shipped()
        if not extra:
            return shipped
        own = load_own(extra, shipped.known())
        version = f"{VERSION}+{own.digest}"
        return cls(shipped._terms, shipped._people, shipped._titles, version, own)

    def known(self) -> Known:
        """What a user's file is checked against."""
        states = (id for id, e in self._terms.entities.items() if e.code == id)
        return Known(self._find, frozenset((*self._titles.sectors, *UMBRELLAS)), tuple(states))

    # -- entities ---------------------------------------------------------------------------

    def _made(self, id: str) -> Entity | None:
        return self._own.entities.get(id) or self._terms.entity(id) or self._people.entity(id)

    def entity(self, id: str) -> Entity:
        """The entity with this id; KeyError where there is none."""
        found = self._find(id)
        if found is None:
            raise KeyError(id)
        return found

    def __contains__(self, id: str) -> bool:
        return id in self._own.entities or id in self._people or self._terms.entity(id) is not None

    def is_own(self, id: str) -> bool:
        """Whether an entity comes from the user's own files."""
        return id in self._own.entities

    def institution_of(self, institution: str, state: str) -> Entity | None:
        """The institution of this class that a state has: (`foreign-ministry`, `FRA`)."""
        return self._terms.institution_of(institution, state)

    def lives_in(self, id: str) -> tuple[str, ...]:
        """The states in which a people of no one state lives."""
        return self._terms.lives_in.get(id, ())

    # -- finding names ----------------------------------------------------------------------

    def match(self, keys: Sequence[str], at: int) -> Match | None:
        """The longest term that begins at token `at`; keys are `normalise(word)` of the tokens."""
        if first_piece(keys[at]) not in self._starts:
            return None
        best = self._own.match(keys, at) if self._own.first else None
        for found in (self._terms.match(keys, at), self._people.match(keys, at)):
            if found is not None and (best is None or found.length > best.length):
                best = found
        return best

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

        A whole name is looked for first; where none is known, a family name. What the user's own
        files say goes alone.
        """
        return self._called(name, date)

    def _going_by(self, name: str, date: str | None) -> tuple[Entity, ...]:
        key = name_key(name)
        ids = self._own.names.get(key) or (*self._terms.lookup(key), *self._people.lookup(key))
        if ids:
            return self._by_weight(ids, date)
        return self.by_family_name(name, date)

    def by_family_name(self, key: str, date: str | None = None) -> tuple[Entity, ...]:
        """The people of this family name, those in the highest office on the day first."""
        key = name_key(key)
        return self._by_weight((*self._own.families.get(key, ()), *self._people.family(key)), date)

    def _by_weight(self, ids: Sequence[str], date: str | None) -> tuple[Entity, ...]:
        found = [self.entity(id) for id in dict.fromkeys(ids)]
        return tuple(sorted(found, key=lambda e: -self._weight(e, date)))

    def _weight(self, entity: Entity, date: str | None) -> float:
        """How likely the bearer of a name is to be meant on a day: by office, then and before."""
        best = 0.0
        for office in entity.offices:
            weight = float(_OFFICE_WEIGHT.get(office.office, _OTHER_OFFICE))
            if date is not None:
                if office.held_on(date):
                    weight *= 10
                elif office.start is not None and office.start > date:
                    weight /= 10
            best = max(best, weight)
        own = 1000.0 if entity.id in self._own.entities else 0.0
        return own + best

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
        """Who held an office of a state or body on a day; the surest first.

        `office` is a class of titles.tsv or `head-of-state`, `head-of-government`, `leader`; `code`
        the id of a state (`FRA`) or body (`nato`); `date` an ISO date.
        """
        own = [
            Holding(e.id, e.name, o)
            for e in self._own.entities.values()
            for o in e.offices
            if o.body == code and o.office in UMBRELLAS.get(office, (office,)) and o.held_on(date)
        ]
        shipped = self._people.holders(office, code, date)
        return (*own, *(h for h in shipped if h.id not in self._own.entities))

    def held(self, description: str, date: str) -> tuple[Holding, ...]:
        """Who is meant by `foreign minister of Iran` or `the French president` on a day."""
        keys = [normalise(word) for word in description.split()]
        keys = keys[1:] if keys[:1] == ["the"] else keys
        for at in range(len(keys)):
            length, office = self.title_at(keys, at)
            if not office or (at and at + length < len(keys)):
                continue
            words = keys[:at] if at else [k for k in keys[length:] if k not in ("of", "the")]
            body = self._body(words)
            if body is not None:
                size, office = self.title_at(keys, at, body)
                if size and office:
                    return self.holders(office, body, date)
        return ()

    def _body(self, keys: Sequence[str]) -> str | None:
        """The state or body that words in front of a title, or after it, name."""
        keys = keys[:-1] if keys and keys[-1] in ("'s", "'") else keys
        keys = [k.removesuffix("'s") for k in keys]
        found = self.match(keys, 0) if keys else None
        return found.ids[0] if found is not None and found.length == len(keys) else None

    def office_on(self, entity_id: str, date: str) -> Office | None:
        """The highest office that a person held on a day."""
        entity = self._find(entity_id)
        held = [o for o in entity.offices if o.held_on(date)] if entity is not None else []
        held.sort(key=lambda o: o.start or "", reverse=True)
        held.sort(key=lambda o: -_OFFICE_WEIGHT.get(o.office, _OTHER_OFFICE))
        return held[0] if held else None


@lru_cache(maxsize=1)
def _shipped() -> Directory:
    terms, titles = load_terms(), Titles.load()
    people = People.load(terms.entity, titles.sectors)
    return Directory(terms, people, titles, VERSION, OwnActors())
