"""What time does to an event: when and where it is, what lies ahead, what is history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.anchoring import when_of, where_of
from dragoman.coding.datelines import entries, is_dateline, is_named_after
from dragoman.coding.matching import NOUN, Candidate
from dragoman.coding.predicate_status import Clue
from dragoman.coding.status import StatusReading
from dragoman.language.analysis import Analysis
from dragoman.records import Status, When, Where

if TYPE_CHECKING:
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.times.finding import TimeExpression

_WHILE = frozenset({"when", "while", "as"})
_DURING = frozenset({"during"})
_WILL = frozenset({"will", "shall"})
_WHEN = frozenset({"when"})
_NEAR_NOUN = 16  # tokens between the day of a deed and the clause that goes on about it
_WHERE = frozenset({"where", "when"})
_LISTED = 4  # verbs of a list: “to meet, brief and thank them”
_GOING = frozenset(
    {"travel", "fly", "go", "come", "arrive", "head", "return", "leave", "depart", "journey",
     "visit", "stop"}
)  # fmt: skip
_AT_THE_TIME = frozenset({"while", "as"})
_MEANS = frozenset({"use"})
_TO = frozenset({"to"})
_HAD = frozenset({"had"})
_HAVING = frozenset({"having"})
_INTRODUCED = frozenset({"mark", "case", "aux", "aux:pass", "nsubj", "advmod"})
_TOGETHER = frozenset({"join", "unite", "gather", "team"})
# Verbs of a clause behind a meeting's name that tells when it is or was held.
HELD = frozenset(
    {"take", "hold", "occur", "begin", "start", "open", "schedule", "plan", "set", "slate", "due",
     "convene", "happen", "expect", "last", "end", "conclude"}
)  # fmt: skip
_PART = frozenset({"part", "framework", "sideline", "sidelines", "margin", "margins"})
_MEETINGS = frozenset({"meeting", "summit", "conference", "session", "council", "forum", "visit"})
_DISCUSS = "discuss"
_SAY = frozenset({"say", "believe", "think", "claim", "report", "estimate"})
_STRIKING = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_OBJECTS = frozenset({"obj", "nsubj:pass"})
_SITES = frozenset(
    {"town", "city", "village", "port", "base", "airbase", "airport", "province", "district",
     "part", "region", "camp", "capital", "island", "suburb", "area", "outskirt", "enclave"}
)  # fmt: skip
_CALL_OFF = frozenset({"cancel", "call", "postpone", "scrap", "shelve", "put", "arrange"})
_LONG = frozenset({"month", "season", "year"})
_NEWS_DAYS = 31  # what lies further back than this is told as history
_DEPTH = 9  # clauses that a time is carried through


class Timing:
    """The times and places of one document, asked for one event at a time."""

    def __init__(
        self,
        analysis: Analysis,
        times: Sequence[TimeExpression],
        places: Sequence[PlaceExpression],
        date: str | None,
    ) -> None:
        self.analysis = analysis
        self.times = [
            time
            for time in times
            if not is_named_after(analysis, time) and not is_dateline(analysis, time, date)
        ]
        self.places = places
        self.date = date[:10] if date else None
        self.entries = entries(analysis, self.times)

    def when(self, candidate: Candidate) -> When | None:
        """The time that belongs to the event."""
        analysis = self.analysis
        found = self.at(candidate.head)
        if found is None and candidate.support is not None:
            found = self.at(candidate.support)
        if found is None and candidate.part == NOUN:
            found = self._held_in_clause(candidate.head) or self._hoped_for(candidate.head)
        if found is None and candidate.part != NOUN:
            found = self._at_meeting(candidate.head)
        if found is None:
            agent = analysis.deprels[candidate.head] == "obl:agent"
            found = self._since(analysis.heads[candidate.head] if agent else candidate.head)
        if found is None and candidate.frame.type == "CONSULT":
            found = self._on_arrival(candidate)
        if found is not None and candidate.frame.name == _DISCUSS and found.precision in _LONG:
            found = None  # “discussed this year's session”
        if candidate.support is not None and self._calls_off(candidate.support, found):
            return None
        if found is None and not self._marked(candidate.top, _HAD):
            found = self.entries.get(analysis.sentence_of[candidate.head])
        if self.is_ahead(found) and (self._was_during(candidate.head) or self._was(candidate)):
            return None
        return found

    def _calls_off(self, verb: int, when: When | None) -> bool:
        """“Cancelled the trip on Sunday night”, which is past: then it was called off."""
        analysis = self.analysis
        if when is None or self.date is None or when.end[:10] > self.date:
            return False
        own = when_of(analysis, verb, self.times)
        return analysis.lemmas[verb] in _CALL_OFF and own is not None and own.when == when

    def _since(self, verb: int) -> When | None:
        """“Has shelled the town since Saturday”: from that day to the day of the report."""
        analysis = self.analysis
        helpers = {
            analysis.words[c].lower()
            for c in analysis.children[verb]
            if analysis.deprels[c][:3] == "aux"
        }
        if self.date is None or not helpers & {"has", "have", "'ve"}:
            return None
        for time in self.times:
            first = time.first - 1
            if time.when is None or first < 0 or analysis.words[first].lower() != "since":
                continue
            head = analysis.head_of(time.first, time.last)
            if analysis.heads[head] == verb and time.when.start[:10] <= self.date:
                text = analysis.text[analysis.tokens.starts[first] : time.end]
                return replace(
                    time.when, start=time.when.start[:10], end=self.date, text=text, about=True
                )
        return None

    def _held_in_clause(self, noun: int) -> When | None:
        """“The talks, which took place in Sochi on Friday”, “the summit scheduled for May 9”."""
        analysis = self.analysis
        for child in analysis.children[noun]:
            if analysis.deprels[child] not in ("acl", "acl:relcl"):
                continue
            child = self._said_of(child)
            if analysis.lemmas[child] in HELD or self._does(child):
                found = when_of(analysis, child, self.times)
                if found is not None and found.when is not None:
                    return found.when
        return None

    def _on_arrival(self, candidate: Candidate) -> When | None:
        """“Travelled to Lima in 2012 to attend a summit”, “leaves on May 7 to meet her”: then."""
        analysis = self.analysis
        for base in dict.fromkeys((candidate.support or candidate.head, candidate.top)):
            verb = base
            for _ in range(_LISTED):
                if analysis.deprels[verb] != "conj" or analysis.xpos[verb] != "VB":
                    break
                verb = analysis.heads[verb]
            above = analysis.heads[verb]
            purpose = analysis.xpos[verb] == "VB" and self._marked(verb, _TO)
            if above < 0 or not purpose or analysis.lemmas[above] not in _GOING:
                continue
            found = self.at(above)
            return found if self.is_ahead(found) or self.is_old(found) else None
        return None

    def is_old(self, when: When | None) -> bool:
        """Does it lie more than a month before the report?"""
        if when is None or self.date is None:
            return False
        return _days_between(when.end[:10], self.date) > _NEWS_DAYS

    def _said_of(self, verb: int) -> int:
        """“The raid, which officials say killed ten on Friday”: the verb that tells what it did."""
        analysis = self.analysis
        if analysis.lemmas[verb] not in _SAY:
            return verb
        told = (c for c in analysis.children[verb] if analysis.deprels[c] == "ccomp")
        return next(told, verb)

    def _does(self, verb: int) -> bool:
        """“A Turkish assault that last month drove them out”: what the deed did, it did then."""
        analysis = self.analysis
        subjects = [c for c in analysis.children[verb] if analysis.deprels[c] == "nsubj"]
        pronoun = any(analysis.words[c].lower() in ("that", "which") for c in subjects)
        pronoun = pronoun or (not subjects and analysis.deprels[verb] == "ccomp")
        return pronoun and analysis.xpos[verb] == "VBD"

    def _hoped_for(self, noun: int) -> When | None:
        """“We hope that next week, at the summit, they will agree”: it is next week."""
        analysis = self.analysis
        verb = analysis.heads[noun]
        if verb < 0 or analysis.deprels[noun] != "obl" or not self._marked(verb, _WILL):
            return None
        above = analysis.heads[verb]
        found = self.at(above) if above >= 0 and analysis.deprels[verb] == "ccomp" else None
        return found if self.is_ahead(found) else None

    def _at_meeting(self, verb: int) -> When | None:
        """“As part of the council held in Lima on Friday she met the king”: on that day."""
        analysis = self.analysis
        for child in analysis.children[verb]:
            if child > verb or analysis.deprels[child] != "obl":
                continue
            below = [
                child,
                *(c for c in analysis.children[child] if analysis.lemmas[child] in _PART),
            ]
            for noun in below:
                if analysis.lemmas[noun].lower() in _MEETINGS:
                    found = self._held_in_clause(noun)
                    if found is not None and not self.is_ahead(found):
                        return found
        return None

    def _was(self, candidate: Candidate) -> bool:
        """“Arrived for the summit on Friday”: what is told as past does not lie ahead."""
        mutual, verb = candidate.frame.mutual or candidate.frame.mode == "visit", candidate.top
        told = self.analysis.xpos[verb] == "VBD" and self.analysis.upos[verb] == "VERB"
        return mutual and told and candidate.part != NOUN

    def _was_during(self, noun: int) -> bool:
        """“During the talks they spoke of the summit in June”: what was told there lay ahead."""
        analysis = self.analysis
        verb, below = analysis.heads[noun], analysis.children[noun]
        if verb < 0 or not any(analysis.words[c].lower() == "during" for c in below):
            return False
        told = [verb, *(c for c in analysis.children[verb] if analysis.deprels[c][:3] == "aux")]
        return any(analysis.xpos[token] == "VBD" for token in told)

    def is_ahead(self, when: When | None) -> bool:
        return when is not None and self.date is not None and when.start[:10] > self.date

    def at(self, token: int, depth: int = 0) -> When | None:
        """The time that belongs to a word; of coordinated verbs the first may tell it for all."""
        if not self.times:
            return None
        found = when_of(self.analysis, token, self.times)
        if found is not None and found.when is not None:
            return found.when
        for child in self.analysis.children[token]:  # “when it ruled in the 1990s, it banned …”
            if self.analysis.deprels[child] == "advcl" and self._marked(child, _WHILE):
                found = when_of(self.analysis, child, self.times)
                if found is not None and found.when is not None:
                    return found.when
        found = self._fronted(token)
        if found is not None:
            return found.when
        own = self._of_dated_noun(token)
        if own is not None:
            return own
        if self.analysis.deprels[token] == "acl":  # “the decision in November to ditch …”
            noun = self.analysis.heads[token]
            for time in self.times:
                if noun < time.first < token and time.when is not None:
                    return time.when
        named = self._named_by_when(token)
        if named is not None:
            return named
        head = self.analysis.heads[token]
        if head >= 0 and self.analysis.deprels[token] == "obl" and self._marked(token, _DURING):
            named = self._named_by_when(head)
            if named is not None:
                return named
        if head >= 0 and self.analysis.deprels[token] == "acl:relcl" and self._marked(token, _WILL):
            main = self._clause_of(head)
            return self.at(main, depth + 1) if main is not None else None
        if head < 0 or depth > _DEPTH or not self._shares_time(token, head):
            return None
        return self.at(head, depth + 1)

    def _fronted(self, verb: int) -> TimeExpression | None:
        """“Speaking in Lima on Friday, he accused …”: on Friday."""
        analysis = self.analysis
        for child in analysis.children[verb]:
            if (
                child < verb
                and analysis.deprels[child] == "advcl"
                and analysis.xpos[child] == "VBG"
            ):
                beside = {analysis.deprels[c] for c in analysis.children[child] if c < child}
                found = when_of(analysis, child, self.times)
                if beside.isdisjoint(_INTRODUCED) and found is not None:
                    return found
        return None

    def _of_dated_noun(self, token: int) -> When | None:
        """“The October 7 attacks that killed 1,400 people”: on that day."""
        analysis = self.analysis
        if analysis.deprels[token] != "acl:relcl" or analysis.xpos[token] != "VBD":
            return None
        subjects = [c for c in analysis.children[token] if analysis.deprels[c] == "nsubj"]
        if not any(analysis.words[c].lower() in ("that", "which") for c in subjects):
            return None
        noun = analysis.heads[token]
        for time in self.times:
            if time.when is None or time.first > token:
                continue
            head = analysis.head_of(time.first, time.last)
            holder = analysis.heads[head] if head >= 0 else -1
            before = 0 < token - time.last <= _NEAR_NOUN
            named = holder >= 0 and analysis.upos[holder] == "NOUN" and time.last <= holder
            if before and named and (holder == noun or self._is_within(noun, holder)):
                return time.when
        return None

    def _is_within(self, token: int, noun: int) -> bool:
        """Whether a word stands in the phrase of a noun, told after it."""
        analysis = self.analysis
        for _ in range(3):
            if token == noun:
                return True
            if token <= noun or analysis.deprels[token] != "nmod":
                return False
            token = analysis.heads[token]
        return False

    def _clause_of(self, noun: int) -> int | None:
        """“On Friday he will receive X, who will arrive”: the verb above the noun."""
        while noun >= 0 and self.analysis.upos[noun] != "VERB":
            noun = self.analysis.heads[noun]
        return noun if noun >= 0 and self._marked(noun, _WILL) else None

    def _named_by_when(self, token: int) -> When | None:
        """“The summer of 2019, when he was invited …”: the time right before the clause."""
        if self.analysis.deprels[token] not in ("advcl", "acl:relcl"):
            return None
        for child in self.analysis.children[token]:
            if self.analysis.words[child].lower() == "when":
                for time in self.times:
                    if time.when is not None and 0 <= child - time.last <= 1:
                        return time.when
        return None

    def _marked(self, token: int, words: frozenset[str]) -> bool:
        return any(self.analysis.words[c].lower() in words for c in self.analysis.children[token])

    def _shares_time(self, token: int, head: int) -> bool:
        """Does the clause of `token` have the time of the clause, or noun, above it?"""
        deprel, xpos = self.analysis.deprels[token], self.analysis.xpos
        if deprel == "conj":
            return xpos[token] == xpos[head]
        if deprel == "acl":  # “the decision in November to ditch …”
            return True
        if deprel == "advcl" and self.analysis.lemmas[head] in _TOGETHER:
            return True  # “joined the others on Thursday to call for …”
        if deprel in ("advcl", "xcomp") and self._goes_with(token, head):
            return True
        low = _sentence_start(self.analysis, token)
        if "anniversary" in self.analysis.lemmas[low:token] and self._marked(token, _WHEN):
            return False  # “marked the anniversary of the crisis, when they were held”
        if deprel in ("advcl", "acl:relcl"):  # “is expected on Tuesday in Kyiv, where …”
            return self._marked(token, _WHERE) and not self._marked(token, _HAD)
        return False

    def _goes_with(self, token: int, head: int) -> bool:
        """“Met on Monday, urging an end to the war”, “fired as the army shelled the town”, “used a
        tunnel to seize two”: done when that was done."""
        analysis, deprel = self.analysis, self.analysis.deprels[token]
        if analysis.lemmas[head] in _MEANS and self._marked(token, _TO):
            return analysis.xpos[head] in ("VBD", "VBN")
        if deprel != "advcl":
            return False
        if analysis.xpos[token] == "VBG":
            beside = {analysis.deprels[c] for c in analysis.children[token] if c < token}
            return beside.isdisjoint(_INTRODUCED) and not self._marked(token, _HAVING)
        told = analysis.xpos[token] == "VBD" and analysis.xpos[head] in ("VBD", "VBN")
        return told and self._marked(token, _AT_THE_TIME)

    def where(self, candidate: Candidate) -> Where | None:
        if not self.places:
            return None
        found = where_of(self.analysis, candidate.head, self.places)
        if found is None and candidate.support is not None:
            found = where_of(self.analysis, candidate.support, self.places)
        if found is None and candidate.frame.mode == "visit":
            found = self._visited(candidate)
        if found is None and candidate.frame.type in _STRIKING:
            found = self._struck(candidate)
        head = self.analysis.heads[candidate.top]
        if found is None and head >= 0 and self._shares_time(candidate.top, head):
            found = where_of(self.analysis, head, self.places)
        return found

    def _struck(self, candidate: Candidate) -> Where | None:
        """What is struck or entered is where it is: “shelled Aleppo”, “took the town of Kobani”."""
        analysis, words = self.analysis, (candidate.head, candidate.top)
        below = {c for w in words for c in analysis.children[w] if analysis.deprels[c] in _OBJECTS}
        sites = {c for c in below if analysis.lemmas[c] in _SITES}
        if analysis.upos[candidate.head] in ("NOUN", "PROPN"):
            sites.add(candidate.head)
        for place in self.places:
            at = place.head
            if place.dateline:
                continue
            if at in below or (
                analysis.heads[at] in sites
                and analysis.deprels[at] in ("nmod", "appos", "flat")
                and any(analysis.words[c].lower() == "of" for c in analysis.children[at])
            ):
                return place.to_where()
        return None

    def _visited(self, candidate: Candidate) -> Where | None:
        """What is visited is where the visit is: “visited Kyiv”, “a trip to Kyiv”."""
        for place in self.places:
            head = self.analysis.heads[place.head]
            if head in (candidate.head, candidate.top) and place.head > head:
                return place.to_where()
        return None


def _sentence_start(analysis: Analysis, token: int) -> int:
    """The first token of a token's sentence."""
    return analysis.tokens.bounds[analysis.sentence_of[token]]


def settle(
    reading: StatusReading, when: When | None, date: str | None, *, spoken: bool
) -> tuple[Status, tuple[Clue, ...]]:
    """The status in the light of the dates: what is to come has not happened.

    What is `spoken` has been said; a date ahead is that of the deed it speaks of.
    """
    if when is None or date is None or reading.status not in ("happened", "ongoing") or spoken:
        return reading.status, reading.clues
    if reading.status == "ongoing" and when.end[:10] < date and not when.about:
        return "happened", (*reading.clues, Clue(-1, "date past", "happened"))
    if when.start[:10] > date:
        return "planned", (*reading.clues, Clue(-1, "date ahead", "planned"))
    return reading.status, reading.clues


def _days_between(earlier: str, later: str) -> int:
    try:
        first = datetime.date.fromisoformat(earlier)
        last = datetime.date.fromisoformat(later)
    except ValueError:
        return 0
    return (last - first).days
