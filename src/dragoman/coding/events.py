"""From an analysed document to its events: find, resolve, compose, judge the status, merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.clauses import Clauses
from dragoman.coding.composition import Act, Composer
from dragoman.coding.contacts import level_of
from dragoman.coding.drafting import Drafter
from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import CastLike, Roles, is_political, missing
from dragoman.coding.frames import FrameIndex, shipped_index
from dragoman.coding.judging.features import Page
from dragoman.coding.judging.judge import judged
from dragoman.coding.matching import NOUN, VERB, Candidate, Matcher
from dragoman.coding.numbers import size_at
from dragoman.coding.parties.participants import Participants
from dragoman.coding.relevance import irrelevant_sentences
from dragoman.coding.roles import RoleFinder
from dragoman.coding.shadows import without_shadows
from dragoman.coding.tellings import merge
from dragoman.coding.timing import Timing
from dragoman.language.analysis import Analysis
from dragoman.ontology import load_ontology
from dragoman.records import Event

if TYPE_CHECKING:
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.statements import Said
    from dragoman.coding.times.finding import TimeExpression


def code_events(
    analysis: Analysis,
    cast: CastLike,
    said: Sequence[Said],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceExpression],
    *,
    date: str | None,
    frames: FrameIndex | None = None,
) -> list[Event]:
    """The events of a document, in the order of their triggers."""
    drafts = draft_events(analysis, cast, said, times, places, date=date, frames=frames)
    return [event for event, _ in merge(drafts, cast)]


def draft_events(
    analysis: Analysis,
    cast: CastLike,
    said: Sequence[Said],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceExpression],
    *,
    date: str | None,
    frames: FrameIndex | None = None,
) -> list[Draft]:
    """Every telling of an event, before tellings of the same event are merged.

    The judge throws out the frames that fit by accident; it needs the encoder's vectors, and where
    the analysis brings none, all that the frames propose is kept.
    """
    page, drafts = proposed_events(analysis, cast, said, times, places, date=date, frames=frames)
    return judged(page, drafts)


def proposed_events(
    analysis: Analysis,
    cast: CastLike,
    said: Sequence[Said],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceExpression],
    *,
    date: str | None,
    frames: FrameIndex | None = None,
) -> tuple[Page, list[Draft]]:
    """What the frames propose, before the judge has its say, and the document as it sees it."""
    clauses = Clauses(analysis)
    clauses.named_places |= {token for p in places for token in range(p.first, p.last)}
    timing = Timing(clauses.analysis, times, places, date)
    coder = _Coder(clauses, cast, said, timing, frames)
    drafts = coder.drafts()
    return Page(coder.clauses, cast, drafts), drafts


def fates_of(
    analysis: Analysis, cast: CastLike, said: Sequence[Said], *, frames: FrameIndex | None = None
) -> list[tuple[Candidate, str | None]]:
    """Every frame that fits, with the reason why it yields no event; None where it does."""
    clauses = Clauses(analysis)
    coder = _Coder(clauses, cast, said, Timing(clauses.analysis, (), (), None), frames)
    coder.drafts()
    return coder.fates


_CROWDS = frozenset({"thousand", "hundred", "dozen", "ten", "million", "crowd", "more"})
_INVITING = frozenset({"invite", "invitation-noun"})
_INVITED_TO = "meeting"  # the frame that an invitation opens
_JOINING = frozenset({"participate", "take", "join", "attend"})
_INVITED_TO_DO = _JOINING | {"visit", "come", "travel", "meet", "discuss", "talk", "sit", "pay"}
_GATHERINGS = frozenset(
    {"summit", "meeting", "talk", "talks", "conference", "forum", "event", "session", "ceremony",
     "negotiation", "congress", "opening", "consultation", "dinner", "anniversary", "parade"}
)  # fmt: skip
_NAMED_EVENTS = frozenset({"summit", "talk", "talks", "negotiation", "meeting"})
_SPEAKING = frozenset({"speak", "talk", "address"})


class _Coder:
    """Codes one document."""

    def __init__(
        self,
        clauses: Clauses,
        cast: CastLike,
        said: Sequence[Said],
        timing: Timing,
        frames: FrameIndex | None,
    ) -> None:
        self.clauses = clauses
        self.analysis = clauses.analysis
        self.cast = cast
        self.matcher = Matcher(self.clauses, frames or shipped_index())
        self.participants = Participants(self.clauses, self.matcher, cast, said, timing.places)
        self._drafter = Drafter(self.clauses, self.matcher, self.participants, cast, said, timing)
        self._roles = RoleFinder(
            self.clauses,
            self.participants,
            self.analysis.sentence_of,
            lambda act: self._drafter.status(act).status,
        )
        self.fates: list[tuple[Candidate, str | None]] = []  # what became of each candidate

    def drafts(self) -> list[Draft]:
        skipped = irrelevant_sentences(self.clauses)
        sentence_of = self.analysis.sentence_of
        candidates = [c for c in self.matcher.candidates() if sentence_of[c.head] not in skipped]
        self.clauses.effects = {
            token: c.frame.inner
            for c in candidates
            if c.frame.inner != "same"
            for token in (c.head, c.top)
        }
        acts = self._compose(candidates)
        roles = self._roles.of(candidates, acts)
        reasons = [self._why_not(number, act, roles) for number, act in enumerate(acts)]
        if self._give_way(candidates, acts, roles):
            acts = self._compose(candidates)
            roles = self._roles.of(candidates, acts)
            reasons = [self._why_not(number, act, roles) for number, act in enumerate(acts)]
        kept = [number for number, reason in enumerate(reasons) if reason is None]
        kept, victims_at = without_shadows(self.clauses, kept, candidates, acts, roles)
        self._drafter.victims_at = victims_at
        ranks = self._ranks(kept, acts)
        drafts = [
            self._drafter.draft(number, roles[number], ranks[number], acts) for number in kept
        ]
        inside = {deed for draft in drafts for deed in draft.deeds}
        drafts = [d for d in drafts if not _unsaid(d) and (d.number in inside or not _unreal(d))]
        self.fates = [
            (act.candidate, reasons[number] or self._fate(number, kept, drafts))
            for number, act in enumerate(acts)
        ]
        drafts += [visit for d in drafts if (visit := self._invited_to(d, acts)) is not None]
        return sorted(drafts, key=lambda draft: (draft.trigger[0].start, draft.number))

    def _give_way(
        self, candidates: list[Candidate], acts: Sequence[Act], roles: Sequence[Roles]
    ) -> bool:
        """A frame that is not given who it asks for gives way to the next that fits the word."""
        changed = False
        for number, candidate in enumerate(candidates):
            if candidate.part != VERB or acts[number].type is None:
                continue
            lacking = self._lacking(candidate, roles[number]) is not None
            if lacking or (
                candidate.frame.own_deed and not self._is_own(number, acts[number], roles)
            ):
                other = self.matcher.next_after(candidate)
                if other is not None:
                    candidates[number] = other
                    changed = True
        return changed

    def _lacking(self, candidate: Candidate, roles: Roles) -> str | None:
        """What the frame asks of those who take part and the text does not tell, in words."""
        lacking = missing(candidate, roles)
        told = self._counts_victims(candidate) or self._counts_protesters(candidate)
        if lacking is not None and not told:
            return f"no {lacking} is known" if lacking != "participants" else "nobody takes part"
        if candidate.frame.abroad and not self._of_two_states(roles):
            return "those who take part are not known to be of two states"
        return None

    def _is_own(self, number: int, act: Act, roles: Sequence[Roles]) -> bool:
        """Is a deed inside done by the one who speaks, or by a force of the same state?"""
        mine = set(roles[number].actor_ids)
        if any(mine & set(roles[deed].actor_ids) for deed in act.deeds):
            return True
        if act.type != "CONCEDE":
            return False
        mine_codes = {self.cast.actor(id).code for id in mine} - {None}
        theirs = {self.cast.actor(id) for deed in act.deeds for id in roles[deed].actor_ids}
        return any(actor.code in mine_codes and is_political(actor) for actor in theirs)

    def _of_two_states(self, roles: Roles) -> bool:
        codes = {self.cast.actor(id).code for id in roles.actor_ids + roles.recipient_ids}
        return len(codes - {None}) > 1

    def _invited_to(self, draft: Draft, acts: Sequence[Act]) -> Draft | None:
        """The meeting that an invitation is to: possible until it is accepted."""
        frame = self.matcher.index.by_name.get(_INVITED_TO)
        inviting = draft.act.candidate.frame.name in _INVITING and draft.status == "happened"
        if frame is None or not inviting or not draft.roles.actors or not draft.roles.recipients:
            return None
        if any(acts[deed].type is not None for deed in draft.deeds):
            return None
        if not self._is_to_meet(draft.act.candidate.head):
            return None
        fillers = (*draft.roles.actors, *draft.roles.recipients)
        candidate = replace(draft.act.candidate, frame=frame)
        return replace(
            draft,
            number=draft.number + len(acts),
            act=Act(candidate, "CONSULT", None),
            type="CONSULT",
            mode=None,
            roles=Roles(fillers),
            status="possible",
            rank=draft.rank + 1,
            level=level_of([self.cast.actor(filler.actor) for filler in fillers]),
            confidence=round(draft.confidence - 0.2, 2),
            deeds=(),
        )

    def _is_to_meet(self, inviting: int) -> bool:
        """“Invited her to the summit”; not to do something else: “to help”, “to join a project”."""
        clauses = self.clauses
        for verb in clauses.complements(inviting, "inf"):
            if clauses.lemmas[verb] not in _INVITED_TO_DO:
                return False
            if clauses.lemmas[verb] in _JOINING:
                beside = {clauses.lemmas[c] for c in clauses.children[verb] if c > verb}
                return not beside.isdisjoint(_GATHERINGS)
        return True

    def _why_not(self, number: int, act: Act, roles: Sequence[Roles]) -> str | None:
        """Why a candidate yields no event, in words; None where it does."""
        if act.type is None:
            return "it stands over no deed that makes it an event"
        if self._is_name(act.candidate):
            return "it is the name of someone"
        lacking = self._lacking(act.candidate, roles[number])
        if lacking is not None:
            return lacking
        if act.candidate.frame.own_deed and not self._is_own(number, act, roles):
            return "it is over no deed of the speaker's own"
        if number in self._roles.asked_in_protest:
            return "it is what protesters ask for"
        if act.type == "CONSULT" and self._only_speaks(act.candidate, roles[number]):
            return "speaking to the press or to an audience is a statement, no contact"
        if act.candidate.frame.mode == "visit" and self._is_at_home(roles[number]):
            return "it is a visit in one's own country"
        if not self._relevant(act, roles[number]):
            return "nobody takes part who makes it politics"
        return None

    def _is_at_home(self, roles: Roles) -> bool:
        """“Travelled to the south”: known people only, in a town of their own state."""
        fillers = (*roles.actors, *roles.recipients)
        codes = {self.cast.actor(filler.actor).code for filler in fillers}
        known = all(self.cast.actor(filler.actor).basis == "directory" for filler in fillers)
        hosts = [self.cast.actor(id) for id in roles.recipient_ids]
        words = {self.clauses.words[filler.token] for filler in roles.recipients}
        named = any(not words.isdisjoint(host.name.split()) for host in hosts)
        states = bool(hosts) and all(host.kind == "state" for host in hosts)
        return states and known and len(codes) == 1 and not named

    def _only_speaks(self, candidate: Candidate, roles: Roles) -> bool:
        """“An official told reporters after the meeting”, “speaking to party members, he said”."""
        fillers = (*roles.actors, *roles.recipients)
        press = [f for f in fillers if "JRN" in self.cast.actor(f.actor).sectors]
        if press and len({f.actor for f in fillers}) - len({f.actor for f in press}) < 2:
            return True
        if self.clauses.lemmas[candidate.head] not in _SPEAKING or candidate.part == NOUN:
            return False
        beside = {self.clauses.case.get(child) for child in self.clauses.children[candidate.head]}
        if candidate.frame.medium == "phone" or "with" in beside:
            return False
        above = self.clauses.heads[candidate.head]
        aside = self.clauses.deprels[candidate.head] == "advcl" and above >= 0
        said = aside and self.clauses.lemmas[above] in ("say", "tell", "add", "stress", "warn")
        return said or len({f.actor for f in fillers}) < 2

    @staticmethod
    def _fate(number: int, kept: Sequence[int], drafts: Sequence[Draft]) -> str | None:
        """What became of a candidate that had all it needs; None where it is an event."""
        if number not in kept:
            return "words beside it tell the same event"
        if any(draft.number == number for draft in drafts):
            return None
        return "it was not said, or is only thinkable"

    def _compose(self, candidates: list[Candidate]) -> list[Act]:
        """The acts; a frame that asks for a deed and finds none gives way to the next that fits."""
        acts = Composer(self.clauses, self.matcher, candidates, load_ontology()).acts()
        changed = False
        for number, act in enumerate(acts):
            if act.type is None and act.candidate.frame.needs_deed:
                other = self.matcher.instead(act.candidate)
                if other is not None:
                    candidates[number] = other
                    changed = True
        if changed:
            acts = Composer(self.clauses, self.matcher, candidates, load_ontology()).acts()
        return acts

    def _counts_victims(self, candidate: Candidate) -> bool:
        """“At least two people were killed”: how many is told, though not by whom."""
        frame = candidate.frame
        if frame.number not in ("killed", "arrested") or frame.requires != "any":
            return False
        victims = self.clauses.objects(candidate.head) if candidate.part != NOUN else []
        return any(size_at(self.clauses, victim) is not None for victim in victims)

    def _counts_protesters(self, candidate: Candidate) -> bool:
        """“Thousands marched in Rabat”: how many is told, and no more of who they are."""
        if candidate.frame.number != "protesters" or candidate.part != VERB:
            return False
        agent = self.clauses.agent(candidate.head)
        return agent is not None and self.clauses.lemmas[agent] in _CROWDS

    def _is_name(self, candidate: Candidate) -> bool:
        """“The Episcopal Conference” is someone, no meeting."""
        if candidate.part != NOUN or self.clauses.upos[candidate.head] != "PROPN":
            return False
        if self.clauses.lemmas[candidate.head].lower() in _NAMED_EVENTS:
            return False  # “the Paris Summit in December”
        return self.cast.at(candidate.head) is not None

    def _relevant(self, act: Act, roles: Roles) -> bool:
        """Does anyone take part who makes it politics? Protest is politics by itself."""
        if act.type == "PROTEST" or act.candidate.frame.requires == "none":
            return True
        if any(is_political(self.cast.actor(id)) for id in roles.actor_ids + roles.recipient_ids):
            return True
        return self._counts_victims(act.candidate) and self._amid_politics(act.candidate)

    def _amid_politics(self, candidate: Candidate) -> bool:
        """Are the dead of no named side those of a conflict: of a crackdown, not of a storm?"""
        sentence = self.analysis.sentence_of[candidate.head]
        bounds = self.analysis.tokens.bounds
        first = bounds[max(0, sentence - 1)]  # “… fired at protesters. Two people were killed.”
        words = set(self.clauses.lemmas[first : bounds[sentence + 1]])
        lexicon = self.clauses.lexicon
        return not words.isdisjoint(lexicon.conflict) and words.isdisjoint(lexicon.accidents)

    # ---- ranks -------------------------------------------------------------------------------

    def _ranks(self, kept: Sequence[int], acts: Sequence[Act]) -> dict[int, int]:
        """1 for what the sentence is about, then by how deep in the sentence it stands."""
        inside = {deed for number in kept for deed in acts[number].deeds}
        by_sentence: dict[int, list[tuple[bool, int, int, int]]] = {}
        for number in kept:
            top = acts[number].candidate.top
            key = (number in inside, self._depth(top), top, number)
            by_sentence.setdefault(self.analysis.sentence_of[top], []).append(key)
        return {
            key[3]: place
            for keys in by_sentence.values()
            for place, key in enumerate(sorted(keys), 1)
        }

    def _depth(self, token: int) -> int:
        """How many clauses and phrases lie above; what is said counts as the saying itself."""
        depth = 0
        heads, deprels = self.clauses.heads, self.clauses.deprels
        while heads[token] >= 0 and depth < 40:
            if deprels[token] not in ("ccomp", "xcomp", "parataxis"):
                depth += 1
            token = heads[token]
        return depth


def _unreal(draft: Draft) -> bool:
    """Words that are only thinkable are no event: “it is time to agree”."""
    if draft.status != "possible" or draft.type == "CONSULT":
        return False
    return load_ontology().types[draft.type].quad.startswith("verbal")


def _unsaid(draft: Draft) -> bool:
    """“Did not criticise”: words that the text itself says were not spoken are no event."""
    if draft.status != "denied" or not load_ontology().types[draft.type].quad.startswith("verbal"):
        return False
    return all(clue.kind != "governor" for clue in draft.reading.clues)
