"""Scores events against the PLOVER gold standard records: class, actors, and the whole triple.

A record holds one sentence and one event. Types are those of the current PLOVER (older names are
folded), actors are compared by the first three letters of their codes; UN and EU count as IGO, as
in the records. An event with two actors or more and no recipient is mutual.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.coding.folding import folded_mode, folded_type
from dragoman.errors import RecordError
from dragoman.ontology import load_ontology
from dragoman.records import Actor, Event, Reading

_FOLD = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "YIELD": "CONCEDE",
}
_ALIAS = {
    "JAP": "JPN",
    "ITL": "ITA",
    "VTN": "VNM",
    "ROM": "ROU",
    "UNO": "IGO",
    "EUR": "IGO",
}
# Modes of the records that today's PLOVER has under another name.
_MODES = {
    "strike-hun": "hunger",
    "strike-gen": "strike",
    "riot-spon": "riot",
    "demo-org": "demo",
    "demo-spon": "demo",
    "host": "visit",
    "ban": "restrict",
    "assassinate": "targeted",
    "confiscate": "seize",
    "detain": "arrest",
}
Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """One record: the sentence, the type of its event, and the codes of who takes part.

    `mode` is empty where the record gives none, or one that PLOVER no longer has for the type.
    """

    id: str
    text: str
    type: str
    source: Codes
    target: Codes
    mutual: bool
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """One event of a reading in the terms of the records."""

    type: str
    source: Codes
    target: Codes
    rank: int
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over records; the rates follow from them."""

    records: int
    events: int
    right: int
    strict: int
    gold_by_type: Mapping[str, int] = field(default_factory=dict)
    read_by_type: Mapping[str, int] = field(default_factory=dict)
    right_by_type: Mapping[str, int] = field(default_factory=dict)

    @property
    def recall(self) -> float:
        return self.right / self.records if self.records else 0.0

    @property
    def class_f1(self) -> float:
        return _f1(self.right, self.events, self.records)

    @property
    def strict_f1(self) -> float:
        return _f1(self.strict, self.events, self.records)


def _f1(right: int, read: int, gold: int) -> float:
    return 2 * right / (read + gold) if read + gold else 0.0


