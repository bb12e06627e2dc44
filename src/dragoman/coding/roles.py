"""The roles of all candidates together: what a deed takes from the act above it, and the act from
the deed; contacts that are told again; whom a protest is against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman.coding.clauses import Clauses
from dragoman.coding.composition import Act
from dragoman.coding.fillers import Filler, Roles, distinct
from dragoman.coding.matching import NOUN, Candidate
from dragoman.coding.parties.participants import Participants
from dragoman.records import Status

# Acts whose deed is another's, and which are addressed to who does it.
_NOT_THEIRS = frozenset({"REJECT", "ACCUSE", "SUPPORT", "REQUEST"})
_SIGNING = "sign-pact"
_SIGNED_AFTER = 1  # sentences after a contact in which its parties may be those who sign
_JUDGING = frozenset({"ACCUSE", "SUPPORT"})
_PARTIES = frozenset(
    {"leader", "president", "side", "party", "minister", "interlocutor", "diplomat", "official",
     "counterpart", "man", "statesman", "negotiator", "delegation"}
)  # fmt: skip
_LOWER = frozenset(
    {"agency", "ministry", "expert", "department", "team", "body", "service", "authority", "group",
     "delegation", "government", "working", "technical", "institution", "company", "specialist",
     "minister"}
)  # fmt: skip
_SHARING = frozenset({"SANCTION", "AID", "COOPERATE", "THREATEN"})
_ATTENDED = frozenset({"attend", "join", "participate"})
_FACE_TO_FACE = frozenset({"meeting", "summit", "session", "conference", "gathering", "dinner"})
_GATHERED = frozenset({"meeting", "summit", "session", "conference", "talk", "talks", "forum"})
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh"})
_DEFINITE = frozenset({"the", "both", "these", "two"})
_MOST_LEADERS = 4  # who are meant by “the leaders” after a contact
_PARTIES_AGAIN = 15  # sentences
_TWO = 2
_COUNTED = frozenset({"two", "both"})
_GOING_ON = frozenset({"negotiation", "consultation", "dialogue"})
_OTHERS = frozenset({"next", "forthcoming", "upcoming", "future", "another", "recent", "last"})
_SENTENCES_BACK = 3  # that tell who went to a meeting
_AGAIN = 5  # sentences after which “the talks” no longer means the talks told before


class RoleFinder:
    """Finds who acts and who is acted on, for the candidates of one document.

    `asked_in_protest` holds, after `of`, the numbers of the demands that protesters make.
    """

    def __init__(
        self,
        clauses: Clauses,
        participants: Participants,
        sentence_of: Sequence[int],
        status: Callable[[Act], Status],
    ) -> None:
        self._clauses = clauses
        self._participants = participants
        self._sentence_of = sentence_of
        self._status = status
        self.asked_in_protest: set[int] = set()

    def of(self, candidates: Sequence[Candidate], acts: Sequence[Act]) -> list[Roles]:
        """The roles of all candidates; a deed without a doer may have that of the act above it."""
        roles = [self._told_apart(self._participants.roles(c)) for c in candidates]
        for number, act in enumerate(acts):
            frame = act.candidate.frame
            if act.refused and frame.mutual:
                roles[number] = _one_sided(roles[number])
            if frame.doer == "none":
                continue
            doers = roles[number].actors if frame.doer == "actor" else roles[number].recipients
            for deed in act.deeds:
                both = roles[number].actor_ids == roles[number].recipient_ids
                if both and len(doers) > 1 and not roles[deed].actors:
                    roles[deed] = Roles(tuple(doers), roles[deed].recipients)
                if acts[deed].candidate.part == NOUN and frame.type in _NOT_THEIRS:
                    continue  # “rejected an appeal”: the appeal is another's
                undergoing = acts[deed].candidate.passive and (
                    {f.actor for f in doers} & {f.actor for f in roles[deed].recipients}
                )
                if undergoing:
                    continue  # “ordered the channel to be taken off the air”
                if doers and not roles[deed].actors:
                    others = tuple(
                        f for f in roles[deed].recipients
                        if f.actor not in {d.actor for d in doers}
                    )  # fmt: skip
                    roles[deed] = Roles(tuple(doers), others)
            if not roles[number].recipients and act.deeds and not frame.mutual:
                roles[number] = self._inherited(number, act, roles)
        self._shared_recipients(candidates, roles)
        self._what_protests_ask(candidates, roles)
        self._parties_told_again(acts, roles)
        self._contacts_told_again(acts, roles)
        self._signed_at_contacts(candidates, roles)
        self._at_lower_level(candidates, roles)
        return roles

    def _told_apart(self, roles: Roles) -> Roles:
        """“The two countries” are each of those named before."""
        members = self._participants.members

        def each(side: Sequence[Filler]) -> tuple[Filler, ...]:
            return distinct(replace(f, actor=id) for f in side for id in members(f.actor))

        return Roles(each(roles.actors), each(roles.recipients))

    def _signed_at_contacts(self, candidates: Sequence[Candidate], roles: list[Roles]) -> None:
        """“An agreement was signed”: by the parties it is between, else by those who just met."""
        met: tuple[int, Roles] | None = None
        for number, candidate in enumerate(candidates):
            sentence = self._sentence_of[candidate.head]
            together = (*roles[number].actors, *roles[number].recipients)
            if candidate.frame.type == "CONSULT" and len({f.actor for f in together}) > 1:
                met = (sentence, Roles(distinct(together)))
            if candidate.frame.name != _SIGNING or not candidate.passive or roles[number].actors:
                continue
            if len(roles[number].recipients) > 1:
                roles[number] = Roles(roles[number].recipients)
            elif met is not None and sentence - met[0] <= _SIGNED_AFTER:
                signers = tuple(replace(f, slot="those who met") for f in met[1].actors)
                roles[number] = Roles(signers)

    def _parties_told_again(self, acts: Sequence[Act], roles: list[Roles]) -> None:
        """“The leaders agreed …”: those of the last contact, where nothing else tells who."""
        last: int | None = None
        for number, act in enumerate(acts):
            candidate, own = act.candidate, roles[number]
            if last is not None:
                far = (
                    self._sentence_of[candidate.head] - self._sentence_of[acts[last].candidate.head]
                )
                if 0 <= far <= _PARTIES_AGAIN:
                    met = roles[last].actors
                    actors = own.actors or self._counted_again(candidate, met, far)
                    roles[number] = Roles(
                        self._meant(actors, met), self._meant(own.recipients, met)
                    )
            told = self._is_told_contact(act, roles[number])
            if told and (last is None or self._names_people(roles[number])):
                last = number

    def _counted_again(
        self, candidate: Candidate, met: tuple[Filler, ...], far: int
    ) -> tuple[Filler, ...]:
        """“… spoke for an hour, and the two agreed to …”: those who met, where they are so many."""
        clauses = self._clauses
        if candidate.part == NOUN or far > _AGAIN or len(met) != _TWO:
            return ()
        subject = clauses.surface_subject(candidate.head)
        if subject is None or clauses.lemmas[subject] not in _COUNTED:
            return ()
        beside = {clauses.lemmas[child] for child in clauses.children[subject]}
        if beside - {"the"} or (clauses.lemmas[subject] == "two") != ("the" in beside):
            return ()
        return tuple(replace(filler, token=subject, slot="told before") for filler in met)

    def _at_lower_level(self, candidates: Sequence[Candidate], roles: list[Roles]) -> None:
        """“They agreed to hold talks at the level of ministries”: the states will, not they."""
        clauses = self._clauses
        for number, candidate in enumerate(candidates):
            if candidate.frame.type != "CONSULT" or candidate.part != NOUN:
                continue
            bases = (candidate.head, candidate.top, candidate.support or candidate.head)
            levels = {t for base in bases for t in clauses.under(base, "at")}
            lower = any(
                clauses.lemmas[t] == "level"
                and any(
                    clauses.lemmas[c] in _LOWER
                    for c in clauses.children[t]
                    if c < t or clauses.case.get(c) == "of"
                )
                for t in levels
            )
            ministers = {f.actor for f in roles[number].actors if self._is_minister(f.actor)}
            if lower and not ministers:
                roles[number] = self._as_states(roles[number])

    def _is_minister(self, actor: str) -> bool:
        role = (self._participants.cast.actor(actor).role or "").casefold()
        return "minister" in role and "prime" not in role

    def _as_states(self, roles: Roles) -> Roles:
        """The states of those who take part, where these are in the cast."""
        cast = self._participants.cast
        known = {actor.id for actor in cast.actors}

        def stand_in(filler: Filler) -> Filler:
            actor = cast.actor(filler.actor)
            acts = actor.kind == "person" and actor.code in known
            return replace(filler, actor=actor.code) if acts and actor.code else filler

        return replace(roles, actors=distinct(stand_in(filler) for filler in roles.actors))

    def _names_people(self, roles: Roles) -> bool:
        """Two of them at least by name; “representatives of both” may have met on their behalf."""
        cast = self._participants.cast
        return sum(cast.actor(filler.actor).kind == "person" for filler in roles.actors) > 1

    def _is_told_contact(self, act: Act, roles: Roles) -> bool:
        """A contact of people that took place, and names them."""
        if act.candidate.frame.type != "CONSULT":
            return False
        met = sum(self._people(filler) for filler in roles.actors)
        if not 2 <= met <= _MOST_LEADERS:
            return False
        if any(self._are_parties(filler) for filler in roles.actors):
            return False
        return self._status(act) in ("happened", "ongoing")

    def _people(self, filler: Filler) -> int:
        """How many people a word names: one, those of a compound, none for bodies and crowds."""
        actor = self._participants.cast.actor(filler.actor)
        if actor.kind not in ("person", "unnamed"):
            return 0
        if actor.members:
            return len(actor.members)
        several = self._clauses.xpos[filler.token] in ("NNS", "NNPS")
        return 1 if actor.kind == "person" or not several else 0

    def _meant(self, fillers: tuple[Filler, ...], met: tuple[Filler, ...]) -> tuple[Filler, ...]:
        found: list[Filler] = []
        for filler in fillers:
            if self._are_parties(filler):
                found += [replace(filler, actor=id) for one in met for id in self._each(one.actor)]
            else:
                found.append(filler)
        return distinct(found)

    def _each(self, actor: str) -> tuple[str, ...]:
        """The members of a compound that are in the cast; any other actor stands for itself."""
        cast = self._participants.cast
        known = {one.id for one in cast.actors}
        members = cast.actor(actor).members
        return members if members and known.issuperset(members) else (actor,)

    def _are_parties(self, filler: Filler) -> bool:
        """“The leaders”, “both sides”, “the parties”: a bare plural that names nobody."""
        lemmas, token = self._clauses.lemmas, filler.token
        if lemmas[token] not in _PARTIES or self._clauses.xpos[token] != "NNS":
            return False
        before = [c for c in self._clauses.children[token] if c < token]
        if not before or any(lemmas[c] not in _DEFINITE for c in before):
            return False
        if any(c > token for c in self._clauses.children[token]):
            return False
        actor = self._participants.cast.actor(filler.actor)
        return not actor.members and actor.kind != "person"  # one of a pair that the text names

    def _contacts_told_again(self, acts: Sequence[Act], roles: list[Roles]) -> None:
        """“The talks will go on”: those of the last contact that was told with its participants.

        One that was only wished for is not gone back to.
        """
        sentence_of = self._sentence_of
        candidates = [act.candidate for act in acts]
        last: int | None = None
        for number, candidate in enumerate(candidates):
            if candidate.frame.type != "CONSULT" or not candidate.frame.mutual:
                continue
            if len(roles[number].actors) > 1:
                roles[number] = self._with_who_went(number, candidates, roles)
                if self._status(acts[number]) in ("happened", "ongoing", "planned"):
                    last = number
            elif (
                last is not None
                and candidate.part == NOUN
                and self._names_no_other(candidate, roles[number], roles[last])
            ):
                near = sentence_of[candidate.head] - sentence_of[candidates[last].head]
                if not self._is_met_again(act=acts[number], last=acts[last]):
                    continue
                if near <= _AGAIN and self._definite(candidate.head):
                    roles[number] = Roles(
                        tuple(replace(f, slot="told before") for f in roles[last].actors)
                    )
                    if self._is_to_be_held(acts[number]):
                        roles[number] = self._as_states(roles[number])
                    last = number

    def _is_to_be_held(self, act: Act) -> bool:
        """“The negotiations would take place in Geneva”: of the states, whoever spoke of them."""
        going_on = self._clauses.lemmas[act.candidate.head] in _GOING_ON
        return going_on and self._status(act) in ("planned", "possible")

    def _with_who_went(
        self, number: int, candidates: Sequence[Candidate], roles: Sequence[Roles]
    ) -> Roles:
        """Those who attend a meeting, and before them who is told to have gone to it."""
        own = roles[number]
        went = self._who_took_part(candidates[number])
        if went:
            return replace(own, actors=distinct((*went, *own.actors)))
        support = candidates[number].support
        if support is None or not self._attends(support):
            return own
        for before in range(number - 1, -1, -1):
            if self._is_attended(candidates[number], candidates[before]):
                cast = self._participants.cast
                went = tuple(
                    replace(filler, slot="told before")
                    for filler in roles[before].actors
                    if filler.actor not in own.actor_ids
                    and cast.actor(filler.actor).kind == "person"
                )
                return replace(own, actors=(*went, *own.actors))
        return own

    def _who_took_part(self, candidate: Candidate) -> tuple[Filler, ...]:
        """“He took part in the summit. The kings of Peru and Chile also attend the meeting.”"""
        clauses, noun, support = self._clauses, candidate.head, candidate.support
        if support is None:
            support = clauses.heads[noun]
            if support >= 0 and not clauses.is_verb(support):
                support = clauses.heads[support]  # “taking part in the meeting”
        if support < 0 or not self._attends(support):
            return ()
        if clauses.lemmas[noun].lower() not in _GATHERED or not self._definite(noun):
            return ()
        here, bounds = self._sentence_of[noun], clauses.analysis.tokens.bounds
        cast, actors_at = self._participants.cast, self._participants.actors_at
        for verb in range(bounds[here] - 1, bounds[max(0, here - _SENTENCES_BACK)] - 1, -1):
            if not clauses.is_verb(verb) or not self._attends(verb):
                continue
            below = [*clauses.children[verb]]
            below += [c for token in below for c in clauses.children[token]]
            at = any(clauses.lemmas[c].lower() in _GATHERED for c in below if c > verb)
            subject = clauses.surface_subject(verb)
            if not at or subject is None:
                continue
            return tuple(
                Filler(subject, actor, "told before")
                for actor in actors_at(subject)
                if cast.actor(actor).kind == "person"
            )
        return ()

    def _attends(self, verb: int) -> bool:
        """“Attend”, “participate”, “take part”, and not “take into account”."""
        lemmas = self._clauses.lemmas
        if lemmas[verb] == "take":
            return any(lemmas[child] == "part" for child in self._clauses.children[verb])
        return lemmas[verb] in _ATTENDED

    def _is_attended(self, candidate: Candidate, last: Candidate) -> bool:
        """“He took part in a summit. The summit was attended by …”: he is there with them."""
        lemmas = self._clauses.lemmas
        near = self._sentence_of[candidate.head] - self._sentence_of[last.head]
        same = lemmas[candidate.head].lower() == lemmas[last.head].lower() or (
            lemmas[candidate.head].lower() in _GATHERED and lemmas[last.head].lower() in _GATHERED
        )
        return 0 < near <= 2 and same and self._definite(candidate.head)

    def _is_met_again(self, *, act: Act, last: Act) -> bool:
        """No meeting that has a name (“the Glacier Summit”), nor one held where that is to come."""
        clauses, noun = self._clauses, act.candidate.head
        if clauses.upos[noun] == "PROPN" or clauses.lemmas[noun] == "audience":
            return False
        if last.candidate.frame.medium == "phone" and clauses.lemmas[noun] in _FACE_TO_FACE:
            return False  # “telephoned the envoy before the meeting began”
        for child in clauses.children[noun]:
            deprel = clauses.deprels[child]
            if clauses.upos[child] == "PROPN" and deprel in ("compound", "nmod:poss", "amod"):
                return False
            if clauses.lemmas[child] in _OTHERS | _ORDINALS and deprel in ("amod", "det"):
                return False
            if clauses.words[child][0].isdigit() and deprel in ("amod", "nummod"):
                return False  # “the 23rd such summit”
            if clauses.case.get(child) == "with" and deprel in ("nmod", "obl"):
                return False  # “the meeting with the admiral”
        if clauses.lemmas[noun] in _GOING_ON:
            return True  # “the negotiations would take place in Geneva”: those that were agreed on
        held = self._status(act) in ("happened", "ongoing")
        return not (held and self._status(last) == "planned")

    def _names_no_other(self, candidate: Candidate, own: Roles, met: Roles) -> bool:
        """“During the talks the king said …”: only one of those who met is told, beside it."""
        if candidate.support is not None:
            return not own.actors
        if self._clauses.upos[candidate.head] == "PROPN" and own.actors:
            return False  # “at the Glacier Conference”
        return all(f.slot == "subj" and f.actor in met.actor_ids for f in own.actors)

    def _definite(self, noun: int) -> bool:
        lemmas, deprels = self._clauses.lemmas, self._clauses.deprels
        determiners = [c for c in self._clauses.children[noun] if deprels[c] == "det"]
        if determiners:
            return lemmas[determiners[0]] in ("the", "this", "these", "that", "those")
        return self._clauses.xpos[noun] == "NNS" and deprels[noun] in ("nsubj", "nsubj:pass")

    def _shared_recipients(self, candidates: Sequence[Candidate], roles: list[Roles]) -> None:
        """“Is imposing sanctions and cutting ties with Chad”: both are done to Chad."""
        clauses = self._clauses
        at: dict[int, list[int]] = {}
        for number, candidate in enumerate(candidates):
            if candidate.frame.type in _SHARING:
                at.setdefault(candidate.top, []).append(number)
        for top, numbers in at.items():
            above = clauses.heads[top]
            own = clauses.surface_subject(top)
            if clauses.deprels[top] != "conj" or own not in (None, clauses.surface_subject(above)):
                continue
            for first in at.get(above, ()):
                second = next((n for n in numbers if roles[n].recipients), None)
                if second is None or roles[first].recipients:
                    continue
                if candidates[first].frame.type == candidates[second].frame.type:
                    shared = roles[second].recipients
                    roles[first] = replace(roles[first], recipients=shared)

    def _what_protests_ask(self, candidates: Sequence[Candidate], roles: list[Roles]) -> None:
        """“Marched to demand reforms of the king”: the protest is against whom they ask."""
        protests = {c.top: n for n, c in enumerate(candidates) if c.frame.type == "PROTEST"}
        for number, candidate in enumerate(candidates):
            if candidate.frame.type not in ("REQUEST", "ACCUSE"):
                continue
            above = self._clauses.heads[candidate.top]
            if self._clauses.deprels[candidate.top] in ("advcl", "xcomp", "acl", "conj"):
                protest = protests.get(above)
                if protest is not None and candidate.top > above:
                    self.asked_in_protest.add(number)
                    if not roles[protest].recipients:
                        own = set(roles[protest].actor_ids)
                        others = tuple(f for f in roles[number].recipients if f.actor not in own)
                        roles[protest] = replace(roles[protest], recipients=others)

    def _inherited(self, number: int, act: Act, roles: Sequence[Roles]) -> Roles:
        """“Threatened to bomb Iran”: whom the deed is to hit is whom the threat is addressed to."""
        own = {f.actor for f in roles[number].actors}
        for deed in act.deeds:
            sides = [roles[deed].recipients, roles[deed].actors]
            if act.candidate.frame.type in _JUDGING and act.type == act.candidate.frame.type:
                sides = sides[1:]  # “condemned the raid on …”: not whom it hit
            elif act.candidate.frame.type in _NOT_THEIRS:
                sides.reverse()
            elif act.candidate.frame.own_deed:
                sides = sides[:1]
            for side in sides:
                others = tuple(f for f in side if f.actor not in own)
                if others:
                    return replace(roles[number], recipients=others)
        return roles[number]


def _one_sided(roles: Roles) -> Roles:
    """Who will not meet is the actor, whom they will not meet the recipient."""
    own = tuple(filler for filler in roles.actors if filler.slot == "subj")
    others = tuple(filler for filler in roles.actors if filler.slot != "subj")
    return Roles(own, others) if own else roles
