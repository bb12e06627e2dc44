"""Who takes part: the arguments of a frame, resolved to actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dragoman.coding.clauses import Clauses
from dragoman.coding.matching import NOUN, Candidate, Matcher
from dragoman.ontology.frame_files import Slot
from dragoman.records import Actor

if TYPE_CHECKING:
    from dragoman.coding.places import PlaceExpression
    from dragoman.coding.statements import Said

_BESIDE = frozenset(
    {"in", "during", "on", "at", "after", "before", "following", "amid", "for", "from", "ahead_of"}
)
_BARE = frozenset({"group", "movement", "militia", "organisation", "organization", "party"})
_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
_PAPERS = frozenset({"statement", "letter", "communique", "communiqué", "declaration", "document"})
_PAPER_WORDS = 80  # how far back its author is looked for
_THIRD = frozenset({"it", "they"})
_IT = frozenset({"state", "government", "organisation", "igo", "bloc", "armed-group"})
_FORCES = frozenset({"army", "force", "navy", "military", "troop", "police", "government"})
_STRUCK = frozenset({"ASSAULT", "SANCTION", "AID"})
_ADDRESS = frozenset({"tell", "inform", "assure", "warn", "urge", "ask", "remind", "thank"})
_PURPOSE = frozenset(
    {"mass", "deploy", "prepare", "train", "move", "gather", "assemble", "mobilize", "mobilise",
     "arm", "position", "send", "plan"}
)  # fmt: skip
# Offices that stand before the name of who holds them, with what lies between: “of the Italian
# Republic”, “for Foreign Affairs of the Office of the Prime Minister of Slovenia”.
_OFFICES = frozenset(
    {"president", "minister", "chancellor", "secretary", "secretary-general", "general", "king"}
    | {"queen", "prince", "emir", "sultan", "chairman", "chairwoman", "chairperson", "chair"}
    | {"director", "director-general", "commissioner", "representative", "ambassador", "head"}
    | {"speaker", "adviser", "advisor", "envoy", "premier", "prosecutor", "leader", "commander"}
    | {"chief", "governor", "coordinator"}
)
_OFFICE_WORDS = 24  # from an office to the name of its holder
_OF_OFFICES = frozenset({"of", "the", "for", "on", "and", "-", "–", "'s", "’s", "to"})
_NOMINAL = frozenset({"PROPN", "NOUN", "ADJ", "DET"})
_CLIMB = 4  # words up to the clause that holds a contact told in passing
_HOSTILE = frozenset(
    {"ASSAULT", "MOBILIZE", "PROTEST", "SANCTION", "COERCE", "THREATEN", "ACCUSE", "REJECT"}
)


class CastLike(Protocol):
    """What coding asks of the cast (see dragoman.actors.cast)."""

    @property
    def actors(self) -> Sequence[Actor]:
        """All actors of the document."""

    def at(self, token: int) -> str | None:
        """The actor of the mention whose head is this token."""

    def modifier(self, token: int) -> str | None:
        """The state that a demonym or a possessive stands for."""

    def actor(self, id: str) -> Actor:
        """The actor with this id."""


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor in a slot, and the word that named it."""

    token: int
    actor: str
    slot: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who is acted on; the heads of the phrases are kept for numbers and reasons."""

    actors: tuple[Filler, ...] = ()
    recipients: tuple[Filler, ...] = ()

    @property
    def actor_ids(self) -> tuple[str, ...]:
        return _unique(filler.actor for filler in self.actors)

    @property
    def recipient_ids(self) -> tuple[str, ...]:
        return _unique(filler.actor for filler in self.recipients)


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


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
        self._places = {place.head: place.to_where().country for place in places}
        self._known = frozenset(actor.id for actor in cast.actors)

    def roles(self, candidate: Candidate) -> Roles:
        """Actors and recipients of a candidate, before composition has its say."""
        if candidate.part == NOUN:
            actors, recipients = self._of_noun(candidate)
        else:
            actors = self.fill(candidate.head, candidate.frame.actor)
            actors += self._companions(candidate.head)
            recipients = self.fill(candidate.head, candidate.frame.recipient, loose=True)
        if candidate.frame.mutual:
            return Roles(_distinct([*actors, *recipients]))
        if not recipients and candidate.frame.type in _HOSTILE:
            recipients = self.fill(candidate.top, ((("deep:against",),),), loose=True)
        if not recipients and candidate.frame.type in _STRUCK and candidate.frame.recipient:
            recipients = self.fill(candidate.top, ((("in",),),), loose=True)
        if not recipients:
            recipients = self._own_state(candidate, actors)
        taken = {filler.actor for filler in actors}
        tokens = {filler.token for filler in actors}
        others = [
            f
            for f in recipients
            if f.actor not in taken and (f.token not in tokens or f.slot == "own state")
        ]
        return Roles(_distinct(actors), _distinct(others))

    def _companions(self, verb: int) -> list[Filler]:
        """“She joined with him to call for …”: he calls as well."""
        clauses, above = self.clauses, self.clauses.heads[verb]
        if above < 0 or clauses.lemmas[above] not in ("join", "unite", "team"):
            return []
        if clauses.deprels[verb] not in ("advcl", "xcomp"):
            return []
        return self.fill(above, ((("with",),),))

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
        actors = self.fill(head, frame.noun_actor)
        recipients = self.fill(head, frame.noun_recipient, loose=True)
        if candidate.support is not None:
            carried = self._from_support(candidate, recipients)
            actors = [*carried[0], *actors] if not actors or frame.mutual else actors
            recipients = recipients or carried[1]
        elif not actors or (frame.mutual and len(_distinct([*actors, *recipients])) < 2):
            actors = [*actors, *self._beside(candidate, alone=not actors)]
        return actors, recipients

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

    def _beside(self, candidate: Candidate, *, alone: bool) -> list[Filler]:
        """“On a visit to Tokyo, he said …”: whoever acts in the clause that holds the noun.

        With `alone` the noun itself names nobody: “during the call he congratulated the king”.
        """
        clauses, head = self.clauses, candidate.head
        case = clauses.case.get(head)
        contact = candidate.frame.mutual or candidate.frame.mode == "visit"
        above = clauses.heads[head]
        if not contact and not (case == "for" and clauses.lemmas[above] in _PURPOSE):
            return []
        if above < 0 or clauses.deprels[head] not in ("obl", "nmod") or case not in _BESIDE:
            return []
        found: list[Filler] = []
        for _ in range(_CLIMB):
            if clauses.is_verb(above):
                found = self.fill(above, ((("subj",),),))
            if found or clauses.heads[above] < 0:
                break
            above = clauses.heads[above]
        if candidate.frame.mutual and clauses.is_verb(above):
            if self._is_contact(above):
                found += self.fill(above, ((("obj",),), (("with",),)))
            elif case == "during" and alone:
                met = self.fill(above, ((("iobj",),), (("obj",),), (("to",),)))
                met = met or self.fill(above, ((("obj", "to"),),))
                found += [f for f in met if self.cast.actor(f.actor).kind == "person"]
            elif case == "in" and clauses.lemmas[above] in _ADDRESS:  # “told him in talks”
                found += self.fill(above, ((("iobj",),), (("obj",),), (("to",),)))
        return found

    def _is_contact(self, verb: int) -> bool:
        """Does the verb tell a contact of its own (“after three calls, they met …”)?"""
        entries = self.matcher.index.verbs.get(self.clauses.lemmas[verb], ())
        return any(entry.frame.mutual for entry in entries)

    # ---- slots -------------------------------------------------------------------------------

    def fill(self, token: int, slot: Slot, *, loose: bool = False) -> list[Filler]:
        """The actors of the first alternative that yields any."""
        for alternative in slot:
            if alternative == (("speaker",),):
                return self._speaker(token)
            found = [
                Filler(filler, actor, ".".join(path))
                for path in alternative
                for filler in self.matcher.slot_tokens(token, path)
                for actor in self.actors_at(filler, loose=loose or path[-1] == "poss")
            ]
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
        return [Filler(subject, f.actor, "subj") for f in self._speaker(token)]

    def _speaker(self, token: int, *, quoted: bool = False) -> list[Filler]:
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
        found: list[str] = []
        for one in self.clauses.coordinated(token):
            found += self._at(one, loose)
            found += self._joined(one)
        return list(dict.fromkeys(found))

    def _joined(self, token: int) -> list[str]:
        """A second name behind “and” that the parse made part of the first."""
        clauses = self.clauses
        found: list[str] = []
        for child in clauses.children[token]:
            named = self.cast.at(child)
            if named is not None and self.cast.actor(named).kind == "person":
                for other in clauses.coordinated(child):  # hung on the name, not on the office
                    if other != child and clauses.upos[other] in ("PROPN", "NOUN"):
                        found += self._at(other, False)
            if clauses.deprels[child] != "flat":
                continue
            actor = self.cast.at(child)
            between = clauses.lemmas[token + 1 : child]
            if actor is not None and actor != self.cast.at(token) and "and" in between:
                found.append(actor)
        return found

    def _at(self, token: int, loose: bool) -> list[str]:
        clauses = self.clauses
        actor = self.cast.at(token)
        holder = self._holder(token, actor)
        if holder is not None:
            return [holder]
        if actor is not None:
            own = self._of_speaker(token, actor) or self._counterpart(token, actor)
            if own is not None:
                return [own]
            return self._named_before(token, actor) or [actor, *self._offices_of(token)]
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
        return found or self._at_place(token)

    def _holder(self, token: int, actor: str | None) -> str | None:
        """“Prime Minister of the Italian Republic Mario Draghi”: the name that ends the phrase.

        The parse hangs it on the state or body of which the office is, and an office alone may
        have been taken for somebody else's.
        """
        clauses = self.clauses
        if clauses.lemmas[token].lower() not in _OFFICES or clauses.xpos[token] in ("NNS", "NNPS"):
            return None
        if actor is not None and self._is_named_at(token, actor):
            return None
        _, end = clauses.analysis.subtree(token)
        most = min(end + 1, token + _OFFICE_WORDS, len(clauses.words))
        for at in range(token + 1, most):  # the name itself may be hung elsewhere
            named = self.cast.at(at)
            person = named is not None and self.cast.actor(named).kind == "person"
            if person and named != actor and clauses.xpos[at] == "NNP":
                return None if clauses.lemmas[at - 1] == "and" else named
            if clauses.lemmas[at].lower() in _OFFICES and "and" in clauses.lemmas[token:at]:
                return None
            if clauses.lemmas[at] not in _OF_OFFICES and clauses.upos[at] not in _NOMINAL:
                return None
        return None

    def _is_named_at(self, token: int, actor: str) -> bool:
        """Does the token belong to a name of this person, as in “President Macron”?"""
        start, end = self.clauses.analysis.span(token, token + 1)
        return any(
            mention.form == "name" and mention.start <= start and end <= mention.end
            for mention in self.cast.actor(actor).mentions
        )

    def _of_speaker(self, token: int, actor: str) -> str | None:
        """“Our army is on alert”, or “the army”, said a Turkish general: the speaker's state."""
        clauses = self.clauses
        if clauses.lemmas[token] not in _FORCES or self.cast.actor(actor).kind == "person":
            return None
        if any(clauses.deprels[c] in ("nmod:poss", "nmod") for c in clauses.children[token]):
            return None
        if any(self._state(c) is not None for c in clauses.children[token]):
            return None
        if not any(clauses.lemmas[c] in ("the", "our") for c in clauses.children[token]):
            return None
        speakers = [self.cast.actor(f.actor) for f in self._speaker(token, quoted=True)]
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
        if behind:  # further states of a list that the parse hung on the office itself
            behind += [
                c
                for c in clauses.children[token]
                if c > behind[-1] and clauses.deprels[c] in ("nmod", "conj", "appos", "list")
                and c not in clauses.case and clauses.upos[c] == "PROPN"
            ]  # fmt: skip
        states = [self.cast.at(one) for child in behind for one in clauses.coordinated(child)]
        return [state for state in states if state is not None] if len(states) > 1 else []

    def _at_place(self, token: int) -> list[str]:
        """A town stands for its state where it is visited or struck, if that is in the cast."""
        country = self._places.get(token)
        return [country] if country is not None and country in self._known else []

    def _by_modifier(self, token: int) -> list[str]:
        """“Turkish warships”: the state that the adjective names."""
        clauses = self.clauses
        for child in clauses.children[token]:
            if clauses.deprels[child] in ("amod", "compound", "nmod:poss"):
                state = self._state(child)
                if state is not None:
                    return [state]
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
                if clauses.deprels[child] in deprels and clauses.case.get(child) in (
                    None, "of", "by", "'s", "’s", "against", "on", "in", "'", "from",
                ):  # fmt: skip
                    inner = self.actors_at(child, loose=clauses.deprels[child] == "nmod")
                    if inner:
                        return inner
        return []


