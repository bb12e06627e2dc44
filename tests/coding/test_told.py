"""Who does what to whom, in sentences in the manner of news reports, by the shipped model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from dragoman.reader import Reader
from dragoman.records import Reading

_LINES = Path(__file__).with_name("told_cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if line and not line.startswith("#")]

# What must not be read: a type, and a text that may seem to tell it.
UNTOLD = [
    ("RETREAT", "The Swiss president offered the good offices of his country to Chad and Mali."),
    ("CONSULT", "Eritrea did not take part in the negotiations."),
    (
        "CONSULT",
        "Vladimir Putin travelled to Sochi on Monday.",
    ),
    ("PROTEST", "Emmanuel Macron met the Iranian envoy and called the protests a revolution."),
]


def codes(reading: Reading, ids: Iterable[str]) -> str:
    """The codes of actors, each once, in order; `?` for those without one."""
    return " ".join(sorted({reading.actor(id).code or "?" for id in ids})) or "-"


@pytest.mark.parametrize(("kind", "status", "actors", "recipients", "text"), CASES)
def test_it_is_told_who_does_what(
    reader: Reader, kind: str, status: str, actors: str, recipients: str, text: str
) -> None:
    reading = reader.read(text, date="2022-06-15")
    told = [
        (
            f"{event.type}.{event.mode}" if "." in kind and event.mode else event.type,
            event.status,
            "*" if actors == "*" else codes(reading, event.actors),
            "*" if recipients == "*" else codes(reading, event.recipients),
        )
        for event in reading.events
    ]
    assert (kind, status, actors, recipients) in told


@pytest.mark.parametrize(("kind", "text"), UNTOLD)
def test_what_only_seems_so_is_not_told(reader: Reader, kind: str, text: str) -> None:
    reading = reader.read(text, date="2022-06-15")
    assert kind not in [event.type for event in reading.events]
