"""Merging a coded corpus by blocks: what merging all its reports at once gives, in any order."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
pytest.importorskip("trafilatura", reason="the extra `case` is not installed")

from cluster.test_coding import coded, lines, table
from dragoman.cli import app
from dragoman.cluster import merging
from dragoman.cluster import shelf as shelves
from dragoman.cluster.coding import MANIFEST, manifest
from dragoman.cluster.hands import OwnHands, Processes
from dragoman.cluster.merged import COLUMNS
from dragoman.cluster.merging import MergeTally, Sweep, _compared, merge_coded
from dragoman.cluster.merging_pieces import events_of
from dragoman.cluster.shelf import Shelf, prepared
from dragoman.cluster.tables import key_of
from dragoman.errors import DragomanError, UsageError
from dragoman.merging import Merged, Party, Report, merge, reports_from_reading
from dragoman.records import Input, PloverType, Reading

Row = dict[str, str]
STATES = ("Russia", "Ukraine", "France", "Emmanuel Macron", "Vladimir Putin", "Anna Ferro")
VERBS = ("met", "will meet", "attacked", "threatened", "praised", "accused")
MORE = "the bridge over the northern river near a village with many houses and a long harbour"


def corpus(count: int, seed: int = 3) -> list[Row]:
    """Documents of some weeks, of which many tell the same; some give no day."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        who, whom = draw.sample(STATES, 2)
        day = date(2022, 2, 1) + timedelta(days=draw.randrange(40))
        dated = f" on {day}" if draw.random() < 0.5 else ""
        words = " ".join(draw.sample(MORE.split(), 9))
        place = draw.choice((" in Kyiv", " in Moscow", ""))
        row = {
            "id": str(number % 7),  # no name to rely on
            "text": f"{who} {draw.choice(VERBS)} {whom}{place}{dated}, {words}. No. {number}.",
            "source": draw.choice(("a.org", "b.org", "c.org", "d.org")),
        }
        if draw.random() < 0.9:
            told = day + timedelta(days=draw.choice((0, 0, 1, 2, 30)))
            row["date"] = told.isoformat()
        made.append(row)
    return made


def merged(rows: Sequence[Row], folder: Path, *, size: int = 20, most: int = 20_000) -> Path:
    folder.mkdir(parents=True)
    source = folder / "in.jsonl"
    source.write_bytes(lines(list(rows)))
    coded([source], folder / "out", size=size)
    merge_coded(folder / "out", most_waiting=most)
    return folder / "out"


def at_once(out: Path) -> list[Merged]:
    """All reports of the tables, merged in memory."""
    found: dict[str, Reading] = {}
    for row in table(out, "documents"):
        found[row["document"]] = Reading.from_dict(json.loads(row["reading"]))
    return merge(r for key, one in found.items() for r in reports_from_reading(one, id=key))


def groups(events: Sequence[Merged]) -> set[frozenset[str]]:
    return {frozenset(report.id for report in event.reports) for event in events}


def test_the_outcome_is_that_of_merging_at_once(tmp_path: Path) -> None:
    out = merged(corpus(240), tmp_path / "a")
    rows, events = table(out, "merged"), at_once(out)
    assert len(events) < 220  # there was something to merge
    assert [row["id"] for row in rows] == [event.id for event in events]
    for row, event in zip(rows, events, strict=True):
        assert row["reports"] == [report.id for report in event.reports]
        assert (row["status"], row["sources"]) == (event.status, event.sources)
        assert (row["day"] or "", row["place"]) == (event.day, event.place)
        assert row["first_report"] == event.reports[0].id
    told = manifest(out)["merged"]
    assert told["counts"] == {"documents": 240, "reports": 240, "events": len(events)}
    assert tuple(rows[0]) == tuple(COLUMNS) == tuple(told["columns"])
    known = {f"{row['document']}:{row['event']}" for row in table(out, "events")}
    assert {report for row in rows for report in row["reports"]} == known
    assert not list(out.glob(".merging*"))


