"""Of which country those are of whom no country is told: by whom they act with, where, for whom."""

from __future__ import annotations

from dragoman.actors.chains import Chain
from dragoman.actors.groups import Groups
from dragoman.actors.lexicon import Agent
from dragoman.actors.mentions import Spot
from dragoman.language.analysis import ROOT

_BESIDE = 12  # tokens from a name within which it is described
_CONTENT = frozenset(["ccomp", "parataxis"])
_OCCUPIED = {"PSE": "ISR"}  # who has the army there
# Those who are seldom of the side with which they are named together.
_APART = (("REB",), ("UAF",), ("CRM",))


class Untold(Groups):
    """Of which country those are of whom no country is told."""

    def _is_at_home(self, agent: Agent, tied: list[tuple[str, Chain | None, str | None]]) -> bool:
        """Whether those who are against someone are of the same state: a politician's critics."""
        if agent.noun not in self.lexicon.words["opposing"]:
            return False
        owner = self._owner(tied)
        if owner is None or owner.code is None:
            return False
        return owner.kind in ("person", "government") or owner.sectors[:1] == ("PTY",)

    def _untold_state(self, spot: Spot, agent: Agent) -> tuple[str | None, bool]:
        """The state of those of whom none is told, and whether it is but the story's.

        Forces in occupied land are the occupier's.
        """
        state = self._told_about(spot, agent)
        story = None if state is not None else self._of_story(spot, agent)
        found = state or story
        ruler = _OCCUPIED.get(found or "")
        forces = agent.sectors[:1] == ("MIL",) and ruler in self._spoken_of
        return ruler if forces else found, story is not None and story != self._own_state()

    def _told_about(self, spot: Spot, agent: Agent) -> str | None:
        """The state of those of whom no country is told: who fight, where the clause plays."""
        if agent.sectors[:1] == ("REB",):
            state = self._adversary(spot)
            if state is not None:
                return state
        state = self._speakers_own(spot, agent)
        if state is not None:
            return state
        state = self._companion(spot, agent)
        if state is not None:
            return state
        if agent.noun in self.lexicon.places_struck:
            state = self._state_at(spot.head)
            if state is not None:
                return state
        if agent.noun.startswith("government "):
            state = self._place_struck(spot)
            if state is not None:
                return state
        return self._place_beside(spot) if agent.sectors[:1] != ("MIL",) else None

    def _of_story(self, spot: Spot, agent: Agent) -> str | None:
        """The state that the text is about, else the one spoken of here."""
        if agent.local:
            return self._home
        if not agent.home:
            return self._home or self._content_state(spot)
        return self._home or self._content_state(spot) or self._local_state(spot)

    def _speakers_own(self, spot: Spot, agent: Agent) -> str | None:
        """The state of who speaks of forces in a quotation: "the army is on alert"."""
        if agent.sectors[:1] not in (("MIL",), ("COP",)) or not self.quotes.is_spoken(spot.head):
            return None
        token = self.quotes.speaker_of(spot.head)
        speaker = self.by_head.get(token) if token is not None else None
        chain = self._resolve(speaker) if speaker is not None else None
        if chain is None or token is None or chain.sectors[:1] == ("JRN",):
            return None
        if chain.assumed or chain.state is None:
            self._read_beside(token)
        return None if chain.assumed else chain.state

    def _read_beside(self, token: int) -> None:
        """Reads the descriptions about a name; they may tell its state ("of the Turkish staff")."""
        for head in range(max(token - _BESIDE, 0), token + _BESIDE):
            spot = self.by_head.get(head)
            if spot is not None and spot.form == "description":
                self._resolve(spot)

    def _is_from_abroad(self, spot: Spot) -> bool:
        """Whether an adjective says that someone is not of the country ("foreign troops")."""
        assert spot.phrase is not None
        foreign, phrase = self.lexicon.words["foreign"], spot.phrase
        around = spot.plural and phrase.agent.noun in self.lexicon.words["among"]
        if around and "regional" in self.finder.keys[spot.first : phrase.first]:
            return True  # “regional leaders” are those of the states around
        # Not "foreign ministry spokesman", but "occupation force".
        last = phrase.last if phrase.agent.sectors[:1] == ("MIL",) else phrase.first
        inner = self.finder.phrase_at
        return any(
            self.finder.keys[t] in foreign and inner.get(t) in (None, phrase)
            for t in range(spot.first, last)
        )

    def _content_state(self, spot: Spot) -> str | None:
        """The state that is the subject of what is said ("Iran will talk, a minister said")."""
        analysis = self.analysis
        verb = analysis.heads[spot.head]
        said = analysis.deprels[spot.head] == "nsubj" and verb != ROOT
        if not said or self.finder.lemmas[verb] not in self.lexicon.speaking:
            return None
        contents = [c for c in analysis.children[verb] if analysis.deprels[c] in _CONTENT]
        if analysis.deprels[verb] in _CONTENT and analysis.heads[verb] != ROOT:
            contents.append(analysis.heads[verb])
        for content in contents:
            for child in analysis.children[content]:
                if analysis.deprels[child] in ("nsubj", "nsubj:pass") and child != spot.head:
                    return self._tied_state(child)
        return None

    def _companion(self, spot: Spot, agent: Agent) -> str | None:
        """The state of the one with whom someone is named ("the speaker and other deputies")."""
        top = spot.counted if spot.counted is not None else spot.head
        if self.analysis.deprels[top] != "conj" or agent.sectors[:1] in _APART:
            return None
        other = self.by_head.get(self.analysis.heads[top])
        chain = self._seen.get(other.head) if other is not None else None
        if chain is None or chain.kind not in ("person", "government", "unnamed", "people"):
            return None
        return chain.state

    def _adversary(self, spot: Spot) -> str | None:
        """The state whose forces rebels fight in a clause; rebels rise against their own."""
        analysis = self.analysis
        verb = analysis.heads[spot.head]
        if verb == ROOT:
            return None
        joined = (
            [verb] if analysis.deprels[spot.head] == "conj" else []
        )  # "between police and rebels"
        joined += [c for c in analysis.children[spot.head] if analysis.deprels[c] == "conj"]
        for child in [*joined, *analysis.children[verb]]:
            other = self.by_head.get(child)
            if other is None or other is spot or other.phrase is None:
                continue
            if other.phrase.agent.sectors[:1] not in (("MIL",), ("COP",), ("GOV",)):
                continue
            state = self._tied_state(child)
            if state is not None:
                return state
        return None

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
                return self._tied_state(doer)
            relation, verb = analysis.deprels[verb], analysis.heads[verb]
            if verb == ROOT:
                return None
            accused = next(
                (c for c in analysis.children[verb] if analysis.deprels[c] == "obj"), None
            )
            if relation == "advcl" and accused is not None:
                return self._tied_state(accused)
        return None
