"""Merging: judged pairs of reports, and the register of contacts against titles of releases.

tests/gates/data/merging_pairs.jsonl holds 300 pairs of reports from odd lines of the news data,
drawn where blocking puts them together, with their verdicts: the document (file and line), the
offsets of the words that tell the event, and its type as read when the pair was drawn. They were
judged twice without sight of the scores, the second time in another order and without sight of
the first verdicts (`first`, `second`); `settled` is what holds. Half (the even ones) was used to
set weights, with the first verdicts.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from data_root import shared
from dragoman.actors.tables import read_table
from dragoman.evaluate.contacts import HOME, country_codes, found_in, titled, told_in_body
from dragoman.merging import Report, merge, reports_from_reading
from dragoman.merging.contacts import contacts
from dragoman.reader import Reader
from dragoman.records import Input

PAIRS = Path(__file__).parent / "data" / "merging_pairs.jsonl"
CUT = 3_500  # characters of an article that were read when the pairs were drawn
RELEASES = "president_press_releases_2022"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def lines(name: str) -> list[dict[str, Any]]:
    with gzip.open(shared("news", f"{name}.jsonl.gz"), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read(reader: Reader, ids: Iterable[str]) -> list[Report]:
    """The reports of documents by file and line."""
    wanted: dict[str, list[int]] = {}
    for id in ids:
        name, line = id.split(":")
        wanted.setdefault(name, []).append(int(line))
    inputs = []
    for name, numbers in wanted.items():
        rows = lines(name)
        for number in sorted(numbers):
            row = rows[number]
            date = (row["date"] or None) and row["date"][:10]
            inputs.append(
                Input(
                    text=row["text"][:CUT],
                    id=f"{name}:{number}",
                    date=date,
                    source=row.get("source"),
                )
            )
    found: list[Report] = []
    for reading in reader.read_many(inputs, on_error=lambda document, error: None):
        found += reports_from_reading(reading)
    return found


def pair_f1(reader: Reader, pairs: list[dict[str, Any]]) -> float:
    """F1 of “same event” over the pairs of which both reports are still read."""
    ids = sorted({pair[side][0] for pair in pairs for side in ("left", "right")})
    event_of: dict[str, str] = {}
    reports: dict[str, list[Report]] = {}
    for event in merge(read(reader, ids)):
        for report in event.reports:
            event_of[report.id] = event.id
            reports.setdefault(report.document, []).append(report)

    def told_at(document: str, start: int, end: int, type: str) -> Report | None:
        near = [
            r
            for r in reports.get(document, ())
            if r.span_start < end and start < r.span_end and r.type == type
        ]
        return min(near, key=lambda r: abs(r.span_start - start), default=None)

    right = wrong = missed = 0
    for pair in pairs:
        left, other = told_at(*pair["left"]), told_at(*pair["right"])
        if left is None or other is None:
            continue
        together = event_of[left.id] == event_of[other.id]
        right += together and pair["settled"]
        wrong += together and not pair["settled"]
        missed += not together and pair["settled"]
    return 2 * right / (2 * right + wrong + missed)


def judged() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def test_judged_pairs_are_told_together_and_apart(reader: Reader) -> None:
    """A sample of the pairs that were not used to set weights."""
    assert pair_f1(reader, judged()[1:60:2]) >= 0.76


@pytest.mark.soak
def test_all_judged_pairs(reader: Reader) -> None:
    assert pair_f1(reader, judged()) >= 0.77


def test_the_verdicts_agree() -> None:
    """Cohen's kappa of the two passes; what they agree on is settled so."""
    pairs = judged()
    both = [(pair["first"], pair["second"]) for pair in pairs]
    assert len(both) == 300
    assert all(pair["settled"] == a for pair, (a, b) in zip(pairs, both, strict=True) if a == b)
    agreed = sum(a == b for a, b in both) / 300
    first, second = (sum(own) / 300 for own in zip(*both, strict=True))
    chance = first * second + (1 - first) * (1 - second)
    assert (agreed - chance) / (1 - chance) >= 0.90


def test_contacts_of_releases_are_found(reader: Reader) -> None:
    """Who, how and when, of what the titles tell, from the beginning of the bodies alone."""
    assert recall(reader, step=6, cut=1_200) >= 0.85


@pytest.mark.soak
def test_contacts_of_all_releases(reader: Reader) -> None:
    assert recall(reader, step=1, cut=5_000) >= 0.90


def recall(reader: Reader, *, step: int, cut: int) -> float:
    names = [
        (name, row["id"])
        for row in read_table("states.tsv")
        for column in ("name", "names", "adjectives")
        for name in row[column].split("|")
        if name[:1].isupper()
    ]
    codes = country_codes(names)
    told = []
    for row in lines(RELEASES)[1::2]:
        contact = titled(row, codes)
        if contact and told_in_body(contact, row["text"][:cut]):
            told.append((contact, row))
    hits = 0
    for contact, row in told[::step]:
        document = Input(text=row["text"][:cut], date=row["date"][:10], source=row["source"])
        rows = contacts(merge(reports_from_reading(reader.read(document))))
        hits += found_in(contact, rows, HOME[row["source"]]) is not None
    return hits / len(told[::step])
