"""One contact that a document tells in several ways: “they had a call … the presidents discussed”.

A report of a meeting names those who met, then speaks of “the Ukrainian-Turkish talks”, of “the
conversation between the presidents” and of what “the parties discussed”. Each may be read as an
event of its own; in the register they are one row, that of the telling that names most people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dragoman.merging.fusion import fuse
from dragoman.merging.kept_out import around, is_recalled
from dragoman.merging.profiles import days_between, side_of
from dragoman.merging.records import Merged, Party
from dragoman.merging.sources import publisher_key

_REAL: Final = frozenset({"happened", "ongoing"})
# Frames that tell what was talked of, not that one met; they, and talks, may name fewer than took
# part.
_TOPICS: Final = frozenset({"frame:discuss", "frame:discussion", "frame:exchange-views"})
_TALKED: Final = _TOPICS | {"frame:talks"}
# An agreement to meet that lies before the meeting, and words that make it another one.
_AGREED: Final = re.compile(
    r"\b(?:agreed (?:in|on|at|during|earlier|when|last)\b|(?:had|as) (?:we )?agreed\b)"
)
_ANEW: Final = re.compile(r"\b(?:again|another|next|future|further|soon|one more|will)\b")
_ONE_MORE: Final = re.compile(r"\b(?:again|another|next|second|third|future|further|return)\b")
_AHEAD: Final = ("planned", "possible")
_NEGOTIATED: Final = frozenset({"frame:negotiate-thing", "frame:confer"})
_NOUNS: Final = frozenset(
    """visit trip tour travels travel meeting summit talks visits meetings discussion discussions
    conference""".split()  # noqa: SIM905
)
_BEFORE_NOUN: Final = 5
# What stands before a noun for a contact that is over, or under way.
_HELD_BY_THEN: Final = frozenset(
    "after following during since from last recent previous earlier held at".split()  # noqa: SIM905
)
_AFTER: Final = frozenset({"after", "following"})
_WILL_THEN: Final = re.compile(r"\bwill\b|[’']ll\b")
_EXPECTED: Final = re.compile(r"\b(?:was|were) (?:expected|due|to)\b")
_TOOK_PART: Final = re.compile(r"\b(?:took part|participated|attended|addressed|held|hosted)\b")
_REFERRED: Final = re.compile(
    r"\b(?:recent|previous|last|earlier) (?:\w+ )?(?:visit|trip|meeting|talks|summit)\b"
)
_LATER: Final = r"\b(?:after|following) (?:the|his|her|their|a) (?:[\w-]+ ){0,2}"
_WAS_THERE: Final = re.compile(r"\b(?:took part|attended|participated|chaired|hosted)\b")
_STAY: Final = 3  # days
_TOWNS: Final = frozenset({"point", "city"})
_LETTER: Final = "letter"


def told_once(events: Iterable[Merged]) -> list[Merged]:
    """The contacts with those that one document only tells again laid together, in their order."""
    kept: list[Merged] = []
    by_document: dict[str, list[int]] = {}
    ordered = sorted(enumerate(events), key=lambda pair: (*_poorer(pair[1]), pair[0]))
    places: list[int] = []
    for at, event in ordered:
        documents, issues = {report.document for report in event.reports}, _issues(event)
        same: int | None = None
        for keys in (documents, issues if _names_nobody(event) or _is_after(event) else ()):
            near = sorted({n for key in keys for n in by_document.get(key, ())})
            same = next((n for n in near if _again(event, kept[n])), None)
            if same is not None:
                break
        if same is None:
            same = len(kept)
            kept.append(event)
            places.append(at)
        else:
            kept[same] = _together(kept[same], event)
        for key in documents | issues:
            by_document.setdefault(key, []).append(same)
    return [event for _, event in sorted(zip(places, kept, strict=True), key=lambda pair: pair[0])]


def _names_nobody(event: Merged) -> bool:
    """“The Ukrainian-Turkish talks in Kyiv”, told beside the report that says who met there."""
    return event.start is None and not any(party.kind == "person" for party in event.parties)


def _is_after(event: Merged) -> bool:
    """“Said so after the talks with X”: the talks that another text of the day tells."""
    return event.start is None and all(
        re.search(_LATER + re.escape(r.trigger) + r"\b", r.passage, re.IGNORECASE)
        for r in event.reports
    )


def _issues(event: Merged) -> set[str]:
    """What one publisher tells on one day, as a key beside those of documents."""
    return {
        f"{publisher_key(report.source)} {report.published[:10]}"
        for report in event.reports
        if report.source and report.published
    }


def _poorer(event: Merged) -> tuple[int, int, int, int]:
    """The tellings that say most come first: people by name, day, medium, then the first one."""
    people = sum(party.kind == "person" for party in event.parties)
    first = min(report.span_start for report in event.reports)
    talked = event.main_report.frame in _TOPICS
    return -min(people, 2), talked, event.medium is None, first


def _again(event: Merged, told: Merged) -> bool:
    """May `event` be the contact `told` again, in words that say less?"""
    if _in_one_breath(event, told) and (_is_after(event) or _is_after(told)):
        return False
    alike = _as_real(event, told) or _was_agreed(event, told)
    if not (alike or _is_named_ahead(event, told) or _is_its_purpose(event, told)):
        return False
    if is_recalled(event, deep=False) != is_recalled(told, deep=False):
        return False
    if (event.mode == "visit") != (told.mode == "visit"):
        return False
    if _LETTER in (event.medium, told.medium) and event.medium != told.medium:
        return False
    if _of_the_call(event, told):
        return _days_meet(event, told) and _same_people(event, told)
    other_medium = event.medium and told.medium and event.medium != told.medium
    if other_medium and not _may_be_video(event, told):
        return False
    towns = event.place_precision in _TOWNS and told.place_precision in _TOWNS
    if towns and event.place != told.place:
        return False
    when = _days_meet(event, told) or _is_named_ahead(event, told)
    return when and _same_people(event, told)


def _in_one_breath(event: Merged, told: Merged) -> bool:
    """Does one sentence tell both: “after the summit the two had a conversation”?"""
    return bool({r.passage for r in event.reports} & {r.passage for r in told.reports})


def _as_real(event: Merged, told: Merged) -> bool:
    """Is what the documents of `event` say of `told` as real as what they say of `event`?

    “They asked that the call be held today”: it was, where the document tells it of that day.
    """
    if _asked_for(event, told) or _was_called_off(event, told):
        return True
    documents = {report.document for report in event.reports}
    there = {r.status in _REAL for r in told.reports if r.document in documents}
    return (event.status in _REAL) in (there or {told.status in _REAL})


def _was_called_off(event: Merged, told: Merged) -> bool:
    """“The summit won't stop the war”, where the same text tells that it has been cancelled."""
    if told.status != "cancelled" or event.status not in _REAL or event.start is not None:
        return False
    return all(len(r.trigger.split()) == 1 and r.frame == "frame:meeting" for r in event.reports)


