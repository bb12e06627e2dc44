"""Positions: what an actor demands, offers, will not have, aims at; first and latest wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.merging.records import Party
from dragoman.merging.said import Said, alike
from dragoman.merging.sources import independent_of
from dragoman.records import Record

Position = Literal["demand", "offer", "red line", "aim"]
_KINDS: Final[dict[str, Position]] = {
    "demand": "demand",
    "offer": "offer",
    "promise": "offer",
    "threat": "red line",
    "aim": "aim",
}
# Words that draw a line, whatever the kind of the statement in which they stand.
_LINES: Final = re.compile(
    r"\b(?:red lines?|unacceptable|out of the question|non-negotiable|not negotiable|"
    r"(?:will|would|can|could|shall) (?:not|never) (?:accept|tolerate|allow|permit|recogni[sz]e|"
    r"agree to|give up|surrender|stand by|negotiate)|never (?:accept|allow|recogni[sz]e|tolerate))",
    re.IGNORECASE,
)
_SAME: Final = 0.45
_NO_SIDE: Final = (("JRN",), ("BUS",), ("EDU",), ("CVL",), ("MED",))
_SIDES: Final = frozenset({"state", "government", "igo", "bloc", "armed-group"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(Record):
    """A position of a side through time: first and latest wording, and where they stand."""

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
    title: str | None
    url: str | None
    where: tuple[str, ...]


def positions(said: Iterable[Said], *, actor: str | None = None) -> list[PositionRow]:
    """Positions by side and kind, those taken most often first.

    `actor` is a code or key: only what is said by that actor or by those who speak for it. Papers,
    companies, schools and people of no told state hold no position of a side.
    """
    groups: dict[tuple[str, Position], list[Said]] = {}
    for one in said:
        kind = position_of(one)
        if kind is None or one.speaker is None or not _is(one, actor):
            continue
        if not _is_of_a_side(one.speaker):
            continue
        groups.setdefault((one.side, kind), []).append(one)
    rows = [
        _row(side, kind, group)
        for (side, kind), own in groups.items()
        for group in alike(own, _SAME)
    ]
    return sorted(rows, key=lambda r: (r.side, r.position, -r.times, r.first or "", r.where))


def position_of(said: Said) -> Position | None:
    """The kind of position that a statement takes, if any."""
    if said.kind not in ("accusation", "denial", "other") and _LINES.search(said.content):
        return "red line"
    return _KINDS.get(said.kind)


def _is_of_a_side(speaker: Party) -> bool:
    if speaker.sectors[:1] in _NO_SIDE:
        return False
    return speaker.code is not None or speaker.kind in _SIDES


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
        first_wording=first.content,
        first_by=first.speaker_name,
        latest=latest.day or None,
        latest_wording=latest.content,
        latest_by=latest.speaker_name,
        changed=" ".join(first.content.split()) != " ".join(latest.content.split()),
        times=len(group),
        sources=len(independent_of((s.source, s.root, s.document, s.origins[:1]) for s in group)),
        quoted=any(s.quoted for s in group),
        title=latest.title,
        url=latest.url,
        where=tuple(s.id for s in group),
    )
