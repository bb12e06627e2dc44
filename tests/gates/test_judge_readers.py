"""Two readers of the judged candidates: same keys, and the figures of docs/judge.md recompute."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluate.judged import Judged, compare, read_judged

pytestmark = pytest.mark.gate
DATA = Path(__file__).parent / "data"
DOCS = Path(__file__).parents[2] / "docs" / "judge.md"
SEEN = 2  # candidates whose verdict the second reader had seen, left out
QUESTIONS = {
    "event": "an event of the proposed class, yes or no",
    "class": "which class, or none",
    "roles": "roles, where both gave the class",
    "status": "status and background, where both gave the class",
}


def _key(row: Judged) -> tuple[str, str, str, str, int]:
    return row.file, row.id, row.trigger, row.type, row.of


@pytest.fixture(scope="module")
def first() -> list[Judged]:
    return read_judged(DATA / "judged_events.tsv")


@pytest.fixture(scope="module")
def second() -> list[Judged]:
    return read_judged(DATA / "judged_events_reader2.tsv")


def test_both_readers_judged_the_same_candidates(first: list[Judged], second: list[Judged]) -> None:
    keys = [_key(row) for row in second]
    assert len(set(keys)) == len(keys) == len(first) - SEEN
    assert keys == [_key(row) for row in first if _key(row) in set(keys)]


def test_second_reader_judged_roles_and_status_just_where_the_class_is_right(
    second: list[Judged],
) -> None:
    for row in second:
        assert (row.roles is not None) == (row.status is not None) == row.is_right, row


@pytest.mark.parametrize("question", QUESTIONS)
def test_agreement_is_what_the_guide_says(
    question: str, first: list[Judged], second: list[Judged]
) -> None:
    found = compare(first, second)[question]
    said = f"| {QUESTIONS[question]} | {found.items} | {found.share:.2f} | {found.kappa:.2f} |"
    assert said in DOCS.read_text(encoding="utf-8")


def test_one_reader_measured_by_the_other_is_what_the_guide_says(
    first: list[Judged], second: list[Judged]
) -> None:
    right = {_key(row): row.is_right for row in second}
    both = [(row.is_right, right[_key(row)]) for row in first if _key(row) in right]
    shared = sum(a and b for a, b in both)
    text = " ".join(DOCS.read_text(encoding="utf-8").split())
    assert f"right {shared / sum(b for _, b in both):.2f} of the time by the first" in text
    assert f"right {shared / sum(a for a, _ in both):.2f} of the time by the second" in text
