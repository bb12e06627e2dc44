"""One telling of an event: its status, mode, date, place, contexts, and on whose word it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.coding.clauses import Clauses
from dragoman.coding.composition import Act
from dragoman.coding.contact_status import settled
from dragoman.coding.contacts import VIDEO, initiator_of, level_of, medium_of, topics_of
from dragoman.coding.contexts import contexts_of, contexts_of_document, contexts_of_sentence
from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import CastLike, Roles
from dragoman.coding.history import History
from dragoman.coding.matching import MODAL, NOUN, Candidate, Matcher
from dragoman.coding.modes import mode_by_words
from dragoman.coding.numbers import count_at
from dragoman.coding.parties.participants import Participants
from dragoman.coding.predicate_status import Clue
from dragoman.coding.sizes import sizes_of
from dragoman.coding.status import StatusReading, status_of
from dragoman.coding.status_words import SHOW
from dragoman.coding.timing import HELD, Timing, settle
from dragoman.language.analysis import Analysis
from dragoman.ontology import load_ontology
from dragoman.records import Medium, Span, When, Where

if TYPE_CHECKING:
    from dragoman.coding.statements import Said

_DECIDES = frozenset({"decision", "decide", "agreement", "agree"})  # acts of saying, when agreed
_APART = frozenset({"after", "before", "following", "ahead_of"})
_ACCEPTED = 4  # words between “which” and “accepted”
_WHERE_SAID = frozenset({"at", "in", "during", "after", "following"})
_DAYS = frozenset({"minute", "hour", "part-of-day", "day"})
_SPEAKER = ((("speaker",),),)


class Drafter:
    """Drafts the tellings of one document.

    `victims_at` holds, once known, for the head of an attack the word that tells its dead.
    """

    def __init__(
        self,
        clauses: Clauses,
        matcher: Matcher,
        participants: Participants,
        cast: CastLike,
        said: Sequence[Said],
        timing: Timing,
    ) -> None:
        self.clauses = clauses
        self.analysis = clauses.analysis
        self.matcher = matcher
        self.participants = participants
        self.cast = cast
        self.said = said
        self.timing = timing
        self.history = History(clauses, timing)
        self.victims_at: Mapping[int, int] = {}
        self._contexts: dict[int, tuple[str, ...]] = {}
        self._document_contexts = contexts_of_document(clauses)

    def draft(self, number: int, roles: Roles, rank: int, acts: Sequence[Act]) -> Draft:
        """The telling that an act comes to."""
        act = acts[number]
        candidate, frame = act.candidate, act.candidate.frame
        assert act.type is not None
        reading = self.status(act)
        when = None if self._commemorated(candidate) else self._when(candidate, roles)
        if frame.status is not None and reading.status in ("happened", "ongoing"):
            told = Clue(candidate.head, "frame", frame.status)
            reading = replace(reading, status=frame.status, clues=(*reading.clues, told))
        reading = self._decided(act, reading)
        quad = load_ontology().types[act.type].quad
        spoken = act.type != "CONSULT" and quad.startswith("verbal")
        if act.type == "CONSULT":
            reading = self._held_by_then(candidate, reading, when)
        status, clues = settle(reading, when, self.timing.date, spoken=spoken)
        if spoken and status == "happened" and self.timing.is_ahead(when):
            when = None
        reading = replace(reading, clues=clues)
        statement = self._statement(candidate.head)
        contact = act.type == "CONSULT"
        where = self.timing.where(candidate)
        mode = self._mode(act, roles)
        sentence = self.analysis.sentence_of[candidate.head]
        return Draft(
            number=number,
            act=act,
            type=act.type,
            mode=mode,
            roles=roles,
            reading=reading,
            status=status,
            background=self.history.tells(candidate, reading, when),
            sentence=sentence,
            trigger=_spans(self.analysis, candidate.trigger),
            rank=rank,
            when=when,
            where=where,
            statement=statement,
            according_to=self._chain(statement),
            medium=self._medium(candidate, where, roles) if contact else None,
            level=level_of([self.cast.actor(a) for a in roles.actor_ids]) if contact else None,
            contexts=contexts_of(
                frame.contexts,
                self._sentence_contexts(sentence),
                type=act.type,
                mode=mode,
                actors=[self.cast.actor(id) for id in roles.actor_ids + roles.recipient_ids],
                document_contexts=self._document_contexts,
            ),
            count=count_at(self.clauses, candidate.head),
            size=sizes_of(self.clauses, candidate, act.type, roles),
            initiator=initiator_of(self.clauses, candidate, self.participants) if contact else None,
            topics=topics_of(self.clauses, candidate) if contact else (),
            confidence=_confidence(act, roles, reading),
            method=_method(act, acts),
            deeds=act.deeds,
            apart_from=self._apart_from(candidate) if contact else -1,
            about="" if act.deeds else self._about(candidate),
        )

    def _medium(self, candidate: Candidate, where: Where | None, roles: Roles) -> Medium | None:
        """Its medium; of a meeting that goes on from a sentence before, what that one tells."""
        medium = medium_of(self.clauses, candidate, where)
        told = next((f.token for f in roles.actors if f.slot == "told before"), None)
        if medium != "in-person" or where is not None or told is None:
            return medium
        bounds, sentence = self.analysis.tokens.bounds, self.analysis.sentence_of[told]
        words = self.clauses.lemmas[bounds[sentence] : bounds[sentence + 1]]
        return medium if VIDEO.isdisjoint(words) else "video"

    def _held_by_then(
        self, candidate: Candidate, reading: StatusReading, when: When | None
    ) -> StatusReading:
        """“Reaffirmed their commitment at a meeting yesterday”: the meeting was held.

        What a noun says of what hangs on it does not hold for where it was said.
        """
        at = self.clauses.case.get(candidate.head) in _WHERE_SAID and candidate.part == NOUN
        if reading.status not in ("possible", "planned") or not at or self.timing.date is None:
            return reading
        past = when is not None and when.precision in _DAYS and when.end[:10] < self.timing.date
        if not past or not reading.clues or reading.clues[0].kind != "noun":
            return reading
        return replace(reading, status="happened")

    def _apart_from(self, candidate: Candidate) -> int:
        """The verb of a clause that tells what came after or before this contact."""
        beside = self.clauses.case.get(candidate.head) in _APART
        noun = candidate.part == NOUN and self.clauses.deprels[candidate.head] == "obl"
        return self.clauses.heads[candidate.head] if noun and beside else -1

    def _about(self, candidate: Candidate) -> str:
        """The head of the clause, or the phrase, that an act over a deed stands over."""
        for slot in candidate.frame.complement:
            if slot in ("-", "self"):
                continue
            for base in dict.fromkeys((candidate.head, candidate.top)):
                for token in self.matcher.slot_or_clause(base, slot):
                    return self.clauses.lemmas[token]
        return ""

    def _carried(self, candidate: Candidate, reading: StatusReading) -> StatusReading:
        """The verb says what becomes of the deed that its object names: “called off the march”."""
        name = self.matcher.support_name(candidate.head)
        status = self.clauses.lexicon.support[name].status if name else "same"
        if status == "same" or reading.status not in ("happened", "ongoing"):
            return reading
        clue = Clue(candidate.head, "carrying verb", status)
        return replace(reading, status=clue.status, clues=(*reading.clues, clue))  # type: ignore[arg-type]

    def _decided(self, act: Act, reading: StatusReading) -> StatusReading:
        """A refusal or an agreement that is decided is spoken; only a deed still lies ahead."""
        verbal = load_ontology().types[act.type or "AGREE"].quad.startswith("verbal")
        if not verbal or act.type == "CONSULT" or reading.status != "planned":
            return reading
        last = reading.clues[-1] if reading.clues else None
        if last is not None and self.clauses.lemmas[last.token] in _DECIDES:
            return replace(reading, status="happened")
        return reading

    def _commemorated(self, candidate: Candidate) -> bool:
        """The date of an anniversary is not that of what it recalls."""
        above = self.clauses.heads[candidate.head]
        return above >= 0 and self.clauses.lemmas[above] == "anniversary"

    def _when(self, candidate: Candidate, roles: Roles) -> When | None:
        """Its own time; what stands in the words of a speaker alone is as old as these words."""
        when = self.timing.when(candidate)
        if when is None and candidate.head in self.victims_at:
            when = self.timing.at(self.victims_at[candidate.head])
        if when is not None:
            return when
        by_speaker = any(f.slot == "speaker" for f in roles.actors)
        if not by_speaker and not self._under_way(candidate.top):
            return None
        statement = self._statement(candidate.head)
        cue = None if statement is None else self.said[statement].cue
        return None if cue is None else self.timing.at(cue[0])

    def _under_way(self, verb: int) -> bool:
        """“Said last month that it was taking …”: under way when it was said."""
        clauses = self.clauses
        if clauses.xpos[verb] != "VBG":
            return False
        return any(
            clauses.lemmas[a] == "be" and clauses.xpos[a] == "VBD"
            for a in clauses.aux.get(verb, ())
        )

    def status(self, act: Act) -> StatusReading:
        """How real the words of the clause make it, before its date has its say."""
        candidate = act.candidate
        spoken = candidate.frame.actor == _SPEAKER and candidate.part != NOUN
        if candidate.part == MODAL or spoken:
            return StatusReading("happened", False, True, ())
        reading = status_of(
            self.analysis,
            candidate.head,
            self.clauses,
            support=candidate.support,
            lasting=candidate.frame.lasting,
        )
        if candidate.frame.carried:
            reading = self._carried(candidate, reading)
        if act.type == "CONSULT" and candidate.part == NOUN:
            reading = self._of_meeting(candidate, reading)
        if act.type == "CONSULT" and reading.status == "possible":
            reading = self._accepted(candidate, reading)
        if act.type == "CONSULT":
            reading = settled(self.clauses, reading, candidate.top)
        if act.refused:  # the negation made the act; it does not deny it as well
            return replace(reading, status="happened")
        return reading

    def _accepted(self, candidate: Candidate, reading: StatusReading) -> StatusReading:
        """“Invited her to visit Peru, which she accepted”: it is to come."""
        clauses = self.clauses
        inviting = next((c.token for c in reading.clues if clauses.lemmas[c.token] == "invite"), -1)
        sentence = self.analysis.sentence_of[candidate.head]
        last = self.analysis.tokens.bounds[sentence + 1]
        if inviting < 0:
            return reading
        for token in range(candidate.head + 1, last):
            if clauses.lemmas[token] != "accept" or not clauses.is_verb(token):
                continue
            told = clauses.lemmas[max(0, token - _ACCEPTED) : token + _ACCEPTED]
            real = clauses.xpos[token] in ("VBD", "VBN") and token not in clauses.negation
            if real and not {"which", "invitation", "offer"}.isdisjoint(told):
                clue = Clue(token, "accepted", "planned")
                return replace(reading, status="planned", clues=(*reading.clues, clue))
        return reading

    def _of_meeting(self, candidate: Candidate, reading: StatusReading) -> StatusReading:
        """“Said after the talks that all must …”: held; “a summit to be held”: to come."""
        clauses, noun = self.clauses, candidate.head
        above = clauses.heads[noun]
        if reading.status == "possible" and clauses.case.get(noun) == "following":
            return replace(reading, status="happened")
        if reading.status not in ("happened", "ongoing"):
            return reading
        ahead = any(
            clauses.deprels[child] in ("acl", "acl:relcl")
            and clauses.lemmas[child] in HELD
            and (clauses.mark.get(child) == "to" or _will(clauses, child))
            for child in clauses.children[noun]
        )
        ahead = ahead or clauses.lemmas[noun + 1 : noun + 3] == ["to", "be"]
        subject = clauses.deprels[noun] in ("nsubj", "nsubj:outer") and above >= 0
        if ahead or (subject and _is_to(clauses, above)):
            clue = Clue(noun, "clause behind", "planned")
            return replace(reading, status="planned", clues=(*reading.clues, clue))
        return reading

    def _mode(self, act: Act, roles: Roles) -> str | None:
        """The mode, with that of a contact by phone or of many."""
        if act.type == "CONSULT" and act.mode is None:
            if medium_of(self.clauses, act.candidate, None) == "phone":
                return "phone"
            codes = {self.cast.actor(id).code for id in roles.actor_ids} - {None}
            if len(codes) > 2:
                return "multilateral"
        if act.mode is None and act.type is not None:
            about = "" if act.deeds else self._about(act.candidate)
            return mode_by_words(self.clauses, act.candidate, act.type, about)
        return act.mode

    def _sentence_contexts(self, sentence: int) -> tuple[str, ...]:
        if sentence not in self._contexts:
            self._contexts[sentence] = contexts_of_sentence(self.clauses, sentence)
        return self._contexts[sentence]

    # ---- on whose word -----------------------------------------------------------------------

    def _statement(self, token: int) -> int | None:
        """The innermost statement that contains a word."""
        return self._statement_at.get(token)

    @cached_property
    def _statement_at(self) -> dict[int, int]:
        best: dict[int, tuple[bool, int, int]] = {}
        contents = ((r, index) for index, one in enumerate(self.said) for r in one.content)
        for (first, last), index in contents:
            # What one side alleges and another denies stands on the word of the first.
            key = (self.said[index].kind == "denial", last - first, -index)
            for token in range(first, last):
                if token not in best or key < best[token]:
                    best[token] = key
        return {token: -key[2] for token, key in best.items()}

    def _chain(self, statement: int | None) -> tuple[str, ...]:
        """The speakers on whose word it stands, innermost first."""
        chain: list[str] = []
        seen: set[int] = set()
        while statement is not None and statement not in seen:
            seen.add(statement)
            speaker = self.said[statement].speaker
            if speaker is not None and speaker not in chain:
                chain.append(speaker)
            statement = self.said[statement].inside
        return tuple(chain)


def _will(clauses: Clauses, verb: int) -> bool:
    return any(clauses.lemmas[aux] in ("will", "shall") for aux in clauses.aux.get(verb, ()))


def _is_to(clauses: Clauses, verb: int) -> bool:
    """“The discussion is to cover …”."""
    if clauses.lemmas[verb] == "be":
        below = [c for c in clauses.children[verb] if clauses.mark.get(c) == "to"]
        return bool(below) and clauses.lemmas[below[0]] not in SHOW
    cop = any(clauses.lemmas[c] == "be" for c in clauses.children[verb] if c < verb)
    return cop and clauses.mark.get(verb) == "to" and clauses.lemmas[verb] not in SHOW


def _spans(analysis: Analysis, tokens: Sequence[int]) -> tuple[Span, ...]:
    """The tokens as spans; neighbours are joined."""
    spans: list[Span] = []
    last = -2
    for token in tokens:
        start, end = analysis.span(token, token + 1)
        if token == last + 1 and spans:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        last = token
    return tuple(spans)


def _method(act: Act, acts: Sequence[Act]) -> str:
    """The frame, and what it stands over: `frame:threaten-deed > impose-sanctions`."""
    names = [act.candidate.frame.name]
    inner = act
    while inner.deeds and len(names) < 5:
        inner = acts[inner.deeds[0]]
        names.append(inner.candidate.frame.name)
    return "frame:" + " > ".join(names)


def _confidence(act: Act, roles: Roles, reading: StatusReading) -> float:
    """A prior: the frame's, raised by what is named and lowered by what is doubtful."""
    value = act.candidate.frame.prior
    if roles.actors and (
        roles.recipients or (act.candidate.frame.mutual and len(roles.actors) > 1)
    ):
        value += 0.1
    if not roles.actors:
        value -= 0.15
    if act.candidate.part == NOUN and act.candidate.support is None:
        value -= 0.05
    if reading.status in ("possible", "denied"):
        value -= 0.05
    return round(min(0.95, max(0.05, value)), 2)
