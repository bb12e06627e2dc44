"""Terms for states, institutions, organisations, groups and peoples, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from dragoman.actors.entities import DemonymEntry, Entity, Match, Via
from dragoman.actors.names import fold, name_key
from dragoman.actors.spread import first_piece, index_first, spread
from dragoman.actors.tables import Row, read_table, values
from dragoman.records import Kind

_SAME_PLURAL = ("ese", "ish", "ch", "sh", "ss")
# Classes of which a state has one; a body named in institutions.tsv is then the one that the
# composed name (“the Russian presidency”) means. Of others (intelligence) it may have several.
_SINGLE = frozenset(
    [
        "presidency",
        "premiership",
        "foreign-ministry",
        "defence-ministry",
        "interior-ministry",
        "finance-ministry",
        "trade-ministry",
        "justice-ministry",
        "energy-ministry",
        "parliament",
        "lower-house",
        "upper-house",
        "central-bank",
        "military",
        "navy",
        "air-force",
        "national-guard",
        "security-council",
        "nuclear-agency",
        "space-agency",
    ]
)


@dataclass
class Terms:
    """The tables of everything that is no person. Built once by `load_terms`."""

    entities: dict[str, Entity] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    capitals: set[str] = field(default_factory=set)
    demonyms: dict[str, DemonymEntry] = field(default_factory=dict)
    state_names: dict[str, str] = field(default_factory=dict)
    class_forms: dict[str, str] = field(default_factory=dict)
    classes: dict[str, Row] = field(default_factory=dict)
    single: dict[tuple[str, str], str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    slug_states: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    lives_in: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)
    first_name: dict[str, int] = field(default_factory=dict)
    first_demonym: dict[str, int] = field(default_factory=dict)
    first_state: dict[str, int] = field(default_factory=dict)
    first_class: dict[str, int] = field(default_factory=dict)

    def index(self) -> None:
        """Make the indexes by first word, once all terms are in."""
        self.first_name = index_first(tuple(self.names))
        for key in self.names:
            words = key.split()
            self.beginnings.update(" ".join(words[:size]) for size in range(1, len(words)))
        self.first_demonym = index_first(tuple(self.demonyms))
        self.first_state = index_first((*self.state_names, *self.demonyms))
        self.first_class = index_first(tuple(self.class_forms))

    def starts(self) -> set[str]:
        """The first pieces of all terms."""
        return {*self.first_name, *self.first_demonym, *self.first_state, *self.first_class}

    def entity(self, id: str) -> Entity | None:
        """The entity with this id, an institution found by rule among them."""
        found = self.entities.get(id)
        if found is None and "-" in id:
            return self._institution_of_id(id)
        return found

    def lookup(self, key: str) -> tuple[str, ...]:
        """The ids that a whole name may mean."""
        found = self.names.get(key)
        if found is not None:
            return found
        keys = key.split()
        match = self._composed(keys, 0)
        if match is not None and match.length == len(keys):
            return match.ids
        demonym = self.demonyms.get(key)
        return (demonym.state,) if demonym is not None else ()

    def match(self, keys: Sequence[str], at: int) -> Match | None:
        """The longest term that begins at token `at`."""
        first = first_piece(keys[at])
        best: Match | None = None
        longest = self.first_name.get(first, 0)
        if longest:
            best = self._named(keys, at, longest)
        if first in self.first_state or first in self.first_class:
            composed = self._composed(keys, at)
            if composed is not None and (best is None or composed.length > best.length):
                best = composed
        if first in self.first_demonym:
            length, entry = self.demonym_at(keys, at)
            if entry is not None and (best is None or length > best.length):
                best = Match(length, (entry.state,), "demonym" if entry.adjective else "people")
        return best

    def _named(self, keys: Sequence[str], at: int, longest: int) -> Match | None:
        best: tuple[int, str] | None = None
        for end, key in spread(keys, at, longest):
            if key in self.names:
                best = (end, key)
            elif key not in self.beginnings:
                break
        if best is None:
            return None
        via: Via = "capital" if best[1] in self.capitals else "name"
        return Match(best[0] - at, self.names[best[1]], via)

    def demonym(self, key: str) -> DemonymEntry | None:
        return self.demonyms.get(key)

    def demonym_at(self, keys: Sequence[str], at: int) -> tuple[int, DemonymEntry | None]:
        """The longest demonym at a token."""
        longest = self.first_demonym.get(first_piece(keys[at]), 0)
        best: tuple[int, DemonymEntry | None] = (0, None)
        if longest:
            for end, key in spread(keys, at, longest):
                entry = self.demonyms.get(key)
                if entry is not None:
                    best = (end - at, entry)
        return best

    def institution(self, keys: Sequence[str], at: int) -> tuple[int, str]:
        """The longest words for a class of institution at a token."""
        if at >= len(keys):
            return 0, ""
        longest = self.first_class.get(first_piece(keys[at]), 0)
        best = (0, "")
        if longest:
            for end, key in spread(keys, at, longest):
                name = self.class_forms.get(key)
                if name is not None:
                    best = (end - at, name)
        return best

    def institution_of(self, institution: str, state: str) -> Entity | None:
        """The institution of a class that a state has."""
        if institution not in self.classes or state not in self.adjectives:
            return None
        return self.entity(self._institution_id(institution, state))

    def _institution_id(self, institution: str, state: str) -> str:
        named = self.single.get((state, institution))
        return named or f"{self.slugs[state]}-{institution}"

    def _state_at(self, keys: Sequence[str], at: int, demonyms: bool) -> tuple[int, str]:
        longest = self.first_state.get(first_piece(keys[at]), 0) if at < len(keys) else 0
        best = (0, "")
        if longest:
            for end, key in spread(keys, at, longest):
                state = self.state_names.get(key)
                entry = self.demonyms.get(key) if demonyms and state is None else None
                if entry is not None and entry.adjective:
                    state = entry.state
                if state is not None and state in self.adjectives:
                    best = (end - at, state)
        return best

    def _composed(self, keys: Sequence[str], at: int) -> Match | None:
        """An institution named with its state, before or after it."""
        length, state = self._state_at(keys, at, demonyms=True)
        if length:
            after = at + length
            if after < len(keys) and keys[after] in ("'s", "'", "s"):
                after += 1
            size, institution = self.institution(keys, after)
            if size:
                ids = (self._institution_id(institution, state),)
                return Match(after + size - at, ids, "institution")
        size, institution = self.institution(keys, at)
        after = at + size
        if not size or after + 1 >= len(keys) or keys[after] != "of":
            return None
        after += 2 if keys[after + 1] == "the" else 1
        length, state = self._state_at(keys, after, demonyms=False)
        if not length:
            return None
        ids = (self._institution_id(institution, state),)
        return Match(after + length - at, ids, "institution")

    def _institution_of_id(self, id: str) -> Entity | None:
        for institution, row in self.classes.items():
            if not id.endswith(f"-{institution}"):
                continue
            state = self.slug_states.get(id[: -len(institution) - 1])
            if state is not None:
                return Entity(
                    id=id,
                    name=f"{self.adjectives[state]} {row['name']}",
                    kind="government",
                    code=self.entities[state].code,
                    sectors=values(row["sectors"]),
                    part_of=state,
                    source="institution_classes.tsv",
                )
        return None


def slug(name: str) -> str:
    """A name as an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).replace("'", "").replace(".", "")).strip("-")


