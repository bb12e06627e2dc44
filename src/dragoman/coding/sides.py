"""The two sides of a contact, where the grammar of one clause names one of them or too many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.coding.clauses import Clauses
from dragoman.coding.doers import Fill
from dragoman.coding.fillers import CastLike, Filler, Roles, distinct, is_political
from dragoman.coding.matching import Candidate, Matcher

_VENUES = frozenset(
    {"geneva", "vienna", "brussels", "strasbourg", "york", "doha", "astana", "nur-sultan", "muscat",
     "oslo", "lausanne", "davos", "hague", "helsinki", "reykjavik", "sochi", "istanbul", "jeddah",
     "minsk", "luxembourg", "cairo", "algiers", "stockholm", "montreux", "singapore"}
)  # fmt: skip


class Sides:
    """Completes the parties of contacts; `fill` finds the actors of a slot."""

    def __init__(
        self,
        clauses: Clauses,
        matcher: Matcher,
        cast: CastLike,
        fill: Fill,
        actors_at: Callable[[int], list[str]],
    ) -> None:
        self._clauses = clauses
        self._matcher = matcher
        self._cast = cast
        self._fill = fill
        self._actors_at = actors_at

    def of(
        self, candidate: Candidate, actors: Sequence[Filler], recipients: Sequence[Filler]
    ) -> Roles:
        """All who take part in a mutual event, as actors."""
        actors = self.told_when_they_met(candidate.top) or actors
        parties = distinct(self.without_venue([*actors, *recipients]))
        parties = self._without_seat(candidate.head, parties)
        return self.with_host(candidate, parties) if len(parties) == 1 else Roles(parties)

    def told_when_they_met(self, verb: int) -> list[Filler]:
        """“He told the king as they met”: they are the two of the clause above."""
        clauses, above = self._clauses, self._clauses.heads[verb]
        subject = clauses.surface_subject(verb)
        if subject is None or clauses.lemmas[subject] != "they" or clauses.deprels[verb] != "advcl":
            return []
        if above < 0 or not clauses.is_verb(above):
            return []
        own = self._fill(above, ((("subj",),),))
        other = self._fill(above, ((("iobj",),), (("obj",),), (("to",),), (("with",),)))
        people = {f.actor for f in (*own, *other) if self._cast.actor(f.actor).kind == "person"}
        both = len({f.actor for f in own}) == len({f.actor for f in other}) == 1
        return [*own, *other] if both and len(people) == 2 else []

    def with_host(self, candidate: Candidate, parties: tuple[Filler, ...]) -> Roles:
        """“He will hold talks in Beijing”: one side alone is told, the capital's is the other.

        Cities that lend themselves to the talks of others are nobody's.
        """
        one = self._cast.actor(parties[0].actor)
        if candidate.frame.type != "CONSULT" or not is_political(one) or one.code is None:
            return Roles(parties)
        for base in dict.fromkeys((candidate.head, candidate.top)):
            for place in self._matcher.slot_tokens(base, ("in",)):
                if self._clauses.lemmas[place] in _VENUES:
                    continue
                for actor in self._actors_at(place):
                    host = self._cast.actor(actor)
                    if host.kind == "state" and host.code not in (one.code, None):
                        return Roles((*parties, Filler(place, actor, "in")))
        return Roles(parties)

    def without_venue(self, fillers: list[Filler]) -> list[Filler]:
        """“The Syrian ceasefire between the army and the rebels”: between tells all of them."""
        if len({f.actor for f in fillers if f.slot == "between"}) < 2:
            return fillers
        owners = ("nmod:poss",)
        return [f for f in fillers if f.slot != "poss" or self._clauses.deprels[f.token] in owners]

    def _without_seat(self, noun: int, fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """“The Munich Security Conference” is named after where it is held, and not of its state.

        A state that is named by a place alone is spoken of nowhere else.
        """
        if self._clauses.upos[noun] != "PROPN":
            return fillers
        actors = self._cast.actor
        return tuple(
            f
            for f in fillers
            if f.slot != "poss" or actors(f.actor).kind != "state" or actors(f.actor).mentions
        )

    def destination(self, noun: int, actors: Sequence[Filler]) -> list[Filler]:
        """“The minister's China trip” leads to China; what is before “trip” alone is its owner."""
        clauses, visitors = self._clauses, {f.actor for f in actors}
        if clauses.child(noun, "nmod:poss") is None:
            return []
        return [
            Filler(child, actor, "destination")
            for child in clauses.children[noun]
            if clauses.deprels[child] == "compound" and clauses.upos[child] == "PROPN"
            for actor in self._actors_at(child)
            if actor not in visitors and self._cast.actor(actor).kind == "state"
        ]
