"""Frames indexed by the words that tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from dragoman.ontology import Frame, FrameFile, shipped_frames
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

    @property
    def by_name(self) -> dict[str, Frame]:
        return {frame.name: frame for frame in self.frames}


def index_frames(files: Iterable[FrameFile]) -> FrameIndex:
    """Indexes the frames; those of later files come before those of earlier ones, other things
    being equal, so that a user's own frame wins over a shipped one."""
    files = tuple(files)
    check_unique(files)
    frames = tuple(frame for file in files for frame in file.frames)
    ranks = {frame.name: rank for rank, frame in enumerate(_by_precedence(files))}
    return FrameIndex(
        verbs=_index(frames, ranks, "verbs"),
        nouns=_index(frames, ranks, "nouns"),
        adjectives=_index(frames, ranks, "adjectives"),
        modals=_index(frames, ranks, "modals"),
        frames=frames,
    )


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
