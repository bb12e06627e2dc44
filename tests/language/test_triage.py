"""The filter before the encoder: what it keeps, and that what it keeps stays where it was."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.errors import UsageError
from dragoman.language import triage as filter_
from dragoman.language import triage_words
from dragoman.language.tokens import tokenize
from dragoman.language.triage import Triage, spoken_of, subset
from dragoman.reader import Reader

MARKETS = (
    "Shares of the bakery rose three percent. The quarterly dividend was 12 cents a share. "
    "Net sales were up from a year earlier, helped by lower prices for flour and sugar."
)
CRISIS = (
    "Turkey accused Greece on Monday of massing troops on the border. "
    "The Greek foreign minister denied it and called for talks in Geneva."
)


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage()


def test_an_accusation_scores_above_a_dividend(triage: Triage) -> None:
    crisis, markets = triage.scores(tokenize(CRISIS)), triage.scores(tokenize(MARKETS))
    assert crisis.min() > markets.max()
    assert crisis.min() >= triage.threshold


def test_offsets_of_kept_sentences_point_into_the_whole_text() -> None:
    tokens = tokenize(f"{MARKETS} {CRISIS}")
    kept = subset(tokens, [3, 4])
    assert kept.text == tokens.text
    assert kept.sentence_count == 2
    assert kept.words == tokens.words[tokens.bounds[3] :]
    assert kept.starts[0] == tokens.text.index("Turkey")


def test_who_is_meant_is_kept_too() -> None:
    tokens = tokenize(
        "It was a quiet day. The weather held. Robin Hallgrim, the envoy, arrived by train. "
        "Nobody noticed. The bread was stale. He accused Greece of massing troops. "
        "Trains were late. Hallgrim then left."
    )
    assert set(spoken_of(tokens, {5})) == {4}
    assert set(spoken_of(tokens, {7})) == {2}
    assert set(spoken_of(tokens, {2, 6})) == set()


def test_a_share_of_events_has_its_threshold(triage: Triage) -> None:
    least = [triage.recalls[share] for share in sorted(triage.recalls)]
    assert least == sorted(least, reverse=True)
    other = Triage(0.9)
    assert other.threshold > triage.threshold
    assert other.version != triage.version
    with pytest.raises(UsageError, match=r"keeps 0\.9, 0\.95, 0\.98, 0\.99 of the events"):
        Triage(0.5)


def test_long_texts_are_weighed_piece_by_piece_as_a_whole(
    triage: Triage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = tokenize(" ".join([CRISIS, MARKETS] * 6))
    whole = triage.scores(tokens)
    monkeypatch.setattr(filter_, "STRETCH", 16)
    assert np.abs(triage.scores(tokens) - whole).max() <= 0.002
    monkeypatch.setattr(triage_words, "REMEMBERED", 10)
    assert np.abs(Triage().scores(tokens) - whole).max() <= 0.002


def test_nothing_is_kept_of_nothing(triage: Triage) -> None:
    assert len(triage.select(tokenize(""))) == 0
    assert triage.select(tokenize(" \n ")).sentence_count == 0


def test_scores_are_the_same_again_and_in_any_thread(triage: Triage) -> None:
    tokens = tokenize(CRISIS)
    assert triage.scores(tokens).tolist() == Triage().scores(tokens).tolist()


def test_a_reader_with_triage_tells_what_it_left_out() -> None:
    reader = Reader(triage=True)
    reading = reader.read(f"{CRISIS}\n\n{MARKETS}", date="2017-09-11")
    plain = Reader().read(f"{CRISIS}\n\n{MARKETS}", date="2017-09-11")
    assert [event.type for event in reading.events] == [event.type for event in plain.events]
    assert "triage" in {notice.code for notice in reading.document.warnings}
    assert "triage" in reading.provenance.model
    for event in reading.events:
        span = reading.sentences[event.sentence]
        assert span.start <= event.trigger[0].start < span.end


def test_a_document_without_any_event_is_read_as_empty() -> None:
    reading = Reader(triage=True).read("Net sales were up. The dividend was 12 cents a share.")
    assert reading.events == ()
    assert reading.document.text is not None
