"""The time that governs an event: the one that its own clause names, not the nearest one.

A time belongs to the word that it depends on. From the time the way leads up through the noun
phrase that it is part of, and then by one circumstance to the event's word or to the verb that
carries it ("met", "held talks", "is expected to arrive").
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.times.finding import TimeExpression
from dragoman.coding.times.tense import SAID, infinitive_before
from dragoman.coding.where import bounded, occurring, where_of
from dragoman.language.analysis import ROOT, Analysis

__all__ = ["when_of", "where_of"]

_UP = frozenset(
    (
        "nmod",
        "nmod:unmarked",
        "appos",
        "conj",
        "flat",
        "compound",
        "nmod:poss",
        "amod",
        "nummod",
        "obl",
    )
)
_CIRCUMSTANCE = frozenset(
    (
        "obl",
        "obl:tmod",
        "obl:npmod",
        "obl:unmarked",
        "nmod",
        "nmod:tmod",
        "nmod:poss",
        "nmod:unmarked",
        "advmod",
        "compound",
        "amod",
        "obj",
        "appos",
        "dep",
        "parataxis",
        "nsubj",
    )
)
# From an event's noun or verb up to what carries it: the time of "held" is the time of the talks.
_CARRIED = frozenset(
    ("obj", "xcomp", "nsubj:pass", "nsubj", "obl", "compound", "conj", "nmod", "appos", "iobj")
)
_HELPERS = ("aux", "aux:pass", "cop")
_ENDS = frozenset(("since", "until", "till"))
# Of these the time behind them is their own, and not that of the deed they have to do with.
_PAPERS = frozenset(
    ("resolution", "treaty", "law", "protocol", "charter", "convention", "memorandum", "decree",
     "constitution", "communique", "declaration", "act", "statute")
)  # fmt: skip
_WANTED = frozenset(("obj", "obl"))
_ASKED = frozenset(("call", "urge", "demand", "propose", "offer", "request", "promise", "ask"))
# Of what is spoken of: “on Tuesday it condemned raids”.
_SPOKEN_OF = frozenset(
    ("condemn", "denounce", "deplore", "criticise", "criticize", "praise", "hail", "regret",
     "mourn", "decry", "slam", "blast", "applaud", "lament", "report", "describe", "recall",
     "blame", "defend", "mention", "cite", "commemorate", "investigate", "discuss", "admit",
     "acknowledge", "confirm", "deny", "reveal")
)  # fmt: skip
# What answers a deed of another day: "in retaliation for".
_ANSWERS = frozenset(("punishment", "retaliation", "revenge", "response", "reprisal", "reaction"))
_FINER = ("minute", "hour", "part-of-day", "day", "week", "month", "season", "year")


def when_of(
    analysis: Analysis, trigger: int, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The time of the event that the token `trigger` tells; None where its clause names none.

    A time after "before", "after", "since" or "until" bounds the event and is not its time.
    """
    sentence = analysis.sentence_of[trigger]
    anchors = _anchors(analysis, trigger)
    own = _below_said(analysis, trigger, anchors)
    best: tuple[tuple[int, int, int], TimeExpression] | None = None
    for time in times:
        if analysis.sentence_of[time.first] != sentence or time.when is None:
            continue
        if infinitive_before(analysis, trigger, time.first) is not None:
            continue
        before = time.last <= trigger
        distance = _distance(analysis, own if before else anchors, time)
        if distance is not None:
            rank = (distance, _FINER.index(time.when.precision), abs(time.first - trigger))
            if best is None or rank < best[0]:
                best = rank, time
    return None if best is None else best[1]


def _anchors(analysis: Analysis, trigger: int) -> dict[int, int]:
    """The event's word and those that carry it, each with its distance."""
    anchors = {trigger: 0}
    told = occurring(analysis, trigger)
    if told is not None:
        anchors[told] = 0
    at = trigger
    for step in range(1, 5):
        above = analysis.heads[at]
        if above == ROOT or analysis.deprels[at] not in _CARRIED:
            break
        if analysis.deprels[at] == "conj" and (
            _has_own_subject(analysis, at) or _is_now_and_then(analysis, at, above)
        ):
            break
        if _is_before(analysis, at, above):
            break
        if bounded(analysis, at):
            break  # “freed him yesterday ahead of a visit to Washington”
        anchors[above] = step
        at = above
    for child in analysis.children[trigger]:
        if analysis.deprels[child] in ("xcomp", "cop", "aux", "aux:pass"):
            anchors.setdefault(child, 1)
    return anchors


