"""Who takes part: the arguments of a frame, resolved to actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler, Roles, distinct
from dragoman.coding.hyphens import sided
from dragoman.coding.matching import NOUN, Candidate, Matcher
from dragoman.coding.parties.attending import Attending
from dragoman.coding.parties.naming import Namer
from dragoman.coding.parties.nouns import NounParties
from dragoman.coding.parties.sides import Sides
from dragoman.coding.parties.slots import TOGETHER, Slots
from dragoman.ontology.frame_files import Slot

if TYPE_CHECKING:
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.statements import Said

_VEHICLES = frozenset({"helicopter", "plane", "aircraft", "jet", "train", "car", "convoy", "ship"})
_STRUCK = frozenset({"ASSAULT", "SANCTION", "AID"})
_PLACES = frozenset(
    {"city", "town", "village", "country", "capital", "region", "state", "land", "house", "home"}
)
_WITH = frozenset({"with", "along", "along_with", "together_with"})
_HOSTILE = frozenset(
    {"ASSAULT", "MOBILIZE", "PROTEST", "SANCTION", "COERCE", "THREATEN", "ACCUSE", "REJECT"}
)
_JUDGING = frozenset(
    {"ACCUSE", "SUPPORT", "REJECT"}
)  # deeds are judged, and with them who did them
_MATERIAL = frozenset({"ASSAULT", "MOBILIZE", "COERCE"})
_OF_CLAUSE = ((("that", "subj"),), (("obj", "that", "subj"),))
_HELPING = frozenset(
    {"help", "assist", "support", "stand", "back", "protect", "defend", "fund", "finance", "aid",
     "join", "rebuild", "cooperate", "work"}
)  # fmt: skip
_SENDING = frozenset({"lend", "give", "provide", "supply", "send", "grant", "deliver"})
_EDGES = frozenset({"border", "frontier", "coast", "capital", "shore"})
_TO_WHOM = ((("iobj",),), (("to",),), (("obj", "to"),))
_WHOM = ((("iobj",),), (("obj",),), (("with",),), (("to",),))
_BESIDE_WHOM = ((("by",),), (("with",),))
_TERROR = frozenset(
    {"act", "terrorism", "terror", "barbarism", "bloodshed", "massacre", "atrocity"}
)
_EACH_OTHER = frozenset({("each", "other"), ("one", "another")})
_NOMINAL = frozenset({"NOUN", "PROPN"})


class Participants:
    """Resolves the roles of candidates in one document."""

    def __init__(
        self,
        clauses: Clauses,
        matcher: Matcher,
        cast: CastLike,
        said: Sequence[Said] = (),
        places: Sequence[PlaceExpression] = (),
    ) -> None:
        self.clauses = clauses
        self.matcher = matcher
        self.cast = cast
        self._namer = Namer(clauses, cast, said, places)
        self._known = frozenset(actor.id for actor in cast.actors)
        self._slots = Slots(clauses, matcher, cast, self._namer)
        self._doers = self._slots.doers
        self._fill = self._slots.fill
        self._attending = Attending(clauses, cast)
        self._sides = Sides(clauses, matcher, cast, self._slots.fill, self._slots.actors_at)
        self._of_nouns = NounParties(
            clauses, matcher, cast, self._namer, self._slots, self._sides, self._attending
        )

    def roles(self, candidate: Candidate) -> Roles:
        """Actors and recipients of a candidate, before composition has its say."""
        if candidate.part == NOUN:
            actors, recipients = self._of_nouns.of(candidate)
        else:
            actors = self._ordering(candidate.head) or self._in_content(candidate)
            actors = actors or self._fill(candidate.head, candidate.frame.actor)
            actors += self._companions(candidate.head)
            recipients = self._fill(candidate.head, candidate.frame.recipient, loose=True)
            if candidate.frame.type == "CONSULT" and candidate.frame.mutual:
                recipients += self._fill(candidate.head, TOGETHER) or self._together(candidate.head)
            undergone = candidate.passive or self.clauses.xpos[candidate.head] == "VBN"
            if not actors and undergone and candidate.frame.type == "ASSAULT":
                hit = {f.actor for f in recipients}
                actors = [f for f in self._doers.amid(candidate.head) if f.actor not in hit]
            recipients = [f for f in recipients if not self._is_distance(f)]
            if candidate.frame.type in _JUDGING:
                recipients = self._whose_deed(candidate, recipients)
        if candidate.frame.mutual and self._is_anybodys(candidate, actors):
            return Roles((), ())  # “I spoke to a senator and a deputy”, says no one known
        if candidate.frame.medium == "letter":  # “a message to the guests of the Chad Forum”
            recipients = [f for f in recipients if not self._attending.is_audience(f)]
        if candidate.frame.mode == "visit":  # “flew there in a helicopter”
            lemmas = self.clauses.lemmas
            recipients = [f for f in recipients if lemmas[f.token] not in _VEHICLES]
            if candidate.part != NOUN:
                with_whom = self._fill(candidate.head, TOGETHER) or self._together(candidate.head)
                actors += [f for f in with_whom if self.cast.actor(f.actor).kind == "person"]
            if candidate.frame.name == "send-envoy":
                actors = self._slots.sent(candidate.head) or actors
            recipients = [named for f in recipients for named in self._sides.counted(f)]
            recipients = self._without_guess(actors, recipients)
            recipients = list(self._sides.without_told_again(tuple(recipients)))
            recipients = [self._place_of(f) for f in recipients]
            actors = self._from_abroad(actors, recipients)
        if candidate.frame.mutual:
            return self._sides.of(candidate, actors, recipients)
        if self._is_each_other(candidate, actors):
            each = distinct(
                replace(filler, actor=member)
                for filler in actors
                for member in self.members(filler.actor)
            )
            if len(each) > 1:
                return Roles(each, tuple(replace(f, slot="each other") for f in each))
        if not recipients and candidate.frame.type in _HOSTILE:
            recipients = self._fill(candidate.top, ((("deep:against",),),), loose=True)
        if not recipients and candidate.frame.type in _STRUCK and candidate.frame.recipient:
            found = self._fill(candidate.top, ((("in",),),), loose=True)
            recipients = [f for f in found if self._doers.frame_of(f.token) is None]
        if not recipients and candidate.frame.type == "SANCTION":
            recipients = self._fill(candidate.top, ((("because_of",),), (("over",),)), loose=True)
        if not recipients and candidate.frame.type == "AGREE" and candidate.part != NOUN:
            recipients = self._helped(candidate.head)
        if not recipients and candidate.frame.type == "PROTEST":
            recipients = self._marched_for(candidate.head)
        if not recipients:
            recipients = self._own_state(candidate, actors)
        taken = {filler.actor for filler in actors}
        tokens = {filler.token for filler in actors}
        others = [
            f
            for f in recipients
            if f.actor not in taken and (f.token not in tokens or f.slot == "own state")
        ]
        return Roles(distinct(actors), distinct(others))

    def _ordering(self, verb: int) -> list[Filler]:
        """“The president ordered jets deployed”: it is his doing."""
        clauses, thing = self.clauses, self.clauses.heads[verb]
        if clauses.xpos[verb] != "VBN" or clauses.deprels[verb] != "acl" or thing < 0:
            return []
        above = clauses.heads[thing]
        if above < 0 or clauses.deprels[thing] != "obj" or clauses.lemmas[above] != "order":
            return []
        return self._fill(above, ((("subj",),),))

    def _is_distance(self, filler: Filler) -> bool:
        """“A town 150 kilometres from the Russian border”: nothing is done to Russia."""
        token = filler.token
        return filler.slot.endswith("from") and self.clauses.lemmas[token] in _EDGES

    def _without_guess(
        self, actors: Sequence[Filler], recipients: Sequence[Filler]
    ) -> list[Filler]:
        """“The presidents of Peru and Chile will visit the Sol plant”: neither need be its host.

        A place that no gazetteer knows may have been given the state of one of the visitors.
        """
        visitors = {code for code in (self._slots.code(f) for f in actors) if code}
        return [
            f
            for f in recipients
            if len(visitors) < 2 or f.actor not in visitors or not self._namer.is_guessed(f.token)
        ]

    def _together(self, verb: int) -> list[Filler]:
        """“Will visit Lima together with the king”, where “together” stands for itself."""
        lemmas, case = self.clauses.lemmas, self.clauses.case
        for child in self.clauses.children[verb]:
            first, _ = self.clauses.analysis.subtree(child)
            before = {lemmas[max(0, first - 1)], lemmas[first]}
            if case.get(child) in _WITH and before & {"together", "along"}:
                return [
                    Filler(one, actor, "with")
                    for one in self.clauses.coordinated(child)
                    for actor in self._slots.actors_at(one)
                ]
        return []

    def _is_anybodys(self, candidate: Candidate, actors: Sequence[Filler]) -> bool:
        """Is the one who meets others somebody that the text does not tell: a reporter's “I”?"""
        if candidate.part == NOUN or candidate.frame.type != "CONSULT":
            return False
        subject = self.clauses.surface_subject(candidate.head)
        if subject is None or self.clauses.lemmas[subject] not in ("i", "we", "you"):
            return False
        return not actors and self.cast.at(subject) is None

    def _place_of(self, filler: Filler) -> Filler:
        """“Visited our city”: the state of those whose city it is, and not they."""
        actor = self.cast.actor(filler.actor)
        own = self.cast.at(filler.token) == filler.actor or actor.kind != "person"
        if own or actor.code not in self._known or actor.code is None:
            return filler
        owned = self.clauses.lemmas[filler.token] in _PLACES
        return replace(filler, actor=actor.code) if owned else filler

    def _from_abroad(self, actors: Sequence[Filler], recipients: Sequence[Filler]) -> list[Filler]:
        """“The king and the president of Peru visited a town in Peru”: the king is the visitor.

        Who shows a guest round his own country is no visitor of it.
        """
        hosts = {f.actor for f in recipients if self.cast.actor(f.actor).kind == "state"}
        guests = [f for f in actors if self._slots.code(f) not in hosts]
        at_home = [f for f in actors if self._slots.code(f) in hosts]
        people = all(self.cast.actor(f.actor).kind in ("person", "unnamed") for f in at_home)
        return guests if guests and people and self._slots.code(guests[0]) else list(actors)

    def _is_each_other(self, candidate: Candidate, actors: Sequence[Filler]) -> bool:
        """“Accused each other”, “both accused the other”: what they do, is done to them as well."""
        lemmas = self.clauses.lemmas
        if not actors or candidate.part == NOUN:
            return False
        for path in (path for alternative in candidate.frame.recipient for path in alternative):
            for token in self.matcher.slot_tokens(candidate.head, path):
                first = max(0, token - 1)
                pairs = {tuple(lemmas[first : token + 1]), tuple(lemmas[token : token + 2])}
                if pairs & _EACH_OTHER:
                    return True
                if ("the", "other") in pairs and lemmas[token] == "other":
                    return not any(self.clauses.upos[c] in _NOMINAL for c in
                                   self.clauses.children[token])  # fmt: skip
        return False

    def members(self, actor: str) -> tuple[str, ...]:
        """The members of a compound that are in the cast; any other actor stands for itself."""
        own = self.cast.actor(actor)
        together = own.kind == "unnamed" and self._known.issuperset(own.members)
        return own.members if own.members and together else (actor,)

    def _in_content(self, candidate: Candidate) -> list[Filler]:
        """“A source said rebels fired a shell, damaging houses”: the rebels did, not the source."""
        clauses, verb = self.clauses, candidate.head
        if candidate.frame.type != "ASSAULT" or clauses.xpos[verb] != "VBG":
            return []
        above = clauses.heads[verb]
        inside = clauses.deprels[verb] in ("advcl", "ccomp", "parataxis")
        if not inside or clauses.child(verb, "nsubj") is not None:
            return []
        for child in clauses.children[above]:
            if above < child < verb and clauses.deprels[child] in ("ccomp", "parataxis"):
                return self._fill(child, ((("subj",),),))
        return []

    def _whose_deed(self, candidate: Candidate, recipients: list[Filler]) -> list[Filler]:
        """“Condemned the raid on the town”: who raided is condemned, not whom it hit."""
        if self.clauses.lemmas[candidate.head] == "blame":  # “blamed the attack on …”
            return recipients
        found: list[Filler] = []
        asked: set[int] = set()
        for filler in recipients:
            frame = self._doers.frame_of(filler.token)
            named = self.cast.at(filler.token) is not None
            if named or frame is None or frame.type not in _MATERIAL or frame.mutual:
                if not self._is_only_where(filler) and not self._has_suffered(filler):
                    found.append(filler)
            elif filler.token not in asked:
                asked.add(filler.token)
                found += self._doers.of_deed(filler.token)
        if not found and recipients and candidate.frame.requires in ("recipient", "both"):
            return recipients
        if not found and candidate.frame.complement and candidate.frame.type != "REJECT":
            found = self._fill(candidate.head, _OF_CLAUSE)
        return found

    def _has_suffered(self, filler: Filler) -> bool:
        """“Voiced alarm over reports of civilians killed in raids”: they are not blamed for it."""
        clauses, verbs = self.clauses, self.matcher.index.verbs
        return filler.slot not in ("subj", "obj") and any(
            clauses.deprels[c] == "acl"
            and clauses.xpos[c] == "VBN"
            and any(e.frame.type == "ASSAULT" for e in verbs.get(clauses.lemmas[c], ()))
            for noun in (filler.token, *clauses.under(filler.token, "of"))
            for c in clauses.children[noun]
        )

    def _is_only_where(self, filler: Filler) -> bool:
        """“Condemned acts of terrorism in Chad”: Chad is not condemned."""
        clauses, noun = self.clauses, filler.token
        if clauses.lemmas[noun] not in _TERROR:
            return False
        _, last = clauses.analysis.subtree(noun)
        return any(
            self.cast.at(word) == filler.actor and clauses.case.get(word) in ("in", "on", "at")
            for word in range(noun + 1, last)
        )

    def _companions(self, verb: int) -> list[Filler]:
        """“She joined with him to call for …”: he calls as well."""
        clauses, above = self.clauses, self.clauses.heads[verb]
        if above < 0 or clauses.lemmas[above] not in ("join", "unite", "team"):
            return []
        if clauses.deprels[verb] not in ("advcl", "xcomp"):
            return []
        return self._fill(above, ((("with",),),))

    def _helped(self, head: int) -> list[Filler]:
        """“Promised to stand by Chad”, “is ready to lend us a hand”: whom it is promised."""
        clauses = self.clauses
        for clause in clauses.complements(head, "inf"):
            if clause in clauses.negation:
                continue
            slot: Slot = _WHOM if clauses.lemmas[clause] in _HELPING else _TO_WHOM
            if clauses.lemmas[clause] == "stand":
                slot = _BESIDE_WHOM
            if slot is not _TO_WHOM or clauses.lemmas[clause] in _SENDING:
                found = self._fill(clause, slot, loose=True)
                if found:
                    return found
        return []

    def _marched_for(self, noun: int) -> list[Filler]:
        """“Anti-Japanese rallies” are against Japan, “pro-Chaudhry rallies” in his state."""
        clauses = self.clauses
        for child in clauses.children[noun]:
            for word in (child, *clauses.children[child]):
                side = sided(clauses, word)
                for actor in self._slots.actors_at(word) if side else ():
                    code = actor if side == "anti" else self.cast.actor(actor).code
                    if code in self._known:
                        return [Filler(word, code, side or "")]
        return []

    def _own_state(self, candidate: Candidate, actors: Sequence[Filler]) -> list[Filler]:
        """A protest or a curfew that names no addressee concerns the state of who acts."""
        frame = candidate.frame
        if frame.type != "PROTEST" and frame.mode not in ("curfew", "martial-law"):
            return []
        for filler in actors:
            code = self.cast.actor(filler.actor).code
            if code is not None and code in self._known and code != filler.actor:
                return [Filler(filler.token, code, "own state")]
        return []

    def actors_at(self, token: int) -> list[str]:
        """The actors that a phrase names, with all that is coordinated in it."""
        return self._slots.actors_at(token)
