"""Claims: who accuses whom of what, who denies it, who confirms it, on how many words it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from dragoman.merging.alleged import DEEDS, is_alleged, is_charge
from dragoman.merging.charging import accused_in, accusers_of, is_claim, targets_of
from dragoman.merging.denying import Replies, charged_in, deniers, denies_alone, wording_of
from dragoman.merging.profiles import side_of
from dragoman.merging.records import Merged, Party
from dragoman.merging.said import Said, alike, by_id, left_of
from dragoman.merging.sources import independent_of, tiers_in_words, tiers_of
from dragoman.merging.stances import wording
from dragoman.merging.views import names
from dragoman.records import Record

Standing = Literal["one side's word", "several sides' word", "told as fact", "accuser not told"]
# Events that may be claims.
CHARGED: Final = DEEDS | {"ACCUSE"}
# How alike contents must be (merging.said.likeness) to be one claim.
_SAME: Final = 0.45
_BESIDE: Final = 60  # characters between “slammed Oslo” and “calling it a crime”


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow(Record):
    """A charge. `by` are those on whose word it stands, `against` those who are charged;
    `sides` and `targets` are the states and bodies for whom they stand.

    `standing`: one side's word, several sides' word, told as fact by a document itself, or accuser
    not told, where a text tells that somebody is accused or denies a charge, and not who makes it:
    `by` is empty then.
    `denied_by` are those who deny it, `confirmed_by` other sides that say so and the accused who
    own to it, with the wording and where it stands beside them; `denials` are the statements that
    deny it; `tiers` counts publishers by tier (`agency 2`).
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
    known side alone, are told as done, and are done by another known side, are claims as well; so
    are charges that only an event tells (“is accused of …”), and what somebody denies, though
    nobody is told to have said it.
    """
    statements = [_with_a_speaker(s) for s in said]
    merged = list(events)
    accusations = _with_their_words([s for s in statements if s.kind == "accusation"])
    charges = [s for s in accusations if is_claim(s)]
    replies = Replies(statements)
    facts = _told_as_facts(merged)
    rows = [_claim(group, replies, facts) for group in _groups(charges)]
    told = {id for group in charges for id in group.events}
    known = by_id(statements)
    alleged = _once([event for event in merged if is_alleged(event, told, known)])
    rows += [_alleged(event, replies) for event in alleged]
    cues: dict[str, list[range]] = {}
    for one in statements:
        if one.kind == "accusation" and one.cue:
            place = range(one.cue_start, one.cue_start + len(one.cue))
            cues.setdefault(one.document, []).append(place)
    rows += [_alleged(event, replies) for event in merged if is_charge(event, cues, told)]
    answered = {id for row in rows for id in row.denials}
    alone = [d for d in replies.denials if d.id not in answered and denies_alone(d)]
    rows += [_denied(group) for group in alike(alone, _SAME, sorted({d.side for d in alone}))]
    return sorted(rows, key=lambda row: (row.first or "", row.id), reverse=True)


def _once(events: Sequence[Merged]) -> list[Merged]:
    """One of the deeds of a kind that one sentence tells: that of a doer who is known."""
    best: dict[tuple[str, str, str], Merged] = {}
    for event in events:
        key = event.main_report.document, event.main_report.passage, event.type
        known = best.get(key)
        if known is None or _known(event) > _known(known):
            best[key] = event
    return list(best.values())


def _known(event: Merged) -> int:
    return sum(":" not in party.key for party in (*event.actors, *event.according_to))


def _told_as_facts(events: Iterable[Merged]) -> dict[str, list[Merged]]:
    """By the reports of them, deeds that some report tells on no one's word."""
    found: dict[str, list[Merged]] = {}
    for event in events:
        if event.type in DEEDS and any(not report.according_to for report in event.reports):
            for report in event.reports:
                found.setdefault(report.id, []).append(event)
    return found


def _with_their_words(charges: Sequence[Said]) -> list[Said]:
    """“Slammed Oslo, calling it a war crime”: the second says what the first is against."""
    by_speaker: dict[tuple[str, str], list[Said]] = {}
    found = []
    for charge in charges:
        own = by_speaker.setdefault((charge.document, charge.side), [])
        if not charge.charged and not charge.about:
            near = [c for c in own if 0 < charge.cue_start - c.span_end <= _BESIDE and c.charged]
            if near and not is_claim(near[-1]):
                charge = replace(charge, charged=near[-1].charged)
        own.append(charge)
        found.append(charge)
    return found


def _with_a_speaker(said: Said) -> Said:
    """The event at the words of saying may know who speaks where the statement does not."""
    if said.speaker is not None or not said.with_speaker or not said.speaker_text:
        return said
    first = said.with_speaker[0]
    if not any(word in said.speaker_text for word in first.name.split() if word[:1].isupper()):
        return said
    return replace(said, speaker=first, with_speaker=said.with_speaker[1:])


