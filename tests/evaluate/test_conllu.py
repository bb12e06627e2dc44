"""The measures of the CoNLL 2018 shared task, on cases small enough to count by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dragoman.errors import InputError
from dragoman.evaluate.conllu import Score, score_analysis, score_tokens, total
from dragoman.language.analysis import ROOT, Analysis, Tokens
from dragoman.language.conllu import TreebankDocument
from dragoman.language.tokens import tokenize

TEXT = "Envoys can't agree. They left."
SPANS = [(0, 6), (7, 9), (9, 12), (13, 18), (18, 19), (20, 24), (25, 29), (29, 30)]


def _tokens(spans: Sequence[tuple[int, int]], bounds: list[int], text: str = TEXT) -> Tokens:
    return Tokens(text, [a for a, _ in spans], [b for _, b in spans], bounds, [0, 0])


def _analysis(tokens: Tokens) -> Analysis:
    size = len(tokens)
    return Analysis(
        tokens=tokens,
        words=tokens.words,
        lemmas=[word.lower() for word in tokens.words],
        upos=["NOUN"] * size,
        xpos=["NN"] * size,
        feats=["Number=Sing|Typo=Yes"] * size,
        heads=[ROOT, *range(size - 1)],
        deprels=["root", *(["nsubj:pass"] * (size - 1))],
    )


GOLD = TreebankDocument("d", ("d-1", "d-2"), _analysis(_tokens(SPANS, [0, 5, 8])), ((1, 3),))


def test_the_gold_analysis_itself_is_right_throughout() -> None:
    scores = score_analysis(GOLD, GOLD.analysis)
    assert {name: score.f1 for name, score in scores.items()} == dict.fromkeys(scores, 1.0)
    assert scores["Tokens"].gold == 7  # "can't" is one token of two words
    assert scores["Words"].gold == 8


def test_our_own_cut_of_the_text_finds_words_within_one_token() -> None:
    scores = score_tokens(GOLD, tokenize(TEXT))
    assert scores["Tokens"] == Score(7, 7, 7)
    assert scores["Words"] == Score(8, 8, 8)
    assert scores["Sentences"] == Score(2, 2, 2)


def test_a_token_cut_in_two_and_a_sentence_not_ended_count_once_each() -> None:
    spans = [(0, 3), (3, 6), *SPANS[1:]]
    scores = score_tokens(GOLD, replace(_tokens(spans, [0, 9]), paragraphs=[0]))
    assert scores["Tokens"] == Score(7, 8, 6)
    assert scores["Words"] == Score(8, 9, 7)
    assert scores["Sentences"] == Score(2, 1, 0)
    assert scores["Tokens"].precision == 6 / 8
    assert scores["Tokens"].recall == 6 / 7


def test_tags_count_only_where_words_are_aligned() -> None:
    wrong = replace(GOLD.analysis, upos=["VERB", *GOLD.analysis.upos[1:]])
    scores = score_analysis(GOLD, wrong)
    assert scores["UPOS"] == Score(8, 8, 7)
    assert scores["XPOS"] == Score(8, 8, 8)


def test_labels_are_compared_without_and_with_their_subtypes() -> None:
    plain = replace(GOLD.analysis, deprels=["root", *(["nsubj"] * 7)])
    scores = score_analysis(GOLD, plain)
    assert scores["LAS"].correct == 8
    assert scores["LAS+"].correct == 1


def test_a_wrong_head_costs_both_measures_of_attachment() -> None:
    scores = score_analysis(GOLD, replace(GOLD.analysis, heads=[ROOT, 0, 1, 2, 3, 4, 5, 0]))
    assert scores["UAS"].correct == 7
    assert scores["LAS"].correct == 7


def test_only_universal_features_count() -> None:
    scores = score_analysis(GOLD, replace(GOLD.analysis, feats=["Number=Sing"] * 8))
    assert scores["UFeats"].correct == 8


def test_other_texts_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="is not that of the treebank"):
        score_tokens(GOLD, tokenize("Another text."))


def test_scores_of_documents_add_up() -> None:
    one = score_tokens(GOLD, tokenize(TEXT))
    assert total([one, one])["Words"] == Score(16, 16, 16)
