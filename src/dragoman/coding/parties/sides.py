"""The two sides of a contact, where the grammar of one clause names one of them or too many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler, Roles, distinct, is_political
from dragoman.coding.matching import Candidate, Matcher
from dragoman.coding.parties.doers import Fill
from dragoman.coding.parties.titled import Titled
from dragoman.records import Actor

_VENUES = frozenset(
    {"geneva", "vienna", "brussels", "strasbourg", "york", "doha", "astana", "nur-sultan", "muscat",
     "oslo", "lausanne", "davos", "hague", "helsinki", "reykjavik", "sochi", "istanbul", "jeddah",
     "minsk", "luxembourg", "cairo", "algiers", "stockholm", "montreux", "singapore"}
)  # fmt: skip
# Nouns with a “with” of their own, and what is exchanged with others.
_WITH = frozenset(
    {"border", "cooperation", "relation", "relationship", "tie", "situation", "work", "interaction"}
    | {"war", "conflict", "agreement", "deal", "negotiation", "talk", "dialogue", "contact"}
    | {"partnership", "link", "trade", "accord", "treaty", "pact", "frontier"}
    | {"association", "integration", "rapprochement", "confrontation", "alliance"}
)  # fmt: skip
_TITLE = 24  # words from an office to the name of its holder
_WHILE = frozenset({"during", "after", "following", "before", "at"})
_COUNTED = frozenset({"two", "both", "three", "four", "leaders", "presidents", "parties", "sides"})
_HOSTING = "host-event"
_WHOM = frozenset({"obj", "with", "to", "obj.with"})
# What a list of states may be called: they take part, and not it as well.
_SETS = frozenset({"group", "countries", "nations", "states", "members", "sides"})
_COMMA = 4  # characters
_NEAR = 4  # words up from “with the participation of” to the meeting
_PAIR = 2
_FEW = 3  # members whom a text means one by one
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning", "around", "in"})
_BEHIND = frozenset({"with", "of", "poss"})
_TAKING_PART = frozenset({"participation", "involvement"})
# Meetings that bear the name of where they are held, whoever it is that meets there.
_GATHERINGS = frozenset({"summit", "conference", "forum", "council", "session", "assembly"})
_MET = frozenset(
    {"request", "demand", "need", "requirement", "obligation", "target", "goal", "standard",
     "condition", "deadline", "challenge", "commitment", "criterion", "expectation", "cost"}
)  # fmt: skip
_OBJECTS = frozenset({"view", "opinion", "idea", "greeting", "message", "letter", "assessment"})


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
        self._known = frozenset(actor.id for actor in cast.actors)
        self._titled = Titled(clauses, cast)

    def of(
        self, candidate: Candidate, actors: Sequence[Filler], recipients: Sequence[Filler]
    ) -> Roles:
        """All who take part in a mutual event, as actors."""
        actors = self.told_when_they_met(candidate.top) or actors
        fillers = [f for f in (*actors, *recipients) if not self._is_topic(candidate, f)]
        fillers += self._participating(candidate)
        if candidate.frame.type == "CONSULT":
            fillers = [self._named_behind(f) for f in fillers if not self._is_paper(f)]
            fillers += self._further(fillers)
            fillers = self._each(candidate, fillers)
        if candidate.frame.type == "CONSULT" and self._lacks_doer(candidate, fillers):
            return Roles(())
        parties = self._without_bodies(distinct(self.without_venue(fillers)))
        parties = self.without_told_again(parties)
        parties = self._without_seat(candidate.head, parties)
        if candidate.frame.type == "CONSULT":
            parties = self._without_site(candidate, parties)
        if len(parties) != 1 or candidate.frame.name == _HOSTING:
            return Roles(parties)  # “hosted talks in Geneva”: the host is told
        return self.with_host(candidate, parties)

    def _is_paper(self, filler: Filler) -> bool:
        """“Told Reuters at the meeting”: papers and agencies report, and are no side."""
        actor = self._cast.actor(filler.actor)
        return actor.kind == "organisation" and "JRN" in actor.sectors

    def _further(self, fillers: Sequence[Filler]) -> list[Filler]:
        """“Met the envoy, Ana Diaz, a cousin of the king, as well as Luis Rey”: those behind.

        People who are told by name, each at the end of what stands between commas, up to the one
        that “and” brings; the parse hangs them on what is told of those before.
        """
        people = [f for f in fillers if f.slot in _WHOM and self._is_person(f.actor)]
        if not people:
            return []
        last = max(people, key=lambda f: f.token)
        known = {f.actor for f in fillers}
        return [
            Filler(last.token, actor, last.slot)
            for actor in self._titled.in_list(last.token)
            if actor not in known
        ]

    def _is_person(self, actor: str) -> bool:
        return self._cast.actor(actor).kind == "person"

    def without_told_again(self, fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """“A group of states, Peru, Chile …”: those who are named, and no group as well."""
        actors = {f.actor: self._cast.actor(f.actor) for f in fillers}
        codes = {actor.code for actor in actors.values() if actor.code}

        def told_again(filler: Filler) -> bool:
            actor = actors[filler.actor]
            if actor.basis != "text" or actor.members or actor.kind == "person":
                return False
            words = actor.name.lower().split()
            return (
                actor.code is None and len(codes) > 1 and words[-1] in _SETS and "of" not in words
            )

        return tuple(f for f in fillers if not told_again(f))

    def _named_behind(self, filler: Filler) -> Filler:
        """“His successor, Ana Diaz”: she, whose name stands right behind the comma."""
        office = self._cast.actor(filler.actor)
        if office.kind != "unnamed" or office.basis != "text" or office.members:
            return filler
        people = (actor for actor in self._cast.actors if actor.kind == "person")
        named = next((one for one in people if self._is_apposed(office, one)), None)
        return filler if named is None else replace(filler, actor=named.id)

    def _is_apposed(self, office: Actor, person: Actor) -> bool:
        """Does a person's name stand right behind the comma after an office?"""
        analysis = self._clauses.analysis
        if office.name.endswith("s"):
            return False  # “met officials, Ana Diaz said”
        for name in (m for m in person.mentions if m.form == "name"):
            for end in (m.end for m in office.mentions if 0 < name.start - m.end < _COMMA):
                token = bisect_left(analysis.tokens.starts, name.start)
                subject = self._clauses.deprels[token].startswith("nsubj")
                if not subject and analysis.text[end : name.start].strip() == ",":
                    return True
        return False

    def _participating(self, candidate: Candidate) -> list[Filler]:
        """“A summit of the members with the participation of Peru and Chile”."""
        clauses = self._clauses
        sentence = clauses.analysis.sentence_of[candidate.head]
        for token in range(candidate.head + 1, clauses.analysis.tokens.bounds[sentence + 1]):
            if clauses.lemmas[token] not in _TAKING_PART or clauses.case.get(token) != "with":
                continue
            above = token
            for _ in range(_NEAR):
                above = clauses.heads[above]
                if above in (candidate.head, candidate.top, candidate.support, -1):
                    break
            if above >= 0 and above in (candidate.head, candidate.top, candidate.support):
                return [
                    Filler(who, actor, "with")
                    for who in clauses.under(token, "of")
                    for actor in self._actors_at(who)
                ]
        return []

    def _lacks_doer(self, candidate: Candidate, fillers: Sequence[Filler]) -> bool:
        """“I spoke to the envoy of Peru and the king”: who spoke to them is not told."""
        clauses, verb = self._clauses, candidate.head
        if not clauses.is_verb(verb) or clauses.passive(verb) or not fillers:
            return False
        subject = clauses.surface_subject(verb)
        if subject is None or clauses.upos[subject] != "PRON" or not clauses.finite(verb):
            return False
        return all(f.slot in ("to", "with", "obj") for f in fillers)

    def _is_topic(self, candidate: Candidate, filler: Filler) -> bool:
        """“Discussed the border with Chad”, “opinions on work with refugees”: what it is about.

        “With” below the object of a discussion may still tell with whom (“discussed the crisis
        with Ana Diaz”): where its noun is none that has a “with” of its own, or for a person.
        """
        clauses, above = self._clauses, self._clauses.heads[filler.token]
        if filler.slot == "obj" and self._is_spoken_of(filler):
            return True
        if filler.slot == "obj" and clauses.lemmas[filler.token] in _MET:
            return True  # “met the requests of Peru”
        if filler.slot != "with" or candidate.frame.type != "CONSULT":
            return False
        own = {candidate.head, candidate.top, candidate.support}
        thing = clauses.upos[filler.token] == "NOUN" and self._cast.at(filler.token) is None
        if candidate.frame.name == "discuss" and thing:
            return True  # “discussed a flight with a Peruvian pilot”
        if above in own and self._follows_object(candidate, filler):
            return True
        if above in own or above < 0 or self._cast.at(above) is not None:
            return False
        if not clauses.is_verb(candidate.head):
            return False
        if clauses.lemmas[above] in _OBJECTS and clauses.heads[above] in own:
            return False
        if self._cast.actor(filler.actor).kind == "person":
            return False
        return clauses.lemmas[above] in _WITH or clauses.upos[filler.token] != "PROPN"

    def _is_spoken_of(self, filler: Filler) -> bool:
        """“Had an exchange of views on the war in Chad”: Chad stands below what it is about."""
        clauses, noun = self._clauses, filler.token
        if clauses.upos[noun] != "NOUN" or self._cast.at(noun) is not None:
            return False
        for token, actor in enumerate(self._cast.at(t) for t in range(len(clauses.words))):
            if actor == filler.actor and token > noun:
                above = token
                while above >= 0 and above != noun:
                    if clauses.case.get(above) in _ABOUT:
                        noun_above = clauses.heads[above]
                        while noun_above >= 0 and noun_above != noun:
                            noun_above = clauses.heads[noun_above]
                        return noun_above == noun
                    above = clauses.heads[above]
        return False

    def _without_bodies(self, fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """“The President of the European Commission Ana Diaz” is she, and not the Commission too.

        A state or body is left out where somebody who acts for it is told behind the same noun.
        """
        fillers = self._without_count(fillers)
        actors = {f.actor: self._cast.actor(f.actor) for f in fillers}
        people = [f for f in fillers if actors[f.actor].kind == "person"]

        def stands_for(person: Filler, body: Filler) -> bool:
            acts_for = body.actor in (actors[person.actor].part_of, actors[person.actor].code)
            if person.token == body.token:  # “the Presidents of Peru and Chile”
                return acts_for or self._in_title(body, person)
            return acts_for and {person.slot, body.slot} <= _BEHIND

        return tuple(
            f
            for f in fillers
            if actors[f.actor].kind not in ("state", "igo", "government")
            or not any(stands_for(person, f) for person in people)
        )

    def counted(self, filler: Filler) -> list[Filler]:
        """“Went to three countries – Peru, Chile and Mali”: those that are named behind."""
        clauses, actor = self._clauses, self._cast.actor(filler.actor)
        if actor.kind not in ("bloc", "unnamed") or actor.code is not None or actor.members:
            return [filler]
        if clauses.upos[filler.token] == "PROPN":
            return [filler]
        named = [
            replace(filler, token=token, actor=one)
            for child in clauses.children[filler.token]
            if clauses.deprels[child] in ("appos", "list") and clauses.upos[child] == "PROPN"
            for token in clauses.coordinated(child)
            for one in self._actors_at(token)
            if self._cast.actor(one).kind == "state"
        ]
        return named or [filler]

    def _without_count(self, fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """“Visiting four countries, Peru, Chile …”: the four are those that are named."""
        clauses = self._clauses
        named = {f.token for f in fillers if self._cast.actor(f.actor).kind == "state"}

        def counts(filler: Filler) -> bool:
            actor = self._cast.actor(filler.actor)
            if actor.kind not in ("bloc", "unnamed") or actor.code is not None or actor.members:
                return False
            if clauses.upos[filler.token] == "PROPN":
                return False
            return any(t in named or c in named for c in clauses.children[filler.token]
                       if clauses.deprels[c] in ("appos", "conj", "list")
                       for t in clauses.coordinated(c))  # fmt: skip

        return tuple(f for f in fillers if not counts(f))

    def _in_title(self, body: Filler, person: Filler) -> bool:
        """Does a body stand between an office and the name of its holder, in one slot?"""
        if body.token != person.token or self._cast.actor(body.actor).kind == "state":
            return False
        for token in range(body.token + 1, min(body.token + _TITLE, len(self._clauses.words))):
            actor = self._cast.at(token)
            if actor == person.actor and self._clauses.xpos[token] == "NNP":
                return False
            if actor == body.actor:
                return True
        return False

    def _follows_object(self, candidate: Candidate, filler: Filler) -> bool:
        """“Discussed relations with Peru”: the object takes the “with” right behind it."""
        clauses = self._clauses
        if candidate.frame.name not in ("discuss", "exchange-views"):
            return False
        before = [c for c in clauses.children[filler.token] if clauses.lemmas[c] == "with"]
        noun = before[0] - 1 if before else -1
        governed = noun >= 0 and clauses.upos[noun] == "NOUN" and clauses.lemmas[noun] in _WITH
        return governed and self._cast.actor(filler.actor).kind != "person"

    def _tells_each(self, actor: Actor, candidate: Candidate) -> bool:
        """Does the text mean each member: a few, people, or named; and those of this contact?

        “The two leaders discussed …” goes on with a contact that is told before.
        """
        members = [self._cast.actor(member) for member in actor.members if member in self._known]
        words = actor.name.lower().split()
        counted = actor.kind == "unnamed" and words[0] in _COUNTED and len(words) < 3
        beside = self._clauses.case.get(candidate.head) is not None
        if counted and (beside or candidate.frame.name in ("discuss", "exchange-views")):
            return False
        few = len(members) <= _FEW
        return few or all(member.kind == "person" or member.mentions for member in members)

    def _each(self, candidate: Candidate, fillers: Sequence[Filler]) -> list[Filler]:
        """“The two leaders”, “the NATO-Ukraine Commission”: each of those whom the text tells."""
        found: list[Filler] = []
        for filler in fillers:
            actor = self._cast.actor(filler.actor)
            of_text = actor.basis == "text" and actor.kind in ("unnamed", "organisation")
            members = [m for m in actor.members if m in self._known] if of_text else []
            if len(members) < 2 or not self._tells_each(actor, candidate):
                members = [filler.actor]
            found += [Filler(filler.token, member, filler.slot) for member in members]
        return found

    def told_when_they_met(self, verb: int) -> list[Filler]:
        """“He told the king as they met”: they are the two of the clause above."""
        clauses, above = self._clauses, self._clauses.heads[verb]
        subject = clauses.surface_subject(verb)
        if subject is None or clauses.lemmas[subject] != "they" or clauses.deprels[verb] != "advcl":
            return []
        if above < 0 or not clauses.is_verb(above):
            return []
        own = self._fill(above, ((("subj",),),))
        other = self._fill(
            above, ((("iobj",),), (("obj",),), (("to",),), (("obj", "to"),), (("with",),))
        )
        if clauses.mark.get(verb) == "when" or self._is_when(verb):
            other = [f for f in other if self._cast.actor(f.actor).code is not None]
            pair = [*own[:1], *other[:1]] if len(own) == len(other) == 1 else []
            codes = {self._cast.actor(f.actor).code for f in pair} - {None}
            if len(codes) == _PAIR:  # “gave it to officials of Peru when they met”
                return pair
        people = {f.actor for f in (*own, *other) if self._cast.actor(f.actor).kind == "person"}
        both = len({f.actor for f in own}) == len({f.actor for f in other}) == 1
        return [*own, *other] if both and len(people) == 2 else []

    def _is_when(self, verb: int) -> bool:
        clauses = self._clauses
        return any(clauses.lemmas[c] == "when" and c < verb for c in clauses.children[verb])

    def with_host(self, candidate: Candidate, parties: tuple[Filler, ...]) -> Roles:
        """“He will hold talks in Beijing”: one side alone is told, the capital's is the other.

        Cities that lend themselves to the talks of others are nobody's.
        """
        one = self._cast.actor(parties[0].actor)
        if candidate.frame.type != "CONSULT" or not is_political(one) or one.code is None:
            return Roles(parties)
        head = candidate.head
        named = self._clauses.upos[head] == "PROPN" or self._clauses.lemmas[head] in _GATHERINGS
        held = named or parties[0].slot in ("poss", "of")
        if held and one.kind in ("igo", "bloc", "organisation"):
            return Roles(parties)  # “the summit of the Union in Lima”, “an OECD meeting in Lima”
        if parties[0].slot == "subj" and self._clauses.case.get(candidate.head) in _WHILE:
            return Roles(parties)  # “during the talks in Peru we agreed”: with whom is not told
        for base in dict.fromkeys((candidate.head, candidate.top)):
            for place in self._clauses.under(base, "in"):
                if self._clauses.lemmas[place] in _VENUES or self._clauses.upos[place] != "PROPN":
                    continue
                for actor in self._actors_at(place):
                    host = self._cast.actor(actor)
                    if host.kind == "state" and host.code not in (one.code, None):
                        return Roles((*parties, Filler(place, actor, "in")))
        return Roles(parties)

    def without_venue(self, fillers: list[Filler]) -> list[Filler]:
        """“The Syrian ceasefire between the army and the rebels”: between tells all of them."""
        between = [f for f in fillers if f.slot == "between"]
        if len({f.actor for f in between}) < 2:
            return fillers
        if all(self._cast.actor(f.actor).kind == "person" for f in between):
            return between  # “promised to arrange a meeting between A and B”
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

    def _without_site(
        self, candidate: Candidate, fillers: tuple[Filler, ...]
    ) -> tuple[Filler, ...]:
        """“The Berlin conference” is held there, “the Chad conference” may be about Chad."""
        if self._clauses.upos[candidate.head] not in ("NOUN", "PROPN"):
            return fillers
        before = [
            f
            for f in fillers
            if f.slot == "poss"
            and self._clauses.deprels[f.token] == "compound"
            and self._cast.actor(f.actor).kind == "state"
        ]
        site = [
            f
            for f in before
            if self._cast.at(f.token) is None
            or (len(before) == 1 and candidate.frame.name == "conference")
        ]
        return tuple(f for f in fillers if f not in site)

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
