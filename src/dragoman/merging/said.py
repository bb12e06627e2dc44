"""Statements across documents: what was said, by whom, when, and how alike two of them are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from dragoman.merging.profiles import side_of, stem, weighed
from dragoman.merging.records import Party, Tier
from dragoman.records import Record, StatementKind

# Letters that names and adjectives of them share: Russia, Russian.
_ROOT: Final = 4
_FEW: Final = 2.0  # units added, so that one word in common is not enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Record):
    """A statement by itself; `id` as of reports.

    `about` are those who do what is told in it, `charged` those whom an accusation is against.
    `answers` is the id of the statement that it answers, `inside` of the one that contains it.
    `with_speaker` are those who make an accusation together with the speaker. `cue` are the words
    of saying, `cue_start` their place in the document's text (-1 without any), `lead` what stands
    before them in their sentence. `published` is an ISO date or date-time.
    """

    id: str
    document: str
    root: str
    source: str | None = None
    tier: Tier | None = None
    origins: tuple[str, ...] = ()
    title: str | None = None
    url: str | None = None
    published: str | None = None
    known_at: str | None = None
    speaker: Party | None = None
    speaker_text: str | None = None
    to: Party | None = None
    about: tuple[Party, ...] = ()
    charged: tuple[Party, ...] = ()
    kind: StatementKind = "claim"
    content: str = ""
    quoted: bool = False
    hedged: bool = False
    answers: str | None = None
    inside: str | None = None
    with_speaker: tuple[Party, ...] = ()
    cue: str = ""
    cue_start: int = -1
    lead: str = ""
    events: tuple[str, ...] = ()
    span_start: int = 0
    span_end: int = 0

    @property
    def day(self) -> str:
        """The day of publication, or empty."""
        return (self.published or "")[:10]

    @property
    def side(self) -> str:
        """For whom the speaker stands; an unnamed one by the words for him."""
        return side_of(self.speaker) if self.speaker else f"unnamed:{self.speaker_text or ''}"

    @property
    def speaker_name(self) -> str:
        return self.speaker.name if self.speaker else self.speaker_text or "unnamed"


def likeness(one: str, other: str, but: Iterable[str] = ()) -> float:
    """How much two contents say with the same words: 0 nothing, 1 the shorter is all in the longer.

    Names and numbers carry more; very short contents are never wholly alike. Words of the names in
    `but` are left out: that both name the one who is charged says nothing.
    """
    but = tuple(but)
    return _likeness(left_of(one, but), left_of(other, but))


def _likeness(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    shared = sum(weight for word, weight in left.items() if word in right)
    if not shared:
        return 0.0
    return shared / (min(sum(left.values()), sum(right.values())) + _FEW)


def left_of(content: str, but: Iterable[str]) -> Mapping[str, float]:
    """The words of a content with their weights, without those of the names in `but`."""
    names = {stem(word)[:_ROOT] for name in but for word in name.split() if len(word) >= _ROOT}
    return {word: w for word, w in weighed(content).items() if word[:_ROOT] not in names}


def alike(said: Sequence[Said], least: float, but: Iterable[str] = ()) -> list[list[Said]]:
    """Groups of statements that say the same, each in order of publication; names in `but` aside.

    Each statement joins the group whose first statements it is most like, in the order of
    publication, else begins one: a wording is compared with the earliest and the latest.
    """
    but = tuple(but)
    groups: list[list[_Worded]] = []
    index: dict[str, set[int]] = {}
    for said_one in sorted(said, key=lambda s: (s.published or "9999", s.document, s.id)):
        one = _Worded(said_one, left_of(said_one.content, but))
        near = {at for word in one.words for at in index.get(word, ())}
        best = max(((_to_group(one, groups[at]), -at) for at in near), default=(0.0, 0))
        at = -best[1]
        if best[0] >= least:
            groups[at].append(one)
        else:
            at = len(groups)
            groups.append([one])
        for word in one.words:
            index.setdefault(word, set()).add(at)
    return [[one.said for one in group] for group in groups]


class _Worded(NamedTuple):
    """A statement with the words by which it is compared."""

    said: Said
    words: Mapping[str, float]


def _to_group(one: _Worded, group: Sequence[_Worded]) -> float:
    first = group[0]
    if one.said.document == first.said.document and one.said.side == first.said.side:
        words, other = one.words.keys(), first.words.keys()
        if words and other and (words <= other or other <= words):
            return 1.0  # the headline and the sentence below it
    return max(_likeness(one.words, ends.words) for ends in (group[0], group[-1]))


def by_id(said: Sequence[Said]) -> Mapping[str, Said]:
    return {one.id: one for one in said}
