"""Which body a noun means: a state's institution, the group or alliance that a text has named."""

from __future__ import annotations

from itertools import islice

from dragoman.actors.chains import Chain
from dragoman.actors.context import FAR
from dragoman.actors.descriptions import Description
from dragoman.actors.mentions import Spot
from dragoman.actors.offices import Offices

_OF_STATES = frozenset({"organization", "organisation", "group", "agency", "bloc"})
_REALMS = frozenset({"kingdom", "republic", "emirate", "sultanate", "islamic republic"})
_NEAR_GROUP = 4  # sentences
_ONE_STATES = {"state department": "USA"}  # ministries that one state alone calls so
_ALLIANCES = frozenset({"nato", "csto"})


def _bodies(chain: Chain) -> frozenset[str]:
    """The ids of the body that a chain is or acts for."""
    return frozenset({chain.id_of_entity or "", chain.part_of or ""})


class Bodies(Offices):
    """Which body a noun means: a state's institution, the group or alliance that a text named."""

    def _named_group(
        self,
        said: Description,
        spot: Spot,
        state: str | None,
        tied: list[tuple[str, Chain | None, str | None]],
    ) -> Chain | None:
        """The named group that a general noun stands for ("Isis … the militant group").

        Only where no other group that the noun suits is near.
        """
        word = said.agent.noun.split()[-1]
        if word not in self.lexicon.words["groups"] or not said.definite or said.former:
            return None
        if spot.counted is not None or any(how in ("poss", "of", "for") for how, _, _ in tied):
            return None
        armed = bool({"REB", "UAF", "PRM"} & {*said.sectors, *said.agent.sectors})
        here = self.analysis.sentence_of[spot.head]
        found: list[Chain] = []
        for seen in islice(reversed(self._recent), FAR):
            if here - seen.sentence > _NEAR_GROUP:
                break
            chain = seen.chains[0]
            if len(seen.chains) == 1 and self._is_group(chain, said, armed) and chain not in found:
                found.append(chain)
        named = [chain for chain in found if not chain.plural]
        if len(named) != 1 or (state is not None and named[0].state not in (None, state)):
            return None
        if any(chain.code != named[0].code for chain in found):
            return None  # other fighters, whom the noun may mean
        named[0].nouns.update((said.agent.noun, word))
        return named[0]

    def _is_group(self, chain: Chain, said: Description, armed: bool) -> bool:
        """Whether a chain is a group of the kind that a noun speaks of."""
        if chain.kind == "armed-group":
            return armed or (said.agent.sort == "body" and not chain.plural)
        if chain.kind == "igo":
            return not armed and chain.entity is not None and said.agent.noun in _OF_STATES
        if armed or chain.kind != "organisation":
            return False
        party = said.agent.sectors[:1] == ("PTY",)
        return chain.entity is not None and (not party or "PTY" in chain.sectors)

    def _classed(self, spot: Spot, said: Description) -> Chain | None:
        """A body that a noun after its name only classes ("AFP news agency", "the Hamas group")."""
        noun = said.agent
        if said.plural or not (noun.sort in ("body", "group") or noun.sectors[:1] == ("JRN",)):
            return None
        before = spot.phrase.first - 1 if spot.phrase is not None else -1
        name = self.finder.name_at.get(before)
        if name is None or name.first < spot.first or len(name.ids) > 1:
            return None
        named = self.by_head.get(self.finder.head_of(name.first, name.last))
        chain = self._resolve(named) if named is not None else None
        if chain is None or chain.kind not in ("organisation", "armed-group"):
            return None
        return chain if noun.noun.split()[-1] in self.lexicon.words["classing"] else None

    def _alliance(
        self, said: Description, tied: list[tuple[str, Chain | None, str | None]]
    ) -> Chain | None:
        """ "The alliance": the one of states that was told last, itself or by who acts for it."""
        if said.agent.noun != "alliance" or not said.definite or said.plural or tied:
            return None
        met = self._latest(lambda c: not _ALLIANCES.isdisjoint(_bodies(c)))
        if met is None:
            return None
        id = min(_ALLIANCES.intersection(_bodies(met)))
        return self._of_entity(self.directory.entity(id))

    def _institution(self, spot: Spot, said: Description, state: str | None) -> Chain | None:
        """The institution of a state that a noun means ("the Senate", "the foreign ministry")."""
        if spot.phrase is None or said.former:
            return None
        whole = said.agent.noun == "armed force" and said.definite  # "the Armed Forces"
        if not whole and (said.agent.sort != "body" or said.plural):
            return None
        size, institution = self.directory.institution(self.finder.keys, spot.phrase.first)
        if not size or spot.phrase.first + size != spot.phrase.last:
            return self._by_own_name(spot, said, state)
        if any(t in self.finder.places for t in range(spot.first, spot.phrase.first)):
            return None
        words = " ".join(self.finder.keys[spot.phrase.first : spot.phrase.last])
        story: str | None = None
        if (
            words == "administration"
            and state is None
            and not said.ties
            and "USA" in self._spoken_of
        ):
            state = "USA"  # bare, as news has it
        if state is None and said.indefinite:
            return None  # “it is rare for a government to …”
        if state is None:
            state = self._state_of_petitioner(spot)
        if state is None:
            met = self._latest(lambda c: institution in c.nouns and c.part_of is not None)
            if met is not None:
                return met
            state = self._speakers_own(spot, said.agent) or self._by_capitals(
                spot.phrase.first, spot.phrase.last
            )
            if state is None:
                state = story = self._home or self._content_state(spot)
        if state is None:
            known = self.directory.lookup(words)
            alone = len(known) == 1 and known[0].kind != "person"
            return self._of_entity(known[0]) if alone else None
        entity = self.directory.institution_of(institution, state)
        if entity is None:
            return None
        chain = self._of_entity(entity)
        self._suppose(chain, story)
        chain.nouns.update((institution, said.agent.noun, said.agent.noun.split()[-1]))
        return chain

    def _state_of_petitioner(self, spot: Spot) -> str | None:
        """ "Peruvian unions urged the government": who is no office-holder asks his own."""
        doer = self._who_does(spot)
        if doer is None or doer.assumed or doer.kind not in ("organisation", "people", "unnamed"):
            return None
        official = {"GOV", "MIL", "JRN", "BUS"} & {*doer.sectors[:1]}
        return None if official or doer.local or doer.supposed else doer.state

    def _suppose(self, chain: Chain, story: str | None) -> None:
        """Notes whether all that was read as an actor so far took its state from the story."""
        first = not chain.mentions and not chain.names
        chain.supposed = story not in (None, self._own_state()) and (first or chain.supposed)

    def _by_capitals(self, first: int, last: int) -> str | None:
        """“The Foreign Office”, in capitals, is London's where no ministry at home is called so."""
        written = self.analysis.words[first:last]
        words = " ".join(self.finder.keys[first:last])
        known = self.directory.lookup(words)
        if len(known) != 1 or not all(word[0].isupper() for word in written):
            return None
        body = self.directory.entity(known[0].id)
        home = self._home and self.directory.institution_of("foreign-ministry", self._home)
        own = (home.name, *home.names) if home else ()
        at_home = any(name.casefold().endswith(words) for name in own)
        return None if body.kind != "government" or at_home else body.code

    def _by_one_state(self, spot: Spot) -> str | None:
        """“The state department”, or who works there: one state alone calls a ministry so."""
        words = " ".join(self.finder.keys[spot.first : spot.last])
        return next((state for name, state in _ONE_STATES.items() if name in words), None)

    def _of_body_before(self, spot: Spot) -> str | None:
        """“A Foreign Office spokesman” speaks for London."""
        for first in range(spot.first, spot.head):
            size, _ = self.directory.institution(self.finder.keys, first)
            if size and first + size == spot.head:
                return self._by_capitals(first, spot.head)
        return None

    def _by_own_name(self, spot: Spot, said: Description, state: str | None) -> Chain | None:
        """A body that one state alone calls so ("the Majlis", "the Knesset")."""
        assert spot.phrase is not None
        words = " ".join(self.finder.keys[spot.phrase.first : spot.phrase.last])
        known = [self.directory.entity(e.id) for e in self.directory.lookup(words)]
        bodies = [e for e in known if e.kind == "government" and e.code is not None]
        if len(bodies) != 1 or len(known) > 1 or state not in (None, bodies[0].code):
            return None
        if state is None and self._home not in (None, bodies[0].code):
            return None
        return self._of_entity(bodies[0])

    def _is_of_another_state(self, spot: Spot, chain: Chain) -> bool:
        """ "Peru's minister praised the ministry's work", after Chile's ministry: it is his own."""
        if chain.kind != "government" or chain.state is None:
            return False
        doer = self._who_does(spot, above=True)
        own = doer is not None and doer.kind == "person" and not doer.assumed
        return own and doer is not None and doer.state not in (None, chain.state)

    def _realm(self, said: Description) -> Chain | None:
        """ "The Kingdom", "the Islamic Republic": the state spoken of last whose name says so."""
        noun = said.agent.noun
        if noun not in _REALMS or not said.definite or said.plural or said.ties:
            return None

        def is_one(id: str | None) -> bool:
            if id is None or id not in self.directory:
                return False
            names = (name.casefold().split() for name in self.directory.entity(id).names)
            return any(set(noun.split()) <= set(words) for words in names)

        met = self._latest(lambda c: is_one(c.state))
        state = met.state if met is not None else self._home if is_one(self._home) else None
        return self._of_entity(self.directory.entity(state)) if state is not None else None

    def _is_bare_realm(self, said: Description) -> bool:
        """Whether nothing but "kingdom" is told of what no state's name explains."""
        return said.agent.noun in _REALMS and not said.ties and said.definite and not said.plural
