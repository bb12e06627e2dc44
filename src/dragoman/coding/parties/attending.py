"""Who is at a contact without being named with it: guests of bodies, those told right before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler
from dragoman.coding.matching import Candidate

_SENTENCES_BACK = 4  # that may tell who meets
_TELLER_WORDS = 80  # how far from a contact its teller may say “I”
_AHEAD = frozenset({"before", "ahead_of", "since", "until"})
_CLIMB = 5  # words up to the verb that greets
_AUDIENCE = frozenset({"participant", "guest", "organiser", "organizer", "attendee", "delegate"})
_GREETING = frozenset({"greet", "greeting", "greetings", "message", "congratulate", "address",
                       "telegram", "congratulation", "congratulations", "wish"})  # fmt: skip
_ATTENDING = frozenset(
    {"attend", "speak", "address", "participate", "take", "join", "meet", "present", "arrive"}
    | {"invite", "represent", "go", "fly", "come", "hold", "sign"}
)  # fmt: skip


_THERE = frozenset({"attend", "participate", "take", "join"})


class Attending:
    """Answers for the contacts of one document."""

    def __init__(self, clauses: Clauses, cast: CastLike) -> None:
        self._clauses = clauses
        self._cast = cast

    def at_bodies(self, candidate: Candidate, actors: Sequence[Filler]) -> bool:
        """“Spoke at the summits of NATO and the G7”: whoever speaks is there as well."""
        kinds = {self._cast.actor(f.actor).kind for f in actors}
        return self._clauses.case.get(candidate.head) == "at" and not kinds & {"person", "state"}

    def is_audience(self, filler: Filler) -> bool:
        """“A message to the participants of the Forum of Peru”: it is a letter to no state."""
        return self._clauses.lemmas[filler.token] in _AUDIENCE and (
            self._cast.actor(filler.actor).kind in ("state", "igo", "bloc", "organisation")
        )

    def is_greeted(self, noun: int) -> bool:
        """“Sent greetings to the guests of the conference”: it is a contact of nobody named."""
        clauses, above, told = self._clauses, noun, False
        for _ in range(_CLIMB):
            above = clauses.heads[above]
            if above < 0 or clauses.is_verb(above):
                break
            told = told or clauses.lemmas[above] in _AUDIENCE
        if above >= 0 and not told:
            cases = [c for c in clauses.children[noun] if clauses.deprels[c] == "case"]
            told = any(c and clauses.lemmas[c - 1] in _AUDIENCE for c in cases)
        if above < 0 or not told:
            return False
        words = [above, *clauses.children[above]]
        return any(clauses.lemmas[word] in _GREETING for word in words)

    def may_attend(self, candidate: Candidate, actors: Sequence[Filler], one: Filler) -> bool:
        """“We count on support at the meeting of the Council”: who is no member need not be there.

        Guests are told to speak, to meet or to take part.
        """
        bodies = [self._cast.actor(f.actor) for f in actors]
        whole = bodies and all(body.kind in ("igo", "bloc", "organisation") for body in bodies)
        if whole and self._clauses.case.get(candidate.head) in _AHEAD:
            return False  # “before the meeting of the Fund the bank was offering money”
        members = {m for body in bodies if body.kind in ("igo", "bloc") for m in body.members}
        code = self._code(one)
        if not members or code is None or code in members or code in {b.code for b in bodies}:
            return True
        verb = self._clauses.heads[candidate.head]
        while verb >= 0 and not self._clauses.is_verb(verb):
            if self._clauses.lemmas[verb] == "participation":
                return True
            verb = self._clauses.heads[verb]
        return verb >= 0 and self._clauses.lemmas[verb] in _ATTENDING

    def in_front(self, noun: int, actors_at: Callable[[int], Sequence[str]]) -> list[Filler]:
        """“Also attending the meeting were the kings of Peru and Chile”: they are behind."""
        clauses = self._clauses
        verb = clauses.heads[noun]
        if verb >= 0 and not clauses.is_verb(verb):
            verb = clauses.heads[verb]
        if verb < 0 or clauses.xpos[verb] != "VBG" or clauses.lemmas[verb] not in _THERE:
            return []
        top = clauses.heads[verb]
        copula = (
            [c for c in clauses.children[top] if clauses.deprels[c] == "cop"] if top > 0 else []
        )
        if not copula or not noun < copula[0] < top or clauses.upos[top] not in ("PROPN", "NOUN"):
            return []
        return [Filler(top, actor, "subj") for actor in actors_at(top)]

    def told_last(self, candidate: Candidate, actors: Sequence[Filler]) -> list[Filler]:
        """“During the meeting with the envoy of Peru, the focus was on trade”: who has met him.

        It is the person whom a sentence right before had for its subject.
        """
        clauses, head = self._clauses, candidate.head
        if clauses.case.get(head) not in ("during", "at") or not actors:
            return []
        slots = {f.slot for f in actors}
        if "with" not in slots or not slots <= {"with", "poss", "of"}:
            return []
        codes = {self._code(f) for f in actors}
        bounds = clauses.analysis.tokens.bounds
        here = clauses.analysis.sentence_of[head]
        for sentence in range(here - 1, max(-1, here - 1 - _SENTENCES_BACK), -1):
            for token in range(bounds[sentence], bounds[sentence + 1]):
                if clauses.deprels[token] not in ("nsubj", "nsubj:pass"):
                    continue
                if clauses.lemmas[token] in ("i", "we"):
                    continue  # in the words of somebody who is quoted
                actor = self._cast.at(token)
                if actor is None or self._cast.actor(actor).kind != "person":
                    continue
                code = self._cast.actor(actor).code
                if code is not None and code not in codes:
                    return [Filler(token, actor, "told before")]
        return []

    def who_tells(self, candidate: Candidate, actors: Sequence[Filler]) -> list[Filler]:
        """“We are strong. Today there was a meeting with the king”: whoever speaks has met him."""
        clauses, head = self._clauses, candidate.head
        above = clauses.heads[head]
        if {f.slot for f in actors} != {"with"} or above < 0 or clauses.lemmas[above] != "be":
            return []
        if not any(clauses.lemmas[child] == "there" for child in clauses.children[above]):
            return []
        codes = {self._code(f) for f in actors}
        nearby = range(max(0, head - _TELLER_WORDS), min(len(clauses.words), head + _TELLER_WORDS))
        for token in sorted(nearby, key=lambda token: abs(token - head)):
            actor = self._cast.at(token)
            if clauses.lemmas[token] not in ("i", "we", "our", "my") or actor is None:
                continue
            known = self._cast.actor(actor)
            own = known.kind == "person" and known.code is not None and known.code not in codes
            return [Filler(token, actor, "who tells")] if own else []
        return []

    def _code(self, filler: Filler) -> str | None:
        return self._cast.actor(filler.actor).code
