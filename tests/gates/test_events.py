"""Floors under the figures for events, on the development half of the PLOVER gold records and on UW.

Frames were written looking at one half of these records (by the MD5 of their ids); the other half
was only measured.
"""

from __future__ import annotations

import hashlib

import pytest

from data_root import shared
from dragoman.coding.clauses import Clauses
from dragoman.coding.status import status_of
from dragoman.evaluate import factuality, gsr
from dragoman.language.model import Model
from dragoman.reader import Reader

pytestmark = pytest.mark.gate

Row = tuple[gsr.GoldRecord, list[gsr.Coded]]


@pytest.fixture(scope="module")
def rows(reader: Reader) -> list[Row]:
    records = gsr.read_records(shared("plover_gsr", "dev.jsonl"))
    assert len(records) == 159
    return [(record, gsr.coded(reader.read(record.text))) for record in records]


def _not_looked_at(rows: list[Row]) -> list[Row]:
    return [row for row in rows if int(hashlib.md5(row[0].id.encode()).hexdigest(), 16) % 2]


def test_class_recall_over_all_events(rows: list[Row]) -> None:
    assert gsr.score(rows).recall >= 0.84


def test_class_of_the_main_event(rows: list[Row]) -> None:
    assert gsr.score(rows, main=True).class_f1 >= 0.83


def test_class_of_the_main_event_in_records_not_looked_at(rows: list[Row]) -> None:
    assert gsr.score(_not_looked_at(rows), main=True).class_f1 >= 0.82


def test_whole_triple_of_the_main_event(rows: list[Row]) -> None:
    assert gsr.score(rows, main=True).strict_f1 >= 0.54


def test_whole_triple_in_records_not_looked_at(rows: list[Row]) -> None:
    assert gsr.score(_not_looked_at(rows), main=True).strict_f1 >= 0.48
