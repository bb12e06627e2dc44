"""Frames indexed by the words that tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dragoman.ontology import Frame, FrameFile, read_frames, shipped_frames
from dragoman.ontology.frame_files import check_unique


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a frame: its lemma is the key, `more` what has to stand beside it."""

    frame: Frame
    more: str  # a particle of a verb, the words before a noun; empty for a single word
    order: int


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """The frames by the lemma of their trigger, the most demanding frame first."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    modals: Mapping[str, tuple[Entry, ...]]
    frames: tuple[Frame, ...]
    by_name: Mapping[str, Frame]
    verb_forms: Mapping[str, str]  # inflected forms, for verbs whose lemma was got wrong


def index_frames(files: Iterable[FrameFile]) -> FrameIndex:
    """Indexes the frames; those of later files come before those of earlier ones, other things
    being equal, so that a user's own frame wins over a shipped one."""
    files = tuple(files)
    check_unique(files)
    frames = tuple(frame for file in files for frame in file.frames)
    ranks = {frame.name: rank for rank, frame in enumerate(_by_precedence(files))}
    verbs = _index(frames, ranks, "verbs")
    return FrameIndex(
        verbs=verbs,
        nouns=_index(frames, ranks, "nouns"),
        adjectives=_index(frames, ranks, "adjectives"),
        modals=_index(frames, ranks, "modals"),
        frames=frames,
        by_name=MappingProxyType({frame.name: frame for frame in frames}),
        verb_forms=MappingProxyType(_forms(verbs)),
    )


def _forms(lemmas: Iterable[str]) -> dict[str, str]:
    """Regular inflections of the verbs; a form that two verbs share goes to neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for lemma in lemmas:
        for form in _inflected(lemma):
            if found.setdefault(form, lemma) != lemma:
                shared.add(form)
    return {form: lemma for form, lemma in found.items() if form not in shared}


def _inflected(lemma: str) -> tuple[str, ...]:
    if lemma.endswith("e"):
        return (f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing")
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    third = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else f"{lemma}s"
    doubled = f"{lemma}{lemma[-1]}"
    return (third, f"{lemma}ed", f"{lemma}ing", f"{doubled}ed", f"{doubled}ing")


def _by_precedence(files: tuple[FrameFile, ...]) -> list[Frame]:
    return [frame for file in reversed(files) for frame in file.frames]


def _index(
    frames: tuple[Frame, ...], ranks: Mapping[str, int], part: str
) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for frame in frames:
        for words in getattr(frame, part):
            key, more = _split(words, part)
            found.setdefault(key, []).append(Entry(frame, more, ranks[frame.name]))
    return MappingProxyType(
        {
            key: tuple(sorted(entries, key=lambda e: (-e.frame.weight - 2 * bool(e.more), e.order)))
            for key, entries in sorted(found.items())
        }
    )


def _split(words: str, part: str) -> tuple[str, str]:
    """`carry_out` is found at `carry`, `air_strike` at `strike`."""
    if part == "nouns":
        more, _, key = words.rpartition("_")
    else:
        key, _, more = words.partition("_")
    return key, more


@cache
def shipped_index() -> FrameIndex:
    """The index of the frames that are shipped with the package."""
    return index_frames(shipped_frames())


def index_with(paths: Sequence[Path]) -> FrameIndex:
    """The shipped frames with those of a user's files, which come first where both fit."""
    if not paths:
        return shipped_index()
    return index_frames([*shipped_frames(), *(read_frames(path) for path in paths)])
