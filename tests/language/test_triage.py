"""The filter before the encoder: what it keeps, and that what it keeps stays where it was."""

from __future__ import annotations

import pytest

from dragoman.language.tokens import tokenize
from dragoman.language.triage import Triage, subset
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