def _below_said(analysis: Analysis, trigger: int, anchors: dict[int, int]) -> dict[int, int]:
    """The anchors below a verb of saying or deciding: “agreed on Friday to go”, “to talks”."""
    at = trigger
    while at in anchors:
        above = analysis.heads[at]
        if above == ROOT or above not in anchors:
            break
        said = analysis.lemmas[above].lower()
        relation = analysis.deprels[at]
        spoken_of = relation in _WANTED and (said in _ASKED or said in _SPOKEN_OF)
        if spoken_of or (relation == "xcomp" and said in SAID):
            return {token: step for token, step in anchors.items() if step < anchors[above]}
        at = above
    return anchors


def _has_own_subject(analysis: Analysis, token: int) -> bool:
    return any(analysis.deprels[c].startswith("nsubj") for c in analysis.children[token])


def _is_now_and_then(analysis: Analysis, one: int, other: int) -> bool:
    """“Took the town last year and are involved in a siege”: two verbs of two times."""
    told = {_is_past(analysis, one), _is_past(analysis, other)}
    return told == {True, False}


def _is_past(analysis: Analysis, verb: int) -> bool | None:
    """Whether a finite verb is told in the past; None of others."""
    helpers = [c for c in analysis.children[verb] if analysis.deprels[c] in _HELPERS]
    tags = {analysis.xpos[token] for token in (verb, *helpers)}
    if not helpers and analysis.xpos[verb] == "VBP":
        return None  # a bare form, which may be an infinitive: “used it to kill two and seize one”
    if tags & {"VBZ", "VBP", "MD"}:
        return False
    return True if "VBD" in tags else None


def _distance(analysis: Analysis, anchors: dict[int, int], time: TimeExpression) -> int | None:
    at = analysis.head_of(time.first, time.last)
    if time.first and analysis.words[time.first - 1].lower() in _ENDS:
        return None  # “since July 11 bombardments have …”
    measures = _measures(analysis, time)
    for steps in range(4):
        passed = measures and steps == 1 and bounded(analysis, at)  # the vote of "after the vote"
        if bounded(analysis, at) and not passed:
            return None
        above = analysis.heads[at]
        if at in anchors and not passed:  # they hold the event's own: “the 1991 war”
            return anchors[at] + steps
        if above == ROOT or analysis.deprels[at] not in _CIRCUMSTANCE:
            return None
        if above in anchors and not (measures and steps == 0 and bounded(analysis, above)):
            return 2 * anchors[above] + steps
        if analysis.deprels[at] not in _UP or _is_paper(analysis, above):
            return None
        at = above
    return None


def _is_before(analysis: Analysis, noun: int, above: int) -> bool:
    """Whether a noun's deed lies before what it hangs on: "as punishment for the attack", "the trip
    followed a visit on Monday"."""
    word = analysis.lemmas[above].lower()
    if word in ("follow", "precede"):
        return analysis.deprels[noun] == "nsubj"
    return word in _ANSWERS and analysis.deprels[noun] == "nmod"


def _is_paper(analysis: Analysis, noun: int) -> bool:
    """Whether a time behind a noun is that of a paper, which is not being signed here."""
    head = analysis.heads[noun]
    signs = head != ROOT and analysis.lemmas[head].lower() in ("sign", "adopt", "pass", "conclude")
    return analysis.lemmas[noun].lower() in _PAPERS and not signs


def _measures(analysis: Analysis, time: TimeExpression) -> bool:
    """“Two days after the vote”: told from the vote, it is the time of what followed."""
    after = analysis.words[time.last].lower() if time.last < len(analysis.words) else ""
    return time.type == "DURATION" and after in ("after", "before", "following")
