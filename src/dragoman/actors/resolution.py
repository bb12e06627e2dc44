"""Gives every mention of a document to an actor.

Names first (a full name may stand below the short one that needs it), then everything in the order
of the text. A phrase that hangs on another ("the president's spokesman") has the other resolved
before it.
"""

from __future__ import annotations

import math
import re

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import islice
from typing import TypeVar

from dragoman.actors.chains import Chain, Seen
from dragoman.actors.coreference import Pronoun, Weights, kind_of, resolve, role_of
from dragoman.actors.descriptions import Description, describe
from dragoman.actors.directory import Directory, Entity, Office, normalise
from dragoman.actors.lexicon import Agent, Lexicon, Sort
from dragoman.actors.mentions import Finder, NameSpan, Spot
from dragoman.actors.quotes import Quotes
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Candidate, Kind

T = TypeVar("T")

_MANY = 20  # people of one family name, or names of one person, that are compared
_FAR = 300  # mentions back that a description may refer to
_MOST_TOGETHER = 6  # longer lists are not meant by "they"

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
_BESIDE = frozenset(["appos", "list"])
_LOOSE = frozenset(["appos", "list", "conj", "nmod", "dep", "parataxis", "nmod:desc", "flat"])
_GROUP_NOUNS = frozenset(
    [
        "man",
        "woman",
        "leader",
        "president",
        "minister",
        "side",
        "party",
        "country",
        "nation",
        "state",
        "government",
        "neighbor",
        "neighbour",
        "prime-minister",
        "diplomat",
        "official",
        "rival",
        "counterpart",
        "power",
        "ally",
        "capital",
        "delegation",
        "premier",
        "politician",
        "head",
        "general",
        "bishop",
        "candidate",
    ]
)
_SIDES = frozenset(["side", "party", "country", "nation", "state", "government", "neighbor",
                    "neighbour", "power", "ally", "capital", "delegation"])  # fmt: skip
_RANKS = (
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "chief",
    "interior-minister",
    "finance-minister",
)
_NONE = 99  # the rank of one without an office
_HIGH = 4  # the rank of a foreign minister (see `_rank`)
_ONE_HOLDER = frozenset(["president", "monarch", "supreme-leader", "prime-minister", "head-of-state", "head-of-government", "foreign-minister", "defence-minister", "finance-minister", "interior-minister", "secretary-general", "leader"])  # fmt: skip
_TOP = frozenset(["head-of-state", "head-of-government"])
_LED = frozenset(["leader", "president", "prime minister", "foreign minister", "minister", "head of state", "premier", "head of government"])  # fmt: skip
_CLASSING = frozenset(["agency", "group", "movement", "organisation", "organization", "party", "newspaper", "militia", "network", "alliance", "coalition", "faction", "daily", "broadcaster", "front"])  # fmt: skip
_TELLING = frozenset(["LEG", "JUD", "MIL", "COP", "SPY", "OPP", "REB", "REL"])
_LEADERS = frozenset(["leader", "ruler", "head", "chief", "strongman"])


