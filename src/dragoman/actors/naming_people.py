"""Which person a name means: of the directory, of the text, or one of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from dragoman.actors.chains import Chain
from dragoman.actors.context import NO_OFFICE, sort_of
from dragoman.actors.descriptions import describe
from dragoman.actors.directory import Entity, normalise
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.ties import Ties
from dragoman.records import Candidate

MANY = 20  # people of one family name, or names of one person, that are compared
# How names are carried over from other alphabets, and by way of other languages.
_CARRIED = (
    (r"ou", "u"),
    (r"tch", "ch"),
    (r"sch", "sh"),
    (r"ine$", "in"),
    (r"(?:sky|ski|skiy|skyi|skyj|skij)$", "skyy"),
    (r"skyy$", "sky"),
    (r"^y", "i"),
    (r"kh", "h"),
    (r"yev$", "ev"),
    (r"ff$", "v"),
    (r"w", "v"),
    (r"ei$", "ey"),
)
HIGH_OFFICE = 4  # the rank of a foreign minister (see `_rank`)
WORLD_OFFICE = 1  # the rank of the United Nations' Secretary-General
SINCE = "1990"  # of a name without a day those are meant who were in office since


class PersonNaming(Ties):
    """Which person a name means: of the directory, of the text, or one of several."""

    def _choose(self, spot: Spot, entities: list[Entity]) -> Entity | None:
        """The one that a shared name means: met before, of that office, or foremost that day."""
        met = [e for e in entities if e.id in self._by_entity]
        if len(met) == 1:
            return met[0]
        if spot.phrase is not None and spot.phrase.agent.office:
            offices = {a.office for a in spot.phrase.agents}
            fitting = [e for e in entities if self._held(e) & offices]
            said = describe(self.finder, spot)
            state = next(
                (s for s in map(self._tied_state, (t.token for t in said.ties)) if s), None
            )
            if state is not None:
                fitting = [e for e in fitting or entities if e.code == state] or fitting
            if len(fitting) == 1:
                return fitting[0]
        # Of two entries for one office the one that is known elsewhere is the fuller.
        ranked = sorted((self._rank(e), e.wikidata is None, i) for i, e in enumerate(entities))
        if len(ranked) > 1:
            first, second = (entities[row[2]] for row in ranked[:2])
            if ranked[0][0] < ranked[1][0]:
                return first
            if first.name == second.name and ranked[0][1] < ranked[1][1]:
                return first
        return None

    def _ambiguous(self, name: NameSpan, entities: list[Entity]) -> Chain:
        key = tuple(self.finder.keys[name.first : name.last])
        known = self._by_name.get(key)
        if known is not None:
            return known
        chain = self._new(
            self._words(name.first, name.last), entities[0].kind, sort_of(entities[0])
        )
        chain.candidates = tuple(Candidate(id=e.id, why=self._why(e)) for e in entities)
        codes = {e.code for e in entities}
        chain.code = codes.pop() if len(codes) == 1 else None
        self._by_name[key] = chain
        return chain

    def _why(self, entity: Entity) -> str:
        office = self.directory.office_on(entity.id, self.date[:10]) if self.date else None
        if office is not None:
            return f"{entity.name}, {office.title} on {(self.date or '')[:10]}"
        return f"{entity.name} has this name"

    def _person(self, spot: Spot, name: NameSpan) -> Chain:
        """A person whom the directory does not know under this name."""
        keys = self.finder.keys[name.first : name.last]
        chain = self._by_name.get(tuple(keys))
        if chain is None and len(keys) == 1:
            chain = self._family(keys[0], spot, ())
        if chain is None and len(keys) > 1:
            chain = self._fuller(keys) or self._spelt_otherwise(keys, name)
        if chain is None and (len(keys) == 1 or spot.phrase is not None):
            chain = self._office_holder(spot, name)
        if chain is None:
            chain = self._new(self._words(name.first, name.last), "person", "person")
        self._enter_person(chain, name)
        self._teach(chain, spot)
        return chain

    def _office_holder(self, spot: Spot, name: NameSpan) -> Chain | None:
        """Whom the directory knows by a family name alone, foremost on the day."""
        family = " ".join(self.analysis.words[name.first : name.last])
        known = list(self.directory.by_family_name(family, self.date))
        own = [e for e in known if self.directory.is_own(e.id)]
        if own:  # the user's own people need no office
            known = own
        elif spot.phrase is None:
            known = [e for e in known if self._rank(e) < (50 if self.date else 4)]
        else:
            known = self._of_title(spot, known)
        known = self._of_own_people(name, known, titled=spot.phrase is not None)
        if len(known) > 1:
            known = [e for e in known if e.code == self._home] or self._of_named_states(known)
        if self.date is None:
            known = [e for e in known if _is_recent(e)] or known
        if not known:
            return None
        chosen = known[0] if len(known) == 1 else self._choose(spot, known)
        return self._of_entity(chosen) if chosen is not None else self._ambiguous(name, known)

    def _of_own_people(self, name: NameSpan, known: list[Entity], *, titled: bool) -> list[Entity]:
        """Of a state's own text: who speaks there is of that state, as "MR. DIAZ:" tells.

        Somebody abroad is meant by a bare family name only where the text names his state.
        """
        own, words = self._own_state(), self.analysis.words
        if own is None or any(self.directory.is_own(e.id) for e in known):
            return known
        mr = name.first > 0 and self.finder.keys[name.first - 1] in self.lexicon.titles
        if mr and words[name.last : name.last + 1] == [":"]:
            return [e for e in known if e.code == own]
        if titled:
            return known
        abroad = [
            e for e in known if e.code not in (own, None) and (e.code or "") in self.directory
        ]
        return [e for e in known if e not in abroad or e.code in self._spoken_of]

    def _of_named_states(self, known: list[Entity]) -> list[Entity]:
        """The one of several people whose state the text names, if that is but one."""
        here = [e for e in known if e.code is not None and e.code in self._spoken_of]
        return here if len(here) == 1 else known

    def _of_title(self, spot: Spot, known: list[Entity]) -> list[Entity]:
        """Those of a family name whom the title before it fits, by office and by state."""
        said = describe(self.finder, spot)
        tied = self._tied(said)
        body = self._body(tied) if self.date is not None else None
        if body is not None and not said.former and not said.lesser:  # “the NATO chief, Rutte”
            day = (self.date or "")[:10]
            of_body = [
                e for e in known if any(o.body == body and o.held_on(day) for o in e.offices)
            ]
            if of_body:
                return of_body
        state = self._state_of(tied)
        offices = {a.office for a in self._agents(spot, state) if a.office}
        if state is not None:
            known = [e for e in known if e.code == state or any(o.code == state for o in e.offices)]
        if said.former or said.lesser:
            return [e for e in known if any(self._classes(o.office) & offices for o in e.offices)]
        if offices:
            return [e for e in known if self._held(e) & offices]
        return [e for e in known if self._held(e)] if state is not None else []

    def _fuller(self, keys: list[str]) -> Chain | None:
        """A person met under another form of the name ("J. Kerry", "John F. Kerry")."""
        same = [
            known
            for known in self._by_family.get(keys[-1], [])[:MANY]
            if any(list(name[-len(keys) :]) == keys for name in known.names[:MANY])
        ]
        if same:  # of two of the same family name who has been spoken of last
            return max(same, key=lambda known: known.last_seen)
        for known in self._by_family.get(keys[-1], [])[:MANY]:
            for other in [k for k in known.names[:MANY] if len(k) > 1]:
                if other[0] == keys[0] or (other[0][0] == keys[0][0] and "." in other[0] + keys[0]):
                    return known
        return None

    def _spelt_otherwise(self, keys: list[str], name: NameSpan) -> Chain | None:
        """A person whom the directory has under another spelling or with fewer given names."""
        family = self.analysis.words[name.last - 1]
        close: list[Entity] = []
        for spelling in (family, *_spellings(keys[-1])):
            for entity in self.directory.by_family_name(spelling, self.date):
                own = normalise(entity.name.split()[0])
                if (
                    " " in entity.name
                    and (own in keys[:-1] or _alike(own, keys[0], short=len(keys) < 3))
                    and entity not in close
                ):
                    close.append(entity)
        if len(close) > 1 or self.date is not None:
            close = [e for e in close if self._rank(e) < NO_OFFICE]
        return self._of_entity(close[0]) if len(close) == 1 else None

    def _enter_person(self, chain: Chain, name: NameSpan) -> None:
        keys = self.finder.keys[name.first : name.last]
        if tuple(keys) not in self._by_name:
            self._by_name[tuple(keys)] = chain
            chain.names.append(tuple(keys))
        if chain.gender is None and len(keys) > 1:
            chain.gender = self.lexicon.first_names.get(keys[0])
        given = next((key for key in keys if key not in self.lexicon.titles), keys[0])
        for key in dict.fromkeys((keys[-1], given)):  # “Sir Keir Diaz” may be “Sir Keir” below
            family = self._by_family.setdefault(key, [])
            if chain not in family:
                family.append(chain)
        if chain.entity is None and len(self._words(name.first, name.last).split()) > len(
            chain.name.split()
        ):
            chain.name = self._words(name.first, name.last)

    def _family(self, key: str, spot: Spot, ids: tuple[str, ...]) -> Chain | None:
        """The person of this family name whom the text has introduced."""
        known = self._by_family.get(key, [])
        if spot.name is not None and spot.name.first > 0:
            gender = self.lexicon.titles.get(self.finder.keys[spot.name.first - 1])
            if gender is not None:
                known = [c for c in known if c.gender in (None, gender)]
        if spot.phrase is not None and spot.phrase.agent.office and len(known) > 1:
            offices = {a.office for a in spot.phrase.agents}
            known = [c for c in known if c.offices & offices] or known
        if len(known) < 2:
            return known[0] if known else None
        last = [c for c in known if any(f == key for f in self._families(c))]
        pool = last or known
        before = [c for c in pool if 0 <= c.last_seen < spot.head]
        return max(before, key=lambda c: c.last_seen) if before else pool[0]

    def _families(self, chain: Chain) -> Iterable[str]:
        return (name[-1] for name in chain.names)

    def _teach(self, chain: Chain, spot: Spot) -> None:
        """What the title before a name, or a calling in it, says of the person."""
        name = spot.name
        if name is not None and name.first > 0:
            gender = self.lexicon.titles.get(self.finder.keys[name.first - 1])
            chain.gender = chain.gender or gender
        if spot.phrase is not None and spot.phrase.first not in self._inner:
            self._apply(chain, describe(self.finder, spot), spot)

    def _leader_by_name(self, name: NameSpan) -> Chain | None:
        """A family name that only one leader or foreign minister of the day has."""
        known = self.directory.by_family_name(self.analysis.words[name.first], self.date)
        top = sorted((e for e in known if self._rank(e) <= HIGH_OFFICE), key=self._rank)
        if not top or (len(top) > 1 and self._rank(top[0]) > WORLD_OFFICE):
            return None
        chain = self._of_entity(top[0])
        self._enter_person(chain, name)
        return chain


def _spellings(family: str) -> list[str]:
    """Other spellings of a family name, as languages carry it over ("Poutine", "Zelensky")."""
    found = {family}
    for old, new in _CARRIED:
        found |= {re.sub(old, new, word) for word in found}
    found.discard(family)
    return sorted(found)


def _alike(a: str, b: str, *, short: bool = True) -> bool:
    """Whether two given names are spellings of one ("Sergei", "Sergey"); or `short` for it."""
    if a[:2] == b[:2] and min(len(a), len(b)) <= 4 and (short or abs(len(a) - len(b)) < 2):
        return True
    return a[:1] == b[:1] and SequenceMatcher(None, a, b).ratio() >= 0.75


def _is_recent(entity: Entity) -> bool:
    """Whether someone held an office since 1990."""
    return any(o.end is None or o.end >= SINCE for o in entity.offices)
