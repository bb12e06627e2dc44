"""Coding a corpus into a folder: what is there is not coded again, and the manifest tells it all.

    OUT/documents/*.parquet  events, statements, contacts, actors likewise: one file a partition
    OUT/failures.jsonl       every document that is missing or cut short, with the reason
    OUT/manifest.json        versions, settings, corpus, counts, failures by kind
    OUT/merged/*.parquet     after `dragoman merge`; gone when the tables change

A run that is killed goes on when it is called again: a partition whose note is there, of the same
pieces and the same versions, is kept.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from dragoman.cluster.corpus import Part, expand, parts
from dragoman.cluster.partition import NOTES, Note, noted, versions_of
from dragoman.cluster.tables import COLUMNS
from dragoman.cluster.workers import MakeReader, Workers, own_reader
from dragoman.errors import UsageError
from dragoman.records import SCHEMA
from dragoman.settings import Settings

if TYPE_CHECKING:
    from dragoman.cluster.rays import RayWorkers

MANIFEST: Final = "manifest.json"
FAILURES: Final = "failures.jsonl"
MERGED: Final = "merged"
Engine = Literal["processes", "ray"]
FORMAT: Final = "dragoman.coded/1"
PARTITION: Final = 500  # documents: some minutes of one core
# What of the settings decides what is read; a partition coded with others is coded again.
_DECIDING: Final = ("max_chars", "time_limit", "actors")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingPlan:
    """How a corpus is coded."""

    workers: int = 1
    partition: int = PARTITION
    limit: int | None = None
    engine: Engine = "processes"
    address: str | None = None  # of a Ray cluster; None: one is started here


@dataclass(slots=True)
class Tally:
    """What has been coded; grows with the number of kinds, not of documents.

    `repeated` counts documents that stood in the corpus before; `passed_over` files of folders and
    patterns that hold no documents, by how their names end.
    """

    partitions: int = 0
    kept: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    words: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    peak_megabytes: int = 0

    def add(self, note: Note) -> None:
        self.partitions += 1
        self.counts.update(note.counts)
        self.failures.update(failure.kind for failure in note.failures)
        self.repeated += note.repeated
        self.words += note.words
        self.seconds += note.seconds
        self.processor += note.processor
        self.peak_megabytes = max(self.peak_megabytes, note.peak_megabytes)


def code(
    corpus: Sequence[str],
    out: Path,
    settings: Settings,
    plan: CodingPlan,
    *,
    make_reader: MakeReader = own_reader,
    on_partition: Callable[[Note, bool], None] | None = None,
) -> Tally:
    """Code a corpus into a folder; the tally says what is there in the end.

    `on_partition` is told each note, and whether it was there before. UsageError where the folder
    holds something else, or was coded by other versions.
    """
    tally, names = Tally(), set[str]()
    files = expand(corpus, lambda name: tally.passed_over.update([_ending(name)]))
    out.mkdir(parents=True, exist_ok=True)
    with _workers(out, settings, plan, make_reader) as workers:
        made = versions_of(workers.provenance())
        _check(out, made, settings)
        merged = manifest(out).get(MERGED) if (out / MANIFEST).exists() else None
        _write_manifest(out, settings, made, corpus, None)

        def fresh() -> Iterator[Part]:
            """The partitions that are still to be coded; those that are there are told."""
            for part in _limited(parts(files, plan.partition), plan.limit):
                names.add(part.name)
                note = noted(out, part.name)
                if note is not None and note.digest == part.digest() and note.versions == made:
                    tally.add(note)
                    tally.kept += 1
                    if on_partition:
                        on_partition(note, True)
                else:
                    yield part

        for note in workers.run(fresh()):
            tally.add(note)
            if on_partition:
                on_partition(note, False)
    forgotten = _forget_others(out, names)
    _write_failures(out)
    _write_manifest(out, settings, made, corpus, tally)
    if merged and not forgotten and tally.kept == tally.partitions:
        enter(out, MERGED, merged)
    else:
        shutil.rmtree(out / MERGED, ignore_errors=True)  # it was of other tables
    return tally


def _ending(name: str) -> str:
    """How a file's name ends: what kind it is of."""
    return Path(name.rsplit("/", 1)[-1]).suffix.lower() or "no ending"


