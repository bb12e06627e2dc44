"""Which state a text is about, and when a capital stands for its government."""

from __future__ import annotations

from dragoman.actors.context import Context
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.names import pieces
from dragoman.language.analysis import ROOT

_AHEAD, _OFTEN = 2.0, 6.0  # times the next state, and how often: it is what the text is about
_WHERE = frozenset(["in", "at", "near", "outside", "inside", "across", "throughout", "around"])


class Geography(Context):
    """Which state a text is about, and when a capital stands for its government."""

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

    def _main_country(self) -> str | None:
        """The state that a text is mostly about, if one stands out."""
        counts: dict[str, float] = {}
        told: set[str] = set()
        sentence_of = self.analysis.sentence_of
        for token in [*self.finder.demonyms, *self.finder.name_at]:
            state = self.modifier_state(token) or self._state_of_name(token)
            if state is not None and not self.is_kin_only(token) and not self._is_gone(state):
                weight = 2.0 if sentence_of[token] < 2 else 1.0
                counts[state] = counts.get(state, 0.0) + weight
                name = self.finder.name_at.get(token)
                if name is None or name.via == "institution" or self._names_state(name):
                    told.add(state)
        self._spoken_of = frozenset(told)
        if not counts:
            return None
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        total = sum(counts.values())
        self._first_country = ranked[0][0]
        ahead = len(ranked) > 1 and ranked[0][1] >= _AHEAD * ranked[1][1]
        stands_out = ahead and ranked[0][1] >= _OFTEN
        return ranked[0][0] if ranked[0][1] >= 0.5 * total or stands_out else None

    def _is_gone(self, state: str) -> bool:
        """Whether a state was no more on the document's day: the Soviet Union is nobody's home."""
        if self.date is None or state not in self.directory:
            return False
        until = self.directory.entity(state).until
        return until is not None and until < self.date[:10]

    def _names_state(self, name: NameSpan) -> bool:
        """Whether a name is a state's own, not that of its capital or of someone there."""
        if name.via == "capital" or len(name.ids) != 1:
            return False
        return self.directory.entity(name.ids[0]).kind == "state"

    def _home_of_people(self, id: str) -> str | None:
        """Where a people of several states is meant to live here: the only one that is named."""
        states = self.directory.lives_in(id)
        if self._home in states:
            return self._home
        named = [state for state in states if state in self._spoken_of]
        return named[0] if len(named) == 1 else None

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
            if entity.kind in ("government", "armed-group", "people"):
                return entity.code if entity.code and entity.code in self.directory else None
        return None

    def _place_beside(self, spot: Spot) -> str | None:
        """The state of a place or state in or at which the clause of a mention plays."""
        analysis = self.analysis
        verb = analysis.heads[spot.counted if spot.counted is not None else spot.head]
        for _ in range(3):
            if verb == ROOT:
                return None
            for child in analysis.children[verb]:
                if not analysis.deprels[child].startswith(("obl", "nmod")):
                    continue
                case = next(
                    (
                        self.finder.keys[c]
                        for c in analysis.children[child]
                        if analysis.deprels[c] == "case"
                    ),
                    "",
                )
                state = self._state_at(child) if case in _WHERE else None
                if state is not None:
                    return state
            if analysis.deprels[verb] not in ("xcomp", "conj", "advcl", "acl", "ccomp"):
                return None
            verb = analysis.heads[verb]
        return None

    def _place_struck(self, spot: Spot) -> str | None:
        """The state of the place to which someone does something ("shelled the town of …")."""
        analysis = self.analysis
        verb = analysis.heads[spot.head]
        if verb == ROOT or not analysis.deprels[spot.head].startswith("nsubj"):
            return None
        objects = [c for c in analysis.children[verb] if analysis.deprels[c] in ("obj", "obl")]
        states = (self._state_at(c) for c in objects)
        return next((state for state in states if state is not None), None)

    def _state_at(self, token: int) -> str | None:
        """The state of a place by its name, or of "the city of …", "the Iraqi town"."""
        state = self._place_state(token)
        if state is not None or self.finder.lemmas[token] not in self.lexicon.places_struck:
            return state
        for child in self.analysis.children[token]:
            if self.analysis.deprels[child] in ("nmod", "amod", "appos", "compound", "nmod:desc"):
                state = self._place_state(child)
                if state is not None:
                    return state
        return None

    def _place_state(self, token: int) -> str | None:
        name = self.finder.name_at.get(token)
        if name is not None and name.via == "capital":
            return self.directory.entity(name.ids[0]).code
        state = self.modifier_state(token)
        if state is None and name is not None and name.label == "LOC" and not name.ids:
            keys = (p for t in range(name.first, name.last) for p in pieces(self.finder.keys[t]))
            state = self.lexicon.small_places.get(" ".join(keys))
        return state

    def _names_a_street(self, spot: Spot) -> bool:
        """Whether a name is but part of that of a street or house ("Nigeria Street")."""
        analysis = self.analysis
        if analysis.deprels[spot.head] != "compound":
            return False
        governor = analysis.heads[spot.head]
        return self.finder.keys[governor] in self.lexicon.sites and (
            analysis.words[governor][0].isupper()
        )