def test_neither_partitions_nor_order_matter(tmp_path: Path) -> None:
    rows = corpus(70)
    first = table(merged(rows, tmp_path / "a", size=70), "merged")
    for number, size in enumerate((9, 25)):
        random.Random(size).shuffle(rows)
        assert table(merged(rows, tmp_path / str(number), size=size), "merged") == first


def test_a_document_in_two_partitions_is_one(tmp_path: Path) -> None:
    rows = corpus(12)
    out = merged([*rows, *rows], tmp_path / "a", size=5)
    assert table(out, "merged") == table(merged(rows, tmp_path / "b"), "merged")


def test_reprints_are_no_sources_of_their_own(tmp_path: Path) -> None:
    text = "Russia attacked Ukraine in Kyiv on 2022-03-01, and many houses burnt in the night."
    copies = [
        {
            "text": text,
            "source": f"{name}.org",
            "date": "2022-03-01",
            "url": f"https://{name}.org/1",
        }
        for name in "abcd"
    ]
    other = copies[0] | {"text": f"{text} It was the second.", "source": "z.org", "url": "z.org/1"}
    (row,) = table(merged([*copies, other], tmp_path / "a", size=2), "merged")
    assert (row["documents"], row["sources"]) == (5, 2)


def test_merging_again_replaces_what_was_there(tmp_path: Path) -> None:
    out = merged(corpus(30), tmp_path / "a")
    before = table(out, "merged")
    (out / "merged" / "00009.parquet").write_bytes(b"of another day")
    merge_coded(out)
    assert table(out, "merged") == before
    source = tmp_path / "a" / "in.jsonl"
    coded([source], out, size=20)  # nothing new: it stays, and is told of
    assert manifest(out)["merged"]["counts"]["events"] == len(before)
    source.write_bytes(lines(corpus(31)))
    coded([source], out, size=20)
    assert "merged" not in manifest(out)
    assert not (out / "merged").exists()  # it was of other tables


def test_what_cannot_be_read_is_named_and_the_rest_merged(tmp_path: Path) -> None:
    out = merged(corpus(40), tmp_path / "a")
    (broken, _) = sorted((out / "documents").glob("*.parquet"))
    broken.write_bytes(b"PAR1 and nothing else")
    result = CliRunner().invoke(app, ["merge", str(out)])
    assert result.exit_code == 3
    assert broken.stem in result.stderr
    assert manifest(out)["merged"]["counts"]["documents"] == 20


def test_the_command_tells_a_case_from_a_corpus(tmp_path: Path) -> None:
    out = merged(corpus(20), tmp_path / "a")
    result = CliRunner().invoke(app, ["merge", str(out)])
    assert result.exit_code == 0
    assert f"from 20 reports in 20 documents: {out / 'merged'}" in result.stdout.replace("\n", "")
    for wrong in ([str(out), "m1"], [str(tmp_path / "case.db")]):
        assert isinstance(CliRunner().invoke(app, ["merge", *wrong]).exception, UsageError)
    text = (out / MANIFEST).read_text().replace('"state": "done"', '"state": "running"')
    (out / MANIFEST).write_text(text)
    with pytest.raises(UsageError, match="not wholly coded"):
        merge_coded(out)


def swept(
    reports: Sequence[Report], folder: Path, most: int
) -> tuple[list[Merged], MergeTally, Any]:
    tally = MergeTally()
    with closing(Shelf(folder / f"{most}.sqlite")) as shelf:
        for report in reports:
            put(shelf, report)
        shelf.arrange()
        sweep = Sweep(shelf, most, tally)
        bundles = list(sweep.bundles(_compared(shelf, OwnHands(), 20_000)))
        events = [event for bundle in bundles for event in events_of(bundle, shelf.lookup)]
    return sorted(events, key=lambda event: (event.day, event.id)), tally, sweep


def put(shelf: Shelf, report: Report) -> None:
    from case.fake_reader import FakeReader

    reading = FakeReader().read(Input(text=report.document, id=report.document))
    packed = reading.to_json().encode()
    shelf.put(prepared(report.document, reading.document, packed, [report]))


