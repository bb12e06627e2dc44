"""The table by mode of the gold records, from records written by hand."""

from __future__ import annotations

import json
from pathlib import Path

from dragoman.evaluate.gsr import Coded, read_records, score_modes

NOBODY: frozenset[str] = frozenset()


def _record(**fields: object) -> str:
    return json.dumps({"id": "x", "text": "…", "source": [], "target": [], **fields})


def test_modes_are_those_of_today_and_counted_by_record(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [
        _record(event="PROTEST", mode="strike-hun"),
        _record(event="FIGHT", mode="other"),
        _record(event="THREATEN", mode="curfew"),
        _record(event="COERCE", mode="ban"),
        _record(event="AGREE"),
    ]
    path.write_text("\n".join(lines), "utf-8")
    records = read_records(path)
    assert [record.mode for record in records] == ["hunger", "", "restrict", "restrict", ""]
    read = [
        [Coded("PROTEST", NOBODY, NOBODY, 1, "hunger")],
        [],
        [Coded("THREATEN", NOBODY, NOBODY, 1, "violence")],
        [Coded("ASSAULT", NOBODY, NOBODY, 1, None)],
        [],
    ]
    assert score_modes(list(zip(records, read, strict=True))) == {
        ("PROTEST", "hunger"): (1, 1, 1),
        ("THREATEN", "restrict"): (1, 1, 0),
        ("COERCE", "restrict"): (1, 0, 0),
    }
