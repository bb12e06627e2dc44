"""Positions: what an actor demands, offers, will not have, aims at; first and latest wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dragoman.merging.profiles import KINDS_OF_BODY, side_of, weighed
from dragoman.merging.records import Party
from dragoman.merging.said import Said, alike, by_id
from dragoman.merging.sources import independent_of, tiers_in_words, tiers_of
from dragoman.merging.stances import is_home_affair, positions_of, wording
from dragoman.merging.taken import Position
from dragoman.records import Record

_ANY: Final = re.compile(
    r"an? (?:[\w-]+ )?(?:regime|government|country|state|nation|group|movement|party|power)\b",
    re.IGNORECASE,
)
# Who speaks for a party to a conflict though his state is not told; who speaks for nobody.
_FOR_A_SIDE: Final = re.compile(
    r"\b(?:rebel|insurgent|separatist|militant|guerrilla|opposition|militia|negotiator|"
    r"(?:foreign|defen[cs]e|prime) minister|president of|envoy)",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(
    r"\b(?:analysts?|experts?|professors?|scholars?|columnists?|historians?|economists?|activists?|"
    r"residents?|protesters?|demonstrators?|journalists?|former|retired|lawyers?|researchers?|"
    r"business(?:es|m[ae]n)|traders?|reservists?|servicemen|farmers?|workers?|students?|candidates?|"
    r"hopefuls?|soldiers|officers|executives?|vice-president of|corp|inc|firms?|compan(?:y|ies)|"
    r"exporters|dealers|governor|mayor|suspected|suspects?|bombers?|gunm[ae]n|staff|agents?|councillors?|museum|university)\b",
    re.IGNORECASE,
)
_LAWMAKERS: Final = re.compile(
    r"\b(?:(?i:lawmakers?|congressm[ae]n|senators?|legislators?|parliamentarians?|"
    r"shadow|"
    r"members of (?:congress|parliament))|MPs?|Sen|Rep|deputies|Republicans?|"
    r"Democrats?|Democratic|GOP|Labour|"
    r"Tory|Tories)\b"
)
_RULING: Final = frozenset({"GOV", "MIL", "LEG"})
_ABROAD: Final = re.compile(
    r"\b(?:leave|withdraw\w*|depart\w*|expel\w*|embass\w*|diplomats?|foreign\w*|ambassador)\b"
)
_SAME: Final = 0.45
_WORDS: Final = 2  # that carry meaning, at least: “what was promised to do” tells nothing
# Those who speak for themselves, by their first sector.
_NO_SIDE: Final = frozenset({"JRN", "BUS", "EDU", "CVL", "MED", "SOC", "JUD", "LAB", "REF"})
_SIDES: Final = frozenset({"state", "government", "igo", "bloc", "armed-group"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(Record):
    """A position of a side through time: first and latest wording, and where they stand.

    `source`, `title` and `url` are those of the document that has the latest wording;
    `tiers` counts publishers by tier (`agency 2`).
    """

    side: str
    position: str
    to: tuple[str, ...]
    first: str | None
    first_wording: str
    first_by: str
    latest: str | None
    latest_wording: str
    latest_by: str
    changed: bool
    times: int
    sources: int
    quoted: bool
    source: str | None
    title: str | None
    url: str | None
    where: tuple[str, ...]
    tiers: tuple[str, ...] = ()


def positions(said: Iterable[Said], *, actor: str | None = None) -> list[PositionRow]:
    """Positions by side and kind, those taken most often first.

    `actor` is a code or key: only what is said by that actor or by those who speak for it. Papers,
    companies, schools and people of no told state hold no position of a side.
    """
    statements = list(said)
    known = by_id(statements)
    described = _described(statements)
    groups: dict[tuple[str, Position], list[Said]] = {}
    for one in statements:
        if one.speaker is None or not _is(one, actor):
            continue
        text = described.get((one.document, one.speaker.key), "")
        if not _is_of_a_side(one, one.speaker, text) or len(weighed(one.content)) < _WORDS:
            continue
        outer = known.get(one.inside or "")
        bare = replace(one, speaker_text=text, content=_without_saying(one))
        for kind, told in positions_of(bare, outer):
            if not _is_at_home(one, kind, text):
                groups.setdefault((one.side, kind), []).append(told)
    rows = [
        _row(side, kind, group)
        for (side, kind), own in groups.items()
        for group in alike(_without_frames(own), _SAME)
    ]
    return sorted(rows, key=lambda r: (r.side, r.position, -r.times, r.first or "", r.where))


def _without_frames(taken: Sequence[Said]) -> list[Said]:
    """Without what only frames another statement of the position: “he made it clear that …”."""
    frames = {one.inside for one in taken if one.inside is not None}
    return [one for one in taken if one.id not in frames or one.kind not in ("claim", "assessment")]


def _without_saying(said: Said) -> str:
    """A content without the words of saying that end it: “…, the minister said”."""
    if said.quoted or not said.cue or not said.speaker_text or said.cue not in said.content:
        return said.content
    words = f", {said.speaker_text} {said.cue}"
    before, told, _ = " ".join(said.content.split()).partition(words)
    return before if told else said.content


def _described(statements: Sequence[Said]) -> dict[tuple[str, str], str]:
    """By document and speaker the words with which the document speaks of him."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for one in statements:
        if one.speaker is not None and one.speaker_text:
            found.setdefault((one.document, one.speaker.key), {})[one.speaker_text] = None
    return {key: " ".join(texts) for key, texts in found.items()}


