"""Who is meant by a name: of the directory, of the text, or one of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from dragoman.actors.chains import Chain
from dragoman.actors.context import NO_OFFICE, sort_of
from dragoman.actors.descriptions import describe
from dragoman.actors.directory import Entity, normalise
from dragoman.actors.lexicon import Agent
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.names import pieces
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
# What states found together; other bodies with "international" in their name may be anyone's.
_OF_STATES = frozenset(
    ["organization", "organisation", "agency", "court", "tribunal", "commission"]
)
SPELT = 6  # letters of a word that may be a state's name spelt wrong
ALIKE = 0.9  # ratio of letters in order
HIGH_OFFICE = 4  # the rank of a foreign minister (see `_rank`)


class Naming(Ties):
    """Who is meant by a name: of the directory, of the text, or one of several."""

    def _name(self, spot: Spot) -> Chain | None:
        name = spot.name
        if name is None:
            return self._people(spot)
        ids = name.ids
        if ids:
            return self._known_name(spot, name, ids)
        if name.label == "PER":
            return self._person(spot, name)
        if name.label == "ORG":
            return self._organisation(spot, name)
        return self._other_name(spot, name)

    def _people(self, spot: Spot) -> Chain | None:
        """ "the Russians": a people of its own or that of a state."""
        first, last, id = self.finder.peoples[spot.head]
        entity = self.directory.entity(id)
        if entity.kind != "state":
            return self._of_entity(entity)
        key = ("people", id, "s" if spot.plural else "")
        counted = any(self.analysis.upos[t] == "NUM" for t in range(spot.first, first))
        chain = None if counted else self._by_name.get(key)
        if chain is None:
            chain = self._new(self._words(first, last), "people", "group")
            chain.code, chain.plural = entity.code, spot.plural
            if self.is_kin_only(first):
                chain.code = self._home or entity.code
            chain.sectors = ("CVL",)
            self._by_name.setdefault(key, chain)
        return chain

    def _known_name(self, spot: Spot, name: NameSpan, ids: tuple[str, ...]) -> Chain | None:
        entities = [self.directory.entity(id) for id in ids]
        persons = [e for e in entities if e.kind == "person"]
        if persons and name.last - name.first == 1:
            known = self._family(self.finder.keys[name.last - 1], spot, ids)
            if known is not None:
                self._teach(known, spot)
                return known
        if self._names_a_street(spot):
            return None
        entity = entities[0] if len(entities) == 1 else self._choose(spot, entities)
        if entity is None:
            return self._ambiguous(name, entities)
        if name.via == "capital":
            if not self._acts(name):
                return None
            seat = self.lexicon.seats.get(self.finder.keys[name.first])
            if seat is not None and entity.id not in self._by_entity:
                entity = self.directory.entity(seat)
        chain = self._of_entity(entity)
        if entity.kind == "person":
            self._enter_person(chain, name)
            self._teach(chain, spot)
        return chain

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
        if chain is None and len(keys) == 1:
            chain = self._office_holder(spot, name)
        if chain is None:
            chain = self._new(self._words(name.first, name.last), "person", "person")
        self._enter_person(chain, name)
        self._teach(chain, spot)
        return chain

    def _office_holder(self, spot: Spot, name: NameSpan) -> Chain | None:
        """Whom the directory knows by a family name alone, foremost on the day."""
        known = list(self.directory.by_family_name(self.analysis.words[name.first], self.date))
        if spot.phrase is None:
            known = [e for e in known if self._rank(e) < (50 if self.date else 4)]
        else:
            known = self._of_title(spot, known)
        if len(known) > 1:
            known = [e for e in known if e.code == self._home] or self._of_named_states(known)
        if not known:
            return None
        chosen = known[0] if len(known) == 1 else self._choose(spot, known)
        return self._of_entity(chosen) if chosen is not None else self._ambiguous(name, known)

    def _of_named_states(self, known: list[Entity]) -> list[Entity]:
        """The one of several people whose state the text names, if that is but one."""
        here = [e for e in known if e.code is not None and e.code in self._spoken_of]
        return here if len(here) == 1 else known

    def _of_title(self, spot: Spot, known: list[Entity]) -> list[Entity]:
        """Those of a family name whom the title before it fits, by office and by state."""
        said = describe(self.finder, spot)
        state = self._state_of(self._tied(said))
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
                if (own in keys[:-1] or _alike(own, keys[0])) and entity not in close:
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
        for key in dict.fromkeys((keys[-1], keys[0])):
            family = self._by_family.setdefault(key, [])
            if chain not in family:
                family.append(chain)
        if len(keys) > len(chain.name.split()) and chain.entity is None:
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
        if spot.phrase is not None:
            self._apply(chain, describe(self.finder, spot), spot)

    def _organisation(self, spot: Spot, name: NameSpan) -> Chain:
        keys = tuple(self.finder.keys[name.first : name.last])
        keys = keys[1:] if keys[0] == "the" and len(keys) > 1 else keys
        chain = (
            self._by_name.get(keys) or self._fuller_body(keys) or self._taken_for_body(keys, name)
        )
        if chain is not None:
            return chain
        chain = self._new(self._words(name.first, name.last), "organisation", "body")
        self._by_name[keys] = chain
        if spot.phrase is not None:
            self._apply(chain, describe(self.finder, spot), spot)
        agents = self._agents_in(name)
        if agents:
            agent = agents[-1]
            chain.kind = agent.kind if agent.sort != "person" else "organisation"
            chain.sectors = agent.sectors
            chain.code = agent.code
            among = self._is_among_states(name)
            if among and chain.code is None and agent.noun.split()[-1] in _OF_STATES:
                chain.code, chain.kind = "IGO", "igo"
            chain.at_home = chain.kind != "igo" and not among
        chain.nouns.update(a.noun.split()[-1] for a in agents)
        state = self._state_within(name, spot)
        if state is not None and chain.code is None:
            chain.code = state
            chain.part_of = state if chain.kind == "government" else None
        return chain

    def _taken_for_body(self, keys: tuple[str, ...], name: NameSpan) -> Chain | None:
        """A leader's family name that the model took for a body's."""
        word = self.analysis.words[name.first]
        if len(keys) > 1 or word.isupper() or name.last - name.first > 1:
            return None
        return (self._by_family.get(keys[0]) or [None])[0] or self._leader_by_name(name)

    def _fuller_body(self, keys: tuple[str, ...]) -> Chain | None:
        """The body whose last word is a name by itself ("the Post" for the Washington Post)."""
        if len(keys) > 1:
            return None
        found = [
            chain
            for chain in self.chains
            if chain.kind in ("organisation", "armed-group")
            and " " in chain.name
            and normalise(chain.name.split()[-1]) == keys[0]
        ]
        return found[0] if len(found) == 1 else None

    def _is_among_states(self, name: NameSpan) -> bool:
        """Whether a body's name says that it is of no one state ("International …")."""
        return any(
            self.finder.keys[t] in self.lexicon.words["among_states"]
            for t in range(name.first, name.last)
        )

    def _agents_in(self, name: NameSpan) -> list[Agent]:
        found = []
        for token in range(name.first, name.last):
            for agent in self.lexicon.agents_of(self.finder.lemmas[token]):
                if agent.sort != "person" or agent.plural:
                    found.append(agent)
                    break
        return found

    def _state_within(self, name: NameSpan, spot: Spot) -> str | None:
        """The state that a body's name or its owner tells ("the Nigerian Senate", "Iran's …")."""
        for token in range(name.first, name.last):
            match = self.directory.match(self.finder.keys[: name.last], token)
            if match is not None and match.via in ("demonym", "name", "capital"):
                entity = self.directory.entity(match.ids[0])
                if entity.kind in ("state", "people") and entity.code:
                    return entity.code
        place = self._place_within(name)
        if place is not None:
            return place
        for token in range(spot.first, name.first):
            state = self.modifier_state(token)
            if state is not None:
                return state
        for child in self.analysis.children[spot.head]:
            if self.analysis.deprels[child] in ("nmod:poss", "amod", "nmod"):
                state = self._tied_state(child)
                if state is not None:
                    return state
        return None

    def _place_within(self, name: NameSpan) -> str | None:
        """The state of a town or region in a body's name ("the Lyon court", "Texas Rangers")."""
        for first in range(name.first, name.last):
            for last in range(name.last, first, -1):
                state = self.lexicon.places.get(self._place_key(first, last))
                if state is not None:
                    return state
        return None

    def _place_key(self, first: int, last: int) -> str:
        keys = self.finder.keys
        return " ".join(piece for t in range(first, last) for piece in pieces(keys[t]))

    def _other_name(self, spot: Spot, name: NameSpan) -> Chain | None:
        """A name of which nothing tells whether it is a person's: only if it is met elsewhere."""
        keys = tuple(self.finder.keys[name.first : name.last])
        chain = self._by_name.get(keys)
        if chain is None and len(keys) == 1:
            chain = self._family(keys[0], spot, ()) or self._leader_by_name(name)
        return chain or self._misspelt_state(keys)

    def _misspelt_state(self, keys: tuple[str, ...]) -> Chain | None:
        """A state that the text also spells right ("Ethopia" beside "Ethiopia")."""
        if len(keys) > 1 or len(keys[0]) < SPELT:
            return None
        for chain in [c for c in self.chains if c.kind == "state" and c.entity is not None]:
            name = normalise(chain.name)
            if name[0] == keys[0][0] and SequenceMatcher(None, name, keys[0]).ratio() >= ALIKE:
                return chain
        return None

    def _leader_by_name(self, name: NameSpan) -> Chain | None:
        """A family name that only one leader or foreign minister of the day has."""
        known = self.directory.by_family_name(self.analysis.words[name.first], self.date)
        top = [e for e in known if self._rank(e) <= HIGH_OFFICE]
        if len(top) != 1:
            return None
        chain = self._of_entity(top[0])
        self._enter_person(chain, name)
        return chain

    def _come_home(self) -> None:
        """Gives persons in office, and bodies, of no told country that of the story."""
        for chain in self.chains:
            if chain.code is None and chain.at_home and chain.entity is None:
                chain.code = self._home
                chain.assumed = self._home is not None

    def _acronyms(self, named: list[Spot]) -> None:
        """Short forms introduced in brackets: "the Liberian Peace Council (LPC)"."""
        analysis = self.analysis
        for spot in named:
            name = spot.name
            if name is None or name.last + 2 >= len(analysis) or name.last - name.first < 2:
                continue
            short = name.last + 1
            if analysis.words[name.last] != "(" or not analysis.words[short].isupper():
                continue
            chain = self._seen.get(spot.head)
            if chain is None:
                continue
            key = self.finder.keys[short]
            self._by_name.setdefault((key,), chain)
            for other in named:
                if other.name is None or self.finder.keys[other.name.first] != key:
                    continue
                if other.name.last - other.name.first == 1 and not other.name.ids:
                    self._seen[other.head] = chain

    def _other_names(self, named: list[Spot]) -> None:
        """Other names of bodies told in brackets: "Hizbollah (Party of God)"."""
        words = self.analysis.words
        for spot in named:
            chain, last = self._seen.get(spot.head), spot.last
            if chain is None or chain.sort == "person" or chain.kind in ("state", "people"):
                continue
            if last + 2 >= len(words) or words[last] != "(":
                continue
            other = self.finder.name_at.get(last + 1)
            if other is None or other.ids or other.label in ("PER", "LOC"):
                continue
            if other.first != last + 1 or other.last >= len(words) or words[other.last] != ")":
                continue
            self._seen[self.finder.head_of(other.first, other.last)] = chain

    def _part_titles(self) -> None:
        """Parts a title from the name after it where another held the office on the day.

        "an adviser to the German Chancellor Jens Plötner" speaks of two people.
        """
        if self.date is None:
            return
        for index, spot in enumerate(self.spots):
            if spot.form != "name" or spot.name is None or spot.phrase is None:
                continue
            if not spot.phrase.agent.office or not self._is_of_another(spot):
                continue
            title = Spot(
                spot.first,
                spot.name.first,
                self.finder.head_of(spot.phrase.first, spot.phrase.last),
                "description",
                None,
                spot.phrase,
            )
            alone = Spot(spot.name.first, spot.last, spot.head, "name", spot.name)
            self.spots[index] = alone
            self.by_head[alone.head] = alone
            self._extra.append(title)
            self.by_head[title.head] = title
        if self._extra:
            self.spots = sorted(
                [*self.spots, *self._extra], key=lambda s: (s.first, -s.last, s.head)
            )

    def _is_of_another(self, spot: Spot) -> bool:
        """Whether someone else held the office of a title that stands under another noun."""
        assert spot.name is not None
        assert spot.phrase is not None
        said = describe(self.finder, spot)
        if said.former or said.lesser:
            return False
        state = next((s for s in (self.modifier_state(t.token) for t in said.ties) if s), None)
        if state is None:
            return False
        known = {id for name_id in spot.name.ids for id in (name_id,)}
        words = set(self.finder.keys[spot.name.first : spot.name.last])
        for agent in self._agents(spot, state):
            holders = self.directory.holders(agent.office or "", state, (self.date or "")[:10])
            for holder in holders:
                if holder.id in known or words & {normalise(w) for w in holder.name.split()}:
                    return False
            if holders:
                return self._stands_under_noun(spot)
        return False

    def _stands_under_noun(self, spot: Spot) -> bool:
        """Whether a titled name follows "adviser to", "spokesman for"."""
        before = spot.first - 1
        if before < 1 or self.analysis.upos[before] != "ADP":
            return False
        phrase = self.finder.phrase_at.get(before - 1)
        if phrase is None or phrase.agent.sort != "person":
            return False
        self._named_by[phrase.first] = spot.head
        return True


def _spellings(family: str) -> list[str]:
    """Other spellings of a family name, as languages carry it over ("Poutine", "Zelensky")."""
    found = {family}
    for old, new in _CARRIED:
        found |= {re.sub(old, new, word) for word in found}
    found.discard(family)
    return sorted(found)


def _alike(a: str, b: str) -> bool:
    """Whether two given names are spellings of one ("Sergei", "Sergey")."""
    if a[:2] == b[:2] and min(len(a), len(b)) <= 4:
        return True
    return a[:1] == b[:1] and SequenceMatcher(None, a, b).ratio() >= 0.75
