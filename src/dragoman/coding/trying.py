"""Frames tried on a sentence: which fit, what comes of each, and why some yield nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.events import draft_events, fates_of
from dragoman.coding.explain import explain
from dragoman.coding.fillers import CastLike
from dragoman.coding.frames import FrameIndex
from dragoman.coding.tellings import merge
from dragoman.language.analysis import Analysis

if TYPE_CHECKING:
    from dragoman.coding.statements import Said


def tried(
    analysis: Analysis, cast: CastLike, said: Sequence[Said], frames: FrameIndex
) -> Iterator[str]:
    """Lines for people: the events that are coded, then the frames that fit and yield none."""
    drafts = draft_events(analysis, cast, said, (), (), date=None, frames=frames)
    told = {(d.act.candidate.frame.name, d.act.candidate.head) for d in drafts}
    merged = merge(drafts, cast)
    for event, tellings in merged:
        yield from explain(event, tellings, analysis, cast, said)
    if not merged:
        yield "no event"
    for candidate, reason in fates_of(analysis, cast, said, frames=frames):
        if (candidate.frame.name, candidate.head) in told:
            continue
        words = " ".join(analysis.words[token] for token in candidate.trigger)
        why = reason or "the judge takes it for a fit by accident"
        yield f"fits, but yields nothing: “{candidate.frame.name}” at “{words}”: {why}"
