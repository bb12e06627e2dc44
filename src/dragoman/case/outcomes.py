"""What became of each document that was to be added, and the sum of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

from dragoman.records import Record

State = Literal["added", "version", "copy", "present", "failed", "skipped"]

WORDS: Final[dict[State, str]] = {
    "added": "added",
    "version": "new versions",
    "copy": "copies",
    "present": "already there",
    "skipped": "left out",
    "failed": "not readable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """What became of one document; `message` says why where it did not go in."""

    state: State
    origin: str
    name: str = ""
    number: int | None = None
    message: str = ""


@dataclass(slots=True)
class Summary:
    """How many of each, and the reasons of what did not go in (at most a thousand kept)."""

    counts: Counter[State] = field(default_factory=Counter)
    reasons: list[Outcome] = field(default_factory=list)
    dry_run: bool = False

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.state] += 1
        if outcome.message and len(self.reasons) < 1_000:
            self.reasons.append(outcome)

    @property
    def new(self) -> int:
        return self.counts["added"] + self.counts["version"] + self.counts["copy"]

    def words(self) -> str:
        """`3 added, 1 copies, 2 already there`."""
        parts = [f"{self.counts[state]:,} {word}" for state, word in WORDS.items()]
        used = [
            part
            for part, state in zip(parts, WORDS, strict=True)
            if self.counts[state] or state == "added"
        ]
        return ", ".join(used)