def daily(days: int) -> Iterator[Report]:
    """A war without a pause: each day hangs together with the next."""
    rus = Party(key="RUS", name="Russia", kind="state", code="RUS")
    ukr = Party(key="UKR", name="Ukraine", kind="state", code="UKR")
    type: PloverType = "ASSAULT"
    for number in range(days * 2):
        told = date(2022, 3, 1) + timedelta(days=number // 2)
        yield Report(
            id=f"{number}:e1",
            key=f"{number:08d}",
            document=str(number),
            root=str(number),
            source=f"{number % 5}.org",
            published=told.isoformat(),
            type=type,
            actors=(rus,),
            recipients=(ukr,),
            place="Kharkiv",
            trigger="shelled",
            passage="Russia shelled the market, the harbour and two schools of Kharkiv overnight.",
        )


def test_a_war_without_a_pause_is_let_go_in_parts(tmp_path: Path) -> None:
    reports = list(daily(60))
    whole, tally, sweep = swept(reports, tmp_path, 20_000)
    assert tally.cut == 0
    assert groups(whole) == groups(merge(reports))
    assert (sweep._of, sweep._scores, sweep._last) == ({}, {}, {})  # nothing is left behind
    parts, tally, sweep = swept(reports, tmp_path, 20)
    assert tally.cut > 0
    told = [report.id for event in parts for report in event.reports]
    assert sorted(told) == sorted(report.id for report in reports)  # each once
    assert (sweep._of, sweep._scores, sweep._last) == ({}, {}, {})  # nothing is left behind


def test_memory_does_not_grow_with_the_days(tmp_path: Path) -> None:
    most = {}
    for days in (30, 300):
        spread = [
            replace(r, place=f"town {at // 8}", passage=" ".join(f"w{at // 8}{c}" for c in "abcde"))
            for at, r in enumerate(daily(days))
        ]
        with closing(Shelf(tmp_path / f"days{days}.sqlite")) as shelf:
            for report in spread:
                put(shelf, report)
            shelf.arrange()
            sweep = Sweep(shelf, 20_000, MergeTally())
            most[days] = max(
                len(sweep._of) + sum(map(len, sweep._scores.values()))
                for _ in sweep.bundles(_compared(shelf, OwnHands(), 200))
            )
    assert most[300] <= most[30] * 1.2


def test_few_profiles_in_memory_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = corpus(60)
    before = table(merged(rows, tmp_path / "a"), "merged")
    monkeypatch.setattr(shelves, "_KEPT", 2)
    assert table(merged(rows, tmp_path / "b"), "merged") == before


def test_reports_are_named_as_the_tables_name_them(tmp_path: Path) -> None:
    row = corpus(1)[0]
    out = merged([row], tmp_path / "a")
    key = key_of(Input(text=row["text"], date=row.get("date"), source=row["source"]))
    assert table(out, "merged")[0]["reports"] == [f"{key}:e1"]


def test_many_hands_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "_TASK", (20, 20_000))  # pieces that share pairs
    monkeypatch.setattr(merging, "_BUNDLED", 15)
    for most in (20_000, 6):  # the second is clustered in parts, at the same moments
        out = merged(corpus(150), tmp_path / str(most), most=most)
        before, told = table(out, "merged"), manifest(out)["merged"]
        assert (told["cut"] > 0) == (most == 6)
        result = merge_coded(out, most_waiting=most, workers=2)
        assert (result.cut, result.events) == (told["cut"], len(before))
        assert table(out, "merged") == before


def test_the_command_takes_workers(tmp_path: Path) -> None:
    out = merged(corpus(40), tmp_path / "a")
    before = table(out, "merged")
    assert CliRunner().invoke(app, ["merge", str(out), "--workers", "2"]).exit_code == 0
    assert table(out, "merged") == before
    for wrong in (["merge", str(out), "--engine", "spark"], ["merge", "c.db", "--workers", "2"]):
        assert isinstance(CliRunner().invoke(app, wrong).exception, UsageError)


def _die() -> None:
    os._exit(1)


def test_a_worker_that_dies_is_told(tmp_path: Path) -> None:
    with Processes(1) as by, pytest.raises(DragomanError, match="a process died while it merged"):
        by.submit(_die)()
