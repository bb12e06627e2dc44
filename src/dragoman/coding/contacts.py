"""What is told of a contact besides who takes part: medium, initiative, topics, level."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.coding.clauses import Clauses
from dragoman.coding.matching import Candidate
from dragoman.coding.parties.participants import Participants
from dragoman.records import Actor, Level, Medium, Where

_PHONE = frozenset({"phone", "telephone", "hotline"})
VIDEO = frozenset({"video", "videoconference", "zoom", "video-conference", "teleconference"})
_ONLINE = frozenset({"online", "virtual", "remote", "video", "videoconference"})
_ATTENDING = frozenset({"take", "participate", "attend", "join"})
_LETTER = frozenset({"letter", "telegram", "cable"})
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning"})
_SPOTS = frozenset({"point", "city"})
_TOPIC_LENGTH = 12  # words; longer phrases are clauses rather than topics


def medium_of(clauses: Clauses, candidate: Candidate, where: Where | None) -> Medium | None:
    """By phone, by video or in person: from the words beside the contact, else from its frame.

    Talks that have a place of their own, a town or a building, are held in person.
    """
    bases = {candidate.head, candidate.top}
    if candidate.support is not None:
        bases.add(candidate.support)
    above = clauses.heads[candidate.head]
    if above >= 0 and clauses.lemmas[above] in _ATTENDING:
        bases.add(above)  # “took part, via videoconference, in the summit”
    for base in sorted(bases):
        for child in clauses.children[base]:
            lemma = clauses.lemmas[child]
            if clauses.deprels[child] not in ("obl", "nmod", "compound", "amod", "advmod"):
                continue
            if lemma in ("online", "virtual", "remote", "remotely", "virtually"):
                return "video"
            if lemma == "format" and _is_online(clauses, child):
                return "video"
            if lemma in _PHONE:
                return "phone"
            if lemma in VIDEO or (lemma == "link" and "video_link" in clauses.forms(child)):
                return "video"
            if lemma in ("face-to-face", "person") and clauses.deprels[child] != "nmod":
                return "in-person"
            if lemma in _LETTER:
                return "letter"
    if candidate.frame.medium is None and where is not None and where.precision in _SPOTS:
        return "in-person"
    return candidate.frame.medium  # type: ignore[return-value]


def _is_online(clauses: Clauses, token: int) -> bool:
    """“In the format of an online conference”."""
    first, last = clauses.analysis.subtree(token)
    return not _ONLINE.isdisjoint(clauses.lemmas[first:last])


def topics_of(clauses: Clauses, candidate: Candidate) -> tuple[str, ...]:
    """What it was about: phrases with on, about, over; what is discussed."""
    found: list[tuple[int, int]] = []
    for base in dict.fromkeys((candidate.head, candidate.top)):
        for child in clauses.children[base]:
            if clauses.case.get(child) in _ABOUT and not _is_time(clauses, child):
                found.append(clauses.analysis.subtree(child))
            elif clauses.mark.get(child) == "to" and clauses.lemmas[child] == "discuss":
                found += [clauses.analysis.subtree(o) for o in clauses.objects(child)]
    if clauses.lemmas[candidate.head] in ("discuss", "negotiate"):
        found += [clauses.analysis.subtree(o) for o in clauses.objects(candidate.head)]
    phrases = [_phrase(clauses, first, _up_to_with(clauses, first, last)) for first, last in found]
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def _up_to_with(clauses: Clauses, first: int, last: int) -> int:
    """Where a topic ends: "the crisis with the Secretary of State" is the crisis."""
    for token in range(first + 1, last):
        governed = clauses.case.get(token) == "with" and first <= clauses.heads[token] < token
        if governed and clauses.xpos[token].startswith("NNP"):
            starts, _ = clauses.analysis.subtree(token)
            return max(first + 1, starts)
    return last


def _is_time(clauses: Clauses, token: int) -> bool:
    return clauses.lemmas[token] in _DAYS or clauses.words[token].isdigit()


_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "day",
        "week",
        "month",
        "year",
        "morning",
        "evening",
        "night",
        "phone",
        "telephone",
        "sideline",
        "condition",
        "behalf",
        "visit",
        "trip",
        "arrival",
        "occasion",
        "weekend",
        "hour",
        "minute",
        "dinner",
        "lunch",
        "breakfast",
        "coffee",
    ]
)


def _phrase(clauses: Clauses, first: int, last: int) -> str:
    if clauses.deprels[first] == "case":
        first += 1
    if not 0 < last - first <= _TOPIC_LENGTH:
        return ""
    start, end = clauses.analysis.span(first, last)
    return clauses.analysis.text[start:end].strip(" ,.;:\n")


def initiator_of(clauses: Clauses, candidate: Candidate, participants: Participants) -> str | None:
    """Who asked for the contact: “at the request of …”, or who telephoned."""
    for base in dict.fromkeys((candidate.head, candidate.top)):
        for child in clauses.children[base]:
            if clauses.lemmas[child] not in ("request", "initiative", "invitation"):
                continue
            if clauses.case.get(child) in ("at", "on", "by"):
                owners = [c for c in clauses.children[child] if _owns(clauses, c)]
                ids = [a for c in owners for a in participants.actors_at(c)]
                if ids:
                    return ids[0]
    if candidate.frame.name in ("phone", "call-by-phone"):
        agent = clauses.agent(candidate.head)
        ids = participants.actors_at(agent) if agent is not None else []
        return ids[0] if ids else None
    return None


def _owns(clauses: Clauses, token: int) -> bool:
    return clauses.deprels[token] == "nmod:poss" or clauses.case.get(token) == "of"


_LEVELS: tuple[tuple[Level, tuple[str, ...]], ...] = (
    ("leaders", ("president", "prime minister", "king", "queen", "chancellor", "emir", "premier",
                 "head of state", "head of government", "leader", "sultan", "monarch", "emperor",
                 "supreme leader", "pope", "crown prince", "secretary general",
                 "secretary-general")),
    ("ministers", ("minister", "secretary of state", "foreign secretary", "secretary of",
                   "defence secretary", "high representative")),
    ("military", ("general", "commander", "chief of staff", "admiral", "colonel", "army chief")),
    ("envoys", ("ambassador", "envoy", "representative", "negotiator", "mediator", "diplomat",
                "adviser", "advisor", "charge d'affaires")),
    ("parties", ("opposition", "party", "rebel", "faction")),
    ("officials", ("official", "deputy", "delegation", "spokes", "lawmaker", "senator",
                   "parliament", "mayor", "governor")),
)  # fmt: skip


def level_of(actors: Sequence[Actor]) -> Level | None:
    """The level of a contact: that of the first participant whose role or description tells it."""
    for actor in actors:
        if actor.kind in ("state", "government", "igo", "bloc"):
            continue
        described = f"{actor.role or ''} {actor.name}".lower()
        described = re.sub(
            r"\b(director|attorney|solicitor|consul)[ -]general\b", "official", described
        )
        for level, words in _LEVELS:
            if any(word in described for word in words):
                if level == "leaders" and ("vice " in described or "deputy " in described):
                    return "officials"
                return level
    return None
