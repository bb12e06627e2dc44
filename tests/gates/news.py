"""Documents of the news data, by file and line, as the pairs of merging's gates name them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

from data_root import shared
from dragoman.reader import Reader
from dragoman.records import Input, Reading

CUT = 3_500  # characters of an article that were read when the pairs were drawn


def lines(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the news data."""
    with gzip.open(shared("news", f"{name}.jsonl.gz"), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_documents(reader: Reader, ids: Iterable[str], *, cut: int = CUT) -> list[Reading]:
    """The readings of the first `cut` characters of documents, named `file:line`."""
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
                    text=row["text"][:cut],
                    id=f"{name}:{number}",
                    date=date,
                    source=row.get("source"),
                )
            )
    return list(reader.read_many(inputs, on_error=lambda document, error: None))
