"""The table of merged events: its columns, a row of it, its files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import orjson

from dragoman.merging.records import Merged
from dragoman.merging.views import merged_rows

_IN_FILE: Final = 50_000  # events in a file of the outcome
_WRITTEN: Final = 2_000  # and at a time
_TEXT, _TEXTS, _INT, _FLOAT, _FLAG = "string", "texts", "int64", "float64", "bool_"
# The columns of a merged event and their types; those that the case's exports have too mean the
# same. `reports` are `document:event` as in the tables; `codes` the states of who and whom.
COLUMNS: Final = {
    "id": _TEXT,
    "type": _TEXT,
    "mode": _TEXT,
    "status": _TEXT,
    "background": _FLAG,
    "who": _TEXT,
    "whom": _TEXT,
    "actors": _TEXTS,
    "recipients": _TEXTS,
    "codes": _TEXTS,
    "day": _TEXT,
    "day_end": _TEXT,
    "medium": _TEXT,
    "place": _TEXT,
    "country": _TEXT,
    "lat": _FLOAT,
    "lon": _FLOAT,
    "reports": _TEXTS,
    "documents": _INT,
    "sources": _INT,
    "witnesses": _TEXTS,
    "according_to": _TEXTS,
    "conflicts": _TEXTS,
    "first": _TEXT,
    "last": _TEXT,
    "first_report": _TEXT,
    "last_report": _TEXT,
    "score": _FLOAT,
    "confidence": _FLOAT,
    "passage": _TEXT,
    "title": _TEXT,
    "url": _TEXT,
}


def row_of(event: Merged) -> dict[str, Any]:
    row = next(iter(merged_rows([event]))).to_dict()
    more = {
        "codes": sorted({party.code for party in event.parties if party.code}),
        "lat": event.lat,
        "lon": event.lon,
        "first_report": event.reports[0].id,
        "last_report": event.reports[-1].id,
    }
    return {name: more[name] if name in more else row[name] for name in COLUMNS}


def write(folder: Path, rows: Iterable[bytes]) -> None:
    """The rows into files of so many each; a folder without files where there are none."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {_TEXTS: pa.list_(pa.string())}
    shape = pa.schema(
        [(name, kinds.get(kind) or getattr(pa, kind)()) for name, kind in COLUMNS.items()]
    )
    folder.mkdir()
    writer, number, inside = None, 0, 0
    waiting: list[dict[str, Any]] = []

    def flush() -> None:
        nonlocal writer, number, inside
        if not waiting:
            return
        if writer is None:
            path = folder / f"{number:05d}.parquet"
            writer = parquet.ParquetWriter(path, shape, compression="zstd")
            number += 1
        writer.write_table(pa.Table.from_pylist(waiting, schema=shape))
        inside += len(waiting)
        waiting.clear()
        if inside >= _IN_FILE:
            writer.close()
            writer, inside = None, 0

    for row in rows:
        waiting.append(orjson.loads(row))
        if len(waiting) >= _WRITTEN:
            flush()
    flush()
    if writer is not None:
        writer.close()
