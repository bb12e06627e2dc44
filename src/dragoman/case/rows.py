"""What queries give: one record a row, streamed, and their way into Arrow, pandas and Polars.

The fields of a record are the columns of every format, in their order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dragoman.case.extras import extra
from dragoman.records import Record

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(Record):
    """A version of a document as the case holds it. `number` names it in commands."""

    number: int
    name: str
    title: str | None
    source: str | None
    host: str | None
    author: str | None
    url: str | None
    published: str | None
    dating: str
    language: str | None
    kind: str
    length: int
    version: int
    copy_of: int | None
    events: int
    statements: int
    origin: str
    known_at: str
    closed_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow(Record):
    """An event with its trace: span, document, reading and the versions that read it."""

    number: int
    document: int
    event: str
    day: str | None
    day_end: str | None
    type: str
    mode: str | None
    status: str
    background: bool
    who: str
    whom: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    according_to: tuple[str, ...]
    when_start: str | None
    when_end: str | None
    when_precision: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    medium: str | None
    score: float
    confidence: float
    method: str
    decision: str | None
    passage: str
    span_start: int
    span_end: int
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    reading: int
    dragoman: str
    model: str
    directory: str
    known_at: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Record):
    """A statement with its trace."""

    number: int
    document: int
    statement: str
    day: str | None
    speaker: str | None
    speaker_id: str | None
    speaker_code: str | None
    named: bool
    kind: str
    quoted: bool
    hedged: bool
    decision: str | None
    passage: str
    span_start: int
    span_end: int
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    reading: int
    dragoman: str
    model: str
    directory: str
    known_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow(Record):
    """An actor of the case; `documents` counts those that name it."""

    id: str
    name: str
    kind: str
    code: str | None
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow(Record):
    """A time that a document names, with its trace."""

    document: int
    type: str
    value: str
    text: str
    span_start: int
    span_end: int
    title: str | None
    source: str | None
    published: str | None
    reading: int
    known_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Record):
    """A place that a document names, with its trace."""

    document: int
    name: str
    country: str | None
    kind: str
    lat: float | None
    lon: float | None
    geonames: int | None
    text: str
    span_start: int
    span_end: int
    title: str | None
    source: str | None
    published: str | None
    reading: int
    known_at: str


RowT = TypeVar("RowT", bound=Record)

_ARROW = {
    "str": "string",
    "int": "int64",
    "float": "float64",
    "bool": "bool_",
    "tuple[str, ...]": "list",
}


class Rows(Generic[RowT]):
    """The rows of a query, asked for anew each time they are gone through."""

    def __init__(self, record: type[RowT], ask: Callable[[], Iterator[RowT]]) -> None:
        self.record = record
        self._ask = ask

    def __iter__(self) -> Iterator[RowT]:
        return self._ask()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f.name for f in dataclasses.fields(self.record))  # type: ignore[arg-type]

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table with typed columns."""
        with extra("case", "a table of rows"):
            import pyarrow as pa
        schema = self.arrow_schema()
        return pa.Table.from_batches(list(self.arrow_batches()), schema)

    def arrow_schema(self) -> pyarrow.Schema:
        import pyarrow as pa

        fields = []
        for field in dataclasses.fields(self.record):  # type: ignore[arg-type]
            kind = str(field.type)
            name = _ARROW[kind.removesuffix(" | None")]
            type_ = pa.list_(pa.string()) if name == "list" else getattr(pa, name)()
            fields.append(pa.field(field.name, type_, nullable=kind.endswith("None")))
        return pa.schema(fields)

    def arrow_batches(self, size: int = 5_000) -> Iterator[pyarrow.RecordBatch]:
        """The rows as Arrow batches, for a corpus that is larger than the memory."""
        import pyarrow as pa

        schema, columns = self.arrow_schema(), self.columns
        rows = iter(self)
        while batch := list(islice(rows, size)):
            data: list[Any] = [[getattr(row, name) for row in batch] for name in columns]
            arrays = [pa.array(c, f.type) for c, f in zip(data, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas data frame."""
        with extra("frames", "a pandas data frame"):
            import pandas  # noqa: F401
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The rows as a Polars data frame."""
        with extra("frames", "a Polars data frame"):
            import polars
        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame
