"""What merging a corpus gives out to many hands: pieces that depend on their arguments alone.

Partitions are read into reports, blocks are compared pair by pair, and what hangs together is
clustered and fused into rows. Each piece may be done in any process that reaches the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import orjson

from dragoman.cluster.merged import row_of
from dragoman.cluster.shelf import Block, Lookup, Prepared, Row, prepared
from dragoman.merging.clustering import Pair, cluster
from dragoman.merging.comparing import compare, contradict
from dragoman.merging.fusion import fuse
from dragoman.merging.merge import pairs_of_block
from dragoman.merging.profiles import Profile
from dragoman.merging.records import Merged
from dragoman.merging.reports import reports_from_reading
from dragoman.records import Reading

_ROWS: Final = 64  # documents that are unpacked at a time
# Parts of a reading that merging does not ask for.
_UNASKED: Final = ("statements", "times", "places")

Scored = tuple[int, int, float]  # two reports, the smaller number first, and the log-odds


@dataclass(frozen=True, slots=True)
class Bundle:
    """What hangs together and has ended: its reports, and the scores of the pairs among them or,
    where they are clustered already, the clusters."""

    members: list[int]
    scores: list[tuple[Pair, float]]
    clusters: list[list[int]] | None = None


def taken(out: str, name: str) -> tuple[list[Prepared], str]:
    """The reports of a partition, and why it could not be read to its end, or nothing."""
    import pyarrow as pa
    from pyarrow import parquet

    path = Path(out) / "documents" / f"{name}.parquet"
    found: list[Prepared] = []
    if not path.exists():
        return found, ""
    try:
        file = parquet.ParquetFile(path)
        for batch in file.iter_batches(batch_size=_ROWS, columns=["document", "reading"]):
            for row in batch.to_pylist():
                found.append(_of(row["document"], row["reading"]))
    except (OSError, pa.ArrowException, ValueError, TypeError, KeyError) as error:
        return found, " ".join(str(error).split())[:200] or type(error).__name__
    return found, ""


def _of(document: str, packed: str) -> Prepared:
    data = orjson.loads(packed)
    for part in _UNASKED:
        data[part] = []
    for actor in data["actors"]:
        actor["mentions"] = []
    reading = Reading.from_dict(data)
    reports = list(reports_from_reading(reading, id=document))
    return prepared(document, reading.document, packed.encode("utf-8"), reports)


def scored(shelf: str, blocks: Sequence[Block]) -> list[list[Scored]]:
    """For each block the pairs that are compared in it and in none before it, with their scores."""
    lookup, known = opened(shelf), set[Pair]()
    return [list(_scored(block, lookup, known)) for block in blocks]


def _scored(block: Block, lookup: Lookup, known: set[Pair]) -> Iterator[Scored]:
    _, members, halves = block
    if not members or len(members) + len(halves) < 2:
        return
    profiles = lookup.profiles([*members, *halves])
    for one, other in pairs_of_block(members, halves, profiles):
        if (one, other) not in known:
            known.add((one, other))
            yield one, other, compare(profiles[one], profiles[other])


def made(shelf: str, bundles: Sequence[Bundle]) -> list[Row]:
    """The rows of the events of some bundles."""
    lookup = opened(shelf)
    return [
        (event.day, event.id, orjson.dumps(row_of(event)))
        for bundle in bundles
        for event in events_of(bundle, lookup)
    ]


def events_of(bundle: Bundle, lookup: Lookup) -> Iterator[Merged]:
    """The merged events of a bundle."""
    clusters = bundle.clusters
    if clusters is None:
        clusters = clusters_of(bundle.members, dict(bundle.scores), lookup)
    for own in clusters:
        profiles = lookup.profiles(own)
        yield fuse(profiles[at].report for at in own)


def clusters_of(
    members: Iterable[int], scores: Mapping[Pair, float], lookup: Lookup
) -> list[list[int]]:
    """The reports of each event among those that hang together."""
    members = sorted(members)
    if len(members) == 1:
        return [members]
    known: dict[int, Profile] = lookup.profiles(members)

    @cache
    def contradicted(one: int, other: int) -> bool:
        return contradict(known[one], known[other])

    return cluster(members, dict(scores), contradict=contradicted)


@lru_cache(maxsize=1)
def opened(shelf: str) -> Lookup:
    """The reports of a shelf, opened once a process."""
    return Lookup.open(Path(shelf))


def forget() -> None:
    """Let go of the shelf that is open in this process."""
    opened.cache_clear()
