"""Places to which something is done: a town that is shelled, a city under curfew.

Who lives there is acted on, and the text names them by the place alone. Such a place is an actor of
the kind `people`, with the code of its state; elsewhere the same name is a place and no actor.
"""

from __future__ import annotations

from dragoman.actors.chains import Chain
from dragoman.actors.describing import Describing
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.names import pieces


class Struck(Describing):
    """Gives places that suffer or receive a deed an actor: those who live there."""

    def _struck(self, spot: Spot) -> Chain | None:
        """Those who live in a place that is named as struck, or None."""
        name = spot.name
        if name is None or not self._is_place_name(spot):
            return None
        if not self.finder.is_struck(spot.head):
            return None
        words = [self.finder.keys[t] for t in range(name.first, name.last)]
        key = ("struck", *words)
        chain = self._by_name.get(key)
        if chain is None:
            chain = self._new(self._words(name.first, name.last), "people", "body")
            chain.code = self._state_of_place(spot)
            chain.sectors = ("CVL",)
            chain.part_of = chain.code
            self._by_name[key] = chain
        return chain

    def hosts(self) -> list[tuple[str, int, int]]:
        """The states of towns that someone goes to, with the town's first and last token.

        The town stays a place; its state may be the host.
        """
        found: list[tuple[str, int, int]] = []
        for spot in self.spots:
            if spot.name is None or self._seen.get(spot.head) is not None:
                continue
            if self._is_place_name(spot) and self.finder.is_visited(spot.head):
                state = self._known_place(spot.name)
                if state is not None:
                    found.append((state, spot.name.first, spot.name.last))
        return found

    def _known_place(self, name: NameSpan) -> str | None:
        """The state of a place that is known by its name."""
        if name.ids:
            return self._then(self.directory.entity(name.ids[0]).code)
        return self.finder.places.get(name.first)

    def _is_place_name(self, spot: Spot) -> bool:
        name = spot.name
        if name is None or not self.lexicon.waters.isdisjoint(
            self.finder.keys[name.first : name.last]
        ):
            return False  # “the Persian Gulf” is no state's, whatever its name says
        if name.via in ("capital", "place"):
            return True
        return not name.ids and name.label == "LOC" and name.via != "site"

    def _state_of_place(self, spot: Spot) -> str | None:
        """The state of a place: known, or told beside it, or that of the story."""
        name = spot.name
        assert name is not None
        known = self._known_place(name)
        if known is not None:
            return known
        key = " ".join(p for t in range(name.first, name.last) for p in pieces(self.finder.keys[t]))
        analysis = self.analysis
        beside = [c for c in analysis.children[spot.head] if c != spot.head]
        for child in beside:
            if analysis.deprels[child] in ("appos", "nmod", "nmod:poss", "amod", "compound"):
                told = self._told_state(child)
                if told is not None:
                    return told
        return self.lexicon.places.get(key) or self.lexicon.small_places.get(key) or self._home

    def _told_state(self, token: int) -> str | None:
        """The state at a token or among what hangs on it ("Syria's last enclave")."""
        state = self.modifier_state(token)
        if state is not None:
            return state
        analysis = self.analysis
        for child in analysis.children[token]:
            if analysis.deprels[child] in ("nmod:poss", "amod", "nmod", "compound"):
                state = self.modifier_state(child)
                if state is not None:
                    return state
        return None
