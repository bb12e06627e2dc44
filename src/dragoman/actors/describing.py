"""Who is meant by a description: an office, a counterpart, one met before, or one unnamed."""

from __future__ import annotations

import math
from itertools import islice

from dragoman.actors.apposition import suits
from dragoman.actors.bodies import Bodies
from dragoman.actors.chains import Chain
from dragoman.actors.context import FAR, by_rank
from dragoman.actors.descriptions import Description, describe
from dragoman.actors.groups import TOP_OFFICES, owner_of
from dragoman.actors.lexicon import Agent
from dragoman.actors.mentions import Spot
from dragoman.records import Kind

_BODIES = frozenset(["government", "organisation", "igo", "armed-group"])


_STATES = frozenset({"country", "state", "power", "nation", "member", "government", "capital"})


class Describing(Bodies):
    """Who is meant by a description: an office, a counterpart, one met before, or one unnamed."""

    def _description(self, spot: Spot) -> Chain | None:
        said = describe(self.finder, spot)
        partner = self._partner(spot, said)
        if partner is not None:
            self._apply(partner, said, spot)
            return partner
        if self._is_predicate(spot):
            return self._predicate(spot, said)
        own = self._called_so(spot, said)
        if own is not None:
            return own
        if said.plural:
            group = self._several(spot, said)
            if group is not None:
                return group
        tied = self._tied(said)
        state = self._state_of(tied)
        if said.agent.office == "pope" and state is None:
            state = "VAT"
        if said.counterpart:
            return self._counterpart(spot, said, tied)
        if said.agent.office and not said.plural:
            return self._office(spot, said, state)
        if (
            said.agent.noun in self.lexicon.words["leaders"]
            and said.definite
            and not said.plural
            and state is not None
        ):
            leader = self._leader(said, state, tied)
            if leader is not None:
                return leader
        realm = self._realm(said)
        if realm is not None or self._is_bare_realm(said):
            return realm
        if said.agent.kind == "state":
            return self._country(spot, said)
        classed = self._classed(spot, said) or self._alliance(said, tied)
        if classed is not None:
            if classed.entity is None and classed.code is None:
                classed.code = state  # “Peru's Union party”
            return classed
        diplomat = self._top_diplomat(spot, said, state, tied)
        if diplomat is not None:
            return diplomat
        stationed = self._stationed(said, tied)
        if stationed is not None:
            return stationed
        institution = self._institution(spot, said, state)
        if institution is not None:
            return institution
        if said.definite or said.agent.sort == "body" or self._is_bare_plural(spot, said):
            met = self._met_before(said, spot, state, tied)
            if met is not None:
                return met
        named = self._named_group(said, spot, state, tied)
        return named or self._unnamed(spot, said, tied, state)

    def _is_bare_plural(self, spot: Spot, said: Description) -> bool:
        """ "rebels", "Israeli soldiers": named again without a number, they are the same ones."""
        if not said.plural or said.indefinite or spot.counted is not None:
            return False
        return not any(
            self.analysis.upos[t] in ("NUM", "DET", "PRON") for t in range(spot.first, spot.head)
        )

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
                if chain is not None and suits(said.agent, chain, said.plural):
                    if chain.entity is None:
                        self._apply(chain, said, spot)
                    return chain if said.definite else None
        return None

    def _office(self, spot: Spot, said: Description, state: str | None) -> Chain | None:
        """The holder of an office: named by the state, or the one last spoken of."""
        agents = self._agents(spot, state)
        classes = [a.office for a in agents if a.office]
        if said.former or said.lesser or said.indefinite:
            tied = self._tied(said)
            return self._met_before(said, spot, state, tied) or self._unnamed(
                spot, said, tied, state
            )
        codes = {code for a in agents for code in a.codes}
        inside = self._office_of_body(spot, said, classes)
        if inside is not None:
            return inside
        told = state is not None
        if state is None:
            own = self._own_office(spot, said, set(classes))
            if own is not None:
                return own
            mine = self._is_of_own_head(spot, said, set(classes))
            met = None if mine else self._foremost(spot, set(classes), codes)
            if met is not None:
                return met
            home = self._own_state() if mine else self._state_of_speaker(spot)
            home = home or self._home or self._content_state(spot)
            state = home if not codes or home in codes else self._mentioned(codes)
        else:
            met = self._latest(lambda c: bool(c.offices.intersection(classes)) and c.code == state)
            if met is not None:
                met.supposed = False
                return met
        if state is not None and self.date is not None:
            body = self._body(self._tied(said)) or state
            for office in classes:
                if office == "ambassador":
                    continue  # a state has many
                holder = self._holder(office, body)
                if holder is not None:
                    self._suppose(holder, None if told else state)
                    return holder
        if state is not None and self.date is None and self._own_state() == state:
            named = self._only_of_late(state, set(classes))
            if named is not None:
                return named
            called = self._latest(
                lambda c: c.entity is None and c.kind == "unnamed" and said.agent.noun in c.nouns
            )
            if called is not None or self._is_of_own_head(spot, said, set(classes)):
                return called or self._unnamed(spot, said, self._tied(said), state)
        met = self._met_before(said, spot, state, [])
        return (
            met
            or self._named_below(said, state, classes)
            or self._unnamed(spot, said, self._tied(said), state)
        )

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
        met = self._latest(lambda c: bool(c.offices & TOP_OFFICES) and c.code == state)
        if met is not None or self.date is None:
            return met
        office = (
            "head-of-government" if state in self.lexicon.led_by_government else "head-of-state"
        )
        return self._holder(office, state)

    def _mentioned(self, codes: set[str]) -> str | None:
        """The one of some states that the text has mentioned, or the only one."""
        met = sorted(code for code in codes if code in self._by_entity)
        return met[0] if len(met) == 1 else min(codes) if len(codes) == 1 else None

    def _foremost(self, spot: Spot, classes: set[str], codes: set[str]) -> Chain | None:
        """Whom a bare title means of those who hold the office: near, often named, at home."""
        here = self.analysis.sentence_of[spot.head]
        best: Chain | None = None
        best_score = -math.inf
        tried: set[int] = set()
        for seen in islice(reversed(self._recent), FAR):
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

    def _counterpart(
        self, spot: Spot, said: Description, tied: list[tuple[str, Chain | None, str | None]]
    ) -> Chain | None:
        """ "his Russian counterpart": the same office in another state."""
        state = next((s for _, _, s in tied if s is not None), None)
        owner = owner_of(tied)
        if owner is not None and state is not None and owner.offices and self.date is not None:
            for office in by_rank(owner.offices):
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
        if "host" in self.finder.keys[spot.first : spot.head]:
            return self._unnamed(spot, said, [], None)  # whichever it is
        whole = spot.counted is not None and "Number=Plur" not in self.analysis.feats[spot.head]
        if said.plural and not whole:
            return self._unnamed(spot, said, [], None)
        own = self._own_country(said)
        if own is not None:
            return own
        if not said.definite and not (whole and self._heads_definite(spot.head)):
            return None
        spoken = self._spoken_for(spot)
        if spoken is not None:
            return spoken
        inside = ("compound", "amod")
        there = self._part_of_the_world(spot)
        for seen in islice(reversed(self._recent), FAR):
            chain = seen.chains[0]
            if chain.kind != "state" or self.analysis.deprels[seen.head] in inside:
                continue
            if there is not None and chain.code not in there:
                continue  # “the African country”
            if self.analysis.words[seen.last : seen.last + 1] != ["-"]:  # "US-led" is in passing
                return chain
        home = self._first_country
        if there is not None and home not in there:
            return None
        if home is None or home not in self.directory:
            return None
        return self._of_entity(self.directory.entity(home))

    def _spoken_for(self, spot: Spot) -> Chain | None:
        """ "China will talk, the country's ministry said": of whom its own ministry speaks."""
        analysis, head = self.analysis, spot.head
        while (
            analysis.deprels[head] in ("nmod", "nmod:poss", "compound")
            and analysis.heads[head] >= 0
        ):
            head = analysis.heads[head]
        verb = analysis.heads[head]
        if head == spot.head or verb < 0 or self.finder.lemmas[verb] not in self.lexicon.speaking:
            return None
        subjects = (
            child
            for content in analysis.children[verb]
            if analysis.deprels[content] in ("ccomp", "parataxis")
            for child in analysis.children[content]
            if analysis.deprels[child] == "nsubj"
        )
        state = next((s for s in map(self.modifier_state, subjects) if s is not None), None)
        known = any(c.state == state and c.mentions for c in self.chains)
        return self._of_entity(self.directory.entity(state)) if known and state else None

    def _part_of_the_world(self, spot: Spot) -> frozenset[str] | None:
        """The states of the part of the world that a word before a noun tells, or None."""
        found = (self.lexicon.parts.get(key) for key in self.finder.keys[spot.first : spot.head])
        return next((states for states in found if states is not None), None)

    def _own_country(self, said: Description) -> Chain | None:
        """ "our country", "his country": that of the one whose it is."""
        owner = owner_of(self._tied(said))
        state = owner.state if owner is not None and owner.kind != "state" else None
        if state is None or state not in self.directory:
            return None
        return self._of_entity(self.directory.entity(state))

    def _heads_definite(self, head: int) -> bool:
        """Whether a noun under one of quantity is definite ("large parts of the country")."""
        keys = self.finder.keys
        return any(keys[c] in ("the", "this") for c in self.analysis.children[head])

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
        owned = any(
            how == "poss" or (how in ("of", "for") and c is not None and c.kind in _BODIES)
            for how, c, _ in tied
        )

        owned_by = any(tie.how in ("of", "from", "for") for tie in said.ties)

        def fits(chain: Chain) -> bool:
            if any(chain is other for how, other, _ in tied if how in ("of", "for", "poss")):
                return False  # “the adviser to the minister” is not the minister
            if chain.plural != said.plural or chain.members or chain.last_seen >= here:
                return False
            if state is not None and chain.code != state:
                return False
            if noun in chain.nouns:
                others = said.plural and not said.definite and state is None and owned_by
                if others and chain.name.casefold() != self._name_of(spot).casefold():
                    return False  # “representatives of businesses” are not those of a body before
                return not said.former or chain.sectors[:1] == ("ELI",)
            if said.former and chain.sectors[:1] == ("ELI",) and f"ex - {noun}" in chain.nouns:
                return True
            if word in chain.nouns and said.definite and not tied:
                return not self._is_of_another_state(spot, chain)
            own = chain.names and not (chain.assumed and state is not None)
            if said.definite and own and said.agent.sort == chain.sort == "person":
                of_state = all(c is None or c.kind == "state" for _, c, _ in tied)
                if (
                    of_state
                    and not said.former
                    and any(n.endswith(f" {noun}") for n in chain.nouns)
                ):
                    return True  # “the Lebanese minister”, of an interior minister
            if noun in self.lexicon.words["leaders"] and not said.ties:
                return bool(chain.offices & TOP_OFFICES)
            general = said.agent.neutral or said.agent.sectors[:1] == ("PTY",)
            if said.definite and general and state is not None and not owned and not chain.assumed:
                return self._is_near(chain, here) and self._is_alike(chain, said)
            return False

        return self._latest(fits)

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
        opposed = agent.noun in self.lexicon.words["against"]
        if opposed and not self._is_at_home(agent, tied):
            tied = [tie for tie in tied if tie[0] not in ("poss", "of")]
            state = self._state_of(tied)
        abroad = self._is_from_abroad(spot)
        if abroad:
            tied = [tie for tie in tied if tie[0] not in ("in", "at", "within", "inside")]
            state = self._state_of(tied)
        owner = self._owner(tied)
        code = self._code_of(agent, state, owner)
        if code == "IGO" and agent.code == "IGO":  # "French peacekeepers", not those in Chad
            code = next((s for how, _, s in tied if s and how in ("left", "poss", "from")), code)
        local = supposed = False
        generic = said.plural and agent.sort == "body" and agent.kind == "government"
        anywhere = agent.local or (agent.neutral and agent.sort == "person" and not owner)
        at_home = (agent.home or anywhere) and not (generic and not said.definite)
        at_home = at_home and not abroad and not self._is_of_states(said)
        if code is None and at_home and not _of_named_body(tied):
            code = self._by_one_state(spot)
            code = code or self._of_body_before(spot) or self._doer_state(spot)
            if code is None:
                code, supposed = self._untold_state(spot, agent)
            local = not agent.home and code is not None
        chain_sectors = ("OPP",) if opposed and owner else self._sectors_of(said, owner)
        kind: Kind = "unnamed" if agent.kind == "person" else agent.kind
        if self._are_sides(said):
            kind, code, chain_sectors = "unnamed", None, ()
        if kind == "state":
            kind = "bloc"
        chain = self._new(self._name_of(spot), kind, agent.sort)
        chain.code, chain.local = code, local
        chain.supposed = supposed and code is not None
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

    def _is_of_states(self, said: Description) -> bool:
        """ "Ministers from six major powers", "officers from those countries": of no one state."""
        finder = self.finder
        return any(
            tie.how in ("of", "from") and finder.lemmas[tie.token] in _STATES
            and finder.keys[tie.token] != finder.lemmas[tie.token]
            for tie in said.ties
        )  # fmt: skip

    def _are_sides(self, said: Description) -> bool:
        """ "The parties" to something, in a text that speaks of no political party."""
        if said.agent.noun != "party" or not said.plural or not said.definite or said.ties:
            return False
        lemmas, keys = self.finder.lemmas, self.finder.keys
        one = any(lemmas[t] == "party" and keys[t] == "party" for t in range(len(keys)))
        return not one and not any("PTY" in c.sectors for c in self.chains if c.names or c.entity)

    def _code_of(self, agent: Agent, state: str | None, owner: Chain | None) -> str | None:
        """The code that a noun has by itself, by its country or by whom it belongs to."""
        own = owner.code if owner is not None else None
        if agent.code == "IGO" and own in ("UNO", "EUR"):
            return own
        return agent.code or state or own


def _of_named_body(tied: list[tuple[str, Chain | None, str | None]]) -> bool:
    """Whether someone belongs to a body of no known country, which then has none to give."""
    return any(
        (how in ("poss", "of", "for", "at") and chain is not None and chain.sort == "body")
        or (how == "left" and chain is not None and chain.kind in ("bloc", "igo"))
        for how, chain, _ in tied
    )
