"""Several actors as one: “the two leaders”, “both sides”, those named together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from dragoman.actors.apposition import Apposition
from dragoman.actors.chains import Chain, Seen
from dragoman.actors.context import FAR, by_rank
from dragoman.actors.descriptions import Description
from dragoman.actors.lexicon import Sort
from dragoman.actors.mentions import NUMBERS, Spot

T = TypeVar("T")
MOST_TOGETHER = 6  # longer lists are not meant by "they"
_NEAR = 2  # sentences in which those are named together whom a bare number means
_FEW = 3  # states that "the two countries" or "the three" may be
_TOLD_OFTEN = 2  # times that a state is told before it may be one of them
_OCCASIONS = frozenset(["olympics", "games", "cup", "championship", "summit", "conference"])
_STATES = frozenset(["country", "state", "nation"])
TOP_OFFICES = frozenset(["head-of-state", "head-of-government"])


class Groups(Apposition):
    """Several actors as one: “the two leaders”, “both sides”, those named together."""

    def _several(self, spot: Spot, said: Description) -> Chain | None:
        """ "the two leaders", "both sides", "the presidents of France and Germany"."""
        noun = said.agent.noun.split()[-1]
        tied = self._tied(said)
        named = self._joined_states(spot, said)
        bloc = next((c for _, c, _ in tied if c is not None and (c.members or _is_bloc(c))), None)
        if (
            bloc is not None
            and said.agent.sort == "person"
            and said.agent.noun in self.lexicon.words["led"]
        ):
            members = list(bloc.members) or [
                self._of_entity(self.directory.entity(id)) for id in _members_of(bloc)
            ]
            return self._compound(spot, members, "person")
        if len(named) > 1:
            return self._holders_of(spot, said, named, owner_of(tied) if said.counterpart else None)
        if said.number is None or not said.definite or noun not in self.lexicon.words["counted"]:
            return None
        if any(s for _, _, s in tied):
            return None
        return self._last_few(spot, said.number, noun)

    def _joined_states(self, spot: Spot, said: Description) -> list[str]:
        """The states named together that a description belongs to ("Turkish and Greek")."""
        deprels, heads = self.analysis.deprels, self.analysis.heads
        if any(tie.how == "poss" for tie in said.ties) and not said.counterpart:
            return []
        tokens = {tie.token for tie in said.ties}
        listed = self._listed_states(spot, said)
        if len(listed) > 1:
            return listed
        joined = [
            tie
            for tie in said.ties
            if tie.how in ("left", "of")
            if (deprels[tie.token] == "conj" and heads[tie.token] in tokens)
            or any(deprels[t] == "conj" and heads[t] == tie.token for t in tokens)
        ]
        states = [self._tied_state(tie.token) for tie in joined if tie.how == joined[0].how]
        return unique(s for s in states if s is not None)

    def _listed_states(self, spot: Spot, said: Description) -> list[str]:
        """The states of a list at the end of a description, whatever the parse makes of it."""
        start = next((tie.token for tie in said.ties if tie.how == "of"), None)
        if start is None or "and" not in self.finder.keys[start : spot.last]:
            return []
        names = [self.finder.name_at.get(t) for t in range(start, spot.last)]
        first = self.finder.name_at.get(start)
        if first is None or len({n.first for n in names if n is not None}) < 2:
            return []
        tokens = dict.fromkeys(n.first for n in names if n is not None and n.ids)
        return unique(s for s in map(self.modifier_state, tokens) if s is not None)

    def _holders_of(
        self, spot: Spot, said: Description, states: list[str], owner: Chain | None
    ) -> Chain:
        """The holders of one office in several states; of counterparts it is their owner's."""
        members = []
        for state in states:
            found = None
            told = by_rank(owner.offices) if owner is not None else ()
            for office in told or self._offices_meant(spot, said, state):
                found = found or self._holder(office, state)
            members.append(found or self._of_entity(self.directory.entity(state)))
        return self._compound(spot, members, "person")

    def _offices_meant(self, spot: Spot, said: Description, state: str) -> list[str]:
        """The offices that a noun means; leaders lead by the one that counts in their state."""
        if said.agent.noun == "leader" and not said.former and not said.lesser:
            by_government = state in self.lexicon.led_by_government
            return ["head-of-government" if by_government else "head-of-state"]
        return [a.office for a in self._agents(spot, state) if a.office]

    def _last_few(self, spot: Spot, number: int, noun: str) -> Chain | None:
        """So many actors of the kind that a noun speaks of: the nearest and most spoken of."""
        if noun in _STATES and number == 2 and self._own_state() is not None:
            return self._own_and_other(spot)
        if noun in _STATES and number <= _FEW:
            states = self._most_told(spot, number)
            if states is not None:
                return self._compound(spot, states, "state")
        sides = noun in self.lexicon.words["sides"]
        here = self.analysis.sentence_of[spot.head]
        doer = self._who_does(spot)
        scores: dict[int, tuple[float, int, Chain]] = {}
        for seen in islice(reversed(self._recent), FAR):
            if seen.sentence < here - 6:
                break
            for chain in seen.chains:
                if chain.number in scores or not self._may_be_one_of(chain, noun, sides):
                    continue
                if chain is doer:
                    continue  # “Egypt thanked both parties”
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

    def _so_many(self, spot: Spot) -> Chain | None:
        """ "The three": those of that number named together last, else so many who are near."""
        number = NUMBERS[self.finder.keys[spot.head]]
        here = self.analysis.sentence_of[spot.head]
        for seen in islice(reversed(self._recent), FAR):
            if here - seen.sentence > _NEAR:
                break
            if len(seen.chains) == number:
                return self._compound(spot, list(seen.chains), seen.chains[0].kind)
        return self._last_few(spot, number, "man")

    def _most_told(self, spot: Spot, number: int) -> list[Chain] | None:
        """ "The two countries": those that the text tells of most before, by any of their people.

        None where it does not tell clearly more of so many states than of the next.
        """
        counts: dict[str, int] = {}
        first: dict[str, int] = {}
        for token, state in self.finder.demonyms.items():
            if token < spot.first:
                counts[state] = counts.get(state, 0) + 1
                first[state] = min(token, first.get(state, token))
        for seen in islice(reversed(self._recent), FAR):
            for chain in seen.chains if len(seen.chains) == 1 else ():
                if chain.state is not None:
                    counts[chain.state] = counts.get(chain.state, 0) + 1
                    first[chain.state] = min(seen.first, first.get(chain.state, seen.first))
        known = [s for s in counts if s in self.directory]
        whole = self._told_in_all()
        score = {s: (counts[s], whole.get(s, 0)) for s in known}  # the second between equals
        known.sort(key=lambda s: (score[s], -first[s]), reverse=True)
        if len(known) < number or max(score[known[number - 1]]) < _TOLD_OFTEN:
            return None
        if len(known) > number and score[known[number]] == score[known[number - 1]]:
            return None
        chosen = sorted(known[:number], key=lambda s: first[s])
        return [self._of_entity(self.directory.entity(state)) for state in chosen]

    def _who_does(self, spot: Spot, *, above: bool = False) -> Chain | None:
        """The subject of the verb whose object a phrase is, or with `above` belongs to."""
        analysis = self.analysis
        head = spot.head
        while above and analysis.deprels[head].startswith("nmod") and analysis.heads[head] >= 0:
            head = analysis.heads[head]
        verb = analysis.heads[head]
        if analysis.deprels[head] not in ("obj", "iobj", "obl") or verb < 0:
            return None
        while True:
            for child in analysis.children[verb]:
                if analysis.deprels[child] == "nsubj":
                    return self.at.get(child)
            if analysis.deprels[verb] not in ("conj", "xcomp") or analysis.heads[verb] < 0:
                return None
            verb = analysis.heads[verb]

    def _told_in_all(self) -> dict[str, int]:
        """How often the whole text tells of each state, by its name or a demonym."""
        found: dict[str, int] = {}
        named = [name.ids[0] for name in self.finder.names if len(name.ids) == 1]
        for state in (*self.finder.demonyms.values(), *named):
            found[state] = found.get(state, 0) + 1
        return found

    def _own_and_other(self, spot: Spot) -> Chain | None:
        """ "The two countries" in a state's own text: it and the one spoken of last."""
        own = self._own_state()
        other = next(
            (
                chain.state
                for seen in islice(reversed(self._recent), FAR)
                for chain in seen.chains
                if chain.state not in (None, own)
                and chain.kind in ("state", "person", "government")
            ),
            None,
        )
        states = [s for s in (own, other) if s is not None and s in self.directory]
        if len(states) < 2:
            return None
        members = [self._of_entity(self.directory.entity(state)) for state in states]
        return self._compound(spot, members, "state")

    def _may_be_one_of(self, chain: Chain, noun: str, sides: bool) -> bool:
        if chain.plural or not chain.mentions:
            return False
        if sides and chain.entity is None and all(form != "name" for *_, form in chain.mentions):
            return False
        if noun in _STATES:
            return chain.kind == "state"
        if sides and any(name[-1].casefold() in _OCCASIONS for name in chain.names if name):
            return False  # “the Lima Olympics”
        if sides:
            return chain.kind in ("state", "organisation", "armed-group", "government", "igo")
        if noun in ("leader", "president", "premier"):
            return chain.kind == "person" and bool(chain.offices & TOP_OFFICES)
        return chain.kind == "person"

    def _compound(self, spot: Spot, members: list[Chain], kind: str) -> Chain:
        """An actor of several members; the same members are the same actor."""
        members = unique(members)
        if len(members) == 1:
            return members[0]
        key = tuple(sorted(c.number for c in members))
        chain = self._compounds.get(key)
        if chain is None:
            sort: Sort = "person" if kind == "person" else "body"
            chain = self._new(self._name_of(spot), "unnamed", sort)
            chain.members, chain.plural = tuple(members), True
            codes = unique([c.code for c in members])
            chain.code = codes[0] if len(codes) == 1 else None
            chain.sectors = members[0].sectors
            self._compounds[key] = chain
        return chain

    def _notice_pair(self, head: int, chain: Chain, sentence: int, role: str, spot: Spot) -> None:
        """Several named together ("Macron and Putin") may be "they" or "the two men" below."""
        if self.analysis.deprels[head] != "conj":
            return
        first = self.analysis.heads[head]
        together = [self.at[first]] if first in self.at else []
        for child in self.analysis.children[first][: 4 * MOST_TOGETHER]:
            if self.analysis.deprels[child] == "conj" and child in self.at:
                together.append(self.at[child])
        if 1 < len(together) <= MOST_TOGETHER and len({c.number for c in together}) == len(
            together
        ):
            self._recent.append(
                Seen(tuple(together), first, spot.last, first, sentence, role, spot.form)
            )


def owner_of(tied: Iterable[tuple[str, Chain | None, str | None]]) -> Chain | None:
    """Whose a description is: "his counterparts"."""
    return next((chain for how, chain, _ in tied if how == "poss" and chain is not None), None)


def unique(items: Iterable[T]) -> list[T]:
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _members_of(chain: Chain) -> tuple[str, ...]:
    return chain.entity.members if chain.entity is not None else ()


def _is_bloc(chain: Chain) -> bool:
    """A group of states that is small enough to stand for each of them."""
    return chain.kind == "bloc" and 1 < len(_members_of(chain)) < 8