def _asked_for(event: Merged, told: Merged) -> bool:
    days = {(report.published or "")[:10] for report in told.reports}
    if event.status != "possible" or event.start is None or told.status not in _REAL:
        return False
    if event.medium is None or event.medium != told.medium or event.start[:10] not in days:
        return False
    return not any(_ANEW.search(report.passage) for report in event.reports)


def _was_agreed(event: Merged, told: Merged) -> bool:
    """“When we agreed in Rome to meet”, said at that meeting: the plan is what the report tells."""
    if event.status != "planned" or event.start or told.status not in _REAL:
        return False
    return all(_AGREED.search(report.passage) for report in event.reports) and not any(
        _ANEW.search(report.passage) for report in event.reports
    )


def _is_named_ahead(event: Merged, told: Merged) -> bool:
    """“His visit”, of which the same document tells that it is to come."""
    if not {report.document for report in event.reports} & {r.document for r in told.reports}:
        return False
    for bare, ahead in ((event, told), (told, event)):
        if bare.status in _REAL and ahead.status == "planned" and _is_bare(bare):
            return not any(_ONE_MORE.search(report.passage) for report in ahead.reports)
    return False


def _is_bare(event: Merged) -> bool:
    """Is it told by a noun alone, without a day, and not as what others come after?"""
    if event.start is not None or event.background:
        return False
    for report in event.reports:
        before, _ = around(report, _BEFORE_NOUN)
        if len(report.trigger.split()) > 1 or report.trigger.casefold() not in _NOUNS:
            return False
        if _TOOK_PART.search(report.passage):
            return False
        if _WAS_THERE.search(report.passage):
            return False  # “took part in the summit”
        if _HELD_BY_THEN & {*before} and not (
            _AFTER & {*before} and _WILL_THEN.search(report.passage)
        ):
            return False  # not “after the meeting he will go on to Lima”
    return True


def _is_its_purpose(event: Merged, told: Merged) -> bool:
    """“Held talks with the king to negotiate a truce”: the negotiation is these talks."""
    if event.status not in _AHEAD or event.start or told.status not in _REAL:
        return False
    if event.main_report.frame not in _TALKED | _NEGOTIATED:
        return False
    if event.status == "planned" and event.main_report.frame in _TOPICS:
        there = {report.document for report in told.reports}
        return all(  # “they were expected to discuss it”, of the talks that were held
            r.document in there and _EXPECTED.search(r.passage) and not _ANEW.search(r.passage)
            for r in event.reports
        )
    passages = {(report.document, report.passage) for report in told.reports}
    return all(
        (report.document, report.passage) in passages and not _ANEW.search(report.passage)
        for report in event.reports
    )


def _of_the_call(event: Merged, told: Merged) -> bool:
    """“Following up on his recent visit the two had a discussion”: on the call that is told.

    The visit that is only referred to gives the discussion no place of its own.
    """
    if told.medium not in ("phone", "video") or event.medium not in (None, "in-person"):
        return False
    talked = event.main_report.frame in _TOPICS
    return talked and all(_REFERRED.search(report.passage) for report in event.reports)


def _may_be_video(event: Merged, told: Merged) -> bool:
    """“The summit” that one took part in by video: a bare word for a meeting says no place."""
    if {event.medium, told.medium} != {"video", "in-person"}:
        return False
    bare = event if event.medium == "in-person" else told
    return bare.place is None and bare.main_report.method.startswith("frame:meeting")


def _days_meet(event: Merged, told: Merged) -> bool:
    """A day of its own must be one of the other's; without one it is as old as its report."""
    if event.start is None:
        if told.start is None:
            return True
        days = {(report.published or "")[:10] for report in event.reports}
        dated = {(told.start or "")[:10], (told.end or told.start or "")[:10]}
        return bool(days & dated) or event.status not in _REAL
    start, end = event.start[:10], (event.end or event.start)[:10]
    other = (told.start or "")[:10]
    if other and _is_one_visit(event, told):
        return True
    if not other:
        return any(start <= (r.published or "")[:10] <= end for r in told.reports)
    return start <= (told.end or other)[:10] and other <= end


def _is_one_visit(event: Merged, told: Merged) -> bool:
    """“Arrived on Tuesday”, “on the second day of his visit”: a visit lasts days.

    So where one document tells of the same visitor and host on days that follow each other, and of
    no other visit.
    """
    if event.mode != "visit" or told.mode != "visit" or not event.start or not told.start:
        return False
    if not {r.document for r in event.reports} & {r.document for r in told.reports}:
        return False
    if any(_ONE_MORE.search(r.passage) for r in (*event.reports, *told.reports)):
        return False
    if any((e.end or e.start or "")[:10] != (e.start or "")[:10] for e in (event, told)):
        return False
    days = sorted((event.start[:10], told.start[:10]))
    return days_between(days[0], days[1]) <= _STAY