def _distinct(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    seen: dict[str, Filler] = {}
    for filler in fillers:
        seen.setdefault(filler.actor, filler)
    return tuple(seen.values())


def missing(candidate: Candidate, roles: Roles) -> str | None:
    """What the frame requires and the text does not name; None where all is there."""
    requires = candidate.frame.requires
    if candidate.frame.mutual:
        enough = 2 if requires == "both" else 1
        if requires != "none" and len(roles.actors) + len(roles.recipients) < enough:
            return "participants"
        return None
    if requires in ("actor", "both") and not roles.actors:
        return "actor"
    if requires in ("recipient", "both") and not roles.recipients:
        return "recipient"
    if requires == "any" and not roles.actors and not roles.recipients:
        return "participants"
    return None


_POLITICAL_KINDS = frozenset({"state", "government", "igo", "bloc", "armed-group"})
_POLITICAL_SECTORS = frozenset(
    {"GOV", "MIL", "REB", "LEG", "JUD", "COP", "SPY", "PTY", "OPP", "PRM", "UAF", "PRE", "ELI"}
)


def is_political(actor: Actor) -> bool:
    """Does this actor make what it does politics?"""
    if actor.kind in _POLITICAL_KINDS or not _POLITICAL_SECTORS.isdisjoint(actor.sectors):
        return True
    return actor.code is not None
