"""The figures over judged candidates."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.evaluate.judged import Judged, cohen, compare, read_judged, score, second_half

HEAD = "file\tid\ttrigger\ttype\tof\tright\troles\tstatus\n"


def _row(type: str, right: str, of: int) -> Judged:
    return Judged("news", "n1", "0-4", type, right, None, None, of)


def test_rows_are_read_and_comments_left_out(tmp_path: Path) -> None:
    table = tmp_path / "judged.tsv"
    table.write_text(f"# why\n{HEAD}news\tn1\t4-9+12-15\tAID\t60\tNONE\t-\t1\n", "utf-8")
    row = read_judged(table)[0]
    assert (row.trigger, row.of, row.roles, row.status) == ("4-9+12-15", 60, None, True)
    assert not row.is_right


def test_a_row_that_is_none_is_named(tmp_path: Path) -> None:
    table = tmp_path / "judged.tsv"
    table.write_text(f"{HEAD}news\tn1\t4-9\tAID\tmany\tNONE\t-\t1\n", "utf-8")
    with pytest.raises(RecordError, match="row 2: no judged candidate"):
        read_judged(table)


def test_classes_are_weighed_as_in_the_texts() -> None:
    rows = [_row("ASSAULT", "ASSAULT", 90), _row("AID", "NONE", 10), _row("AID", "AID", 10)]
    figures = score(rows, [0.9, 0.8, 0.2], 0.5)
    assert figures.base == pytest.approx(2 / 3)
    assert (figures.precision, figures.recall) == (0.5, 0.5)
    assert figures.weighed_precision == pytest.approx(90 / 95)
    assert figures.weighed_recall == pytest.approx(90 / 95)


def test_calibration_compares_what_is_said_with_what_is() -> None:
    rows = [_row("AID", "AID", 1), _row("AID", "NONE", 1)]
    assert score(rows, [0.5, 0.5], 0.0).ece == 0
    assert score(rows, [0.95, 0.95], 0.0).ece == pytest.approx(0.45)
    assert score(rows, [1.0, 0.0], 0.0).brier == 0
    assert score(rows, [0.95, 0.12], 0.0).bins == ((1, 0.12, 0.0), (1, 0.95, 1.0))


def test_halves_are_by_document() -> None:
    ids = [f"text-{n}" for n in range(200)]
    assert 70 < sum(second_half(id) for id in ids) < 130
    assert second_half("text-1") == second_half("text-1")


def test_readers_are_compared_where_both_judged() -> None:
    # by hand: 4 of 5 alike; chance (3*2 + 2*3)/25 = 0.48; kappa (0.8 - 0.48) / 0.52
    found = cohen([(True, True), (True, True), (True, False), (False, False), (False, False)])
    assert (found.items, found.share) == (5, 0.8)
    assert found.kappa == pytest.approx(0.32 / 0.52)
    assert cohen([("AID", "AID")]).kappa == 1.0
    assert cohen([]).items == 0


def test_agreement_asks_each_question_apart() -> None:
    one = [Judged("news", "n1", f"{n}-9", "AID", "AID", True, n > 1, 9) for n in range(4)]
    two = [
        Judged("news", "n1", "0-9", "AID", "NONE", None, None, 9),
        Judged("news", "n1", "1-9", "AID", "AID", False, False, 9),
        Judged("news", "n1", "3-9", "AID", "AID", True, True, 9),
    ]
    found = compare(one, two)
    assert [found[q].items for q in ("event", "class", "roles", "status")] == [3, 3, 2, 2]
    assert found["event"].share == pytest.approx(2 / 3)
    assert (found["roles"].share, found["status"].share) == (0.5, 1.0)
    with pytest.raises(RecordError, match="no candidate in common"):
        compare(one, two[:0])