class Resolver:
    """Resolves the spots of one document; `chains` and `at` are the outcome."""

    def __init__(
        self, finder: Finder, directory: Directory, lexicon: Lexicon, date: str | None
    ) -> None:
        self.finder = finder
        self.analysis: Analysis = finder.analysis
        self.directory = directory
        self.lexicon = lexicon
        self.date = date
        self.weights = Weights.load()
        self.quotes = Quotes(finder)
        self.chains: list[Chain] = []
        self.at: dict[int, Chain] = {}
        self.spots = finder.spots()
        self.by_head: dict[int, Spot] = {}
        for spot in self.spots:
            self.by_head.setdefault(spot.head, spot)
        self._by_entity: dict[str, Chain] = {}
        self._by_name: dict[tuple[str, ...], Chain] = {}
        self._by_family: dict[str, list[Chain]] = {}
        self._by_noun: dict[str, list[Chain]] = {}
        self._compounds: dict[tuple[int, ...], Chain] = {}
        self._pending: set[int] = set()
        self._seen: dict[int, Chain | None] = {}
        self._recent: list[Seen] = []
        self._extra: list[Spot] = []
        self._home: str | None = None
        self._first_country: str | None = None

    # -------------------------------------------------------------- the whole document

    def run(self) -> None:
        """Resolves all spots."""
        self._home = self._main_country()
        self._part_titles()
        named = [spot for spot in self.spots if spot.form == "name" and spot.name is not None]
        for spot in named:
            if spot.name is not None and spot.name.last - spot.name.first > 1:
                self._resolve(spot)
        for spot in named:
            self._resolve(spot)
        self._home = self._main_country()
        self._come_home()
        self._acronyms(named)
        for spot in self.spots:
            chain = self._resolve(spot)
            if chain is not None:
                self._notice(spot, chain)

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
        assert spot.name is not None and spot.phrase is not None
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
        return phrase is not None and phrase.agent.sort == "person"

    def _resolve(self, spot: Spot) -> Chain | None:
        """The chain of a spot, found once; None for what is no actor or cannot be told."""
        if spot.head in self._seen:
            return self._seen[spot.head]
        if spot.head in self._pending:
            return None
        self._pending.add(spot.head)
        if spot.form == "name":
            chain = self._name(spot)
        elif spot.form == "description":
            chain = self._description(spot)
        else:
            chain = self._pronoun(spot)
        self._pending.discard(spot.head)
        self._seen[spot.head] = chain
        return chain

    def _notice(self, spot: Spot, chain: Chain) -> None:
        """Enters a mention: the chain has been seen here and may be referred to below."""
        chain.mentions.append((spot.first, spot.last, spot.head, spot.form))
        sentence = self.analysis.sentence_of[spot.head]
        chain.last_seen = spot.head
        self.at.setdefault(spot.head, chain)
        if spot.counted is not None:
            self.at.setdefault(spot.counted, chain)
        if spot.name is not None:
            for token in range(spot.name.first, spot.name.last):
                self.at.setdefault(token, chain)
        top = spot.counted if spot.counted is not None else spot.head
        role = role_of(self.analysis, top)
        self._recent.append(Seen((chain,), spot.first, spot.last, top, sentence, role, spot.form))
        self._notice_pair(top, chain, sentence, role, spot)

    def _notice_pair(self, head: int, chain: Chain, sentence: int, role: str, spot: Spot) -> None:
        """Several named together ("Macron and Putin") may be "they" or "the two men" below."""
        if self.analysis.deprels[head] != "conj":
            return
        first = self.analysis.heads[head]
        together = [self.at[first]] if first in self.at else []
        for child in self.analysis.children[first][: 4 * _MOST_TOGETHER]:
            if self.analysis.deprels[child] == "conj" and child in self.at:
                together.append(self.at[child])
        if 1 < len(together) <= _MOST_TOGETHER and len({c.number for c in together}) == len(
            together
        ):
            self._recent.append(
                Seen(tuple(together), first, spot.last, first, sentence, role, spot.form)
            )

    # -------------------------------------------------------------- names

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
            if self._is_kin_only(first):
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

    def _names_a_street(self, spot: Spot) -> bool:
        """Whether a name is but part of that of a street or house ("Nigeria Street")."""
        analysis = self.analysis
        if analysis.deprels[spot.head] != "compound":
            return False
        governor = analysis.heads[spot.head]
        return self.finder.keys[governor] in self.lexicon.sites and (
            analysis.words[governor][0].isupper()
        )

    def _choose(self, spot: Spot, entities: list[Entity]) -> Entity | None:
        """The one that a shared name means here: met before, of that office, or foremost that day."""
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
        if len(ranked) > 1 and ranked[0][:2] < ranked[1][:2]:
            return entities[ranked[0][2]]
        return None

    def _rank(self, entity: Entity) -> int:
        """How prominent an entity is on the day: states and bodies, then offices by their order."""
        if entity.kind != "person":
            return 0 if entity.kind in ("state", "igo") else 1
        ranks = [_RANKS.index(c) for c in self._held(entity) if c in _RANKS]
        if ranks:
            return 2 + min(ranks)
        return 50 if self._held(entity) else _NONE

    def _held(self, entity: Entity) -> set[str]:
        """The classes of office that a person held on the day; all where the day is not known."""
        if self.date is None:
            return {c for o in entity.offices for c in self._classes(o.office)}
        held = self.directory.office_on(entity.id, self.date[:10])
        return self._classes(held.office) if held is not None else set()

    def _classes(self, office: str) -> set[str]:
        """A class of office with the wider one that it counts as."""
        wider = self.lexicon.umbrellas.get(office)
        return {office} if wider is None else {office, wider}

    def _ambiguous(self, name: NameSpan, entities: list[Entity]) -> Chain:
        key = tuple(self.finder.keys[name.first : name.last])
        known = self._by_name.get(key)
        if known is not None:
            return known
        chain = self._new(self._words(name.first, name.last), entities[0].kind, _sort(entities[0]))
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

    def _of_entity(self, entity: Entity) -> Chain:
        chain = self._by_entity.get(entity.id)
        if chain is not None:
            return chain
        chain = self._new(entity.name, entity.kind, _sort(entity))
        chain.entity = entity
        chain.code, chain.sectors = entity.code, entity.sectors
        chain.part_of = entity.part_of
        chain.gender = entity.gender[0] if entity.gender else None
        if entity.kind == "person":
            self._hold_office(chain, entity)
        self._by_entity[entity.id] = chain
        return chain

    def _hold_office(self, chain: Chain, entity: Entity) -> None:
        """The office of a person of the directory on the document's day."""
        day = self.date[:10] if self.date else None
        office = self.directory.office_on(entity.id, day) if day else None
        if office is not None:
            chain.role = self._title_of(office)
            chain.code = office.code or chain.code
            if office.sector:
                rest = tuple(s for s in chain.sectors if s not in (office.sector, "ELI"))
                chain.sectors = (office.sector, *rest)
            chain.offices.update(self._classes(office.office))
        elif day and entity.offices and all(o.end and o.end < day for o in entity.offices):
            chain.sectors = ("ELI",)
        elif day is None:
            chain.offices.update(c for o in entity.offices for c in self._classes(o.office))

    def _title_of(self, office: Office) -> str:
        """The title with its state: "President of France"."""
        if " of " in office.title or office.body not in self.directory:
            return office.title
        body = self.directory.entity(office.body)
        return f"{office.title} of {body.name}" if body.kind == "state" else office.title

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
            known = [e for e in known if e.code == self._home] or known
        if not known:
            return None
        chosen = known[0] if len(known) == 1 else self._choose(spot, known)
        return self._of_entity(chosen) if chosen is not None else self._ambiguous(name, known)

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
        """A person met under a shorter or longer form of the same name ("J. Kerry", "John F. Kerry")."""
        for known in self._by_family.get(keys[-1], [])[:_MANY]:
            for other in [k for k in known.names[:_MANY] if len(k) > 1]:
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
            close = [e for e in close if self._rank(e) < _NONE]
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
        chain = self._by_name.get(keys)
        if chain is not None:
            return chain
        chain = self._new(self._words(name.first, name.last), "organisation", "body")
        self._by_name[keys] = chain
        agents = self._agents_in(name)
        if agents:
            agent = agents[-1]
            chain.kind = agent.kind if agent.sort != "person" else "organisation"
            chain.sectors = agent.sectors
            chain.code = agent.code
            chain.at_home = chain.kind != "igo"
        chain.nouns.update(a.noun.split()[-1] for a in agents)
        state = self._state_within(name, spot)
        if state is not None and chain.code is None:
            chain.code = state
            chain.part_of = state if chain.kind == "government" else None
        return chain

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
            if match is not None and match.via in ("demonym", "name"):
                entity = self.directory.entity(match.ids[0])
                if entity.kind in ("state", "people") and entity.code:
                    return entity.code
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

    def _other_name(self, spot: Spot, name: NameSpan) -> Chain | None:
        """A name of which nothing tells whether it is a person's: only if it is met elsewhere."""
        keys = tuple(self.finder.keys[name.first : name.last])
        chain = self._by_name.get(keys)
        if chain is None and len(keys) == 1:
            chain = self._family(keys[0], spot, ()) or self._leader_by_name(name)
        return chain

    def _leader_by_name(self, name: NameSpan) -> Chain | None:
        """A family name that only one leader or foreign minister of the day has."""
        known = self.directory.by_family_name(self.analysis.words[name.first], self.date)
        top = [e for e in known if self._rank(e) <= _HIGH]
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

    # -------------------------------------------------------------- states and capitals

    def _acts(self, name: NameSpan) -> bool:
        """Whether a capital stands for its government: it acts, speaks, is spoken to, or owns."""
        analysis, lemmas = self.analysis, self.finder.lemmas
        head = self.finder.head_of(name.first, name.last)
        relation = analysis.deprels[head]
        for _ in range(3):
            if relation != "conj":
                break
            head = analysis.heads[head]
            relation = analysis.deprels[head]
        case = next(
            (self.finder.keys[c] for c in analysis.children[head] if analysis.deprels[c] == "case"),
            "",
        )
        verb = analysis.heads[head]
        owning = name.last < len(analysis) and self.finder.keys[name.last] in ("'s", "'")
        if relation == "nmod:poss" or (owning and relation != "nsubj"):
            return verb != ROOT and self._owned_by_government(verb)
        if relation in ("nsubj", "nsubj:outer"):
            if verb == ROOT:
                return True
            return analysis.upos[verb] != "NOUN" and lemmas[verb] not in self.lexicon.placing
        if relation in ("obj", "iobj", "nsubj:pass"):
            return lemmas[verb] in self.lexicon.towards
        if relation == "obl:agent" or case == "by":
            return True
        if relation in ("nmod", "obl"):
            before = name.first - 2
            if before >= 0 and case and self.finder.keys[name.first - 1] == case:
                verb = before if lemmas[before] in self.lexicon.dealings else verb
            return case in ("between", "against", "with", "towards", "toward") or (
                case in ("to", "on", "of", "by", "from") and lemmas[verb] in self.lexicon.dealings
            )
        if relation in ("compound", "nmod:desc"):
            return lemmas[verb] in (
                "government",
                "regime",
                "administration",
                "official",
                "authority",
            )
        return False

    def _owned_by_government(self, owned: int) -> bool:
        """Whether what a capital owns is a state's: "Moscow's envoy", not "Moscow's streets"."""
        lemma = self.finder.lemmas[owned]
        return lemma in self.lexicon.dealings or bool(self.lexicon.agents_of(lemma))

    def modifier_state(self, token: int) -> str | None:
        """The state that a demonym or a state's name stands for at a token."""
        id = self.finder.demonym(token)
        if id is not None:
            entity = self.directory.entity(id)
            return entity.id if entity.kind == "state" else entity.code
        place = self.finder.places.get(token)
        if place is not None:
            return place
        name = self.finder.name_at.get(token)
        if name is None or len(name.ids) != 1:
            return None
        entity = self.directory.entity(name.ids[0])
        return entity.id if entity.kind == "state" else None

    def _main_country(self) -> str | None:
        """The state that a text is mostly about, if one stands out."""
        counts: dict[str, float] = {}
        sentence_of = self.analysis.sentence_of
        for token in [*self.finder.demonyms, *self.finder.name_at]:
            state = self.modifier_state(token) or self._state_of_name(token)
            if state is not None and not self._is_kin_only(token):
                weight = 2.0 if sentence_of[token] < 2 else 1.0
                counts[state] = counts.get(state, 0.0) + weight
        if not counts:
            return None
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        total = sum(counts.values())
        self._first_country = ranked[0][0]
        return ranked[0][0] if ranked[0][1] >= 0.5 * total else None

    def _state_of_name(self, token: int) -> str | None:
        """The state of a person met, or of a state's institution, at the first word of its name."""
        name = self.finder.name_at.get(token)
        if name is None or name.first != token:
            return None
        chain = self._seen.get(self.finder.head_of(name.first, name.last))
        if chain is not None and chain.kind == "person":
            return chain.state
        if len(name.ids) == 1:
            entity = self.directory.entity(name.ids[0])
            return entity.code if entity.kind == "government" else None
        return None

    def _is_kin_only(self, token: int) -> bool:
        """Whether a demonym tells descent alone ("ethnic Albanians")."""
        return token > 0 and self.finder.keys[token - 1] == "ethnic"

    # -------------------------------------------------------------- descriptions

    def _description(self, spot: Spot) -> Chain | None:
        said = describe(self.finder, spot)
        partner = self._partner(spot, said)
        if partner is not None:
            self._apply(partner, said, spot)
            return partner
        if self._is_predicate(spot):
            return self._predicate(spot, said)
        if said.plural:
            group = self._several(spot, said)
            if group is not None:
                return group
        tied = self._tied(said)
        state = self._state_of(tied)
        if said.counterpart:
            return self._counterpart(spot, said, tied)
        if said.agent.office and not said.plural:
            return self._office(spot, said, state)
        if said.agent.noun in _LEADERS and said.definite and not said.plural and state is not None:
            leader = self._leader(said, state, tied)
            if leader is not None:
                return leader
        if said.agent.kind == "state":
            return self._country(spot, said)
        classed = self._classed(spot, said)
        if classed is not None:
            return classed
        institution = self._institution(spot, said, state)
        if institution is not None:
            return institution
        if said.definite or said.agent.sort == "body" or self._is_bare_plural(spot, said):
            met = self._met_before(said, spot, state, tied)
            if met is not None:
                return met
        return self._unnamed(spot, said, tied, state)

    def _is_bare_plural(self, spot: Spot, said: Description) -> bool:
        """ "rebels", "Israeli soldiers": named again without a number, they are the same ones."""
        if not said.plural or said.indefinite or spot.counted is not None:
            return False
        return not any(
            self.analysis.upos[t] in ("NUM", "DET", "PRON") for t in range(spot.first, spot.head)
        )

    def _partner(self, spot: Spot, said: Description) -> Chain | None:
        """The one whose name stands in apposition to a description, before or after it."""
        beside = [self._name_after(spot), self._name_before(spot)]
        if said.indefinite:
            beside.reverse()
        analysis = self.analysis
        others = [c for c in analysis.children[spot.head] if analysis.deprels[c] in _BESIDE]
        if analysis.deprels[spot.head] in _BESIDE:
            others.append(analysis.heads[spot.head])
        beside.extend(self.by_head.get(other) for other in others)
        for named in beside:
            if named is None or named.form != "name":
                continue
            chain = self._resolve(named)
            if chain is not None and _fits(said.agent, chain, said.plural):
                return chain
        return None

    def _name_after(self, spot: Spot) -> Spot | None:
        """A name between commas right after a description ("the supreme leader, Ali Khamenei,")."""
        analysis, last = self.analysis, spot.last
        direct = self._name_from(last) if last < len(analysis) else None
        if direct is not None and direct.first == direct.name_first and direct.first == last:
            return direct if not spot.plural and spot.last == spot.head + 1 else None
        if last + 1 >= len(analysis) or analysis.words[last] != ",":
            return None
        named = self._name_from(last + 1)
        if named is None or analysis.sentence_of[named.head] != analysis.sentence_of[spot.head]:
            return None
        closed = named.last < len(analysis) and analysis.words[named.last] in ",.)"
        heads, deprels = analysis.heads, analysis.deprels
        tied = heads[named.head] == spot.head or heads[spot.head] == named.head
        same = heads[named.head] == heads[spot.head] and deprels[named.head] != "conj"
        if deprels[named.head] == "conj" and any(
            deprels[c] == "cc" for c in analysis.children[named.head]
        ):
            return None
        return named if (tied and closed) or (same and closed) else None

    def _name_before(self, spot: Spot) -> Spot | None:
        """A name right before a description between commas ("Ali Khamenei, the supreme leader,")."""
        analysis, first = self.analysis, spot.first
        if first < 2 or analysis.words[first - 1] != ",":
            return None
        name = self.finder.name_at.get(first - 2)
        if name is None:
            return None
        head = self.finder.head_of(name.first, name.last)
        named = self.by_head.get(head)
        loose = analysis.deprels[spot.head] in _LOOSE and not any(
            analysis.deprels[c] in ("cc", "case") for c in analysis.children[spot.head]
        )
        closed = spot.last < len(analysis) and analysis.words[spot.last] in ",.)"
        listed = any(
            analysis.deprels[c] == "conj" and c > spot.head for c in analysis.children[head]
        )
        tied = analysis.heads[spot.head] == head
        return named if loose and tied and closed and not listed else None

    def _name_from(self, first: int) -> Spot | None:
        """The named spot that begins at a token, or whose name does."""
        for token in range(first, min(first + 6, len(self.analysis))):
            name = self.finder.name_at.get(token)
            if name is not None:
                spot = self.by_head.get(self.finder.head_of(name.first, name.last))
                return spot if spot is not None and spot.first == first else None
        return None

    def _is_predicate(self, spot: Spot) -> bool:
        analysis = self.analysis
        return any(analysis.deprels[c] == "cop" for c in analysis.children[spot.head])

    def _predicate(self, spot: Spot, said: Description) -> Chain | None:
        """ "Macron is the president of France" teaches; "is a lawyer" is no mention of an actor."""
        analysis = self.analysis
        for child in analysis.children[spot.head]:
            if analysis.deprels[child].startswith("nsubj"):
                subject = self.by_head.get(child)
                chain = self._resolve(subject) if subject is not None else None
                if chain is not None and _fits(said.agent, chain, said.plural):
                    if chain.entity is None:
                        self._apply(chain, said, spot)
                    return chain if said.definite else None
        return None

    def _apply(self, chain: Chain, said: Description, spot: Spot) -> None:
        """Enters what a description says of a chain that it belongs to."""
        agent = said.agent
        chain.nouns.add(agent.noun)
        chain.gender = chain.gender or agent.gender
        tied = self._tied(said)
        state = self._state_of(tied)
        if agent.office and not said.former and not said.lesser and not said.plural:
            for own in self._agents(spot, state):
                chain.offices.update(self._classes(own.office) if own.office else ())
        if chain.entity is not None:
            if chain.kind == "person" and not said.former and agent.office and state is not None:
                if self.date is None or chain.role is None:
                    chain.code = state
            if chain.kind == "person" and not said.former:
                more = [s for s in said.sectors if s in _TELLING and s not in chain.sectors]
                chain.sectors = (*chain.sectors, *more)
            return
        owner = self._owner(tied)
        if chain.code is None or not chain.sectors:
            home = self._home if agent.home else None
            chain.code = (
                chain.code or agent.code or state or (owner.code if owner else None) or home
            )
        chain.at_home = chain.at_home or agent.home
        if not chain.sectors:
            chain.sectors = self._sectors_of(said, owner)
        if chain.role is None and chain.kind == "person":
            chain.role = self._role_text(spot)
        if (
            chain.part_of is None
            and owner is not None
            and owner.kind in ("organisation", "government", "igo", "armed-group")
        ):
            chain.part_of = owner.id_of_entity

    def _role_text(self, spot: Spot) -> str:
        """The words of a title or apposition, without its article."""
        last = spot.name.first if spot.name is not None else spot.last
        first = spot.first
        while first < last - 1 and self.analysis.upos[first] in ("DET", "PUNCT"):
            first += 1
        return self._words(first, last).strip(" ,\"“”'’")

    def _agents(self, spot: Spot, state: str | None) -> tuple[Agent, ...]:
        """The agents that a noun may be, those first that suit the state."""
        assert spot.phrase is not None
        fit = [a for a in spot.phrase.agents if not a.codes or state in a.codes]
        return tuple(fit) or spot.phrase.agents

    def _sectors_of(self, said: Description, owner: Chain | None) -> tuple[str, ...]:
        if said.former:
            return ("ELI",)
        if said.agent.neutral and said.sectors == said.agent.sectors and owner is not None:
            if owner.sectors and owner.kind != "state":
                return owner.sectors
        return said.sectors

    def _tied(self, said: Description) -> list[tuple[str, Chain | None, str | None]]:
        """What a description is tied to: how, the actor, the state that a demonym stands for."""
        found: list[tuple[str, Chain | None, str | None]] = []
        for tie in said.ties:
            if self._is_kin_only(tie.token):
                continue
            spot = self.by_head.get(tie.token)
            chain = self._resolve(spot) if spot is not None else None
            state = self.modifier_state(tie.token)
            if chain is not None or state is not None:
                found.append((tie.how, chain, state))
        return found

    def _tied_state(self, token: int) -> str | None:
        state = self.modifier_state(token)
        if state is not None:
            return state
        spot = self.by_head.get(token)
        chain = self._resolve(spot) if spot is not None else None
        return chain.state if chain is not None else None

    def _state_of(self, tied: list[tuple[str, Chain | None, str | None]]) -> str | None:
        for how, chain, state in tied:
            if how in ("to", "by"):
                continue
            if state is not None:
                return state
            if chain is not None and chain.code is not None:
                return chain.code
        return None

    def _owner(self, tied: list[tuple[str, Chain | None, str | None]]) -> Chain | None:
        """The body or person that a description belongs to."""
        for how, chain, _ in tied:
            if chain is not None and chain.kind != "state" and how not in ("to", "in", "at"):
                return chain
        return None

    def _body(self, tied: list[tuple[str, Chain | None, str | None]]) -> str | None:
        """The organisation whose office it is ("the UN secretary-general")."""
        owner = self._owner(tied)
        if owner is None or owner.kind not in ("igo", "organisation"):
            return None
        return owner.id_of_entity

    def _office(self, spot: Spot, said: Description, state: str | None) -> Chain | None:
        """The holder of an office: named by the state, or the one last spoken of."""
        agents = self._agents(spot, state)
        classes = [a.office for a in agents if a.office]
        if said.former or said.lesser or said.indefinite:
            tied = self._tied(said)
            return self._met_before(said, spot, state, tied) or self._unnamed(
                spot, said, tied, state
            )
        if state is None:
            met = self._latest(
                lambda c: bool(c.offices.intersection(classes)) and c.sort == "person"
            )
            if met is not None:
                return met
            state = self._home
        else:
            met = self._latest(lambda c: bool(c.offices.intersection(classes)) and c.code == state)
            if met is not None:
                return met
        if state is not None and self.date is not None:
            body = self._body(self._tied(said)) or state
            for office in classes:
                holder = self._holder(office, body)
                if holder is not None:
                    return holder
        met = self._met_before(said, spot, state, [])
        return met or self._unnamed(spot, said, self._tied(said), state)

    def _leader(
        self, said: Description, state: str, tied: list[tuple[str, Chain | None, str | None]]
    ) -> Chain | None:
        """ "the Russian leader": whoever leads the state, by the office that counts there."""
        if (
            said.former
            or said.lesser
            or said.agent.noun != "leader"
            or self._owner(tied) is not None
        ):
            return None
        if said.sectors != said.agent.sectors:
            return None
        met = self._latest(lambda c: bool(c.offices & _TOP) and c.code == state)
        if met is not None or self.date is None:
            return met
        office = (
            "head-of-government" if state in self.lexicon.led_by_government else "head-of-state"
        )
        return self._holder(office, state)

    def _holder(self, office: str, state: str) -> Chain | None:
        """Who held an office of a state on the document's day, if that is certain.

        The directory gives the surest first; where an office has one holder, that is the one.
        """
        if self.date is None:
            return None
        holders = self.directory.holders(office, state, self.date[:10])
        if not holders or (len(holders) > 1 and office not in _ONE_HOLDER):
            return None
        return self._of_entity(self.directory.entity(holders[0].id))

    def _mentioned(self, codes: set[str]) -> str | None:
        """The one of some states that the text has mentioned, or the only one."""
        met = sorted(code for code in codes if code in self._by_entity)
        return met[0] if len(met) == 1 else min(codes) if len(codes) == 1 else None

    def _foremost(self, spot: Spot, classes: set[str], codes: set[str]) -> Chain | None:
        """Who of the holders of an office is meant by the bare title: near, often named, at home."""
        here = self.analysis.sentence_of[spot.head]
        best: Chain | None = None
        best_score = -math.inf
        tried: set[int] = set()
        for seen in islice(reversed(self._recent), _FAR):
            chain = seen.chains[0]
            if len(seen.chains) > 1 or chain.number in tried or chain.sort != "person":
                continue
            tried.add(chain.number)
            if not chain.offices & classes or (codes and chain.code not in codes):
                continue
            score = math.log1p(len(chain.mentions)) - 0.3 * min(here - seen.sentence, 8)
            score += 1.0 if chain.code == self._first_country else 0.0
            if score > best_score:
                best, best_score = chain, score
        return best

    def _latest(self, fits: Callable[[Chain], bool]) -> Chain | None:
        """The chain seen last that fits."""
        best: Chain | None = None
        for seen in islice(reversed(self._recent), _FAR):
            if len(seen.chains) == 1 and fits(seen.chains[0]):
                best = seen.chains[0]
                break
        return best

    def _counterpart(
        self, spot: Spot, said: Description, tied: list[tuple[str, Chain | None, str | None]]
    ) -> Chain | None:
        """ "his Russian counterpart": the same office in another state."""
        state = next((s for _, _, s in tied if s is not None), None)
        owner = next((c for how, c, _ in tied if how == "poss" and c is not None), None)
        if owner is not None and state is not None and owner.offices and self.date is not None:
            for office in sorted(
                owner.offices, key=lambda o: _RANKS.index(o) if o in _RANKS else 99
            ):
                holder = self._holder(office, state)
                if holder is not None:
                    return holder
        chain = self._unnamed(spot, said, [], state)
        if owner is not None:
            chain.offices.update(owner.offices)
            chain.sectors = owner.sectors or chain.sectors
        return chain

    def _country(self, spot: Spot, said: Description) -> Chain | None:
        """ "the country": the state last spoken of, or the one that the text is about."""
        if said.plural:
            return self._unnamed(spot, said, [], None)
        if not said.definite:
            return None
        met = self._latest(lambda c: c.kind == "state")
        return met

    def _several(self, spot: Spot, said: Description) -> Chain | None:
        """ "the two leaders", "both sides", "the presidents of France and Germany"."""
        noun = said.agent.noun.split()[-1]
        tied = self._tied(said)
        named = self._joined_states(said)
        bloc = next((c for _, c, _ in tied if c is not None and (c.members or _is_bloc(c))), None)
        if bloc is not None and said.agent.sort == "person" and said.agent.noun in _LED:
            members = list(bloc.members) or [
                self._of_entity(self.directory.entity(id)) for id in _members_of(bloc)
            ]
            return self._compound(spot, members, "person")
        if len(named) > 1:
            return self._holders_of(spot, said, named)
        if said.number is None or not said.definite or noun not in _GROUP_NOUNS:
            return None
        if any(s for _, _, s in tied):
            return None
        return self._last_few(spot, said.number, noun)

    def _joined_states(self, said: Description) -> list[str]:
        """The states named together that a description belongs to ("Turkish and Greek")."""
        deprels, heads = self.analysis.deprels, self.analysis.heads
        tokens = {tie.token for tie in said.ties}
        joined = [
            tie
            for tie in said.ties
            if (deprels[tie.token] == "conj" and heads[tie.token] in tokens)
            or any(deprels[t] == "conj" and heads[t] == tie.token for t in tokens)
        ]
        states = [self._tied_state(tie.token) for tie in joined if tie.how == joined[0].how]
        return _unique(s for s in states if s is not None)

    def _holders_of(self, spot: Spot, said: Description, states: list[str]) -> Chain:
        members = []
        for state in states:
            found = None
            for office in [a.office for a in self._agents(spot, state) if a.office]:
                found = found or self._holder(office, state)
            members.append(found or self._of_entity(self.directory.entity(state)))
        return self._compound(spot, members, "person")

    def _last_few(self, spot: Spot, number: int, noun: str) -> Chain | None:
        """So many actors of the kind that a noun speaks of: the nearest and most spoken of."""
        sides = noun in _SIDES
        here = self.analysis.sentence_of[spot.head]
        scores: dict[int, tuple[float, int, Chain]] = {}
        for seen in islice(reversed(self._recent), _FAR):
            if seen.sentence < here - 6:
                break
            for chain in seen.chains:
                if chain.number in scores or not self._may_be_one_of(chain, noun, sides):
                    continue
                score = math.log1p(len(chain.mentions)) - 0.4 * (here - seen.sentence)
                scores[chain.number] = (-score, chain.number, chain)
        found: list[Chain] = []
        for _, _, chain in sorted(scores.values(), key=lambda row: row[:2]):
            if sides and chain.code and any(c.code == chain.code for c in found):
                continue
            found.append(chain)
            if len(found) == number:
                found.sort(key=lambda c: min(m[0] for m in c.mentions))
                return self._compound(spot, found, "state" if sides else "person")
        return None

    def _may_be_one_of(self, chain: Chain, noun: str, sides: bool) -> bool:
        if chain.plural or not chain.mentions:
            return False
        if sides:
            return chain.kind in ("state", "organisation", "armed-group", "government", "igo")
        if noun in ("leader", "president", "premier"):
            return chain.kind == "person" and bool(chain.offices & _TOP)
        return chain.kind == "person"

    def _compound(self, spot: Spot, members: list[Chain], kind: str) -> Chain:
        """An actor of several members; the same members are the same actor."""
        members = _unique(members)
        if len(members) == 1:
            return members[0]
        key = tuple(sorted(c.number for c in members))
        chain = self._compounds.get(key)
        if chain is None:
            sort: Sort = "person" if kind == "person" else "body"
            chain = self._new(self._name_of(spot), "unnamed", sort)
            chain.members, chain.plural = tuple(members), True
            codes = _unique([c.code for c in members])
            chain.code = codes[0] if len(codes) == 1 else None
            chain.sectors = members[0].sectors
            self._compounds[key] = chain
        return chain

    def _met_before(
        self,
        said: Description,
        spot: Spot,
        state: str | None,
        tied: list[tuple[str, Chain | None, str | None]],
    ) -> Chain | None:
        """An actor that the text has called so before ("the spokesman", "the rebels")."""
        noun = said.agent.noun
        word = noun.split()[-1]
        here = spot.head
        owned = any(how == "poss" for how, _, _ in tied)

        def fits(chain: Chain) -> bool:
            if chain.plural != said.plural or chain.members or chain.last_seen >= here:
                return False
            if state is not None and chain.code != state:
                return False
            if noun in chain.nouns:
                return not said.former or chain.sectors[:1] == ("ELI",)
            if word in chain.nouns and said.definite and not tied:
                return True
            if noun in _LEADERS and not tied:
                return bool(chain.offices & _TOP)
            general = said.agent.neutral or said.agent.sectors[:1] == ("PTY",)
            if said.definite and general and state is not None and not owned:
                return self._is_near(chain, here) and self._is_alike(chain, said)
            return False

        return self._latest(fits)

    def _classed(self, spot: Spot, said: Description) -> Chain | None:
        """A body that a noun after its name only classes ("AFP news agency", "the Hamas group")."""
        noun = said.agent
        if said.plural or not (noun.sort == "body" or noun.sectors[:1] == ("JRN",)):
            return None
        before = spot.phrase.first - 1 if spot.phrase is not None else -1
        name = self.finder.name_at.get(before)
        if name is None or name.first < spot.first or len(name.ids) > 1:
            return None
        named = self.by_head.get(self.finder.head_of(name.first, name.last))
        chain = self._resolve(named) if named is not None else None
        if chain is None or chain.kind not in ("organisation", "armed-group"):
            return None
        return chain if noun.noun.split()[-1] in _CLASSING else None

    def _institution(self, spot: Spot, said: Description, state: str | None) -> Chain | None:
        """The institution of a state that a noun means ("the Senate", "the foreign ministry")."""
        if said.agent.sort != "body" or said.plural or said.former or spot.phrase is None:
            return None
        size, institution = self.directory.institution(self.finder.keys, spot.phrase.first)
        if not size or spot.phrase.first + size != spot.phrase.last:
            return None
        words = " ".join(self.finder.keys[spot.phrase.first : spot.phrase.last])
        if state is None:
            met = self._latest(lambda c: institution in c.nouns and c.part_of is not None)
            if met is not None:
                return met
            state = self._home
        if state is None:
            known = self.directory.lookup(words)
            return self._of_entity(known[0]) if len(known) == 1 else None
        entity = self.directory.institution_of(institution, state)
        if entity is None:
            return None
        chain = self._of_entity(entity)
        chain.nouns.update((institution, said.agent.noun, said.agent.noun.split()[-1]))
        return chain

    def _is_near(self, chain: Chain, here: int) -> bool:
        sentence_of = self.analysis.sentence_of
        return chain.last_seen >= 0 and sentence_of[here] - sentence_of[chain.last_seen] <= 3

    def _is_alike(self, chain: Chain, said: Description) -> bool:
        """Whether a general noun suits a named actor ("the Czech representative", "the group")."""
        if said.agent.sort == "person":
            return chain.kind == "person"
        return said.agent.sort == "body" and chain.kind in ("organisation", "armed-group")

    def _unnamed(
        self,
        spot: Spot,
        said: Description,
        tied: list[tuple[str, Chain | None, str | None]],
        state: str | None,
    ) -> Chain:
        """A new actor, known by the description only."""
        agent = self._agents(spot, state)[0] if spot.phrase is not None else said.agent
        owner = self._owner(tied)
        code = agent.code or state or (owner.code if owner is not None else None)
        if code is None and agent.home:
            code = self._doer_state(spot) or self._home
        chain_sectors = self._sectors_of(said, owner)
        kind: Kind = "unnamed" if agent.kind == "person" else agent.kind
        if kind == "state":
            kind = "bloc"
        chain = self._new(self._name_of(spot), kind, agent.sort)
        chain.code = code
        chain.sectors = tuple(dict.fromkeys(chain_sectors))
        chain.gender = agent.gender
        chain.plural = said.plural
        chain.nouns.add(agent.noun)
        chain.nouns.add(agent.noun.split()[-1])
        if agent.office and not said.former and not said.lesser:
            chain.offices.update(self._classes(agent.office))
            chain.role = self._role_text(spot)
        if kind == "government" and chain.state is not None:
            chain.part_of = chain.state
        elif owner is not None and owner.kind not in ("person", "people", "unnamed"):
            chain.part_of = owner.id_of_entity
        return chain

    def _doer_state(self, spot: Spot) -> str | None:
        """Whose troops they are that someone sends or masses: those of the doer."""
        analysis = self.analysis
        top = spot.counted if spot.counted is not None else spot.head
        verb = analysis.heads[top]
        if analysis.deprels[top] != "obj" or verb == ROOT:
            return None
        if self.finder.lemmas[verb] not in self.lexicon.sending:
            return None
        for _ in range(4):
            parts = {analysis.deprels[c]: c for c in analysis.children[verb]}
            doer = parts.get("nsubj")
            if doer is not None:
                state = self._tied_state(doer)
                return state
            relation, verb = analysis.deprels[verb], analysis.heads[verb]
            if verb == ROOT:
                return None
            accused = next(
                (c for c in analysis.children[verb] if analysis.deprels[c] == "obj"), None
            )
            if relation == "advcl" and accused is not None:
                return self._tied_state(accused)
        return None

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, spot: Spot) -> Chain | None:
        key = self.finder.keys[spot.head]
        kind = kind_of(key)
        if kind is None:
            return None
        if kind == "speaker":
            return self._speaker(spot)
        analysis = self.analysis
        governor = analysis.heads[spot.head]
        pronoun = Pronoun(
            spot.head,
            key,
            analysis.sentence_of[spot.head],
            role_of(analysis, spot.head),
            governor if governor != ROOT else spot.head,
            self.quotes.quote_of(spot.head),
        )
        seen = resolve(analysis, pronoun, self._recent, self.weights)
        if seen is None:
            return None
        if len(seen.chains) > 1:
            return self._compound(spot, list(seen.chains), seen.chains[0].kind)
        return seen.chains[0]

    def _speaker(self, spot: Spot) -> Chain | None:
        """ "I" and "we" in a quotation are the one who says it."""
        token = self.quotes.speaker_of(spot.head)
        if token is None:
            return None
        speaker = self.by_head.get(token)
        return self._resolve(speaker) if speaker is not None else self.at.get(token)

    # -------------------------------------------------------------- small things

    def _new(self, name: str, kind: Kind, sort: Sort) -> Chain:
        chain = Chain(len(self.chains), name, kind, sort)
        self.chains.append(chain)
        return chain

    def _words(self, first: int, last: int) -> str:
        start, end = self.analysis.span(first, last)
        return " ".join(self.analysis.text[start:end].split())

    def _name_of(self, spot: Spot) -> str:
        """A display name for an unnamed actor: its words without article and owner's pronoun."""
        first = spot.first
        while first < spot.head and self.analysis.upos[first] in ("DET", "PRON", "PUNCT"):
            first += 1
        return self._words(first, spot.last)


