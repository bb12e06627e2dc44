"""Names beside descriptions: “Ali Khamenei, the supreme leader”, “the supreme leader, …”."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors.chains import Chain
from dragoman.actors.descriptions import Description
from dragoman.actors.lexicon import Agent, Phrase
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.naming import Naming
from dragoman.actors.title_runs import TitleRun, title_runs

_BESIDE = frozenset(["appos", "list"])
_LOOSE = frozenset(["appos", "list", "conj", "nmod", "dep", "parataxis", "nmod:desc", "flat"])


class Apposition(Naming):
    """Names beside descriptions: “Ali Khamenei, the supreme leader”, “the supreme leader, …”."""

    def _partner(self, spot: Spot, said: Description) -> Chain | None:
        """The one whose name stands in apposition to a description, before or after it."""
        if spot in self._extra:
            return None
        if spot.phrase is not None and spot.phrase.first in self._inner:
            beside: list[Spot | None] = [self._name_before(spot)]
        else:
            beside = [self._name_within(spot), self._name_after(spot), self._name_before(spot)]
        if spot.phrase is not None and spot.phrase.first in self._named_by:
            beside.insert(0, self.by_head.get(self._named_by[spot.phrase.first]))
        if said.indefinite:
            beside.reverse()
        analysis = self.analysis
        others = [c for c in analysis.children[spot.head] if analysis.deprels[c] in _BESIDE]
        if analysis.deprels[spot.head] in _BESIDE:
            others.append(analysis.heads[spot.head])
        if spot.phrase is not None and spot.phrase.first in self._inner:
            others = []
        loose = (self.by_head.get(other) for other in others)
        beside.extend(named for named in loose if named and not self._is_parted(spot, named))
        for named in beside:
            if named is None or named.form != "name":
                continue
            chain = self._resolve(named)
            if chain is not None and named.first >= spot.last and self._is_inner(spot, chain):
                continue
            if chain is not None and self._is_elsewhere(said, chain):
                continue
            if chain is not None and suits(said.agent, chain, said.plural):
                return chain
        return None

    def _join_titles(self) -> None:
        """Joins offices to the names that end their words, and none that stand within them.

        "Adviser to the Chancellor Ana Diaz" is the chancellor's name where she is known for one.
        """
        for run in title_runs(self.finder):
            head = self.finder.head_of(run.name.first, run.name.last)
            known = [phrase for phrase in run.within if self._is_known_as(run.name, phrase)]
            own = known[-1:] or list(run.offices)
            self._inner.update(p.first for p in (*run.offices, *run.within) if p not in own)
            self._named_by.update({phrase.first: head for phrase in own})
            if not known:
                self._titled.append(run)

    def _settle_titles(self) -> None:
        """Gives those of no told country that of the body or state in the words of their office."""
        for run in self._titled:
            chain = self._seen.get(self.finder.head_of(run.name.first, run.name.last))
            if chain is None or chain.entity is not None or chain.kind != "person":
                continue
            first, last = run.offices[0].first, run.name.first
            whose = next((c for c in self._within(run, first, last)), None)
            if whose is not None and whose.code and (chain.code is None or chain.assumed):
                chain.code, chain.assumed = whose.code, False
                if whose.kind in ("organisation", "government", "igo"):
                    chain.part_of = chain.part_of or whose.id_of_entity
            if not chain.sectors:
                chain.sectors = run.offices[0].agent.sectors
            if chain.role is None or chain.role in self._words(first, last):
                chain.role = self._words(first, last).strip(" ,\"“”'’")

    def _within(self, run: TitleRun, first: int, last: int) -> Iterator[Chain]:
        """Whose office it is: those named or described in its words, the first one first."""
        for token in range(first, last):
            if any(phrase.first <= token < phrase.last for phrase in run.offices):
                continue
            chain = self.at.get(token)
            if chain is None:
                state = self.modifier_state(token)
                if state is not None and state in self.directory:
                    chain = self._of_entity(self.directory.entity(state))
            if chain is not None and chain.code is not None:
                yield chain

    def _is_known_as(self, name: NameSpan, phrase: Phrase) -> bool:
        """Whether one of this name held, on the day, the office that a noun stands for."""
        offices = {c for a in phrase.agents if a.office for c in self._classes(a.office)}
        return any(offices & self._held(self.directory.entity(id)) for id in name.ids)

    def _name_within(self, spot: Spot) -> Spot | None:
        """The name at the end of its own title: "Minister of Economic Development N. N."."""
        name = self.finder.name_at.get(spot.last - 1)
        phrase = spot.phrase
        if name is None or phrase is None or spot.plural or phrase.agent.sort != "person":
            return None
        if name.label != "PER" or name.last != spot.last or name.first <= phrase.last:
            return None
        if self.analysis.upos[name.first - 1] in ("ADP", "DET", "CCONJ", "PUNCT", "PART"):
            return None
        named = self.by_head.get(self.finder.head_of(name.first, name.last))
        return named if named is not None and named.first == name.first else None

    def _is_parted(self, spot: Spot, named: Spot) -> bool:
        """Whether another person's name stands between a description and a name (a list)."""
        first, last = sorted((spot.head, named.head))
        between = (self.finder.name_at.get(t) for t in range(first + 1, last))
        return any(n is not None and n.label == "PER" and n != named.name for n in between)

    def _is_elsewhere(self, said: Description, chain: Chain) -> bool:
        """Whether a leader or office-holder is said to be of another state than a known person."""
        leads = said.agent.office is not None or said.agent.noun in self.lexicon.words["leaders"]
        if not leads or chain.entity is None or chain.kind != "person" or chain.state is None:
            return False
        if said.former or self.date is None:
            return False
        told = {self.modifier_state(t.token) for t in said.ties if t.how in ("left", "poss")}
        states = told - {None}
        return bool(states) and chain.state not in states and len(states) == 1

    def _is_inner(self, spot: Spot, chain: Chain) -> bool:
        """Whether a name behind a description is that of the office-holder at the end of it.

        "A spokesman for the Iranian president, Mahmoud Ahmadinejad," speaks of two people.
        """
        if not chain.offices:
            return False
        for token in range(spot.head + 1, spot.last):
            inner = self.by_head.get(token)
            if inner is None or inner.phrase is None or inner.last != spot.last:
                continue
            classes = {a.office for a in inner.phrase.agents if a.office}
            if inner.form == "description" and chain.offices & classes:
                return not self._fits_outer(spot, chain)
        return False

    def _fits_outer(self, spot: Spot, chain: Chain) -> bool:
        assert spot.phrase is not None
        return bool(chain.offices & {a.office for a in spot.phrase.agents if a.office})

    def _name_after(self, spot: Spot) -> Spot | None:
        """A name between commas right after a description ("the supreme leader, Ali Khamenei,")."""
        analysis, last = self.analysis, spot.last
        direct = self._name_from(last) if last < len(analysis) else None
        if direct is not None and direct.first == last:
            bare = direct.first == direct.name_first or direct.phrase is None
            if bare or self.finder.keys[direct.first] in self.lexicon.titles:
                return direct if self._is_titled(spot, direct) else None
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

    def _is_titled(self, spot: Spot, named: Spot) -> bool:
        """Whether a description right before a name is its title ("Head of the Office N.N.")."""
        if spot.plural:
            return False
        if spot.last == spot.head + 1:
            return True
        analysis = self.analysis
        if any(analysis.deprels[c] == "case" for c in analysis.children[named.head]):
            return False
        above, other = analysis.heads[named.head], analysis.heads[spot.head]
        return above in (spot.head, other) or other == named.head or spot.first <= above < spot.last

    def _name_before(self, spot: Spot) -> Spot | None:
        """A name right before a description in commas ("Ali Khamenei, the supreme leader,")."""
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
        twice = (
            analysis.heads[spot.head] == analysis.heads[head]
            and analysis.deprels[spot.head] == analysis.deprels[head]
        )
        return named if closed and ((loose and tied and not listed) or twice) else None

    def _name_from(self, first: int) -> Spot | None:
        """The named spot that begins at a token, or whose name does."""
        for token in range(first, min(first + 6, len(self.analysis))):
            name = self.finder.name_at.get(token)
            if name is not None:
                spot = self.by_head.get(self.finder.head_of(name.first, name.last))
                return spot if spot is not None and spot.first == first else None
        return None


def suits(agent: Agent, chain: Chain, plural: bool) -> bool:
    """Whether a noun can be said of a chain at all."""
    if plural:
        return chain.plural
    if chain.sort == "person":
        return agent.sort == "person" or agent.kind in ("armed-group", "people", "unnamed")
    if chain.kind == "state":
        return agent.kind == "state" or agent.noun == "member"
    return agent.sort in ("body", "group")