def _plural(noun: str) -> str:
    return noun if noun.endswith(_SAME_PLURAL) else f"{noun}s"


def _add_name(terms: Terms, name: str, id: str) -> None:
    key = name_key(name)
    if key:
        known = terms.names.get(key, ())
        if id not in known:
            terms.names[key] = (*known, id)


def _add_demonym(terms: Terms, word: str, state: str, adjective: bool, people: bool) -> None:
    key = name_key(word)
    known = terms.demonyms.get(key)
    if known is None:
        terms.demonyms[key] = DemonymEntry(state, adjective, people)
    elif known.state == state:
        entry = DemonymEntry(state, known.adjective or adjective, known.people or people)
        terms.demonyms[key] = entry


def _add_states(terms: Terms) -> None:
    for row in read_table("states.tsv"):
        id, status = row["id"], row["status"]
        names = (row["name"], *values(row["names"]))
        sovereign = row["part_of"] or None
        terms.entities[id] = Entity(
            id=id,
            name=row["name"],
            kind="state",
            code=sovereign or id,
            sectors=("PRE",) if status == "breakaway" else (),
            names=names,
            part_of=sovereign,
            until=row["until"] or None,
            source="states.tsv",
        )
        adjectives = values(row["adjectives"])
        terms.adjectives[id] = adjectives[0] if adjectives else row["name"]
        # Two states may share an adjective (Congolese, Dominican): the first has the slug.
        own = slug(terms.adjectives[id])
        own = own if own not in terms.slug_states else slug(row["name"])
        terms.slug_states[own] = id
        terms.slugs[id] = own
        for name in names:
            _add_name(terms, name, id)
            terms.state_names.setdefault(name_key(name), id)
        for capital in values(row["capitals"]):
            key = name_key(capital)
            if key not in terms.names:
                terms.capitals.add(key)
                _add_name(terms, capital, id)
        people = values(row["people"])
        for adjective in adjectives:
            _add_demonym(terms, adjective, id, True, not people)
            if not people:
                _add_demonym(terms, _plural(adjective), id, False, True)
        for noun in people:
            _add_demonym(terms, noun, id, noun in adjectives, True)


