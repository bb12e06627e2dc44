"""Taking a selection of a coded corpus into a case, without reading again.

A condition names a column of documents or events: `source=tass.com`, `type=ASSAULT`, `actor=RUS`,
`published>=2022-02`, `title~summit`. A document is taken when all conditions on documents hold, and
one of its events fits all those on events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from dragoman.case.adding import BATCH, Plan, Reads
from dragoman.cluster.coding import manifest
from dragoman.cluster.partition import NOTES
from dragoman.cluster.tables import COLUMNS
from dragoman.errors import DragomanError, InputError, UsageError
from dragoman.records import Input, Reading
from dragoman.sources.found import Found, Trouble

_CONDITION: Final = re.compile(r"\s*(\w+)\s*(>=|<=|!=|=|~|>|<)\s*(.+?)\s*")
_ROWS: Final = 64
# Names that people use for columns; `actor` looks at who takes part, by id or code.
_MEANT: Final = {"day": "when_start", "since": "published", "confidence": "confidence"}
_PARTIES: Final = ("actors", "recipients", "codes")


@dataclass(frozen=True, slots=True)
class Condition:
    """A column, a comparison and a value; several values, with commas, are alternatives."""

    column: str
    sign: str
    value: str

    def holds(self, row: Mapping[str, Any]) -> bool:
        if self.column == "actor":
            found = [item for name in _PARTIES for item in row[name] or ()]
            wanted = {part.strip() for part in self.value.split(",")}
            return (not wanted.isdisjoint(found)) == (self.sign == "=")
        return _compares(row[self.column], self.sign, self.value)


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a coded corpus is meant."""

    documents: tuple[Condition, ...] = ()
    events: tuple[Condition, ...] = ()


def selection(conditions: Iterable[str]) -> Selection:
    """The selection that conditions stand for; UsageError where one cannot be asked."""
    own: list[Condition] = []
    told: list[Condition] = []
    for text in (part for whole in conditions for part in re.split(r"\s+and\s+", whole)):
        found = _CONDITION.fullmatch(text)
        if not found:
            raise UsageError(
                f"{text!r} is no condition; write column=value, column>=value or column~words."
            )
        column, sign, value = found.groups()
        column = _MEANT.get(column, column)
        value = value.strip("'\"")
        if column == "actor":
            if sign not in ("=", "!="):
                raise UsageError("actor is compared by = or !=.")
            told.append(Condition(column, sign, value))
        elif column in COLUMNS["documents"] and column != "reading":
            own.append(Condition(column, sign, value))
        elif column in COLUMNS["events"]:
            told.append(Condition(column, sign, value))
        else:
            there = [*COLUMNS["documents"], *COLUMNS["events"], "actor"]
            raise UsageError(
                f"there is no column {column!r}; there are: "
                f"{', '.join(sorted(dict.fromkeys(there)))}."
            )
    return Selection(tuple(own), tuple(told))


class Coded:
    """A coded corpus as a source of documents, and as the reader of what it has given."""

    def __init__(self, out: Path, wanted: Selection) -> None:
        manifest(out)
        self._out, self._wanted = out, wanted
        self._waiting: dict[tuple[str, str | None, str | None], Reading] = {}

    def found(self) -> Iterator[Found | Trouble]:
        """The documents that are meant, partition by partition."""
        for note in sorted((self._out / NOTES).glob("*.json")):
            yield from self._partition(note.stem)

    def read_many(
        self,
        documents: Iterable[Input | str],
        *,
        on_error: Callable[[Input, DragomanError], None] | None = None,
    ) -> Iterator[Reading]:
        """The readings that came with the documents."""
        for document in documents:
            assert isinstance(document, Input)
            yield self._waiting[_key(document)]

    def trim(self) -> None:
        """Let go of readings of documents that were dealt with long ago, read or not."""
        for key in list(self._waiting)[: -2 * BATCH]:
            del self._waiting[key]

    def _partition(self, name: str) -> Iterator[Found | Trouble]:
        import pyarrow as pa
        from pyarrow import parquet

        try:
            wanted = self._with_events(name)
            path = self._out / "documents" / f"{name}.parquet"
            if wanted == set() or not path.exists():
                return
            for batch in parquet.ParquetFile(path).iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    if (wanted is None or row["document"] in wanted) and all(
                        condition.holds(row) for condition in self._wanted.documents
                    ):
                        yield self._document(row)
        except (OSError, pa.ArrowException, ValueError, TypeError) as error:
            said = " ".join(str(error).split())[:200]
            message = f"{self._out}, partition {name}, cannot be read: {said}."
            yield Trouble(f"{self._out}: {name}", InputError(message))

    def _with_events(self, name: str) -> set[str] | None:
        """The documents with an event that is meant; None where no event is asked for."""
        from pyarrow import parquet

        if not self._wanted.events:
            return None
        path = self._out / "events" / f"{name}.parquet"
        if not path.exists():
            return set()
        names = {c.column for c in self._wanted.events}
        columns = [*(names - {"actor"}), *(_PARTIES if "actor" in names else ()), "document"]
        return {
            row["document"]
            for batch in parquet.ParquetFile(path).iter_batches(columns=columns)
            for row in batch.to_pylist()
            if all(condition.holds(row) for condition in self._wanted.events)
        }

    def _document(self, row: Mapping[str, Any]) -> Found:
        reading = Reading.from_dict(orjson.loads(row["reading"]))
        about = reading.document
        given = Input(
            text=about.text or "",
            id=about.id,
            title=about.title,
            date=about.published.date if about.published.basis == "given" else None,
            source=about.source,
            url=about.url,
        )
        self._waiting[_key(given)] = reading
        return Found(document=given, origin=row["origin"], author=row["author"], kind=row["kind"])


def take(case: Any, out: Path, conditions: Sequence[str], plan: Plan, **more: Any) -> Any:
    """Add the documents of a coded corpus that are meant; returns the summary of adding."""
    coded = Coded(out, selection(conditions))
    reader: Reads = coded

    def items() -> Iterator[Found | Trouble]:
        for number, item in enumerate(coded.found()):
            if number % 1_000 == 999:
                coded.trim()
            yield item

    return case.add(items(), reader=reader, plan=plan, **more)


def _key(document: Input) -> tuple[str, str | None, str | None]:
    return document.text, document.url, document.date


def _compares(value: Any, sign: str, wanted: str) -> bool:
    if value is None:
        return sign == "!="
    if isinstance(value, list):
        return any(_compares(item, sign, wanted) for item in value)
    if sign == "~":
        return wanted.casefold() in str(value).casefold()
    options = [_like(value, part.strip()) for part in wanted.split(",")]
    if sign in ("=", "!="):
        return any(value == option for option in options) == (sign == "=")
    other = options[0]
    if isinstance(value, str) and sign in ("<=", ">"):
        value = value[: len(other)]  # up to 2022-02 is the whole of February
    signs = {">=": value >= other, "<=": value <= other, ">": value > other, "<": value < other}
    return bool(signs[sign])


def _like(value: Any, wanted: str) -> Any:
    """What is wanted, in the kind of the value."""
    try:
        if isinstance(value, bool):
            return wanted.lower() in ("true", "yes", "1")
        return type(value)(wanted)
    except ValueError as error:
        raise UsageError(f"{wanted!r} is no number.") from error
