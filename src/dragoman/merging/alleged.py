"""Deeds and charges that merged events tell, and no statement: are they claims, and whose?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

from dragoman.merging.camps import opposed
from dragoman.merging.charging import GROUPS, is_known
from dragoman.merging.grain import grain_of
from dragoman.merging.profiles import days_between
from dragoman.merging.records import Merged, Party, Report
from dragoman.merging.said import Said

DEEDS: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
# By these words somebody tells of what he does himself.
OWNING: Final = re.compile(r"\b(?:confirm|admi|acknowledg|boast|claim\w* responsib)", re.IGNORECASE)
_DONE: Final = frozenset({"happened", "ongoing"})
# Kinds of statements that tell what somebody will, wants or asks, not what was done.
_AHEAD: Final = frozenset({"demand", "offer", "promise", "threat", "aim", "other"})
# Deeds that are told in passing: “the town, which troops seized”, “referring to the invasion”.
_PASSING: Final = re.compile(
    r"\b(?:who|which|whose|whom|what|where|before|since|until|referr\w+ to|allegations? that|"
    r"would|could|might|whether|if|questions?|that (?:is|are|was|were|has|have|had))\b",
    re.IGNORECASE,
)
_HELPED: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|being|not|began|begun|started|kept|continued|by|of|from|for|and|'s)"
    r"\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"[^.;:]{0,40}?\bby\b", re.IGNORECASE)
# “A Norse air strike killed two”: the deed is the subject of what is said.
_STRIKES: Final = re.compile(
    r"[^.;:]{0,70}?\b(?:kill|hit|struck|destroy|wound|injur|damag|target|left|flatten|level)\w*"
)
# “45 were killed in Norse attacks”, and what is only supposed.
_KILLED_IN: Final = re.compile(
    r"\b(?:killed|wounded|injured|died|destroyed|hit|dead|deaths?)\b[^.;]*\b(?:in|by|from|during|under)\b"
    r"[^.;]{0,60}$"
)
_SUPPOSED: Final = re.compile(r"\W*(?:that\s+)?(?:when|whenever|if|unless)\b", re.IGNORECASE)
_OPENING: Final = 40  # characters before such a deed
_NEAR: Final = 60  # characters of what is said, before a deed that is what is said
_FAR: Final = 90  # the same, of “… were killed in strikes by …”
# “Detonated a bomb in the market, killing two”.
_HARMING: Final = re.compile(r"(?:kill|injur|wound|damag|destroy)\w*ing\b")
_FURTHER: Final = 200
_OLD: Final = 366  # days before it is told, after which a deed is history
_STATES: Final = frozenset({"state", "government", "igo", "bloc"})
# Frames of charges, with the words that must follow where they name the one who is charged alone.
_CHARGES: Final[Mapping[str, re.Pattern[str]]] = {
    frame: re.compile(follows)
    for frame, follows in {
        "accuse": r"\bof\b",
        "allege-that": r"",
        "blame": r"\b(?:for|over|on)\b",
        "put-blame": r"",
        "charge": r"\bwith\b|\bover\b",
        "charged-passive": r"\bwith\b|\bover\b",
        "condemn": r"\b(?:for|over|as)\b",
        "find-guilty-blame": r"",
        "say-responsible": r"",
        "condemned-passive": r"\b(?:for|over|as)\b",
        "label-as": r"",
        "accusation-noun": r"\b(?:that|of)\b",
    }.items()
}
_REASON: Final = 160  # characters after the words of a charge in which what is charged begins


def is_alleged(event: Merged, told: set[str], said: Mapping[str, Said]) -> bool:
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
    if not all(map(is_doer, event.actors)) or any(map(_is_bystander, event.actors)):
        return False
    if event.type == "MOBILIZE" and not all(p.kind in _STATES for p in event.actors):
        return False  # columns on the road, guards at a checkpoint
    if not all(map(_speaks_for_a_side, event.according_to)):
        return False
    return all(opposed(party, doer) for party in event.according_to for doer in event.actors)


def is_charge(event: Merged, cues: Mapping[str, Sequence[range]], told: Set[str]) -> bool:
    """A charge that an event alone tells (“is accused of arming the rebels”), at none of the
    words of saying in `cues` (by document), and in no charge that has `told` it.
    """
    if event.type != "ACCUSE" or event.background or event.status not in _DONE:
        return False
    follows = _CHARGES.get(event.main_report.frame.removeprefix("frame:"))
    if follows is None or _is_history(event):
        return False
    if any(_is_at(report, cues) or report.id in told for report in event.reports):
        return False
    if not event.recipients or not all(map(is_doer, event.recipients)):
        return False
    if any(map(_is_press, event.actors)) or not all(map(is_known, event.actors)):
        return False
    if not event.actors and not (
        all(map(_is_press, event.according_to)) and event.main_report.trigger.endswith("ed")
    ):
        return False
    if not all(_may_charge(one, other) for one in event.actors for other in event.recipients):
        return False
    main = event.main_report
    after = main.passage.partition(main.trigger.split()[-1] if main.trigger else "")[2]
    return bool(follows.search(after[:_REASON])) and not main.trigger.isupper()


def _may_charge(one: Party, other: Party) -> bool:
    """Of two sides, or rivals by name within one."""
    return opposed(one, other) or (one.key != other.key and other.kind not in ("state", "bloc"))


def _is_at(report: Report, cues: Mapping[str, Sequence[range]]) -> bool:
    own = cues.get(report.document, ())
    return any(cue.start < report.span_end and report.span_start < cue.stop for cue in own)


def is_doer(party: Party) -> bool:
    """One by name, or a group: not “a bomber”, “planes”."""
    named = any(letter.isupper() for letter in party.name)
    if party.code is None and named:
        return party.kind != "unnamed"
    return named or bool(GROUPS.search(party.name))


def _speaks_for_a_side(party: Party) -> bool:
    """A scholar or a witness of no told state is none, and a paper reports."""
    if _is_press(party) or party.sectors[:1] == ("EDU",):
        return False
    bodies = ("government", "igo", "armed-group")
    return is_known(party) and (party.code is not None or party.kind in bodies)


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
    if OWNING.search(statement.cue) or report.trigger.isupper():
        return True
    noun, end = grain_of(report).noun, _end_of(report, statement)
    if _SUPPOSED.match(statement.content):
        return True
    if noun and _KILLED_IN.search(statement.content[: max(0, end)]):
        return False
    if noun and not _BY.match(statement.content, end):
        begins = report.span_start - statement.span_start <= _OPENING
        return not (begins and _STRIKES.match(statement.content, end))
    harming = _HARMING.match(report.trigger)
    if report.trigger.endswith("ing") and not harming and not grain_of(report).noun:
        helped = statement.content[: max(0, report.span_start - statement.span_start)]
        if not _HELPED.search(helped) and statement.cue not in ("accused", "accuses"):
            return True  # “for rebels attacking the town”
    before = statement.content[: max(0, report.span_start - statement.span_start)]
    far = _FURTHER if harming else _FAR if grain_of(report).noun else _NEAR
    if len(before) > far:
        return True
    return bool(_PASSING.search(before))


def _end_of(report: Report, statement: Said) -> int:
    """Where the words that tell a deed end in the statement."""
    return max(0, report.span_end - statement.span_start)
