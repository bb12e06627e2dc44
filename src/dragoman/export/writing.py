"""Writes a case's merged events in a form that others know; codebook and manifest go beside."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from dragoman.analysis.agenda import agenda
from dragoman.analysis.coded import Coded
from dragoman.analysis.network import network
from dragoman.case.formats import write_rows
from dragoman.case.rows import Rows
from dragoman.errors import CaseError
from dragoman.export import rows as forms
from dragoman.export.calendar import in_calendar, to_ics
from dragoman.export.dyads import ExportPlan, actors_of, document_of, kept
from dragoman.export.graphs import to_gexf, to_graphml
from dragoman.export.manifest import codebook_text, manifest
from dragoman.export.plover import plover_record
from dragoman.export.things import EventRow, event_rows, geojson, jsonld
from dragoman.ontology.codebooks import codebook, columns

FORMS: Final = (
    "plover",
    "cameo",
    "icews",
    "gdelt",
    "polecat",
    "csv",
    "parquet",
    "ics",
    "geojson",
    "graphml",
    "gexf",
    "jsonld",
)
# Of these a spreadsheet would take a cell that begins so for a formula to compute.
_FORMULA: Final = ("=", "+", "-", "@")
_BLANKS: Final = str.maketrans("\t\r\n", "   ")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the events come from, for the manifest."""

    about: dict[str, str]
    versions: Mapping[str, Sequence[str]]
    settings: dict[str, Any]
    made_at: str
    as_of: str


def write_export(
    events: Sequence[Coded], form: str, path: Path, plan: ExportPlan, source: Source
) -> dict[str, int]:
    """Write the file, `NAME.codebook.tsv` and `NAME.manifest.json`; GDELT has `NAME.mentions`, too.

    Returns how many rows each file has. Raises CaseError where a file cannot be written.
    """
    counts: dict[str, int] = {}
    written = [path]
    try:
        with path.open("wb") as stream:
            counts[path.name] = write_events(events, form, stream, plan, as_of=source.as_of)
        if form == "gdelt":
            mentions = path.with_name(f"{path.stem}.mentions{path.suffix}")
            with mentions.open("wb") as stream:
                found = forms.mention_rows(events, plan)
                counts[mentions.name] = _tab_separated(found, None, stream)
            written.append(mentions)
        beside = path.with_name(f"{path.name}.codebook.tsv")
        beside.write_text(_codebook(form), encoding="utf-8")
        written.append(beside)
        path.with_name(f"{path.name}.manifest.json").write_bytes(
            manifest(
                form=form,
                case=source.about,
                versions=source.versions,
                settings={**source.settings, **plan.to_dict()},
                counts={"events": len(events), **counts},
                files=written,
                made_at=source.made_at,
            )
        )
    except OSError as error:
        raise CaseError(f"{error.filename or path} cannot be written: {error.strerror}.") from error
    return counts


def write_events(
    events: Sequence[Coded], form: str, stream: BinaryIO, plan: ExportPlan, *, as_of: str
) -> int:
    """Write the events in one of FORMS to a stream; returns the number of rows."""
    return _WRITERS[form](events, stream, plan, as_of)


def _plover(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    count = 0
    for coded, event in kept(events, plan):
        record = plover_record(event, actors_of(coded), document_of(coded))
        record["independent_sources"] = list(coded.sources)
        record["text"] = coded.passage
        stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def _cameo(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return _tab_separated(forms.cameo_rows(events, plan), forms.CAMEO_COLUMNS, stream)


def _icews(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return _tab_separated(forms.icews_rows(events, plan), columns("icews"), stream)


def _polecat(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return _tab_separated(forms.polecat_rows(events, plan), columns("polecat"), stream)


def _gdelt(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return _tab_separated(forms.gdelt_rows(events, plan), None, stream)


def _csv(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return write_rows(_rows(events), "csv", stream)


def _parquet(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return write_rows(_rows(events), "parquet", stream)


def _ics(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    items = in_calendar(agenda(events, as_of=as_of))
    stream.write(to_ics(items))
    return len(items)


def _geojson(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    found = geojson(events)
    stream.write(orjson.dumps(found))
    return len(found["features"])


def _graph(events: Sequence[Coded], stream: BinaryIO, write: Callable[..., bytes]) -> int:
    found = network(events)
    stream.write(write(found))
    return len(found.ties)


def _graphml(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return _graph(events, stream, to_graphml)


def _gexf(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    return _graph(events, stream, to_gexf)


def _jsonld(events: Sequence[Coded], stream: BinaryIO, plan: ExportPlan, as_of: str) -> int:
    stream.write(orjson.dumps(jsonld(events)))
    return len(events)


_WRITERS: Final[dict[str, Callable[[Sequence[Coded], BinaryIO, ExportPlan, str], int]]] = {
    "plover": _plover,
    "cameo": _cameo,
    "icews": _icews,
    "gdelt": _gdelt,
    "polecat": _polecat,
    "csv": _csv,
    "parquet": _parquet,
    "ics": _ics,
    "geojson": _geojson,
    "graphml": _graphml,
    "gexf": _gexf,
    "jsonld": _jsonld,
}


def _rows(events: Sequence[Coded]) -> Rows[EventRow]:
    return Rows(EventRow, lambda: event_rows(events))


def _tab_separated(
    rows: Iterable[tuple[Any, ...]], header: Sequence[str] | None, stream: BinaryIO
) -> int:
    """Rows parted by tabs, without quotes, as the field reads them."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        if header is not None:
            text.write("\t".join(header) + "\n")
        count = 0
        for row in rows:
            text.write("\t".join(_cell(value) for value in row) + "\n")
            count += 1
        return count
    finally:
        text.detach()


def _cell(value: Any) -> str:
    """A value as a cell: no tab or line in it, and nothing that a spreadsheet would compute."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if not isinstance(value, str):
        return str(value)
    plain = value.translate(_BLANKS).strip()
    return "'" + plain if plain.startswith(_FORMULA) else plain


def _codebook(form: str) -> str:
    if form in ("icews", "polecat"):
        return codebook_text(f"Columns of {form.upper()}", codebook(form))
    if form == "gdelt":
        both = [(f"events: {c}", m) for c, m in codebook("gdelt")]
        both += [(f"mentions: {c}", m) for c, m in codebook("gdelt_mentions")]
        return codebook_text("Columns of GDELT 2.0, in their order", both)
    return codebook_text(f"What the export {form} holds", codebook(_BOOKS.get(form, "events")))


_BOOKS: Final = {
    "plover": "plover",
    "cameo": "cameo",
    "ics": "ics",
    "graphml": "graph",
    "gexf": "graph",
}