def read_records(path: Path) -> list[GoldRecord]:
    """The records of a JSON Lines file."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_record(json.loads(line)))
        except (ValueError, KeyError, AttributeError) as error:
            raise RecordError(
                f"{path}, line {number}: this is no gold record ({error}); expected a JSON object "
                "with id, text, event, source and target."
            ) from error
    return found


def _record(entry: Mapping[str, Any]) -> GoldRecord:
    source, target = entry.get("source") or [], entry.get("target") or []
    name = str(entry["event"]).strip().upper()
    type_ = _FOLD.get(name, name)
    targets = _codes(target) if isinstance(target, list) else frozenset()
    return GoldRecord(
        id=str(entry["id"]),
        text=str(entry["text"]),
        type=type_,
        source=_codes(source),
        target=targets,
        mutual=isinstance(source, list) and len(source) >= 2 and not targets,
        mode=_mode(type_, str(entry.get("mode") or "").strip().lower()),
    )


def _mode(type_: str, name: str) -> str:
    types = load_ontology().types
    if type_ == "THREATEN" and name in types["COERCE"].modes:
        name = types["COERCE"].threat(name) or ""
    name = _MODES.get(name, name)
    return name if type_ in types and name in types[type_].modes else ""


def _codes(actors: Any) -> Codes:
    found = set()
    for actor in actors if isinstance(actors, list) else [actors]:
        code = str(actor.get("code") if isinstance(actor, Mapping) else actor or "").upper()[:3]
        if len(code) == 3 and code.isalpha() and code.isascii():
            found.add(_ALIAS.get(code, code))
    return frozenset(found)


def half_of(id: str) -> int:
    """0 or 1, by the MD5 of a record's id: frames were written looking at the records of half 0."""
    return int(hashlib.md5(id.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def coded(reading: Reading) -> list[Coded]:
    """The events of a reading as PLOVER would have them."""
    actors = {actor.id: actor for actor in reading.actors}
    return [coded_event(event, actors) for event in reading.events]


def coded_event(event: Event, actors: Mapping[str, Actor]) -> Coded:
    """One event: its folded type and the countries of its participants."""
    return Coded(
        type=folded_type(event.type, event.status),
        source=_countries(event.actors, actors),
        target=_countries(event.recipients, actors),
        rank=event.rank,
        mode=folded_mode(event.type, event.status, event.mode),
    )


def _countries(ids: Iterable[str], actors: Mapping[str, Actor]) -> Codes:
    found: set[str] = set()
    for id in ids:
        actor = actors.get(id)
        if actor is None:
            continue
        if actor.code:
            code = actor.code[:3].upper()
            found.add(_ALIAS.get(code, code))
        else:
            found |= _countries(actor.members, actors)
    return frozenset(found)


def score(records: Sequence[tuple[GoldRecord, Sequence[Coded]]], *, main: bool = False) -> Figures:
    """The figures over all events, or over the main events (rank 1) alone."""
    tallies = [_tally(gold, _distinct(e for e in events if e.rank == 1 or not main))
               for gold, events in records]  # fmt: skip
    return _sum(tallies)


@dataclass(frozen=True, slots=True)
class _Tally:
    type: str
    events: int
    types: tuple[str, ...]
    right: bool
    strict: bool


def _distinct(events: Iterable[Coded]) -> list[Coded]:
    """Events that are the same, or mirror each other, count once."""
    kept: list[Coded] = []
    seen: set[tuple[str, Codes, Codes]] = set()
    for event in events:
        key = (event.type, event.source, event.target)
        if key in seen or (event.type, event.target, event.source) in seen:
            continue
        seen.add(key)
        kept.append(event)
    return kept


def _tally(gold: GoldRecord, events: Sequence[Coded]) -> _Tally:
    return _Tally(
        type=gold.type,
        events=len(events),
        types=tuple(sorted({event.type for event in events})),
        right=any(event.type == gold.type for event in events),
        strict=any(is_triple(gold, event) for event in events),
    )


def is_triple(gold: GoldRecord, event: Coded) -> bool:
    """Are type, source and target all right? A mutual event may be read in either direction."""
    if event.type != gold.type:
        return False
    if gold.mutual:
        return event.source | event.target == gold.source
    if (event.source, event.target) == (gold.source, gold.target):
        return True
    if event.target or len(event.source) < 2:
        return False
    return any(
        ({one} == gold.source and event.source - {one} == gold.target)
        or ({one} == gold.target and event.source - {one} == gold.source)
        for one in event.source
    )  # fmt: skip


def _sum(tallies: Sequence[_Tally]) -> Figures:
    return Figures(
        records=len(tallies),
        events=sum(tally.events for tally in tallies),
        right=sum(tally.right for tally in tallies),
        strict=sum(tally.strict for tally in tallies),
        gold_by_type=Counter(tally.type for tally in tallies),
        read_by_type=Counter(type for tally in tallies for type in tally.types),
        right_by_type=Counter(tally.type for tally in tallies if tally.right),
    )


def score_modes(
    records: Sequence[tuple[GoldRecord, Sequence[Coded]]],
) -> dict[tuple[str, str], tuple[int, int, int]]:
    """For each type and mode of the records that give one: how many, those in which an event of
    the type was read, and those in which one was read with the mode."""
    rows: dict[tuple[str, str], tuple[int, int, int]] = {}
    for gold, events in records:
        if gold.mode:
            typed = any(event.type == gold.type for event in events)
            moded = any((event.type, event.mode) == (gold.type, gold.mode) for event in events)
            count, with_type, with_mode = rows.get((gold.type, gold.mode), (0, 0, 0))
            rows[gold.type, gold.mode] = (count + 1, with_type + typed, with_mode + moded)
    return rows


def interval(
    records: Sequence[tuple[GoldRecord, Sequence[Coded]]],
    figure: Callable[[Figures], float],
    *,
    main: bool = False,
    samples: int = 1000,
    seed: int = 1,
) -> tuple[float, float]:
    """The 95 % interval of a figure, by bootstrap over the records."""
    draw = random.Random(seed)
    tallies = [_tally(gold, _distinct(e for e in events if e.rank == 1 or not main))
               for gold, events in records]  # fmt: skip
    values = sorted(
        figure(_sum([tallies[draw.randrange(len(tallies))] for _ in tallies]))
        for _ in range(samples)
    )
    return values[int(0.025 * samples)], values[int(0.975 * samples) - 1]
