"""Coding a corpus: all of it once, whatever is broken in it, and the rest when something dies."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
pytest.importorskip("trafilatura", reason="the extra `case` is not installed")

from cluster.fragile import fragile
from dragoman.case import Case
from dragoman.cluster.coding import FAILURES, CodingPlan, Tally, code, manifest
from dragoman.cluster.corpus import expand, parts, pieces
from dragoman.cluster.selecting import selection, take
from dragoman.cluster.tables import COLUMNS
from dragoman.errors import InputError, UsageError
from dragoman.records import Input
from dragoman.settings import Settings


def row(number: int, told: str = "Russia attacked Ukraine in Kyiv") -> dict[str, str]:
    return {
        "id": f"r{number}",
        "text": f"{told} {number} times. France said: “Number {number}.”",
        "date": f"2022-02-{number % 28 + 1:02d}",
        "url": f"https://paper.org/{number}",
        "source": "tass.com" if number % 2 else "paper.org",
    }


def lines(rows: Sequence[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(r).encode() + b"\n" for r in rows)


def coded(
    corpus: Sequence[Path | str],
    out: Path,
    *,
    workers: int = 1,
    size: int = 4,
    time_limit: float = 60.0,
    limit: int | None = None,
) -> Tally:
    plan = CodingPlan(workers=workers, partition=size, limit=limit)
    settings = Settings(time_limit=time_limit)
    return code([str(name) for name in corpus], out, settings, plan, make_reader=fragile)


def table(out: Path, name: str) -> list[dict[str, Any]]:
    from pyarrow import parquet

    files = sorted((out / name).glob("*.parquet"))
    return [r for file in files for r in parquet.read_table(file).to_pylist()]


def failures(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (out / FAILURES).read_text().splitlines()]


def test_a_document_in_two_archives_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([row(n) for n in range(6)]))
    changed = [row(4), row(5, "Russia threatened Ukraine"), row(6)]
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(changed)))
    corpus, out = [tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"], tmp_path / "out"
    tally = coded(corpus, out)
    assert (tally.counts["documents"], tally.repeated) == (8, 1)
    again = coded(corpus, out)
    assert (again.kept, again.repeated, manifest(out)["repeated"]) == (tally.partitions, 1, 1)


def test_files_of_other_kinds_are_told(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    corpus.mkdir()
    (corpus / "a.jsonl").write_bytes(lines([row(1)]))
    for name in ("one.pdf", "two.PDF", "notes"):
        (corpus / name).write_bytes(b"no documents")
    tally = coded([corpus], tmp_path / "out")
    assert tally.passed_over == {".pdf": 2, "no ending": 1}
    assert manifest(tmp_path / "out")["passed_over"] == {".pdf": 2, "no ending": 1}


def test_what_is_wrong_with_a_parquet_file_ends_in_one_full_stop(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "a.jsonl").write_bytes(lines([row(1)]))
    coded([tmp_path / "broken.parquet", tmp_path / "a.jsonl"], tmp_path / "out")
    (failure,) = failures(tmp_path / "out")
    assert failure["reason"].endswith(".")
    assert not failure["reason"].endswith("..")


def test_a_corpus_becomes_tables(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    corpus.mkdir()
    (corpus / "a.jsonl").write_bytes(lines([row(n) for n in range(6)]))
    (corpus / "b.jsonl.gz").write_bytes(gzip.compress(lines([row(n) for n in range(6, 9)])))
    (corpus / "notes.doc").write_bytes(b"no documents")
    out = tmp_path / "out"
    tally = coded([corpus], out)
    assert tally.counts == {
        "documents": 9,
        "events": 9,
        "contacts": 0,
        "statements": 9,
        "actors": 27,
    }
    assert sorted(r["id"] for r in table(out, "documents")) == sorted(f"r{n}" for n in range(9))
    event = table(out, "events")[0]
    assert tuple(event) == tuple(COLUMNS["events"])
    assert (event["type"], event["who"], event["codes"]) == ("ASSAULT", "Russia", ["RUS", "UKR"])
    documents = {r["document"] for r in table(out, "documents")}
    assert {r["document"] for r in table(out, "statements")} == documents
    found = manifest(out)
    assert (found["state"], found["counts"]["documents"]) == ("done", 9)
    assert found["versions"]["model"] == "fake-1"
    assert failures(out) == []


def test_what_is_there_is_not_coded_again(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_bytes(lines([row(n) for n in range(10)]))
    assert coded([source], out).kept == 0
    first = {path: path.stat().st_mtime_ns for path in out.glob("*/*.parquet")}
    (one,) = list(out.glob("_notes/*-00001.json"))
    one.unlink()  # as if the run had been killed before the note
    source.write_bytes(lines([row(n) for n in range(12)]))  # and the corpus had grown
    tally = coded([source], out)
    assert (tally.kept, tally.partitions, tally.counts["documents"]) == (1, 3, 12)
    kept = [path for path in first if path.stat().st_mtime_ns == first[path]]
    assert {path.stem[-5:] for path in kept} == {"00000"}
    assert coded([source], out).kept == 3
    source.write_bytes(lines([row(n) for n in range(2)]))
    assert coded([source], out).counts["documents"] == 2
    assert len(table(out, "documents")) == 2  # what the corpus has no longer is gone


def test_the_same_tables_however_many_workers(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(lines([row(n) for n in range(30)]))
    coded([source], tmp_path / "one")
    coded([source], tmp_path / "two", workers=2)
    for name in COLUMNS:
        one = {p.name: p.read_bytes() for p in (tmp_path / "one" / name).glob("*.parquet")}
        two = {p.name: p.read_bytes() for p in (tmp_path / "two" / name).glob("*.parquet")}
        assert one == two


def test_a_worker_that_dies_costs_its_document_alone(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    rows = [row(n) for n in range(12)]
    rows[5]["text"] += " \N{SKULL}"
    rows[6]["text"] += " \N{SKULL}"
    source.write_bytes(lines(rows))
    tally = coded([source], out, workers=2)
    assert tally.counts["documents"] == 10
    assert tally.failures == {"worker-died": 2}
    assert "https://paper.org/5: the process that read it died (signal SIGKILL)" in str(
        failures(out)
    )


def test_a_document_over_its_time_is_left_out(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    rows = [row(n) for n in range(6)]
    rows[2]["text"] += " \N{HOURGLASS}"
    source.write_bytes(lines(rows))
    tally = coded([source], out, time_limit=0.5)
    assert (tally.counts["documents"], tally.failures) == (5, {"time-limit": 1})
    assert "longer than the limit of 0.5 seconds" in failures(out)[0]["reason"]


def test_damage_is_named_and_the_rest_is_complete(tmp_path: Path) -> None:
    corpus, out = tmp_path / "in", tmp_path / "out"
    corpus.mkdir()
    members = [
        bytearray(gzip.compress(lines([row(n * 5 + m) for m in range(5)]))) for n in range(4)
    ]
    members[1][40:60] = b"\xff" * 20  # a member in the middle
    (corpus / "broken.jsonl.gz").write_bytes(b"".join(members))
    bad = [row(100), {"id": "no text"}, row(101)]
    (corpus / "lines.jsonl").write_bytes(lines(bad) + b"no json\n" + lines([row(102)]))
    _parquet(corpus / "other.parquet", {"colour": ["red"], "size": [1]})
    _parquet(corpus / "right.parquet", {"body": [row(103)["text"]], "headline": ["A title"]})
    (corpus / "no.parquet").write_bytes(b"PAR1 no more")
    rows = lines([row(104)])
    (corpus / "unreadable.jsonl").write_bytes(rows.replace(b"Russia", b"\\u001aunreadable"))
    tally = coded([corpus], out)
    ids = {r["id"] for r in table(out, "documents")}
    assert {f"r{n}" for n in (*range(5), *range(10, 20), 100, 101, 102)} <= ids
    assert "A title" in {r["title"] for r in table(out, "documents")}
    told = " ".join(failure["reason"] for failure in failures(out))
    for words in (
        "broken.jsonl.gz: the packed file is damaged",
        "has no field “text”",
        "is no JSON",
        "other.parquet has no column of texts",
        "no.parquet is no Parquet file",
        "cannot be read",
    ):
        assert words in told, told
    assert manifest(out)["failures"] == dict(tally.failures)


def _parquet(path: Path, columns: dict[str, list[Any]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table(columns), path)


def test_pages_of_a_web_archive(tmp_path: Path) -> None:
    archive = tmp_path / "news.warc.gz"
    _warc(archive, [row(n) for n in range(5)], broken=2)
    out = tmp_path / "out"
    tally = coded([archive], out)
    assert {r["url"] for r in table(out, "documents")} == {
        f"https://paper.org/{n}" for n in (0, 1, 3, 4)
    }
    assert tally.failures.total() == 1
    assert "damaged" in failures(out)[0]["reason"]


def _warc(path: Path, rows: Sequence[dict[str, str]], *, broken: int) -> None:
    import io

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    offsets = []
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for told in rows:
            offsets.append(file.tell())
            words = " ".join(f"The ferry {told['id']}{n} sailed at night." for n in range(30))
            page = (
                f"<html><head><meta property='og:type' content='article'></head><body><article>"
                f"<p>{told['text']}</p><p>{words}</p></article></body></html>"
            )
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0"
            )
            record = writer.create_warc_record(
                told["url"], "response", payload=io.BytesIO(page.encode()), http_headers=headers
            )
            writer.write_record(record)
    data = bytearray(path.read_bytes())
    start = offsets[broken]
    data[start + 60 : start + 120] = b"\x00" * 60
    path.write_bytes(data)


def test_names_that_mean_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([row(1)]))
    with pytest.raises(UsageError, match="means no file"):
        expand([str(tmp_path / "none")])
    with pytest.raises(UsageError, match="of the web"):
        expand(["https://paper.org/x.jsonl"])
    with pytest.raises(UsageError, match="no known file system"):
        expand(["ssss3://bucket/x.jsonl"])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        coded([tmp_path / "a.jsonl"], tmp_path / "full")


def test_other_versions_are_not_mixed(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_bytes(lines([row(1)]))
    coded([source], out)
    with pytest.raises(UsageError, match=r"another time_limit.*not mixed"):
        coded([source], out, time_limit=7.0)


def test_patterns_and_addresses_of_stores(tmp_path: Path) -> None:
    import fsspec

    for n in range(3):
        (tmp_path / f"day{n}.jsonl").write_bytes(lines([row(n)]))
    assert len(expand([str(tmp_path / "day[01].jsonl")])) == 2
    with fsspec.open("memory://bucket/a.jsonl.gz", "wb") as file:
        file.write(gzip.compress(lines([row(7)])))
    (found,) = expand(["memory://bucket/*.gz"])
    (document,) = pieces(found)
    assert isinstance(document, Input)
    assert document.id == "r7"
    files = expand([str(tmp_path), str(tmp_path / "day0.jsonl")])
    assert len(files) == 3  # a file that is named twice is read once
    assert [p.name[-5:] for p in parts(files, 1)] == ["00000"] * 3


def test_a_selection_goes_into_a_case_without_reading(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    rows = [row(n) for n in range(20)] + [row(n, "France met Ukraine") for n in range(20, 24)]
    for n, one in enumerate(rows):
        one["text"] += " ".join(f"boat{n}x{m}" for m in range(40))
    source.write_bytes(lines(rows))
    coded([source], out)
    from dragoman.case import Plan

    with Case.create(str(tmp_path / "case.db")) as case:
        where = ["type=ASSAULT", "actor=RUS", "source=tass.com", "published>=2022-02-10"]
        summary = take(case, out, where, Plan())
        assert summary.counts["added"] == 6  # days 10 to 20, odd numbers
        assert {e.source for e in case.events()} == {"tass.com"}
        assert {e.model for e in case.events()} == {"fake-1"}
        again = take(case, out, where, Plan())
        assert (again.new, again.counts["present"]) == (0, 6)
        assert take(case, out, ["type=CONSULT and title!=x"], Plan()).counts["added"] == 4
        whole = take(case, out, [], Plan())
        assert (whole.counts["added"], whole.counts["present"]) == (14, 10)
        assert case.text(1) in {one["text"] for one in rows}


def test_conditions_that_cannot_be_asked_are_told() -> None:
    for words, said in (
        ("type", "no condition"),
        ("colour=red", "no column"),
        ("actor>RUS", "compared by"),
    ):
        with pytest.raises(UsageError, match=said):
            selection([words])


def test_the_error_tree_has_the_exit_code() -> None:
    assert InputError.exit_code == 3
