"""Who takes part: the arguments of a frame, resolved to actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.attending import Attending
from dragoman.coding.clauses import Clauses
from dragoman.coding.doers import Doers
from dragoman.coding.fillers import CastLike, Filler, Roles, distinct
from dragoman.coding.hyphens import sided
from dragoman.coding.matching import NOUN, Candidate, Matcher
from dragoman.coding.naming import Namer
from dragoman.coding.sides import Sides
from dragoman.ontology.frame_files import Slot

if TYPE_CHECKING:
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.statements import Said

_BESIDE = frozenset(
    {"in", "during", "on", "at", "after", "before", "following", "amid", "for", "from", "ahead_of"}
)
_VEHICLES = frozenset({"helicopter", "plane", "aircraft", "jet", "train", "car", "convoy", "ship"})
_AHEAD = frozenset({"before", "ahead_of"})
_DEALINGS = frozenset({"visit", "trip", "tour", "arrival", "journey", "meeting", "stop"})
_APART = frozenset({"after", "before", "following", "ahead_of"})
_AS_CASE = frozenset({"following", "after", "during"})  # participles and the like, used so
_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
_PAPERS = frozenset(
    {"statement", "letter", "communique", "communiqué", "declaration", "document"}
    | {
        "initiative",
        "draft",
        "treaty",
        "ultimatum",
        "appeal",
        "text",
        "plan",
        "motion",
        "resolution",
        "proposal",
        "petition",
        "report",
        "bill",
    }
)
_DRAFTING = frozenset(
    {"draft", "propose", "submit", "table", "prepare", "sponsor", "circulate", "adopt", "pass"}
)
_PAPER_WORDS = 80  # how far back its author is looked for
_THIRD = frozenset({"it", "they"})
_IT = frozenset({"state", "government", "organisation", "igo", "bloc", "armed-group"})
_STRUCK = frozenset({"ASSAULT", "SANCTION", "AID"})
_ADDRESS = frozenset({"tell", "inform", "assure", "warn", "urge", "ask", "remind", "thank"})
_PURPOSE = frozenset(
    {"mass", "deploy", "prepare", "train", "move", "gather", "assemble", "mobilize", "mobilise",
     "arm", "position", "send", "plan"}
)  # fmt: skip
# What one speaks of a contact, without holding it: “discussed preparations for the summit”.
_SPOKEN_OF = frozenset(
    {"preparation", "possibility", "agenda", "schedule", "plan", "expectation", "participation",
     "proposal", "idea", "prospect", "date", "invitation", "readiness"}
)  # fmt: skip
_PLACES = frozenset(
    {"city", "town", "village", "country", "capital", "region", "state", "land", "house", "home"}
)
_OUTCOME = frozenset({"result", "outcome", "conclusion"})
_WITH = frozenset({"with", "along", "along_with", "together_with"})
_CLIMB = 4  # words up to the clause that holds a contact told in passing
_ENDS = frozenset({"end", "close", "conclusion", "start", "beginning", "outset", "middle"})
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
_TO_WHOM = ((("iobj",),), (("to",),), (("obj", "to"),))
_WHOM = ((("iobj",),), (("obj",),), (("with",),), (("to",),))
_BESIDE_WHOM = ((("by",),), (("with",),))
_JOINING = frozenset({"join", "participate", "engage"})
_ASKING = frozenset({"call", "appeal", "ask", "push", "press", "plead", "hope", "urge", "demand"})
_CHAIRING = frozenset({"co-chair", "cochair", "co-chaired"})
_TOGETHER: Slot = ((("together_with",),), (("along_with",),), (("accompanied_by",),))
_BY = (("by",),)
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
        self.said = said
        self._namer = Namer(clauses, cast, said, places)
        self._known = frozenset(actor.id for actor in cast.actors)
        self._doers = Doers(clauses, matcher, self.fill)
        self._attending = Attending(clauses, cast)
        self._sides = Sides(clauses, matcher, cast, self.fill, self.actors_at)

    def roles(self, candidate: Candidate) -> Roles:
        """Actors and recipients of a candidate, before composition has its say."""
        if candidate.part == NOUN:
            actors, recipients = self._of_noun(candidate)
        else:
            actors = self._in_content(candidate) or self.fill(candidate.head, candidate.frame.actor)
            actors += self._companions(candidate.head)
            recipients = self.fill(candidate.head, candidate.frame.recipient, loose=True)
            if candidate.frame.type == "CONSULT" and candidate.frame.mutual:
                recipients += self.fill(candidate.head, _TOGETHER) or self._together(candidate.head)
            undergone = candidate.passive or self.clauses.xpos[candidate.head] == "VBN"
            if not actors and undergone and candidate.frame.type == "ASSAULT":
                hit = {f.actor for f in recipients}
                actors = [f for f in self._doers.amid(candidate.head) if f.actor not in hit]
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
                with_whom = self.fill(candidate.head, _TOGETHER) or self._together(candidate.head)
                actors += [f for f in with_whom if self.cast.actor(f.actor).kind == "person"]
            if candidate.frame.name == "send-envoy":
                actors = self._sent(candidate.head) or actors
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
            recipients = self.fill(candidate.top, ((("deep:against",),),), loose=True)
        if not recipients and candidate.frame.type in _STRUCK and candidate.frame.recipient:
            found = self.fill(candidate.top, ((("in",),),), loose=True)
            recipients = [f for f in found if self._doers.frame_of(f.token) is None]
        if not recipients and candidate.frame.type == "SANCTION":
            recipients = self.fill(candidate.top, ((("because_of",),), (("over",),)), loose=True)
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

    def _without_guess(
        self, actors: Sequence[Filler], recipients: Sequence[Filler]
    ) -> list[Filler]:
        """“The presidents of Peru and Chile will visit the Sol plant”: neither need be its host.

        A place that no gazetteer knows may have been given the state of one of the visitors.
        """
        visitors = {code for code in (self._code(f) for f in actors) if code}
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
                    for actor in self.actors_at(one)
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

    def _sent(self, verb: int) -> list[Filler]:
        """“Is sending his minister Ana Diaz to Peru”: she goes, and not who sends her."""
        found = self.fill(verb, ((("obj",),),))
        return [f for f in found if self.cast.actor(f.actor).kind == "person" and self._code(f)]

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
        guests = [f for f in actors if self._code(f) not in hosts]
        at_home = [f for f in actors if self._code(f) in hosts]
        people = all(self.cast.actor(f.actor).kind in ("person", "unnamed") for f in at_home)
        return guests if guests and people and self._code(guests[0]) else list(actors)

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
                return self.fill(child, ((("subj",),),))
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
                if not self._is_only_where(filler):
                    found.append(filler)
            elif filler.token not in asked:
                asked.add(filler.token)
                found += self._doers.of_deed(filler.token)
        if not found and recipients and candidate.frame.requires in ("recipient", "both"):
            return recipients
        if not found and candidate.frame.complement and candidate.frame.type != "REJECT":
            found = self.fill(candidate.head, _OF_CLAUSE)
        return found

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
        return self.fill(above, ((("with",),),))

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
                found = self.fill(clause, slot, loose=True)
                if found:
                    return found
        return []

    def _marched_for(self, noun: int) -> list[Filler]:
        """“Anti-Japanese rallies” are against Japan, “pro-Chaudhry rallies” in his state."""
        clauses = self.clauses
        for child in clauses.children[noun]:
            for word in (child, *clauses.children[child]):
                side = sided(clauses, word)
                for actor in self.actors_at(word) if side else ():
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

    def _of_noun(self, candidate: Candidate) -> tuple[list[Filler], list[Filler]]:
        frame, head = candidate.frame, candidate.head
        if frame.type == "CONSULT" and self._attending.is_greeted(head):
            return [], []
        chairs = self._chairs(head) if frame.type == "CONSULT" and frame.mutual else []
        if len(chairs) > 1:
            return chairs, []
        actors = self.fill(head, frame.noun_actor)
        if frame.type == "CONSULT" and frame.mutual:
            actors = actors or self._invited_to(head)
            actors = [f for f in actors if not self._is_where(f, head)]
            actors += self._attending.in_front(head, self.actors_at)
        recipients = self.fill(head, frame.noun_recipient, loose=True)
        if self._doers.is_blamed(head):
            recipients = [f for f in recipients if f.slot not in ("on", "to")]
        if self.clauses.case.get(head) == "under" and frame.type in ("ASSAULT", "COERCE"):
            struck = self.clauses.surface_subject(candidate.top)  # “the town is under siege”
            found = [] if struck is None else self.actors_at(struck)
            recipients = [Filler(struck or 0, actor, "subj") for actor in found] or recipients
        if frame.mode == "visit":
            actors += self.fill(head, _TOGETHER) or self.fill(candidate.top, _TOGETHER)
        if frame.mode == "visit" and not recipients:
            actors, recipients = self._visited_by(head, actors)
        if frame.mode == "visit" and not recipients:
            recipients = self._sides.destination(head, actors) or self._arrived_at(head)
        if not actors and not frame.mutual and _BY in frame.noun_actor:
            actors = self._doers.named_behind(head)
        if not actors and frame.type == "ASSAULT" and not frame.mutual:
            actors = self._doers.told_before(head)
        own = self._sides_before(actors) if frame.mutual else set()
        if candidate.support is not None and not self._only_weighs(candidate.support):
            carried = self._from_support(candidate, recipients)
            if own:
                carried = ([f for f in carried[0] if self._code(f) in own], carried[1])
            joined = self.clauses.lemmas[candidate.support] in _JOINING
            all_of_them = not actors or frame.mutual or joined  # “joined the US invasion”
            actors = [*carried[0], *actors] if all_of_them else actors
            recipients = recipients or carried[1]
        held = candidate.support is not None and self.clauses.heads[candidate.support] != head
        if held:
            return actors, recipients
        facing = any(f.slot in ("with", "against") for f in (*actors, *recipients))
        if frame.mutual and frame.type != "CONSULT" and actors and not facing:
            return actors, recipients  # “in Syria's war, Iran sent advisers”
        sided = self._one_sided([*actors, *recipients])
        if not actors or (frame.mutual and (sided or self._attending.at_bodies(candidate, actors))):
            beside = self._beside(candidate, alone=not actors)
            beside = [f for f in beside if self._attending.may_attend(candidate, actors, f)]
            if actors and not beside and frame.type == "CONSULT" and not recipients:
                beside = self._attending.told_last(candidate, actors)
                beside = beside or self._attending.who_tells(candidate, actors)
            actors = [*actors, *(f for f in beside if not own or self._code(f) in own)]
        return actors, recipients

    def _invited_to(self, noun: int) -> list[Filler]:
        """“Has invited his counterparts to a summit”: he and they are to be there."""
        clauses, verb = self.clauses, self.clauses.heads[noun]
        if verb < 0 or clauses.lemmas[verb] != "invite" or clauses.case.get(noun) != "to":
            return []
        if verb in clauses.negation:
            return []
        return [*self.fill(verb, ((("subj",),),)), *self.fill(verb, ((("obj",),),))]

    def _visited_by(self, noun: int, actors: list[Filler]) -> tuple[list[Filler], list[Filler]]:
        """“Kicking off a US visit, he …”: the state before the noun is visited by him."""
        clauses, verb = self.clauses, self.clauses.heads[noun]
        if verb < 0 or not clauses.is_verb(verb) or clauses.deprels[noun] != "obj":
            return actors, []
        host = [f for f in actors if f.slot == "poss" and clauses.deprels[f.token] == "compound"]
        if not host or len(host) != len(actors):
            return actors, []
        visitors = self.fill(verb, ((("subj",),),))
        own = {self._code(f) for f in host}
        if not visitors or any(self._code(f) in own or not self._code(f) for f in visitors):
            return actors, []
        return visitors, host

    def _is_where(self, filler: Filler, noun: int) -> bool:
        """“The Berlin conference” is in Berlin; “Moscow-Kyiv talks” are between two."""
        clauses, token = self.clauses, filler.token
        return (
            clauses.deprels[token] == "compound"
            and clauses.heads[token] == noun
            and list(clauses.coordinated(token)) == [token]
            and self._namer.is_town(token)
            and "-" not in clauses.words[token - 1 : token + 2]
        )

    def _chairs(self, noun: int) -> list[Filler]:
        """“A meeting of the commission co-chaired by A and B”: who hold it, whoever plans it."""
        clauses = self.clauses
        for base in (noun, *clauses.under(noun, "of")):
            for child in clauses.children[base]:
                chaired = clauses.lemmas[child] in _CHAIRING or (
                    clauses.lemmas[child] == "chair" and clauses.xpos[child] == "VBN"
                )
                if clauses.deprels[child] in ("acl", "nmod", "appos") and chaired:
                    return self.fill(child, (_BY,))
                brought = clauses.lemmas[child] == "bring" and clauses.deprels[child][:3] == "acl"
                if brought and any(
                    clauses.lemmas[c] == "together" for c in clauses.children[child]
                ):
                    return self.fill(child, ((("obj",),),))  # “that brought together …”
        return []

    def _sides_before(self, fillers: Sequence[Filler]) -> set[str]:
        """“Palestinian-Israeli talks”: the codes of the states named before the noun."""
        named = [self.cast.actor(f.actor) for f in fillers if f.slot in ("poss", "between")]
        codes = {actor.code for actor in named if actor.kind == "state" and actor.code}
        return codes if len(codes) > 1 else set()

    def _code(self, filler: Filler) -> str | None:
        return self.cast.actor(filler.actor).code

    def _arrived_at(self, noun: int) -> list[Filler]:
        """“Arrived in Peru on a visit”, “is in Lima on an official visit”."""
        case, _, above = self._hung(noun)
        ended = case != self.clauses.case.get(noun)
        if (case != "on" and not ended) or above < 0 or not self.clauses.is_verb(above):
            return []
        return self.fill(above, ((("in",),), (("to",),)), loose=True)

    def _only_weighs(self, verb: int) -> bool:
        """“Taking into account the call between …”: who does so need not have been on the line."""
        clauses = self.clauses
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
        name = self.matcher.support_name(verb)
        if name is None and candidate.head in self.clauses.case:
            name = f"{self.clauses.lemmas[verb]}_{self.clauses.case[candidate.head]}"
        role = self.clauses.lexicon.support[name].role if name else "actor"
        subject = self.fill(verb, ((("subj",),),))
        if not subject and self.clauses.deprels[candidate.head] == "obl":
            surface = self.clauses.surface_subject(verb)  # “were engaged in fighting”
            if surface is not None:
                subject = [Filler(surface, actor, "subj") for actor in self.actors_at(surface)]
        if candidate.frame.mutual and role == "recipient":
            role = "actor"
        more = [] if recipients else self._prepositional(verb, candidate.frame.noun_recipient)
        if role == "recipient":
            return self._prepositional(verb, candidate.frame.noun_actor), subject
        by_noun = self._prepositional(verb, candidate.frame.noun_actor)
        if candidate.frame.mutual and role == "actor":  # “had a call with …”, hung on the verb
            return [*subject, *by_noun], more
        return (subject if role == "actor" else []) or by_noun, more

    def _prepositional(self, verb: int, slot: Slot) -> list[Filler]:
        plain = tuple(
            tuple(path for path in alternative if path[0] not in ("poss", "subj", "obj", "of"))
            for alternative in slot
        )
        return self.fill(verb, tuple(a for a in plain if a), loose=True)

    def _hung(self, noun: int) -> tuple[str | None, str, int]:
        """How a noun stands in its clause, also below “days of”, “at the end of”."""
        clauses = self.clauses
        case, above = clauses.case.get(noun), clauses.heads[noun]
        if case != "of" or above < 0:
            return case, clauses.deprels[noun], above
        if clauses.is_verb(above):  # where the parse takes the phrase from its noun
            ends = [c for c in clauses.children[above] if clauses.lemmas[c] in _ENDS and c < noun]
            above = ends[-1] if ends else above
        outer = clauses.case.get(above)
        if clauses.lemmas[above] in _ENDS and outer in ("at", "towards", "toward", "before"):
            return "during", "obl", clauses.heads[above]
        if clauses.lexicon.nouns.get(clauses.lemmas[above]) == "same":
            return outer, clauses.deprels[above], clauses.heads[above]
        return case, clauses.deprels[noun], above

    def _beside(self, candidate: Candidate, *, alone: bool) -> list[Filler]:
        """“On a visit to Tokyo, he said …”: whoever acts in the clause that holds the noun.

        With `alone` the noun itself names nobody: “during the call he congratulated the king”.
        """
        clauses, head = self.clauses, candidate.head
        frame_type = candidate.frame.type
        contact = candidate.frame.mode == "visit" or (
            candidate.frame.mutual and (frame_type == "CONSULT" or not alone)
        )
        case, deprel, above = self._hung(head)
        if case == "for" and frame_type != "CONSULT" and clauses.lemmas[above] in _ASKING:
            return []  # “called for a ceasefire”: it is not the caller's
        if not contact and not (case == "for" and clauses.lemmas[above] in _PURPOSE):
            return []
        if deprel == "obj" and above >= 0 and clauses.words[above].lower() in _AS_CASE:
            # “in a meeting with the press following talks with …”
            case, deprel = clauses.words[above].lower(), "obl"
            above = clauses.heads[above]
        outcome = case == "of" and above >= 0 and clauses.lemmas[above] in _OUTCOME
        if contact and outcome and clauses.heads[above] >= 0:
            case, above = "after", clauses.heads[above]  # “spoke of the results of talks with …”
        if above < 0 or deprel not in ("obl", "nmod") or case not in _BESIDE:
            return []
        if case == "for" and deprel == "nmod" and clauses.lemmas[above] not in _DEALINGS:
            return []  # “safe passage for the talks”
        if contact and case == "for" and clauses.lemmas[above] in _ASKING and not alone:
            return []  # “called for a meeting of the Council”: it is the Council's
        if contact and clauses.lemmas[above] in _SPOKEN_OF and case in ("for", "in", "on"):
            own = clauses.lemmas[above] == "participation"  # “her participation in the meeting”
            return self.fill(above, ((("poss",),), (("of",),))) if own else []
        found: list[Filler] = []
        for _ in range(_CLIMB):
            if clauses.is_verb(above):
                sent = case == "for" and clauses.lemmas[above] in ("send", "dispatch")
                found = self._sent(above) if sent else []
                found = found or self.fill(above, ((("subj",),),))
                if not found and not alone:  # “Brown's hopes fell after talks with …”
                    found = self.fill(above, ((("subj", "poss"),),))
            if found or clauses.heads[above] < 0:
                break
            above = clauses.heads[above]
        if candidate.frame.mutual and clauses.is_verb(above):
            apart = not alone and case in _APART and self._is_contact(above)
            if apart and not self.matcher.slot_tokens(head, ("with",)) and self._meets(above):
                return []  # “after the summit of …, she met with the king”
            if case in _AHEAD and not alone and self._is_contact(above):
                return []  # “met her ahead of the summit”
            told = clauses.lemmas[above] in _ADDRESS | {"brief", "update"}
            if self._is_contact(above) and not (told and case in ("on", "for", "from")):
                with_whom = self.fill(above, ((("obj",),), (("with",),)))
                with_whom = [f for f in with_whom if not (apart and self._is_press(f))]
                found += [f for f in with_whom if self._is_press(f) or not self._is_crowd(f)]
            elif case == "during" and alone:
                met = self.fill(above, ((("iobj",),), (("obj",),), (("to",),)))
                met = met or self.fill(above, ((("obj", "to"),),))
                found += [f for f in met if self.cast.actor(f.actor).kind == "person"]
            elif case == "in" and clauses.lemmas[above] in _ADDRESS:  # “told him in talks”
                found += self.fill(above, ((("iobj",),), (("obj",),), (("to",),)))
        return found

    def _is_press(self, filler: Filler) -> bool:
        """“Said so, speaking with the media after the talks”: they were not at the talks."""
        return "JRN" in self.cast.actor(filler.actor).sectors

    def _is_crowd(self, filler: Filler) -> bool:
        return self.cast.actor(filler.actor).kind == "people"

    def _meets(self, verb: int) -> bool:
        """Does the clause of a verb tell whom its subject meets or speaks with?"""
        return bool(self.fill(verb, ((("with",), ("obj", "with"), ("to",)),)))

    def _is_contact(self, verb: int) -> bool:
        """Does the verb tell a contact of its own (“after three calls, they met …”)?"""
        entries = self.matcher.index.verbs.get(self.clauses.lemmas[verb], ())
        return any(entry.frame.mutual for entry in entries)

    # ---- slots -------------------------------------------------------------------------------

    def fill(self, token: int, slot: Slot, *, loose: bool = False) -> list[Filler]:
        """The actors of the first alternative that yields any."""
        for alternative in slot:
            if alternative == (("speaker",),):
                return self._namer.speaker(token)
            found = [
                Filler(filler, actor, ".".join(path))
                for path in alternative
                for filler in self.matcher.slot_tokens(token, path)
                for actor in self.actors_at(filler, loose=loose or path[-1] == "poss")
            ]
            if alternative == (("subj",),):
                found += self._through_deeds(token)
                found += self._who_all(token, found)
            if found:
                return found
            if loose or alternative == (("subj",),):
                found = self._meant_by_pronoun(token, alternative)
                if found:
                    return found
            if alternative == (("subj",),):
                found = self._self_spoken(token) or self._author(token)
                if found:
                    return found
        return []

    def _who_all(self, verb: int, found: Sequence[Filler]) -> list[Filler]:
        """“Met A, B and C, who arrived in Peru”: all of the list have arrived."""
        who = self.clauses.child(verb, "nsubj")
        if who is None or not found:
            return []
        return [Filler(who, actor, "subj") for actor in self._namer.before_who(who)]

    def _through_deeds(self, token: int) -> list[Filler]:
        """“Backed by US air strikes and advisers”: the doers of deeds that stand as subjects."""
        return [
            filler
            for subject in self.matcher.slot_tokens(token, ("subj",))
            for one in self.clauses.coordinated(subject)
            if not self._namer.actors_here(one)
            for filler in self._doers.of_deed(one)
        ]

    def _meant_by_pronoun(
        self, token: int, alternative: tuple[tuple[str, ...], ...]
    ) -> list[Filler]:
        """“Criticised the US, accusing it of …”: the actor that was told last before."""
        clauses = self.clauses
        for path in alternative:
            for pronoun in self.matcher.slot_tokens(token, path):
                if clauses.upos[pronoun] != "PRON" or clauses.lemmas[pronoun] not in _THIRD:
                    continue
                subject = clauses.agent(token) if clauses.is_verb(token) else None
                if subject == pronoun:  # controlled from above: “accused it of building …”
                    above = clauses.heads[pronoun]
                    if above == token or not clauses.is_verb(above):
                        continue
                    subject = clauses.agent(above)
                own = set() if subject is None else set(self.actors_at(subject))
                first = clauses.analysis.tokens.bounds[clauses.analysis.sentence_of[pronoun]]
                for before in range(pronoun - 1, first - 1, -1):
                    actor = self.cast.at(before)
                    if actor is not None and actor not in own and before != subject:
                        if clauses.upos[before] == "PRON":
                            continue
                        if self.cast.actor(actor).kind in _IT:
                            return [Filler(pronoun, actor, ".".join(path))]
        return []

    def _author(self, token: int) -> list[Filler]:
        """“The statement urged …”: whoever issued it, here or in the sentences right before."""
        clauses = self.clauses
        subject = clauses.surface_subject(token)
        if subject is None or clauses.lemmas[subject] not in _PAPERS or clauses.passive(token):
            return []
        above = clauses.heads[subject]
        if above >= 0 and clauses.deprels[subject] == "obj" and clauses.lemmas[above] in _DRAFTING:
            return self.fill(above, ((("subj",),),))  # “drafted a resolution that would impose …”
        last = clauses.analysis.tokens.bounds[clauses.analysis.sentence_of[token]]
        for before in range(last - 1, max(-1, last - _PAPER_WORDS), -1):
            if clauses.lemmas[before] != clauses.lemmas[subject]:
                continue
            holder = clauses.holder(before)
            actors = self.actors_at(holder) if holder is not None else []
            if actors:
                return [Filler(subject, actor, "author") for actor in actors]
        return []

    def _self_spoken(self, token: int) -> list[Filler]:
        """“Syria says it is willing”: a pronoun that nobody resolved, right below its speaker."""
        subject = self.clauses.surface_subject(token)
        if subject is None or self.clauses.upos[subject] != "PRON":
            return []
        if self.clauses.lemmas[subject] not in _SELF or self.clauses.passive(token):
            return []
        word = self.clauses.lemmas[subject]
        found = []
        for spoken in self._namer.speaker(token):
            kind = self.cast.actor(spoken.actor).kind
            human = word in ("he", "she", "i") and kind not in ("person", "unnamed")
            if not human and not (word == "it" and kind == "person"):
                found.append(Filler(subject, spoken.actor, "subj"))
        return found

    def actors_at(self, token: int, *, loose: bool = False) -> list[str]:
        """The actors that a phrase names, with all that is coordinated in it."""
        return self._namer.actors_at(token, loose=loose)
