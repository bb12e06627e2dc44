"""What the store costs a document, against plain `sqlite3.executemany` of the same rows.

    python benchmarks/storing.py [--documents 1000] [--readings FILE.jsonl] [--rounds 3] [--profile]

The documents are read beforehand, so that the reader costs nothing here. `case.add` looks whether
they are there, signs them, looks for copies, unfolds the readings, writes rows and full-text index,
and waits for the disk after each batch. The plain writer gets the finished rows of that very case,
table by table, as many to a transaction, into a file with the same tables and indices. Processor
time of one process, both in turn, the best of the rounds. Without a file of readings (one JSON
reading a line, with its text), synthetic documents are stored.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from synthetic import Author

from dragoman.case import Case, schema
from dragoman.case.adding import BATCH
from dragoman.case.storing import INDEXED
from dragoman.errors import DragomanError
from dragoman.records import Input, Reading


class Prepared:
    """A reader that hands out readings made before."""

    def __init__(self, pairs: Iterable[tuple[Input, Reading]]) -> None:
        self._by_text = {given.text: reading for given, reading in pairs}

    def read_many(
        self,
        documents: Iterable[Input | str],
        *,
        on_error: Callable[[Input, DragomanError], None] | None = None,
    ) -> Iterator[Reading]:
        for document in documents:
            yield self._by_text[document if isinstance(document, str) else document.text]


def prepared(path: Path | None, count: int) -> list[tuple[Input, Reading]]:
    if path is None:
        return list(Author().pages(count))
    pairs = []
    for number, line in enumerate(path.read_bytes().splitlines()[:count]):
        reading = Reading.from_dict(orjson.loads(line))
        text = reading.document.text or ""
        date = reading.document.published.date
        pairs.append((Input(text=text, id=f"d{number}", date=date), reading))
    return pairs


def store(folder: Path, pairs: list[tuple[Input, Reading]]) -> tuple[Path, float]:
    path = folder / "case.db"
    reader, given = Prepared(pairs), [document for document, _ in pairs]
    with Case.create(str(path)) as case:
        began = time.process_time()
        case.add(given, reader=reader)
        seconds = time.process_time() - began
    return path, seconds


def rows_of(path: Path) -> list[dict[str, list[Any]]]:
    """The rows of a case, by table, in the batches in which they were written."""
    batches: list[dict[str, list[Any]]] = []
    with sqlite3.connect(path) as connection:
        documents = [n for (n,) in connection.execute("SELECT id FROM documents ORDER BY id")]
        tables = [table for table in schema.metadata.sorted_tables if _owner(table)]
        for start in range(0, len(documents), BATCH):
            first, last = documents[start], documents[start : start + BATCH][-1]
            batches.append(
                {
                    table.name: connection.execute(
                        f'SELECT * FROM "{table.name}" WHERE {_owner(table)} BETWEEN ? AND ?',
                        (first, last),
                    ).fetchall()
                    for table in tables
                }
            )
        batches[0]["names"] = connection.execute("SELECT * FROM names").fetchall()
    return batches


def _owner(table: Any) -> str:
    if table.name == "documents":
        return "id"
    if table.name == "mentions":
        return "(SELECT document_id FROM actors WHERE actors.id = actor_id)"
    if table.name == "event_actors":
        return "(SELECT document_id FROM events WHERE events.id = event_id)"
    kept = ("readings", "actors", "events", "statements", "times", "places", "bands", "copies")
    return "document_id" if table.name in kept else ""


def plain(folder: Path, batches: list[dict[str, list[Any]]], *, indexed: bool) -> float:
    path = folder / f"plain-{indexed}.db"
    Case.create(str(path)).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("INSERT INTO runs VALUES (1,'add','done','','','',1,'','{}','')")
    if not indexed:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for (name,) in names:
            connection.execute(f'DROP INDEX "{name}"')
    began = time.process_time()
    for batch in batches:
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in batch.items():
            if rows:
                marks = ", ".join("?" for _ in rows[0])
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        if indexed:
            for table, columns in INDEXED.items():
                places = [list(table.c.keys()).index(column) for column in columns]
                marks = ", ".join("?" for _ in columns)
                connection.executemany(
                    f"INSERT INTO {table.name}_index(rowid, {', '.join(columns)}) "
                    f"VALUES (?, {marks})",
                    [(row[0], *(row[place] for place in places)) for row in batch[table.name]],
                )
        connection.execute("COMMIT")
    seconds = time.process_time() - began
    connection.close()
    return seconds


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--documents", type=int, default=1_000)
    options.add_argument("--readings", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    pairs = prepared(given.readings, given.documents)
    times: dict[str, list[float]] = {"store": [], "same tables": [], "bare tables": []}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path, seconds = store(folder, pairs)
            times["store"].append(seconds)
            batches = rows_of(path)
            times["same tables"].append(plain(folder, batches, indexed=True))
            times["bare tables"].append(plain(folder, batches, indexed=False))
    rows = sum(len(rows) for batch in batches for rows in batch.values())
    best = {name: min(seconds) for name, seconds in times.items()}
    print(f"{len(pairs)} documents, {rows / len(pairs):.0f} rows each")
    for name, seconds in best.items():
        ratio = best["store"] / seconds
        print(f"{name:<12} {seconds / len(pairs) * 1e3:6.2f} ms a document  (store {ratio:.2f} ×)")
    if given.profile:
        profile = cProfile.Profile()
        with tempfile.TemporaryDirectory() as name:
            profile.enable()
            store(Path(name), pairs)
            profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
