"""Documents in tables: CSV and Parquet. Columns are known by their usual names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from dragoman.errors import DragomanError, InputError, MissingExtraError, RecordError
from dragoman.records import Input
from dragoman.sources.encodings import decode

# The names that columns have in the wild, in order of preference; compared in small letters.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "maintext", "story"),
    "id": ("id", "doc_id", "docid", "document_id", "article_id", "uid", "guid"),
    "title": ("title", "headline", "head"),
    "date": ("date", "published", "publish_date", "published_at", "date_publish", "pubdate", "day"),
    "source": ("source", "publisher", "outlet", "newspaper", "source_domain", "publication"),
    "url": ("url", "link", "address", "uri", "web_url"),
}
MOST_CELL: Final = 10_000_000  # characters; a longer cell is a broken quotation mark
MOST_CSV: Final = 2_000_000_000  # bytes
_SAMPLE: Final = 64 * 1024
_ROWS: Final = 256

Item = Input | DragomanError


def load_csv(path: Path) -> Iterator[Item]:
    """The documents of a CSV file with a line of headings; an error for each row without one."""
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
            encoding, delimiter = _encoding(sample, str(path)), _delimiter(sample)
            file.seek(0)
            text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
            yield from _csv_rows(text, path, delimiter)
    except OSError as error:
        yield InputError(f"{path} cannot be read: {error.strerror}.")
    except DragomanError as error:
        yield error


def load_parquet(source: Path | BinaryIO, *, name: str = "") -> Iterator[Item]:
    """The documents of a Parquet file or stream, a few rows at a time."""
    path = name or str(source)
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{path}: Parquet needs a part that is not installed (pyarrow): "
            "pip install 'dragoman[case]'."
        ) from error
    try:
        file = parquet.ParquetFile(source)
        columns = known_columns(file.schema_arrow.names, path)
        wanted = sorted(set(columns.values()))
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _document({n: row[c] for n, c in columns.items()}, path, number)
    except (OSError, pa.ArrowException) as error:
        said = " ".join(str(error).split())[:200].rstrip(".")
        yield InputError(f"{path} is no Parquet file, or a damaged one: {said}.")
    except DragomanError as error:
        yield error


def known_columns(names: list[str], where: str) -> dict[str, str]:
    """By field the column that holds it; InputError where no column holds a text."""
    folded = {name.strip().casefold(): name for name in reversed(names)}
    found = {
        field: next(folded[name] for name in usual if name in folded)
        for field, usual in COLUMNS.items()
        if any(name in folded for name in usual)
    }
    if "text" not in found:
        shown = ", ".join(names[:20])[:300]
        raise InputError(
            f"{where} has no column of texts. It has: {shown}. Name one of them "
            f"{' or '.join(COLUMNS['text'][:3])}."
        )
    return found


def _csv_rows(text: io.TextIOWrapper, path: Path | str, delimiter: str) -> Iterator[Item]:
    # The limit is the module's, and its default is lower than some articles are long.
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(text, delimiter=delimiter)
    headings: list[str] | None = None
    columns: dict[str, int] = {}
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RecordError(f"{path}, line {reader.line_num}: {error}; the rest is not read.")
            return
        if headings is None:
            headings = row
            named = known_columns(row, str(path))
            columns = {field: row.index(name) for field, name in named.items()}
        elif any(cell.strip() for cell in row):
            cells = {f: row[at] if at < len(row) else None for f, at in columns.items()}
            yield _document(cells, path, reader.line_num)


def _document(cells: Mapping[str, Any], path: Path | str, number: int) -> Item:
    """A row as a document; what is no text in it is written as one."""
    fields = {name: _text(value) for name, value in cells.items()}
    text = fields.pop("text", None)
    if not text:
        return RecordError(f"{path}, row {number}, has no text.")
    if fields.get("date"):
        fields["date"] = fields["date"].replace(" ", "T", 1)  # type: ignore[union-attr]
    return Input(text=text, **fields)  # type: ignore[arg-type]


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value).strip() or None


def _encoding(sample: bytes, name: str) -> str:
    """UTF-8 where the beginning is, else what the bytes look like."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            decode(sample, name=name)  # raises where it is no text at all
            return "cp1252"
    return "utf-8-sig"


def _delimiter(sample: bytes) -> str:
    """The mark that stands most often in the line of headings."""
    headings = sample.split(b"\n", 1)[0]
    counts = {mark: headings.count(mark.encode()) for mark in (",", ";", "\t", "|")}
    return max(counts, key=lambda mark: counts[mark])
