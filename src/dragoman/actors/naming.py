"""Who is meant by a name: of the directory, of the text, or one of several."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

from dragoman.actors.chains import Chain
from dragoman.actors.descriptions import describe
from dragoman.actors.directory import Entity, normalise
from dragoman.actors.lexicon import Agent
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.names import pieces
from dragoman.actors.naming_people import PersonNaming

# What states found together; other bodies with "international" in their name may be anyone's.
_OF_STATES = frozenset(
    [
        "organization",
        "organisation",
        "agency",
        "court",
        "tribunal",
        "commission",
        "mission",
        "force",
        "fund",
        "bank",
        "council",
        "conference",
        "union",
        "community",
        "parliament",
    ]
)
# In the name of an army they say that it is no state's ("Army of Conquest", "Liberation Army").
_ARMED_FOR = frozenset(
    ["of", "liberation", "resistance", "people's", "revolutionary", "islamic", "free", "holy",
     "martyrs", "martyr", "jihad", "rebel", "insurgent", "popular", "god", "lord's", "islam"]
)  # fmt: skip
# What states set up between them.
_BETWEEN_STATES = frozenset(["commission", "council", "committee", "group", "forum", "dialogue"])
_FAR_BETWEEN = 12  # words
_CHINAS = "chinese-state-council"
_UN_COUNCIL = "un-security-council"
# States whose own council for security is the "Security Council" to those who write there.
_WITH_COUNCIL = frozenset(["RUS", "BLR", "KAZ", "KGZ", "TJK", "ARM"])
_OF_A_COUNCIL = ("secretary", "chairman", "deputy chair")  # that of the UN has presidents
_MEMBERS = ("with permanent members", "with the permanent members", "the permanent members")
_OF_THE_UN = frozenset(["un", "u.n.", "unsc", "veto", "vetoed", "resolution", "resolutions"])
_WITH_NOUN = frozenset(["government", "igo", "organisation", "armed-group"])
SPELT = 6  # letters of a word that may be a state's name spelt wrong
ALIKE = 0.9  # ratio of letters in order


class Naming(PersonNaming):
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
        if not persons and self._is_surname(name, entities):
            known = self._family(self.finder.keys[name.first], spot, ())
            if known is not None:
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
        bare = self.finder.keys[name.first : name.last] == ["state", "council"]
        if entity.id == _CHINAS and bare and "CHN" not in self._spoken_of:
            return self._organisation(spot, name)  # other states have one as well
        if entity.id == _UN_COUNCIL:
            if "national" in self.finder.keys[max(name.first - 1, 0) : name.last]:
                own = self.directory.institution_of("security-council", self._own_state() or "")
                return self._of_entity(own) if own is not None else self._organisation(spot, name)
            entity = self._own_council(name) or entity
        chain = self._of_entity(entity)
        if entity.kind == "person":
            self._enter_person(chain, name)
            self._teach(chain, spot)
        elif entity.kind in _WITH_NOUN:
            chain.nouns.update(self._nouns_of(entity, name))
        return chain

    def _nouns_of(self, entity: Entity, name: NameSpan) -> set[str]:
        """The nouns that stand for a named body below: "the council", "the ministry"."""
        words = _standing(entity.name) | _standing(self._words(name.first, name.last))
        return {
            word for word in words if any(a.sort == "body" for a in self.lexicon.agents_of(word))
        }

    def _is_surname(self, name: NameSpan, entities: list[Entity]) -> bool:
        """Whether a body's short name is that of a person told before: Ana Duma, then "Duma"."""
        first = name.first
        if name.last - first > 1 or any(e.kind in ("state", "igo", "bloc") for e in entities):
            return False
        if self.finder.keys[first - 1 : first] == ["the"]:
            return False
        known = self._by_family.get(self.finder.keys[first], [])
        return any(
            len(words) > 1 and words[-1] == self.finder.keys[first]
            for chain in known
            for words in chain.names
        )

    def _own_council(self, name: NameSpan) -> Entity | None:
        """A state's own Security Council, which it calls so where it speaks of its own affairs.

        It has a secretary and a chairman, or somebody meets its members; nothing in the text is
        of the United Nations. It is that of most of those whom the text names. Where a state's own
        publisher speaks and no word is of the United Nations, it is the state's without that.
        """
        keys = self.finder.keys
        text = " ".join(keys)
        led = any(f"{office} of the security council" in text for office in _OF_A_COUNCIL)
        met = any(f"{members} of the security council" in text for members in _MEMBERS)
        own = self._own_state()
        of_un = any(f"{un} security council" in text for un in ("un", "nations", "u.n."))
        alone = "nations" not in keys and not _OF_THE_UN.intersection(keys)
        short = name.last - name.first == 2
        if own in _WITH_COUNCIL and short and (led or met or alone) and not of_un:
            return self.directory.institution_of("security-council", own or "")
        if name.last - name.first > 2 or not (led or met):
            return None
        if not led and _OF_THE_UN.intersection(keys):
            return None
        states: list[str] = []
        for first, other in self.finder.name_at.items():
            bodies = [self.directory.entity(id) for id in other.ids if id != _UN_COUNCIL]
            if any(body.code == "UNO" for body in bodies):
                return None
            if first == other.first and len(bodies) == 1 and bodies[0].code is not None:
                states.append(bodies[0].code)
        home = max(sorted(set(states)), key=states.count, default=None)
        if home not in _WITH_COUNCIL:
            return None
        return self.directory.institution_of("security-council", home)

    def _organisation(self, spot: Spot, name: NameSpan) -> Chain:
        keys = tuple(self.finder.keys[name.first : name.last])
        half = self._half_of_korea(keys)
        if half is not None:
            return half
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
        above = self._body_above(name)
        if above is not None:
            chain.code, chain.kind, chain.part_of = above.code, "igo", above.id
        elif agents:
            agent = agents[-1]
            chain.kind = agent.kind if agent.sort != "person" else "organisation"
            chain.sectors = agent.sectors
            chain.code = agent.code
            if agent.sectors[:1] == ("MIL",) and not _ARMED_FOR.isdisjoint(keys):
                chain.kind, chain.sectors = "armed-group", ("REB",)
            among = self._is_among_states(name)
            if among and chain.code is None and agent.noun.split()[-1] in _OF_STATES:
                chain.code, chain.kind = "IGO", "igo"
            chain.at_home = chain.kind != "igo" and not among
        chain.nouns.update(a.noun.split()[-1] for a in agents)
        founders = self._founders(name, spot)
        if len(founders) > 1:
            chain.members, chain.code, chain.at_home = tuple(founders), None, False
            return chain
        state = self._state_within(name, spot)
        if state is not None and chain.code is None:
            chain.code = state
            chain.part_of = state if chain.kind == "government" else None
        return chain

    def _founders(self, name: NameSpan, spot: Spot) -> list[Chain]:
        """The states and bodies whose commission or council it is ("NATO-Ukraine Commission")."""
        if not _BETWEEN_STATES.intersection(self.finder.keys[name.first : name.last]):
            return []
        first, words = name.first, self.analysis.words
        while first > 1 and words[first - 1] in "-–" and first - 2 in self.finder.name_at:
            first = self.finder.name_at[first - 2].first
        ids = [id for t in range(first, name.last) for id in self._founder(t, name)]
        for child in self.analysis.children[spot.head]:
            if self._case_of(child) == "between":
                joined = [c for c in self.analysis.children[child]
                          if self.analysis.deprels[c] == "conj"]  # fmt: skip
                ids += [id for t in (child, *joined) for id in self._founder(t, name)]
        if self.finder.keys[name.last : name.last + 1] == ["between"]:
            ids += self._named_between(name)
        entities = [self.directory.entity(id) for id in dict.fromkeys(ids)]
        return [self._of_entity(e) for e in entities if e.kind in ("state", "igo")]

    def _named_between(self, name: NameSpan) -> list[str]:
        """Those named behind "between", whatever the parse makes of it."""
        found: list[str] = []
        for token in range(name.last + 1, min(name.last + _FAR_BETWEEN, len(self.finder.keys))):
            key = self.finder.keys[token]
            if self.analysis.upos[token] not in ("PROPN", "DET", "ADP", "CCONJ", "ADJ"):
                break
            if key not in ("and", "the", "of"):
                found += self._founder(token, name)
        return found

    def _founder(self, token: int, name: NameSpan) -> tuple[str, ...]:
        """The state or body that one word of a council's name stands for."""
        state = self.modifier_state(token)
        if state is not None:
            return (state,) if state in self.directory else ()
        other = self.finder.name_at.get(token)
        if other is not None and other is not name and len(other.ids) == 1:
            return other.ids
        match = self.directory.match(self.finder.keys[: name.last], token)
        if match is None or len(match.ids) != 1 or match.via not in ("name", "demonym"):
            return ()
        return match.ids if self.finder.analysis.words[token][0].isupper() else ()

    def _case_of(self, token: int) -> str:
        children = self.analysis.children[token]
        cases = (self.finder.keys[c] for c in children if self.analysis.deprels[c] == "case")
        return next(cases, "")

    def _half_of_korea(self, keys: tuple[str, ...]) -> Chain | None:
        """ "the North", "the South": in a text about Korea they are its states."""
        state = {"north": "PRK", "south": "KOR"}.get(" ".join(keys))
        about = {"PRK", "KOR"} & self._spoken_of or "two-koreas" in self._by_entity
        if state is None or not about:
            return None
        return self._of_entity(self.directory.entity(state))

    def _body_above(self, name: NameSpan) -> Entity | None:
        """The international body whose name begins that of a part ("the UN Panel of Experts")."""
        match = self.directory.match(self.finder.keys[: name.last], name.first)
        if match is None or match.via != "name" or len(match.ids) != 1:
            return None
        entity = self.directory.entity(match.ids[0])
        return entity if entity.kind == "igo" else None

    def _taken_for_body(self, keys: tuple[str, ...], name: NameSpan) -> Chain | None:
        """A leader's family name that the model took for a body's."""
        word = self.analysis.words[name.first]
        if len(keys) > 1 or word.isupper() or name.last - name.first > 1:
            return None
        known = self._by_family.get(keys[0])
        return known[0] if known else self._leader_by_name(name)

    def _fuller_body(self, keys: tuple[str, ...]) -> Chain | None:
        """The body of whose name a word stands alone: "the Post" for the Washington Post."""
        if len(keys) > 1:
            return None
        found = [
            chain
            for chain in self.chains
            if chain.kind in ("organisation", "armed-group")
            and " " in chain.name
            and keys[0] in _standing(chain.name)
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
        chain = self._by_name.get(keys) or self._half_of_korea(keys)
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

    def _come_home(self) -> None:
        """Gives persons in office, and bodies, of no told country that of the story.

        A people of several states is of the one that the text names.
        """
        for chain in self.chains:
            if chain.entity is not None and chain.kind == "people" and chain.code is None:
                chain.code = self._home_of_people(chain.entity.id)
            if chain.code is None and chain.at_home and chain.entity is None:
                chain.code = self._home
                chain.assumed = self._home is not None
        for chain in self.chains:
            if chain.code is None and chain.within is not None and chain.entity is None:
                chain.code, chain.assumed = chain.within.state, chain.within.state is not None

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


def _standing(name: str) -> set[str]:
    """The words that may stand for a body: its last, and that before "for" or "of"."""
    words = [normalise(word) for word in name.split()]
    before = {a for a, b in pairwise(words) if b in ("for", "of")}
    return before or {words[-1]}
