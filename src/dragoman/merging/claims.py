"""Claims: who accuses whom of what, who denies it, who confirms it, on how many words it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.coding.saying import load_saying
from dragoman.merging.grain import grain_of
from dragoman.merging.profiles import days_between, side_of
from dragoman.merging.records import Merged, Party, Report
from dragoman.merging.said import Said, alike, by_id, left_of, likeness
from dragoman.merging.sources import independent_of, tiers_in_words, tiers_of
from dragoman.merging.stances import wording
from dragoman.merging.views import names
from dragoman.records import Record

Standing = Literal["one side's word", "several sides' word", "told as fact"]
# How alike contents must be (merging.said.likeness) to be one claim, and to answer one.
_SAME: Final = 0.45
_ANSWERS: Final = 0.3
_NEARBY: Final = 0.2  # in the same document
_WORDS: Final = 2  # that carry meaning, of a denial that is known by its words
_DAYS: Final = 14
_DONE: Final = frozenset({"happened", "ongoing"})
# Kinds of statements that tell what somebody will or wants, not what was done.
_AHEAD: Final = frozenset({"demand", "offer", "promise", "threat", "aim"})
_NAME: Final = 4  # words of a name that is all that is said
_YOU: Final = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
# “Accused them of …”: whom it is against, no other in the sentence tells.
_PRONOUN: Final = re.compile(r"(?:them|him|her|it)(?: (?:of|for|over|as)\b|$)", re.IGNORECASE)
# Deeds that are told in passing: “the town, which troops seized”, “referring to the invasion”.
_PASSING: Final = re.compile(
    r"\b(?:who|which|whose|whom|what|where|before|since|until|referr\w+ to|allegations? that|"
    r"would|could|might|whether|if|questions?)\b",
    re.IGNORECASE,
)
# By these words somebody tells of what he does himself.
_OWNING: Final = re.compile(
    r"\b(?:confirm|admi|acknowledg|boast|claim\w* responsib)", re.IGNORECASE
)
# Groups without a name that may be charged all the same.
_GROUPS: Final = re.compile(
    r"\b(?:forces|police|army|troops|military|rebels|militants|militia|militias|insurgents|"
    r"separatists|government|regime|opposition|authorities|soldiers|settlers|powers|countries|"
    r"nations|governments|groups|parties|intelligence|guerrillas|paramilitaries|fighters|"
    r"protesters|demonstrators|veterans|actors|extremists|terrorists|services|agents|junta|media)\b",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"[^.;:]{0,40}?\bby\b", re.IGNORECASE)
_NEAR: Final = 60  # characters of what is said, before a deed that is what is said
_FAR: Final = 90  # the same, of “… were killed in strikes by …”
_HEAD: Final = 5  # words among which the noun for an unnamed speaker stands
_THEY: Final = re.compile(r"(?:that )?(?:they|it|he|she)\b", re.IGNORECASE)
_ROOT: Final = 4  # letters of a part of a name
_LOOKED: Final = re.compile(
    r"\b(?:look\w* into|consider\w*|hear\w*|review\w*|weigh\w*|investigat\w+|examin\w+|"
    r"prob\w+|den\w+|dismiss\w*|reject\w*|fac\w+|respond\w* to|amid|over)\s+(?:[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_UNREAL: Final = re.compile(
    r"\b(?:would|could|might|may|should|will|fear\w* that)\b|\b(?:is|are|was|were) to\s*$"
)
_SOON: Final = 600  # characters from a charge to “denied it”
_OLD: Final = 366  # days before it is told, after which a deed is history
_NAMING: Final = frozenset({"the", "administration", "government", "regime", "of", "and", "state"})
_NOBODY: Final = frozenset({"", "he", "she", "it", "they", "we", "i", "you", "who", "one", "some"})
_STATES: Final = frozenset({"state", "government", "igo", "bloc"})
DEEDS: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow(Record):
    """A charge. `by` are those on whose word it stands, `against` those who are charged;
    `sides` and `targets` are the states and bodies for whom they stand.

    `standing`: one side's word, several sides' word, or told as fact by a document itself.
    `denied_by` and `confirmed_by` are sides, with the wording and where it stands beside them;
    `denials` are the statements that deny it; `tiers` counts publishers by tier (`agency 2`).
    """

    id: str
    first: str | None
    last: str | None
    by: tuple[str, ...]
    sides: tuple[str, ...]
    against: tuple[str, ...]
    targets: tuple[str, ...]
    claim: str
    standing: str
    denied_by: tuple[str, ...]
    denial: str | None
    denied_on: str | None
    confirmed_by: tuple[str, ...]
    sources: int
    statements: int
    quoted: bool
    title: str | None
    url: str | None
    where: tuple[str, ...]
    denials: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()


def claims(said: Iterable[Said], events: Iterable[Merged] = ()) -> list[ClaimRow]:
    """The charges in statements and events, the newest first.

    `said` are statements of all kinds: accusations make claims, denials answer them; what is
    condemned without anybody being charged is no claim. Merged events that stand on the word of a
    known side alone, are told as done, and are done by another known side, are claims as well.
    """
    statements = list(said)
    merged = list(events)
    charges = [s for s in statements if s.kind == "accusation" and _is_claim(s)]
    denials = [s for s in statements if s.kind == "denial"]
    rows = [_claim(group, denials, merged) for group in _groups(charges)]
    told = {id for group in charges for id in group.events}
    known = by_id(statements)
    rows += [_alleged(event, denials) for event in merged if _is_alleged(event, told, known)]
    return sorted(rows, key=lambda row: (row.first or "", row.id), reverse=True)


def _is_claim(charge: Said) -> bool:
    if _THEY.match(charge.content) and not _is_named(charge):
        return False  # “complained that they had destroyed lives”: whom they are, nobody tells
    return bool(_targets(charge)) and _says_what(charge) and _is_somebody(charge)


def _is_named(charge: Said) -> bool:
    """Is one of those who are charged named in what is said?"""
    words = charge.content.casefold()
    return any(
        part in words
        for party in _accused(charge)
        for part in party.name.casefold().split()
        if len(part) >= _ROOT
    )


def _groups(charges: Sequence[Said]) -> Iterator[list[Said]]:
    """Charges against the same side in much the same words are one, whoever makes them."""
    by_target: dict[tuple[str, ...], list[Said]] = {}
    for charge in charges:
        by_target.setdefault(tuple(sorted(_targets(charge))), []).append(charge)
    for target in sorted(by_target):
        own = by_target[target]
        yield from alike(own, _SAME, sorted({p.name for charge in own for p in _accused(charge)}))


def _targets(charge: Said) -> set[str]:
    """The sides that are charged; within a side those who are charged themselves."""
    return {_target(party, charge) for party in _accused(charge)}


def _target(party: Party, charge: Said) -> str:
    side = side_of(party)
    return party.key if side == charge.side else side


def _accused(charge: Said) -> list[Party]:
    """Those whom the charge names, else who does what is told, else the one who is spoken to."""
    speaker = charge.speaker.key if charge.speaker else None
    rivals = [p for p in charge.charged if p.key != speaker and p.kind != "state" and _is_known(p)]
    to = (charge.to,) if charge.to is not None and _YOU.search(charge.content) else ()
    by_pronoun = bool(_PRONOUN.match(charge.content))
    for parties in (charge.charged, rivals) + (() if by_pronoun else (charge.about, to)):
        others = [p for p in parties if side_of(p) != charge.side and _is_known(p)]
        others = others or (rivals if parties is rivals else [])
        if others:
            return others
    return []


def _is_known(party: Party) -> bool:
    """Has it a name, or a state for which it stands? “The cleric” has neither."""
    if party.code is not None:
        return True
    return any(letter.isupper() for letter in party.name) or bool(_GROUPS.search(party.name))


def _says_what(charge: Said) -> bool:
    """Is more told than who is charged, and is it no headline in capitals from another text?"""
    names = [party.name for party in _accused(charge)]
    words = charge.content.split()
    only_named = len(words) <= _NAME and all(_names(word) for word in words)
    only_named = only_named or charge.content.endswith(("'s", "’s"))
    capitals = sum(map(str.isupper, charge.content))
    headline = capitals > sum(map(str.islower, charge.content))
    same = any(_plain(charge.content) == _plain(name) for name in names)
    return not (only_named or headline or same) and bool(left_of(charge.content, names))


def _names(word: str) -> bool:
    """Is a word of “the US administration” but (part of) a name?"""
    return word[:1].isupper() or word in _NAMING


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum()).removeprefix("the")


def _is_somebody(charge: Said) -> bool:
    """Not “they” whom nobody has told."""
    if charge.content.startswith("as ") or _LOOKED.search(charge.lead):
        return False  # “are looking into allegations that …”
    if _UNREAL.search(charge.lead) and not charge.cue.endswith(("ed", "s", "ing")):
        return False  # “would be used to denounce Oslo”
    if charge.speaker is not None:
        return True
    words = (charge.speaker_text or "").split()
    people = {word.casefold().rstrip("s") for word in words[:_HEAD]} & load_saying().people
    if not people and not any(word[:1].isupper() for word in words[1:]):
        return False  # “the weekend with a post”
    return (charge.speaker_text or "").casefold() not in _NOBODY


def _claim(group: Sequence[Said], denials: Sequence[Said], events: Sequence[Merged]) -> ClaimRow:
    first = group[0]
    targets = _targets(first)
    speakers = {p.key: p for s in group for p in _accusers(s)}
    sides = tuple(dict.fromkeys([*(s.side for s in group), *map(side_of, speakers.values())]))
    sides = tuple(side for side in sides if side not in targets) or sides
    joined = [p.name for p in speakers.values() if side_of(p) in sides]
    told_by = tuple(dict.fromkeys([*(s.speaker_name for s in group), *joined]))
    answers = [d for d in denials if _answers(d, group, targets)]
    told = {id for s in group for id in s.events}
    as_fact = any(
        not report.according_to and report.id not in told
        for event in events
        if event.type in DEEDS
        and any(report.id in told for report in event.reports)
        and any({side_of(party), party.key} & targets for party in event.actors)
        for report in event.reports
    )
    accused = {p.key: p for s in group for p in _accused(s)}
    against = [p for p in accused.values() if {side_of(p), p.key} & targets]
    days = sorted(s.day for s in group if s.day)
    denial = answers[0] if answers else None
    return ClaimRow(
        id=f"c{first.id}",
        first=days[0] if days else None,
        last=days[-1] if days else None,
        by=told_by,
        sides=sides,
        against=tuple(dict.fromkeys(p.name for p in against)),
        targets=tuple(sorted(targets)),
        claim=wording(_fullest(group)),
        standing=_standing(len(sides), as_fact=as_fact),
        denied_by=tuple(dict.fromkeys(d.speaker_name for d in answers)),
        denial=_wording(denial, group),
        denied_on=denial.day or None if denial else None,
        confirmed_by=_others(group, speakers.values(), sides),
        sources=len(independent_of((s.source, s.root, s.document, s.origins[:1]) for s in group)),
        statements=len(group),
        quoted=any(s.quoted for s in group),
        title=first.title,
        url=first.url,
        where=tuple(s.id for s in group),
        denials=tuple(d.id for d in answers),
        tiers=tiers_in_words(tiers_of((s.source, s.root, s.tier) for s in group)),
    )


def _accusers(charge: Said) -> list[Party]:
    """“Israel and the US accuse …”: all who make the charge."""
    spoken = [charge.speaker] if charge.speaker else []
    return [*spoken, *(p for p in charge.with_speaker if _is_known(p) and not p.members)]


def _others(
    group: Sequence[Said], speakers: Iterable[Party], sides: Sequence[str]
) -> tuple[str, ...]:
    """Those of other sides than the first that make the same charge."""
    first = group[0].side
    others = [s.speaker_name for s in group if s.side != first]
    joined = [p.name for p in speakers if side_of(p) != first and side_of(p) in sides]
    return tuple(dict.fromkeys([*others, *joined]))


def _fullest(group: Sequence[Said]) -> Said:
    """The wording of the first document that says most: no headline, where the text says more."""
    own = [s for s in group if s.document == group[0].document]
    return max(own, key=lambda s: (len(left_of(s.content, ())), -s.span_start))


def _wording(denial: Said | None, group: Sequence[Said]) -> str | None:
    """The words of a denial; “denies it” and “…; Ankara denies it” have none."""
    if denial is None or _PRONOUN.fullmatch(denial.content):
        return None
    return None if any(s.inside == denial.id for s in group) else wording(denial)


def _standing(sides: int, *, as_fact: bool) -> Standing:
    if as_fact:
        return "told as fact"
    return "several sides' word" if sides > 1 else "one side's word"


def _answers(denial: Said, group: Sequence[Said], targets: set[str]) -> bool:
    """Does a denial answer a charge: it says so, or the accused side denies with its words?"""
    if denial.side in {s.side for s in group} - targets:
        return False
    bare = len(left_of(denial.content, ())) < _WORDS  # “denied the charge”, “denies it”
    answers = denial.answers in {s.id for s in group}
    if answers:
        but = [p.name for s in group for p in _accused(s)]
        alike = max(likeness(denial.content, s.content, but) for s in group)
        if not bare and (denial.side in targets or alike >= _NEARBY):
            return True
    if denial.side not in targets:
        return False
    if bare:
        return answers or any(s.document == denial.document and _follows(denial, s) for s in group)
    near = [s for s in group if abs(days_between(s.day, denial.day)) <= _DAYS]
    but = [p.name for s in group for p in _accused(s)]
    least = _NEARBY if any(s.document == denial.document for s in near) else _ANSWERS
    return any(likeness(denial.content, s.content, but) >= least for s in near)


def _follows(denial: Said, charge: Said) -> bool:
    """“Oslo denied the claim”, soon after it."""
    return 0 < denial.span_end - charge.span_start <= _SOON


def _is_alleged(event: Merged, told: set[str], said: Mapping[str, Said]) -> bool:
    """A deed that only another side tells, and that no charge above tells already."""
    if event.type not in DEEDS - {"SANCTION"} or event.background or event.status not in _DONE:
        return False
    if any(report.id in told for report in event.reports):
        return False
    if not event.according_to or not event.actors:
        return False
    if any(_kind_of(report, said) in _AHEAD for report in event.reports):
        return False
    if _is_history(event) or all(_is_in_passing(report, said) for report in event.reports):
        return False
    doers = {side_of(party) for party in event.actors}
    if not all(map(_is_doer, event.actors)) or any(map(_is_bystander, event.actors)):
        return False
    if event.type == "MOBILIZE" and not all(p.kind in _STATES for p in event.actors):
        return False  # columns on the road, guards at a checkpoint
    if not all(map(_speaks_for_a_side, event.according_to)):
        return False
    return all(side_of(party) not in doers for party in event.according_to)


def _is_doer(party: Party) -> bool:
    """One by name, or a group: not “a bomber”, “planes”."""
    named = any(letter.isupper() for letter in party.name)
    if party.code is None:
        return named and party.kind != "unnamed"
    return named or bool(_GROUPS.search(party.name))


def _speaks_for_a_side(party: Party) -> bool:
    """A scholar or a witness of no told state is none, and a paper reports."""
    if _is_press(party) or party.sectors[:1] == ("EDU",):
        return False
    bodies = ("government", "igo", "armed-group")
    return _is_known(party) and (party.code is not None or party.kind in bodies)


def _is_press(party: Party) -> bool:
    return party.sectors[:1] == ("JRN",)


def _is_bystander(party: Party) -> bool:
    return _is_press(party) or party.sectors[:1] == ("CVL",)


def _kind_of(report: Report, said: Mapping[str, Said]) -> str | None:
    """The kind of the statement in which a report stands."""
    statement = said.get(f"{report.document}:{report.statement}")
    return statement.kind if statement else None


def _is_history(event: Merged) -> bool:
    """A deed of years ago that is told today."""
    return all(
        report.start is not None
        and report.published is not None
        and abs(days_between(report.start[:10], report.published[:10])) > _OLD
        for report in event.reports
    )


def _is_in_passing(report: Report, said: Mapping[str, Said]) -> bool:
    """Is the deed no more than named beside what is said, or told by the one who did it?"""
    statement = said.get(f"{report.document}:{report.statement}")
    if statement is None:
        return False
    if _OWNING.search(statement.cue) or report.trigger.isupper():
        return True
    if grain_of(report).noun and not _BY.match(statement.content, _end_of(report, statement)):
        return True
    before = statement.content[: max(0, report.span_start - statement.span_start)]
    if len(before) > (_FAR if grain_of(report).noun else _NEAR):
        return True
    return bool(_PASSING.search(before))


def _end_of(report: Report, statement: Said) -> int:
    """Where the words that tell a deed end in the statement."""
    return max(0, report.span_end - statement.span_start)


def _alleged(event: Merged, denials: Sequence[Said]) -> ClaimRow:
    sides = tuple(dict.fromkeys(side_of(party) for party in event.according_to))
    doers = {side_of(party) for party in event.actors}
    main = event.main_report
    answers = [
        d
        for d in denials
        if d.side in doers
        and abs(days_between(event.first or "", d.day)) <= _DAYS
        and likeness(d.content, main.passage, [p.name for p in event.actors]) >= _ANSWERS
    ]
    denial = answers[0] if answers else None
    return ClaimRow(
        id=event.id,
        first=event.first,
        last=event.last,
        by=tuple(party.name for party in event.according_to),
        sides=sides,
        against=tuple(names([party]) for party in event.actors),
        targets=tuple(sorted(doers)),
        claim=" ".join(main.passage.split()),
        standing=_standing(len(sides), as_fact=False),
        denied_by=tuple(dict.fromkeys(d.speaker_name for d in answers)),
        denial=_wording(denial, ()),
        denied_on=denial.day or None if denial else None,
        confirmed_by=_names_of(event.according_to[1:], sides[:1]),
        sources=event.sources,
        statements=0,
        quoted=False,
        title=main.title,
        url=main.url,
        where=tuple(report.id for report in event.reports),
        denials=tuple(d.id for d in answers),
        tiers=tiers_in_words(event.tiers),
    )


def _names_of(parties: Iterable[Party], but: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.name for p in parties if side_of(p) not in but))
