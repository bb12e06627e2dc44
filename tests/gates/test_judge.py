"""Floors under the judge on the half of the judged candidates that it did not learn from.

Offsets, classes and verdicts stand in data/judged_events.tsv; how they came about is told there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from data_root import shared
from dragoman.coding.events import proposed_events
from dragoman.coding.judging.judge import judged
from dragoman.coding.relation import pair_facts, relation_in
from dragoman.coding.relation_model import shipped_pair_model
from dragoman.evaluate import plv
from dragoman.evaluate.judged import (
    Figures,
    Judged,
    draft_with,
    read_judged,
    score,
    second_half,
    texts,
)
from dragoman.reader import Stages
from dragoman.settings import Settings

pytestmark = pytest.mark.gate
TABLE = Path(__file__).parent / "data" / "judged_events.tsv"
SECOND_READER = TABLE.with_name("judged_events_reader2.tsv")
Row = tuple[Judged, float]
_LEAST = 0.01  # of what the judge kept; what it left out has 0


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The candidates of the second half that frames still propose, with their probability."""
    wanted = [row for row in read_judged(TABLE) if second_half(row.id)]
    assert len(wanted) == 215
    stages = Stages.load(Settings())
    found = []
    for here, text, date in texts(shared("news"), wanted):
        analysis = stages.analyse(stages.tokenize(text))
        day = stages.date_document(analysis, date, None).date
        cast = stages.find_cast(analysis, day)
        said, times = stages.find_statements(analysis, cast), stages.find_times(analysis, day)
        places = stages.find_places(analysis, cast)
        page, drafts = proposed_events(analysis, cast, said, times, places, date=day)
        kept = {draft.number: draft.confidence for draft in judged(page, drafts)}
        for row in here:
            draft = draft_with(drafts, row.trigger, row.type)
            if draft is not None:
                found.append((row, kept.get(draft.number, 0.0)))
    return found


def _figures(rows: list[Row], threshold: float) -> Figures:
    return score([row for row, _ in rows], [p for _, p in rows], threshold)


def test_what_is_right_is_still_proposed(rows: list[Row]) -> None:
    """Frames have learnt to pass over some candidates: mostly those that are wrong."""
    asked = [row for row in read_judged(TABLE) if second_half(row.id)]
    right = sum(row.is_right for row, _ in rows)
    assert len(rows) >= 177
    assert right >= 0.90 * sum(row.is_right for row in asked)
    assert right / len(rows) >= 0.68


def test_what_is_kept_is_righter_than_what_is_proposed(rows: list[Row]) -> None:
    figures = _figures(rows, _LEAST)
    assert figures.precision >= figures.base + 0.09
    assert figures.precision >= 0.80
    assert figures.weighed_precision >= 0.85
    assert figures.recall >= 0.84
    assert figures.weighed_recall >= 0.86


@pytest.mark.parametrize(
    ("least", "precision", "recall"),
    [(0.75, 0.80, 0.74), (0.8, 0.83, 0.62), (0.9, 0.90, 0.40)],
)
def test_what_is_kept_with_confidence(
    rows: list[Row], least: float, precision: float, recall: float
) -> None:
    figures = _figures(rows, least)
    assert figures.precision >= precision
    assert figures.recall >= recall


def test_a_second_reader_finds_what_is_kept_nearly_as_right(rows: list[Row]) -> None:
    """Floors by the verdicts of another reader, which nothing was learnt or tuned from."""
    other = {(r.file, r.id, r.trigger, r.type): r for r in read_judged(SECOND_READER)}
    keys = [((r.file, r.id, r.trigger, r.type), p) for r, p in rows]
    again = [(other[key], p) for key, p in keys if key in other]
    assert len(again) >= 175
    assert _figures(again, _LEAST).precision >= 0.785
    assert _figures(again, 0.9).precision >= 0.90
    assert _figures(again, _LEAST).weighed_precision >= 0.84


def test_confidence_is_calibrated_where_something_is_kept(rows: list[Row]) -> None:
    kept = [(row, p) for row, p in rows if p]
    figures = score([row for row, _ in kept], [p for _, p in kept], 0.0)
    assert figures.ece <= 0.11
    assert figures.brier <= 0.18


def test_relations_between_marked_mentions_are_read_as_they_were_learnt() -> None:
    """A tenth of the rows that the model learnt from: what it learnt is still there to be read."""
    stages = Stages.load(Settings())
    right = count = 0
    for row in list(plv.read_rows(shared("plv", "train.tsv.gz")))[::10]:
        analysis = stages.analyse(stages.tokenize(row.text))
        cast = stages.find_cast(analysis, None)
        said = stages.find_statements(analysis, cast)
        found = relation_in(analysis, cast, row.source, row.target, said=said)
        right += plv.class_of(found.type) == row.type
        count += 1
        _, facts = pair_facts(analysis, cast, row.source, row.target, said=said)
        assert any(fact in shipped_pair_model().facts for fact in facts)
    assert right / count >= 0.88