def _is_at_home(said: Said, kind: Position, text: str) -> bool:
    """What members of a parliament ask of their own government, and rulers of their own people.

    Those who fight or oppose the rulers of a state are no such: what they are asked is a position.
    """
    if kind == "red line" and said.kind != "denial":
        return False
    own = said.to is not None and side_of(said.to) == said.side
    if _LAWMAKERS.search(text):
        return said.to is None or own
    state = said.speaker is not None and said.speaker.code not in KINDS_OF_BODY | {"UNO", "EUR"}
    if state and (said.to is None or own) and is_home_affair(said):
        return True
    if kind != "demand" or said.speaker is None or not _RULING & set(said.speaker.sectors[:1]):
        return False
    if said.to is None:
        orders = said.cue.casefold().startswith(("order", "instruct", "direct", "command"))
        return orders and not _ABROAD.search(said.content)
    return own and (said.to.kind == "state" or bool(_RULING & set(said.to.sectors[:1])))


def _is_of_a_side(said: Said, speaker: Party, text: str) -> bool:
    if _OUTSIDE.search(text):
        return False
    if speaker.sectors and speaker.sectors[0] in _NO_SIDE:
        return False
    if _ANY.match(said.speaker_text or "") and not any(map(str.isupper, speaker.name)):
        return False  # “a rogue regime that threatens us”
    if speaker.kind == "organisation" and not speaker.sectors:
        return False
    if speaker.code is not None or (speaker.kind == "person" and _FOR_A_SIDE.search(text)):
        return True
    return speaker.kind in _SIDES and any(letter.isupper() for letter in speaker.name)


def _is(said: Said, actor: str | None) -> bool:
    speaker = said.speaker
    if actor is None or speaker is None:
        return actor is None
    return actor in (speaker.key, speaker.code, speaker.part_of, said.side)


def _row(side: str, kind: Position, group: list[Said]) -> PositionRow:
    first, latest = group[0], group[-1]
    return PositionRow(
        side=side,
        position=kind,
        to=tuple(dict.fromkeys(s.to.name for s in group if s.to)),
        first=first.day or None,
        first_wording=wording(first, kind),
        first_by=first.speaker_name,
        latest=latest.day or None,
        latest_wording=wording(latest, kind),
        latest_by=latest.speaker_name,
        changed=wording(first, kind) != wording(latest, kind),
        times=len(group),
        sources=len(independent_of((s.source, s.root, s.document, s.origins[:1]) for s in group)),
        quoted=any(s.quoted for s in group),
        source=latest.source,
        title=latest.title,
        url=latest.url,
        where=tuple(s.id for s in group),
        tiers=tiers_in_words(tiers_of((s.source, s.root, s.tier) for s in group)),
    )
