"""Who denies a charge, who owns to it, and denials of charges that nobody is told to have made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dragoman.merging.alleged import OWNING
from dragoman.merging.camps import stands_with
from dragoman.merging.charging import PRONOUN, is_known
from dragoman.merging.profiles import days_between, side_of
from dragoman.merging.records import Merged, Party
from dragoman.merging.said import Said, left_of, likeness
from dragoman.merging.stances import wording

# How alike contents must be (merging.said.likeness) for one to answer the other.
_ANSWERS: Final = 0.3
_NEARBY: Final = 0.2  # in the same document
_WORDS: Final = 2  # that carry meaning, of a denial that is known by its words
_DAYS: Final = 14
_SOON: Final = 600  # characters from a charge to “denied it”
_JUST: Final = 300  # the same, where the denial comes first
# “The charges”, “all the allegations as fabrications”: what is denied is what was charged.
_REFERS: Final = re.compile(
    r"(?:(?:the|these|those|all|any|such|both|his|her|its|their|this|that|the \w+)\s+)*"
    r"(?:[\w’'-]+\s+){0,2}?"
    r"(?:charges?|accusations?|allegations?|claims?|assertions?|wrongdoing|blame|"
    r"responsibility|involvement)\b(?!\s+(?:that|of|he|she|it|they|by|from)\b)",
    re.IGNORECASE,
)
# “… allegations that he paid them”, “having fired first”, “any role in the attack”.
_OF_CHARGES: Final = re.compile(
    r"(?:(?:the|all|any|these|those|such|western|media|recent|earlier|repeated)\s+)*"
    r"(?:[\w’'-]+\s+){0,2}?"
    r"(?:charges?|accusations?|allegations?)(?:\s+\w+){0,3}?\s+(?:that|of|he|she|it|they|by)\b|"
    r"(?:ever\s+|again\s+)?(?:having|being|\w+ing)\s+\w+|"
    r"(?:any\s+|all\s+|direct\s+)*(?:role|part|involvement|responsibility|complicity|knowledge|"
    r"links?|connection|ties|hand|wrongdoing)\s+(?:in|for|of|to|with)\b",
    re.IGNORECASE,
)
# “Reports that it had fired first”: a charge only where they tell of the one who denies.
_SOFT: Final = re.compile(
    r"(?:[\w’'-]+\s+){0,3}?(?:claims?|suggestions?|reports?|rumou?rs?|assertions?)\s+(?:that\s+|of\s+)?"
    r"(?P<who>\w+)",
    re.IGNORECASE,
)
_THINGS: Final = ("it", "its", "they", "their")
_THAT: Final = re.compile(
    r"(?:that\s+)?(?P<who>it|its|they|their|he|his|she|her|we|our|i|my)\b", re.I
)
_DENY: Final = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.IGNORECASE)
# What is rejected is a charge only where it says so.
_REJECT: Final = re.compile(r"\b(?:reject|dismiss|refut|rebut|disput|repudiat)", re.IGNORECASE)
_CHARGE: Final = re.compile(
    r"(?:[\w’'-]+\s+){0,3}?(?:accusations?|allegations?|charges?)\b", re.IGNORECASE
)
_UNTRUE: Final = re.compile(
    r"\b(?:not true|untrue|false|baseless|groundless|unfounded|nonsense|lies?|fabricat\w+|spurious|"
    r"ridiculous|absurd|garbage|trash|propaganda|bogus)\b"
)
_NOT: Final = re.compile(r"\b(?:not|never|no|nothing|neither)\b|n[’']t\b", re.IGNORECASE)
_HEAD: Final = 90  # characters at whose head a sentence says “not”


class Replies:
    """The denials and admissions of a case, found by their document and by who makes them."""

    def __init__(self, statements: Iterable[Said]) -> None:
        self.denials: list[Said] = []
        self._denials: dict[str, list[Said]] = {}
        self._admissions: dict[str, list[Said]] = {}
        for said in statements:
            if _denies(said):
                self.denials.append(said)
                keys = {key for party in deniers(said) for key in _keys(party)}
                for key in (f"in {said.document}", *sorted(keys)):
                    self._denials.setdefault(key, []).append(said)
            elif _admits(said) and said.speaker is not None:
                for key in sorted(_keys(said.speaker)):
                    self._admissions.setdefault(key, []).append(said)

    def to_charge(
        self, group: Sequence[Said], accused: Sequence[Party], accusers: Sequence[Party]
    ) -> list[Said]:
        """The denials that answer a charge that the statements of a group make."""
        found = {d.id: d for s in group for d in self._denials.get(f"in {s.document}", ())}
        # What answers a charge stands in its document; from others comes what is said soon.
        days = [s.day for s in group]
        found |= {d.id: d for d in _among(self._denials, accused) if _is_soon(d, days)}
        return [d for d in found.values() if _answers(d, group, accused, accusers)]

    def to_event(
        self, event: Merged, accused: Sequence[Party], accusers: Sequence[Party]
    ) -> list[Said]:
        """The denials that answer a charge that an event tells."""
        found = _among(self._denials, accused)
        return [d for d in found if _answers_event(d, event, accused, accusers)]

    def admitting(
        self,
        contents: Sequence[tuple[str, str]],
        accused: Sequence[Party],
        accusers: Sequence[Party],
    ) -> list[str]:
        """Names of those who are charged and say that it is so; `contents` with their days."""
        but = [p.name for p in accused]
        names = [
            said.speaker_name
            for said in _among(self._admissions, accused)
            if said.speaker is not None
            and stands_with(said.speaker, accused, accusers)
            and any(
                abs(days_between(day, said.day)) <= _DAYS
                and likeness(said.content, content, but) >= _ANSWERS
                for content, day in contents
            )
        ]
        return list(dict.fromkeys(names))


def _keys(party: Party) -> set[str]:
    """Under these is kept what somebody says for himself, his body or his side."""
    return {party.key, side_of(party), party.part_of or party.key}


def _among(kept: Mapping[str, list[Said]], accused: Sequence[Party]) -> list[Said]:
    wanted = sorted({key for party in accused for key in _keys(party)})
    return list({said.id: said for key in wanted for said in kept.get(key, ())}.values())


def _is_soon(said: Said, days: Iterable[str]) -> bool:
    return any(abs(days_between(day, said.day)) <= _DAYS for day in days)


def _answers(
    denial: Said, group: Sequence[Said], accused: Sequence[Party], accusers: Sequence[Party]
) -> bool:
    """It says so, or the accused side denies with its words."""
    if denial.speaker is not None and any(denial.speaker.key == a.key for a in accusers):
        return False
    own = any(stands_with(one, accused, accusers) for one in deniers(denial))
    sides = {side_of(party) for party in accused}
    if not own and denial.side in {s.side for s in group} - sides:
        return False
    but = [p.name for p in accused]
    here = [s for s in group if s.document == denial.document]
    refers = is_bare(denial) or bool(_REFERS.match(denial.content))
    if denial.answers in {s.id for s in group}:
        alike = max(likeness(denial.content, s.content, but) for s in group)
        if (own and denial.kind == "denial") or (not refers and alike >= _NEARBY):
            return True
    if not own:
        return False
    if refers:
        return denial.kind == "denial" and any(_is_near(denial, s) for s in here)
    near = [s for s in group if abs(days_between(s.day, denial.day)) <= _DAYS]
    least = _NEARBY if here else _ANSWERS
    return any(likeness(denial.content, s.content, but) >= least for s in near)


def is_bare(denial: Said) -> bool:
    """“Denied it”: it has no words of its own."""
    return len(left_of(denial.content, ())) < _WORDS


def _is_near(denial: Said, charge: Said) -> bool:
    """“Oslo denied the claim”, soon after it, or just before."""
    return 0 < denial.span_end - charge.span_start <= _SOON or (
        0 < charge.span_start - denial.span_start <= _JUST
    )


def _answers_event(
    denial: Said, event: Merged, accused: Sequence[Party], accusers: Sequence[Party]
) -> bool:
    if not any(stands_with(one, accused, accusers) for one in deniers(denial)):
        return False
    if abs(days_between(event.first or "", denial.day)) > _DAYS:
        return False
    main = event.main_report
    here = denial.document == main.document and denial.kind == "denial"
    if is_bare(denial) or _REFERS.match(denial.content):
        return here and -_JUST <= denial.span_start - main.span_start <= _SOON
    but = [p.name for p in accused]
    return likeness(denial.content, main.passage, but) >= (_NEARBY if here else _ANSWERS)


def deniers(denial: Said) -> list[Party]:
    """“Oslo and Bern deny it”: all who deny."""
    spoken = [denial.speaker] if denial.speaker else []
    return [*spoken, *denial.with_speaker]


def _denies(said: Said) -> bool:
    """By its kind, or by “not” where somebody tells of himself."""
    if said.kind == "denial":
        return True
    if said.kind != "claim" or said.speaker is None or said.quoted:
        return False
    if not _NOT.search(said.content[:_HEAD]):
        return False
    return bool(_THAT.match(said.content)) or _opens_with(said.content, said.speaker)


def _admits(said: Said) -> bool:
    if said.kind not in ("claim", "accusation") or not OWNING.search(said.cue):
        return False
    return not _NOT.search(said.content[:_HEAD])


def _opens_with(content: str, party: Party) -> bool:
    first = content.removeprefix("that ").split()[:3]
    names = {word.casefold() for word in party.name.split() if len(word) > 3}
    return any(word.strip("“\"'’s,").casefold() in names for word in first)


def denies_alone(denial: Said) -> bool:
    """Does it tell by itself what its speaker is charged with: “denies having fired first”?"""
    if denial.kind != "denial" or denial.speaker is None or not is_known(denial.speaker):
        return False
    if is_bare(denial) or PRONOUN.match(denial.content):
        return False
    if _DENY.search(denial.cue):
        that = _THAT.match(denial.content) or _opens_with(denial.content, denial.speaker)
        soft = _SOFT.match(denial.content)
        if soft is not None:
            own = ("he", "his", "she", "her") if denial.speaker.kind == "person" else _THINGS
            return soft["who"].casefold() in own
        return bool(that or _OF_CHARGES.match(denial.content))
    hard = _OF_CHARGES.match(denial.content) and _CHARGE.match(denial.content)
    if hard and not _REJECT.search(denial.cue):
        return bool(_UNTRUE.search(denial.content)) and bool(charged_in(denial))
    return bool(hard)


def charged_in(denial: Said) -> list[Party]:
    """Those who are charged in what is denied, and for whom it is denied."""
    found = [p for p in denial.charged if any(stands_with(d, [p], ()) for d in deniers(denial))]
    return found if _CHARGE.match(denial.content) else []


def wording_of(denial: Said | None, group: Sequence[Said]) -> str | None:
    """The words of a denial; “denies it” and “…; Ankara denies it” have none."""
    if denial is None or PRONOUN.fullmatch(denial.content):
        return None
    return None if any(s.inside == denial.id for s in group) else wording(denial)
