"""Whom a phrase names: its actors, with all that is coordinated in it, and who says a clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler
from dragoman.coding.hyphens import secondhand
from dragoman.coding.parties.titled import Titled

if TYPE_CHECKING:
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.statements import Said

_BARE = frozenset({"group", "movement", "militia", "organisation", "organization", "party"})
_FORCES = frozenset({"army", "force", "navy", "military", "troop", "police", "government"})
_DEALINGS = frozenset({"visit", "trip", "meeting", "talk", "negotiation", "conversation"})
_CLIMB = 4  # clauses up to the one whose subject “they” may be
_BODY_WORDS = frozenset(
    {"government", "regime", "opposition", "rebel", "insurgent", "militant", "loyalist", "army",
     "police", "coalition", "jihadist", "separatist", "militia"}
)  # fmt: skip
_RULERS = frozenset({"government", "regime"})
_BODY_FAR = 600  # words back
_SPEAKING_OF = frozenset(
    {"say", "tell", "think", "believe", "know", "see", "call", "describe", "consider", "hope",
     "want", "fear", "expect", "report", "claim", "allege", "use", "visit", "face", "oppose"}
)  # fmt: skip
# Those who are somewhere “from” several states.
_SENT = frozenset(
    {"counterpart", "official", "diplomat", "envoy", "minister", "leader", "representative",
     "delegate", "delegation", "negotiator", "ambassador", "president", "lawmaker", "general",
     "commander", "officer"}
)  # fmt: skip
_EVENTS = frozenset({"game", "games", "olympics", "championship", "cup", "olympiad"})
_CRAFT = frozenset(
    {"vessel", "ship", "boat", "warship", "plane", "jet", "aircraft", "helicopter", "warplane",
     "tank", "drone", "submarine", "frigate", "gunboat", "missile", "rocket", "artillery", "convoy",
     "bomber", "fighter", "patrol", "destroyer", "unit", "gunner", "battery"}
)  # fmt: skip
_OWNERS = frozenset({"state", "government", "organisation", "armed-group", "igo"})
_FAR_NAME = 8  # words from “including” to the first name
_LISTED = frozenset({"country", "state", "nation", "power", "capital"})
_NOT_BUT = frozenset({"rather", "not", "instead"})


class Namer:
    """Resolves phrases of one document to the actors of its cast."""

    def __init__(
        self,
        clauses: Clauses,
        cast: CastLike,
        said: Sequence[Said] = (),
        places: Sequence[PlaceExpression] = (),
    ) -> None:
        self.clauses = clauses
        self.cast = cast
        self.said = said
        self._places = {place.head: place.to_where().country for place in places}
        self._guessed = frozenset(p.head for p in places if p.spot.lat is None)
        self._towns = frozenset(p.head for p in places if p.precision in ("city", "point"))
        self._known = frozenset(actor.id for actor in cast.actors)
        self._titled = Titled(clauses, cast)

    def speaker(self, token: int, *, quoted: bool = False) -> list[Filler]:
        """Who says the clause that the word stands in; only in quotation marks if `quoted`."""
        best: tuple[int, Said] | None = None
        for statement in self.said:
            if quoted and not statement.quoted:
                continue
            for first, last in statement.content:
                if first <= token < last and (best is None or last - first <= best[0]):
                    best = (last - first, statement)
        if best is not None:
            speaker = best[1].speaker
            where = best[1].speaker_tokens
            return (
                []
                if speaker is None
                else [Filler(where[0] if where else token, speaker, "speaker")]
            )
        return []

    def actors_at(self, token: int, *, loose: bool = False) -> list[str]:
        """The actors that a phrase names, with all that is coordinated in it."""
        found = self._titled.before_who(token)
        for one in () if found else self.clauses.coordinated(token):
            if one != token and (self._ruled_out(one) or self._is_thing(token, one)):
                continue
            found += self._at(one, loose)
            found += self._joined(one)
        found += self._titled.listed(token)
        found += [actor for actor in self._titled.listed_before(token) if actor not in found]
        return list(dict.fromkeys(found))

    def is_guessed(self, token: int) -> bool:
        """Is it a place that no gazetteer knows, or a noun that names no actor?"""
        return self.cast.at(token) is None and (token in self._guessed or token not in self._places)

    def is_town(self, token: int) -> bool:
        """Is the word the name of a town that names nobody who acts?"""
        return token in self._towns

    def before_who(self, token: int) -> list[str]:
        """All of a list before “who”, where its verb is of several."""
        return self._titled.before_who(token)

    def actors_here(self, token: int) -> list[str]:
        """The actors that this one word stands for, without what is coordinated with it."""
        return self._at(token, False)

    def _announced_together(self, token: int, actor: str | None) -> list[str]:
        """“Iran and Oman said that they had agreed”: those named together, where nobody else is."""
        if actor is not None:
            known = self.cast.actor(actor)
            if known.code or known.members or any(m.form != "pronoun" for m in known.mentions):
                return []
        clauses, verb = self.clauses, self.clauses.heads[token]
        for _ in range(_CLIMB):
            if verb < 0 or clauses.deprels[verb] not in ("ccomp", "xcomp", "advcl", "conj"):
                return []
            verb = clauses.heads[verb]
            subject = clauses.surface_subject(verb) if clauses.is_verb(verb) else None
            if subject is not None and subject != token and clauses.lemmas[subject] != "they":
                found = self.actors_at(subject)
                return found if len(found) > 1 else []
        return []

    def _ruled_out(self, token: int) -> bool:
        """“France rather than Spain”, “Peru, not Chile”, “a trip to Peru and the visit of …”."""
        if self.clauses.lemmas[token] in _DEALINGS and self.cast.at(token) is None:
            return True
        return any(
            self.clauses.deprels[child] == "cc" and self.clauses.words[child].lower() in _NOT_BUT
            for child in self.clauses.children[token]
        )

    def _is_thing(self, token: int, other: int) -> bool:
        """“Briefed the envoy on the war, and the growth of …”: no actor is joined to a person."""
        first = self.cast.at(token)
        if first is None or self.cast.actor(first).kind != "person":
            return False
        clauses = self.clauses
        return (
            self.cast.at(other) is None
            and clauses.xpos[other] == "NN"
            and not any(clauses.upos[c] == "PROPN" for c in clauses.children[other])
        )

    def _joined(self, token: int) -> list[str]:
        """A second name behind “and” that the parse made part of the first."""
        clauses = self.clauses
        found = [*self._included(token), *self._titled.hung_on(token)]
        for child in clauses.children[token]:
            if clauses.lemmas[token] in _LISTED and clauses.deprels[child] in ("appos", "list"):
                for one in clauses.coordinated(child):  # “four countries, Peru, Chile and …”
                    found += self._at(one, False) if clauses.upos[one] == "PROPN" else []
            named = self.cast.at(child)
            if named is not None and self.cast.actor(named).kind == "person":
                for other in clauses.coordinated(child):  # hung on the name, not on the office
                    if other != child and clauses.upos[other] in ("PROPN", "NOUN"):
                        found += self._at(other, False)
            if clauses.deprels[child] == "nmod:desc" and named is None:  # hung on the title
                for other in clauses.coordinated(child):
                    if other != child and clauses.upos[other] == "PROPN":
                        found += self._at(other, False)
            if clauses.deprels[child] != "flat":
                continue
            actor = self.cast.at(child)
            between = clauses.lemmas[token + 1 : child]
            if actor is not None and actor != self.cast.at(token) and "and" in between:
                found.append(actor)
        return found

    def _included(self, token: int) -> list[str]:
        """“Officials, including Ana Diaz and Luis Rey”: those who are named behind the noun."""
        clauses = self.clauses
        after = token + 1 + (clauses.words[token + 1 : token + 2] == [","])
        if clauses.words[after : after + 1] != ["including"]:
            return []
        for name in range(after + 1, min(after + _FAR_NAME, len(clauses.words))):
            if clauses.case.get(name) == "including":
                flat = [c for c in clauses.children[name] if clauses.deprels[c] == "flat"]
                heads = [one for t in (name, *flat) for one in clauses.coordinated(t)]
                return [a for one in heads if one not in flat for a in self._at(one, False)]
        return []

    def _at(self, token: int, loose: bool) -> list[str]:
        clauses = self.clauses
        actor = self.cast.at(token)
        holder = self._titled.holder(token, actor)
        if holder is not None:
            return [holder]
        if clauses.lemmas[token] == "they":
            several = self._announced_together(token, actor)
            if several:
                return several
        if actor is not None:
            own = self._of_speaker(token, actor) or self._counterpart(token, actor)
            if own is not None:
                return [own]
            return self._named_before(token, actor) or [
                actor, *self._offices_of(token), *self._states_before(token, actor)
            ]  # fmt: skip
        for child in clauses.children[token]:  # a name that the parse made part of its title
            if clauses.deprels[child] in ("flat", "appos", "nmod:desc"):
                actor = self.cast.at(child)
                if actor is not None:
                    return [actor]
        if clauses.lemmas[token] in clauses.lexicon.partitive or clauses.upos[token] == "NUM":
            inner = [a for t in clauses.under(token, "of") for a in self.actors_at(t, loose=loose)]
            if inner:
                return inner
        state = self._state(token)
        if state is not None:
            return [state]
        found = self._around(token) if loose else self._by_modifier(token)
        return found or self._body_before(token) or self._at_place(token)

    def _of_speaker(self, token: int, actor: str) -> str | None:
        """“Our army is on alert”, or “the army”, said a Turkish general: the speaker's state."""
        clauses = self.clauses
        if clauses.lemmas[token] not in _FORCES or self.cast.actor(actor).kind == "person":
            return None
        if any(clauses.deprels[c] in ("nmod:poss", "nmod") for c in clauses.children[token]):
            return None
        for child in clauses.children[token]:
            if clauses.deprels[child] in ("compound", "amod") and clauses.words[child][0].isupper():
                return None
        if not any(clauses.lemmas[c] in ("the", "our") for c in clauses.children[token]):
            return None
        speakers = [self.cast.actor(f.actor) for f in self.speaker(token, quoted=True)]
        code = speakers[0].code if speakers else None
        if code is None or code not in self._known or code == self.cast.actor(actor).code:
            return None
        return code

    def _counterpart(self, token: int, actor: str) -> str | None:
        """“Praised his counterpart”: of two told in the sentence, the one who does not praise."""
        clauses = self.clauses
        if clauses.lemmas[token] != "counterpart" or self.cast.actor(actor).code is not None:
            return None
        verb = clauses.heads[token]
        while verb >= 0 and not clauses.is_verb(verb):
            verb = clauses.heads[verb]
        subject = clauses.surface_subject(verb) if verb >= 0 else None
        own = self.cast.at(subject) if subject is not None else None
        first = clauses.analysis.tokens.bounds[clauses.analysis.sentence_of[token]]
        others = dict.fromkeys(
            known
            for before in range(first, token)
            if (known := self.cast.at(before)) is not None
            and known not in (own, actor)
            and self.cast.actor(known).kind == "person"
        )
        return next(iter(others)) if len(others) == 1 else None

    def _named_before(self, token: int, actor: str) -> list[str]:
        """“The Hezbollah group”: the name before a bare noun says who it is."""
        if self.clauses.lemmas[token] not in _BARE or self.cast.actor(actor).code is not None:
            return []
        for child in self.clauses.children[token]:
            if self.clauses.deprels[child] in ("compound", "nmod:desc", "appos"):
                named = self.cast.at(child)
                if named is not None and named != actor:
                    return [named]
        return []

    def _offices_of(self, token: int) -> list[str]:
        """“The foreign ministers of France and Poland” are of several states; all are named."""
        clauses = self.clauses
        if clauses.xpos[token] not in ("NNS", "NNPS"):
            return []
        behind = clauses.under(token, "of")
        if not behind and clauses.lemmas[token] in _SENT:
            behind = clauses.under(token, "from") or clauses.under(token, "in")
        if behind:  # further states of a list that the parse hung on the office itself
            behind = [
                *behind,
                *(
                    c
                    for c in clauses.children[token]
                    if c > behind[-1] and clauses.deprels[c] in ("nmod", "conj", "appos", "list")
                    and c not in clauses.case and clauses.upos[c] == "PROPN"
                ),
            ]  # fmt: skip
        states = [self.cast.at(one) for child in behind for one in clauses.coordinated(child)]
        if len(states) == 1 and states[0] is not None:  # “generals of both sides”
            sides = self.cast.actor(states[0])
            if sides.kind == "unnamed" and self._known.issuperset(sides.members):
                states = list(sides.members) or states
        found = [state for state in states if state is not None]
        own = self.cast.at(token)
        if own is not None and self.cast.actor(own).kind == "unnamed":  # “officials from A and B”
            found = [s for s in found if s not in (own, self.cast.actor(own).code)] or found
            return found if len(states) > 1 else []
        return found if len(states) > 1 else []

    def _states_before(self, token: int, actor: str) -> list[str]:
        """“The Turkish and Greek sides” are of two states, and no code of their own tells that."""
        clauses = self.clauses
        if self.cast.actor(actor).code is not None or clauses.xpos[token] != "NNS":
            return []
        for child in clauses.children[token]:
            if clauses.deprels[child] == "amod":
                states = [self._state(one) for one in clauses.coordinated(child)]
                found = [state for state in states if state is not None]
                if len(found) > 1:
                    return found
        return []

    def _at_place(self, token: int) -> list[str]:
        """A town stands for its state where it is visited or struck, if that is in the cast."""
        country = self._places.get(token)
        return [country] if country is not None and country in self._known else []

    def _by_modifier(self, token: int) -> list[str]:
        """“Turkish warships”: the state that the adjective names."""
        clauses = self.clauses
        for child in clauses.children[token]:
            if clauses.deprels[child] in ("amod", "compound", "nmod:poss"):
                if secondhand(clauses, child):
                    continue
                state = self._state(child)
                if state is not None:
                    return [state]
                owner = self._owner(token, child)
                if owner is not None:
                    return [owner]
        return self._by_body(token)

    def _owner(self, token: int, child: int) -> str | None:
        """“A Turkish coast guard vessel”, “two of its jets”: whose craft or weapons they are."""
        lemma = self.clauses.lemmas[token]
        if lemma not in _CRAFT and not any(c.isdigit() for c in lemma):
            return None
        actor = self.cast.at(child)
        if actor is None or self.cast.actor(actor).kind not in _OWNERS:
            return None
        return actor

    def _by_body(self, token: int) -> list[str]:
        """“A rebel barrage”, “regime helicopters”: those who were so called last before."""
        for child in self.clauses.children[token]:
            found = self._body_before(child)
            if found:
                return found
        return []

    def _body_before(self, word: int) -> list[str]:
        """Whom a bare word for a body stands for, where it stands before another noun."""
        clauses, lemma = self.clauses, self.clauses.lemmas[word]
        if lemma not in _BODY_WORDS or clauses.deprels[word] not in ("compound", "amod"):
            return []
        if self.cast.at(word) is not None or secondhand(clauses, word):
            return []
        alike = _RULERS if lemma in _RULERS else {lemma}
        for before in range(word - 1, max(-1, word - _BODY_FAR), -1):
            actor = self.cast.at(before) if clauses.lemmas[before] in alike else None
            if actor is not None:
                return [actor]
        return []

    def _state(self, token: int) -> str | None:
        """The state that an adjective or a name stands for, if it is in the cast."""
        state = self.cast.modifier(token)
        return state if state in self._known else None

    def _around(self, token: int) -> list[str]:
        """An actor that stands inside a phrase which names none: “Israel's demand”, “… of Mali”."""
        clauses = self.clauses
        found = self._by_modifier(token)
        if found:
            return found
        for deprels in (("nmod:poss",), ("compound", "amod", "appos"), ("nmod",)):
            for child in clauses.children[token]:
                if secondhand(clauses, child):
                    continue
                if clauses.deprels[child] in deprels and clauses.case.get(child) in (
                    None, "of", "by", "'s", "’s", "against", "on", "in", "'", "from",
                ):  # fmt: skip
                    if clauses.lemmas[child].lower() in _EVENTS:
                        continue  # “the winners of the Games in Peru”
                    inner = self.actors_at(child, loose=clauses.deprels[child] == "nmod")
                    if inner:
                        return inner
        return self._who_made(token)

    def _who_made(self, token: int) -> list[str]:
        """“Efforts that its partners make”, “steps taken by Peru”: whose they are."""
        clauses = self.clauses
        for child in clauses.children[token]:
            relation = clauses.deprels[child]
            if relation not in ("acl:relcl", "acl") or not clauses.is_verb(child):
                continue
            if clauses.mark.get(child) == "that" or clauses.lemmas[child] in _SPEAKING_OF:
                continue  # “allegations that Chad …”, “a blast that police said …”
            doer = clauses.agent(child)
            if doer is None or doer == token:
                continue
            if relation == "acl:relcl" or clauses.case.get(doer) == "by":
                found = self.actors_at(doer)
                if found:
                    return found
        return []
