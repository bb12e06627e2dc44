"""Coding on a Ray cluster of two nodes, one of which is lost: the same tables as one process."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ray", reason="the extra `ray` is not installed")
pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")

import ray
from ray.cluster_utils import Cluster

from cluster.fragile import fragile
from cluster.test_coding import lines, row, table
from cluster.test_merging import corpus as dated
from cluster.test_merging import merged
from dragoman.cluster.coding import CodingPlan, Tally, code
from dragoman.cluster.merging import merge_coded
from dragoman.cluster.partition import Note
from dragoman.cluster.tables import COLUMNS
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Two nodes of one slot each on this machine; workers find the package and these tests."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    ray.init(address=made.address, log_to_driver=False, include_dashboard=False)
    yield made
    ray.shutdown()
    made.shutdown()  # type: ignore[no-untyped-call]
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def coded(corpus: Path, out: Path, *, workers: int = 2, on_partition: Any = None) -> Tally:
    plan = CodingPlan(workers=workers, partition=3, engine="ray")
    return code(
        [str(corpus)],
        out,
        Settings(time_limit=60.0),
        plan,
        make_reader=fragile,
        on_partition=on_partition,
    )


def plain(corpus: Path, out: Path) -> Tally:
    plan = CodingPlan(workers=1, partition=3)
    return code([str(corpus)], out, Settings(time_limit=60.0), plan, make_reader=fragile)


def test_a_node_that_is_lost_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_bytes(lines([row(n) for n in range(36)]))
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    killed = False

    def kill(_: Note, __: bool) -> None:
        nonlocal killed
        if not killed:
            killed = True
            cluster.remove_node(node, allow_graceful=False)

    tally = coded(corpus, tmp_path / "ray", on_partition=kill)
    assert killed
    assert tally.counts["documents"] == 36
    assert not tally.failures
    plain(corpus, tmp_path / "plain")
    for name in COLUMNS:
        assert table(tmp_path / "ray", name) == table(tmp_path / "plain", name)


def test_a_document_that_kills_twice_is_left_out(cluster: Cluster, tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    rows = [row(n) for n in range(6)]
    rows[4]["text"] = "\N{SKULL}"
    corpus.write_bytes(lines(rows))
    began = time.monotonic()
    tally = coded(corpus, tmp_path / "ray", workers=1)
    assert tally.counts["documents"] == 5
    assert tally.failures == {"worker-died": 1}
    assert time.monotonic() - began < 240


def test_merging_on_the_cluster_gives_the_same(cluster: Cluster, tmp_path: Path) -> None:
    out = merged(dated(40), tmp_path / "a")
    before = table(out, "merged")
    assert len(before) < 40
    merge_coded(out, workers=2, engine="ray")
    assert table(out, "merged") == before
