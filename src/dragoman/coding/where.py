"""Where an event happened: the place that its clause names."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.places.finding import PlaceExpression
from dragoman.coding.places.names import Words
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Where

_ADVERBIAL = frozenset(
    ("obl", "nmod", "obl:npmod", "obl:unmarked", "nmod:unmarked", "advmod", "obl:tmod")
)
_OCCURS = frozenset(("hold", "occur", "happen", "begin", "start", "open", "convene"))
_UNDERTAKES = frozenset(("agree", "decide", "promise", "offer", "propose", "pledge", "vow"))
_INSIDE = frozenset(("appos", "nmod", "conj", "flat", "list", "nmod:poss", "compound"))
_BOUNDARY = frozenset(("before", "after", "since", "until", "till", "ahead", "following"))


def where_of(analysis: Analysis, trigger: int, places: Sequence[PlaceExpression]) -> Where | None:
    """Where an event happened: a place that the trigger's clause names; None where it names none.

    Of several, the one nearest to the trigger in the tree counts, a town before its country. The
    dateline's place is where a report was written, not where what it tells happened.
    """
    stated = _before_where(analysis, trigger, places)
    if stated is not None:
        return stated.to_where()
    best: tuple[tuple[int, int, int], PlaceExpression] | None = None
    sentence = analysis.sentence_of[trigger] if trigger < len(analysis) else -1
    words = Words.load()
    for place in places:
        if analysis.sentence_of[place.head] != sentence or place.dateline:
            continue
        distance = _distance(analysis, trigger, place.head, words)
        if distance is not None:
            size = ("point", "city", "guess", "region", "country").index(place.precision)
            rank = (distance, size, place.first)
            if best is None or rank < best[0]:
                best = rank, place
    if best is not None:
        return best[1].to_where()
    return None


def _before_where(
    analysis: Analysis, trigger: int, places: Sequence[PlaceExpression]
) -> PlaceExpression | None:
    """“Flew to Ankara, where he was received by …”: the place before “where”, however parsed."""
    if trigger >= len(analysis):
        return None
    for at in _anchors(analysis, trigger):
        for child in analysis.children[at]:
            if analysis.words[child].lower() == "where" and child < at:
                before = child - (child > 0 and analysis.words[child - 1] == ",")
                return next((p for p in places if p.last == before and not p.dateline), None)
    return None


def _distance(analysis: Analysis, trigger: int, place: int, words: Words) -> int | None:
    """How far a place hangs from the trigger; None where it is no circumstance of it.

    The way up from the place passes only inside one noun phrase, then by one circumstance to the
    trigger, or to the verb that the trigger belongs to.
    """
    at, steps = place, 0
    while analysis.deprels[at] in ("appos", "conj", "flat", "list") and analysis.heads[at] != ROOT:
        at, steps = analysis.heads[at], steps + 1
    anchors = _anchors(analysis, trigger)
    for _ in range(3):
        above = analysis.heads[at]
        if above == ROOT or analysis.deprels[at] not in _ADVERBIAL | _INSIDE:
            return None
        if above in anchors and _is_where(analysis, at, words):
            return anchors[above] * 2 + steps
        at, steps = above, steps + 1
    return None


def _anchors(analysis: Analysis, trigger: int) -> dict[int, int]:
    """The trigger, and the verbs above it of which it is a part, with their distance."""
    anchors = {trigger: 0}
    told = occurring(analysis, trigger)
    if told is not None:
        anchors[told] = 0
    at = trigger
    for step in range(1, 4):
        relation = analysis.deprels[at]
        above = analysis.heads[at]
        if above == ROOT or relation not in (
            "obj",
            "xcomp",
            "nsubj:pass",
            "conj",
            "obl",
            "nsubj",
            "compound",
        ):
            break
        if relation == "xcomp" and analysis.lemmas[above].lower() in _UNDERTAKES:
            break  # “agreed in Rome to meet”: the place is where they agreed
        if bounded(analysis, at):
            break  # “left the town after a meeting”
        anchors[above] = step
        at = above
    return anchors


def occurring(analysis: Analysis, trigger: int) -> int | None:
    """The verb that tells of a noun's deed when and where it was: "talks, which took place in …".

    It may hang from a noun in the same phrase: "the meeting with Erdogan, which was held on …".
    """
    if analysis.upos[trigger] not in ("NOUN", "PROPN"):
        return None
    inside = [c for c in analysis.children[trigger] if analysis.deprels[c] == "nmod"]
    for noun in (trigger, *inside):
        for verb in analysis.children[noun]:
            if analysis.deprels[verb] == "acl:relcl" and _occurs(analysis, verb):
                return verb
    return None


def _occurs(analysis: Analysis, verb: int) -> bool:
    below = {analysis.words[c].lower() for c in analysis.children[verb]}
    if not below & {"which", "that"}:
        return False
    lemma = analysis.lemmas[verb].lower()
    return lemma in _OCCURS or (lemma == "take" and "place" in below)


def _is_where(analysis: Analysis, token: int, words: Words) -> bool:
    cases = [
        analysis.lemmas[c].lower()
        for c in analysis.children[token]
        if analysis.deprels[c] == "case"
    ]
    return any(c in words.locative for c in cases) or not cases


def bounded(analysis: Analysis, token: int) -> bool:
    """Whether a deed stands behind “before” or “after”, so that the verb above tells another."""
    return any(
        analysis.deprels[c] in ("case", "mark") and analysis.words[c].lower() in _BOUNDARY
        for c in analysis.children[token]
    )