def _same_people(event: Merged, told: Merged) -> bool:
    """The same sides, and nobody by name who is not among those of the same side."""
    parties = [p for p in event.parties if not _is_their_body(p, told)]
    own, theirs = _people(parties), _people(told.parties)
    if len(parties) < len(event.parties):
        return bool(own) and all(people <= theirs.get(s, set()) for s, people in own.items())
    part = _is_part(told, own, theirs)
    if len(own) < 2 or not (part or set(own) <= set(theirs)):
        return False
    if set(own) != set(theirs) and not part:
        talked = event.main_report.frame in _TALKED | _NEGOTIATED
        if not talked and not _is_of_several(event):
            return False
    if event.mode == "visit" and {side_of(p) for p in event.recipients} != {
        side_of(p) for p in told.recipients
    }:
        return False
    return all(not people or not theirs.get(side) or people <= theirs[side]
               for side, people in own.items())  # fmt: skip


def _is_part(told: Merged, own: dict[str, set[str]], theirs: dict[str, set[str]]) -> bool:
    """“Said of the talks with A and B”: those with whom they were, of the talks told elsewhere."""
    talked = told.main_report.frame in _TALKED and told.status in _REAL
    return talked and set(theirs) < set(own) and len(theirs) > 1


def _missing(told: Merged, event: Merged) -> tuple[Party, ...]:
    """Sides that only the telling has of which the contact as first told is a part."""
    own, theirs = _people(event.parties), _people(told.parties)
    if not _is_part(told, own, theirs):
        return ()
    return tuple(party for party in event.parties if side_of(party) not in theirs)


def _is_their_body(party: Party, told: Merged) -> bool:
    """“Took part in the summit of the Union. The meeting was attended by …”: by its members."""
    if party.kind not in ("igo", "bloc") or party.key in {p.key for p in told.parties}:
        return False
    there = {p.code for p in told.parties if p.kind == "person"}
    return bool(there & set(party.members)) and told.mode != "visit"


def _is_of_several(event: Merged) -> bool:
    """“After the trilateral meeting”, where a sentence names but two who were there."""
    return all(
        re.search(rf"\b(?:trilateral|three-way) {re.escape(r.trigger)}\b", r.passage, re.IGNORECASE)
        for r in event.reports
    )


def _people(parties: Sequence[Party]) -> dict[str, set[str]]:
    """By side the people who are named; “the presidents of A and B” stand for A and B alone."""
    found: dict[str, set[str]] = {}
    for party in parties:
        if party.code is None and party.kind in ("unnamed", "bloc") and party.members:
            for member in party.members:
                if member.isupper():
                    found.setdefault(member, set())
            continue
        if party.code is None and party.kind == "unnamed" and not party.part_of:
            continue
        people = found.setdefault(side_of(party), set())
        if party.kind == "person":
            people.add(party.key)
    return found


def _together(told: Merged, event: Merged) -> Merged:
    """The contact with the reports that tell it again; who takes part is as first told.

    One that is to come, and that a bare noun names as well, is to come.
    """
    whole = fuse([*told.reports, *event.reports], [*told.links, *event.links])
    elsewhere = _of_the_call(event, told) or event.status != told.status == "happened"
    place = told if told.place or elsewhere else event
    if told.status in _REAL and event.status == "planned" and _is_named_ahead(event, told):
        whole = replace(whole, status=event.status, life=event.life)
    elif told.status == "planned" and event.status in _REAL and _is_named_ahead(event, told):
        whole = replace(whole, status=told.status, life=told.life)
    return replace(
        whole,
        id=told.id,
        mode=told.mode,
        actors=(*told.actors, *_missing(told, event)),
        recipients=told.recipients,
        main=told.main,
        medium="video" if "video" in (told.medium, event.medium) else told.medium or event.medium,
        place=place.place,
        place_precision=place.place_precision,
        country=place.country or told.country,
        conflicts=told.conflicts,
    )
