"""Samples for validation: strata, two coders, agreement, precision with intervals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from case.fake_reader import FakeReader
from dragoman.case import Case, sampling
from dragoman.errors import InputError, UsageError
from dragoman.records import Input


@pytest.fixture
def full(case: Case, reader: FakeReader) -> Case:
    verbs = ["met"] * 8 + ["accused"] * 5 + ["praised"]
    texts = [f"France {verb} Russia. Report {n} of {n * 7}." for n, verb in enumerate(verbs)]
    case.add([Input(text=text, id=str(n)) for n, text in enumerate(texts)], reader=reader)
    return case


def fill(path: Path, verdicts: list[str]) -> None:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for row, verdict in zip(rows, verdicts, strict=True):
            writer.writerow({**row, "verdict": verdict})


def test_a_sample_is_drawn_by_class_and_reported(full: Case, tmp_path: Path) -> None:
    number = sampling.draw(full, per_class=4, coders=["A", "B"], seed=3)
    sheet = tmp_path / "sheet.csv"
    assert sampling.write_sheet(full, number, sheet) == 9
    fill(sheet, ["right"] * 9)
    sampling.take_sheet(full, number, "A", sheet)
    assert sampling.report(full, number).judged_by_all == 0
    fill(sheet, ["right"] * 8 + ["wrong"])
    sampling.take_sheet(full, number, "B", sheet)
    report = sampling.report(full, number)
    assert [(c.stratum, c.size, c.judged) for c in report.classes] == [
        ("ACCUSE", 5, 4),
        ("CONSULT", 8, 4),
        ("SUPPORT", 1, 1),
    ]
    assert sum(c.right for c in report.classes) == 8
    assert report.agreement == pytest.approx(8 / 9)
    assert 0 < (report.low or 0) < (report.precision or 0) < (report.high or 0) <= 1


def test_the_same_seed_draws_the_same(full: Case, tmp_path: Path) -> None:
    sheets = []
    for _ in range(2):
        number = sampling.draw(full, per_class=2, coders=["A"], seed=7)
        sampling.write_sheet(full, number, tmp_path / "s.csv")
        with (tmp_path / "s.csv").open(newline="") as file:
            sheets.append([row["passage"] for row in csv.DictReader(file)])
    assert sheets[0] == sheets[1]


def test_faults_of_sheets_and_draws_are_told(full: Case, tmp_path: Path) -> None:
    number = sampling.draw(full, per_class=1, coders=["A"])
    sheet = tmp_path / "sheet.csv"
    sampling.write_sheet(full, number, sheet)
    fill(sheet, ["right", "maybe", "right"])
    with pytest.raises(InputError, match="row 3: a verdict is"):
        sampling.take_sheet(full, number, "A", sheet)
    with pytest.raises(UsageError, match="no coder"):
        sampling.judge(full, number, "C", [])
    with pytest.raises(UsageError, match="unlike names"):
        sampling.draw(full, per_class=1, coders=["A", "A"])
    with pytest.raises(UsageError, match="no sample 9"):
        sampling.report(full, 9)


def test_kappa_as_in_the_textbook() -> None:
    # Two coders, 20 items: 8 both right, 6 both wrong, 6 apart, 3 each way.
    pairs = [("right", "right")] * 8 + [("wrong", "wrong")] * 6
    pairs += [("right", "wrong")] * 3 + [("wrong", "right")] * 3
    agreement, kappa = sampling.agree(pairs)
    assert agreement == pytest.approx(0.7)
    assert kappa == pytest.approx((0.7 - 0.505) / (1 - 0.505))
    assert sampling.agree([("right", "right")]) == (1.0, None)


def test_wilson_interval() -> None:
    # Published values for 0 of 10 and 81 of 263 (Newcombe 1998, method 3).
    assert sampling.wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert sampling.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