def _groups(charges: Sequence[Said]) -> Iterator[list[Said]]:
    """Charges against the same side in much the same words are one, whoever makes them."""
    by_target: dict[tuple[str, ...], list[Said]] = {}
    for charge in charges:
        by_target.setdefault(tuple(sorted(targets_of(charge))), []).append(charge)
    for target in sorted(by_target):
        own = by_target[target]
        yield from alike(own, _SAME, sorted({p.name for charge in own for p in accused_in(charge)}))


def _claim(
    group: Sequence[Said], replies: Replies, facts: Mapping[str, Sequence[Merged]]
) -> ClaimRow:
    first = group[0]
    targets = targets_of(first)
    speakers = {p.key: p for s in group for p in accusers_of(s)}
    sides = tuple(dict.fromkeys([*(s.side for s in group), *map(side_of, speakers.values())]))
    sides = tuple(side for side in sides if side not in targets) or sides
    joined = [p.name for p in speakers.values() if side_of(p) in sides]
    told_by = tuple(dict.fromkeys([*(s.speaker_name for s in group), *joined]))
    accused = {p.key: p for s in group for p in accused_in(s)}
    against = [p for p in accused.values() if {side_of(p), p.key} & targets]
    rivals = list(speakers.values())
    answers = replies.to_charge(group, against, rivals)
    owned = replies.admitting([(s.content, s.day) for s in group], against, rivals)
    told = {id for s in group for id in s.events}
    as_fact = any(
        not report.according_to and report.id not in told
        for id in sorted(told)
        for event in facts.get(id, ())
        if any({side_of(party), party.key} & targets for party in event.actors)
        for report in event.reports
    )
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
        denied_by=_named(answers),
        denial=wording_of(denial, group),
        denied_on=denial.day or None if denial else None,
        confirmed_by=tuple(dict.fromkeys([*_others(group, speakers.values(), sides), *owned])),
        sources=len(independent_of((s.source, s.root, s.document, s.origins[:1]) for s in group)),
        statements=len(group),
        quoted=any(s.quoted for s in group),
        title=first.title,
        url=first.url,
        where=tuple(s.id for s in group),
        denials=tuple(d.id for d in answers),
        tiers=tiers_in_words(tiers_of((s.source, s.root, s.tier) for s in group)),
    )


def _named(denials: Sequence[Said]) -> tuple[str, ...]:
    """The names of all who deny."""
    told = [[d.speaker_name, *(p.name for p in d.with_speaker)] for d in denials]
    return tuple(dict.fromkeys(name for own in told for name in own))


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


def _standing(sides: int, *, as_fact: bool) -> Standing:
    if as_fact:
        return "told as fact"
    if not sides:
        return "accuser not told"
    return "several sides' word" if sides > 1 else "one side's word"


def _alleged(event: Merged, replies: Replies) -> ClaimRow:
    is_charge = event.type == "ACCUSE"
    accusers, accused = event.according_to, event.actors
    if is_charge:
        accusers, accused = event.actors, event.recipients
    sides = tuple(dict.fromkeys(side_of(party) for party in accusers))
    targets = {party.key if side_of(party) in sides else side_of(party) for party in accused}
    main = event.main_report
    answers = replies.to_event(event, accused, accusers)
    owned = replies.admitting([(main.passage, event.first or "")], accused, accusers)
    denial = answers[0] if answers else None
    others = _names_of(accusers[1:], sides[:1])
    return ClaimRow(
        id=event.id,
        first=event.first,
        last=event.last,
        by=tuple(party.name for party in accusers),
        sides=sides,
        against=tuple(names([party]) for party in accused),
        targets=tuple(sorted(targets)),
        claim=" ".join(main.passage.split()),
        standing=_standing(len(sides), as_fact=False),
        denied_by=_named(answers),
        denial=wording_of(denial, ()),
        denied_on=denial.day or None if denial else None,
        confirmed_by=tuple(dict.fromkeys([*others, *owned])),
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


def _denied(group: Sequence[Said]) -> ClaimRow:
    """What is denied, though no text tells who said it."""
    first = group[0]
    days = sorted(d.day for d in group if d.day)
    parties = {p.key: p for d in group for p in charged_in(d) or deniers(d)}
    return ClaimRow(
        id=f"d{first.id}",
        first=days[0] if days else None,
        last=days[-1] if days else None,
        by=(),
        sides=(),
        against=tuple(p.name for p in parties.values()),
        targets=tuple(sorted({side_of(p) for p in parties.values()})),
        claim=wording(_fullest(group)),
        standing="accuser not told",
        denied_by=_named(group),
        denial=wording_of(first, ()),
        denied_on=first.day or None,
        confirmed_by=(),
        sources=len(independent_of((d.source, d.root, d.document, d.origins[:1]) for d in group)),
        statements=len(group),
        quoted=any(d.quoted for d in group),
        title=first.title,
        url=first.url,
        where=tuple(d.id for d in group),
        denials=tuple(d.id for d in group),
        tiers=tiers_in_words(tiers_of((d.source, d.root, d.tier) for d in group)),
    )