def enter(out: Path, name: str, told: Any) -> None:
    """Tell in the manifest of what was made of the tables since."""
    found = manifest(out) | {name: told}
    draft = out / f".{MANIFEST}.{os.getpid()}"
    draft.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(draft, out / MANIFEST)


def _workers(
    out: Path, settings: Settings, plan: CodingPlan, make_reader: MakeReader
) -> Workers | RayWorkers:
    count = max(1, plan.workers)
    if plan.engine == "ray":
        from dragoman.cluster.rays import RayWorkers

        return RayWorkers(out, settings, count=count, address=plan.address, make_reader=make_reader)
    return Workers(out, settings, count=count, make_reader=make_reader)


def manifest(out: Path) -> dict[str, Any]:
    """The manifest of a coded corpus; UsageError where the folder holds none."""
    try:
        found = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{out} holds no coded corpus (`dragoman code … -o {out}`).") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UsageError(f"{out} was coded in a form that this dragoman does not know.")
    return found


def is_coded(path: Path) -> bool:
    """Whether a folder holds a coded corpus."""
    return path.is_dir() and (path / MANIFEST).is_file() and (path / "documents").is_dir()


def _check(out: Path, made: dict[str, str], settings: Settings) -> None:
    if not (out / MANIFEST).exists():
        if any(not path.name.startswith(".") for path in out.iterdir()):
            raise UsageError(f"{out} is not empty and holds no coded corpus; name another folder.")
        return
    before = manifest(out)
    differ = [n for n in made if before["versions"].get(n) != made[n]]
    differ += [n for n in _DECIDING if before["settings"].get(n) != _plain(settings, n)]
    if differ:
        raise UsageError(
            f"{out} was coded with another {', '.join(differ)}; tables of two kinds are not mixed. "
            "Name another folder, or remove this one."
        )


def _limited(stream: Iterator[Part], limit: int | None) -> Iterator[Part]:
    left = limit
    for part in stream:
        if left is not None and len(part.pieces) > left:
            if left:
                yield Part(part.file, part.number, part.first, part.pieces[:left])
            return
        yield part
        if left is not None:
            left -= len(part.pieces)


def _forget_others(out: Path, names: set[str]) -> int:
    """Take away partitions that the corpus has no longer, so that the tables are of it alone.

    Returns how many there were.
    """
    forgotten = 0
    for note in (out / NOTES).glob("*.json"):
        if note.stem not in names:
            for table in COLUMNS:
                (out / table / f"{note.stem}.parquet").unlink(missing_ok=True)
            note.unlink()
            forgotten += 1
    return forgotten


def _write_failures(out: Path) -> None:
    draft = out / f".{FAILURES}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        for path in sorted((out / NOTES).glob("*.json")):
            note = noted(out, path.stem)
            for failure in note.failures if note else ():
                line = {
                    "partition": path.stem,
                    "origin": failure.origin,
                    "kind": failure.kind,
                    "reason": failure.reason,
                }
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    os.replace(draft, out / FAILURES)


def _write_manifest(
    out: Path,
    settings: Settings,
    made: dict[str, str],
    corpus: Sequence[str],
    tally: Tally | None,
) -> None:
    found: dict[str, Any] = {
        "format": FORMAT,
        "schema": SCHEMA,
        "state": "done" if tally else "running",
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "corpus": list(corpus),
        "versions": made,
        "settings": {name: _plain(settings, name) for name in _DECIDING},
        "tables": {table: list(columns) for table, columns in COLUMNS.items()},
    }
    if tally:
        found |= {
            "partitions": tally.partitions,
            "counts": dict(tally.counts),
            "failures": dict(tally.failures),
            "repeated": tally.repeated,
            "passed_over": dict(tally.passed_over),
            "words": tally.words,
            "seconds_of_workers": round(tally.seconds, 1),
            "processor_seconds_of_workers": round(tally.processor, 1),
            "peak_megabytes_of_a_worker": tally.peak_megabytes,
        }
    draft = out / f".{MANIFEST}.{os.getpid()}"
    draft.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(draft, out / MANIFEST)


def _plain(settings: Settings, name: str) -> Any:
    value = getattr(settings, name)
    return list(value) if isinstance(value, tuple) else value