def _add_spellings(terms: Terms) -> None:
    """Misspellings: found in a text, no names to show."""
    for row in read_table("spellings.tsv"):
        key = name_key(row["spelling"])
        if key not in terms.names and key not in terms.demonyms:
            terms.names[key] = (row["state"],)
            terms.state_names.setdefault(key, row["state"])


def _add_classes(terms: Terms) -> None:
    for row in read_table("institution_classes.tsv"):
        terms.classes[row["class"]] = row
        for form in values(row["forms"]):
            terms.class_forms.setdefault(name_key(form), row["class"])


def _add_institutions(terms: Terms) -> None:
    for row in read_table("institutions.tsv"):
        state, institution = row["code"], row["class"]
        sectors = values(row["sectors"])
        if not sectors and institution:
            sectors = values(terms.classes[institution]["sectors"])
        _add_entity(terms, row, row["kind"] or "government", sectors, part_of=state)
        if institution in _SINGLE and not row["kind"]:
            terms.single.setdefault((state, institution), row["id"])


def _add_entity(
    terms: Terms, row: Row, kind: str, sectors: tuple[str, ...], part_of: str | None
) -> None:
    names = (row["name"], *values(row["names"]))
    terms.entities[row["id"]] = Entity(
        id=row["id"],
        name=row["name"],
        kind=cast(Kind, kind),
        code=row["code"] or None,
        sectors=sectors,
        names=names,
        part_of=part_of,
        members=values(row.get("members", "")),
    )
    for name in names:
        _add_name(terms, name, row["id"])


def _add_bodies(terms: Terms) -> None:
    for table in ("organisations.tsv", "groups.tsv"):
        for row in read_table(table):
            sectors = values(row["sectors"])
            _add_entity(terms, row, row["kind"], sectors, row["part_of"] or None)
    for row in read_table("peoples.tsv"):
        _add_entity(terms, row, "people", (), None)
        terms.lives_in[row["id"]] = values(row["lives_in"])
        for adjective in values(row["adjectives"]):
            _add_demonym(terms, adjective, row["id"], True, False)


def load_terms() -> Terms:
    """The terms of the package's tables."""
    terms = Terms()
    _add_states(terms)
    _add_classes(terms)
    _add_institutions(terms)
    _add_bodies(terms)
    _add_spellings(terms)
    terms.index()
    return terms
