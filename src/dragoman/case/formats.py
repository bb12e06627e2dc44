"""Rows written as JSON, JSON Lines, CSV and Parquet. A table for people is the command line's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO, Final

import orjson

from dragoman.case.extras import extra
from dragoman.case.rows import Rows

FORMATS: Final = ("table", "json", "jsonl", "csv", "parquet")
# A spreadsheet takes a cell that begins so for a formula, and a stranger's text would run.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_rows(rows: Rows[Any], form: str, stream: BinaryIO) -> int:
    """Write rows in one of the formats for machines; returns how many there were."""
    if form == "parquet":
        return _parquet(rows, stream)
    if form == "csv":
        return _csv(rows, stream)
    return _json(rows, stream, lines=form == "jsonl")


def csv_cell(value: Any) -> Any:
    """A value as a cell: lists joined, and nothing that a spreadsheet would compute."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _json(rows: Iterable[Any], stream: BinaryIO, *, lines: bool) -> int:
    count = 0
    for row in rows:
        before = b"" if lines else b"[\n" if not count else b",\n"
        stream.write(before + orjson.dumps(row.to_dict()) + (b"\n" if lines else b""))
        count += 1
    if not lines:
        stream.write(b"\n]\n" if count else b"[]\n")
    return count


def _csv(rows: Rows[Any], stream: BinaryIO) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(rows.columns)
        count = 0
        for row in rows:
            writer.writerow([csv_cell(getattr(row, name)) for name in rows.columns])
            count += 1
        return count
    finally:
        text.detach()


def _parquet(rows: Rows[Any], stream: BinaryIO) -> int:
    with extra("case", "Parquet"):
        import pyarrow as pa
        from pyarrow import parquet
    count = 0
    # Written to memory first: a pipe cannot seek, and Parquet's end is at its end.
    sink = pa.BufferOutputStream()
    with parquet.ParquetWriter(sink, rows.arrow_schema(), compression="zstd") as writer:
        for batch in rows.arrow_batches():
            writer.write_batch(batch)
            count += batch.num_rows
    stream.write(sink.getvalue().to_pybytes())
    return count
