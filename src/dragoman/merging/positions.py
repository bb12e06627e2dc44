"""Positions: what an actor demands, offers, will not have, aims at; first and latest wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.merging.profiles import weighed
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
    r"\b(?:red lines?|(?:is|are|be|as|wholly|totally|completely|simply) unacceptable|"
    r"out of the question|non-negotiable|not negotiable|"
    r"(?P<own>(?:will|would|can|could|shall) (?:not|never) (?:accept|tolerate|allow|permit|"
    r"recogni[sz]e|agree to|give up|surrender|stand by|negotiate)|"
    r"never (?:accept|allow|recogni[sz]e|tolerate)))",
    re.IGNORECASE,
)
# What one vows to do by force is no offer.
_FORCE: Final = re.compile(
    r"\b(?:fight(?:ing)?|war|attacks?|strikes?|destroy(?:ing)?|crush(?:ing)?|eliminat\w+|"
    r"eradicat\w+|wipe\w* out|defeat(?:ing)?|victory|(?:re)?captur\w+|retaliat\w+|revenge|"
    r"aveng\w+|retak\w+|seiz\w+|bomb\w*|forceful|offensive|assault|invasion|invade)\b",
    re.IGNORECASE,
)
_PEACE: Final = re.compile(
    r"\b(?:not|never|no|stop|end(?:ing)?|ceasefire|truce|help|aid)\b", re.IGNORECASE
)
_SAME: Final = 0.45
_WORDS: Final = 2  # that carry meaning, at least: “what was promised to do” tells nothing
_SHORT: Final = 6  # words before the words that draw a line
_NO_SIDE: Final = (("JRN",), ("BUS",), ("EDU",), ("CVL",), ("MED",), ("SOC",))
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
        if not _is_of_a_side(one.speaker) or len(weighed(one.content)) < _WORDS:
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
    if _draws_a_line(said):
        return "red line"
    if said.kind == "promise" and _is_by_force(said.content):
        return "aim"
    return _KINDS.get(said.kind)


def _draws_a_line(said: Said) -> bool:
    """Where somebody only tells how things are, it must be his own line."""
    if said.kind in ("accusation", "denial", "other"):
        return False
    line = _LINES.search(said.content)
    if line is None or said.kind not in ("claim", "assessment") or line["own"] is None:
        return line is not None
    before = said.content[: line.start()].split()
    own = {"i", "we", "it", "he", "she", *said.speaker_name.casefold().split()}
    return len(before) <= _SHORT and any(word.strip("“\"'‘").casefold() in own for word in before)


def _is_by_force(content: str) -> bool:
    """ "To recapture the town", "not to stop until they are defeated", not "to end the war"."""
    if re.search(r"\b(?:not|never) (?:stop|rest|cease|end)\b", content):
        return bool(_FORCE.search(content))
    return bool(_FORCE.search(content)) and not _PEACE.search(content)


def _is_of_a_side(speaker: Party) -> bool:
    if speaker.sectors[:1] in _NO_SIDE:
        return False
    if speaker.code is not None:
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
