"""What a description tells of an actor by what it is tied to: country, body, person."""

from __future__ import annotations

from dragoman.actors.chains import Chain
from dragoman.actors.descriptions import Description
from dragoman.actors.geography import Geography
from dragoman.actors.lexicon import Agent
from dragoman.actors.mentions import Spot

_TELLING = frozenset(["LEG", "JUD", "MIL", "COP", "SPY", "OPP", "REB", "REL"])


_HELD_BY_ONE = frozenset({"president", "prime-minister", "monarch"})


class Ties(Geography):
    """What a description tells of an actor by what it is tied to: country, body, person."""

    def _tied(self, said: Description) -> list[tuple[str, Chain | None, str | None]]:
        """What a description is tied to: how, the actor, the state that a demonym stands for."""
        found: list[tuple[str, Chain | None, str | None]] = []
        for tie in said.ties:
            if self.is_kin_only(tie.token) or self._is_backer(tie.token):
                continue
            spot = self.by_head.get(tie.token)
            if spot is None and tie.token in self._named_by:  # an office with its holder's name
                spot = self.by_head.get(self._named_by[tie.token])
            chain = self._resolve(spot) if spot is not None else None
            state = self.modifier_state(tie.token)
            if state is None and self.finder.demonym(tie.token) is not None:
                state = self._home_of_people(self.finder.demonyms[tie.token])
            if chain is not None or state is not None:
                found.append((tie.how, chain, state))
        return found

    def _is_backer(self, token: int) -> bool:
        """Whether a state only stands behind, or is for or against, someone ("Iran-backed")."""
        keys, words = self.finder.keys, self.analysis.words
        after = token + 2 < len(words) and words[token + 1] == "-" and keys[token + 2]
        before = token > 1 and words[token - 1] == "-" and keys[token - 2]
        return after in self.lexicon.words["backing"] or before in ("pro", "anti")

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

    def _agents(self, spot: Spot, state: str | None) -> tuple[Agent, ...]:
        """The agents that a noun may be, those first that suit the state."""
        assert spot.phrase is not None
        fit = [a for a in spot.phrase.agents if not a.codes or state in a.codes]
        return tuple(fit) or spot.phrase.agents

    def _sectors_of(self, said: Description, owner: Chain | None) -> tuple[str, ...]:
        if said.former and said.agent.sort == "person":
            return ("ELI",)
        untold = said.agent.neutral and said.sectors == said.agent.sectors
        if said.agent.noun in self.lexicon.words["backers"]:
            return owner.sectors if owner is not None and _is_opposed(owner) else said.sectors
        if untold and owner is not None and owner.sectors and owner.kind != "state":
            return owner.sectors
        return said.sectors

    def _state_of_body_within(self, spot: Spot) -> str | None:
        """The only state that has a body of the name in a title ("Senate leader")."""
        keys, until = self.finder.keys, spot.phrase.last if spot.phrase is not None else spot.first
        for token in range(spot.first, until):
            phrase = self.finder.phrase_at.get(token)
            if phrase is None or phrase.first != token or phrase.agent.sort != "body":
                continue
            known = self.directory.lookup(" ".join(keys[token : phrase.last]))
            bodies = [e for e in known if e.kind == "government" and e.code]
            if len(bodies) == len(known) == 1:
                return bodies[0].code
        return None

    def _role_text(self, spot: Spot) -> str:
        """The words of a title or apposition, without its article."""
        first = spot.first
        last = spot.name.first if spot.name is not None else spot.last
        named = (t for t in range(first, last) if self._begins_person(t))
        last = next(named, last)
        while first < last - 1 and self.analysis.upos[first] in ("DET", "PUNCT", "ADP"):
            first += 1
        return self._words(first, last).strip(" ,\"“”'’")

    def _begins_person(self, token: int) -> bool:
        name = self.finder.name_at.get(token)
        return name is not None and name.first == token and self.finder.is_person(name)

    def _correct(self, chain: Chain, said: Description, state: str | None) -> None:
        """Takes the state of a known person from the text where the day does not tell it."""
        if chain.kind != "person" or said.former or not said.agent.office or state is None:
            return
        known = {o.code for o in chain.entity.offices} if chain.entity is not None else set()
        if (self.date is None or chain.role is None) and (not known or state in known):
            chain.code = state

    def _take_up(self, chain: Chain, said: Description, spot: Spot, owner: Chain | None) -> None:
        """Gives a known person without an office on the day the one that the text tells."""
        if said.plural or said.lesser or said.indefinite or said.agent.sort != "person":
            return
        if owner is not None and owner.kind == "igo" and owner.code:
            chain.code, chain.part_of = owner.code, owner.id_of_entity
            chain.sectors = self._sectors_of(said, owner)
        if self.date is not None and (said.agent.office or owner is not None):
            chain.role = self._role_text(spot)

    def _is_held_by_another(self, agent: Agent, home: str | None, chain: Chain) -> bool:
        """“President Diaz”, where the story's own president is known and is somebody else."""
        if agent.office not in _HELD_BY_ONE or home is None:
            return False
        if chain.kind != "person" or not chain.names or chain.entity is not None:
            return False
        if self.date is None:
            return home == self._own_state()
        year = self.date[:4]
        days = (self.date[:10], f"{int(year) - 10}-01-01") if year.isdigit() else ()
        held = [bool(self.directory.holders(agent.office, home, day)) for day in days]
        led = bool(self.directory.holders("president", home, self.date[:10]))
        return held[:1] == [True] or (led and not any(held))  # no such office there

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
            self._correct(chain, said, state)
            if chain.kind == "person" and chain.role is None and not said.former:
                self._take_up(chain, said, spot, self._owner(tied))
            if chain.kind == "person" and not said.former:
                more = [s for s in said.sectors if s in _TELLING and s not in chain.sectors]
                chain.sectors = (*chain.sectors, *more)
            return
        owner = self._owner(tied)
        told = state or (owner.code if owner is not None else None)
        if chain.assumed and told is not None:
            chain.code, chain.assumed = told, False
        if chain.code is None or not chain.sectors:
            foreign = owner is not None and owner.kind in ("organisation", "igo")
            home = self._home if agent.home and not foreign else None
            if home is not None and self._is_held_by_another(agent, home, chain):
                home = None
            known = chain.code or agent.code or state or (owner.code if owner else None)
            home = home or self._state_of_body_within(spot)
            chain.code = known or home
            chain.assumed = chain.assumed or (known is None and home is not None)
        at_home = (
            agent.home and owner is None and not self._is_held_by_another(agent, self._home, chain)
        )
        chain.at_home = chain.at_home or at_home
        if not chain.sectors:
            chain.sectors = self._sectors_of(said, owner)
        if chain.role is None and chain.kind == "person":
            chain.role = self._role_text(spot)
        if owner is not None and owner.kind == "organisation":
            chain.within = owner
        if (
            chain.part_of is None
            and owner is not None
            and owner.kind in ("organisation", "government", "igo", "armed-group")
        ):
            chain.part_of = owner.id_of_entity


def _is_opposed(owner: Chain) -> bool:
    """Whether someone is none of the government, so that who is for him is none either."""
    return owner.sectors[:1] in (("OPP",), ("REB",), ("UAF",), ("PTY",))
