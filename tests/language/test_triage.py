"""The filter before the encoder: what it keeps, and that what it keeps stays where it was."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.coding.clauses import Clauses
from dragoman.coding.judging.features import Page
from dragoman.errors import UsageError
from dragoman.language import triage as filter_
from dragoman.language import triage_words
from dragoman.language.tokens import tokenize
from dragoman.language.triage import Triage, by_word, spoken_of, subset
from dragoman.reader import Reader, Stages
from dragoman.settings import Settings

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


def test_what_was_left_out_is_known_by_its_words_and_its_place() -> None:
    tokens = tokenize(f"{CRISIS} {MARKETS}")
    kept = subset(tokens, [1, 3])
    assert [kept.place(s) for s in range(2)] == [1, 3]
    assert kept.sentences_of_text == tokens.sentence_count == 5
    assert kept.left_out[:2] == ("Turkey", "accused")
    assert len(kept.left_out) + len(kept) == len(tokens)
    again = subset(kept, [1])
    assert (again.place(0), again.sentences_of_text) == (3, 5)
    assert len(again.left_out) + len(again) == len(tokens)
    assert tokens.place(4) == 4
    assert tokens.left_out == ()


def test_of_two_chances_the_shorter_sentence_is_worth_more() -> None:
    scores = by_word(np.zeros(2, dtype=np.float32), np.array([10, 40]))
    assert scores[0] - scores[1] == pytest.approx(np.log(4))


def test_who_is_meant_is_kept_too() -> None:
    tokens = tokenize(
        "It was a quiet day. The weather held. Robin Hallgrim, the envoy, arrived by train. "
        "Nobody noticed. The bread was stale. He accused Greece of massing troops. "
        "Trains were late. Hallgrim then left."
    )
    assert set(spoken_of(tokens, {5})) == {4}
    assert set(spoken_of(tokens, {7})) == {2}
    assert set(spoken_of(tokens, {2, 7})) == set()  # named in full where all is read
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


def test_a_long_text_of_which_little_is_read_is_not_judged_as_a_short_one() -> None:
    text = f"{CRISIS}\n\n{MARKETS} {MARKETS} {MARKETS}"
    reading = Reader(triage=True).read(text)
    assert len(reading.sentences) < 5
    stages = Stages.load(Settings(), triage=True)
    assert stages.triage is not None
    analysis = stages.analyse(stages.triage(tokenize(text)))
    cast = stages.find_cast(analysis, None)
    assert not Page(Clauses(analysis), cast).is_short


def test_states_of_sentences_left_out_are_in_the_cast() -> None:
    text = f"{CRISIS}\n\n{MARKETS} Swedish bread was cheaper than that of Finland. {MARKETS}"
    reading = Reader(triage=True).read(text)
    assert "Swedish bread" not in {text[s.start : s.end][:13] for s in reading.sentences}
    by_id = {actor.id: actor for actor in reading.actors}
    assert by_id.keys() >= {"TUR", "GRC", "SWE", "FIN"}
    assert by_id["FIN"].mentions == ()


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
