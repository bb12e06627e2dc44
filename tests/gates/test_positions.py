"""A floor under what `dragoman positions` tells of articles that were read by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dragoman.case import Case
from dragoman.merging.positions import positions
from dragoman.records import Input
from gates.news import lines

ROWS = Path(__file__).parent / "data" / "positions_rows.tsv"
NEWS = ("timeline_corpora", "ukraine_crisis_2014", "middle_east_2023_10", "reuters_21578")
READ = 6_000  # characters of an article
FOUND = 48  # of 51 that are right
RIGHT = 0.82  # of all rows; one that is not in the file counts as wrong


def judged() -> dict[tuple[str, str, str, int], bool]:
    """By document, side, kind and beginning: is the row right?"""
    with ROWS.open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t")
        return {
            (row["document"], row["side"], row["position"], int(row["start"])): row["right"] == "1"
            for row in rows
        }


def articles(wanted: set[str]) -> list[Input]:
    """The first whole lines or sentences of these articles of the odd lines of the news data."""
    found = []
    for name in NEWS:
        for row in lines(name)[1::2]:
            if row["id"] in wanted:
                title, date, source = (row.get(key) or None for key in ("title", "date", "source"))
                text = beginning(row["text"])
                found.append(Input(text=text, id=row["id"], title=title, date=date, source=source))
    return found


def beginning(text: str) -> str:
    if len(text) <= READ:
        return text
    if "\n" in text[READ // 2 : READ]:
        return text[:READ].rsplit("\n", 1)[0]
    return text[:READ].rsplit(". ", 1)[0] + "."


@pytest.mark.gate
def test_positions_of_articles_that_were_read(tmp_path: Path) -> None:
    known = judged()
    documents = articles({document for document, *_ in known})
    assert len(documents) == len({document for document, *_ in known})
    with Case.create(str(tmp_path / "case.db")) as case:
        case.add(documents)
        said = list(case.said())
    begins = {one.id: one.span_start for one in said}
    names = {one.id: documents[int(one.document) - 1].id or "" for one in said}
    rows = [
        (names[row.where[0]], row.side, row.position, begins[row.where[0]])
        for row in positions(said)
    ]
    right = [row for row in rows if known.get(row, False)]
    assert len(right) >= FOUND, sorted(
        key for key, good in known.items() if good and key not in rows
    )
    assert len(right) / len(rows) >= RIGHT, [row for row in rows if row not in known]
