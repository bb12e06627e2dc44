"""Why an event was coded so, in plain words, with the words of the text that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.clauses import Clauses
from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import CastLike, Filler
from dragoman.coding.predicate_status import Clue
from dragoman.language.analysis import Analysis
from dragoman.ontology import load_ontology
from dragoman.records import Event

if TYPE_CHECKING:
    from dragoman.coding.statements import Said

_SLOTS = {
    "subj": "as the subject",
    "obj": "as the object",
    "iobj": "as the indirect object",
    "poss": "as the possessor",
    "speaker": "as the speaker",
    "told before": "as one of those of the contact told before",
    "author": "as the one who issued it",
    "up": "as the subject of the clause",
    "own state": "as the state that the doers belong to",
}
_CLUES = {
    "negation": "is negated",
    "future": "looks ahead",
    "future in the past": "looks ahead from the past",
    "is to": "tells what is arranged",
    "due to": "tells what is arranged",
    "took place": "tells that it was held",
    "going to": "looks ahead",
    "modal": "makes it a possibility",
    "conditional": "makes it hang on something else",
    "condition": "is a condition",
    "awaited": "is waited for",
    "purpose": "is a purpose",
    "imperative": "is asked for",
    "approach": "only comes near to it",
    "obligation": "is an obligation",
    "progressive": "is under way",
    "present": "is under way",
    "adverb": "says so",
    "modifier": "describes it",
    "preposition": "stands before it",
    "governor": "governs it",
    "negated governor": "negates what governs it",
    "carrying verb": "carries it",
    "noun": "stands over it",
    "generic": "is meant in general",
    "frame": "says by itself that it lies ahead",
    "not called off": "does not call it off",
    "date past": "its date lies before the document's",
    "headline": "is the future of a headline",
    "overtaken": "tells a plan that did not come about",
    "date ahead": "its date lies ahead of the document's",
}


def explain(
    event: Event,
    drafts: Sequence[Draft],
    analysis: Analysis,
    cast: CastLike,
    said: Sequence[Said],
) -> Iterator[str]:
    """Lines that tell how an event came about; `drafts` are its tellings."""
    ontology = load_ontology()
    mode = f", mode {event.mode}" if event.mode else ""
    yield f"{event.id}: {event.type}{mode} ({ontology.types[event.type].means})"
    history = ", background" if event.background else ""
    yield f"  status {event.status}{history}; score {event.score:g}"
    for draft in drafts:
        yield from _telling(draft, analysis, cast, said)


def _telling(
    draft: Draft, analysis: Analysis, cast: CastLike, said: Sequence[Said]
) -> Iterator[str]:
    frame = draft.act.candidate.frame
    yield f"  told in: {_marked(draft, analysis)}"
    yield f"    frame “{frame.name}” of {frame.file}, found by its {draft.act.candidate.part}"
    if draft.act.deeds:
        yield f"    stands over a deed of its own: {draft.method.removeprefix('frame:')}"
    if draft.act.refused:
        yield "    negated: not to be willing to do it is a refusal"
    for label, fillers in (("actor", draft.roles.actors), ("recipient", draft.roles.recipients)):
        for filler in fillers:
            yield f"    {label}: {_filler(filler, analysis, cast)}"
    yield f"    status {draft.status}" + ("" if draft.reading.clues else ": told as a fact")
    for clue in draft.reading.clues:
        yield f"      {clue_words(clue, analysis)}"
    if draft.when is not None:
        yield f"    when: {draft.when.start} to {draft.when.end} (“{draft.when.text}”)"
    if draft.statement is not None:
        speaker = said[draft.statement].speaker_text or "someone"
        yield f"    on the word of {speaker}"
    yield f"    confidence {draft.confidence:g}" + (", by the judge:" if draft.reasons else "")
    for reason in draft.reasons:
        yield f"      {reason}"


def _marked(draft: Draft, analysis: Analysis) -> str:
    """The sentence with the words that tell the event in brackets."""
    bounds = analysis.tokens.bounds
    start, end = analysis.span(bounds[draft.sentence], bounds[draft.sentence + 1])
    text = analysis.text[start:end]
    for span in reversed(draft.trigger):
        a, b = span.start - start, span.end - start
        text = f"{text[:a]}[{text[a:b]}]{text[b:]}"
    return " ".join(text.split())


def _filler(filler: Filler, analysis: Analysis, cast: CastLike) -> str:
    *path, last = filler.slot.split(".")
    place = _SLOTS.get(last, f"behind “{last.removeprefix('deep:')}”")
    if path:
        place += f" of the {' of the '.join(_SLOTS.get(p, p).split()[-1] for p in reversed(path))}"
    return f"{cast.actor(filler.actor).name}, “{analysis.words[filler.token]}” {place}"


def clue_words(clue: Clue, analysis: Analysis) -> str:
    """One reason for a status, in plain words, with the word of the text that gives it."""
    what = _CLUES.get(clue.kind, clue.kind)
    if clue.token < 0:
        return f"{what}: {clue.status}"
    return f"“{analysis.words[clue.token]}” {what}: {clue.status}"


def status_lines(analysis: Analysis, token: int) -> Iterator[str]:
    """The status of any predicate, with its clues."""
    from dragoman.coding.status import status_of

    reading = status_of(analysis, token, Clauses(analysis))
    yield f"“{analysis.words[token]}”: {reading.status}"
    for clue in reading.clues:
        yield f"  {clue_words(clue, analysis)}"