def _unique(items: Iterable[T]) -> list[T]:
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _spellings(family: str) -> list[str]:
    """Other spellings of a family name, as languages carry it over ("Poutine", "Zelensky")."""
    found = {family}
    for old, new in _CARRIED:
        found |= {re.sub(old, new, word) for word in found}
    found.discard(family)
    return sorted(found)


def _members_of(chain: Chain) -> tuple[str, ...]:
    return chain.entity.members if chain.entity is not None else ()


def _is_bloc(chain: Chain) -> bool:
    """A group of states that is small enough to stand for each of them."""
    return chain.kind == "bloc" and 1 < len(_members_of(chain)) < 8


def _alike(a: str, b: str) -> bool:
    """Whether two given names are spellings of one ("Sergei", "Sergey")."""
    if a[:2] == b[:2] and min(len(a), len(b)) <= 4:
        return True
    return a[:1] == b[:1] and SequenceMatcher(None, a, b).ratio() >= 0.75


def _sort(entity: Entity) -> Sort:
    if entity.kind == "person":
        return "person"
    return "group" if entity.kind in ("people", "armed-group") else "body"


def _fits(agent: Agent, chain: Chain, plural: bool) -> bool:
    """Whether a noun can be said of a chain at all."""
    if plural:
        return chain.plural
    if chain.sort == "person":
        return agent.sort == "person" or agent.kind in ("armed-group", "people", "unnamed")
    if chain.kind == "state":
        return agent.kind == "state" or agent.noun == "member"
    return agent.sort in ("body", "group")
