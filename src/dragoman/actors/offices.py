"""Holders of offices: of the publisher whose text it is, of bodies, of those named below."""

from __future__ import annotations

from dragoman.actors.chains import Chain
from dragoman.actors.descriptions import Description
from dragoman.actors.groups import TOP_OFFICES
from dragoman.actors.mentions import Spot
from dragoman.actors.naming_people import SINCE
from dragoman.actors.untold import Untold

# Offices that head a body, whatever it calls them: "the President of the European Council".
_FORCES = frozenset(["armed-group", "government"])
_HEADS = {"president": 0, "chair": 1, "secretary-general": 2}.keys()


_TOP = frozenset({"top", "chief"})
_HEADS_OF_STATE = frozenset({"president", "head-of-state"})


class Offices(Untold):
    """Holders of offices that no state beside them tells."""

    def _unnamed(
        self,
        spot: Spot,
        said: Description,
        tied: list[tuple[str, Chain | None, str | None]],
        state: str | None,
    ) -> Chain:
        """A new actor, known by the description only; told by the step that describes."""
        raise NotImplementedError

    def _own_office(self, spot: Spot, said: Description, classes: set[str]) -> Chain | None:
        """ "The President" of a presidency's own text: who holds the office."""
        voice = self._voice()
        if voice is None or not voice.offices & classes or not self._is_own_title(spot, said):
            return None
        noun = said.agent.noun
        if not voice.offices & TOP_OFFICES and noun not in voice.nouns and self._calls(noun):
            return None  # a foreign ministry's "the Foreign Minister" may be the guest
        voice.nouns.add(noun)
        return voice

    def _calls(self, noun: str) -> bool:
        """Whether the text has called somebody else so."""
        voice = self._voice()
        return any(noun in c.nouns for c in self.chains if c is not voice and c.sort == "person")

    def _only_of_late(self, state: str, classes: set[str]) -> Chain | None:
        """The one recent holder of an office whom an undated text names ("President Obama")."""
        found = [
            c
            for c in self.chains
            if c.entity is not None
            and c.names
            and c.code == state
            and any(
                (office.end is None or office.end >= SINCE)
                and office.body == state
                and set(self._classes(office.office)) & classes
                for office in c.entity.offices
            )
        ]
        return found[0] if len(found) == 1 else None

    def _called_so(self, spot: Spot, said: Description) -> Chain | None:
        """ "The Secretary" of the State Department's own text."""
        called = self.publisher.called if self.publisher is not None else ()
        keys = self.finder.keys
        words = " ".join(keys[spot.phrase.first : spot.phrase.last]) if spot.phrase else ""
        if words not in called or said.plural or said.former or said.lesser or said.indefinite:
            return None
        return self._voice() if self._is_own_title(spot, said) else None

    def _is_own_title(self, spot: Spot, said: Description) -> bool:
        """Is it said in the publisher's own voice: by its narrator, or by one of its own people?"""
        if said.ties or self.quotes.quote_of(spot.head) >= 0:
            return False
        if not self.quotes.is_spoken(spot.head):
            return True
        return self._own_state() is not None and self._is_own_speaker(spot)

    def _is_own_speaker(self, spot: Spot) -> bool:
        """Below whose label a word stands: a spokesman of the publisher, or nobody known?"""
        token = self.quotes.speaker_of(spot.head)
        if token is None:
            return True
        speaker = self.by_head.get(token)
        chain = self._resolve(speaker) if speaker is not None else self.at.get(token)
        if chain is not None and chain is self._voice():
            return False  # who holds the office himself says “I”
        return chain is None or chain.state in (None, self._own_state())

    def _is_of_own_head(self, spot: Spot, said: Description, classes: set[str]) -> bool:
        """ "The President" of a presidency's own undated text: of its own state, whoever it is."""
        publisher = self.publisher
        if publisher is None or publisher.office != "head-of-state" or self._own_state() is None:
            return False
        return bool(classes & _HEADS_OF_STATE) and self._is_own_title(spot, said)

    def _office_of_body(self, spot: Spot, said: Description, classes: list[str]) -> Chain | None:
        """ "The president of the Academy of Sciences": who leads a body leads no state."""
        tied = self._tied(said)
        body = next(
            (
                chain
                for how, chain, _ in tied
                if chain is not None and how in ("of", "for", "poss") and chain.kind != "state"
            ),
            None,
        )
        if body is not None and body.kind in _FORCES and set(classes) == {"leader"}:
            return self._unnamed(spot, said, tied, body.code)  # "the chief of the armed forces"
        if body is None or body.kind not in ("organisation", "igo") or body.plural:
            return None
        id = body.id_of_entity
        for office in dict.fromkeys((*classes, *_HEADS)) if id is not None and classes else ():
            if office in classes or set(classes) & _HEADS:
                holder = self._holder(office, id or "")
                if holder is not None:
                    return holder
        if body.kind == "igo":
            return None

        def leads(chain: Chain) -> bool:
            return bool(chain.offices & set(classes)) and chain.part_of in (id or "", body.name)

        return self._latest(leads) or self._unnamed(spot, said, tied, body.code)

    def _state_of_speaker(self, spot: Spot) -> str | None:
        """The state of who says, in an official text, what a title stands in."""
        token = self.quotes.speaker_of(spot.head) if self.publisher is not None else None
        speaker = self.by_head.get(token) if token is not None else None
        chain = self._resolve(speaker) if speaker is not None else None
        return chain.state if chain is not None else None

    def _named_below(
        self, said: Description, state: str | None, classes: list[str]
    ) -> Chain | None:
        """The one person whom the text names, here or below, with that office of that state."""
        if state is None or said.indefinite:
            return None
        held = [
            c
            for c in self.chains
            if c.names and c.sort == "person" and c.code == state and c.offices & set(classes)
        ]
        return held[0] if len(held) == 1 else None

    def _top_diplomat(
        self,
        spot: Spot,
        said: Description,
        state: str | None,
        tied: list[tuple[str, Chain | None, str | None]],
    ) -> Chain | None:
        """ "The top US diplomat": the foreign minister."""
        top = not _TOP.isdisjoint(self.finder.keys[spot.first : spot.head])
        if (
            said.agent.noun != "diplomat"
            or not top
            or said.plural
            or said.former
            or said.indefinite
        ):
            return None
        body = self._body(tied) or state
        if body is None:
            return None
        offices = ("foreign-minister", "high-representative")
        met = self._latest(lambda c: c.code == state and not c.offices.isdisjoint(offices))
        found = (self._holder(office, body) for office in offices)
        return met or next((holder for holder in found if holder is not None), None)

    def _stationed(
        self, said: Description, tied: list[tuple[str, Chain | None, str | None]]
    ) -> Chain | None:
        """ "Troops in Chad", after "Peruvian troops": they are those, wherever they stand."""
        if said.agent.sectors[:1] != ("MIL",) or not said.plural or said.indefinite:
            return None
        if not tied or any(how not in ("in", "at", "inside", "within") for how, _, _ in tied):
            return None
        here = {state or (chain.state if chain else None) for _, chain, state in tied}
        near = self._latest(lambda c: c.plural and not c.members and said.agent.noun in c.nouns)
        return near if near is not None and near.state not in {None, *here} else None
