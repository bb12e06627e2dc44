"""Who takes part in what a noun tells: “Chinese attacks on Peru”, “a visit by the king”."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler, distinct
from dragoman.coding.matching import Candidate, Matcher
from dragoman.coding.parties.attending import Attending
from dragoman.coding.parties.beside import Beside
from dragoman.coding.parties.naming import Namer
from dragoman.coding.parties.sides import Sides
from dragoman.coding.parties.slots import TOGETHER, Slots
from dragoman.ontology.frame_files import Slot

_JOINING = frozenset({"join", "participate", "engage"})
_CHAIRING = frozenset({"co-chair", "cochair", "co-chaired"})
_BY = (("by",),)


class NounParties:
    """Actors and recipients of event nouns in one document."""

    def __init__(
        self,
        clauses: Clauses,
        matcher: Matcher,
        cast: CastLike,
        namer: Namer,
        slots: Slots,
        sides: Sides,
        attending: Attending,
    ) -> None:
        self._clauses = clauses
        self._matcher = matcher
        self._cast = cast
        self._namer = namer
        self._slots = slots
        self._doers = slots.doers
        self._fill = slots.fill
        self._sides = sides
        self._attending = attending
        self._beside = Beside(clauses, matcher, cast, slots)

    def of(self, candidate: Candidate) -> tuple[list[Filler], list[Filler]]:
        frame, head = candidate.frame, candidate.head
        if frame.type == "CONSULT" and self._attending.is_greeted(head):
            return [], []
        chairs = self._chairs(head) if frame.type == "CONSULT" and frame.mutual else []
        if len(chairs) > 1:
            return chairs, []
        actors = self._fill(head, frame.noun_actor)
        if frame.type == "CONSULT" and frame.mutual:
            actors = actors or self._invited_to(head)
            actors = [f for f in actors if not self._is_where(f, head)]
            actors += self._attending.in_front(head, self._slots.actors_at)
        recipients = self._fill(head, frame.noun_recipient, loose=True)
        if self._doers.is_blamed(head):
            recipients = [f for f in recipients if f.slot not in ("on", "to")]
        if self._clauses.case.get(head) == "under" and frame.type in ("ASSAULT", "COERCE"):
            struck = self._clauses.surface_subject(candidate.top)  # “the town is under siege”
            found = [] if struck is None else self._slots.actors_at(struck)
            recipients = [Filler(struck or 0, actor, "subj") for actor in found] or recipients
        if frame.mode == "visit":
            actors += self._fill(head, TOGETHER) or self._fill(candidate.top, TOGETHER)
            visiting = {self._slots.code(f) for f in actors} - {None}  # “with the Saudi delegation”
            recipients = [
                f for f in recipients if f.slot != "with" or self._slots.code(f) not in visiting
            ]
        if frame.mode == "visit" and not recipients:
            actors, recipients = self._visited_by(head, actors)
        if frame.mode == "visit" and not recipients:
            recipients = self._sides.destination(head, actors) or self._beside.arrived_at(head)
        if not actors and not frame.mutual and _BY in frame.noun_actor:
            actors = self._doers.named_behind(head)
        if not actors and frame.type == "ASSAULT" and not frame.mutual:
            actors = self._doers.told_before(head)
        own = self._sides_before(actors) if frame.mutual else set()
        if candidate.support is not None and not self._only_weighs(candidate.support):
            carried = self._from_support(candidate, recipients)
            if own:
                carried = ([f for f in carried[0] if self._slots.code(f) in own], carried[1])
            joined = self._clauses.lemmas[candidate.support] in _JOINING
            all_of_them = not actors or frame.mutual or joined  # “joined the US invasion”
            actors = [*carried[0], *actors] if all_of_them else actors
            recipients = recipients or carried[1]
        held = candidate.support is not None and self._clauses.heads[candidate.support] != head
        if held:
            return actors, recipients
        facing = any(f.slot in ("with", "against") for f in (*actors, *recipients))
        if frame.mutual and frame.type != "CONSULT" and actors and not facing:
            return actors, recipients  # “in Syria's war, Iran sent advisers”
        sided = self._one_sided([*actors, *recipients])
        if not actors or (frame.mutual and (sided or self._attending.at_bodies(candidate, actors))):
            beside = self._beside.of(candidate, alone=not actors)
            beside = [f for f in beside if self._attending.may_attend(candidate, actors, f)]
            if actors and not beside and frame.type == "CONSULT" and not recipients:
                beside = self._attending.told_last(candidate, actors)
                beside = beside or self._attending.who_tells(candidate, actors)
            actors = [*actors, *(f for f in beside if not own or self._slots.code(f) in own)]
        return actors, recipients

    def _invited_to(self, noun: int) -> list[Filler]:
        """“Has invited his counterparts to a summit”: he and they are to be there."""
        clauses, verb = self._clauses, self._clauses.heads[noun]
        if verb < 0 or clauses.lemmas[verb] != "invite" or clauses.case.get(noun) != "to":
            return []
        if verb in clauses.negation:
            return []
        return [*self._fill(verb, ((("subj",),),)), *self._fill(verb, ((("obj",),),))]

    def _visited_by(self, noun: int, actors: list[Filler]) -> tuple[list[Filler], list[Filler]]:
        """“Kicking off a US visit, he …”: the state before the noun is visited by him."""
        clauses, verb = self._clauses, self._clauses.heads[noun]
        if verb < 0 or not clauses.is_verb(verb) or clauses.deprels[noun] != "obj":
            return actors, []
        host = [f for f in actors if f.slot == "poss" and clauses.deprels[f.token] == "compound"]
        if not host or len(host) != len(actors):
            return actors, []
        visitors = self._fill(verb, ((("subj",),),))
        own = {self._slots.code(f) for f in host}
        if not visitors or any(
            self._slots.code(f) in own or not self._slots.code(f) for f in visitors
        ):
            return actors, []
        return visitors, host

    def _is_where(self, filler: Filler, noun: int) -> bool:
        """“The Berlin conference” is in Berlin; “Moscow-Kyiv talks” are between two."""
        clauses, token = self._clauses, filler.token
        return (
            clauses.deprels[token] == "compound"
            and clauses.heads[token] == noun
            and list(clauses.coordinated(token)) == [token]
            and self._namer.is_town(token)
            and "-" not in clauses.words[token - 1 : token + 2]
        )

    def _chairs(self, noun: int) -> list[Filler]:
        """“A meeting of the commission co-chaired by A and B”: who hold it, whoever plans it."""
        clauses = self._clauses
        for base in (noun, *clauses.under(noun, "of")):
            for child in clauses.children[base]:
                chaired = clauses.lemmas[child] in _CHAIRING or (
                    clauses.lemmas[child] == "chair" and clauses.xpos[child] == "VBN"
                )
                if clauses.deprels[child] in ("acl", "nmod", "appos") and chaired:
                    return self._fill(child, (_BY,))
                brought = clauses.lemmas[child] == "bring" and clauses.deprels[child][:3] == "acl"
                if brought and any(
                    clauses.lemmas[c] == "together" for c in clauses.children[child]
                ):
                    return self._fill(child, ((("obj",),),))  # “that brought together …”
        return []

    def _sides_before(self, fillers: Sequence[Filler]) -> set[str]:
        """“Palestinian-Israeli talks”: the codes of the states named before the noun."""
        named = [self._cast.actor(f.actor) for f in fillers if f.slot in ("poss", "between")]
        codes = {actor.code for actor in named if actor.kind == "state" and actor.code}
        return codes if len(codes) > 1 else set()

    def _only_weighs(self, verb: int) -> bool:
        """“Taking into account the call between …”: who does so need not have been on the line."""
        clauses = self._clauses
        return clauses.lemmas[verb] == "take" and any(
            clauses.lemmas[c] in ("account", "consideration") for c in clauses.children[verb]
        )

    @staticmethod
    def _one_sided(fillers: Sequence[Filler]) -> bool:
        """Of two sides that talk one is not named here: “talks with Cohen and Netanyahu”.

        The parse may hang words of the one with whom they are on the noun as well.
        """
        first = min((f.token for f in fillers if f.slot == "with"), default=0)
        other = ("poss", "of") if first else ()
        return len(distinct(fillers)) < 2 or all(
            f.slot == "with" or (f.slot in other and f.token > first) for f in fillers
        )

    def _from_support(
        self, candidate: Candidate, recipients: list[Filler]
    ) -> tuple[list[Filler], list[Filler]]:
        """What the carrying verb adds: its subject, and phrases attached to it by the parse."""
        verb = candidate.support
        assert verb is not None
        name = self._matcher.support_name(verb)
        if name is None and candidate.head in self._clauses.case:
            name = f"{self._clauses.lemmas[verb]}_{self._clauses.case[candidate.head]}"
        role = self._clauses.lexicon.support[name].role if name else "actor"
        subject = self._fill(verb, ((("subj",),),))
        if candidate.frame.mode == "visit" and self._is_announced(candidate.head, verb):
            subject = []
        if not subject and self._clauses.deprels[candidate.head] == "obl":
            surface = self._clauses.surface_subject(verb)  # “were engaged in fighting”
            if surface is not None:
                subject = [
                    Filler(surface, actor, "subj") for actor in self._slots.actors_at(surface)
                ]
        if candidate.frame.mutual and role == "recipient":
            role = "actor"
        more = [] if recipients else self._prepositional(verb, candidate.frame.noun_recipient)
        if role == "recipient":
            return self._prepositional(verb, candidate.frame.noun_actor), subject
        by_noun = self._prepositional(verb, candidate.frame.noun_actor)
        if candidate.frame.mutual and role == "actor":  # “had a call with …”, hung on the verb
            return [*subject, *by_noun], more
        return (subject if role == "actor" else []) or by_noun, more

    def _is_announced(self, visit: int, verb: int) -> bool:
        """“In announcing the visit, Beijing said …”: whose it is was told before."""
        clauses = self._clauses
        return clauses.lemmas[verb] in ("announce", "confirm") and any(
            clauses.lemmas[c] in ("the", "this") for c in clauses.children[visit]
        )

    def _prepositional(self, verb: int, slot: Slot) -> list[Filler]:
        plain = tuple(
            tuple(path for path in alternative if path[0] not in ("poss", "subj", "obj", "of"))
            for alternative in slot
        )
        return self._fill(verb, tuple(a for a in plain if a), loose=True)
