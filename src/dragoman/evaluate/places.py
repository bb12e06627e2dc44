"""Scores places against marked mentions: is it found, in the right country, near the right point.

The gold file is a table of mentions without any text: `corpus`, `document`, `start`, `end`,
`country` (alpha-3), `lat`, `lon` (degrees; empty where a region or a water has no one point).
Offsets are code points into the document as `read_texts` gives it. The measures are those of
geoparsing: the share of mentions in the right country, and the share within 161 km (100 miles) of
the point (Gritta, Pilehvar and Collier 2020, “A pragmatic guide to geoparsing evaluation”).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dragoman.coding.places.gazetteer import distance_km
from dragoman.evaluate.names import read_names
from dragoman.records import Reading

NEAR_KM = 161.0
AFTER = 1_500


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked mention of a place; `point` is latitude and longitude in degrees."""

    document: str
    start: int
    end: int
    country: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class PlaceScore:
    """Counts of mentions: marked, found, in the right country; with a point, and near it."""

    marked: int = 0
    found: int = 0
    country: int = 0
    pointed: int = 0
    near: int = 0
    misses: tuple[str, ...] = ()

    def __add__(self, other: PlaceScore) -> PlaceScore:
        return PlaceScore(
            self.marked + other.marked,
            self.found + other.found,
            self.country + other.country,
            self.pointed + other.pointed,
            self.near + other.near,
            self.misses + other.misses,
        )


def read_marked(path: Path) -> dict[tuple[str, str], list[Marked]]:
    """The marked mentions of a table, by corpus and document."""
    found: dict[tuple[str, str], list[Marked]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for row in rows:
            point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
            mention = Marked(
                row["document"], int(row["start"]), int(row["end"]), row["country"], point
            )
            found.setdefault((row["corpus"], row["document"]), []).append(mention)
    return found


def read_texts(
    data: Path, *, only: frozenset[tuple[str, str]] | None = None
) -> Iterator[tuple[tuple[str, str], str]]:
    """The documents of re3d (but for its part that may not be used), of Worldwide Newswire dev, and
    of the odd lines of the files of news; of these only what `only` names, if it is given."""
    corpora = {corpus for corpus, _ in only} if only is not None else None
    for path in sorted((data / "news").glob("*.jsonl.gz")):
        if corpora is not None and path.name.removesuffix(".jsonl.gz") not in corpora:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in islice(lines, 1, None, 2):
                row = json.loads(line)
                yield (path.name.removesuffix(".jsonl.gz"), row["id"]), row["text"]
    if corpora is not None and not corpora & {"re3d", "worldwide"}:
        return
    with tarfile.open(data / "re3d" / "re3d.tar.xz") as archive:
        members = sorted(
            (m for m in archive if m.name.endswith("documents.json") and "BBC" not in m.name),
            key=lambda m: m.name,
        )
        for member in members:
            handle = archive.extractfile(member)
            assert handle is not None
            for line in io.TextIOWrapper(handle, encoding="utf-8"):
                if line.strip():
                    row = json.loads(line)
                    yield ("re3d", row["_id"]), row["text"]
    for document in read_names(data / "ner_worldwide_newswire" / "dev.tar.xz"):
        yield ("worldwide", document.id), document.tokens.text


def score_reading(reading: Reading, marked: Iterable[Marked]) -> PlaceScore:
    """One reading against the mentions that are marked in its document.

    A place that covers part of the mention answers for it; a state or a government of that name
    among the actors answers for the country alone.
    """
    total = PlaceScore()
    for mention in marked:
        total += _score(reading, mention)
    return total


def evaluate(
    gold: dict[tuple[str, str], list[Marked]],
    texts: Iterable[tuple[tuple[str, str], str]],
    read: Callable[[str], Reading],
) -> PlaceScore:
    """The score over all documents that have marked mentions.

    Their text is read with `read`, up to `AFTER` characters after the last mention.
    """
    total = PlaceScore()
    for key, text in texts:
        if key in gold:
            last = max(mention.end for mention in gold[key])
            total += score_reading(read(text[: last + AFTER]), gold[key])
    return total


def _score(reading: Reading, mention: Marked) -> PlaceScore:
    covering = [p for p in reading.places if p.start < mention.end and mention.start < p.end]
    place = min(
        covering,
        key=lambda p: abs(p.start - mention.start) + abs(p.end - mention.end),
        default=None,
    )
    country = place.country if place else _actor_country(reading, mention)
    at = (place.lat, place.lon) if place else (None, None)
    right = country == mention.country
    near = False
    if mention.point and at[0] is not None and at[1] is not None:
        near = distance_km((at[0], at[1]), mention.point) <= NEAR_KM
    known = place is not None or country is not None
    words = (reading.document.text or "")[mention.start : mention.end]
    wrong = not right or (mention.point is not None and not near)
    told = f"{place.name}, {country} {at}" if place else f"no place, {country}"
    return PlaceScore(
        1,
        int(known),
        int(right),
        int(mention.point is not None),
        int(near),
        (f"{mention.document} {words}: {told}, not {mention.country} {mention.point}",)
        if wrong
        else (),
    )


def _actor_country(reading: Reading, mention: Marked) -> str | None:
    for actor in reading.actors:
        if actor.kind in ("state", "government") and any(
            m.start < mention.end and mention.start < m.end for m in actor.mentions
        ):
            return actor.code
    return None
